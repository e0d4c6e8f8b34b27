//! How long a ledger takes over readings that are made up: `scale EVENTS…` prints a line of JSON for each number of events.
//!
//! Beside the whole overview, it tells what it costs to put the last reports into the incidents of all others one by one.
//!
//! A year of a war of four parties at three hundred places: each happening is told by about four claims of several reports and both
//! sides, with tolls that grow, denials, accusations and copies.

#![expect(clippy::print_stdout, reason = "a program that prints")]

use counterclaim_claims::Reading;
use counterclaim_ledger::{Contract, Incident, Ledger, Overview};
use serde_json::{Value, json};
use std::time::Instant;

/// As the program has it.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

const PARTIES: [&str; 4] = ["ARM", "AZE", "NKR", "TUR"];
const ACTS: [&str; 6] = [
    "shelling",
    "airstrike",
    "missile-strike",
    "clash",
    "capture-territory",
    "shoot-down",
];
const STANCES: [&str; 6] = ["asserts", "asserts", "asserts", "accuses", "accuses", "denies"];
/// Reports that come in one by one.
const LATE: usize = 100;
const PLACES: u64 = 300;
const DAYS: u64 = 365;
/// Claims of a report.
const CLAIMS: u64 = 8;
/// Claims that tell of a happening.
const TOLD: u64 = 4;

fn main() {
    for events in std::env::args().skip(1).filter_map(|word| word.parse::<u64>().ok()) {
        let readings = war(events);
        let held = memory();
        let begun = Instant::now();
        let overview = Overview::of(&readings);
        let took = begun.elapsed().as_secs_f64();
        let most = memory();
        let mut told = json!({
            "events": events,
            "reports": readings.len(),
            "seconds": (took * 100.0).round() / 100.0,
            "incidents": overview.incidents.len(),
            "disputes": overview.disputes.len(),
            "megabytes": most,
            "readings": held,
        });
        let (ledger, each) = one_by_one(readings);
        told["report_ms"] = json!((each * 100.0).round() / 100.0);
        println!("{told}");
        let named = |all: Vec<Incident>| -> Vec<_> { all.into_iter().map(|one| (one.id, one.reasons)).collect() };
        assert!(
            named(ledger.incidents()) == named(overview.incidents),
            "one by one gives other incidents"
        );
        let mut readings = ledger.readings().to_vec();
        // The order of adding says nothing: asked for where twice the time does not matter.
        if events <= 20_000 {
            let ids = |readings: &[Reading]| {
                let made = Contract::of(&Overview::of(readings), readings);
                let mut ids: Vec<String> = made.incidents.into_iter().map(|one| one.id).collect();
                ids.extend(made.disputes.into_iter().map(|one| one.id));
                ids.sort();
                ids
            };
            let before = ids(&readings);
            readings.reverse();
            assert!(before == ids(&readings), "another order gives another ledger");
        }
    }
}

/// A ledger of some readings, the last of which came in one by one, and how long each of these took on average, in milliseconds.
fn one_by_one(mut readings: Vec<Reading>) -> (Ledger, f64) {
    let mut ledger = Ledger::default();
    // What comes late is of all of the year.
    let step = readings.len().div_ceil(LATE);
    let (late, rest): (Vec<_>, Vec<_>) = std::mem::take(&mut readings)
        .into_iter()
        .enumerate()
        .partition(|(n, _)| n % step == 0);
    ledger.add(rest.into_iter().map(|(_, reading)| reading));
    let (begun, count) = (Instant::now(), late.len());
    for (_, reading) in late {
        ledger.add([reading]);
    }
    (ledger, begun.elapsed().as_secs_f64() * 1000.0 / count as f64)
}

/// The most memory that the process has had, in MB, where the system tells.
fn memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    Some(line.split_whitespace().nth(1)?.parse::<u64>().ok()? / 1024)
}

/// A row of numbers that is always the same.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }
}

fn war(events: u64) -> Vec<Reading> {
    let mut numbers = Numbers(7);
    let happenings = (events / TOLD).max(1);
    let reports = events.div_ceil(CLAIMS);
    (0..reports)
        .map(|report| {
            let day = report * DAYS / reports;
            // What is in the news on a day happened on it or on the three before.
            let news = |numbers: &mut Numbers| {
                let back = numbers.below(happenings / DAYS * 3 + 1);
                (report * happenings / reports).saturating_sub(back)
            };
            let mut text = String::new();
            let claims: Vec<Value> = (0..CLAIMS)
                .map(|n| {
                    let happening = news(&mut numbers);
                    let start = text.chars().count();
                    for _ in 0..10 {
                        text += &format!("w{} ", numbers.below(20_000));
                    }
                    text += &format!("h{happening} p{}", happening % PLACES);
                    let end = text.chars().count();
                    text += ".\n";
                    claim(report * CLAIMS + n, (start, end), happening, happenings, &mut numbers)
                })
                .collect();
            let document = json!({"id": format!("sha256:{report}"), "uri": format!("r{report}"), "published": date(day), "language": "en", "text": text});
            serde_json::from_value(json!({"document": document, "claims": claims})).expect("it is a reading")
        })
        .collect()
}

fn claim(number: u64, (start, end): (usize, usize), happening: u64, happenings: u64, numbers: &mut Numbers) -> Value {
    let mut told = Numbers(happening);
    let (place, act) = (told.below(PLACES), told.below(6) as usize);
    let (actor, target) = (told.below(3) as usize, told.below(3) as usize);
    let by = [actor, target, numbers.below(4) as usize][numbers.below(3) as usize];
    let killed = told.below(40) + numbers.below(3);
    let toll = if numbers.below(3) == 0 {
        json!([{"harm": "killed", "who": "civilian", "min": killed, "max": killed}])
    } else {
        json!([])
    };
    let event = json!({
        "act": ACTS[act], "actor": [{"party": PARTIES[actor], "sector": "MIL"}],
        "target": [{"party": PARTIES[(target + 1) % 4], "sector": "CVL"}],
        "place": [{"name": format!("P{place}"), "lat": 38.5 + place as f64 / 150.0, "lon": 45.0 + (place * 37 % 300) as f64 / 150.0, "kind": "city"}],
        "time": date(happening * DAYS / happenings), "toll": toll,
    });
    json!({
        "id": format!("clm_{number}"), "start": start, "end": end, "voice": "source",
        "stance": STANCES[numbers.below(6) as usize],
        "source": [{"party": PARTIES[by], "sector": "GOV"}], "events": [event],
    })
}

/// The day of that number in a year.
fn date(day: u64) -> String {
    let (mut month, mut rest) = (1, day);
    for length in [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30] {
        if rest < length {
            break;
        }
        rest -= length;
        month += 1;
    }
    format!("2021-{month:02}-{:02}", rest + 1)
}
