use crate::facets::{self, Facets, folded, slices};
use crate::leaf::Deed;
use crate::leaf::Held;
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
        self.put(&[reading], false).map(|mut done| done.remove(0))
    }

    /// The same, but one that is there already gets this reading in place of its own, which is kept beside it
    /// ([`Store::earlier`]). What people decided about its claims stays.
    pub fn add_again(&mut self, reading: &Reading) -> Result<Added, Error> {
        self.put(&[reading], true).map(|mut done| done.remove(0))
    }

    /// Adds many reports, in order, as [`Store::add`] does or, with `again`, as [`Store::add_again`] does, and tells of each what was
    /// done. Those of one [`batch`] go in in one transaction: each report is in the ledger whole or not at all, and the reports that
    /// are there after a kill are the first of those given. After an error all before the one that could not be added are there.
    ///
    /// ```
    /// use counterclaim_claims::Reading;
    /// use counterclaim_store::{Added, Store};
    ///
    /// let mut store = Store::in_memory()?;
    /// let (mut one, mut other) = (Reading::default(), Reading::default());
    /// (one.document.uri, other.document.uri) = ("a.txt".into(), "b.txt".into());
    /// let added = store.add_all(&[&one, &other, &one], false)?;
    /// assert_eq!(added, [Added::New, Added::New, Added::Unchanged]);
    /// # Ok::<(), counterclaim_store::Error>(())
    /// ```
    pub fn add_all(&mut self, readings: &[&Reading], again: bool) -> Result<Vec<Added>, Error> {
        let mut done = Vec::with_capacity(readings.len());
        let mut rest = readings;
        while !rest.is_empty() {
            let (now, later) = rest.split_at(batch(rest));
            match self.put(now, again) {
                Ok(added) => done.extend(added),
                Err(error) if now.len() == 1 || matches!(error, Error::Busy) => return Err(error),
                // Nothing of the batch was added: one at a time, those are that can be.
                Err(_) => {
                    for one in now {
                        done.extend(self.put(&[one], again)?);
                    }
                }
            }
            rest = later;
        }
        Ok(done)
    }

    fn put(&mut self, readings: &[&Reading], again: bool) -> Result<Vec<Added>, Error> {
        let ready: Vec<Ready> = readings.iter().map(|one| Ready::of(one)).collect::<Result<_, _>>()?;
        self.recorded(|db, edge, at| {
            let each = readings.iter().zip(&ready);
            each.map(|(reading, now)| put(db, edge, at, (reading, now), again))
                .collect()
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

/// A transaction takes in reports until they have so many claims,
const CLAIMS: usize = 1_000;
/// or so many bytes of text: other programs that write wait no longer than that takes.
const BYTES: usize = 1 << 20;

/// How many of the reports, of which there is one at least, go into one transaction.
fn batch(readings: &[&Reading]) -> usize {
    let (mut claims, mut bytes) = (0, 0);
    let fits = |one: &&&Reading| {
        let room = claims < CLAIMS && bytes < BYTES;
        claims += one.claims.len();
        bytes += one.document.text.len();
        room
    };
    readings.iter().take_while(fits).count()
}

/// A reading and all that can be made of it before the ledger is held.
pub(crate) struct Ready {
    columns: Columns,
    facets: Vec<Facets>,
    /// What its leaf says, but for its number.
    held: Held,
}

impl Ready {
    pub(crate) fn of(reading: &Reading) -> Result<Self, Error> {
        let spans: Vec<_> = reading.claims.iter().map(|claim| (claim.start, claim.end)).collect();
        let words = slices(&reading.document.text, &spans);
        let published = reading.document.published.as_deref();
        let of = |(claim, words)| Facets::of(claim, words, published);
        let columns = Columns::of(reading)?;
        Ok(Self {
            facets: reading.claims.iter().zip(words).map(of).collect::<Result<_, _>>()?,
            held: columns.held(0)?,
            columns,
        })
    }

    /// What its leaf says where it has that number.
    pub(crate) fn held(&self, document: i64) -> Held {
        let held = self.held.clone();
        Held { document, ..held }
    }
}

/// Adds a report, or with `again` its new reading, within a transaction.
fn put(
    db: &Connection,
    edge: &mut Edge<'_>,
    at: &str,
    (reading, now): (&Reading, &Ready),
    again: bool,
) -> Result<Added, Error> {
    if redacted(db, &reading.document.id)? {
        return Ok(Added::Redacted);
    }
    if let Some(document) = now.columns.insert(db, edge.size())? {
        insert_claims(db, document, now)?;
        edge.append(at, Deed::Entry(now.held(document)))?;
        return Ok(Added::New);
    }
    let (document, leaf): (i64, i64) = db
        .prepare_cached("SELECT seq, leaf FROM document WHERE id = ?1 AND uri = ?2")?
        .query_row([&now.columns.id, &now.columns.uri], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?;
    let was = columns(db, document)?.filter(|was| again && *was != now.columns);
    let Some(was) = was else {
        return Ok(Added::Unchanged);
    };
    db.prepare_cached("INSERT INTO earlier (leaf, document, body) VALUES (?1, ?2, ?3)")?
        .execute(params![leaf, document, was.line()?])?;
    replace(db, document, now, edge.size())?;
    edge.append(at, Deed::Reading(now.held(document)))?;
    Ok(Added::Again(changes(db, was.reading()?, reading)?))
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
pub(crate) fn replace(db: &Connection, document: i64, now: &Ready, leaf: u64) -> Result<(), Error> {
    // The index is told what it held while that is still there.
    db.prepare_cached(
        "INSERT INTO report_words (report_words, rowid, title, text)
         SELECT 'delete', seq, title, text FROM report_said WHERE seq = ?1",
    )?
    .execute([document])?;
    facets::remove(db, document)?;
    db.prepare_cached("DELETE FROM claim WHERE document = ?1")?
        .execute([document])?;
    now.columns.update(db, document, leaf)?;
    insert_claims(db, document, now)
}

/// The claims of a report whose own row is there, and all that is looked up.
fn insert_claims(db: &Connection, document: i64, ready: &Ready) -> Result<(), Error> {
    let mut insert = db.prepare_cached(
        "INSERT INTO claim (document, number, id, start, stop, voice, stance, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?;
    let claims = ready.columns.claims.iter().zip(&ready.facets);
    for (number, (c, facets)) in (0_i64..).zip(claims) {
        insert.execute(params![
            document, number, c.id, c.start, c.stop, c.voice, c.stance, c.body
        ])?;
        let row = db.last_insert_rowid();
        facets.insert(db, document, row)?;
    }
    index_words(db, document, &ready.columns)
}

/// The words of a report in the index, as the view `report_said` tells them: not read from there, for a statement that could do
/// several things makes the index write down what it has so far.
fn index_words(db: &Connection, document: i64, report: &Columns) -> Result<(), Error> {
    let (title, text) = (report.title.as_deref().map(folded), folded(&report.text));
    db.prepare_cached("INSERT INTO report_words (rowid, title, text) VALUES (?1, ?2, ?3)")?
        .execute(params![document, title, text])?;
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
        index_words(db, document, &is)?;
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
    use std::path::Path;

    /// A ledger on a disk that is full at 600 KB: what a full disk does, SQLite does then.
    fn small(path: &Path) -> Store {
        let store = Store::open(path).unwrap();
        let most = store
            .db
            .pragma_update_and_check(None, "max_page_count", 150, |_| Ok(()));
        most.unwrap();
        store
    }

    fn long(n: usize) -> Reading {
        let line = r#"{"document":{"text":""},"claims":[{"start":0,"end":4},{"start":5,"end":9}]}"#;
        let mut long: Reading = serde_json::from_str(line).unwrap();
        (long.document.id, long.document.text) = (format!("sha256:{n}"), "word ".repeat(2_000));
        long
    }

    /// What the ledger holds when it is opened again: so many reports, whole.
    fn whole(path: &Path) -> usize {
        let store = Store::open(path).unwrap();
        let readings = store.readings().unwrap();
        assert_eq!(
            store.count_claims(&Filter::default()).unwrap() as usize,
            2 * readings.len()
        );
        assert_eq!(store.verify().unwrap().wrong, None);
        assert!((0..).map(long).zip(&readings).all(|(ought, is)| ought == *is));
        readings.len()
    }

    #[test]
    fn a_full_disk_adds_nothing_and_says_so() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("full.ledger");
        let mut store = small(&path);
        let mut added = 0;
        let stopped = loop {
            match store.add(&long(added)) {
                Ok(_) => added += 1,
                Err(e) => break e,
            }
        };
        assert!(matches!(stopped, Error::Full), "{stopped}");
        drop(store);
        assert_eq!(whole(&path), added);
        assert!(added > 3);
    }

    #[test]
    fn of_a_batch_that_does_not_fit_all_is_added_that_does() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("full.ledger");
        let mut store = small(&path);
        let many: Vec<Reading> = (0..60).map(long).collect();
        let many: Vec<&Reading> = many.iter().collect();
        assert_eq!(batch(&many), many.len());
        let stopped = store.add_all(&many, false).unwrap_err();
        assert!(matches!(stopped, Error::Full), "{stopped}");
        drop(store);
        assert!((4..60).contains(&whole(&path)));
    }

    #[test]
    fn a_batch_ends_with_the_report_that_fills_it() {
        let mut reading = long(0);
        assert_eq!(
            batch(&vec![&reading; 2_000]),
            BYTES.div_ceil(reading.document.text.len())
        );
        reading.document.text.clear();
        assert_eq!(batch(&vec![&reading; 2_000]), CLAIMS / 2);
        reading.claims = vec![Claim::default(); 3 * CLAIMS];
        assert_eq!(batch(&[&reading, &reading]), 1);
    }
}
