//! What cannot have come in the order that the report tells: dates, and tolls that fall.

use super::check;
use crate::emit::{Values, Writer};
use crate::incidents;
use crate::values::within;
use counterclaim_claims::{Act, Certainty, Check, Claim, Family, Reading, Stance, Toll};
use jiff::civil::Date;
use std::collections::HashMap;

/// "From 9 to 4 May": a stretch of time that ends before it begins.
pub(super) fn stretches(writer: &Writer<'_, '_>, values: &Values<'_>, reading: &mut Reading) {
    for time in values.times {
        let Some((from, to)) = time.edtf.as_deref().and_then(|t| t.split_once('/')) else {
            continue;
        };
        let (Ok(begun), Ok(ended)) = (from.parse::<Date>(), to.parse::<Date>()) else {
            continue;
        };
        if begun > ended {
            check(
                writer,
                "date-order",
                &time.units,
                format!("{from}/{to}"),
                format!("{from} is after {to}"),
                "what ends has begun before".to_owned(),
                reading,
            );
        }
    }
}

/// What is said to have happened on a day after that of publication. A day's leeway is for the other side of the world.
pub(super) fn foretold(writer: &Writer<'_, '_>, values: &Values<'_>, reading: &mut Reading) {
    let Some(published) = writer.doc.published else { return };
    let mut found: Vec<Check> = Vec::new();
    for claim in reading.claims.iter().filter(|c| tells(c)) {
        for event in &claim.events {
            let Some(day) = event.time.as_deref().and_then(|t| t.parse::<Date>().ok()) else {
                continue;
            };
            // Only what has done harm is surely told as done.
            let done = incidents::happens(event.act) && !(event.toll.is_empty() && event.losses.is_empty());
            if !done || super::days(published, day) < 2 {
                continue;
            }
            let all = writer.doc.sents.first().map_or(0, |s| s.units.start)..writer.doc.units.len();
            let mark = within(values.times, all)
                .iter()
                .filter(|t| t.edtf.as_deref() == event.time.as_deref())
                .map(|t| writer.units(&t.units))
                .find(|m| claim.start <= m.start && m.end <= claim.end);
            let Some(mark) = mark else { continue };
            if found.iter().any(|c| c.start == mark.start) {
                continue;
            }
            found.push(Check {
                kind: "date-order".to_owned(),
                start: mark.start,
                end: mark.end,
                says: day.to_string(),
                computed: format!("published {published}"),
                why: "what is reported has happened before".to_owned(),
            });
        }
    }
    reading.checks.append(&mut found);
}

fn tells(claim: &Claim) -> bool {
    matches!(claim.stance, Stance::Asserts | Stance::Accuses) && claim.certainty == Certainty::Plain
}

/// One source that gives less of one toll of one happening than it gave before.
pub(super) fn shrinking(reading: &mut Reading) {
    let by: HashMap<&str, &Claim> = reading.claims.iter().map(|c| (c.id.as_str(), c)).collect();
    let mut found = Vec::new();
    // Of fighting each source tells many tolls, of one part and another; a strike has one.
    let one_toll = |act: Act| !matches!(act.family(), Family::Battle) && act != Act::Attack;
    for incident in reading.incidents.iter().filter(|i| one_toll(i.act)) {
        let mut known: Vec<(&Claim, &Toll)> = Vec::new();
        for mention in &incident.mentions {
            let Some(claim) = by.get(mention.claim.as_str()).copied().filter(|c| tells(c)) else {
                continue;
            };
            let Some(event) = claim.events.get(mention.event) else {
                continue;
            };
            // A report's own voice retells others; only a named source is held to its word.
            if claim.source.iter().all(|s| s.party.is_none() && s.name.is_none()) {
                continue;
            }
            for toll in event.toll.iter().filter(|t| !t.approx && t.max.is_none_or(|n| n > 1)) {
                let same = |(c, t): &&(&Claim, &Toll)| {
                    let who = |c: &Claim| {
                        c.source
                            .iter()
                            .map(|s| (s.party.clone(), s.sector, s.name.clone()))
                            .collect::<Vec<_>>()
                    };
                    (t.harm, t.who, &t.party) == (toll.harm, toll.who, &toll.party)
                        && who(c) == who(claim)
                        && c.id != claim.id
                };
                if let Some((_, before)) = known.iter().rev().find(same)
                    && let (Some(least), Some(most)) = (before.min, toll.max)
                    && most < least
                {
                    found.push(Check {
                        kind: "toll-shrinks".to_owned(),
                        start: claim.start,
                        end: claim.end,
                        says: format!("at most {most}"),
                        computed: format!("at least {least}"),
                        why: format!("the same source told {least} of the same happening before"),
                    });
                }
                known.push((claim, toll));
            }
        }
    }
    reading.checks.append(&mut found);
}
