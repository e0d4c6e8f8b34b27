//! What can be told of readings without gold, over a large set of reports that lies beside the repository.

use counterclaim_claims::{Event, Reading};
use counterclaim_muc4::{keyed, read};
use std::fs;
use std::path::Path;

const REPORTS: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../../shared/bench/events/muc4-train.jsonl"
);

/// The readings of the set; none where it does not lie there.
fn readings() -> Vec<(String, Reading)> {
    if !Path::new(REPORTS).exists() {
        eprintln!("skipped: {REPORTS} is not there");
        return Vec::new();
    }
    let text = fs::read_to_string(REPORTS).expect("the set can be read");
    let reports = text.lines().filter(|l| !l.trim().is_empty());
    let reports = reports.map(|line| keyed(line).expect("a line is a report with its key"));
    reports
        .map(|report| (read(&report.id, &report.text), report.text))
        .map(|(r, t)| (t, r))
        .collect()
}

/// Whether a text states a number, in digits with or without commas, or in words of thousands and millions.
fn states(text: &str, number: u64) -> bool {
    let digits: String = text.chars().filter(|c| *c != ',' && *c != '.').collect();
    let near = [number, number.saturating_sub(1), number + 1];
    near.iter().any(|n| digits.contains(&n.to_string()))
        || ["THOUSAND", "MILLION", "DOZEN"]
            .iter()
            .any(|unit| text.to_uppercase().contains(unit))
}

fn same(event: &Event) -> bool {
    let actors = event.actor.iter().filter(|a| a.party.is_some());
    actors
        .into_iter()
        .any(|a| event.target.iter().any(|t| t.party == a.party && t.sector == a.sector))
}

#[test]
fn great_tolls_are_stated_and_nobody_strikes_himself() {
    for (text, reading) in readings() {
        for claim in &reading.claims {
            let words = reading.slice(claim.start, claim.end);
            for event in &claim.events {
                let great = event
                    .toll
                    .iter()
                    .flat_map(|t| [t.min, t.max])
                    .flatten()
                    .filter(|n| *n > 10_000);
                for n in great {
                    assert!(states(&text, n), "{n} in {words}");
                }
                assert!(!same(event), "{:?} on themselves: {words}", event.act);
            }
        }
    }
}
