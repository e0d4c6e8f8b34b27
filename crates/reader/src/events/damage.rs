//! Harm to people, joined to the events that did it.

use super::{Scene, Teller, Told};
use crate::tolls;
use crate::who::Who;
use counterclaim_claims::{Act, Family, Group, Harm, Sector, Stance};
use counterclaim_lexicon::Func;

impl Teller<'_, '_> {
    pub(super) fn harm(&mut self, sent: usize, scene: &Scene<'_, '_>, out: &mut Vec<Told>) {
        let (view, bounds) = (scene.view, &scene.bounds);
        let found = tolls::tolls(view, self.values, bounds, self.counted.as_ref().map(|c| c.0));
        let head_first = self.doc.pack.head_first;
        let violent = |t: &Told| {
            !matches!(
                t.act.family(),
                Family::Talks | Family::Other | Family::Intent | Family::Pressure
            )
        };
        // "Bị sát hại khi đang đào hào": who moves forces kills nobody by that.
        let kills = |t: &Told| !(head_first && matches!(t.act, Act::Mobilise | Act::SupportMilitarily));
        let mut seen = Vec::new();
        let mut killed: Vec<std::ops::Range<usize>> = Vec::new();
        let wished = matches!(scene.stance, Stance::CallsFor | Stance::Threatens | Stance::Promises);
        for told in found {
            // Whom somebody asks help for or threatens is counted elsewhere.
            if wished && told.toll.max.is_none() && told.toll.min == Some(2) {
                continue;
            }
            // People flee and are arrested beside what is fought: that is an act of its own.
            let own = matches!(told.toll.harm, Harm::Displaced | Harm::Detained);
            let nearest = out
                .iter_mut()
                .filter(|t| {
                    violent(t) && kills(t) && (!own || !matches!(t.act.family(), Family::Strike | Family::Battle))
                })
                .min_by_key(|t| (!did(t, told.toll.harm), t.at.abs_diff(told.at)));
            let event = match nearest {
                Some(event) => event,
                None => {
                    out.push(self.harm_told(scene, told.at, told.toll.harm, sent));
                    let event = out.last_mut().expect("just pushed");
                    // Hostages that are held were taken, and prisoners of war in a fight, whatever else the report tells.
                    let taken = matches!(told.toll.who, Group::Civilian) && event.act == Act::Clash && head_first;
                    if told.toll.harm == Harm::Captured && (event.act.family() == Family::Strike || taken) {
                        event.act = match told.toll.who {
                            Group::Civilian => Act::Abduction,
                            _ => Act::Clash,
                        };
                    }
                    if let Some(doer) = &told.doer {
                        event.actor = self
                            .people(doer.clone(), scene)
                            .into_iter()
                            .filter(Who::known)
                            .collect();
                    }
                    event
                }
            };
            // Who falls in a campaign falls fighting.
            if event.act == Act::GroundAssault
                && event.noun
                && !event.central
                && matches!(told.toll.harm, Harm::Killed | Harm::Wounded)
            {
                event.act = Act::Clash;
            }
            let victims: Vec<Who> = self.people(told.victims.clone(), scene);
            let whose = told.victims.clone();
            let mut toll = told.toll;
            // "General X … X was killed": what he is was told before.
            if toll.who == Group::Unknown
                && (toll.min, toll.max) == (Some(1), Some(1))
                && let Some(known) = victims.first().filter(|w| w.person.is_some() || w.anaphor)
            {
                toll.who = match known.sector {
                    Sector::Mil | Sector::Reb => Group::Military,
                    Sector::Pol => Group::Police,
                    Sector::Gov | Sector::Cvl | Sector::Med | Sector::Ngo => Group::Civilian,
                    _ => Group::Unknown,
                };
            }
            if toll.party.is_none() {
                toll.party = victims.iter().find(|w| !w.anaphor).and_then(|w| w.party.clone());
            }
            if told.follows
                && toll.party.is_none()
                && let Some((_, whose)) = self.counted.as_ref().filter(|c| c.0 == toll.who)
            {
                toll.party.clone_from(whose);
            }
            // "Killed six … the toll had risen to ten": the count of those who died.
            let plain = !self.doc.pack.head_first && self.doc.is(told.at, Func::Tally);
            if plain && toll.harm == Harm::Casualties && self.died {
                toll.harm = Harm::Killed;
            }
            self.died = toll.harm == Harm::Killed || self.died && toll.harm != Harm::Casualties;
            if toll.who != Group::Unknown {
                self.counted = Some((toll.who, toll.party.clone()));
            }
            let counts = |w: &Who| !self.is_thing(w) && (w.known() || w.is_fighter());
            for who in victims.into_iter().filter(counts) {
                if !event.target.iter().any(|t| t.party == who.party)
                    && !event.actor.iter().any(|a| a.party == who.party)
                {
                    event.target.push(who);
                }
            }
            // "Xử bắn sáu tù binh bị thương": of whom the deed kills, a word for their wounds or bonds counts nobody again.
            let described = head_first
                && matches!(toll.harm, Harm::Wounded | Harm::Captured | Harm::Detained)
                && event
                    .toll
                    .iter()
                    .any(|t| t.harm == Harm::Killed && (t.min, t.max) == (toll.min, toll.max))
                && killed.contains(&whose);
            if described {
                continue;
            }
            if toll.harm == Harm::Killed {
                killed.push(whose);
            }
            // A toll told twice is one; two alike of one list are two.
            if seen.iter().any(|(at, known)| *at != told.at && *known == toll) && event.toll.contains(&toll) {
                continue;
            }
            seen.push((told.at, toll.clone()));
            event.toll.push(toll);
        }
    }
}

/// Whether an act can be what did a harm: nobody is killed by an arrest beside a raid.
fn did(told: &Told, harm: Harm) -> bool {
    let taken = matches!(
        told.act,
        Act::Abduction | Act::Arrest | Act::Looting | Act::Displacement
    );
    match harm {
        Harm::Killed | Harm::Wounded | Harm::Casualties => !taken,
        _ => true,
    }
}
