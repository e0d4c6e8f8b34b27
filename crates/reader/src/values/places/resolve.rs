//! Which place each name means: its own weight (people, kind), what the text says of it ("Paris, Texas", "province"), and
//! how well it goes with the other places of the document (same state, same division, near). One sense a name and document.

use super::find::{Found, Name};
use crate::bits::POSS;
use crate::doc::Doc;
use counterclaim_lexicon::{NameKind, Place, PosClass, Sense};
use rustc_hash::FxHashMap;

/// What each name of the text was resolved to.
pub(super) struct Picks {
    pub(super) names: Vec<Option<Place<'static>>>,
    /// Whether it lies in a state or division that other names speak of.
    pub(super) near: Vec<bool>,
}

struct Candidate {
    place: Place<'static>,
    /// What it weighs before the other names are looked at.
    prior: f64,
}

/// Names whose bearings are taken, the surest ones, so that resolving stays linear in the names of a long document.
const ANCHORS: usize = 48;
/// Candidates that are weighed of one name.
const BEARERS: usize = 64;
const ROUNDS: usize = 3;

/// How much each thing counts, as points of a candidate's score. Found by trial on one half of two sets of news and kept
/// where the other half gained too.
mod weight {
    /// Of the logarithm of its people.
    pub(super) const PEOPLE: f64 = 0.4;
    /// Of being a state, a capital, a first-level division.
    pub(super) const COUNTRY: f64 = 5.0;
    pub(super) const CAPITAL: f64 = 4.0;
    pub(super) const ADMIN1: f64 = 1.8;
    pub(super) const ADMIN2: f64 = -0.5;
    /// Of being put in by hand, as a region that reports of war name.
    pub(super) const REGION: f64 = 4.0;
    /// Taken off a name that is not the place's own.
    pub(super) const ALIAS: f64 = 0.8;
    /// Of the word for its kind beside it.
    pub(super) const KIND: f64 = 4.0;
    /// Of how much the text speaks of its state's people and leaders.
    pub(super) const TOLD: f64 = 1.8;
    /// Of lying in what is named after it.
    pub(super) const WITHIN: f64 = 12.0;
    /// Of the part of the other names, as they are resolved, in its state, in its division, near to it.
    pub(super) const STATE: f64 = 9.0;
    pub(super) const DIVISION: f64 = 10.8;
    pub(super) const NEAR: f64 = 4.0;
    /// Of the part of the other names that could lie in its division, in its state.
    pub(super) const COMMON_DIVISION: f64 = 8.4;
    pub(super) const COMMON_STATE: f64 = 3.0;
    /// Added to all parts' whole, so that one name beside it does not make a region.
    pub(super) const DOUBT: f64 = 1.0;
    /// Points that make a pick `e` times as sure as its rival.
    pub(super) const WARMTH: f64 = 1.4;
    /// Kilometres at which nearness has fallen to a third.
    pub(super) const REACH: f64 = 120.0;
}

