//! Clauses without a word for a deed: what their harm, their forces or what they point to come to.

use super::{Scene, Teller, Told, means};
use crate::bits::*;
use crate::phrases::Phrase;
use crate::values::within;
use crate::who::Who;
use counterclaim_claims::{Act, Family, Group, Harm, Sector};
use counterclaim_lexicon::{Func, Inflection, Pos, PosClass, Sense};
use std::ops::Range;

impl Teller<'_, '_> {
    /// The event of a clause without an act: harm has what the report is about behind it; else its subject is its actor.
    pub(super) fn other(&self, sent: usize, scene: &Scene<'_, '_>) -> Told {
        let harm = scene.bounds.clone().find_map(|u| {
            self.doc.senses(u).find_map(|(s, _)| match s {
                Sense::Harm { harm, pos, .. } => Some((u, *harm))
                    .filter(|_| *pos != Pos::Noun || self.opens(scene, u) && self.counts(scene, u, *harm)),
                _ => None,
            })
        });
        if let Some((at, harm)) = harm {
            let mut told = self.harm_told(scene, at, harm, sent);
            self.victims(scene, std::slice::from_mut(&mut told));
            return told;
        }
        let main = scene.view.main_verb(&scene.bounds);
        let subject = main.and_then(|v| scene.view.subject(v, &(scene.floor..scene.bounds.end), 0));
        let actor = self.about(scene, subject.clone(), main.is_none());
        let opening = subject
            .clone()
            .unwrap_or(scene.bounds.start..main.map_or(scene.bounds.end, |v| v.units.start));
        let opening = if scene.bounds.len() < 9 {
            scene.bounds.clone()
        } else {
            opening
        };
        if let Some(told) = self.hallmarks(sent, scene, main) {
            return told;
        }
        if opening.clone().any(|u| self.doc.is(u, Func::Happening))
            && let Some(act) = self.story.current(sent)
        {
            return Told {
                act,
                at: scene.bounds.start,
                ..Told::default()
            };
        }
        let act = match main.is_some_and(|v| self.stands(scene, v, &actor)) {
            true if self.denied_abroad(scene, &actor) => Act::SupportMilitarily,
            true => Act::Mobilise,
            false => Act::Other,
        };
        // "Three miners were found in a shaft", "two thousand villagers are without power": it is done to them.
        let undergoes = |w: &Who| {
            let people = matches!(w.group, Some(Group::Civilian | Group::Unknown));
            people && w.plural && matches!(w.sector, Sector::Unk | Sector::Cvl)
        };
        let passive = main.is_some_and(|v| v.bits & PASSIVE != 0 && v.bits & CUE_V == 0);
        let (target, actor) = match act {
            Act::Other if !self.doc.pack.head_first => actor.into_iter().partition(|w| passive || undergoes(w)),
            _ => (Vec::new(), actor),
        };
        Told {
            act,
            at: scene.bounds.start,
            actor,
            target,
            ..Told::default()
        }
    }

    /// "It has all the hallmarks of Al Shabaab": whose deed the happening is that the report tells of.
    fn hallmarks(&self, sent: usize, scene: &Scene<'_, '_>, main: Option<&Phrase>) -> Option<Told> {
        let (doc, verb) = (self.doc, main?);
        let points =
            |u: usize| doc.is(u, Func::Happening) && doc.has(u + 1, POSS) && doc.units[u].class == PosClass::Noun;
        let object = verb.units.end..scene.bounds.end.min(verb.units.end + 4);
        let subject = scene.view.subject(verb, &scene.bounds, 0)?;
        // "All indications point to Al Shabaab".
        let traced = doc.has(verb.head, CUE_V) && subject.clone().any(|u| doc.is(u, Func::Trace));
        let stands = traced || subject.clone().any(|u| doc.has(u, IT | ACT));
        let at = if traced {
            verb.units.end
        } else {
            object.into_iter().find(|u| points(*u))? + 2
        };
        if !stands || doc.pack.head_first {
            return None;
        }
        // "The outlawed movement": words before the name are no part of its phrase where they are participles.
        let named = |u: usize| {
            let whose = scene.view.phrases.longest_from(u)?;
            (whose.bits & PARTY != 0).then_some(whose)
        };
        let whose = (at..scene.bounds.end.min(at + 4)).find_map(named)?;
        let actor: Vec<Who> = self
            .people(whose.units.clone(), scene)
            .into_iter()
            .filter(Who::known)
            .collect();
        let act = self.story.current(sent).filter(|_| !actor.is_empty())?;
        Some(Told {
            act,
            at: scene.bounds.start,
            actor,
            ..Told::default()
        })
    }

