//! The log: what is added stands in it, proofs hold, and whatever is changed behind its back is found and named.

use counterclaim_claims::Reading;
use counterclaim_ledger::{Ref, Ruling};
use counterclaim_store::{Added, Deed, Error, Filter, Store};
use rusqlite::Connection;
use serde_json::json;
use std::fs;
use std::path::Path;
use tlog_tiles::{Checkpoint, Hash, check_record, check_tree, record_hash};

fn reading(n: usize) -> Reading {
    serde_json::from_value(json!({
        "document": {"id": format!("sha256:{n}"), "uri": format!("{n}.txt"), "title": "Đêm ở cảng", "language": "vi",
            "published": "2021-03-04", "text": format!("Tướng Orlan nói cảng Mirsk bị bắn {n} lần.")},
        "claims": [
            {"id": format!("clm_{n}"), "start": 16, "end": 33, "voice": "source", "stance": "accuses",
             "source": [{"start": 0, "end": 11, "text": "Tướng Orlan", "person": "Orlan", "party": "AZE", "sector": "MIL"}],
             "events": [{"act": "shelling", "time": "2021-03-03",
                "place": [{"name": "Mirsk", "country": "ARM", "lat": 40.5, "lon": 45.25}]}]},
            {"id": format!("clm_{n}b"), "start": 0, "end": 11}],
    }))
    .unwrap()
}

fn clock() -> Box<dyn Fn() -> String + Send> {
    Box::new(|| "2021-03-04T05:06:07Z".into())
}

/// A ledger with all that can be in one, and no write-ahead log beside it.
fn full(path: &Path) -> Store {
    let mut store = Store::open_by(path, clock()).unwrap();
    for n in 0..12 {
        store.add(&reading(n)).unwrap();
    }
    let mut again = reading(3);
    again.claims.pop();
    assert!(matches!(store.add_again(&again).unwrap(), Added::Again(_)));
    let about = |n: usize| Ref::claim(format!("sha256:{n}"), format!("clm_{n}"));
    store.decide("Ada", "", about(1), Ruling::Accept).unwrap();
    store
        .decide("Ada", "the port lies elsewhere", about(2), Ruling::Split(Vec::new()))
        .unwrap();
    store
        .decide("Bo", "a private person", about(5), Ruling::Redact)
        .unwrap();
    store
}

fn root(note: &str) -> (u64, Hash) {
    let text = note.split_once("\n\n").unwrap().0.to_owned() + "\n";
    let head = Checkpoint::from_bytes(text.as_bytes()).unwrap();
    (head.size(), *head.hash())
}

#[test]
fn every_deed_is_a_leaf_and_both_kinds_of_proof_hold() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("w.ledger");
    let mut store = Store::open_by(&path, clock()).unwrap();
    store.add(&reading(0)).unwrap();
    let old = store.checkpoint().unwrap().unwrap();
    drop(store);
    let store = full(&path);

    let leaf = store.leaf(0).unwrap().unwrap();
    assert_eq!(leaf.at, "2021-03-04T05:06:07Z");
    assert!(leaf.tool.starts_with("counterclaim "));
    let Deed::Entry(held) = &leaf.deed else {
        panic!("{leaf:?}")
    };
    assert_eq!((held.capture.as_str(), held.address.as_str()), ("sha256:0", "0.txt"));
    let kinds: Vec<String> = (0..store.leaves().unwrap())
        .map(|n| serde_json::to_value(store.leaf(n).unwrap().unwrap()).unwrap()["kind"].to_string())
        .collect();
    assert_eq!(
        kinds[12..],
        ["\"reading\"", "\"decision\"", "\"decision\"", "\"redaction\""]
    );

    let (size, now) = root(&store.checkpoint().unwrap().unwrap());
    assert_eq!(size, 16);
    for n in 0..size {
        let body = serde_json::to_string(&store.leaf(n).unwrap().unwrap()).unwrap();
        let proof = store.inclusion(n).unwrap().into_iter().map(Hash).collect();
        check_record(&proof, size, now, n, record_hash(body.as_bytes())).unwrap();
    }
    let (before, was) = root(&old);
    let proof = store.consistency(before).unwrap().into_iter().map(Hash).collect();
    check_tree(&proof, size, now, before, was).unwrap();

    assert_eq!(store.goes_on_from(&old).unwrap(), Ok(1));
    assert!(store.goes_on_from(&old.replace('A', "B")).unwrap().is_err());
    let found = store.verify().unwrap();
    assert_eq!(found.wrong, None);
    assert_eq!(
        (found.reports, found.redacted, found.decisions, found.leaves),
        (12, 1, 3, 16)
    );
}

