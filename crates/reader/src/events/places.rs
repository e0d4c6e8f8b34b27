//! Which places of a clause say where something was: not who, not how far from there, the finest of them; and those told
//! before that its words point to.

use super::Teller;
use crate::bits::*;
use crate::values::{PlaceHit, at, ends_with_a_place_word, owns, within};
use counterclaim_claims::{Act, Materiel};
use counterclaim_lexicon::{ActSense, Beside, Frame, Func, OrgKind, Pos, Sense};
use std::ops::Range;

/// How many places back a word may point.
const REACH: usize = 12;
/// How many words back a state may be named that a word points to.
const LAND_REACH: usize = 200;
/// The most words before a name that tell a part of what it names.
const PART: usize = 4;
/// Kilometres in which a town lies in a region of which only a point is known.
const REGION: f64 = 300.0;
/// And the same of a sea, a river, a range.
const WATER: f64 = 2500.0;

/// Of several places the finest: what another of them lies in adds nothing.
pub(super) fn finest(places: &mut Vec<PlaceHit>) {
    if places.len() < 2 {
        return;
    }
    let all = places.clone();
    places.retain(|p| !is_wide(p) || !all.iter().any(|fine| rank(fine) < rank(p) && holds(p, fine)));
}

/// How wide a kind of place is.
fn rank(place: &PlaceHit) -> u8 {
    match place.kind {
        "continent" | "bloc" | "ocean" => 5,
        "country" => 4,
        "sea" | "river" | "mountains" | "desert" => 3,
        "region" | "territory" | "disputed" | "defacto" => 2,
        "admin1" => 1,
        _ => 0,
    }
}

fn is_wide(place: &PlaceHit) -> bool {
    rank(place) > 0
}

/// Whether a wide place may hold a finer one.
fn holds(wide: &PlaceHit, fine: &PlaceHit) -> bool {
    let one_state = wide.country == fine.country;
    match wide.kind {
        "country" => one_state,
        "continent" | "bloc" | "ocean" => true,
        "admin1" => one_state && wide.admin1 == fine.admin1,
        "sea" | "river" | "mountains" | "desert" => apart(wide, fine) < WATER,
        _ => (one_state || wide.country.is_empty() || fine.country.is_empty()) && apart(wide, fine) < REGION,
    }
}

/// Kilometres between two places, near enough for places that are near.
fn apart(a: &PlaceHit, b: &PlaceHit) -> f64 {
    let (north, east) = (a.lat - b.lat, (a.lon - b.lon) * a.lat.to_radians().cos());
    111.2 * north.hypot(east)
}

impl Teller<'_, '_> {
    /// The places that a clause tells, in text order; where it tells none, the one that its words point to.
    pub(super) fn places_of(&self, bounds: &Range<usize>) -> Vec<PlaceHit> {
        let mut places: Vec<PlaceHit> = Vec::new();
        let mut accepted: Option<usize> = None;
        let told = within(self.values.places, bounds.clone());
        for place in told {
            if let Some(part) = self.part_of(place) {
                places.push(part);
            } else if place.kind != "country" {
                if !place.literal || self.belongs_to_somebody(place) || self.comes_from(place) {
                    continue;
                }
                places.push(place.clone());
            } else {
                // "In Ganja, in Azerbaijan": the finest only.
                let finer = || {
                    told.iter()
                        .any(|p| p.literal && p.kind != "country" && p.country == place.country)
                };
                let joined = place.units.start > 0
                    && self.doc.has(place.units.start - 1, CC | COMMA)
                    && accepted.is_some_and(|end| end + 3 > place.units.start)
                    && (place.literal || self.doc.has(place.units.end, PUNCT) || place.units.end >= bounds.end);
                let there =
                    joined || place.literal && self.located(place, bounds) || self.is_entered_or_hit(place, bounds);
                if !there || finer() {
                    continue;
                }
                places.push(place.clone());
            }
            accepted = Some(place.units.end);
        }
        if places.len() > 1 {
            self.drop_bearings(&mut places);
        }
        if places.iter().all(|p| p.kind == "country")
            && let Some(meant) = self.pointed_at(bounds)
        {
            places.retain(|p| !holds(p, &meant));
            places.push(meant);
        }
        if places.is_empty() {
            places.extend(self.compass(bounds).or_else(|| self.lands(bounds)));
        }
        places
    }

