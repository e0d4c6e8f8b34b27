//! Where and when events were, and who did what the clause leaves to the sentences before.

use super::{Teller, Told};
use crate::bits::*;
use crate::values::{PlaceHit, within};
use crate::who::Who;
use counterclaim_claims::{Act, Family};
use counterclaim_lexicon::{Func, Pos};
use std::ops::Range;

/// A strike on a place strikes those whose place it is.
pub(super) fn whom_a_strike_strikes(told: &mut Told) {
    if told.target.is_empty()
        && told.act.family() == Family::Strike
        && let Some(side) = told.place.iter().map(PlaceHit::side).find(|side| !side.is_empty())
        && !told.actor.iter().any(|a| a.party.as_deref() == Some(side))
    {
        told.target.push(Who {
            party: Some(side.to_owned()),
            ..Who::default()
        });
    }
}

impl Teller<'_, '_> {
    /// Whether a country's name says where, not who.
    fn located(&self, place: &PlaceHit, bounds: &Range<usize>) -> bool {
        let doc = self.doc;
        if place.units.start <= bounds.start {
            return false;
        }
        let mut before = place.units.start - 1;
        // "trên lãnh thổ Syria", "inside the territory of Syria"
        while before > bounds.start && (doc.is(before, Func::PlaceNoun) || doc.has(before, DET)) {
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
        let from = doc.is(before, Func::ToActor) || doc.is(before, Func::ToSource) || doc.is(before, Func::ToWith);
        if before + 1 < place.units.start {
            return doc.has(before, ADP | POSS) || doc.is(before, Func::ToPlace) || doc.act(before).is_some();
        }
        !from
            && !doc.has(before, POSS | AGENT | CUE_P)
            && (doc.has(before, ADP) || doc.is(before, Func::ToPlace) || doc.is(before, Func::ToTarget))
    }

    /// The place told before that words of the clause point to: "there", "the town", "tại đây", "khu vực này".
    fn pointed_at(&self, bounds: &Range<usize>) -> Option<&PlaceHit> {
        let doc = self.doc;
        let word = bounds.clone().find(|&u| {
            if doc.is(u, Func::There) {
                return true;
            }
            if !doc.is(u, Func::PlaceNoun) || u == 0 {
                return false;
            }
            let named = doc.has(u + 1, POSS | PROPN | PLACE) || doc.has(u - 1, PROPN | ADJ);
            let definite = if doc.pack.head_first {
                doc.has(u + 1, DET_THIS)
            } else {
                doc.has(u - 1, DET | DET_THIS) && !doc.has(u - 1, NUMBER)
            };
            definite && !named
        })?;
        let told = self.values.places.partition_point(|p| p.units.start < word);
        let before = self.values.places[..told].iter().rev().take(12).filter(|p| p.literal);
        before
            .clone()
            .find(|p| p.kind != "country")
            .or_else(|| before.clone().next())
    }

    /// Places and times of the clause go to the nearest event.
    pub(super) fn where_and_when(&self, bounds: &Range<usize>, out: &mut [Told]) {
        let doc = self.doc;
        let mut places: Vec<&PlaceHit> = within(self.values.places, bounds.clone())
            .iter()
            .filter(|p| p.literal)
            .collect();
        // "in Ganja, in Azerbaijan": the finest only.
        let fine = places.iter().any(|p| p.kind != "country");
        let mut accepted: Option<usize> = None;
        places.retain(|p| {
            let joined = p.units.start > 0
                && doc.has(p.units.start - 1, CC | COMMA)
                && accepted.is_some_and(|end| end + 3 > p.units.start);
            let keep = p.kind != "country" || !fine && (joined || self.located(p, bounds));
            if keep {
                accepted = Some(p.units.end);
            }
            keep
        });
        let pointed = if places.is_empty() {
            self.pointed_at(bounds)
        } else {
            None
        };
        places.extend(pointed);
        for place in places {
            let Some(event) = out.iter_mut().min_by_key(|t| {
                let distance = place.units.start.abs_diff(t.at);
                // A place belongs to what stands before it.
                if place.units.start < t.at {
                    distance * 2
                } else {
                    distance
                }
            }) else {
                continue;
            };
            if !event.place.iter().any(|p| p.name == place.name) {
                event.place.push(place.clone());
            }
        }
        if out.len() > 1 {
            // Coordinated acts share the place that stands after the last of them.
            let shared: Vec<PlaceHit> = out.iter().flat_map(|t| t.place.clone()).collect();
            if let [place] = shared.as_slice() {
                for told in out
                    .iter_mut()
                    .filter(|t| t.place.is_empty() && t.act.family() != Family::Talks)
                {
                    told.place.push(place.clone());
                }
            }
        }
        for told in out.iter_mut() {
            // "Struck Syria": a state that is struck is also where.
            if told.place.is_empty() && told.act.family() == Family::Strike {
                let struck = told.target.iter().filter(|w| !w.units.is_empty() && w.person.is_none());
                let land = struck
                    .flat_map(|w| within(self.values.places, w.units.clone()))
                    .find(|p| p.kind == "country" && !told.actor.iter().any(|a| a.party.as_deref() == Some(p.country)));
                told.place.extend(land.cloned());
            }
            // Of several places the finest.
            if told.place.len() > 1 {
                let towns: Vec<PlaceHit> = told
                    .place
                    .iter()
                    .filter(|p| !matches!(p.kind, "country" | "admin1" | "region"))
                    .cloned()
                    .collect();
                if !towns.is_empty() {
                    told.place = towns;
                }
            }
        }
        let times = within(self.values.times, bounds.clone());
        for time in times {
            let Some(edtf) = &time.edtf else { continue };
            if let Some(event) = out
                .iter_mut()
                .filter(|t| t.time.is_none())
                .min_by_key(|t| time.outer.start.abs_diff(t.at))
            {
                event.time = Some(edtf.clone());
            }
        }
    }
}