#[test]
fn another_history_signed_with_the_same_key_does_not_go_on() {
    let folder = tempfile::tempdir().unwrap();
    let (one, two) = (folder.path().join("one.ledger"), folder.path().join("two.ledger"));
    let mut store = Store::open(&one).unwrap();
    store.add(&reading(1)).unwrap();
    store.add(&reading(2)).unwrap();
    fs::copy(
        folder.path().join("one.ledger.key"),
        folder.path().join("two.ledger.key"),
    )
    .unwrap();
    let mut other = Store::open(&two).unwrap();
    other.add(&reading(2)).unwrap();
    other.add(&reading(1)).unwrap();
    other.add(&reading(3)).unwrap();
    assert_eq!(other.verify().unwrap().wrong, None);
    let kept = store.checkpoint().unwrap().unwrap();
    assert_eq!(
        other.goes_on_from(&kept).unwrap(),
        Err("the first 2 leaves are not those of the checkpoint".into())
    );
}

#[test]
fn logs_of_several_tiles_hold() {
    let mut store = Store::in_memory().unwrap();
    for n in 0..600 {
        store.add(&reading(n)).unwrap();
    }
    let found = store.verify().unwrap();
    assert_eq!((found.wrong, found.leaves, found.checkpoints), (None, 600, 601));
    let (size, now) = root(&store.checkpoint().unwrap().unwrap());
    for n in [0, 255, 256, 511, 599] {
        let body = serde_json::to_string(&store.leaf(n).unwrap().unwrap()).unwrap();
        let proof = store.inclusion(n).unwrap().into_iter().map(Hash).collect();
        check_record(&proof, size, now, n, record_hash(body.as_bytes())).unwrap();
    }
}

