//! A kill in the middle of `add` leaves a ledger that opens and holds whole reports only.

use counterclaim_claims::Reading;
use counterclaim_store::Store;
use serde_json::json;
use std::collections::HashMap;
use std::fs;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

const REPORTS: usize = 400;
const ROUNDS: u64 = 30;

fn reading(n: usize) -> Reading {
    let claims: Vec<_> = (0..40)
        .map(|c| json!({"id": format!("clm_{n}_{c}"), "start": c, "end": c + 9, "voice": "source", "source": [{"party": "AZE"}]}))
        .collect();
    serde_json::from_value(json!({
        "document": {"id": format!("sha256:{n}"), "uri": format!("{n}.txt"), "text": "words of war ".repeat(50 + n)},
        "claims": claims
    }))
    .unwrap()
}

#[test]
fn a_killed_add_leaves_whole_reports_only() {
    let folder = tempfile::tempdir().unwrap();
    let (ledger, feed) = (folder.path().join("w.ledger"), folder.path().join("r.jsonl"));
    let all: HashMap<String, Reading> = (0..REPORTS).map(reading).map(|r| (r.document.uri.clone(), r)).collect();
    let lines: String = (0..REPORTS)
        .map(|n| serde_json::to_string(&all[&format!("{n}.txt")]).unwrap() + "\n")
        .collect();
    fs::write(&feed, lines).unwrap();

    let mut cut_short = 0;
    for round in 0..ROUNDS {
        // Half of the rounds begin anew, the others go on with what the kill before them left.
        if round % 2 == 0 {
            for ending in ["", "-wal", "-shm"] {
                let _ = fs::remove_file(format!("{}{ending}", ledger.display()));
            }
        }
        let mut child = Command::new(env!("CARGO_BIN_EXE_counterclaim"))
            .arg("add")
            .arg(&ledger)
            .args(["--from", "contract"])
            .arg(&feed)
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        // Moments from before the file is made to after the last report, spread without a pattern (golden section).
        sleep(Duration::from_micros((round * 61_803) % 100_000));
        child.kill().unwrap();
        child.wait().unwrap();

        let store = Store::open(&ledger).unwrap();
        assert_eq!(store.damage().unwrap(), Vec::<String>::new(), "round {round}");
        let kept = store.readings().unwrap();
        cut_short += u32::from(!kept.is_empty() && kept.len() < REPORTS);
        for one in &kept {
            assert_eq!(one, &all[&one.document.uri], "round {round}");
        }
    }
    assert!(cut_short > 3, "the kills came at no telling moment: {cut_short}");
}
