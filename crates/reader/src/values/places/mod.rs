//! Places: names found in the text (`find`), told from persons and bodies of the same spelling (`people`, `accept`), and
//! resolved to the place that the document means (`resolve`). What names a place's people, streets and waters is told for
//! mentions alone (`beside`).

mod beside;
mod find;
mod people;
mod resolve;
#[cfg(test)]
mod tests;

use super::Covers;
use crate::bits::*;
use crate::doc::Doc;
use counterclaim_lexicon::{Func, Held, Place, Sense, Side};
use counterclaim_text::Span;
use find::{Found, Name, Standing};
use std::ops::Range;

pub(crate) use beside::associated;

/// A toponym and the place it names.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PlaceHit {
    /// Its units.
    pub(crate) units: Range<usize>,
    /// Its words alone, where units hold more than them ("the United States").
    pub(crate) span: Span,
    /// Neutral preferred English name.
    pub(crate) name: &'static str,
    /// ISO 3166-1 alpha-3, empty where disputed.
    pub(crate) country: &'static str,
    /// Degrees; not a number where the place is in no gazetteer.
    pub(crate) lat: f64,
    pub(crate) lon: f64,
    /// GeoNames id, 0 if none.
    pub(crate) geonames: u32,
    /// First-level division, empty where it is in none or none is known.
    pub(crate) admin1: &'static str,
    /// `country`, `admin1`, `region`, `city`, …
    pub(crate) kind: &'static str,
    /// The de facto authority of the place's name, empty if there is none.
    pub(crate) party: &'static str,
    /// The place itself is meant, not its people, government or adjective.
    pub(crate) literal: bool,
}

impl Covers for PlaceHit {
    fn units(&self) -> &Range<usize> {
        &self.units
    }
}

impl PlaceHit {
    /// Whose place it is: the de facto authority's of its name, else its state's; empty where that is disputed.
    pub(crate) fn side(&self) -> &'static str {
        if self.party.is_empty() {
            self.country
        } else {
            self.party
        }
    }

    /// Who held it on a day, or, where no day is told, whom of its holders the text speaks of.
    pub(crate) fn holder(&self, when: Option<&str>, spoken: impl Fn(&str) -> bool) -> Option<&'static Side> {
        let place = Held {
            name: self.name,
            country: self.country,
            admin1: self.admin1,
            lat: self.lat,
            lon: self.lon,
            wide: matches!(self.kind, "country" | "continent" | "bloc" | "sea" | "ocean"),
        };
        counterclaim_packs::sides().holder(&place, when, spoken)
    }

    pub(crate) fn new(place: &Place<'static>, units: Range<usize>, span: Span, literal: bool) -> PlaceHit {
        PlaceHit {
            units,
            span,
            name: place.name,
            country: place.country,
            admin1: place.admin1,
            lat: f64::from(place.lat),
            lon: f64::from(place.lon),
            geonames: place.id,
            kind: place.kind,
            party: place.party,
            literal,
        }
    }
}

/// All toponyms of a document, in text order, resolved: one sense a name, the likeliest by what the document is about.
pub(crate) fn places(doc: &Doc<'_>) -> Vec<PlaceHit> {
    let people = people::surnames(doc);
    let found = find::names(doc, &people);
    let picks = resolve::resolve(doc, &found);
    let accepted = accept(&found, &picks);
    let mut out = Vec::with_capacity(found.names.len());
    for (n, name) in found.names.iter().enumerate() {
        if let Some(region) = name.region {
            let place = doc.pack.regions[region as usize].place();
            let literal = literal(doc, &name.units, place.kind);
            out.push(PlaceHit::new(&place, name.units.clone(), name.span, literal));
        } else if let Some(place) = picks.names[n].filter(|_| accepted[n]) {
            let literal = name.standing != Standing::Embedded && literal(doc, &name.units, place.kind);
            out.push(PlaceHit::new(&place, name.units.clone(), name.span, literal));
        }
    }
    share_the_preposition(doc, &mut out);
    out
}

/// "In Syria and Iraq", "across Mali, Niger and Chad": what is true of the first of a list is true of all.
fn share_the_preposition(doc: &Doc<'_>, hits: &mut [PlaceHit]) {
    for n in 1..hits.len() {
        let (before, rest) = hits.split_at(n);
        let (last, this) = (&before[n - 1], &rest[0]);
        let apart = last.units.end;
        let mut next = this.units.start;
        // "Aleppo and the Damascus suburbs"
        if next > apart + 1 && doc.has(next - 1, DET) {
            next -= 1;
        }
        if !last.literal || this.literal || next != apart + 1 {
            continue;
        }
        let end = this.units.end;
        let listed = || {
            doc.has(end, CC)
                && rest
                    .get(1)
                    .is_some_and(|p| p.units.start == end + 1 && !doc.has(p.units.end, VERB | AUX))
        };
        let joined = doc.has(apart, CC) && !doc.has(end, VERB | AUX) || doc.has(apart, COMMA) && listed();
        if joined && !owns(doc, end) {
            hits[n].literal = true;
        }
    }
}

/// People of a town that a text may mean though it speaks of nothing else in its state.
const FAR: u32 = 200_000;

