//! What filters ask for, made from a report and its claims: kinds, claimants, days, places, words.

use crate::Error;
use crate::rows::code;
use counterclaim_claims::{Claim, Place};
use counterclaim_ledger::days;
use jiff::civil::Date;
use rusqlite::{Connection, params};
use std::collections::BTreeSet;

/// All that is looked up of one claim. Two are equal where the tables hold the same.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Facets {
    pub(crate) stance: String,
    pub(crate) voice: String,
    pub(crate) days: Option<(i64, i64)>,
    pub(crate) parties: BTreeSet<String>,
    pub(crate) places: BTreeSet<Spot>,
    pub(crate) words: String,
}

/// A place: name, country, and where it lies in millionths of a degree north and east.
pub(crate) type Spot = (String, Option<String>, Option<(i64, i64)>);

impl Facets {
    /// Of a claim whose content has these words, in a report that came out then.
    pub(crate) fn of(claim: &Claim, content: &str, published: Option<&str>) -> Result<Self, Error> {
        let times: Vec<_> = claim
            .events
            .iter()
            .filter_map(|event| days(event.time.as_deref()?))
            .collect();
        let (first, last) = (times.iter().map(|t| t.0).min(), times.iter().map(|t| t.1).max());
        // When it was, else when it was said, else when the report came out.
        let told = first.zip(last).or_else(|| days(claim.said.as_deref()?));
        let told = told.or_else(|| days(published?));
        let names = claim.source.iter().map(|source| source.text.as_str());
        let said: Vec<&str> = [content].into_iter().chain(names).collect();
        Ok(Self {
            stance: code(&claim.stance)?,
            voice: code(&claim.voice)?,
            days: told.map(|(first, last)| (number(first), number(last))),
            parties: claim.source.iter().filter_map(|source| source.party.clone()).collect(),
            places: claim.events.iter().flat_map(|event| &event.place).map(spot).collect(),
            words: folded(&said.join("\n")),
        })
    }

