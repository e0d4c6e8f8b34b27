//! A kill in the middle of adding, reading again or reviewing leaves a ledger that opens, holds whole reports only, and is as it
//! was signed. `KILLS=200` asks for more moments than the usual.

use counterclaim_claims::Reading;
use counterclaim_store::{Added, Store};
use serde_json::json;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

const REPORTS: usize = 400;

/// Reading `again` of the report has a claim fewer and one read otherwise.
fn reading(n: usize, again: bool) -> Reading {
    let from = usize::from(again);
    let claims: Vec<_> = (from..40)
        .map(|c| json!({"id": format!("clm_{n}_{c}"), "start": c, "end": c + 9 + from, "voice": "source", "source": [{"party": "AZE"}]}))
        .collect();
    serde_json::from_value(json!({
        "document": {"id": format!("sha256:{n}"), "uri": format!("{n}.txt"), "text": "words of war ".repeat(50 + n)},
        "claims": claims
    }))
    .unwrap()
}

fn feed(path: &Path, again: bool) {
    let line = |n| serde_json::to_string(&reading(n, again)).unwrap() + "\n";
    fs::write(path, (0..REPORTS).map(line).collect::<String>()).unwrap();
}

/// Runs the program and kills it after that many microseconds; whether it was still at work.
fn killed(arguments: &[&str], moment: u64) -> bool {
    let mut child = Command::new(env!("CARGO_BIN_EXE_counterclaim"))
        .args(arguments)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    sleep(Duration::from_micros(moment));
    child.kill().unwrap();
    child.wait().unwrap().code().is_none()
}

/// The ledger opens and is whole: its readings.
fn whole(ledger: &Path, round: u64) -> Vec<Reading> {
    let store = Store::open(ledger).unwrap();
    assert_eq!(store.verify().unwrap().wrong, None, "round {round}");
    store.readings().unwrap()
}

fn remove(ledger: &Path) {
    for ending in ["", "-wal", "-shm", ".key"] {
        let _ = fs::remove_file(format!("{}{ending}", ledger.display()));
    }
}

#[test]
fn a_kill_at_any_moment_leaves_whole_reports_and_a_log_that_holds() {
    let kills: u64 = std::env::var("KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(24);
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let (ledger, once, again) = (at("w.ledger"), at("once.jsonl"), at("again.jsonl"));
    feed(&once, false);
    feed(&again, true);
    let [w, once, again] = [&ledger, &once, &again].map(|path| path.to_str().unwrap().to_owned());
    let known: BTreeMap<String, [Reading; 2]> = (0..REPORTS)
        .map(|n| (format!("{n}.txt"), [reading(n, false), reading(n, true)]))
        .collect();
    let check = |round| {
        let kept = whole(&ledger, round);
        for one in &kept {
            assert!(
                known[&one.document.uri].contains(one),
                "round {round}: {}",
                one.document.uri
            );
        }
        kept
    };
    let (mut adding, mut reading_again, mut reviewing) = (0, 0, 0);
    for round in 0..kills {
        // Moments from before the file is made to after the last report, spread without a pattern (golden section).
        let moment = (round * 61_803) % 100_000;
        match round % 4 {
            0 | 1 => {
                // Half of these begin anew, the others go on with what the kill before them left.
                if round % 4 == 0 {
                    remove(&ledger);
                }
                killed(&["add", &w, "--from", "contract", &once], 3 * moment);
                let kept = check(round).len();
                adding += u32::from(kept > 0 && kept < REPORTS);
            }
            2 => {
                killed(&["add", &w, "--from", "contract", "--again", &again], 3 * moment);
                let kept = check(round);
                let anew = kept.iter().filter(|one| known[&one.document.uri][1] == **one).count();
                reading_again += u32::from(anew > 0 && anew < REPORTS);
            }
            _ => {
                let mut store = Store::open(&ledger).unwrap();
                let added = store.add(&reading(7, false)).unwrap();
                assert!(matches!(added, Added::New | Added::Unchanged));
                drop(store);
                let note = ["review", &w, "note", "clm_7_3", "--reviewer", "Ada", "--reason", "seen"];
                reviewing += u32::from(killed(&note, moment / 8));
                check(round);
            }
        }
    }
    assert!(
        adding > 0 && reading_again > 0 && reviewing > 0,
        "{adding} {reading_again} {reviewing}"
    );

    // Taking words out writes the whole file anew: at any moment the words are all there, or none.
    remove(&ledger);
    let mut store = Store::open(&ledger).unwrap();
    (0..60).for_each(|n| _ = store.add(&reading(n, false)).unwrap());
    drop(store);
    for round in 0..kills.div_ceil(4) {
        let name = format!("{round}.txt");
        let arguments = [
            "review",
            &w,
            "redact",
            &name,
            "--reviewer",
            "Ada",
            "--reason",
            "private",
        ];
        killed(&arguments, (round * 61_803) % 40_000);
        let kept = whole(&ledger, round);
        let one = kept.iter().find(|one| one.document.uri == name).unwrap();
        let letters = one.document.text.chars().filter(|c| *c != '\u{2588}').count();
        assert!(letters == 0 || *one == known[&name][0], "round {round}");
    }
}