    /// Whether a country's name says where, not who.
    fn located(&self, place: &PlaceHit, bounds: &Range<usize>) -> bool {
        let doc = self.doc;
        if place.units.start <= bounds.start {
            return false;
        }
        let mut before = place.units.start - 1;
        // "trên lãnh thổ của Syria", "inside the territory of Syria"
        while before > bounds.start
            && (doc.is(before, Func::PlaceNoun)
                || doc.has(before, DET)
                || doc.has(before, POSS) && doc.is(before - 1, Func::PlaceNoun))
        {
            before -= 1;
        }
        // "Cuộc nội chiến Syria"
        if doc.pack.head_first
            && doc
                .act(before)
                .is_some_and(|a| a.act == Act::Clash && a.pos == Pos::Noun)
        {
            return true;
        }
        if doc.is(before, Func::ToBetween) || doc.has(before, SUB | CAUSE) && !doc.is(before, Func::ToPlace) {
            return false;
        }
        // "Nơi Nga kiểm soát", "khu vực do Nga chiếm": who holds it.
        let holds = |a: &ActSense| a.act == Act::Control && a.pos == Pos::Verb;
        if doc.pack.head_first && doc.act(place.units.end).is_some_and(holds) {
            return false;
        }
        if before + 1 < place.units.start {
            return doc.has(before, ADP | POSS) || doc.is(before, Func::ToPlace) || doc.act(before).is_some();
        }
        // "In Iran's offensive": the doer's.
        if owns(doc, place.units.end) {
            return doc.act(place.units.end + 1).is_some_and(|a| a.act == Act::Clash);
        }
        let from = [Func::ToActor, Func::ToSource, Func::ToWith]
            .iter()
            .any(|f| doc.is(before, *f));
        !from
            && !doc.has(before, POSS | AGENT | CUE_P)
            && (doc.has(before, ADP) || doc.is(before, Func::ToPlace) || doc.is(before, Func::ToTarget))
    }

    /// "Left Syria", "tiến vào Syria", "Mali has suffered two coups".
    fn is_entered_or_hit(&self, place: &PlaceHit, bounds: &Range<usize>) -> bool {
        let doc = self.doc;
        let (before, mut after) = (place.units.start.wrapping_sub(1), place.units.end);
        while after < place.units.end + 3 && doc.has(after, AUX | ADV) && !doc.is(after, Func::LightUndergo) {
            after += 1;
        }
        if doc.is(after, Func::LightUndergo) && after < bounds.end {
            return true;
        }
        let leaves = |a: &ActSense| {
            a.pos == Pos::Verb && (matches!(a.frame, Frame::Leave | Frame::Take) || a.act == Act::Displacement)
        };
        place.units.start > bounds.start
            && !owns(doc, place.units.end)
            && (ends_with_a_place_word(doc, before) || doc.act(before).is_some_and(leaves))
    }

    /// "Mercenaries from the Middle East": where they are from is not where they are.
    fn comes_from(&self, place: &PlaceHit) -> bool {
        rank(place) >= 2
            && place.units.start.checked_sub(1).is_some_and(|u| {
                let whose = self.doc.has(u, POSS) && !self.doc.is(u, Func::ToPlace);
                self.doc.is(u, Func::ToSource) && !self.doc.has(u, VERB) && !whose
            })
    }

    /// "Northern Chad", "the south of Chad", "the Damascus suburbs": the part of a place that the words around its name tell.
    fn part_of(&self, place: &PlaceHit) -> Option<PlaceHit> {
        let doc = self.doc;
        let sent = &doc.sents[doc.sent_of(place.units.start)].units;
        let before = sent.start.max(place.units.start.saturating_sub(PART))..place.units.start;
        let after = place.units.end;
        let here = |part: PlaceHit| PlaceHit {
            units: place.units.clone(),
            span: place.span,
            ..part
        };
        if is_wide(place)
            && let Some(part) = self.part_with(before, place.span.of(doc.text))
        {
            return Some(here(part));
        }
        if doc.pack.head_first || after >= sent.end || !doc.has(after, NOUN) {
            return None;
        }
        let part = doc.gazetteer.named(doc.words(&(place.units.start..after + 1)));
        let part = part.iter().find(|b| !b.adjective)?;
        Some(here(PlaceHit::new(
            &doc.gazetteer.place(part.place),
            place.units.clone(),
            place.span,
            true,
        )))
    }

    /// The part of a land that some of the words before its name tell, the most of them first.
    fn part_with(&self, before: Range<usize>, land: &str) -> Option<PlaceHit> {
        let doc = self.doc;
        let end = before.end;
        let mut name = String::new();
        before.clone().find_map(|from| {
            if (from..end).any(|u| doc.has(u, PUNCT)) {
                return None;
            }
            name.clear();
            name.extend([doc.words(&(from..end)), " ", land]);
            let part = doc.gazetteer.named(&name).iter().find(|b| !b.adjective)?;
            let place = doc.gazetteer.place(part.place);
            Some(PlaceHit::new(&place, from..end, doc.span(&(from..end)), true))
        })
    }

