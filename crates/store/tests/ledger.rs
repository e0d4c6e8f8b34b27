//! A ledger on disk: what goes in comes out, and what goes wrong leaves whole reports only.

use counterclaim_claims::{Reading, Stance, Voice};
use counterclaim_store::{Added, Error, Filter, Store};
use serde_json::json;
use std::fs;

fn reading(n: usize) -> Reading {
    let source = |party: &str| json!([{"party": party, "sector": "GOV", "text": "x"}]);
    serde_json::from_value(json!({
        "document": {"id": format!("sha256:{n}"), "uri": format!("{n}.txt"), "language": "vi", "published": "2020-10-04",
            "text": "Bắc Kinh 𝒙 nói không. 終わり", "repairs": [{"start":0,"end":1,"was":"b","now":"B","kind":"k"}]},
        "claims": [
            {"id": "clm_1", "start": 9, "end": 14, "voice": "source", "stance": "denies", "source": source("ARM")},
            {"id": "clm_2", "start": 0, "end": 8, "voice": "source", "source": source("AZE")},
            {"id": "clm_3", "start": 0, "end": 99}],
        "exhibits": [{"kind": "video", "start": 0, "end": 3}],
        "checks": [{"kind": "sum", "says": "1", "computed": "2"}],
        "notes": ["a note"],
    }))
    .unwrap()
}

fn words(store: &Store, filter: Filter) -> Vec<String> {
    let found = store.claims(&filter, 0, 100).unwrap();
    assert_eq!(found.len() as u32, store.count_claims(&filter).unwrap());
    found.into_iter().map(|row| row.words).collect()
}

#[test]
fn readings_come_back_as_they_went_in_and_only_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.ledger");
    {
        let mut store = Store::open(&path).unwrap();
        assert_eq!(store.add(&reading(1)).unwrap(), Added::New);
        assert_eq!(store.add(&reading(2)).unwrap(), Added::New);
        assert_eq!(store.add(&reading(1)).unwrap(), Added::Unchanged);
    }
    let store = Store::open_existing(&path).unwrap();
    assert_eq!(store.readings().unwrap(), [reading(1), reading(2)]);
    assert_eq!(store.reading(9).unwrap(), None);
    assert_eq!(
        store
            .reports(1, 5)
            .unwrap()
            .iter()
            .map(|r| (r.number, r.claims))
            .collect::<Vec<_>>(),
        [(2, 3)]
    );
    assert_eq!(store.verify().unwrap().wrong, None);
}

#[test]
fn claims_are_found_by_party_stance_voice_and_report() {
    let mut store = Store::in_memory().unwrap();
    store.add(&reading(1)).unwrap();
    store.add(&reading(2)).unwrap();
    let all = Filter::default;
    assert_eq!(
        words(
            &store,
            Filter {
                party: Some("ARM".into()),
                document: Some(2),
                ..all()
            }
        ),
        ["𝒙 nói"]
    );
    assert_eq!(
        words(
            &store,
            Filter {
                stance: Some(Stance::Denies),
                ..all()
            }
        )
        .len(),
        2
    );
    assert_eq!(
        words(
            &store,
            Filter {
                voice: Some(Voice::Report),
                document: Some(1),
                ..all()
            }
        ),
        ["Bắc Kinh 𝒙 nói không. 終わり"]
    );
    assert_eq!(
        words(
            &store,
            Filter {
                party: Some("' OR 1".into()),
                ..all()
            }
        ),
        Vec::<String>::new()
    );
    assert_eq!(store.parties().unwrap(), [("ARM".into(), 2), ("AZE".into(), 2)]);
}

#[test]
fn what_is_no_ledger_is_told_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x");
    let told = |made: Result<Store, Error>| made.map(|_| ()).unwrap_err().to_string();
    assert!(told(Store::open_existing(&path)).ends_with("x: there is no such ledger; `counterclaim add` makes one"));
    let letter = "Dear ledger, ".repeat(100);
    fs::write(&path, &letter).unwrap();
    assert!(told(Store::open(&path)).ends_with("x: is not a ledger; it was left as it is"));
    assert_eq!(fs::read_to_string(&path).unwrap(), letter);
    assert!(told(Store::open(folder.path())).ends_with("is not a ledger; it was left as it is"));

    let other = folder.path().join("other.db");
    rusqlite::Connection::open(&other)
        .unwrap()
        .execute_batch("CREATE TABLE t (a)")
        .unwrap();
    let before = fs::read(&other).unwrap();
    assert!(told(Store::open(&other)).ends_with("is not a ledger; it was left as it is"));
    assert_eq!(fs::read(&other).unwrap(), before);
}

#[test]
fn a_newer_ledger_is_not_touched() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("new.ledger");
    drop(Store::open(&path).unwrap());
    rusqlite::Connection::open(&path)
        .unwrap()
        .pragma_update(None, "user_version", 99)
        .unwrap();
    assert!(matches!(
        Store::open(&path),
        Err(Error::Newer {
            found: 99,
            known: 2,
            ..
        })
    ));
}
