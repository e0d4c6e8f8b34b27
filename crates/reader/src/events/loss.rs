//! Harm to matériel, joined to the events that did it.

use super::{Scene, Teller, Told};
use crate::bits::*;
use crate::phrases::Phrase;
use crate::roles::Roles;
use crate::who::{self, Who};
use crate::{losses, weapons};
use counterclaim_claims::{Act, Family, Loss, LossHarm, Materiel, Sector, Stance};
use counterclaim_lexicon::{Func, HarmFrame, Sense};
use std::ops::Range;

impl Teller<'_, '_> {
    /// Tells what a clause says was harmed. Gives the words for all that suffers in it, done or not: nothing of it is what an
    /// attack is made with.
    pub(super) fn loss(&self, scene: &Scene<'_, '_>, out: &mut Vec<Told>) -> Vec<Range<usize>> {
        let (view, bounds) = (scene.view, &scene.bounds);
        let mut suffers = Vec::new();
        for u in bounds.clone() {
            let Some((harm, frame)) = self.harms_things(u, out) else {
                continue;
            };
            let roles = view.roles(u, bounds);
            let harmed = self.harmed(scene, u, harm, frame, &roles);
            suffers.extend(harmed.iter().cloned());
            if !happened(scene, u, &roles) || harm == LossHarm::ShotDown && self.comes_down(u, frame, &roles) {
                continue;
            }
            for units in harmed {
                let event = out.iter().position(|t| t.at == u).or_else(|| {
                    (0..out.len())
                        .filter(|i| matches!(out[*i].act.family(), Family::Strike | Family::Battle))
                        .min_by_key(|i| out[*i].at.abs_diff(u))
                });
                // "Soviet bombers" that are captured are whose they were, not who made them.
                let sides = scene.context.sides();
                let fights = |party: &String| sides.iter().any(|s| s.party.as_ref() == Some(party));
                let told = |units: Range<usize>, owner: bool| {
                    let party = self.owner_told(units, owner, scene);
                    party.filter(|p| owner || harm != LossHarm::Captured || fights(p))
                };
                let mut list = losses::losses(view, self.values, &units, bounds, harm, &told);
                if list.is_empty() {
                    list.extend(self.counted_again(&units, harm));
                }
                if list.is_empty() {
                    continue;
                }
                // "the jetty at Iran's oil terminal"
                for loss in list.iter_mut().filter(|l| l.party.is_none() && on_land(l)) {
                    loss.party = self.owner_told(units.clone(), false, scene);
                }
                // "bị quân Chad phá hai xe tăng", "lost two jets": the subject's own.
                if let Some(sufferer) = self.sufferer(scene, u, &roles) {
                    for loss in list.iter_mut().filter(|l| l.party.is_none()) {
                        loss.party.clone_from(&sufferer);
                    }
                }
                let event = event.unwrap_or_else(|| {
                    let mut told = self.event_of(scene, u, harm, frame, &roles);
                    // Homes that are destroyed are no equipment: somebody attacked them.
                    if told.act == Act::DestroyEquipment && list.iter().all(|l| l.class == Materiel::CivilianObject) {
                        told.act = Act::Attack;
                    }
                    out.push(told);
                    out.len() - 1
                });
                // "attacked and destroyed", "fired at … and hit": the fate told last is the fate.
                let fate = |l: &Loss, n: &Loss| {
                    l.harm == LossHarm::Targeted
                        && n.harm != l.harm
                        && (l.class, l.min, l.max) == (n.class, n.min, n.max)
                };
                for known in &mut out[event].losses {
                    if let Some(now) = list.iter().find(|n| fate(known, n)) {
                        known.harm = now.harm;
                    }
                }
                let known = &out[event].losses;
                if harm == LossHarm::Targeted && known.iter().any(|l| list.iter().any(|n| n.class == l.class)) {
                    continue;
                }
                list.retain(|l| !known.iter().any(|o| o.class == l.class && o.min == l.min));
                let owner = list.iter().find_map(|l| l.party.clone());
                let event = &mut out[event];
                if event.target.is_empty()
                    && let Some(party) = owner
                    && !event.actor.iter().any(|a| a.party.as_deref() == Some(&party))
                {
                    event.target.push(Who {
                        party: Some(party),
                        sector: Sector::Mil,
                        ..Who::default()
                    });
                }
                event.losses.extend(list);
            }
        }
        suffers
    }