    /// "In the south", "ở miền nam": a part by compass of the land named last.
    fn compass(&self, bounds: &Range<usize>) -> Option<PlaceHit> {
        let doc = self.doc;
        let at = bounds.clone().find(|&u| {
            doc.pack.head_first
                && doc.is(u, Func::ToPlace)
                && (u + 1..u + 4).any(|v| v < bounds.end && doc.is(v, Func::Compass))
        })?;
        let end = (at + 1..at + 4).rfind(|&v| v < bounds.end && doc.is(v, Func::Compass))? + 1;
        if end < bounds.end && doc.has(end, POSS | NOUN | PROPN | PARTY | ORG | ADJ) && !doc.is(end, Func::ToPlace) {
            return None;
        }
        let first = doc.sents[doc.sent_of(at)].units.start;
        let (_, land) = self.land_before(at).filter(|(u, _)| *u >= first)?;
        self.part_of_land(at + 1..end, &land)
    }

    /// The part that words tell of a land told before them.
    fn part_of_land(&self, words: Range<usize>, land: &PlaceHit) -> Option<PlaceHit> {
        self.part_with(words.clone(), land.span.of(self.doc.text))
            .or_else(|| self.part_with(words, land.name))
    }

    /// "Idlib residents", "thị trưởng Mariupol": the place tells whose they are.
    fn belongs_to_somebody(&self, place: &PlaceHit) -> bool {
        let doc = self.doc;
        let first = doc.sents[doc.sent_of(place.units.start)].units.start;
        let somebody = |u: usize| {
            let org = |s: &Sense| matches!(s, Sense::Org(org) if org.kind != OrgKind::Place);
            doc.senses(u).any(|(s, _)| org(s)) && !self.stands_somewhere(u)
        };
        if doc.pack.head_first {
            let Some(before) = place.units.start.checked_sub(1).filter(|u| *u >= first) else {
                return false;
            };
            let owner = if doc.has(before, POSS) && before > first {
                before - 1
            } else {
                before
            };
            return somebody(owner) && !doc.is(owner, Func::PlaceNoun);
        }
        let mut next = place.units.end;
        if owns(doc, next) {
            next += 1;
        }
        while doc.has(next, ADJ) && !doc.has(next, ORG | PERSON | PUNCT) && next < place.units.end + 3 {
            next += 1;
        }
        somebody(next) && !(next + 1..next + 3).any(|u| self.stands_somewhere(u) || doc.is(u, Func::PlaceNoun))
    }

    /// Whether a word names what stands at a place: a headquarters, a building, a position.
    fn stands_somewhere(&self, u: usize) -> bool {
        use Materiel::{Base, CivilianObject, CommandPost, Depot, Fortification, Infrastructure};
        self.doc.senses(u).any(|(s, _)| match s {
            Sense::Org(org) => org.kind == OrgKind::Place,
            Sense::Materiel { class, .. } => matches!(
                class,
                Base | CivilianObject | CommandPost | Depot | Fortification | Infrastructure
            ),
            _ => false,
        })
    }

    /// "On a peak 340 km north of Baghdad", "ở X, gần Y": how far and which way from somewhere is not there, where the place
    /// itself is told.
    fn drop_bearings(&self, places: &mut Vec<PlaceHit>) {
        if places.iter().any(|p| !self.is_bearing(p)) {
            places.retain(|p| !self.is_bearing(p));
        }
    }

    fn is_bearing(&self, place: &PlaceHit) -> bool {
        let doc = self.doc;
        let far = |u: usize| {
            doc.is(u, Func::Measure) && doc.has(u.saturating_sub(1), NUMBER | NUM) || doc.is(u, Func::Bearing)
        };
        (place.units.start.saturating_sub(6)..place.units.start)
            .rev()
            .take_while(|u| !doc.has(*u, VERB | COMMA))
            .any(far)
    }

    /// The place told before that words of the clause point to: "there", "the town", "tại đây", "khu vực này", "nước này".
    fn pointed_at(&self, bounds: &Range<usize>) -> Option<PlaceHit> {
        bounds.clone().find_map(|u| {
            if let Some(part) = self.held_part(u, bounds) {
                Some(part)
            } else if self.doc.is(u, Func::There) || self.stands_for_a_place(u, bounds) {
                self.told_before(u, |_| true)
            } else if self.doc.is(u, Func::Land) {
                self.land_pointed_at(u, bounds)
            } else if self.is_definite(u, bounds) {
                self.of_the_noun(u)
            } else {
                None
            }
        })
    }

