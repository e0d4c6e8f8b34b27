//! Whether a ledger is what its log says: every check, from the file up, until the first thing that is wrong.

mod rows;
mod tree;

use crate::facets::Facets;
use crate::write::looked_up;
use crate::{Error, Store};
use rows::Record;
use rusqlite::Connection;

/// What [`Store::verify`] found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verified {
    /// The first thing that is wrong, in words; none where all is as it was signed.
    pub wrong: Option<String>,
    /// Reports that were checked.
    pub reports: u64,
    /// Of these, such whose words were taken out.
    pub redacted: u64,
    /// Decisions that were checked.
    pub decisions: u64,
    /// Leaves of the log.
    pub leaves: u64,
    /// Signed heads of the log.
    pub checkpoints: u64,
}

/// Why a check ended.
enum Fault {
    /// Something is not as it was.
    Wrong(String),
    /// It could not be carried out.
    Broken(Error),
}

impl<E: Into<Error>> From<E> for Fault {
    fn from(error: E) -> Self {
        Fault::Broken(error.into())
    }
}

/// That something holds, or what is wrong.
fn hold(holds: bool, wrong: impl FnOnce() -> String) -> Result<(), Fault> {
    if holds { Ok(()) } else { Err(Fault::Wrong(wrong())) }
}

impl Store {
    /// Checks all that a ledger holds and stops at the first thing that is wrong: SQLite's own check of the file, its
    /// tables, the log's hashes and tiles, every signed head, every report, decision and earlier reading against its leaf,
    /// and what is looked up against the reports. Nothing is changed.
    ///
    /// It proves that what the ledger holds is what the holder of the key signed, in that order, and that nothing was
    /// taken out or put in between. It proves neither that a report was true, nor when it came in, nor that no other
    /// history was signed with the same key: for that, a head is kept elsewhere and asked for by [`Store::goes_on_from`].
    ///
    /// # Errors
    /// When another program holds the ledger. What cannot be read is told as wrong.
    pub fn verify(&self) -> Result<Verified, Error> {
        let mut seen = Verified::default();
        match check(&self.db, &mut seen) {
            Ok(()) => {}
            Err(Fault::Wrong(what)) => seen.wrong = Some(what),
            Err(Fault::Broken(Error::Busy)) => return Err(Error::Busy),
            Err(Fault::Broken(error)) => seen.wrong = Some(error.to_string()),
        }
        Ok(seen)
    }

    /// Whether the log goes on from a signed head of it that was kept elsewhere, and why not where it does not.
    pub fn goes_on_from(&self, note: &str) -> Result<Result<u64, String>, Error> {
        match tree::goes_on_from(&self.db, note) {
            Ok(size) => Ok(Ok(size)),
            Err(Fault::Wrong(what)) => Ok(Err(what)),
            Err(Fault::Broken(error)) => Err(error),
        }
    }
}

fn check(db: &Connection, seen: &mut Verified) -> Result<(), Fault> {
    file(db)?;
    schema(db)?;
    let mut record = Record::default();
    let heads = tree::check(db, |n, leaf| record.read(n, leaf))?;
    (seen.leaves, seen.checkpoints) = (heads.leaves, heads.checkpoints);
    record.check(db, seen)?;
    tables(db)
}

/// SQLite's own check of every page and index.
fn file(db: &Connection) -> Result<(), Fault> {
    let told: String = db.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    hold(told == "ok", || format!("the file is damaged: {told}"))?;
    let stray: Vec<String> = db
        .prepare("PRAGMA foreign_key_check")?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    hold(stray.is_empty(), || format!("a row of {} hangs on nothing", stray[0]))
}

/// The tables are those of this layout: a trigger or a view put in by somebody could show what is not there.
fn schema(db: &Connection) -> Result<(), Fault> {
    type Row = (String, String, Option<String>);
    let of = |db: &Connection| -> Result<Vec<Row>, Error> {
        let mut rows = db.prepare(
            "SELECT type, name, sql FROM sqlite_schema WHERE name NOT GLOB 'sqlite_stat*' ORDER BY type, name",
        )?;
        let rows = rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    };
    let (is, ought) = (of(db)?, of(&Store::in_memory()?.db)?);
    let other = is.iter().find(|row| !ought.contains(row));
    let other = other.or_else(|| ought.iter().find(|row| !is.contains(row)));
    hold(other.is_none(), || {
        let (kind, name, _) = other.cloned().unwrap_or_default();
        format!("the {kind} {name} is not as this layout has it")
    })
}

/// What filters ask for is what reports and claims say.
fn tables(db: &Connection) -> Result<(), Fault> {
    let mut documents = db.prepare("SELECT seq, uri, text, published FROM document ORDER BY seq")?;
    let mut documents = documents.query([])?;
    while let Some(row) = documents.next()? {
        let (document, uri): (i64, String) = (row.get(0)?, row.get(1)?);
        let (text, published): (String, Option<String>) = (row.get(2)?, row.get(3)?);
        let claims = looked_up(db, document, &text, published.as_deref())?;
        for (n, (claim, ought)) in (1..).zip(claims) {
            let is = Facets::stored(db, claim);
            hold(is.is_ok_and(|is| is == ought), || {
                format!("what is looked up of claim {n} of report {document} ({uri}) is not what the claim says")
            })?;
        }
    }
    for (what, sql) in STRAYS {
        let strays: i64 = db.query_row(sql, [], |row| row.get(0))?;
        hold(strays == 0, || format!("the index of {what} is not that of the claims"))?;
    }
    // The check is asked for like a row to insert; nothing is inserted.
    let step = db.unchecked_transaction()?;
    for (what, table) in [("reports", "report_words"), ("claims", "claim_words")] {
        let sql = format!("INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', 1)");
        hold(step.execute(&sql, []).is_ok(), || {
            format!("the index of words is not that of the {what}")
        })?;
    }
    Ok(step.rollback()?)
}

/// Rows of one table that another lacks, to be none.
const STRAYS: [(&str, &str); 4] = [
    (
        "claims",
        "SELECT abs((SELECT count(*) FROM claim) - (SELECT count(*) FROM facet))
         + (SELECT count(*) FROM facet JOIN claim ON claim.seq = facet.claim WHERE facet.document <> claim.document)",
    ),
    (
        "words",
        "SELECT (SELECT count(*) FROM claim) - (SELECT count(*) FROM claim_words)",
    ),
    (
        "days",
        "SELECT (SELECT count(*) FROM facet f LEFT JOIN day ON day.claim = f.claim
            WHERE (day.first, day.last) IS NOT (f.first, f.last))
         + abs((SELECT count(*) FROM day) - (SELECT count(first) FROM facet))",
    ),
    (
        "places",
        "SELECT (SELECT count(*) FROM place p LEFT JOIN spot s ON s.seq = p.seq
            WHERE (s.south, s.north, s.west, s.east) IS NOT (p.lat, p.lat, p.lon, p.lon))
         + abs((SELECT count(*) FROM spot) - (SELECT count(lat) FROM place))",
    ),
];
