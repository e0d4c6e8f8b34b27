//! Which sentences of a report are its text: headlines, captions, bylines and repetitions are left out, datelines cut off.

use crate::bits::*;
use crate::clauses::is_quote_mark;
use crate::doc::{Doc, Sent};
use counterclaim_lexicon::{Func, OrgKind, PosClass, Sense, TimeClass};
use std::ops::Range;

/// A dateline stands in one of so many first sentences.
pub(crate) const DATELINES: usize = 4;

/// Which sentences are read, and from which unit on: headlines, captions, bylines and repetitions are left out, datelines cut off.
pub(crate) fn layout(doc: &Doc<'_>) -> (Vec<bool>, Vec<usize>, Option<usize>) {
    let n = doc.sents.len();
    let (mut skip, mut starts) = (vec![false; n], Vec::with_capacity(n));
    let mut title = None;
    let mut seen: rustc_hash::FxHashSet<&str> = rustc_hash::FxHashSet::default();
    for (s, sent) in doc.sents.iter().enumerate() {
        let words = sent.span.of(doc.text);
        let last = words.chars().next_back().unwrap_or(' ');
        let ended = matches!(last, '.' | '!' | '?' | '"' | '”' | '…' | ':' | '»');
        let ended = ended && !(s == 0 && title_mark(words));
        if s == 0 && !ended && n > 1 && doc.sents[1].paragraph != sent.paragraph && words.chars().count() < 250 {
            title = Some(s);
            skip[s] = true;
        }
        if words.chars().count() > 20 && !seen.insert(words) {
            skip[s] = true;
        }
        // "Photo: AFP", "Đồ họa: RFE/RL", "Read more: …"
        let credit = sent
            .units
            .clone()
            .take(8)
            .any(|u| doc.has(u, COLON) && u > sent.units.start && doc.has(u - 1, EXHIBIT))
            && sent.units.len() < 12;
        let notice = sent.units.clone().take(2).any(|u| doc.is(u, Func::ReadMore));
        if credit || notice || sent.units.len() < 3 {
            skip[s] = true;
        }
        // "Areas held by the two sides. Graphic: AFP": what stands over a map's credit names the map.
        let map =
            (sent.units.start..sent.units.end.min(sent.units.start + 3)).any(|u| doc.senses(u).any(|(x, _)| is_map(x)));
        if credit && map && s > 0 && (doc.sents[s - 1].paragraph == sent.paragraph || is_line(doc, s - 1)) {
            skip[s - 1] = true;
        }
        starts.push(start(doc, s));
        // "14:05 GMT – Army takes Bara": the headline of an entry.
        let entry = !ended && stamp(doc, sent.units.clone()).is_some() && is_line(doc, s);
        skip[s] |= entry || starts[s] >= sent.units.end;
    }
    (skip, starts, title)
}

/// From which unit on the first sentences of a report are read, as far as datelines go.
pub(crate) fn starts(doc: &Doc<'_>) -> Vec<usize> {
    (0..doc.sents.len().min(DATELINES)).map(|s| start(doc, s)).collect()
}

/// From which unit on a sentence is read.
fn start(doc: &Doc<'_>, s: usize) -> usize {
    let sent = &doc.sents[s];
    if in_slashes(doc, s) {
        return sent.units.end;
    }
    let marked = (sent.units.clone()).find(|&u| !is_ornament(doc, u));
    let units = marked.unwrap_or(sent.units.start)..sent.units.end;
    let opens = s == 0 || doc.sents[s - 1].paragraph != sent.paragraph;
    let stamped = opens.then(|| stamp(doc, units.clone())).flatten();
    let start = stamped.unwrap_or_else(|| dateline(doc, units));
    let units = start..sent.units.end;
    caption(doc, units.clone())
        .or_else(|| run_in(doc, units))
        .unwrap_or(start)
}