#[test]
fn what_is_changed_behind_the_log_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("w.ledger");
    drop(full(&path));
    for (sql, named) in [
        (
            "UPDATE document SET text = replace(text, '7', '8') WHERE seq = 8",
            "the text of report 8 (7.txt)",
        ),
        (
            "UPDATE document SET title = 'x' WHERE seq = 2",
            "the reading of report 2",
        ),
        ("UPDATE document SET uri = 'x' WHERE seq = 2", "the address of report 2"),
        (
            "UPDATE claim SET body = replace(body, 'accuses', 'asserts') WHERE seq = 1",
            "the reading of report 1 (0.txt)",
        ),
        (
            "UPDATE claim SET number = 7 WHERE document = 1 AND number = 0",
            "the reading of report 1 (0.txt)",
        ),
        ("DELETE FROM document WHERE seq = 9", "is missing"),
        (
            "INSERT INTO document (id, uri, text, rest) VALUES ('i', 'u', 't', '{}')",
            "report 13 (u) stands in no leaf",
        ),
        (
            "UPDATE leaf SET body = replace(body, '04T05', '05T05') WHERE n = 4",
            "the checkpoint of 5 leaves has another root",
        ),
        ("DELETE FROM leaf WHERE n = 4", "leaf 4 is missing"),
        (
            "DELETE FROM leaf WHERE n = 15",
            "there is a checkpoint of 16 leaves, and 15 leaves",
        ),
        (
            "DELETE FROM checkpoint WHERE size = 16",
            "the last leaf, 15, stands under no checkpoint",
        ),
        (
            "UPDATE checkpoint SET note = (SELECT note FROM checkpoint WHERE size = 3) WHERE size = 4",
            "the checkpoint of 4 leaves is that of 3",
        ),
        (
            "UPDATE tile SET hashes = zeroblob(length(hashes))",
            "tile 0 of level 0 is not that of the leaves",
        ),
        ("INSERT INTO tile VALUES (3, 3, x'00')", "the log has 2 tiles"),
        (
            "UPDATE decision SET body = replace(body, 'Ada', 'Bob') WHERE seq = 1",
            "decision 1 is not what leaf 13 tells",
        ),
        ("DELETE FROM decision WHERE seq = 2", "decision 2 of leaf 14 is missing"),
        (
            "UPDATE earlier SET body = replace(body, 'clm_3b', 'clm_3c')",
            "earlier reading 3 is not what leaf 3 tells",
        ),
        ("DELETE FROM earlier", "earlier reading 3 of leaf 3 is missing"),
        ("UPDATE key SET public = 'x+1+y'", "the ledger's key is none"),
        (
            "DELETE FROM claimant WHERE claim = 1",
            "what is looked up of claim 1 of report 1",
        ),
        (
            "UPDATE facet SET first = 3 WHERE claim = 1",
            "what is looked up of claim 1 of report 1",
        ),
        (
            "UPDATE claim_words SET words = 'x' WHERE rowid = 1",
            "what is looked up of claim 1 of report 1",
        ),
        ("UPDATE day SET last = last + 1 WHERE claim = 1", "the index of days"),
        ("DELETE FROM spot WHERE seq = 1", "the index of places"),
        (
            "INSERT INTO report_words (report_words, rowid, title, text) VALUES ('delete', 1, '', 'nói')",
            "the index of words",
        ),
        (
            "CREATE TRIGGER t AFTER DELETE ON leaf BEGIN SELECT 1; END",
            "the trigger t",
        ),
        ("CREATE TABLE more (a)", "the table more"),
        (
            "UPDATE document SET leaf = 0 WHERE seq = 5",
            "report 5 (4.txt) names another leaf",
        ),
    ] {
        let copy = folder.path().join("copy.ledger");
        fs::copy(&path, &copy).unwrap();
        let db = Connection::open(&copy).unwrap();
        db.execute_batch(sql).unwrap();
        drop(db);
        let wrong = Store::open_to_verify(&copy).unwrap().verify().unwrap().wrong;
        assert!(
            wrong.as_deref().is_some_and(|wrong| wrong.contains(named)),
            "{sql}\n{wrong:?}"
        );
    }
}

#[test]
fn nothing_is_added_without_the_key_and_all_can_be_read() {
    let folder = tempfile::tempdir().unwrap();
    let (path, key) = (folder.path().join("w.ledger"), folder.path().join("w.ledger.key"));
    drop(full(&path));
    let kept = fs::read_to_string(&key).unwrap();
    #[cfg(unix)]
    assert_eq!(
        std::os::unix::fs::PermissionsExt::mode(&fs::metadata(&key).unwrap().permissions()) & 0o77,
        0
    );
    fs::remove_file(&key).unwrap();
    let mut store = Store::open(&path).unwrap();
    assert_eq!(store.readings().unwrap().len(), 12);
    assert_eq!(store.verify().unwrap().wrong, None);
    let told = store.add(&reading(99)).unwrap_err().to_string();
    assert!(
        told.contains("w.ledger.key: is missing; nothing can be added"),
        "{told}"
    );

    Store::open(&folder.path().join("other.ledger")).unwrap();
    fs::copy(folder.path().join("other.ledger.key"), &key).unwrap();
    let told = store.add(&reading(99)).unwrap_err().to_string();
    assert!(told.contains("is the key of another ledger"), "{told}");
    fs::write(&key, kept).unwrap();
    assert_eq!(store.add(&reading(99)).unwrap(), Added::New);
}

