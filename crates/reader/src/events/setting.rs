//! Where and when events were, and who did what the clause leaves to the sentences before.

use super::{Teller, Told};
use crate::bits::*;
use crate::values::{PlaceHit, within};
use crate::who::Who;
use counterclaim_claims::Family;
use counterclaim_lexicon::Func;
use std::ops::Range;

/// A strike on a place strikes those whose place it is.
pub(super) fn whom_a_strike_strikes(told: &mut Told) {
    if told.target.is_empty()
        && told.act.family() == Family::Strike
        && let Some(country) = told.place.iter().map(|p| p.country.clone()).find(|c| !c.is_empty())
        && !told.actor.iter().any(|a| a.party.as_deref() == Some(&country))
    {
        told.target.push(Who {
            party: Some(country),
            ..Who::default()
        });
    }
}

impl Teller<'_, '_> {
    /// Places and times of the clause go to the nearest event.
    pub(super) fn where_and_when(&self, bounds: &Range<usize>, out: &mut [Told]) {
        let doc = self.doc;
        let mut places: Vec<&PlaceHit> = within(self.values.places, bounds.clone())
            .iter()
            .filter(|p| p.literal)
            .collect();
        // "in Ganja, in Azerbaijan": the finest only.
        let fine: Vec<&PlaceHit> = places.iter().copied().filter(|p| p.kind != "country").collect();
        let located = |p: &PlaceHit| {
            p.units.start > bounds.start && {
                let before = p.units.start - 1;
                doc.has(before, ADP) && !doc.has(before, POSS | AGENT | CUE_P)
                    || doc.is(before, Func::ToPlace)
                    || doc.is(before, Func::ToTarget)
            }
        };
        places.retain(|p| p.kind != "country" || fine.is_empty() && located(p));
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
            // Of several places the finest.
            if told.place.len() > 1 {
                let towns: Vec<PlaceHit> = told
                    .place
                    .iter()
                    .filter(|p| !matches!(p.kind.as_str(), "country" | "admin1" | "region"))
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