/// A bullet or a picture before what is written.
fn is_ornament(doc: &Doc<'_>, u: usize) -> bool {
    let plain = |c: char| c.is_ascii() || c.is_alphanumeric() || matches!(c, '–' | '—');
    !is_quote_mark(doc, u) && !doc.words(&(u..u + 1)).contains(plain)
}

/// The unit after the time of day that an entry of a running report opens with: "14:05 GMT – ", "[14:05]".
fn stamp(doc: &Doc<'_>, units: Range<usize>) -> Option<usize> {
    let words = |u: usize| doc.words(&(u..u + 1));
    let clock = |u: usize| {
        let parts = words(u).split_once(':').or_else(|| words(u).split_once('h'));
        parts.is_some_and(|(hour, minute)| {
            hour.len() <= 2 && minute.len() == 2 && [hour, minute].iter().all(|n| n.bytes().all(|b| b.is_ascii_digit()))
        })
    };
    let bracket = |u: usize| matches!(words(u), "(" | "[" | ")" | "]");
    let time = (units.start..units.end.min(units.start + 2)).find(|&u| !bracket(u))?;
    if !clock(time) {
        return None;
    }
    let zone = |u: usize| bracket(u) || words(u).len() <= 4 && words(u).bytes().all(|b| b.is_ascii_uppercase());
    let at = (time + 1..units.end).find(|&u| !zone(u))?;
    let parted = doc.has(at, DASH | COLON) || words(at) == "|";
    (parted || at > time + 1).then_some(at + usize::from(parted))
}

/// Whether a sentence is a short paragraph by itself.
fn is_line(doc: &Doc<'_>, s: usize) -> bool {
    let alone = |other: Option<&Sent>| other.is_none_or(|o| o.paragraph != doc.sents[s].paragraph);
    let before = s.checked_sub(1).and_then(|b| doc.sents.get(b));
    doc.sents[s].units.len() <= 14 && alone(before) && alone(doc.sents.get(s + 1))
}

/// The unit after a caption that was run into a sentence without a mark: "Trạm gác ở Bunia Tướng Aram bị bắt". It has no
/// verb and tells a place, and a title with a large letter opens what follows.
fn run_in(doc: &Doc<'_>, units: Range<usize>) -> Option<usize> {
    if !doc.pack.head_first || doc.all_caps {
        return None;
    }
    let first = units.start;
    let title = |u: usize| {
        let is = |s: &Sense| {
            matches!(s, Sense::Person { .. })
                || matches!(s, Sense::Org(o) if o.kind != OrgKind::Org && o.kind != OrgKind::State)
        };
        doc.units[u].capital && doc.senses(u).any(|(s, _)| is(s)) && !doc.has(u, PARTY)
    };
    let plain = |i: usize| doc.units[i].class != PosClass::Verb && !doc.has(i, AUX | COMMA | OPEN | COLON);
    let end = units.end.min(first + 14);
    let at = (first + 3..end)
        .take_while(|&u| plain(u - 1))
        .find(|&u| title(u) && doc.units[u - 1].class == PosClass::Propn)?;
    let placed = |i: usize| doc.units[i].class == PosClass::Adp && doc.is(i, Func::ToPlace);
    let verb = (at..units.end).any(|u| doc.units[u].class == PosClass::Verb);
    ((first..first + 3).all(plain) && (first..at).any(placed) && verb).then_some(at)
}

fn is_map(sense: &Sense) -> bool {
    matches!(
        sense,
        Sense::Exhibit {
            kind: counterclaim_claims::ExhibitKind::Map,
            ..
        }
    )
}

/// Where a credit in brackets or behind a dash opens: "(Photo: AFP)", "- Ảnh: REUTERS".
pub(crate) fn credit_at(doc: &Doc<'_>, units: Range<usize>) -> Option<usize> {
    let opens = |u: &usize| doc.has(*u, DASH) || doc.words(&(*u..*u + 1)) == "(";
    (units.start..units.end.saturating_sub(3))
        .filter(opens)
        .find(|&u| doc.has(u + 1, EXHIBIT) && doc.has(u + 2, COLON))
}

