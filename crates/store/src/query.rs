use crate::filter::{Filter, Search};
use crate::rows::{Columns, columns};
use crate::{Error, Store};
use counterclaim_claims::{Claim, Reading};
use rusqlite::types::Value;
use rusqlite::{Row, params, params_from_iter};

/// A report as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Its number in the ledger.
    pub number: i64,
    /// Where it came from.
    pub uri: String,
    /// The headline.
    pub title: Option<String>,
    /// BCP 47.
    pub language: Option<String>,
    /// EDTF.
    pub published: Option<String>,
    /// How many claims were read from it.
    pub claims: u32,
}

/// A claim with the words and the report it stands in.
#[derive(Debug, Clone, PartialEq)]
pub struct ClaimRow {
    /// The number of its report.
    pub document: i64,
    /// Its own number there, from 0.
    pub number: u32,
    /// The report's id.
    pub id: String,
    /// Where the report came from.
    pub uri: String,
    /// When the report came out.
    pub published: Option<String>,
    /// The content's words.
    pub words: String,
    /// The claim.
    pub claim: Claim,
}

impl Store {
    /// How many reports there are.
    pub fn count(&self) -> Result<u32, Error> {
        Ok(self
            .db
            .query_row("SELECT count(*) FROM document", [], |row| row.get(0))?)
    }

    /// Reports, those that came out last first.
    pub fn reports(&self, offset: u32, limit: u32) -> Result<Vec<Report>, Error> {
        let mut query = self.db.prepare_cached(
            "SELECT seq, uri, title, language, published, (SELECT count(*) FROM claim WHERE document = d.seq)
             FROM document d ORDER BY published DESC NULLS LAST, seq LIMIT ?1 OFFSET ?2",
        )?;
        let report = |row: &Row<'_>| {
            Ok(Report {
                number: row.get(0)?,
                uri: row.get(1)?,
                title: row.get(2)?,
                language: row.get(3)?,
                published: row.get(4)?,
                claims: row.get(5)?,
            })
        };
        Ok(query
            .query_map(params![limit, offset], report)?
            .collect::<Result<_, _>>()?)
    }

    /// All readings whole, in the order of adding.
    pub fn readings(&self) -> Result<Vec<Reading>, Error> {
        let mut query = self.db.prepare_cached("SELECT seq FROM document ORDER BY seq")?;
        let numbers: Vec<i64> = query.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        numbers
            .into_iter()
            .filter_map(|number| self.reading(number).transpose())
            .collect()
    }

    /// The reading of the report of that number.
    pub fn reading(&self, number: i64) -> Result<Option<Reading>, Error> {
        columns(&self.db, number)?.map(Columns::reading).transpose()
    }

    /// How many claims there are of those wanted.
    pub fn count_claims(&self, filter: &Filter) -> Result<u32, Error> {
        let Search { sql, values, .. } = self.search(filter)?;
        let mut query = self.db.prepare_cached(&format!("SELECT count(*) {sql}"))?;
        Ok(query.query_row(params_from_iter(values), |row| row.get(0))?)
    }

    /// The claims wanted, in the order of adding.
    pub fn claims(&self, filter: &Filter, offset: u32, limit: u32) -> Result<Vec<ClaimRow>, Error> {
        let Search { sql, order, mut values } = self.search(filter)?;
        values.extend([Value::from(limit), Value::from(offset)]);
        let mut query = self.db.prepare_cached(&format!(
            "SELECT c.document, c.number, d.id, d.uri, d.published, substr(d.text, c.start + 1, c.stop - c.start), c.body
             FROM (SELECT f.claim {sql} ORDER BY {order} LIMIT ? OFFSET ?) found
             CROSS JOIN claim c ON c.seq = found.claim CROSS JOIN document d ON d.seq = c.document
             ORDER BY c.seq"
        ))?;
        let rows = query.query_map(params_from_iter(values), |row| {
            Ok((
                row.get(0)?,
                row.get(1)?,
                row.get(2)?,
                row.get(3)?,
                row.get(4)?,
                row.get(5)?,
                row.get::<_, String>(6)?,
            ))
        })?;
        rows.map(|row| {
            let (document, number, id, uri, published, words, body) = row?;
            Ok(ClaimRow {
                document,
                number,
                id,
                uri,
                published,
                words,
                claim: serde_json::from_str(&body)?,
            })
        })
        .collect()
    }

    /// The parties that claim anything, with how many claims each makes.
    pub fn parties(&self) -> Result<Vec<(String, u32)>, Error> {
        let mut query = self
            .db
            .prepare_cached("SELECT party, count(*) FROM claimant GROUP BY party ORDER BY party")?;
        Ok(query
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<_, _>>()?)
    }
}
