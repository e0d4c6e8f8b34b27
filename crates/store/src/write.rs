use crate::{Error, Store};
use counterclaim_claims::Reading;
use rusqlite::{Transaction, TransactionBehavior, params};
use serde::Serialize;
use serde_json::json;
use std::collections::BTreeSet;

/// What adding a report did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Added {
    /// It is in the ledger now.
    New,
    /// It was there already, by digest and address; nothing was changed.
    Unchanged,
}

impl Store {
    /// Adds a report with its claims: all of it or, on an error, nothing.
    pub fn add(&mut self, reading: &Reading) -> Result<Added, Error> {
        let transaction = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let added = add(&transaction, reading)?;
        transaction.commit()?;
        Ok(added)
    }
}

fn add(to: &Transaction<'_>, reading: &Reading) -> Result<Added, Error> {
    let d = &reading.document;
    let rest = json!({
        "repairs": d.repairs, "incidents": reading.incidents, "exhibits": reading.exhibits, "mentions": reading.mentions,
        "checks": reading.checks, "notes": reading.notes, "page": d.page,
    });
    let rows = to
        .prepare_cached(
            "INSERT INTO document (id, uri, title, outlet, language, published, text, rest)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO NOTHING",
        )?
        .execute(params![
            d.id,
            d.uri,
            d.title,
            d.outlet,
            d.language,
            d.published,
            d.text,
            rest.to_string()
        ])?;
    if rows == 0 {
        return Ok(Added::Unchanged);
    }
    let document = to.last_insert_rowid();
    let mut insert = to.prepare_cached(
        "INSERT INTO claim (document, number, id, start, stop, voice, stance, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?;
    let mut insert_claimant = to.prepare_cached("INSERT INTO claimant (claim, party) VALUES (?1, ?2)")?;
    for (number, claim) in (0_i64..).zip(&reading.claims) {
        let (voice, stance) = (code(&claim.voice)?, code(&claim.stance)?);
        let (start, stop) = (column(claim.start), column(claim.end));
        let body = serde_json::to_string(claim)?;
        insert.execute(params![document, number, claim.id, start, stop, voice, stance, body])?;
        let row = to.last_insert_rowid();
        for party in claim
            .source
            .iter()
            .filter_map(|source| source.party.as_deref())
            .collect::<BTreeSet<_>>()
        {
            insert_claimant.execute(params![row, party])?;
        }
    }
    Ok(Added::New)
}

/// A value by its code in the contract.
pub(crate) fn code(value: &impl Serialize) -> Result<String, Error> {
    Ok(serde_json::from_value(serde_json::to_value(value)?)?)
}

/// A count of code points as a column; no text is long enough not to fit.
fn column(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
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
        // What a full disk does, SQLite does here at 240 KB.
        store
            .db
            .pragma_update_and_check(None, "max_page_count", 60, |_| Ok(()))
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
        assert_eq!(
            (store.readings().unwrap().len(), store.damage().unwrap()),
            (whole, Vec::new())
        );
        assert_eq!(store.count_claims(&Filter::default()).unwrap(), 2 * whole as u32);
    }
}
