use super::Covers;
use crate::bits::*;
use crate::doc::Doc;
use counterclaim_lexicon::{Func, Gazetteer, NameKind, OrgKind, PartyForm, Place, PosClass, Sense};
use counterclaim_text::TokenKind;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// A toponym and the place it names.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PlaceHit {
    /// Its units.
    pub(crate) units: Range<usize>,
    /// Neutral preferred English name.
    pub(crate) name: String,
    /// ISO 3166-1 alpha-3, empty where disputed.
    pub(crate) country: String,
    pub(crate) lat: f64,
    pub(crate) lon: f64,
    /// GeoNames id, 0 if none.
    pub(crate) geonames: u32,
    /// `country`, `admin1`, `region`, `city`, …
    pub(crate) kind: String,
    /// The place itself is meant, not its people, government or adjective.
    pub(crate) literal: bool,
}

impl Covers for PlaceHit {
    fn units(&self) -> &Range<usize> {
        &self.units
    }
}

/// Names found, before it is decided which place each means.
struct Found {
    units: Range<usize>,
    candidates: Vec<u32>,
    /// A state or region that the language pack names.
    fixed: Option<PlaceHit>,
}

/// All toponyms of a document, in text order, resolved: one sense a name, the likeliest by what the document is about.
pub(crate) fn places(doc: &Doc<'_>) -> Vec<PlaceHit> {
    let gazetteer = counterclaim_packs::gazetteer();
    let found = find(doc, gazetteer);
    let countries = weights(doc, gazetteer, &found);
    let mut senses: FxHashMap<String, u32> = FxHashMap::default();
    let mut out = Vec::new();
    for (n, one) in found.iter().enumerate() {
        if let Some(fixed) = &one.fixed {
            out.push(PlaceHit {
                units: one.units.clone(),
                literal: literal(doc, &one.units, &fixed.kind),
                ..fixed.clone()
            });
            continue;
        }
        let key = doc.words(&one.units).to_lowercase();
        let best = match senses.get(&key) {
            Some(id) => *id,
            None => {
                let beside = found
                    .get(n + 1)
                    .filter(|next| next.units.start == one.units.end + 1 && doc.has(one.units.end, COMMA));
                let Some(id) = choose(gazetteer, one, beside, &countries) else {
                    continue;
                };
                senses.insert(key, id);
                id
            }
        };
        let place = gazetteer.place(best);
        out.push(hit(&place, one.units.clone(), literal(doc, &one.units, place.kind)));
    }
    out
}

fn hit(row: &Place<'_>, units: Range<usize>, literal: bool) -> PlaceHit {
    PlaceHit {
        units,
        name: row.name.to_owned(),
        country: row.country.to_owned(),
        lat: f64::from(row.lat),
        lon: f64::from(row.lon),
        geonames: row.id,
        kind: row.kind.to_owned(),
        literal,
    }
}

fn find(doc: &Doc<'_>, gazetteer: &Gazetteer) -> Vec<Found> {
    let mut out = Vec::new();
    for sent in &doc.sents {
        let mut u = sent.units.start;
        while u < sent.units.end {
            match name_at(doc, gazetteer, u, &sent.units) {
                Some(found) => {
                    u = found.units.end;
                    out.push(found);
                }
                None => u += 1,
            }
        }
    }
    out
}

fn name_at(doc: &Doc<'_>, gazetteer: &Gazetteer, u: usize, sent: &Range<usize>) -> Option<Found> {
    let unit = &doc.units[u];
    let region = doc
        .senses(u)
        .find_map(|(s, _)| if let Sense::Region(r) = s { Some(*r) } else { None });
    if let Some(region) = region {
        return Some(Found {
            units: u..u + 1,
            candidates: Vec::new(),
            fixed: Some(hit(&doc.pack.regions[region as usize].place(), u..u + 1, true)),
        });
    }
    if !unit.capital || unit.class == PosClass::Punct {
        return None;
    }
    let at = unit.tokens.start as usize;
    let end = doc.units[sent.end - 1].tokens.end as usize;
    let mut best: Option<(usize, u32)> = None;
    let word = |token: usize| match doc.tokens[token].kind {
        TokenKind::Number => 0,
        _ => gazetteer.word(doc.keys[token]),
    };
    gazetteer.names_at(
        |depth| (at + depth < end).then(|| word(at + depth)),
        |length, name| {
            // Every word of a name that is written with capitals stands so in the text.
            let last = doc.tokens[at + length - 1];
            if length == 1 || last.capital || last.kind != TokenKind::Word {
                best = Some((length, name));
            }
        },
    );
    let (length, name) = best?;
    let stop = at + length;
    let last = (u..sent.end).find(|&i| doc.units[i].tokens.end as usize >= stop)?;
    // A name that ends inside a unit of the lexicon is not that name.
    if doc.units[last].tokens.end as usize != stop {
        return None;
    }
    let units = u..last + 1;
    let word = doc.words(&units);
    if length == 1 && word.chars().count() < 3 {
        return None;
    }
    if units.clone().any(|i| is_other(doc, i)) || part_of_name(doc, &units, sent) {
        return None;
    }
    // A common word that only begins the sentence.
    let first = u == sent.start || doc.has(u, FIRST) || doc.has(u - 1, PUNCT);
    let common = matches!(
        unit.class,
        PosClass::Adp
            | PosClass::Det
            | PosClass::Verb
            | PosClass::Aux
            | PosClass::Pron
            | PosClass::Adv
            | PosClass::Cconj
            | PosClass::Sconj
            | PosClass::Adj
            | PosClass::Num
    );
    if length == 1
        && !doc.all_caps
        && (first && unit.class != PosClass::Propn && !doc.pack.head_first
            || common && (first || unit.bits & !(FIRST | OPEN | ADJ | VERB | ADV) != 0))
    {
        return None;
    }
    Some(Found {
        units,
        candidates: gazetteer.bearers(name).collect(),
        fixed: None,
    })
}

