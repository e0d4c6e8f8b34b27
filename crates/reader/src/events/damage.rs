//! Harm and loss, joined to the events that did them.

use super::{Scene, Teller, Told};
use crate::bits::*;
use crate::roles::Roles;
use crate::who::Who;
use crate::{losses, tolls};
use counterclaim_claims::{Act, Family, Group, Harm, LossHarm, Sector, Stance};
use counterclaim_lexicon::{Func, HarmFrame, Sense};
use std::ops::Range;

impl Teller<'_, '_> {
    pub(super) fn harm(&mut self, sent: usize, scene: &Scene<'_, '_>, out: &mut Vec<Told>) {
        let (view, bounds) = (scene.view, &scene.bounds);
        let found = tolls::tolls(view, self.values, bounds, self.counted.as_ref().map(|c| c.0));
        let violent = |t: &Told| {
            !matches!(
                t.act.family(),
                Family::Talks | Family::Other | Family::Intent | Family::Pressure
            )
        };
        let mut seen = Vec::new();
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
                .filter(|t| violent(t) && (!own || !matches!(t.act.family(), Family::Strike | Family::Battle)))
                .min_by_key(|t| t.at.abs_diff(told.at));
            let event = match nearest {
                Some(event) => event,
                None => {
                    out.push(Told {
                        act: self.story.of_harm(told.toll.harm, sent),
                        at: told.at,
                        bare: true,
                        ..Told::default()
                    });
                    let event = out.last_mut().expect("just pushed");
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
            let victims: Vec<Who> = self.people(told.victims.clone(), scene);
            let mut toll = told.toll;
            // "General X … X was killed": what he is was told before.
            if toll.who == Group::Unknown
                && (toll.min, toll.max) == (Some(1), Some(1))
                && let Some(known) = victims.first().filter(|w| w.person.is_some())
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
            if toll.who != Group::Unknown {
                self.counted = Some((toll.who, toll.party.clone()));
            }
            for who in victims.into_iter().filter(|w| w.known()) {
                if !event.target.iter().any(|t| t.party == who.party)
                    && !event.actor.iter().any(|a| a.party == who.party)
                {
                    event.target.push(who);
                }
            }
            // A toll told twice is one; two alike of one list are two.
            if seen.iter().any(|(at, known)| *at != told.at && *known == toll) && event.toll.contains(&toll) {
                continue;
            }
            seen.push((told.at, toll.clone()));
            event.toll.push(toll);
        }
    }

    pub(super) fn loss(&self, scene: &Scene<'_, '_>, out: &mut Vec<Told>) {
        let (view, bounds) = (scene.view, &scene.bounds);
        for u in bounds.clone() {
            let sense = self.doc.senses(u).find_map(|(s, _)| {
                if let Sense::Loss { harm, frame, .. } = s {
                    Some((*harm, *frame))
                } else {
                    None
                }
            });
            let struck = self
                .doc
                .act(u)
                .is_some_and(|a| a.act.family() == Family::Strike && !a.flags.weak);
            let Some((harm, frame)) = sense.or(struck.then_some((LossHarm::Targeted, HarmFrame::Transitive))) else {
                continue;
            };
            let roles = view.roles(u, bounds);
            if !happened(scene, u, &roles) {
                continue;
            }
            // "fired rockets at the base": what is fired is no target where one is named.
            let aimed = |m: usize| self.doc.is(m, Func::ToTarget) || self.doc.is(m, Func::ToPlace);
            let things = |r: &Range<usize>| r.clone().any(|u| self.doc.has(u, MATERIEL));
            let launched = harm == LossHarm::Targeted && roles.others.iter().any(|(m, r)| aimed(*m) && things(r));
            let mark = view
                .phrases
                .vg_at(u)
                .and_then(|v| view.passive_mark(v.units.start, bounds));
            let harmed: Vec<Range<usize>> = match frame {
                // "bị hệ thống phòng không ngăn chặn": the doer stands between the mark of the passive and the verb.
                HarmFrame::Transitive if mark.is_some() && roles.object.is_none() => {
                    mark.and_then(|m| view.np_ending(m, bounds)).into_iter().collect()
                }
                HarmFrame::Transitive if !roles.passive => roles
                    .object
                    .iter()
                    .filter(|_| !launched)
                    .cloned()
                    .chain(
                        roles
                            .others
                            .iter()
                            .filter(|(m, _)| self.doc.is(*m, Func::ToTarget))
                            .map(|(_, r)| r.clone()),
                    )
                    .collect(),
                HarmFrame::Noun => roles.others.iter().map(|(_, r)| r.clone()).collect(),
                _ => roles.subject.iter().cloned().collect(),
            };
            for units in harmed {
                let event = out.iter().position(|t| t.at == u).or_else(|| {
                    (0..out.len())
                        .filter(|i| matches!(out[*i].act.family(), Family::Strike | Family::Battle))
                        .min_by_key(|i| out[*i].at.abs_diff(u))
                });
                let owner = event.and_then(|e| out[e].target.first().and_then(|w| w.party.clone()));
                let mut list = losses::losses(view, self.values, &units, bounds, harm, owner.as_deref());
                if list.is_empty() {
                    continue;
                }
                let event = event.unwrap_or_else(|| {
                    let act = match harm {
                        LossHarm::ShotDown => Act::ShootDown,
                        LossHarm::Captured => Act::Clash,
                        LossHarm::Targeted => Act::Attack,
                        _ => Act::DestroyEquipment,
                    };
                    let doer = if roles.passive || frame != HarmFrame::Transitive {
                        roles.agent.clone()
                    } else {
                        roles.subject.clone()
                    };
                    let actor = doer
                        .map(|d| self.people(d, scene))
                        .unwrap_or_default()
                        .into_iter()
                        .filter(Who::known)
                        .collect();
                    out.push(Told {
                        act,
                        at: u,
                        actor,
                        ..Told::default()
                    });
                    out.len() - 1
                });
                if harm == LossHarm::Targeted
                    && out[event]
                        .losses
                        .iter()
                        .any(|l| list.iter().any(|n| n.class == l.class))
                {
                    continue;
                }
                list.retain(|l| !out[event].losses.iter().any(|o| o.class == l.class && o.min == l.min));
                if out[event].target.is_empty()
                    && let Some(party) = list.iter().find_map(|l| l.party.clone())
                    && !out[event].actor.iter().any(|a| a.party.as_deref() == Some(&party))
                {
                    out[event].target.push(Who {
                        party: Some(party),
                        sector: Sector::Mil,
                        ..Who::default()
                    });
                }
                out[event].losses.extend(list);
            }
        }
    }
}

/// Whose things were harmed, where the words do not tell: the target's, or the other side's.
pub(super) fn own(told: &mut Told, context: &crate::who::Context) {
    let doer = told.actor.iter().find_map(|w| w.party.clone());
    // Nobody captures what is their own.
    for loss in told.losses.iter_mut().filter(|l| l.harm == LossHarm::Captured) {
        if loss.party.is_some() && loss.party == doer {
            loss.party = None;
        }
    }
    let mut targets = told.target.iter().filter_map(|w| w.party.clone());
    let target = targets.find(|p| Some(p) != doer.as_ref());
    let owner = target.or_else(|| {
        let doer = doer?;
        let side = context.sides().iter().any(|s| s.party.as_deref() == Some(&doer));
        side.then(|| context.other_side(Some(&doer))).flatten()
    });
    for loss in told.losses.iter_mut().filter(|l| l.party.is_none()) {
        loss.party.clone_from(&owner);
    }
}

/// Whether harm is told as done: not denied, called for or feared.
fn happened(scene: &Scene<'_, '_>, u: usize, roles: &Roles) -> bool {
    let doc = scene.view.doc;
    if roles.negated
        || matches!(
            scene.stance,
            Stance::CallsFor | Stance::Threatens | Stance::Promises | Stance::Warns
        )
    {
        return false;
    }
    let Some(vg) = scene.view.phrases.vg_at(u) else {
        return true;
    };
    let may = vg.units.clone().any(|u| doc.is(u, Func::ModalMay));
    let before = vg.units.start.saturating_sub(1).max(scene.bounds.start);
    vg.bits & NEG == 0 && (may || vg.bits & (MODAL | INFINITIVE) == 0) && !doc.is(before, Func::Unreal)
}
