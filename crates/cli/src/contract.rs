//! Readings that somebody else made, in the shape of the contract: checked, and given what they leave out.

use counterclaim_claims::{Mark, Reading};
use counterclaim_gather::{Error, Problem, date, digest};

/// One line of a file of readings, with the number of its file from 0.
pub(crate) type Line = (usize, Result<Reading, Error>);

/// Bytes of text that it holds.
pub(crate) fn weight((_, reading): &Line) -> usize {
    reading.as_ref().map_or(0, |reading| reading.document.text.len())
}

/// The reading of a line. What is missing gets its default: ids are derived from the content, a source's words are taken
/// from the text. Spans must lie in the text.
pub(crate) fn reading(line: &str) -> Result<Reading, Problem> {
    let mut reading: Reading = serde_json::from_str(line).map_err(|e| {
        let words = e.to_string();
        let what = words.rsplit_once(" at line ").map_or(words.as_str(), |(what, _)| what);
        Problem::Reading(format!("{what} (column {})", e.column()))
    })?;
    if let Some(published) = &reading.document.published {
        date(published)?;
    }
    let length = reading.document.text.chars().count();
    check(&reading, length).map_err(Problem::Reading)?;
    fill(&mut reading, line);
    Ok(reading)
}

fn check(reading: &Reading, length: usize) -> Result<(), String> {
    if reading.document.uri.is_empty() {
        return Err("document.uri is missing".into());
    }
    let fits = |name: String, start: usize, end: usize| {
        if start <= end && end <= length {
            return Ok(());
        }
        Err(format!(
            "{name}: span {start} to {end} does not lie in the text, which has {length} code points"
        ))
    };
    for (n, claim) in reading.claims.iter().enumerate() {
        fits(format!("claims[{n}]"), claim.start, claim.end)?;
        let sources = claim.source.iter().chain(&claim.via).filter_map(|source| source.mark);
        let marks = sources
            .chain(claim.cue.iter().copied())
            .chain(claim.parts.iter().copied());
        let people = claim
            .events
            .iter()
            .flat_map(|event| event.actor.iter().chain(&event.target))
            .filter_map(|p| p.mark);
        let places = claim
            .events
            .iter()
            .flat_map(|event| &event.place)
            .filter_map(|place| place.mark);
        for Mark { start, end } in marks.chain(people).chain(places) {
            fits(format!("claims[{n}]"), start, end)?;
        }
    }
    for (n, incident) in reading.incidents.iter().enumerate() {
        let people = incident.actor.iter().chain(&incident.target).filter_map(|p| p.mark);
        let places = incident.place.iter().filter_map(|place| place.mark);
        for Mark { start, end } in people.chain(places) {
            fits(format!("incidents[{n}]"), start, end)?;
        }
    }
    for (n, exhibit) in reading.exhibits.iter().enumerate() {
        fits(format!("exhibits[{n}]"), exhibit.start, exhibit.end)?;
    }
    for (n, found) in reading.checks.iter().enumerate() {
        fits(format!("checks[{n}]"), found.start, found.end)?;
    }
    Ok(())
}

fn fill(reading: &mut Reading, line: &str) {
    if reading.document.id.is_empty() {
        reading.document.id = digest(line.as_bytes());
    }
    let letters: Vec<char> = reading.document.text.chars().collect();
    for (n, claim) in reading.claims.iter_mut().enumerate() {
        if claim.id.is_empty() {
            let what = format!(
                "{} {n} {} {} {:?}",
                reading.document.id, claim.start, claim.end, claim.stance
            );
            claim.id = format!("clm_{}", &digest(what.as_bytes())["sha256:".len()..][..16]);
        }
        for source in claim.source.iter_mut().chain(&mut claim.via) {
            if let Some(mark) = source.mark.filter(|_| source.text.is_empty()) {
                source.text = letters[mark.start..mark.end].iter().collect();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_derived() {
        let line = r#"{"document":{"uri":"a","text":"Bắc Kinh nói."},"claims":[{"start":0,"end":3,"voice":"source","source":[{"start":0,"end":8}]}]}"#;
        let (one, two) = (reading(line).unwrap(), reading(line).unwrap());
        assert_eq!(one, two);
        assert_eq!(one.claims[0].source[0].text, "Bắc Kinh");
        assert!(one.claims[0].id.starts_with("clm_") && one.document.id.starts_with("sha256:"));
    }

    #[test]
    fn what_does_not_fit_is_told() {
        let told = |line: &str| reading(line).unwrap_err().to_string();
        assert!(
            told(r#"{"document":{"uri":"a","text":"abc"},"claims":[{"start":2,"end":4}]}"#)
                .contains("claims[0]: span 2 to 4 does not lie in the text, which has 3 code points")
        );
        assert!(told(r#"{"document":{"text":"abc"}}"#).contains("document.uri is missing"));
        assert!(
            told(r#"{"document":{"uri":"a","text":"abc"},"claims":[{"start":0,"end":1,"stance":"shrugs"}]}"#)
                .contains("unknown variant `shrugs`")
        );
        assert!(told(r#"{"document":{"uri":"a","text":"abc","published":"soon"}}"#).contains("'soon' is no date"));
    }
}
