//! Where and when events were, and who did what the clause leaves to the sentences before.

use super::places::finest;
use super::{Teller, Told};
use crate::bits::PERSON;
use crate::values::{PlaceHit, within};
use crate::who::Who;
use counterclaim_claims::{Family, Sector};
use counterclaim_lexicon::Func;
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
    /// Places and times of the clause go to the nearest event.
    pub(super) fn where_and_when(&self, bounds: &Range<usize>, out: &mut [Told]) {
        let places = self.places_of(bounds);
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
                event.place.push(place);
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
                // Whose soldiers are struck does not tell where.
                let soldiers = |w: &Who| w.sector == Sector::Mil && w.units.clone().any(|u| self.doc.has(u, PERSON));
                let struck = told
                    .target
                    .iter()
                    .filter(|w| !w.units.is_empty() && w.person.is_none() && !soldiers(w));
                let land = struck
                    .flat_map(|w| within(self.values.places, w.units.clone()))
                    .filter(|p| {
                        !p.units
                            .start
                            .checked_sub(1)
                            .is_some_and(|u| self.doc.is(u, Func::ToSource))
                    })
                    .find(|p| p.kind == "country" && !told.actor.iter().any(|a| a.party.as_deref() == Some(p.country)));
                told.place.extend(land.cloned());
            }
            finest(&mut told.place);
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
