//! Where and when events were, and who did what the clause leaves to the sentences before.

use super::places::finest;
use super::{Teller, Told};
use crate::bits::{FINITE, MATERIEL, ORG, PERSON};
use crate::claims::Draft;
use crate::clauses::View;
use crate::values::{PlaceHit, within};
use crate::who::{Context, Who};
use counterclaim_claims::{Act, Family, Sector};
use counterclaim_lexicon::{Func, Pos, Sense, Side, TimeClass};
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
        // "An air strike in Syria": in a land at war with itself that tells nobody whom it hits.
        let only_there = |place: &PlaceHit| {
            let before = place.units.start.wrapping_sub(1);
            place.kind == "country" && self.doc.is(before, Func::ToPlace) && !self.doc.is(before, Func::ToTarget)
        };
        let hit = told.place.iter().filter(|p| !only_there(p)).find_map(|place| {
            let state = place.side();
            // Whoever governs a land, its people are the state's, unless it is the state that strikes.
            let holder = self
                .holder(place, told.time.as_deref(), context)
                .filter(|h| by_somebody && (!h.authority || acts(state)) && !acts(h.party));
            match holder {
                Some(holder) if holder.party.is_empty() => Some((None, Some(holder.name))),
                Some(holder) => Some((Some(holder.party), None)),
                None if strikes && !named && !state.is_empty() => Some((Some(state), None)),
                None => None,
            }
        });
        if let Some((party, name)) = hit
            && !party.is_some_and(acts)
            && !name.is_some_and(|n| told.actor.iter().any(|a| a.name.as_deref() == Some(n)))
        {
            told.target = vec![Who {
                party: party.map(str::to_owned),
                name: name.map(str::to_owned),
                ..Who::default()
            }];
        }
    }

    /// "Shells had been fired at the town", says the state that is shelled: by whom it has fought before.
    pub(super) fn fired_upon(&self, told: &mut Told, sources: &[Who]) {
        let fired = matches!(
            told.act,
            Act::Shelling | Act::MissileStrike | Act::Airstrike | Act::DroneStrike
        );
        let [speaker] = sources else { return };
        let official = matches!(speaker.sector, Sector::Gov | Sector::Mil) && speaker.is_state();
        let own = |w: &Who| w.party == speaker.party;
        let hit = !told.target.is_empty() && told.target.iter().all(own);
        if fired && official && hit && told.actor.is_empty() && !told.negated && !self.doc.pack.head_first {
            let foe = speaker.party.as_deref().and_then(|p| self.story.foe(p));
            told.actor.extend(foe.map(|foe| Who {
                party: Some(foe),
                ..Who::default()
            }));
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

    /// "In the battle for Kidal, the army said, 20 rebels were killed": what stands before whoever speaks tells where and when,
    /// if it tells of a deed; so does a date before "were reported to", where nobody speaks.
    pub(super) fn lead(&self, draft: &Draft, view: &View<'_, '_>, out: &mut [Told]) {
        let Some((s, a)) = draft.made_by.filter(|(s, _)| *s == draft.sent) else {
            return;
        };
        let attribution = &self.found.attributions[s][a];
        let lead = self.found.starts[s]..attribution.span.start.min(draft.units.start);
        let told = view
            .phrases
            .vgs
            .iter()
            .any(|v| v.bits & FINITE != 0 && lead.contains(&v.units.start));
        if lead.is_empty() || told {
            return;
        }
        let deed = lead.clone().any(|u| {
            let act = self.doc.act(u).filter(|a| a.pos == Pos::Noun);
            act.is_some_and(|a| matches!(a.act.family(), Family::Strike | Family::Battle))
        });
        let nobody = attribution.source.is_none() && !attribution.inherits && !attribution.shows;
        if !deed && !nobody {
            return;
        }
        let time = within(self.values.times, lead.clone())
            .iter()
            .find_map(|t| t.edtf.clone());
        let places = if deed { self.places_of(&lead) } else { Vec::new() };
        for told in out {
            if told.time.is_none() {
                told.time.clone_from(&time);
            }
            if told.place.is_empty() {
                told.place.clone_from(&places);
            }
        }
    }

    /// The word of a clause for the time since.
    pub(super) fn since(&self, bounds: &Range<usize>) -> Option<usize> {
        let since = |s: &Sense| matches!(s, Sense::Time(t) if t.class == TimeClass::Prep && t.value == "since");
        bounds.clone().find(|&u| self.doc.senses(u).any(|(s, _)| since(s)))
    }

    /// "Since the war began", "kể từ khi xung đột bùng phát": the first day of the war that goes on, and since.
    pub(super) fn since_the_war(&self, bounds: &Range<usize>, context: &Context, out: &mut [Told]) {
        let doc = self.doc;
        let Some(at) = self.since(bounds) else {
            return;
        };
        let clause = at + 1..bounds.end.min(at + 9);
        let war = |u: usize| {
            doc.act(u)
                .is_some_and(|a| matches!(a.act, Act::Clash | Act::GroundAssault))
        };
        let town = within(self.values.places, clause.clone())
            .iter()
            .any(|p| p.kind != "country");
        if town || !within(self.values.times, clause.clone()).is_empty() || !clause.clone().any(war) {
            return;
        }
        let Some(day) = doc.published.map(|d| d.to_string()) else {
            return;
        };
        let spoken = |party: &str| context.parties.iter().any(|p| p == party);
        if let Some(war) = counterclaim_packs::wars().at(&day, spoken) {
            let alone = out.len() == 1;
            for told in out.iter_mut().filter(|t| t.time.is_none() && (alone || t.at < at)) {
                told.time = Some(format!("{}/..", war.from));
            }
        }
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
            // "Khartoum nã pháo", "quân ở Gao": who somebody is, or where he is of, is not where he strikes.
            let doer = |p: &PlaceHit| told.actor.iter().any(|a| a.units.contains(&p.units.start));
            if self.doc.pack.head_first {
                let elsewhere = told.place.iter().any(|p| !doer(p));
                let seat = |p: &PlaceHit| p.kind == "capital" || elsewhere;
                told.place.retain(|p| !(doer(p) && seat(p)));
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
