use crate::facets::{self, Facets, slices};
use crate::leaf::Deed;
use crate::log::Edge;
use crate::rows::{Columns, columns};
use crate::{Error, Store};
use counterclaim_claims::{Claim, Reading};
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use std::collections::BTreeMap;

/// What adding a report did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Added {
    /// It is in the ledger now.
    New,
    /// It was there already, by digest and address; nothing was changed.
    Unchanged,
    /// It was there, and what is read of it now is something else.
    Again(Changes),
    /// Its words have been taken out of the ledger, or some of them; nothing was changed.
    Redacted,
}

/// What another reading of a report changed: ids of claims.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Read now and not before.
    pub new: Vec<String>,
    /// Read before and not now.
    pub gone: Vec<String>,
    /// Read otherwise.
    pub changed: Vec<String>,
    /// Those gone or changed that people had decided something about. What they decided stays.
    pub decided: Vec<String>,
}

impl Store {
    /// Adds a report with its claims: all of it or, on an error, nothing. One that is there already is left as it is.
    pub fn add(&mut self, reading: &Reading) -> Result<Added, Error> {
        self.put(reading, false)
    }

    /// The same, but one that is there already gets this reading in place of its own, which is kept beside it
    /// ([`Store::earlier`]). What people decided about its claims stays.
    pub fn add_again(&mut self, reading: &Reading) -> Result<Added, Error> {
        self.put(reading, true)
    }

    fn put(&mut self, reading: &Reading, again: bool) -> Result<Added, Error> {
        self.recorded(|db, edge, at| {
            if redacted(db, &reading.document.id)? {
                return Ok(Added::Redacted);
            }
            let now = Columns::of(reading)?;
            if let Some(document) = now.insert(db, edge.size())? {
                insert_claims(db, document, reading, &now)?;
                edge.append(at, Deed::Entry(now.held(document)?))?;
                return Ok(Added::New);
            }
            let (document, leaf): (i64, i64) = db.query_row(
                "SELECT seq, leaf FROM document WHERE id = ?1 AND uri = ?2",
                [&now.id, &now.uri],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )?;
            let was = columns(db, document)?.filter(|was| again && *was != now);
            let Some(was) = was else {
                return Ok(Added::Unchanged);
            };
            db.prepare_cached("INSERT INTO earlier (leaf, document, body) VALUES (?1, ?2, ?3)")?
                .execute(params![leaf, document, was.line()?])?;
            replace(db, document, reading, &now, edge.size())?;
            edge.append(at, Deed::Reading(now.held(document)?))?;
            Ok(Added::Again(changes(db, was.reading()?, reading)?))
        })
    }

    /// Does something to the ledger and puts it on record, both or neither: what `deed` appends to the log is signed
    /// before the transaction ends.
    pub(crate) fn recorded<T>(
        &mut self,
        deed: impl FnOnce(&Transaction<'_>, &mut Edge<'_>, &str) -> Result<T, Error>,
    ) -> Result<T, Error> {
        if self.signer.is_none() {
            self.signer = Some(self.key.signer(&self.db)?);
        }
        let at = (self.clock)();
        let transaction = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut edge = Edge::of(&transaction)?;
        let done = deed(&transaction, &mut edge, &at)?;
        if let Some(signer) = self.signer.as_ref().filter(|_| edge.grew()) {
            edge.sign(signer)?;
        }
        transaction.commit()?;
        Ok(done)
    }
}

/// Whether words of the report of these bytes were taken out.
fn redacted(db: &Connection, id: &str) -> Result<bool, Error> {
    Ok(db
        .prepare_cached("SELECT 1 FROM decision WHERE document = ?1 AND body ->> '$.what' = 'redact' LIMIT 1")?
        .query_row([id], |_| Ok(()))
        .optional()?
        .is_some())
}

/// Puts a reading in the place of the one that the ledger holds under that number.
pub(crate) fn replace(
    db: &Connection,
    document: i64,
    reading: &Reading,
    columns: &Columns,
    leaf: u64,
) -> Result<(), Error> {
    // The index is told what it held while that is still there.
    db.prepare_cached(
        "INSERT INTO report_words (report_words, rowid, title, text)
         SELECT 'delete', seq, title, text FROM report_said WHERE seq = ?1",
    )?
    .execute([document])?;
    facets::remove(db, document)?;
    db.prepare_cached("DELETE FROM claim WHERE document = ?1")?
        .execute([document])?;
    columns.update(db, document, leaf)?;
    insert_claims(db, document, reading, columns)
}

