//! Where and when events were, and who did what the clause leaves to the sentences before.

use super::places::finest;
use super::{Teller, Told};
use crate::bits::{MATERIEL, ORG, PERSON};
use crate::values::{PlaceHit, within};
use crate::who::{Context, Who};
use counterclaim_claims::{Act, Family, Sector};
use counterclaim_lexicon::{Func, Side};
use std::ops::Range;

impl Teller<'_, '_> {
    /// A strike on a place strikes those whose place it is; who takes a place takes it from those who hold it.
    pub(super) fn whom_it_hits(&self, told: &mut Told, context: &Context) {
        let strikes = told.act.family() == Family::Strike;
        if !strikes && !matches!(told.act, Act::CaptureTerritory | Act::GroundAssault) {
            return;
        }
        // "Bombed Mosul": the town's state is not whom it hits, where others held it.
        let is_the_place = |w: &Who| {
            let towns = told.place.iter().filter(|p| p.kind != "country");
            w.units.clone().all(|u| !self.doc.has(u, ORG | PERSON | MATERIEL))
                && towns
                    .clone()
                    .any(|p| w.party.as_deref() == Some(p.side()) && w.units.contains(&p.units.start))
        };
        let named = !told.target.is_empty();
        if named && !told.target.iter().all(is_the_place) {
            return;
        }
        let acts = |party: &str| told.actor.iter().any(|a| a.party.as_deref() == Some(party));
        let by_somebody = told.actor.iter().any(Who::known);
        let hit = told.place.iter().find_map(|place| {
            let state = place.side();
            // Whoever governs a land, its people are the state's, unless it is the state that strikes.
            let holder = self
                .holder(place, told.time.as_deref(), context)
                .filter(|h| by_somebody && (!h.authority || acts(state)));
            match holder {
                Some(holder) if holder.party.is_empty() => Some((None, Some(holder.name))),
                Some(holder) => Some((Some(holder.party), None)),
                None if strikes && !named && !state.is_empty() => Some((Some(state), None)),
                None => None,
            }
        });
        if let Some((party, name)) = hit
            && !party.is_some_and(acts)
        {
            told.target = vec![Who {
                party: party.map(str::to_owned),
                name: name.map(str::to_owned),
                ..Who::default()
            }];
        }
    }

    /// Who held a place at a time, by default at that of writing.
    fn holder(&self, place: &PlaceHit, when: Option<&str>, context: &Context) -> Option<&'static Side> {
        let written = self.doc.published.map(|d| d.to_string());
        let when = when.filter(|w| w.starts_with(|c: char| c.is_ascii_digit()));
        place.holder(when.or(written.as_deref()), |party| {
            context.parties.iter().any(|p| p == party)
        })
    }

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