    /// Whom a clause is about: its subject's people, those of a later verb where verbs do not inflect and may stand in the subject,
    /// whom a clause without a verb names first.
    fn about(&self, scene: &Scene<'_, '_>, subject: Option<Range<usize>>, verbless: bool) -> Vec<Who> {
        let phrases = scene.view.phrases;
        let whose = |units: Range<usize>| -> Vec<Who> {
            let whom = self.people(units, scene).into_iter();
            whom.filter(|w| w.known() && !self.is_spot(w)).collect()
        };
        let mut told = subject.map(whose).unwrap_or_default();
        // "There are no militants in the house".
        let there = phrases
            .vgs
            .iter()
            .find(|v| v.bits & FINITE != 0 && scene.bounds.contains(&v.units.start));
        if told.is_empty()
            && let Some(vg) = there.filter(|v| v.bits & EXIST != 0)
        {
            let np = phrases
                .longest_from(vg.units.end)
                .filter(|p| p.units.end <= scene.bounds.end);
            told = np.map(|p| whose(p.units.clone())).unwrap_or_default();
        }
        if told.is_empty() && verbless {
            let mut inside = phrases.nps.iter().skip_while(|n| n.units.start < scene.bounds.start);
            let first = inside
                .next()
                .filter(|n| n.units.end <= scene.bounds.end && n.bits & PARTY != 0);
            // "The herders and the guards": all of a list.
            let all = |n: &Phrase| {
                let long = phrases
                    .longest_from(n.units.start)
                    .filter(|p| p.units.end <= scene.bounds.end);
                long.map_or(n.units.clone(), |p| p.units.clone())
            };
            return first.map(|n| whose(all(n))).unwrap_or_default();
        }
        if told.is_empty() && self.doc.pack.head_first {
            let finite = |v: &&crate::phrases::Phrase| v.bits & FINITE != 0 && scene.bounds.contains(&v.units.start);
            let later = phrases.vgs.iter().filter(finite).skip(1).take(2);
            let subjects = later.filter_map(|v| scene.view.subject(v, &(scene.floor..scene.bounds.end), 0));
            return subjects.map(whose).find(|w| !w.is_empty()).unwrap_or_default();
        }
        told
    }

    /// Whether a noun of harm tells of people harmed, not of one body or one death.
    fn counts(&self, scene: &Scene<'_, '_>, u: usize, harm: Harm) -> bool {
        let doc = self.doc;
        let phrases = scene.view.phrases;
        let many = |i: usize| doc.has(i, NUMBER) && !doc.is(i, Func::Single) || doc.is(i, Func::Plural);
        let np = phrases.np_at(u).map_or(u..u + 1, |n| n.units.clone());
        let plural = np
            .clone()
            .flat_map(|i| doc.senses(i))
            .any(|(_, i)| i == Inflection::Plural);
        phrases.vg_at(u).is_none() && (harm != Harm::Killed || plural || np.into_iter().any(many))
    }

