//! Persons whose names are spelt like places': "Andrew Trapani … Trapani said".

use crate::bits::*;
use crate::doc::Doc;
use counterclaim_lexicon::{Beside, PosClass};
use rustc_hash::FxHashSet;

/// Hashes of the words that the document uses as surnames: those that stand after a given name, a title or an initial.
pub(super) fn surnames(doc: &Doc<'_>) -> FxHashSet<u64> {
    let mut out = FxHashSet::default();
    if doc.pack.head_first || doc.all_caps {
        return out;
    }
    for sent in &doc.sents {
        for u in sent.units.start..sent.units.end.saturating_sub(1) {
            if doc.units[u].capital && introduces(doc, u) {
                let mut last = u + 1;
                while last < sent.units.end && is_part(doc, last) {
                    out.insert(doc.units[last].word);
                    last += 1;
                }
            }
        }
    }
    out
}

/// Whether a unit is a given name, a title or an initial, so that a person's name goes on after it.
pub(super) fn introduces(doc: &Doc<'_>, unit: usize) -> bool {
    let word = doc.words(&(unit..unit + 1));
    let class = doc.pack.beside(word);
    if class.has(Beside::TITLE) {
        return true;
    }
    if !doc.units[unit].capital {
        return false;
    }
    // "T.R. Ahlstrom", "J. Smith": initials, and not an acronym that the lexicon knows ("U.S.").
    let initial = word.len() <= 6 && word.ends_with('.') && word.chars().all(|c| c.is_uppercase() || c == '.');
    initial && doc.units[unit].hits.is_empty() && !doc.pack.beside(word).has(Beside::COMPASS)
        || class.has(Beside::GIVEN) && !doc.has(unit, PARTY)
}

/// Whether a unit can be a further part of a person's name.
fn is_part(doc: &Doc<'_>, unit: usize) -> bool {
    let one = &doc.units[unit];
    if !one.capital || one.class == PosClass::Punct || one.bits & (PARTY | ORG | MEDIA) != 0 {
        return false;
    }
    let word = doc.words(&(unit..unit + 1));
    let class = doc.pack.beside(word);
    const OTHER: Beside = Beside::ROAD
        .or(Beside::BUILDING)
        .or(Beside::BODY)
        .or(Beside::NATURE)
        .or(Beside::COMPASS)
        .or(Beside::DIVISION)
        .or(Beside::TITLE);
    class.has(Beside::SURNAME.or(Beside::GIVEN)) && !class.has(Beside::ROAD.or(Beside::BODY).or(Beside::BUILDING))
        || !class.has(OTHER)
            && one.hits.is_empty()
            && matches!(one.class, PosClass::Propn | PosClass::Noun | PosClass::Other)
}
