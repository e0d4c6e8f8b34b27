//! Taking words out: every letter of them becomes a block, so that all that points into the text still does.

use crate::Error;
use crate::leaf::{Held, digest};
use crate::rows::columns;
use crate::write::{Ready, replace};
use counterclaim_claims::{Claim, Mark, Participant, Reading, Source};
use counterclaim_ledger::{Decision, Ref, Ruling};
use rusqlite::{Connection, params};

/// What stands for a letter that was taken out.
const BLOCK: char = '\u{2588}';

/// Decisions whose words went: their numbers and new digests.
type Left = Vec<(i64, String)>;

/// Takes the words of a claim, or of a whole report, out of all reports of those bytes, their earlier readings and the
/// decisions before that of number `redaction`. What is left of each is told, for the leaf.
pub(crate) fn redact(db: &Connection, about: &Ref, redaction: i64, leaf: u64) -> Result<(Vec<Held>, Left), Error> {
    let numbers: Vec<i64> = db
        .prepare("SELECT seq FROM document WHERE id = ?1 ORDER BY seq")?
        .query_map([&about.document], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let mut reports = Vec::new();
    for number in numbers {
        let Some(was) = columns(db, number)? else { continue };
        let mut reading = was.reading()?;
        cover(&mut reading, about.claim.as_deref());
        let left = Ready::of(&reading)?;
        replace(db, number, &left, leaf)?;
        db.execute("DELETE FROM earlier WHERE document = ?1", [number])?;
        reports.push(left.held(number));
    }
    Ok((reports, forget(db, about, redaction)?))
}

/// Takes reasons and corrected words out of decisions about the same; who decided what, and when, stays.
fn forget(db: &Connection, about: &Ref, redaction: i64) -> Result<Left, Error> {
    let rows: Vec<(i64, String)> = db
        .prepare("SELECT seq, body FROM decision WHERE document = ?1 AND seq < ?2")?
        .query_map(params![about.document, redaction], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    let mut left = Vec::new();
    for (number, body) in rows {
        let mut decision: Decision = serde_json::from_str(&body)?;
        if about.claim.is_some() && decision.about.claim != about.claim {
            continue;
        }
        decision.reason.clear();
        if let Ruling::Correct(claim) = &mut decision.what {
            unname(claim);
        }
        let body = serde_json::to_string(&decision)?;
        db.execute("UPDATE decision SET body = ?2 WHERE seq = ?1", params![number, body])?;
        left.push((number, digest(body.as_bytes())));
    }
    Ok(left)
}

/// Covers the words of the claim of that id and of who makes it, or all of the report.
fn cover(reading: &mut Reading, claim: Option<&str>) {
    let whole = claim.is_none();
    let meant = |one: &Claim| claim.is_none_or(|id| one.id == id);
    let mut covered = vec![whole; reading.document.text.chars().count()];
    for one in reading.claims.iter().filter(|one| meant(one)) {
        let people = one.source.iter().chain(&one.via).filter_map(|source| source.mark);
        let content = Mark {
            start: one.start,
            end: one.end,
        };
        for mark in people.chain([content]) {
            let end = mark.end.min(covered.len());
            covered[mark.start.min(end)..end].fill(true);
        }
    }
    let letters = reading.document.text.chars().zip(&covered);
    reading.document.text = letters.map(|(c, covered)| if *covered { BLOCK } else { c }).collect();
    let touches = |start: usize, end: usize| {
        let end = end.min(covered.len());
        covered[start.min(end)..end].contains(&true)
    };
    let touched = |mark: Option<Mark>| whole || mark.is_some_and(|mark| touches(mark.start, mark.end));

    for one in &mut reading.claims {
        if meant(one) {
            unname(one);
        }
        for source in one.source.iter_mut().chain(&mut one.via).filter(|s| touched(s.mark)) {
            unname_source(source);
        }
        for event in &mut one.events {
            unname_people(event.actor.iter_mut().chain(&mut event.target), touched);
        }
    }
    for incident in &mut reading.incidents {
        unname_people(incident.actor.iter_mut().chain(&mut incident.target), touched);
    }
    for exhibit in &mut reading.exhibits {
        if whole || touches(exhibit.start, exhibit.end) {
            exhibit.publisher.name = None;
        }
    }
    let document = &mut reading.document;
    document
        .repairs
        .retain(|repair| !whole && !touches(repair.start, repair.end));
    reading
        .checks
        .retain(|check| !whole && !touches(check.start, check.end));
    // Notes and mentions say words again, and so may the headline and what the page tells.
    reading.notes.clear();
    reading.mentions = None;
    document.page = None;
    if whole {
        document.title = None;
    }
}

/// Takes the names out of a claim.
fn unname(claim: &mut Claim) {
    claim.source.iter_mut().chain(&mut claim.via).for_each(unname_source);
    for event in &mut claim.events {
        unname_people(event.actor.iter_mut().chain(&mut event.target), |_| true);
    }
}

fn unname_source(source: &mut Source) {
    source.text.clear();
    (source.name, source.person) = (None, None);
}

fn unname_people<'a>(people: impl Iterator<Item = &'a mut Participant>, touched: impl Fn(Option<Mark>) -> bool) {
    for one in people.filter(|one| touched(one.mark)) {
        one.name = None;
    }
}
