//! A report's rows: how a reading becomes columns and comes back, and the line that its digest is taken of.
//!
//! The line is `[id, uri, title, outlet, language, published, text, rest, [[id, start, stop, voice, stance, body], …]]`: the
//! columns of `document` and of its claims by number as they stand, as JSON without spaces, so that a program in another
//! language makes the same bytes.

use crate::Error;
use crate::leaf::{Held, digest};
use counterclaim_claims::{Check, Document, Exhibit, Incident, Mentions, Page, Reading, Repair};
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// The columns of a report.
#[derive(Serialize, Deserialize, PartialEq)]
pub(crate) struct Columns {
    pub(crate) id: String,
    pub(crate) uri: String,
    pub(crate) title: Option<String>,
    pub(crate) outlet: Option<String>,
    pub(crate) language: Option<String>,
    pub(crate) published: Option<String>,
    pub(crate) text: String,
    pub(crate) rest: String,
    pub(crate) claims: Vec<ClaimColumns>,
}

/// The columns of a claim.
#[derive(Serialize, Deserialize, PartialEq)]
pub(crate) struct ClaimColumns {
    pub(crate) id: String,
    pub(crate) start: i64,
    pub(crate) stop: i64,
    pub(crate) voice: String,
    pub(crate) stance: String,
    pub(crate) body: String,
}

/// What hangs on a report besides its claims: the column `rest`.
#[derive(Deserialize)]
struct Rest {
    repairs: Vec<Repair>,
    #[serde(default)]
    incidents: Vec<Incident>,
    exhibits: Vec<Exhibit>,
    mentions: Option<Mentions>,
    checks: Vec<Check>,
    notes: Vec<String>,
    page: Option<Page>,
}

/// The rows of the report of that number, where there is one.
pub(crate) fn columns(db: &Connection, document: i64) -> Result<Option<Columns>, Error> {
    let mut query = db.prepare_cached(
        "SELECT id, uri, title, outlet, language, published, text, rest FROM document WHERE seq = ?1",
    )?;
    let found = query.query_row([document], |row| {
        Ok(Columns {
            id: row.get(0)?,
            uri: row.get(1)?,
            title: row.get(2)?,
            outlet: row.get(3)?,
            language: row.get(4)?,
            published: row.get(5)?,
            text: row.get(6)?,
            rest: row.get(7)?,
            claims: Vec::new(),
        })
    });
    let Some(mut found) = found.optional()? else {
        return Ok(None);
    };
    found.claims = db
        .prepare_cached("SELECT id, start, stop, voice, stance, body FROM claim WHERE document = ?1 ORDER BY number")?
        .query_map([document], |row| {
            Ok(ClaimColumns {
                id: row.get(0)?,
                start: row.get(1)?,
                stop: row.get(2)?,
                voice: row.get(3)?,
                stance: row.get(4)?,
                body: row.get(5)?,
            })
        })?
        .collect::<Result<_, _>>()?;
    Ok(Some(found))
}

impl Columns {
    /// Of a reading that is to be kept.
    pub(crate) fn of(reading: &Reading) -> Result<Self, Error> {
        let d = &reading.document;
        let rest = json!({
            "repairs": d.repairs, "incidents": reading.incidents, "exhibits": reading.exhibits, "mentions": reading.mentions,
            "checks": reading.checks, "notes": reading.notes, "page": d.page,
        });
        let claims = reading.claims.iter().map(|claim| {
            Ok(ClaimColumns {
                id: claim.id.clone(),
                start: column(claim.start),
                stop: column(claim.end),
                voice: code(&claim.voice)?,
                stance: code(&claim.stance)?,
                body: serde_json::to_string(claim)?,
            })
        });
        Ok(Self {
            id: d.id.clone(),
            uri: d.uri.clone(),
            title: d.title.clone(),
            outlet: d.outlet.clone(),
            language: d.language.clone(),
            published: d.published.clone(),
            text: d.text.clone(),
            rest: rest.to_string(),
            claims: claims.collect::<Result<_, Error>>()?,
        })
    }

    /// The reading that was kept.
    pub(crate) fn reading(self) -> Result<Reading, Error> {
        let rest: Rest = serde_json::from_str(&self.rest)?;
        let claims = self.claims.iter().map(|claim| serde_json::from_str(&claim.body));
        Ok(Reading {
            claims: claims.collect::<Result<_, _>>()?,
            document: Document {
                id: self.id,
                uri: self.uri,
                title: self.title,
                outlet: self.outlet,
                language: self.language,
                published: self.published,
                text: self.text,
                repairs: rest.repairs,
                page: rest.page,
            },
            incidents: rest.incidents,
            exhibits: rest.exhibits,
            mentions: rest.mentions,
            checks: rest.checks,
            notes: rest.notes,
        })
    }

    /// The line that is digested.
    pub(crate) fn line(&self) -> Result<String, Error> {
        let claims: Vec<_> = self
            .claims
            .iter()
            .map(|c| (&c.id, c.start, c.stop, &c.voice, &c.stance, &c.body))
            .collect();
        Ok(serde_json::to_string(&(
            &self.id,
            &self.uri,
            &self.title,
            &self.outlet,
            &self.language,
            &self.published,
            &self.text,
            &self.rest,
            claims,
        ))?)
    }

    /// The columns of such a line.
    pub(crate) fn of_line(line: &str) -> Result<Self, Error> {
        // An array is read as a struct by the order of its fields.
        Ok(serde_json::from_str(line)?)
    }

    /// What a leaf says of it.
    pub(crate) fn held(&self, document: i64) -> Result<Held, Error> {
        Ok(Held {
            document,
            capture: self.id.clone(),
            address: self.uri.clone(),
            text: digest(self.text.as_bytes()),
            reading: digest(self.line()?.as_bytes()),
        })
    }

    /// Puts the report's own row in; its number, or none where the ledger knows the report.
    pub(crate) fn insert(&self, db: &Connection, leaf: u64) -> Result<Option<i64>, Error> {
        // Without RETURNING: a statement that could do several things makes the indexes of words write down what they have so far.
        let new = db
            .prepare_cached(
                "INSERT INTO document (id, uri, title, outlet, language, published, text, rest, leaf)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT DO NOTHING",
            )?
            .execute(params![
                self.id,
                self.uri,
                self.title,
                self.outlet,
                self.language,
                self.published,
                self.text,
                self.rest,
                column(leaf)
            ])?;
        Ok((new > 0).then(|| db.last_insert_rowid()))
    }

    /// Puts them in the place of the row of that number.
    pub(crate) fn update(&self, db: &Connection, document: i64, leaf: u64) -> Result<(), Error> {
        db.prepare_cached(
            "UPDATE document SET title = ?2, outlet = ?3, language = ?4, published = ?5, text = ?6, rest = ?7, leaf = ?8
             WHERE seq = ?1",
        )?
        .execute(params![
            document,
            self.title,
            self.outlet,
            self.language,
            self.published,
            self.text,
            self.rest,
            column(leaf)
        ])?;
        Ok(())
    }
}

/// A value by its code in the contract.
pub(crate) fn code(value: &impl Serialize) -> Result<String, Error> {
    Ok(serde_json::from_value(serde_json::to_value(value)?)?)
}

/// A count as a column; no text and no log is long enough not to fit.
pub(crate) fn column(count: impl TryInto<i64>) -> i64 {
    count.try_into().unwrap_or(i64::MAX)
}