/// A person, body or weapon whose name is spelt like a place's.
fn is_other(doc: &Doc<'_>, u: usize) -> bool {
    doc.senses(u).any(|(s, _)| match s {
        Sense::Named { kind, .. } => matches!(kind, NameKind::Person | NameKind::Outlet | NameKind::Group),
        Sense::Materiel { .. } => true,
        Sense::Time(_) => true,
        Sense::Party { form, .. } => matches!(form, PartyForm::Adjective | PartyForm::People),
        Sense::Org(org) => org.kind != OrgKind::Place,
        Sense::Func(f) => !matches!(f, Func::Side | Func::Former),
        _ => false,
    })
}

/// "Mark Paris", "Jackson said": a name beside other parts of a person's name.
fn part_of_name(doc: &Doc<'_>, units: &Range<usize>, sent: &Range<usize>) -> bool {
    let name = |i: usize| {
        let unit = &doc.units[i];
        unit.capital
            && unit.class == PosClass::Propn
            && unit.bits & (PARTY | ORG | MEDIA | PLACE) == 0
            && !doc
                .senses(i)
                .any(|(s, _)| matches!(s, Sense::Party { .. } | Sense::Time(_)))
    };
    let title = |i: usize| {
        doc.senses(i)
            .any(|(s, _)| matches!(s, Sense::Org(o) if o.kind == OrgKind::Title))
    };
    if units.start > sent.start {
        let before = units.start - 1;
        if !doc.all_caps
            && name(before)
            && !doc.has(before, FIRST)
            && doc.units[before].hits.is_empty()
            && !doc.pack.head_first
        {
            return true;
        }
        if title(before) && doc.units[before].capital && !doc.pack.head_first {
            return true;
        }
    }
    // Followed by a surname that is no place's second word.
    units.end < sent.end
        && !doc.all_caps
        && units.len() == 1
        && name(units.end)
        && doc.units[units.end].hits.is_empty()
        && !doc.pack.head_first
        && doc.units[units.start].hits.is_empty()
}

/// How much the document is about each country.
fn weights(doc: &Doc<'_>, gazetteer: &Gazetteer, found: &[Found]) -> FxHashMap<String, f64> {
    let mut out: FxHashMap<String, f64> = FxHashMap::default();
    for u in 0..doc.units.len() {
        for (sense, _) in doc.senses(u) {
            let party = match sense {
                Sense::Party { party, .. } => *party,
                Sense::Named {
                    kind: NameKind::Person | NameKind::Group,
                    party: Some(party),
                    ..
                } => *party,
                _ => continue,
            };
            *out.entry(doc.pack.parties[party as usize].clone()).or_default() += 1.0;
        }
    }
    for one in found {
        // A name borne by one place, or by one far greater than the rest, tells its country.
        if let [only] = one.candidates.as_slice() {
            *out.entry(gazetteer.place(*only).country.to_owned()).or_default() += 0.7;
        }
    }
    out
}

fn choose(
    gazetteer: &Gazetteer,
    one: &Found,
    beside: Option<&Found>,
    countries: &FxHashMap<String, f64>,
) -> Option<u32> {
    let neighbour: Vec<(String, String)> = beside
        .map(|b| match &b.fixed {
            Some(p) => vec![(p.country.clone(), p.name.clone())],
            None => b
                .candidates
                .iter()
                .map(|c| gazetteer.place(*c))
                .map(|p| {
                    (
                        p.country.to_owned(),
                        if p.kind == "admin1" {
                            p.admin1.to_owned()
                        } else {
                            String::new()
                        },
                    )
                })
                .collect(),
        })
        .unwrap_or_default();
    let total: f64 = countries.values().sum::<f64>().max(1.0);
    let score = |id: &u32| {
        let place = gazetteer.place(*id);
        let mut score = f64::from(place.population + 1).ln() * 0.5;
        score += match place.kind {
            "country" => 9.0,
            "capital" => 3.0,
            "admin1" => 1.0,
            "city" => 0.0,
            _ => 4.0,
        };
        score += 6.0 * (countries.get(place.country).copied().unwrap_or(0.0) / total).sqrt();
        if neighbour
            .iter()
            .any(|(country, admin)| *country == place.country && (admin.is_empty() || *admin == place.admin1))
            && place.kind != "country"
        {
            score += 8.0;
        }
        score
    };
    one.candidates
        .iter()
        .max_by(|a, b| score(a).total_cmp(&score(b)).then(b.cmp(a)))
        .copied()
}

/// Whether the place is meant and not those who govern it: a town always is; a state or capital after a preposition of place.
fn literal(doc: &Doc<'_>, units: &Range<usize>, kind: &str) -> bool {
    if !matches!(kind, "country" | "capital") {
        return true;
    }
    let Some(before) = units.start.checked_sub(1) else {
        return false;
    };
    if doc.has(units.start, FIRST) {
        return false;
    }
    let place_word = doc.has(before, ADP) && !doc.has(before, POSS | AGENT | CUE_P)
        || [Func::ToPlace, Func::ToTarget, Func::ToGoal]
            .iter()
            .any(|f| doc.is(before, *f));
    let noun = doc.has(before, NOUN)
        && doc.pack.head_first
        && doc
            .senses(before)
            .all(|(s, _)| matches!(s, Sense::Materiel { .. } | Sense::Region(_)))
        && kind == "capital";
    place_word || noun
}
