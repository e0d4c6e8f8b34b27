//! Pass 10: the report against itself.

mod order;
mod sums;

use crate::bits;
use crate::claims::Found;
use crate::doc::Doc;
use crate::emit::{Values, Writer};
use crate::values;
use counterclaim_claims::{Check, Group, Reading, Toll};
use counterclaim_lexicon::{Sense, TimeClass};
use jiff::civil::Date;
use std::ops::Range;

/// Finds where the report does not add up.
pub(crate) fn checks(writer: &Writer<'_, '_>, values: &Values<'_>, found: &Found<'_>, reading: &mut Reading) {
    day_count(writer, values, found, reading);
    sums::sums(writer, values, found, reading);
    told_sums(reading);
    order::stretches(writer, values, reading);
    order::foretold(writer, values, reading);
    order::shrinking(reading);
}

/// Writes down what does not add up.
fn check(
    writer: &Writer<'_, '_>,
    kind: &str,
    units: &Range<usize>,
    says: String,
    computed: String,
    why: String,
    reading: &mut Reading,
) {
    let mark = writer.units(units);
    reading.checks.push(Check {
        kind: kind.to_owned(),
        start: mark.start,
        end: mark.end,
        says,
        computed,
        why,
    });
}

/// Parts that do not add up to the total told with them: "20 people, 12 soldiers and 7 civilians, were killed".
fn told_sums(reading: &mut Reading) {
    let mut found = Vec::new();
    for claim in &reading.claims {
        for event in &claim.events {
            let exact = |t: &Toll| t.min.filter(|_| t.min == t.max && !t.approx);
            let Some((total, parts)) = event.toll.split_first() else {
                continue;
            };
            let same = parts.iter().all(|t| t.harm == total.harm && t.who != total.who);
            // A whole is of all kinds: soldiers are no part of civilians.
            let same = same && matches!(total.who, Group::Mixed | Group::Unknown);
            let Some(whole) = exact(total).filter(|whole| same && *whole > 1 && parts.len() > 1) else {
                continue;
            };
            let Some(sum) = parts.iter().map(exact).sum::<Option<u64>>() else {
                continue;
            };
            let armed = parts.iter().any(|t| matches!(t.who, Group::Military | Group::Police));
            let civilian = parts.iter().any(|t| t.who == Group::Civilian);
            // Parts may leave some out; more than the whole they cannot be, and all kinds told they should be the whole.
            if sum > whole || total.who == Group::Mixed && armed && civilian && sum < whole {
                found.push(Check {
                    kind: "sum".to_owned(),
                    start: claim.start,
                    end: claim.end,
                    says: whole.to_string(),
                    computed: sum.to_string(),
                    why: "the parts told do not add up to the total".to_owned(),
                });
            }
        }
    }
    reading.checks.extend(found);
}

/// "The seventh day of fighting" against the day that the fighting is said to have begun and the last day told.
fn day_count(writer: &Writer<'_, '_>, values: &Values<'_>, found: &Found<'_>, reading: &mut Reading) {
    let doc = writer.doc;
    let dates: Vec<(Date, usize)> = values
        .times
        .iter()
        .filter_map(|t| Some((t.edtf.as_deref()?.parse().ok()?, t.units.start)))
        .collect();
    let now = dates
        .iter()
        .map(|d| d.0)
        .filter(|d| doc.published.is_none_or(|p| *d <= p))
        .max();
    let Some(now) = now.or(doc.published) else { return };
    // The dates of the last two months that stand with an act, from the earliest on.
    let mut recent = dates;
    recent.retain(|(date, at)| {
        let told = &doc.sents[doc.sent_of(*at)].units;
        *date <= now && days(*date, now) <= 60 && told.clone().any(|u| doc.has(u, bits::ACT))
    });
    recent.sort_unstable();
    for (s, sent) in doc.sents.iter().enumerate() {
        if found.skip[s] || !sent.units.clone().any(|u| doc.has(u, bits::ACT)) {
            continue;
        }
        for u in sent.units.clone() {
            let Some((day, units)) = nth_day(doc, u, sent.units.end) else {
                continue;
            };
            // The fighting began on the earliest of them.
            let begun = recent.iter().find(|(_, at)| !units.contains(at)).map(|d| d.0);
            let Some(begun) = begun.filter(|b| *b < now) else {
                continue;
            };
            let computed = days(begun, now) + 1;
            // A report may leave out when it began, but nothing of it comes before its first day.
            if computed > day {
                let mark = writer.units(&units);
                reading.checks.push(Check {
                    kind: "day-count".to_owned(),
                    start: mark.start,
                    end: mark.end,
                    says: format!("day {day}"),
                    computed: format!("day {computed} on {now} from {begun}"),
                    why: format!("{begun} counted as the first day, {now} is the latest date that the report tells"),
                });
            }
        }
    }
}

fn days(from: Date, to: Date) -> i64 {
    from.until(to).map_or(i64::MAX, |span| i64::from(span.get_days()))
}

/// "ngày thứ 7", "the seventh day": which day, and its words.
fn nth_day(doc: &Doc<'_>, u: usize, end: usize) -> Option<(i64, Range<usize>)> {
    let time = |u: usize, class: TimeClass| {
        doc.senses(u).find_map(|(s, _)| {
            if let Sense::Time(t) = s {
                (t.class == class).then_some(t.value.as_str())
            } else {
                None
            }
        })
    };
    let ordinal = time(u, TimeClass::Ordinal)?;
    if let Ok(day) = ordinal.parse() {
        // "the seventh straight day"
        let unit = (u + 1..end.min(u + 4)).find(|&i| time(i, TimeClass::Unit) == Some("day"))?;
        return Some((day, u..unit + 1));
    }
    // A bare "day number" and its number.
    let number = values::numbers::plain(doc, u + 1).filter(|_| u + 1 < end)?;
    Some((number, u..u + 2))
}