#[test]
fn a_ledger_of_the_first_layout_is_taken_over_with_all_it_holds() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("one.ledger");
    let db = Connection::open(&path).unwrap();
    db.execute_batch(include_str!("layouts/1.sql")).unwrap();
    let bodies: Vec<String> = db
        .prepare("SELECT body FROM claim ORDER BY seq")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    drop(db);
    assert!(matches!(Store::open_to_verify(&path), Err(Error::Older(_))));

    let mut store = Store::open(&path).unwrap();
    let readings = store.readings().unwrap();
    let claims: Vec<_> = readings.iter().flat_map(|reading| &reading.claims).collect();
    assert_eq!(
        claims
            .iter()
            .map(|c| serde_json::to_string(c).unwrap())
            .collect::<Vec<_>>(),
        bodies
    );
    let found = store.verify().unwrap();
    assert_eq!((found.wrong, found.reports, found.leaves), (None, 2, 2));
    assert!(matches!(store.leaf(1).unwrap().unwrap().deed, Deed::Adoption(_)));
    let words = |words: &str| {
        let filter = Filter {
            words: Some(words.into()),
            ..Filter::default()
        };
        store.count_claims(&filter).unwrap()
    };
    assert_eq!((words("phao binh"), words("shelled Ganja"), words("Ganja")), (1, 1, 2));
    assert_eq!(store.parties().unwrap(), [("ARM".into(), 1), ("AZE".into(), 2)]);
    assert_eq!(store.add(&readings[0]).unwrap(), Added::Unchanged);
    assert_eq!(store.add(&reading(1)).unwrap(), Added::New);
    assert_eq!(store.verify().unwrap().wrong, None);
}

/// A flip counts where it changes what the file says: what SQLite makes of any row, or whether it can read it. The others
/// hit room that no row uses.
fn content(path: &Path) -> Result<Vec<String>, rusqlite::Error> {
    let db = Connection::open(path)?;
    let mut rows = Vec::new();
    for table in [
        "leaf",
        "tile",
        "checkpoint",
        "key",
        "document",
        "claim",
        "earlier",
        "decision",
    ] {
        let mut query = db.prepare(&format!("SELECT * FROM {table} NOT INDEXED"))?;
        let columns = query.column_count();
        let mut found = query.query([])?;
        while let Some(row) = found.next()? {
            for n in 0..columns {
                rows.push(format!("{table} {:?}", row.get_ref(n)?));
            }
        }
    }
    Ok(rows)
}

/// The pages of the file that hold the tables on record, first bytes and lengths.
fn pages(path: &Path) -> Vec<(usize, usize)> {
    let db = Connection::open(path).unwrap();
    let sql = "SELECT pgoffset, pgsize FROM dbstat WHERE name IN
        ('leaf', 'tile', 'checkpoint', 'key', 'document', 'claim', 'earlier', 'decision')";
    let mut pages = db.prepare(sql).unwrap();
    let pages = pages.query_map([], |row| {
        Ok((row.get::<_, i64>(0)? as usize, row.get::<_, i64>(1)? as usize))
    });
    pages.unwrap().map(Result::unwrap).collect()
}

#[test]
fn any_flipped_bit_of_what_is_on_record_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let (path, copy) = (folder.path().join("w.ledger"), folder.path().join("flipped.ledger"));
    drop(full(&path));
    // Everything into the one file, as a copy of it would be.
    let db = Connection::open(&path).unwrap();
    db.query_row("PRAGMA journal_mode = delete", [], |_| Ok(())).unwrap();
    db.execute_batch("VACUUM").unwrap();
    drop(db);
    let (whole, rows, pages) = (fs::read(&path).unwrap(), content(&path).unwrap(), pages(&path));
    // Bytes are drawn evenly from those pages, by a generator of fixed seed (Knuth's MMIX).
    let mut seed = 2021_u64;
    let mut draw = |below: usize| {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % below
    };
    let (mut counted, mut beside) = (0, 0);
    while counted < 1_000 {
        let (offset, length) = pages[draw(pages.len())];
        let (byte, bit) = (offset + draw(length), draw(8));
        let mut flipped = whole.clone();
        flipped[byte] ^= 1 << bit;
        fs::write(&copy, flipped).unwrap();
        let found = Store::open_to_verify(&copy).and_then(|store| store.verify());
        let found = found.map_or(true, |found| found.wrong.is_some());
        if !found && content(&copy).is_ok_and(|is| is == rows) {
            beside += 1;
            continue;
        }
        assert!(found, "bit {bit} of byte {byte}");
        counted += 1;
    }
    assert!(beside < 3_000, "{beside} flips hit nothing");
}