    /// Writes them for the claim of that row.
    pub(crate) fn insert(&self, db: &Connection, document: i64, claim: i64) -> Result<(), Error> {
        let (first, last) = (self.days.map(|d| d.0), self.days.map(|d| d.1));
        db.prepare_cached(
            "INSERT INTO facet (claim, document, stance, voice, first, last) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![claim, document, self.stance, self.voice, first, last])?;
        if self.days.is_some() {
            db.prepare_cached("INSERT INTO day (claim, first, last) VALUES (?1, ?2, ?3)")?
                .execute(params![claim, first, last])?;
        }
        for party in &self.parties {
            db.prepare_cached("INSERT INTO claimant (claim, party) VALUES (?1, ?2)")?
                .execute(params![claim, party])?;
        }
        for (name, country, at) in &self.places {
            db.prepare_cached("INSERT INTO place (claim, name, country, lat, lon) VALUES (?1, ?2, ?3, ?4, ?5)")?
                .execute(params![claim, name, country, at.map(|at| at.0), at.map(|at| at.1)])?;
            if let Some((lat, lon)) = at {
                db.prepare_cached("INSERT INTO spot (seq, south, north, west, east) VALUES (?1, ?2, ?2, ?3, ?3)")?
                    .execute(params![db.last_insert_rowid(), lat, lon])?;
            }
        }
        db.prepare_cached("INSERT INTO claim_words (rowid, words) VALUES (?1, ?2)")?
            .execute(params![claim, self.words])?;
        Ok(())
    }

    /// As they stand in the tables for the claim of that row.
    pub(crate) fn stored(db: &Connection, claim: i64) -> Result<Self, Error> {
        let (stance, voice, first, last) = db
            .prepare_cached("SELECT stance, voice, first, last FROM facet WHERE claim = ?1")?
            .query_row([claim], |row| {
                let days: (Option<i64>, Option<i64>) = (row.get(2)?, row.get(3)?);
                Ok((row.get(0)?, row.get(1)?, days.0, days.1))
            })?;
        let parties = db
            .prepare_cached("SELECT party FROM claimant WHERE claim = ?1")?
            .query_map([claim], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        let places = db
            .prepare_cached("SELECT name, country, lat, lon FROM place WHERE claim = ?1")?
            .query_map([claim], |row| {
                let at: (Option<i64>, Option<i64>) = (row.get(2)?, row.get(3)?);
                Ok((row.get(0)?, row.get(1)?, at.0.zip(at.1)))
            })?
            .collect::<Result<_, _>>()?;
        let words = db
            .prepare_cached("SELECT words FROM claim_words WHERE rowid = ?1")?
            .query_row([claim], |row| row.get(0))?;
        Ok(Self {
            stance,
            voice,
            days: first.zip(last),
            parties,
            places,
            words,
        })
    }
}

/// Takes out all that is looked up of the claims of a report; the claims themselves are still there.
pub(crate) fn remove(db: &Connection, document: i64) -> Result<(), Error> {
    for (table, column) in [("day", "claim"), ("claim_words", "rowid")] {
        db.prepare_cached(&format!(
            "DELETE FROM {table} WHERE {column} IN (SELECT seq FROM claim WHERE document = ?1)"
        ))?
        .execute([document])?;
    }
    db.prepare_cached(
        "DELETE FROM spot WHERE seq IN (SELECT place.seq FROM place JOIN claim ON claim.seq = place.claim WHERE document = ?1)",
    )?
    .execute([document])?;
    for table in ["place", "claimant", "facet"] {
        db.prepare_cached(&format!(
            "DELETE FROM {table} WHERE claim IN (SELECT seq FROM claim WHERE document = ?1)"
        ))?
        .execute([document])?;
    }
    Ok(())
}

/// Words as the index holds them: the letter d with a stroke, which Unicode does not take apart, is a d.
pub(crate) fn folded(words: &str) -> String {
    words.replace('\u{111}', "d").replace('\u{110}', "D")
}

/// A day counted from 1970-01-01.
pub(crate) fn number(day: Date) -> i64 {
    day.duration_since(Date::constant(1970, 1, 1)).as_hours() / 24
}

fn spot(place: &Place) -> Spot {
    let degrees = |told: Option<f64>, most: f64| told.filter(|degrees| degrees.abs() <= most).map(millionths);
    let at = degrees(place.lat, 90.0).zip(degrees(place.lon, 180.0));
    (place.name.clone(), place.country.clone(), at)
}

/// Degrees as the tables hold them.
#[expect(clippy::cast_possible_truncation, reason = "180 million fits")]
pub(crate) fn millionths(degrees: f64) -> i64 {
    (degrees * 1e6).round() as i64
}

/// The words at spans of a text, in code points; one walk over the text for all of them.
pub(crate) fn slices<'t>(text: &'t str, spans: &[(usize, usize)]) -> Vec<&'t str> {
    let mut marks: Vec<usize> = spans.iter().flat_map(|span| [span.0, span.1]).collect();
    marks.sort_unstable();
    marks.dedup();
    let mut letters = text.char_indices().map(|(byte, _)| byte).enumerate().peekable();
    let bytes: Vec<usize> = marks
        .iter()
        .map(|&mark| {
            while letters.next_if(|(n, _)| *n < mark).is_some() {}
            letters.peek().map_or(text.len(), |(_, byte)| *byte)
        })
        .collect();
    let byte = |mark: usize| bytes[marks.binary_search(&mark).unwrap_or_default()];
    spans
        .iter()
        .map(|&(start, end)| &text[byte(start)..byte(end.max(start))])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_cut_at_code_points_in_one_walk() {
        let text = "Bắc Kinh 𝒙 nói";
        assert_eq!(
            slices(text, &[(9, 14), (0, 8), (0, 99), (20, 30), (3, 3), (5, 2)]),
            ["𝒙 nói", "Bắc Kinh", text, "", "", ""]
        );
    }

    #[test]
    fn places_off_the_globe_have_no_coordinates() {
        let place = |lat, lon| Place {
            lat: Some(lat),
            lon: Some(lon),
            ..Place::default()
        };
        assert_eq!(spot(&place(40.5, -180.0)).2, Some((40_500_000, -180_000_000)));
        assert_eq!(spot(&place(f64::NAN, 1.0)).2, None);
        assert_eq!(spot(&place(91.0, 1.0)).2, None);
    }
}