/// Which of the names found are places' here.
fn accept(found: &Found, picks: &resolve::Picks) -> Vec<bool> {
    // Per distinct name: whether it stands somewhere as only a place's name stands; and beside its state.
    let mut sure = vec![(false, false); found.keys.len()];
    for name in found.names.iter().filter(|n| n.region.is_none()) {
        let (place, state) = &mut sure[name.key];
        *place |= name.standing == Standing::Positive;
        *state |= name.within.is_some();
    }
    let somewhere = picks.near.iter().any(|near| *near);
    let accepted = |n: usize, name: &Name| {
        let (place, state) = sure[name.key];
        let key = &found.keys[name.key];
        let Some(pick) = &picks.names[n] else { return false };
        // Some town far from all that the text speaks of bears another spelling of the name: it is another's.
        if somewhere
            && key.alias
            && pick.kind == "city"
            && pick.population < FAR
            && !picks.near[n]
            && name.within.is_none()
        {
            return false;
        }
        let great =
            key.party || matches!(pick.kind, "country" | "capital" | "admin1" | "continent" | "sea") && !key.alias;
        if key.weak {
            return name.within.is_some() || state && matches!(name.standing, Standing::Positive | Standing::Plain);
        }
        match name.standing {
            Standing::Positive => true,
            Standing::Plain => !key.alias || place || great || key.known || pick.population >= 100_000 || picks.near[n],
            Standing::Embedded => place || great || pick.population >= 300_000,
            Standing::Doubtful => place || pick.population >= 300_000 || great,
            Standing::Person => name.within.is_some(),
        }
    };
    found
        .names
        .iter()
        .enumerate()
        .map(|(n, name)| accepted(n, name))
        .collect()
}

/// Whether the place is meant and not those who govern it: a town always is; a state or capital after a preposition of place
/// ("in central Beirut", "a suburb of Beirut"), as what an act is done to ("shelled Beirut"), or where it suffers one ("Beirut was
/// shelled").
fn literal(doc: &Doc<'_>, units: &Range<usize>, kind: &str) -> bool {
    if !matches!(kind, "country" | "capital" | "seat") {
        return true;
    }
    if kind != "country" && suffers(doc, units.end) {
        return true;
    }
    let first = doc.sents[doc.sent_of(units.start)].units.start;
    let mut at = units.start;
    while at > first && at + 3 > units.start && doc.has(at - 1, ADJ | DET) && !doc.has(at - 1, WHO) {
        at -= 1;
    }
    if at == first {
        return false;
    }
    let before = at - 1;
    // "Capture Tripoli's air base": theirs, not there.
    if kind != "seat" && owns(doc, units.end) && !doc.is(before, Func::ToPlace) {
        return false;
    }
    let place_word = doc.is(before, Func::ToPlace)
        || doc.is(before, Func::ToTarget)
        // "In order that Russia …", "vì Nga …": a clause begins.
        || doc.has(before, ADP) && !doc.has(before, POSS | AGENT | CUE_P | SUB | CAUSE) && !doc.is(before, Func::ToGoal)
        || doc.is(before, Func::ToGoal) && !doc.pack.head_first
        || ends_with_a_place_word(doc, before);
    // "A suburb of Beirut", "near the capital, Beirut", "thủ đô Beirut", "không phận Syria".
    let part = doc.is(before, Func::PlaceNoun)
        || before > first && doc.has(before, POSS | COMMA) && doc.is(before - 1, Func::PlaceNoun);
    let object = kind != "country" && doc.has(before, VERB) && doc.act(before).is_some();
    let noun = doc.has(before, NOUN)
        && doc.pack.head_first
        && doc
            .senses(before)
            .all(|(s, _)| matches!(s, Sense::Materiel { .. } | Sense::Region(_)))
        && kind == "capital";
    place_word || part || object || noun
}

/// Whether a unit makes what stands before it the owner of what follows: "Tripoli's".
pub(crate) fn owns(doc: &Doc<'_>, unit: usize) -> bool {
    !doc.pack.head_first
        && (doc.has(unit, POSS) && !doc.has(unit, ADP)
            || doc.units.get(unit).is_some_and(|u| {
                let word = u.span.of(doc.text);
                word.starts_with(['\'', '\u{2019}']) && word.len() > 1 && doc.units[unit - 1].span.end == u.span.start
            }))
}

/// "Trút xuống", "lẻn vào", "bắn về phía": one entry of the lexicon, whose last words are a preposition of place.
pub(crate) fn ends_with_a_place_word(doc: &Doc<'_>, unit: usize) -> bool {
    let tokens = doc.units[unit].tokens.start as usize..doc.units[unit].tokens.end as usize;
    if !doc.pack.head_first || tokens.len() < 2 {
        return false;
    }
    (tokens.start + 1..tokens.end).rev().take(2).any(|from| {
        let mut found = false;
        doc.pack.entries_at(
            |depth| tokens.clone().nth(from - tokens.start + depth).map(|t| doc.words[t]),
            |length, hits| {
                found |= from + length == tokens.end
                    && hits
                        .iter()
                        .any(|hit| matches!(doc.pack.senses[hit.sense as usize], Sense::Func(Func::ToPlace)));
            },
        );
        found
    })
}

/// Whether a passive with an act begins at a unit.
fn suffers(doc: &Doc<'_>, at: usize) -> bool {
    let passive = |u: usize| doc.has(u, PASSIVE_WORD) || doc.is(u, Func::AuxBe);
    let mut u = at;
    while u < at + 3 && doc.has(u, AUX | ADV | PASSIVE_WORD) && !passive(u) {
        u += 1;
    }
    passive(u) && (u + 1..u + 4).any(|v| doc.has(v, VERB) && doc.has(v, ACT | LOSS))
}