    /// "Khu vực do Pakistan kiểm soát": the part of a disputed land that one side holds.
    fn held_part(&self, noun: usize, bounds: &Range<usize>) -> Option<PlaceHit> {
        let doc = self.doc;
        let end = noun + 4;
        let held = doc.pack.head_first
            && end <= bounds.end
            && doc.is(noun, Func::PlaceNoun)
            && doc.has(noun + 2, PARTY)
            && doc.act(noun + 3).is_some_and(|a| a.act == Act::Control);
        if !held {
            return None;
        }
        let told = self.values.places.partition_point(|p| p.units.start < noun);
        let land = self.values.places[..told].iter().rev().find(|p| p.kind == "disputed")?;
        let name = format!("{} {}", land.name, doc.words(&(noun + 1..end)));
        let part = doc.gazetteer.named(&name).iter().find(|b| !b.adjective)?;
        Some(PlaceHit::new(
            &doc.gazetteer.place(part.place),
            noun..end,
            doc.span(&(noun..end)),
            true,
        ))
    }

    /// "Đóng tại đó": a bare pronoun after a preposition of place.
    fn stands_for_a_place(&self, u: usize, bounds: &Range<usize>) -> bool {
        let doc = self.doc;
        doc.pack.head_first
            && u > bounds.start
            && (doc.is(u, Func::PronIt) || doc.is(u, Func::DetThis))
            && (doc.is(u - 1, Func::ToPlace) || ends_with_a_place_word(doc, u - 1))
    }

    /// The last place told before a word, one that fits before others.
    fn told_before(&self, word: usize, fits: impl Fn(&PlaceHit) -> bool) -> Option<PlaceHit> {
        let told = self.values.places.partition_point(|p| p.units.start < word);
        let before = || {
            let told = self.values.places[..told].iter().rev().take(REACH);
            told.filter(|p| p.literal && !self.is_bearing(p))
        };
        let fine = || before().filter(|p| p.kind != "country");
        let told = fine()
            .find(|p| fits(p))
            .or_else(|| fine().next())
            .or_else(|| before().next())?;
        Some(self.part_of(told).unwrap_or_else(|| told.clone()))
    }

    /// The place that a noun means: a town, a province, an airport.
    fn of_the_noun(&self, noun: usize) -> Option<PlaceHit> {
        let class = self.doc.pack.beside(self.doc.words(&(noun..noun + 1)));
        let town = |p: &PlaceHit| matches!(p.kind, "city" | "capital" | "town" | "village" | "camp");
        let division = |p: &PlaceHit| {
            matches!(
                p.kind,
                "admin1" | "admin2" | "region" | "disputed" | "territory" | "defacto"
            )
        };
        self.told_before(noun, |p| {
            !class.has(Beside::TOWN.or(Beside::DIVISION))
                || class.has(Beside::TOWN) && town(p)
                || class.has(Beside::DIVISION) && division(p)
        })
    }

    /// Whether a noun for a place stands without a name and with a word that points back: "the town", "khu vực này"; after a
    /// preposition of place a building does as well: "inside the house".
    fn is_definite(&self, u: usize, bounds: &Range<usize>) -> bool {
        let doc = self.doc;
        let place_noun = doc.is(u, Func::PlaceNoun);
        if u == 0 || !place_noun && !self.is_building(u) {
            return false;
        }
        if doc.has(u + 1, POSS | PROPN | PARTY) || doc.has(u - 1, PROPN) || at(self.values.places, u + 1).is_some() {
            return false;
        }
        let placed_by = |u: usize| u >= bounds.start && doc.is(u, Func::ToPlace);
        if doc.pack.head_first {
            let classifier = usize::from(u > bounds.start && doc.is(u - 1, Func::Classifier));
            let placed =
                u > bounds.start && (placed_by(u - 1 - classifier) || ends_with_a_place_word(doc, u - 1 - classifier));
            let bare = u + 1 >= bounds.end
                || doc.has(u + 1, PUNCT | CC | SUB | AUX | PASSIVE_WORD)
                || doc.is(u + 1, Func::ToPlace);
            // "Tấn công vào bệnh viện" strikes it; "nổ trong bệnh viện" is there.
            let before = u.saturating_sub(1 + classifier);
            let aimed = placed && (!doc.is(before, Func::ToPlace) || doc.is(before, Func::ToTarget));
            return doc.has(u + 1, DET_THIS) && (place_noun || placed) || bare && placed && (place_noun || !aimed);
        }
        let described = u - usize::from(doc.has(u - 1, ADJ) && !doc.has(u - 1, PARTY));
        let definite = described > 0
            && doc.has(described - 1, DET | DET_THIS)
            && !doc.has(described - 1, NUMBER)
            && !doc.is(described - 1, Func::Single);
        let placed = || described > 1 && placed_by(described - 2);
        definite && !doc.has(u - 1, ORG | PARTY) && (place_noun || placed())
    }

