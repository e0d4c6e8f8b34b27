//! What stands for a place without being its name: its people and adjectives ("Georgian"), streets and waters that no
//! gazetteer has ("Main Street"), and names that a hyphen joins to a word ("London-based"). For mentions only.

use super::PlaceHit;
use crate::bits::*;
use crate::doc::Doc;
use crate::values::{Time, at};
use counterclaim_lexicon::{Beside, Kind, PartyForm, PosClass, Sense};
use counterclaim_text::Span;
use std::ops::Range;

/// All of them, in text order, none over a place of `places`.
pub(crate) fn associated(doc: &Doc<'_>, places: &[PlaceHit], times: &[Time]) -> Vec<PlaceHit> {
    let mut out: Vec<PlaceHit> = Vec::new();
    for sent in &doc.sents {
        let mut u = sent.units.start;
        while u < sent.units.end {
            if let Some(place) = at(places, u) {
                u = place.units.end;
                continue;
            }
            let hit = people(doc, u).or_else(|| whole(doc, u, &sent.units, places, times));
            match hit {
                Some(hit) => {
                    u = hit.units.end;
                    out.push(hit);
                }
                None => {
                    joined(doc, u, &mut out);
                    u += 1;
                }
            }
        }
    }
    out
}

/// "Georgian", "the Russians", "European"; of "U.S. Defense Department" its state.
fn people(doc: &Doc<'_>, u: usize) -> Option<PlaceHit> {
    let tokens = &doc.units[u].tokens;
    let mut capitals = tokens
        .clone()
        .map(|t| t as usize)
        .filter(|&t| doc.tokens[t].capital && doc.tags[t].0 != PosClass::Det);
    let first = capitals.next()?;
    let last = capitals.next_back().unwrap_or(first);
    let code = doc.of_kind(u, Kind::PARTY).find_map(|sense| match sense {
        Sense::Party {
            party,
            form: PartyForm::Adjective | PartyForm::People,
        } => Some(&doc.pack.parties[*party as usize]),
        _ => None,
    });
    let whole = doc.tokens[first].span.join(doc.tokens[last].span);
    if let Some(number) = code.and_then(|code| doc.gazetteer.country(code)) {
        return Some(PlaceHit::new(&doc.gazetteer.place(number), u..u + 1, whole, false));
    }
    if let Some(bearer) = doc.gazetteer.named(whole.of(doc.text)).iter().find(|b| b.adjective) {
        return Some(PlaceHit::new(
            &doc.gazetteer.place(bearer.place),
            u..u + 1,
            whole,
            false,
        ));
    }
    if tokens.len() < 2 {
        return None;
    }
    let span = doc.tokens[first].span;
    let number = state(doc, span.of(doc.text))?;
    Some(PlaceHit::new(&doc.gazetteer.place(number), u..u + 1, span, false))
}

/// The state that a word names or is the adjective of.
fn state(doc: &Doc<'_>, word: &str) -> Option<u32> {
    let number = doc.pack.word(counterclaim_lexicon::key(word, &mut String::new()));
    let mut code = None;
    doc.pack.entries_at(
        |depth| (depth == 0).then_some(number),
        |_, hits| {
            code = code.or_else(|| {
                hits.iter().find_map(|hit| match &doc.pack.senses[hit.sense as usize] {
                    Sense::Party {
                        party,
                        form: PartyForm::Adjective | PartyForm::People | PartyForm::Name,
                    } if hit.capitals != 0 => Some(&doc.pack.parties[*party as usize]),
                    _ => None,
                })
            });
        },
    );
    doc.gazetteer.country(code?)
}

/// "Wichita Drive", "Neches River": capitalised words that end with the word for a road or a thing of nature.
fn whole(doc: &Doc<'_>, u: usize, sent: &Range<usize>, places: &[PlaceHit], times: &[Time]) -> Option<PlaceHit> {
    const MOST: usize = 4;
    if doc.pack.head_first || doc.all_caps || !starts(doc, u) {
        return None;
    }
    let class = |i: usize| doc.pack.beside(doc.words(&(i..i + 1)));
    let mut end = u + 1;
    while end < sent.end && end < u + MOST && doc.units[end].capital && doc.units[end].class != PosClass::Punct {
        if at(places, end).is_some() || at(times, end).is_some() {
            return None;
        }
        let kind = class(end);
        end += 1;
        let kind = if kind.has(Beside::ROAD) {
            "road"
        } else if kind.has(Beside::NATURE) {
            "site"
        } else {
            continue;
        };
        let span = doc.span(&(u..end));
        return Some(PlaceHit {
            units: u..end,
            span,
            name: "",
            country: "",
            admin1: "",
            lat: f64::NAN,
            lon: f64::NAN,
            geonames: 0,
            kind,
            party: "",
            literal: true,
        });
    }
    None
}

fn starts(doc: &Doc<'_>, u: usize) -> bool {
    let unit = &doc.units[u];
    unit.capital
        && !(unit.bits & FIRST != 0 && unit.class != PosClass::Propn)
        && unit.bits & (PARTY | ORG | PERSON) == 0
        && !doc
            .pack
            .beside(doc.words(&(u..u + 1)))
            .has(Beside::TITLE.or(Beside::BODY).or(Beside::BUILDING))
        && matches!(
            unit.class,
            PosClass::Propn | PosClass::Noun | PosClass::Adj | PosClass::Other | PosClass::Num
        )
}

/// "London-based", "Canada-wide", "Egyptian-US": the parts of a word with hyphens that are names.
fn joined(doc: &Doc<'_>, u: usize, out: &mut Vec<PlaceHit>) {
    let unit = &doc.units[u];
    let word = unit.span.of(doc.text);
    let hyphen = |c: char| matches!(c, '-' | '\u{2010}' | '\u{2011}');
    if doc.pack.head_first || unit.tokens.len() != 1 || !word.contains(hyphen) {
        return;
    }
    let mut start = unit.span.start as usize;
    for part in word.split(hyphen) {
        let span = Span::new(start, start + part.len());
        start = span.end as usize
            + word[span.end as usize - unit.span.start as usize..]
                .chars()
                .next()
                .map_or(0, char::len_utf8);
        if part.len() < 2 || !part.starts_with(char::is_uppercase) {
            continue;
        }
        let town = || {
            let bearers = doc.gazetteer.named(part).iter().filter(|b| !b.weak && !b.alias);
            bearers
                .map(|b| (doc.gazetteer.place(b.place).population, b.place))
                .filter(|(people, _)| part.len() > 2 && *people >= 100_000)
                .max()
                .map(|(_, place)| place)
        };
        if let Some(number) = state(doc, part).or_else(town) {
            out.push(PlaceHit::new(&doc.gazetteer.place(number), u..u + 1, span, false));
        }
    }
}
