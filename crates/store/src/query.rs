use crate::write::code;
use crate::{Error, Store};
use counterclaim_claims::{Check, Claim, Document, Exhibit, Incident, Mentions, Page, Reading, Repair, Stance, Voice};
use rusqlite::{OptionalExtension, Row, ToSql, params};
use serde::Deserialize;

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

/// Which claims are wanted; what is left out does not matter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Made by this party.
    pub party: Option<String>,
    /// Made in this stance.
    pub stance: Option<Stance>,
    /// Made in this voice.
    pub voice: Option<Voice>,
    /// Made in the report of this number.
    pub document: Option<i64>,
}

/// A claim with the words and the report it stands in.
#[derive(Debug, Clone, PartialEq)]
pub struct ClaimRow {
    /// The number of its report.
    pub document: i64,
    /// Its own number there, from 0.
    pub number: u32,
    /// Where the report came from.
    pub uri: String,
    /// When the report came out.
    pub published: Option<String>,
    /// The content's words.
    pub words: String,
    /// The claim.
    pub claim: Claim,
}

/// What hangs on a report besides its claims: the column `document.rest`.
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

const MATCHES: &str =
    "(?1 IS NULL OR EXISTS (SELECT 1 FROM claimant WHERE claimant.claim = c.seq AND claimant.party = ?1))
    AND (?2 IS NULL OR c.stance = ?2) AND (?3 IS NULL OR c.voice = ?3) AND (?4 IS NULL OR c.document = ?4)";

impl Filter {
    fn columns(&self) -> Result<[Box<dyn ToSql + '_>; 4], Error> {
        let stance = self.stance.map(|stance| code(&stance)).transpose()?;
        let voice = self.voice.map(|voice| code(&voice)).transpose()?;
        Ok([
            Box::new(self.party.as_deref()),
            Box::new(stance),
            Box::new(voice),
            Box::new(self.document),
        ])
    }
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
        let mut query = self.db.prepare_cached(
            "SELECT id, uri, title, outlet, language, published, text, rest FROM document WHERE seq = ?1",
        )?;
        let found = query.query_row([number], |row| {
            let document = Document {
                id: row.get(0)?,
                uri: row.get(1)?,
                title: row.get(2)?,
                outlet: row.get(3)?,
                language: row.get(4)?,
                published: row.get(5)?,
                text: row.get(6)?,
                repairs: Vec::new(),
                page: None,
            };
            Ok((document, row.get::<_, String>(7)?))
        });
        let Some((document, rest)) = found.optional()? else {
            return Ok(None);
        };
        let Rest {
            repairs,
            incidents,
            exhibits,
            mentions,
            checks,
            notes,
            page,
        } = serde_json::from_str(&rest)?;
        let mut query = self
            .db
            .prepare_cached("SELECT body FROM claim WHERE document = ?1 ORDER BY number")?;
        let bodies = query.query_map([number], |row| row.get::<_, String>(0))?;
        let claims = bodies
            .map(|body| Ok(serde_json::from_str(&body?)?))
            .collect::<Result<_, Error>>()?;
        Ok(Some(Reading {
            document: Document {
                repairs,
                page,
                ..document
            },
            claims,
            incidents,
            exhibits,
            mentions,
            checks,
            notes,
        }))
    }

    /// How many claims there are of those wanted.
    pub fn count_claims(&self, filter: &Filter) -> Result<u32, Error> {
        let mut query = self
            .db
            .prepare_cached(&format!("SELECT count(*) FROM claim c WHERE {MATCHES}"))?;
        let columns = filter.columns()?;
        Ok(query.query_row(&columns.each_ref().map(|column| &**column)[..], |row| row.get(0))?)
    }

    /// The claims wanted, in the order of adding.
    pub fn claims(&self, filter: &Filter, offset: u32, limit: u32) -> Result<Vec<ClaimRow>, Error> {
        let mut query = self.db.prepare_cached(&format!(
            "SELECT c.document, c.number, d.uri, d.published, substr(d.text, c.start + 1, c.stop - c.start), c.body
             FROM claim c JOIN document d ON d.seq = c.document WHERE {MATCHES} ORDER BY c.seq LIMIT ?5 OFFSET ?6"
        ))?;
        let columns = filter.columns()?;
        let [party, stance, voice, document] = columns.each_ref().map(|column| &**column);
        let rows = query.query_map(&[party, stance, voice, document, &limit, &offset][..], |row| {
            Ok((
                row.get(0)?,
                row.get(1)?,
                row.get(2)?,
                row.get(3)?,
                row.get(4)?,
                row.get::<_, String>(5)?,
            ))
        })?;
        rows.map(|row| {
            let (document, number, uri, published, words, body) = row?;
            Ok(ClaimRow {
                document,
                number,
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
