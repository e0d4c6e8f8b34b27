//! Parts against their whole: "9 dead, among them 12 children"; "12 soldiers and 7 civilians, 20 in all".

use super::check;
use crate::bits;
use crate::claims::Found;
use crate::doc::Doc;
use crate::emit::{Values, Writer};
use crate::values::{Number, within};
use counterclaim_claims::Reading;
use counterclaim_lexicon::{Func, Sense};
use std::ops::Range;

/// How many units from a number on its noun stands.
const NOUN: usize = 4;

/// Finds sums that do not come out, a sentence at a time.
pub(super) fn sums(writer: &Writer<'_, '_>, values: &Values<'_>, found: &Found<'_>, reading: &mut Reading) {
    let doc = writer.doc;
    for (s, sent) in doc.sents.iter().enumerate() {
        if found.skip[s] {
            continue;
        }
        let numbers = within(values.numbers, sent.units.clone());
        if numbers.len() < 2 {
            continue;
        }
        parts(writer, numbers, sent.units.end, reading);
        total(writer, numbers, &sent.units, reading);
    }
}

/// A part that is more than the whole that it is said to be of.
fn parts(writer: &Writer<'_, '_>, numbers: &[Number], end: usize, reading: &mut Reading) {
    let doc = writer.doc;
    for (n, pair) in numbers.windows(2).enumerate() {
        let (whole, part) = (&pair[0], &pair[1]);
        // "14 members of two families, among them": whose parts they are is open.
        let nested = n > 0 && {
            let before = &numbers[n - 1];
            whole.units.start <= before.units.end + NOUN && people(doc, before, whole.units.start)
        };
        let between = whole.units.end..part.units.start;
        let (Some(most), Some(least)) = (whole.max.filter(|_| !whole.approx), part.min) else {
            continue;
        };
        let linked =
            (between.end.saturating_sub(2)..between.end).any(|u| between.contains(&u) && doc.is(u, Func::Including));
        if nested || !linked || most < 2 || least <= most || between.len() > 2 * NOUN || !people(doc, part, end) {
            continue;
        }
        let counted = people(doc, whole, between.end) || between.clone().take(NOUN).any(|u| doc.has(u, bits::HARM));
        if !counted {
            continue;
        }
        check(
            writer,
            "sum",
            &(whole.units.start..part.units.end),
            format!("{least} of {most}"),
            format!("at most {most}"),
            "a part is no more than its whole".to_owned(),
            reading,
        );
    }
}

/// A total beside its parts, which are all the other numbers of the sentence.
fn total(writer: &Writer<'_, '_>, numbers: &[Number], sent: &Range<usize>, reading: &mut Reading) {
    let doc = writer.doc;
    let is_total = |n: &Number| {
        let (from, to) = (
            n.units.start.saturating_sub(2).max(sent.start),
            (n.units.end + 3).min(sent.end),
        );
        (from..n.units.start).any(|u| doc.is(u, Func::Total)) || (n.units.end..to).any(|u| doc.is(u, Func::Total))
    };
    let [parts @ .., last] = numbers else { return };
    if parts.len() < 2 || !is_total(last) || parts.iter().any(is_total) {
        return;
    }
    let exact = |n: &Number| n.min.filter(|_| n.min == n.max && !n.approx);
    let joined = |pair: &[Number]| {
        let between = pair[0].units.end..pair[1].units.start;
        between.len() <= NOUN && between.clone().any(|u| doc.has(u, bits::CC | bits::COMMA))
    };
    if !parts.windows(2).all(joined) || !parts.iter().all(|n| people(doc, n, sent.end)) {
        return;
    }
    let sum: Option<u64> = parts.iter().map(exact).sum();
    if let (Some(sum), Some(told)) = (sum, exact(last))
        && sum != told
    {
        let each: Vec<String> = parts.iter().filter_map(exact).map(|n| n.to_string()).collect();
        check(
            writer,
            "sum",
            &(parts[0].units.start..last.units.end),
            format!("{told}"),
            format!("{sum}"),
            format!("{} = {sum}", each.join(" + ")),
            reading,
        );
    }
}

/// Whether a number counts people.
fn people(doc: &Doc<'_>, number: &Number, end: usize) -> bool {
    (number.units.end..end.min(number.units.end + NOUN))
        .take_while(|&u| !doc.has(u, bits::COMMA | bits::CC))
        .any(|u| doc.senses(u).any(|(s, _)| matches!(s, Sense::Person { .. })))
}