    /// The event of a harm that no word for a deed explains: what did it tells the kind, else what the report is about.
    pub(super) fn harm_told(&self, scene: &Scene<'_, '_>, at: usize, harm: Harm, sent: usize) -> Told {
        let mut told = Told {
            act: Act::Attack,
            named: Act::Attack,
            at,
            bare: true,
            mutual: self.story.spare == Some(Act::Clash),
            ..Told::default()
        };
        if !matches!(harm, Harm::Displaced | Harm::Detained) {
            let roles = scene.view.roles_from(at, &scene.bounds, scene.floor);
            means::refine(&mut told, &means::instruments(self.doc, Act::Attack, at, &roles));
            let (doer, harmed) = if roles.passive {
                (roles.agent, roles.subject)
            } else {
                (roles.subject, roles.object)
            };
            if harm == Harm::Killed && self.captives(harmed.as_ref()) {
                told.act = Act::Execution;
            }
            if told.act == Act::Attack && doer.is_some_and(|d| means::shoots(self.doc, d)) {
                told.act = Act::Shooting;
            }
        }
        if told.act == Act::Attack {
            let more = |u: usize| self.doc.is(u, Func::Also) || self.doc.is(u, Func::Other);
            // "The bodies": those of the happening told before.
            let theirs = self.definite(scene, at) || scene.bounds.clone().any(more);
            told.act = self.story.of_harm(harm, sent, theirs);
            // "Sát hại 40 dân làng": who murders people who do not fight attacks them.
            let murders = self
                .doc
                .act(at)
                .is_some_and(|a| a.act == Act::Attack && a.harm == Some(Harm::Killed));
            let fight = matches!(told.act, Act::Clash | Act::GroundAssault);
            if fight && murders && self.doc.pack.head_first && self.harms_civilians(scene, at) {
                (told.act, told.several) = (Act::Attack, true);
            }
            // Those who have died since a day died in the war, and not in the strike told of before.
            let open = |t: &&crate::values::Time| t.edtf.as_deref().is_some_and(|e| e.ends_with("/.."));
            let ongoing = within(self.values.times, scene.bounds.clone()).iter().any(|t| open(&t));
            if told.act.family() == Family::Strike && (ongoing || self.since(&scene.bounds).is_some()) {
                told.act = Act::Clash;
            }
        }
        told
    }

    /// Whether those whom a verb of harm is done to are no fighters.
    fn harms_civilians(&self, scene: &Scene<'_, '_>, at: usize) -> bool {
        let roles = scene.view.roles_from(at, &scene.bounds, scene.floor);
        let harmed = if roles.passive { roles.subject } else { roles.object };
        let people = harmed.into_iter().flatten().flat_map(|u| self.doc.senses(u));
        let mut groups = people.filter_map(|(s, _)| match s {
            Sense::Person { who, .. } => Some(*who),
            _ => None,
        });
        groups
            .next()
            .is_some_and(|g| matches!(g, Group::Civilian | Group::Unknown))
    }

    /// "Không có binh sĩ Rwanda ở Goma": who denies that a state's forces are in another's land denies that they help there.
    pub(super) fn denied_abroad(&self, scene: &Scene<'_, '_>, who: &[Who]) -> bool {
        let places = within(self.values.places, scene.bounds.clone());
        let lands = || places.iter().map(|p| p.side()).filter(|side| !side.is_empty());
        let abroad = |w: &Who| w.is_state() && lands().any(|side| w.party.as_deref() != Some(side));
        self.doc.pack.head_first && super::negates(self.doc, &scene.bounds) && who.iter().any(abroad)
    }

    /// Whether a clause says no more than that somebody's forces are in a place.
    fn stands(&self, scene: &Scene<'_, '_>, main: &Phrase, who: &[Who]) -> bool {
        let doc = self.doc;
        let state = main.bits & (COPULA | EXIST) != 0;
        let there = |u: usize| doc.has(u, ADP) || doc.is(u, Func::There);
        let located = |u: usize| {
            crate::values::at(self.values.places, u).is_some() || doc.is(u, Func::There) || doc.is(u, Func::PlaceNoun)
        };
        if main.bits & EXIST == 0 && !there(main.units.end) || !scene.bounds.clone().any(located) {
            return false;
        }
        let object = scene.view.roles(main.head, &scene.bounds).object;
        let has = object.is_some_and(|o| self.is_force(&o) && o.into_iter().any(|u| doc.has(u, PERSON)));
        state
            && who
                .iter()
                .any(|w| w.party.is_some() && (has || w.sector == Sector::Mil))
    }
}