    fn is_building(&self, u: usize) -> bool {
        self.doc.senses(u).any(|(s, _)| {
            matches!(
                s,
                Sense::Materiel {
                    class: Materiel::CivilianObject | Materiel::Infrastructure | Materiel::Base,
                    ..
                }
            )
        })
    }

    /// "In the country", "miền nam nước này": the state named last, or the part of it.
    fn land_pointed_at(&self, noun: usize, bounds: &Range<usize>) -> Option<PlaceHit> {
        let doc = self.doc;
        let definite = doc.pack.head_first || doc.has(noun.checked_sub(1)?, DET | DET_THIS);
        if !definite || doc.has(noun + 1, POSS) {
            return None;
        }
        let (_, land) = self.land_meant(noun, bounds)?;
        let first = noun - usize::from(!doc.pack.head_first);
        let before = bounds.start.max(first.saturating_sub(PART))..first;
        if let Some(part) = self.part_of_land(before, &land) {
            return Some(part);
        }
        let mut at = first;
        while at > bounds.start && (doc.is(at - 1, Func::PlaceNoun) || doc.has(at - 1, POSS | ADJ | DET)) {
            at -= 1;
        }
        let placed = at > bounds.start && (doc.is(at - 1, Func::ToPlace) || ends_with_a_place_word(doc, at - 1));
        placed.then(|| PlaceHit {
            units: noun..noun + 1,
            span: doc.units[noun].span,
            ..land
        })
    }

    /// The state that a word for a land stands for: the one named last, unless that is who does what is told there and somebody
    /// else tells it: "Jordan cáo buộc quân đội Syria pháo kích lãnh thổ nước này".
    fn land_meant(&self, word: usize, bounds: &Range<usize>) -> Option<(usize, PlaceHit)> {
        let doc = self.doc;
        let (at, last) = self.land_before(word)?;
        let opens = bounds.contains(&at) && !(bounds.start..at).any(|u| doc.has(u, VERB));
        let teller = self
            .land_before(bounds.start)
            .filter(|(u, land)| opens && doc.sent_of(*u) == doc.sent_of(at) && land.country != last.country);
        let deed = (at..word).any(|u| {
            doc.act(u)
                .is_some_and(|a| a.act.family() == counterclaim_claims::Family::Strike)
        });
        teller.filter(|_| deed).or(Some((at, last)))
    }

    /// The state that is named last before a word, by itself, its people or its army, and the unit that names it.
    pub(super) fn land_before(&self, word: usize) -> Option<(usize, PlaceHit)> {
        let doc = self.doc;
        (word.saturating_sub(LAND_REACH)..word).rev().find_map(|u| {
            doc.senses(u).find_map(|(s, _)| match s {
                Sense::Party { party, .. } | Sense::Named { party: Some(party), .. } => {
                    let state = doc.gazetteer.country(&doc.pack.parties[*party as usize])?;
                    let place = doc.gazetteer.place(state);
                    Some((u, PlaceHit::new(&place, u..u + 1, doc.units[u].span, true)))
                }
                _ => None,
            })
        })
    }

    /// "Syrian territory", "Iraqi airspace": the state of an adjective before a noun for a place.
    fn lands(&self, bounds: &Range<usize>) -> Option<PlaceHit> {
        let doc = self.doc;
        if doc.pack.head_first {
            return None;
        }
        bounds.clone().find_map(|u| {
            if !doc.is(u + 1, Func::PlaceNoun) || u + 1 >= bounds.end {
                return None;
            }
            let code = doc.senses(u).find_map(|(s, _)| match s {
                Sense::Party { party, .. } => Some(doc.pack.parties[*party as usize].as_str()),
                _ => None,
            })?;
            let state = doc.gazetteer.place(doc.gazetteer.country(code)?);
            Some(PlaceHit::new(&state, u..u + 1, doc.units[u].span, true))
        })
    }
}