    /// "37 of them were shot down", "twelve had been intercepted": as many of what flew before.
    fn counted_again(&self, units: &Range<usize>, harm: LossHarm) -> Option<Loss> {
        const FAR: usize = 60;
        let doc = self.doc;
        let number = crate::values::at(self.values.numbers, units.start)?;
        let bare = |u: usize| number.units.contains(&u) || doc.has(u, PRONOUN | REL | POSS | ADP);
        if doc.pack.head_first || harm != LossHarm::ShotDown || !units.clone().all(bare) {
            return None;
        }
        let flown = |s: &Sense| match s {
            Sense::Materiel { class, .. } => Some(*class).filter(|c| airborne(*c)),
            _ => None,
        };
        let mut before = (units.start.saturating_sub(FAR)..units.start).rev();
        let class = before.find_map(|u| doc.senses(u).find_map(|(s, _)| flown(s)))?;
        Some(Loss {
            class,
            harm,
            party: None,
            min: number.min,
            max: number.max,
        })
    }

    /// "Rocket rơi xuống": what was fired and comes down by itself is no loss.
    fn comes_down(&self, u: usize, frame: HarmFrame, roles: &Roles) -> bool {
        let fired = |class: Materiel| weapons::is_munition(class) && !flies(class);
        let munition = |i: usize| {
            self.doc
                .senses(i)
                .any(|(s, _)| matches!(s, Sense::Materiel { class, .. } if fired(*class)))
        };
        let falls = self.doc.act(u).is_none_or(|a| a.flags.weak);
        frame == HarmFrame::Intransitive
            && falls
            && !roles.passive
            && roles.subject.clone().into_iter().flatten().any(munition)
    }

    /// How a word harms things, if it does: by its own row, or as the word of a strike.
    fn harms_things(&self, u: usize, out: &[Told]) -> Option<(LossHarm, HarmFrame)> {
        let own = self.doc.senses(u).find_map(|(s, _)| match s {
            Sense::Loss { harm, frame, .. } => Some((*harm, *frame)),
            _ => None,
        });
        let strike = |act: Act| act.family() == Family::Strike;
        let named = self.doc.act(u).is_some_and(|a| strike(a.act) && !a.flags.weak);
        let told = out.iter().any(|t| t.at == u && strike(t.act));
        // "Investigates the attack on the convoy": a clause about a deed tells none of its harm.
        let about = !out.is_empty() && out.iter().all(|t| t.act == Act::Other);
        let own = own.filter(|_| !about || self.doc.act(u).is_none());
        // "Rocket rơi xuống một trường học": what was fired and comes down is no loss, and what it comes down on is.
        let lands = out
            .iter()
            .any(|t| t.at == u && strike(t.act) && t.named == Act::ShootDown);
        let hits = || {
            self.doc.senses(u).find_map(|(s, _)| match s {
                Sense::Loss { harm, frame, .. } if *frame == HarmFrame::Transitive => Some((*harm, *frame)),
                _ => None,
            })
        };
        let own = if lands { hits() } else { own };
        own.or((named && !about || told).then_some((LossHarm::Targeted, HarmFrame::Transitive)))
    }

