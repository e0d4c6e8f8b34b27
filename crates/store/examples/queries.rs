//! How long a ledger takes to find claims: `queries LEDGER` asks a fixed mix of questions that combine claimant, stance, place,
//! area, days and words, and prints figures as JSON. `cargo xtask bench --ledger` runs it.

use counterclaim_claims::Stance;
use counterclaim_store::{Area, Filter, Store};
use std::error::Error;
use std::io::{self, Write};
use std::path::Path;
use std::time::Instant;

const ROUNDS: usize = 40;

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("usage: queries LEDGER")?;
    let store = Store::open_existing(Path::new(&path))?;
    let parties = store.parties()?;
    let mut took = Vec::new();
    let mut found = 0;
    let mut slowest = (0.0, String::new());
    for round in 0..ROUNDS {
        for filter in questions(round, &parties) {
            let begun = Instant::now();
            found += store.claims(&filter, 0, 50)?.len();
            let ms = begun.elapsed().as_secs_f64() * 1e3;
            if ms > slowest.0 {
                slowest = (ms, format!("{filter:?}"));
            }
            took.push(ms);
        }
    }
    took.sort_by(f64::total_cmp);
    let at = |part: f64| took[(part * (took.len() - 1) as f64) as usize];
    writeln!(
        io::stdout(),
        "{}",
        serde_json::json!({
            "questions": took.len(), "found": found, "claims": store.count_claims(&Filter::default())?,
            "median": at(0.5), "p95": at(0.95), "most": at(1.0), "slowest": slowest.1, "mib": peak(),
        })
    )?;
    Ok(())
}

/// One of each kind of question, about other things each round.
fn questions(round: usize, parties: &[(String, u32)]) -> Vec<Filter> {
    let party = |n: usize| Some(parties[(round * 7 + n) % parties.len()].0.clone());
    let stance = [Stance::Denies, Stance::Accuses, Stance::Asserts][round % 3];
    let place = Some(format!("Town {}", round * 37 % 500));
    let day = |n: usize| Some(format!("2021-{:02}-{:02}", 1 + (round + n) % 12, 1 + round % 28));
    let degrees = |n: usize| (round * 13 + n) as f64 % 60.0;
    let area = Some(Area {
        south: degrees(0),
        west: degrees(20),
        north: degrees(0) + 2.0,
        east: degrees(20) + 2.0,
    });
    let words = |words: &str| Some(words.replace('#', &(round * 41 % 900).to_string()));
    let none = Filter::default;
    vec![
        Filter {
            party: party(0),
            ..none()
        },
        Filter {
            party: party(1),
            stance: Some(stance),
            ..none()
        },
        Filter {
            stance: Some(stance),
            since: day(0),
            until: day(0),
            ..none()
        },
        Filter {
            party: party(2),
            since: day(3),
            until: day(3),
            ..none()
        },
        Filter {
            party: party(2),
            since: day(3),
            ..none()
        },
        Filter {
            place: place.clone(),
            ..none()
        },
        Filter {
            place: place.clone(),
            party: party(3),
            stance: Some(stance),
            ..none()
        },
        Filter { area, ..none() },
        Filter {
            area,
            party: party(4),
            since: day(5),
            ..none()
        },
        Filter {
            words: words("depot #"),
            ..none()
        },
        Filter {
            words: words("depot"),
            party: party(5),
            stance: Some(stance),
            ..none()
        },
        Filter {
            words: words("\"depot # burned\""),
            ..none()
        },
        Filter {
            words: words("crews"),
            since: day(1),
            until: day(1),
            ..none()
        },
        Filter {
            words: words("kho đạn"),
            party: party(6),
            ..none()
        },
        Filter {
            report_words: words("bulletin #"),
            stance: Some(stance),
            ..none()
        },
    ]
}

/// The most memory that the program has held, in MiB; nothing where the system does not tell.
fn peak() -> Option<u64> {
    let told = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = told.lines().find(|line| line.starts_with("VmHWM:"))?;
    Some(line.split_whitespace().nth(1)?.parse::<u64>().ok()? / 1024)
}