/// The claims of a report whose own row is there, and all that is looked up.
fn insert_claims(db: &Connection, document: i64, reading: &Reading, columns: &Columns) -> Result<(), Error> {
    let spans: Vec<_> = reading.claims.iter().map(|claim| (claim.start, claim.end)).collect();
    let words = slices(&reading.document.text, &spans);
    let mut insert = db.prepare_cached(
        "INSERT INTO claim (document, number, id, start, stop, voice, stance, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?;
    let claims = reading.claims.iter().zip(words).zip(&columns.claims);
    for (number, ((claim, words), c)) in (0_i64..).zip(claims) {
        insert.execute(params![
            document, number, c.id, c.start, c.stop, c.voice, c.stance, c.body
        ])?;
        let row = db.last_insert_rowid();
        Facets::of(claim, words, reading.document.published.as_deref())?.insert(db, document, row)?;
    }
    index_words(db, document)
}

/// The words of a report in the index.
fn index_words(db: &Connection, document: i64) -> Result<(), Error> {
    db.prepare_cached(
        "INSERT INTO report_words (rowid, title, text) SELECT seq, title, text FROM report_said WHERE seq = ?1",
    )?
    .execute([document])?;
    Ok(())
}

/// What is another in the second reading than in the first.
fn changes(db: &Connection, was: Reading, now: &Reading) -> Result<Changes, Error> {
    let mut old: BTreeMap<&str, &Claim> = was.claims.iter().map(|claim| (claim.id.as_str(), claim)).collect();
    let mut changes = Changes::default();
    for claim in &now.claims {
        match old.remove(claim.id.as_str()) {
            None => changes.new.push(claim.id.clone()),
            Some(was) if was != claim => changes.changed.push(claim.id.clone()),
            Some(_) => {}
        }
    }
    changes.gone = old.into_keys().map(str::to_owned).collect();
    let mut decided = db.prepare_cached("SELECT body ->> '$.about.claim' FROM decision WHERE document = ?1")?;
    let decided: Vec<Option<String>> = decided
        .query_map([&now.document.id], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let touched = changes.gone.iter().chain(&changes.changed);
    changes.decided = touched
        .filter(|id| decided.iter().flatten().any(|d| d == *id))
        .cloned()
        .collect();
    Ok(changes)
}

/// Puts reports that came in before there was a log on record, and makes what is looked up of them.
pub(crate) fn adopt(db: &Connection, edge: &mut Edge<'_>, at: &str) -> Result<(), Error> {
    db.execute("DELETE FROM claimant", [])?;
    let documents: Vec<i64> = db
        .prepare("SELECT seq FROM document ORDER BY seq")?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    for document in documents {
        let Some(is) = columns(db, document)? else { continue };
        db.prepare_cached("UPDATE document SET leaf = ?2 WHERE seq = ?1")?
            .execute(params![document, crate::rows::column(edge.size())])?;
        for (row, facets) in looked_up(db, document, &is.text, is.published.as_deref())? {
            facets.insert(db, document, row)?;
        }
        index_words(db, document)?;
        edge.append(at, Deed::Adoption(is.held(document)?))?;
    }
    Ok(())
}

/// What is to be looked up of the claims of a report, by their rows.
pub(crate) fn looked_up(
    db: &Connection,
    document: i64,
    text: &str,
    published: Option<&str>,
) -> Result<Vec<(i64, Facets)>, Error> {
    let claims: Vec<(i64, Claim)> = db
        .prepare_cached("SELECT seq, body FROM claim WHERE document = ?1 ORDER BY number")?
        .query_map([document], |row| Ok((row.get(0)?, row.get::<_, String>(1)?)))?
        .map(|row| {
            let (row, body) = row?;
            Ok((row, serde_json::from_str(&body)?))
        })
        .collect::<Result<_, Error>>()?;
    let spans: Vec<_> = claims.iter().map(|(_, claim)| (claim.start, claim.end)).collect();
    let of = |((row, claim), words): (&(i64, Claim), _)| Ok((*row, Facets::of(claim, words, published)?));
    claims.iter().zip(slices(text, &spans)).map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Filter;

    #[test]
    fn a_full_disk_adds_nothing_and_says_so() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("full.ledger");
        let mut store = Store::open(&path).unwrap();
        // What a full disk does, SQLite does here at 600 KB.
        store
            .db
            .pragma_update_and_check(None, "max_page_count", 150, |_| Ok(()))
            .unwrap();
        let line = r#"{"document":{"text":""},"claims":[{"start":0,"end":4},{"start":5,"end":9}]}"#;
        let mut long: Reading = serde_json::from_str(line).unwrap();
        long.document.text = "word ".repeat(2_000);
        let mut whole = 0;
        let stopped = loop {
            long.document.id = format!("sha256:{whole}");
            match store.add(&long) {
                Ok(_) => whole += 1,
                Err(e) => break e,
            }
        };
        assert!(matches!(stopped, Error::Full), "{stopped}");
        drop(store);
        let store = Store::open(&path).unwrap();
        assert!(whole > 3);
        assert_eq!(store.readings().unwrap().len(), whole);
        assert_eq!(store.count_claims(&Filter::default()).unwrap(), 2 * whole as u32);
        assert_eq!(store.verify().unwrap().wrong, None);
    }
}