    /// The phrases that suffer what the word at `u` does.
    fn harmed(
        &self,
        scene: &Scene<'_, '_>,
        u: usize,
        harm: LossHarm,
        frame: HarmFrame,
        roles: &Roles,
    ) -> Vec<Range<usize>> {
        let (view, bounds, doc) = (scene.view, &scene.bounds, self.doc);
        let things = |r: &Range<usize>| r.clone().any(|u| doc.has(u, MATERIEL));
        // "fired rockets at the base": what is fired is no target.
        let aimed = |m: usize| doc.is(m, Func::ToTarget) || doc.is(m, Func::ToPlace);
        let firing = doc.act(u).is_some_and(|a| {
            matches!(
                a.act,
                Act::Shooting | Act::Shelling | Act::MissileStrike | Act::DroneStrike
            )
        });
        let fired = |r: &Range<usize>| {
            harm == LossHarm::Targeted
                && (roles.others.iter().any(|(m, o)| aimed(*m) && things(o))
                    || firing && weapons::munitions(doc, r.clone()))
        };
        // "fired a missile at a vehicle with …": what it was fired at, and nothing of what it was done with.
        let suffering = |r: &Range<usize>| {
            let munition = |m: &usize| aimed(*m) && weapons::munitions(doc, r.start..*m);
            let from = (r.start + 1..r.end)
                .find(munition)
                .filter(|_| harm == LossHarm::Targeted)
                .map_or(r.start, |m| m + 1);
            let to = (from + 1..r.end).find(|&m| doc.is(m, Func::ToWeapon) && !doc.has(m, POSS));
            from..to.unwrap_or(r.end)
        };
        let mark = view
            .phrases
            .vg_at(u)
            .and_then(|v| view.passive_mark(v.units.start, bounds));
        let noun = view.phrases.vg_at(u).is_none();
        let frame = match frame {
            HarmFrame::Lose if noun => HarmFrame::Noun,
            HarmFrame::Lose => HarmFrame::Transitive,
            frame => frame,
        };
        match frame {
            // "bị quân Chad phá hai xe tăng": the sufferer's things stand behind the verb.
            HarmFrame::Transitive if mark.is_some() && roles.object.as_ref().is_some_and(things) => {
                roles.object.iter().cloned().collect()
            }
            // "bị hệ thống phòng không ngăn chặn": the doer stands between the mark of the passive and the verb.
            HarmFrame::Transitive if mark.is_some() => mark
                .and_then(|m| view.np_ending(self.before_marks(m, bounds.start), bounds))
                .into_iter()
                .collect(),
            // "phóng tên lửa trúng hai tàu": a word of hitting between what hits and what is hit.
            HarmFrame::Transitive if noun && roles.object.is_none() && doc.has(u, LOSS) && !doc.has(u, ACT) => {
                let np = view.phrases.longest_from(u + 1).filter(|n| n.units.end <= bounds.end);
                np.map(|n| suffering(&n.units)).into_iter().collect()
            }
            HarmFrame::Transitive if !roles.passive => {
                let object = roles.object.iter().map(suffering).filter(|r| !fired(r));
                let target = |m: usize| doc.is(m, Func::ToTarget);
                // "Fired ten rockets at the state": its name is no thing, and what stands before it was fired.
                let aims = |m: &usize, r: &Range<usize>| target(*m) && (doc.pack.head_first || things(r));
                let others = roles
                    .others
                    .iter()
                    .filter(|(m, r)| aims(m, r))
                    .map(|(_, r)| suffering(r));
                object.chain(others).collect()
            }
            HarmFrame::Noun => {
                let about = roles.others.iter().map(|(_, r)| r).chain(&roles.object).cloned();
                // "the target": itself a thing, and what it is said to be.
                match self.is_what(scene, u).filter(|_| harm == LossHarm::Targeted) {
                    None if !doc.has(u, MATERIEL) => about.collect(),
                    is => is.into_iter().collect(),
                }
            }
            // "burnt-out tanks": the harm is said of the noun behind it.
            HarmFrame::Adjective
                if noun && !doc.pack.head_first && view.phrases.np_at(u).is_some_and(|n| n.head > u) =>
            {
                let np = view.phrases.np_at(u).map(|n| u + 1..n.units.end);
                np.filter(|_| harm != LossHarm::Captured).into_iter().collect()
            }
            _ => roles.subject.iter().cloned().collect(),
        }
    }

    /// The party that suffers a word whose object is its own.
    fn sufferer(&self, scene: &Scene<'_, '_>, u: usize, roles: &Roles) -> Option<Option<String>> {
        let view = scene.view;
        let vg = view.phrases.vg_at(u);
        let mark = vg.and_then(|v| view.passive_mark(v.units.start, &scene.bounds));
        let marked = mark
            .filter(|_| roles.object.is_some())
            .and_then(|mark| view.np_ending(self.before_marks(mark, scene.bounds.start), &scene.bounds));
        if marked.is_none() && !self.is_lost(u) {
            return None;
        }
        let subject = marked.or_else(|| vg.and(roles.subject.clone()));
        // "Denied losing tanks", "the loss of a ship": where nobody else is told of, the speaker's own.
        let before = |v: &Phrase| v.units.start >= scene.bounds.start && v.units.end <= u;
        if let ([speaker], None) = (scene.sources, &subject)
            && !view.phrases.vgs.iter().any(before)
        {
            return Some(speaker.party.clone());
        }
        let party = subject.and_then(|s| self.people(s, scene).into_iter().find_map(|w| w.party));
        Some(party)
    }

    /// Whether a word tells of a loss by whom it befalls: "lose", "the loss of".
    fn is_lost(&self, u: usize) -> bool {
        self.doc.senses(u).any(|(s, _)| {
            let (Sense::Harm { frame, .. } | Sense::Loss { frame, .. }) = s else {
                return false;
            };
            *frame == HarmFrame::Lose
        })
    }

    /// "the target was a base": what a noun is said to be.
    fn is_what(&self, scene: &Scene<'_, '_>, u: usize) -> Option<Range<usize>> {
        let doc = self.doc;
        let be = scene
            .view
            .phrases
            .vgs
            .iter()
            .find(|v| v.units.start > u && v.bits & FINITE != 0 && v.units.end < scene.bounds.end)?;
        let is = be.bits & COPULA != 0 && be.units.len() <= 2 && be.units.start <= u + 10
            || doc.is(be.head, Func::Including);
        let np = scene.view.phrases.longest_from(be.units.end)?;
        (is && np.bits & MATERIEL != 0).then(|| np.units.clone())
    }