/// The unit after a caption and its credit that were run into a sentence: "A jet over the sea (Photo: AFP) The raid …".
fn caption(doc: &Doc<'_>, units: Range<usize>) -> Option<usize> {
    let credit = credit_at(doc, units.clone())?;
    let close = (credit..units.end.min(credit + 8)).find(|&u| doc.words(&(u..u + 1)) == ")")?;
    let follows = doc.units.get(close + 1).is_some_and(|u| u.capital) && close + 4 < units.end;
    follows.then_some(close + 1)
}

/// Whether a first line ends as only headlines do: in a question, or in a quotation that has no full stop of its own.
fn title_mark(words: &str) -> bool {
    let mut back = words.chars().rev();
    match back.next() {
        Some('?' | '!') => true,
        Some('"' | '”' | '»') => !matches!(back.next(), Some('.' | '!' | '?' | '…' | ',')),
        _ => false,
    }
}

/// "MOSCOW, July 3. /TASS/.": a dateline that is cut into sentences, its outlet between slashes.
fn in_slashes(doc: &Doc<'_>, s: usize) -> bool {
    let outlet = |s: usize| {
        doc.sents.get(s).is_some_and(|sent| {
            let first = sent.units.start;
            let media = sent.units.clone().any(|u| doc.has(u, MEDIA));
            media && sent.units.len() <= 5 && doc.words(&(first..first + 1)) == "/"
        })
    };
    let dated = || {
        let units = &doc.sents[s].units;
        let verb = units.clone().any(|u| doc.units[u].class == PosClass::Verb);
        units.len() <= 7 && !verb && shouted(doc, units.start)
    };
    s + 1 < doc.sents.len() && (outlet(s) || outlet(s + 1) && dated())
}

/// Whether a word is in capitals throughout.
fn shouted(doc: &Doc<'_>, unit: usize) -> bool {
    let words = doc.words(&(unit..unit + 1));
    words.chars().count() > 2 && words.chars().all(|c| !c.is_lowercase())
}

/// The unit after "BAGHDAD, April 7 (Reuters) -", or the sentence's first.
fn dateline(doc: &Doc<'_>, units: Range<usize>) -> usize {
    let first = units.start;
    // "(Beirut) –"
    let bracket = doc.words(&(first..first + 1)) == "(" && doc.units.get(first + 1).is_some_and(|u| u.capital);
    if !doc.units[first].capital && !bracket {
        return first;
    }
    for u in first + 1..units.end.min(first + 14) {
        let unit = &doc.units[u];
        let words = doc.words(&(u..u + 1));
        if (unit.bits & DASH != 0 && (doc.tokens[unit.tokens.start as usize].spaced) || words == "\u{fffd}")
            && doc.quote_of(u).is_none()
        {
            let plain = (first..u).all(|i| {
                let x = &doc.units[i];
                x.capital || x.class == PosClass::Punct || x.class == PosClass::Num || doc.senses(i).any(|(s, _)| matches!(s, Sense::Time(t) if matches!(t.class, TimeClass::Month | TimeClass::Weekday)))
            });
            // "Nicosia, Feb 3 -": a day tells a dateline too.
            let month = |s: &Sense| matches!(s, Sense::Time(t) if t.class == TimeClass::Month);
            let dated = doc.has(first, PARTY) || doc.units[first].class == PosClass::Propn;
            let dated = dated && (first + 1..u).any(|i| doc.senses(i).any(|(s, _)| month(s)));
            return if plain && (bracket || dated || shouted(doc, first) || (first..u).any(|i| doc.has(i, MEDIA))) {
                u + 1
            } else {
                first
            };
        }
        if unit.class == PosClass::Verb && !unit.capital {
            break;
        }
    }
    first
}