/// Resolves all names.
pub(super) fn resolve(doc: &Doc<'_>, found: &Found) -> Picks {
    let told = countries(doc);
    let told_all: f64 = told.values().sum::<f64>() + 2.0;
    let mut counts = vec![0u32; found.keys.len()];
    let mut kinds = vec![(false, false); found.keys.len()];
    for name in found.names.iter().filter(|n| n.region.is_none()) {
        counts[name.key] += 1;
        kinds[name.key].0 |= name.division;
        kinds[name.key].1 |= name.town;
    }
    let candidates: Vec<Vec<Candidate>> = found
        .keys
        .iter()
        .zip(&kinds)
        .map(|(key, (division, town))| {
            let all = key.bearers.iter().filter(|b| !b.adjective).take(BEARERS);
            // "Mexico" is short for its capital nowhere but in lists of names.
            let states: Vec<&str> = all
                .clone()
                .map(|b| doc.gazetteer.place(b.place))
                .filter(|p| p.kind == "country")
                .map(|p| p.country)
                .collect();
            let all = all.filter(|b| {
                let place = doc.gazetteer.place(b.place);
                !b.alias || place.kind != "capital" || !states.contains(&place.country)
            });
            all.map(|bearer| {
                let place = doc.gazetteer.place(bearer.place);
                let mut prior = f64::from(place.population + 1).ln() * weight::PEOPLE;
                prior += match place.kind {
                    "country" => weight::COUNTRY,
                    "capital" => weight::CAPITAL,
                    "admin1" if !bearer.alias => weight::ADMIN1,
                    "admin1" => 0.0,
                    "admin2" => weight::ADMIN2,
                    "city" => 0.0,
                    _ => weight::REGION,
                };
                if bearer.alias {
                    prior -= weight::ALIAS;
                }
                let is_division = matches!(place.kind, "admin1" | "admin2" | "region" | "district");
                if *division && is_division || *town && matches!(place.kind, "city" | "capital" | "town" | "village") {
                    prior += weight::KIND;
                }
                prior += weight::TOLD * (told.get(place.country).copied().unwrap_or(0.0) / told_all).sqrt();
                Candidate { place, prior }
            })
            .collect()
        })
        .collect();

    // What the names after them say: "Paris, Texas".
    let mut said: FxHashMap<(usize, usize), f64> = FxHashMap::default();
    for name in &found.names {
        if let Some(next) = name.within.map(|n| &found.names[n]).filter(|n| n.region.is_none()) {
            for (c, candidate) in candidates[name.key].iter().enumerate() {
                if lies_in(candidate, &candidates[next.key]) {
                    said.insert((name.key, c), weight::WITHIN);
                }
            }
        }
    }

    let regions = Regions::new(&candidates, &counts);

    let mut picks: Vec<Option<usize>> = vec![None; found.keys.len()];
    let mut sure = vec![0.0f64; found.keys.len()];
    let mut anchors: Vec<usize> = Vec::new();
    let mut scores = Vec::new();
    for round in 0..ROUNDS {
        let before = picks.clone();
        for (key, list) in candidates.iter().enumerate() {
            scores.clear();
            for (c, candidate) in list.iter().enumerate() {
                let mut score = candidate.prior + said.get(&(key, c)).copied().unwrap_or(0.0);
                let (mut all, mut state, mut division, mut near) = (weight::DOUBT, 0.0, 0.0, 0.0);
                for &anchor in anchors.iter().filter(|a| **a != key) {
                    let Some(other) = before[anchor].map(|p| &candidates[anchor][p].place) else {
                        continue;
                    };
                    let weight = sure[anchor];
                    all += weight;
                    if other.country != candidate.place.country || other.country.is_empty() {
                        continue;
                    }
                    state += weight;
                    if other.kind != "country" && other.admin1 == candidate.place.admin1 {
                        division += weight;
                    }
                    if !matches!(other.kind, "country" | "admin1") {
                        near += weight * (-distance(other, &candidate.place) / weight::REACH).exp();
                    }
                }
                let (there, around) = regions.share(key, &candidate.place);
                score += weight::COMMON_DIVISION * there + weight::COMMON_STATE * around;
                score += weight::STATE * state / all + weight::DIVISION * division / all + weight::NEAR * near / all;
                scores.push(score);
            }
            let best = (0..list.len()).max_by(|a, b| {
                scores[*a]
                    .total_cmp(&scores[*b])
                    .then(list[*b].place.id.cmp(&list[*a].place.id))
            });
            picks[key] = best;
            let Some(best) = best else { continue };
            // How sure: its share among all candidates, by how often it is named.
            let rest: f64 = scores.iter().map(|s| ((s - scores[best]) / weight::WARMTH).exp()).sum();
            let weak = if found.keys[key].weak { 0.2 } else { 1.0 };
            sure[key] = weak * f64::from(counts[key] + 1).ln() / rest;
        }
        if round + 1 < ROUNDS {
            anchors = (0..found.keys.len()).filter(|k| picks[*k].is_some()).collect();
            anchors.sort_by(|a, b| sure[*b].total_cmp(&sure[*a]).then(a.cmp(b)));
            anchors.truncate(ANCHORS);
        }
    }
    let place = |name: &Name| -> Option<Place<'static>> {
        let list = &candidates[name.key];
        // What stands beside this one counts for more than what the name means elsewhere.
        if let Some(next) = name.within.map(|n| &found.names[n]).filter(|n| n.region.is_none())
            && let Some(there) = list
                .iter()
                .filter(|c| lies_in(c, &candidates[next.key]))
                .max_by(|a, b| a.prior.total_cmp(&b.prior).then(b.place.id.cmp(&a.place.id)))
            && picks[name.key].is_none_or(|p| !lies_in(&list[p], &candidates[next.key]))
        {
            return Some(there.place);
        }
        let pick = picks[name.key].map(|p| list[p].place)?;
        // "The Bolivian village of Sydney": a place of a state that the text does not speak of is another.
        let state = state_before(doc, name.units.start)
            .filter(|state| *state != pick.country && !told.contains_key(pick.country));
        let Some(state) = state else { return Some(pick) };
        let own = list.iter().filter(|c| c.place.country == state);
        own.max_by(|a, b| a.prior.total_cmp(&b.prior)).map(|c| c.place)
    };
    let names: Vec<_> = found
        .names
        .iter()
        .map(|name| if name.region.is_some() { None } else { place(name) })
        .collect();
    let near = found
        .names
        .iter()
        .zip(&names)
        .map(|(name, place)| {
            place.is_some_and(|place| {
                told.contains_key(place.country)
                    || anchors.iter().any(|&a| {
                        a != name.key && picks[a].is_some_and(|p| candidates[a][p].place.country == place.country)
                    })
            })
        })
        .collect();
    Picks { names, near }
}