    /// Where what stands before a passive's marks ends: "đã bị", "cũng bị".
    fn before_marks(&self, mark: usize, floor: usize) -> usize {
        let mut at = mark;
        while at > floor && self.doc.has(at - 1, AUX | ADV | PASSIVE_WORD) && !self.doc.has(at - 1, WHO | MATERIEL) {
            at -= 1;
        }
        at
    }

    /// Whose a phrase says a thing is: a party in its words. With `owner` the phrase is the possessor's own and may point back to
    /// one.
    pub(super) fn owner_told(&self, units: Range<usize>, owner: bool, scene: &Scene<'_, '_>) -> Option<String> {
        if owner {
            return self.people(units, scene).into_iter().find_map(|w| w.party);
        }
        who::read(self.doc, self.values.places, units)
            .into_iter()
            .find_map(|w| w.party)
    }

    /// The event of a harm that no act's word tells.
    fn event_of(&self, scene: &Scene<'_, '_>, u: usize, harm: LossHarm, frame: HarmFrame, roles: &Roles) -> Told {
        let act = match harm {
            LossHarm::ShotDown => Act::ShootDown,
            LossHarm::Captured => Act::Clash,
            LossHarm::Targeted => Act::Attack,
            _ => Act::DestroyEquipment,
        };
        // Who loses a thing does nothing to it.
        let doer = if roles.passive || frame != HarmFrame::Transitive {
            roles.agent.clone()
        } else {
            roles.subject.clone()
        };
        let actor = doer.map(|d| self.people(d, scene)).unwrap_or_default();
        Told {
            act,
            at: u,
            actor: actor.into_iter().filter(Who::known).collect(),
            ..Told::default()
        }
    }
}

/// Whose things were harmed, where the words do not tell: of what stands on a state's land that state, of what fights the
/// target's or that of the other side that fights in the report.
pub(super) fn own(told: &mut Told, context: &who::Context, fights: impl Fn(&str) -> bool) {
    if told.losses.is_empty() {
        return;
    }
    let doer = told.actor.iter().find_map(|w| w.party.clone());
    // A boat that is intercepted is brought in.
    for loss in told.losses.iter_mut().filter(|l| l.harm == LossHarm::ShotDown) {
        if matches!(loss.class, Materiel::Ship | Materiel::Vehicle) {
            loss.harm = LossHarm::Captured;
        }
    }
    let sides = context.sides();
    let side = |party: &String| sides.iter().any(|s| s.party.as_ref() == Some(party));
    // Nobody captures what is their own.
    for loss in told.losses.iter_mut().filter(|l| l.harm == LossHarm::Captured) {
        if loss.party.is_some() && loss.party == doer {
            loss.party = None;
        }
    }
    let mut targets = told.target.iter().filter_map(|w| w.party.clone());
    let target = targets.find(|p| Some(p) != doer.as_ref());
    let here = told
        .place
        .iter()
        .map(crate::values::PlaceHit::side)
        .find(|s| !s.is_empty());
    let land = here.map(str::to_owned).filter(|s| Some(s) != doer.as_ref());
    let other = doer
        .filter(side)
        .and_then(|doer| context.other_side(Some(&doer)))
        .filter(|other| fights(other));
    for loss in told.losses.iter_mut().filter(|l| l.party.is_none()) {
        loss.party = match loss.class {
            // A ship hit at sea may be anybody's, and whose a rocket was is told by who fired it.
            Materiel::Ship if !matches!(loss.harm, LossHarm::Destroyed | LossHarm::Captured) => None,
            class if loss.harm == LossHarm::ShotDown && weapons::is_munition(class) && !flies(class) => None,
            _ if on_land(loss) => land.clone().or_else(|| target.clone()),
            _ => target.clone().or_else(|| other.clone()),
        };
    }
    for loss in &mut told.losses {
        let owner = match loss.harm {
            LossHarm::ShotDown => context.rockets(),
            _ => loss.party.as_deref(),
        };
        loss.class = weapons::in_the_hands_of(loss.class, owner);
    }
}

/// What can be shot down.
fn airborne(class: Materiel) -> bool {
    use Materiel::{Aircraft, BallisticMissile, CruiseMissile, GuidedMissile, Helicopter, RocketArtillery};
    flies(class)
        || matches!(
            class,
            Aircraft | BallisticMissile | CruiseMissile | GuidedMissile | Helicopter | RocketArtillery
        )
}

/// What is shot down as a craft, though it can be fired.
fn flies(class: Materiel) -> bool {
    matches!(class, Materiel::Drone | Materiel::LoiteringMunition)
}

/// Things that belong to where they stand.
fn on_land(loss: &Loss) -> bool {
    matches!(
        loss.class,
        Materiel::CivilianObject | Materiel::Infrastructure | Materiel::Base
    ) && loss.harm != LossHarm::Captured
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