/// Which divisions and states all names of the document could lie in, whatever each means. A name that only one
/// division has says much, one that thirty have says little.
struct Regions {
    divisions: FxHashMap<(&'static str, &'static str), f64>,
    states: FxHashMap<&'static str, f64>,
    /// Per name what it gives to each division and state of its bearers.
    gives: Vec<(f64, f64)>,
    all: (f64, f64),
}

impl Regions {
    fn new(candidates: &[Vec<Candidate>], counts: &[u32]) -> Regions {
        let mut out = Regions {
            divisions: FxHashMap::default(),
            states: FxHashMap::default(),
            gives: Vec::with_capacity(candidates.len()),
            all: (0.0, 0.0),
        };
        for (list, count) in candidates.iter().zip(counts) {
            let mut own: Vec<(&str, &str)> = list
                .iter()
                .filter(|c| !c.place.country.is_empty())
                .map(|c| (c.place.country, c.place.admin1))
                .collect();
            own.sort_unstable();
            own.dedup();
            let weight = f64::from(count + 1).ln();
            let fine = own.iter().filter(|(_, division)| !division.is_empty()).count().max(1);
            let coarse = own.chunk_by(|a, b| a.0 == b.0).count().max(1);
            let gives = (weight / fine as f64, weight / coarse as f64);
            for &(state, division) in own.iter().filter(|(_, division)| !division.is_empty()) {
                *out.divisions.entry((state, division)).or_default() += gives.0;
            }
            for of_one in own.chunk_by(|a, b| a.0 == b.0) {
                *out.states.entry(of_one[0].0).or_default() += gives.1;
            }
            out.gives.push(gives);
            out.all.0 += gives.0;
            out.all.1 += gives.1;
        }
        out
    }

    /// What part of the other names could lie in the division, and in the state, of a place.
    fn share(&self, key: usize, place: &Place<'static>) -> (f64, f64) {
        let own = self.gives[key];
        let division = self
            .divisions
            .get(&(place.country, place.admin1))
            .map_or(0.0, |d| d - own.0);
        let state = self.states.get(place.country).map_or(0.0, |s| s - own.1);
        (
            division.max(0.0) / (self.all.0 - own.0 + weight::DOUBT),
            state.max(0.0) / (self.all.1 - own.1 + weight::DOUBT),
        )
    }
}

/// Whether a candidate lies in a state or division that the name after it may mean.
fn lies_in(candidate: &Candidate, containers: &[Candidate]) -> bool {
    let place = &candidate.place;
    if place.kind == "country" {
        return false;
    }
    containers.iter().any(|c| {
        let of = &c.place;
        of.country == place.country
            && !of.country.is_empty()
            && match of.kind {
                "country" => true,
                "admin1" => of.admin1 == place.admin1 && place.kind != "admin1",
                "admin2" => of.admin1 == place.admin1 && place.kind == "city" && distance(of, place) < 80.0,
                _ => false,
            }
    })
}

/// The state whose adjective stands before the word for a kind of place that a name follows: "the Bolivian village of".
fn state_before(doc: &Doc<'_>, name: usize) -> Option<&'static str> {
    let first = doc.sents[doc.sent_of(name)].units.start;
    let of = name.checked_sub(1).filter(|&u| u > first && doc.has(u, POSS))?;
    let mut at = of;
    while at > first && of - at < 2 && doc.units[at - 1].class == PosClass::Noun {
        at -= 1;
    }
    let adjective = at.checked_sub(1).filter(|&u| at < of && u >= first)?;
    if doc.pack.head_first {
        return None;
    }
    doc.senses(adjective).find_map(|(sense, _)| match sense {
        Sense::Party { party, .. } => Some(doc.pack.parties[*party as usize].as_str()),
        _ => None,
    })
}

/// How often the document speaks of each state: by its name, its adjective, its people, its leaders.
fn countries(doc: &Doc<'_>) -> FxHashMap<&'static str, f64> {
    let mut out: FxHashMap<&'static str, f64> = FxHashMap::default();
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
            *out.entry(doc.pack.parties[party as usize].as_str()).or_default() += 1.0;
        }
    }
    out
}

/// Kilometres between two places, on a sphere.
fn distance(a: &Place<'_>, b: &Place<'_>) -> f64 {
    let (from, to) = (f64::from(a.lat).to_radians(), f64::from(b.lat).to_radians());
    let east = f64::from(b.lon - a.lon).to_radians();
    let half = ((to - from) / 2.0).sin().powi(2) + from.cos() * to.cos() * (east / 2.0).sin().powi(2);
    12_742.0 * half.sqrt().min(1.0).asin()
}
