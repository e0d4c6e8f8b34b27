//! Who does an act, and to whom.

use super::{Scene, Teller, Told, means};
use crate::bits::*;
use crate::roles::Roles;
use crate::values::{PlaceHit, within};
use crate::who::Who;
use crate::{losses, weapons};
use counterclaim_claims::{Act, Family, LossHarm, Materiel, Sector, Stance};
use counterclaim_lexicon::{ActSense, Frame, Func, Pos, Sense};
use std::ops::Range;

impl Teller<'_, '_> {
    /// The event that an act's word tells.
    pub(super) fn tell(&self, scene: &Scene<'_, '_>, u: usize, act: &'static ActSense, roles: &Roles) -> Told {
        let read = |units: &Range<usize>| self.people(units.clone(), scene);
        let mut told = Told {
            act: act.act,
            named: act.act,
            at: u,
            negated: roles.negated,
            weak: act.flags.weak,
            mutual: act.act == Act::Clash && act.frame != Frame::Undergo && act.harm.is_none(),
            ..Told::default()
        };
        told.weapon.extend(act.weapon.filter(|w| weapons::told_by(act.act, *w)));
        let mut subject = roles.subject.as_ref().map(read).unwrap_or_default();
        let object = roles.object.as_ref().map(read).unwrap_or_default();
        let agent = roles.agent.as_ref().map(read).unwrap_or_default();
        let with = || roles.others.iter().any(|(m, _)| self.doc.is(*m, Func::ToWith));
        let alone = act.pos == Pos::Verb
            && !roles.attributive
            && (act.frame != Frame::Mutual || with() || self.doc.pack.head_first && roles.object.is_some())
            || roles.light;
        let exists = roles.has && self.doc.pack.head_first;
        if roles.subject.is_none() && alone && !exists && !self.stands_as_noun(scene, u) {
            subject = self.dropped(scene, u);
        }
        let as_noun = act.pos == Pos::Verb && roles.subject.is_none() && self.stands_as_noun(scene, u);
        let behind = if as_noun { agent.clone() } else { Vec::new() };
        let sent = |w: &Who| w.sector == Sector::Mil || !self.doc.pack.head_first && w.is_fighter();
        match (act.pos, act.frame) {
            // Who flees a land is of that land, and it does nothing to him.
            (Pos::Verb, Frame::Undergo) if act.act == Act::Displacement => {
                told.target = subject;
                told.actor = agent;
                if !told.target.iter().any(Who::known) {
                    told.target.extend(object.into_iter().map(|land| Who {
                        units: 0..0,
                        sector: Sector::Cvl,
                        ..land
                    }));
                }
            }
            (Pos::Verb, Frame::Undergo) => {
                told.target = subject;
                told.actor = if agent.is_empty() { object } else { agent };
            }
            (Pos::Verb, Frame::Mutual) => {
                told.actor = subject;
                // "Hòa đàm ở Oman": where they talk is none of them.
                let placed = |o: &Range<usize>| {
                    o.clone()
                        .any(|u| self.doc.is(u, Func::ToPlace) && self.doc.has(u, ADP) && !self.doc.has(u, POSS))
                };
                let elsewhere = self.doc.pack.head_first && roles.object.as_ref().is_some_and(placed);
                // "Nội chiến làm nước này kiệt quệ": a land that is pointed to takes no side.
                let land = |w: &Who| w.units.clone().any(|u| self.doc.is(u, Func::Land));
                let takes_part = |w: &Who| !(elsewhere || land(w)) || w.role || w.group.is_some();
                told.actor.extend(object.into_iter().filter(takes_part));
            }
            (Pos::Verb, Frame::State | Frame::Leave) if !roles.passive => told.actor = subject,
            (Pos::Verb, Frame::State | Frame::Leave) => told.actor = agent,
            (Pos::Verb, Frame::Object) => {
                // "Bị … bắn hạ hai máy bay": who suffers the loss stands first, what is lost after the verb.
                let lost = |o: &Range<usize>| o.clone().any(|u| self.doc.has(u, MATERIEL));
                let (harmed, doer) = if roles.passive {
                    (roles.object.clone().filter(lost).or(roles.subject.clone()), agent)
                } else {
                    (roles.object.clone(), subject)
                };
                told.actor = doer;
                let suffers =
                    roles.passive && roles.object.clone().is_some_and(|o| lost(&o)) && self.doc.pack.head_first;
                let suffered = if suffers {
                    subject_known(&read, roles)
                } else {
                    Vec::new()
                };
                if let Some(units) = harmed {
                    // Guns and craft that nobody is named for are the other side's, not the speaker's.
                    let owner = self.owner_told(units.clone(), false, scene);
                    let owns = |w: &Who| w.known() && (w.party.is_none() || w.party == owner);
                    told.target = read(&units).into_iter().filter(owns).collect();
                    let told_harm = self.doc.senses(u).find_map(|(s, _)| match s {
                        Sense::Loss { harm, .. } => Some(*harm),
                        _ => None,
                    });
                    let harm = told_harm.unwrap_or(match act.act {
                        Act::ShootDown => LossHarm::ShotDown,
                        _ => LossHarm::Destroyed,
                    });
                    let whose = |units: Range<usize>, owner: bool| self.owner_told(units, owner, scene);
                    told.losses = losses::losses(scene.view, self.values, &units, &scene.bounds, harm, &whose);
                }
                // "Bị bắn rơi một trực thăng": who suffers the loss is whom it is done to.
                if !told.target.iter().any(Who::known) {
                    told.target.extend(suffered);
                }
            }
            // Forces that are sent are those that move.
            (Pos::Verb, _) if roles.passive && act.act == Act::Mobilise && subject.iter().any(sent) => {
                // "Militants from Syria and Libya were moved": lands that they are from are not sent.
                let fixed = |w: &Who| self.doc.pack.head_first || !self.is_place_only(w);
                told.actor = subject.into_iter().filter(fixed).collect();
                told.actor.extend(agent);
            }
            (Pos::Verb, _) if roles.passive => {
                told.target = subject;
                told.actor = agent;
            }
            // What is sent or called up is the sender's own.
            (Pos::Verb, _) if act.act == Act::Mobilise => told.actor = subject,
            (Pos::Verb, _) => {
                told.actor = subject;
                told.target = object;
            }
            (_, frame) => {
                let named = roles
                    .modifiers
                    .as_ref()
                    .map(read)
                    .unwrap_or_default()
                    .into_iter()
                    .filter(|w| w.known() || w.enemy);
                // "Iran launched its attack": the owner is the doer whom the clause names.
                let doer_named = roles.light && subject.iter().any(|w| w.known() && !w.anaphor);
                let struck = |w: &Who| {
                    let whom = roles.repulsed.as_ref().map(read).unwrap_or_default();
                    whom.iter().any(|t| t.party == w.party)
                };
                let pointing = |w: &Who| {
                    let owner = |u: usize| self.doc.is(u, Func::PronPossSg) || self.doc.is(u, Func::PronPossPl);
                    w.anaphor || !self.doc.pack.head_first && w.units.clone().any(owner)
                };
                let mut named: Vec<Who> = named.filter(|w| !pointing(w) || !doer_named && !struck(w)).collect();
                // "The general said Mali had ended its raids": whose they are stands nearer than who speaks.
                let nearer = roles
                    .holder
                    .as_ref()
                    .filter(|_| !roles.light && roles.repulsed.is_none());
                let nearer: Vec<Who> = nearer.map(read).unwrap_or_default();
                if !self.doc.pack.head_first && nearer.iter().any(|w| w.known() && !w.anaphor) {
                    for who in named.iter_mut().filter(|w| pointing(w)) {
                        who.clone_from(&nearer[0]);
                    }
                }
                // "The Syrian civil war": one land beside a war is where it is.
                let lone = |w: &[Who]| {
                    w.len() == 1 && w[0].sector == Sector::Unk && w[0].group.is_none() && act.act == Act::Clash
                };
                match frame {
                    _ if lone(&named) => {}
                    Frame::Mutual => told.actor.extend(named),
                    Frame::EventTarget if self.doc.pack.head_first => told.target.extend(named),
                    _ => told.actor.extend(named),
                }
                told.actor.extend(agent);
                if roles.light {
                    let side = |w: &Who| act.act != Act::Clash || !self.is_thing_of_land(w);
                    let doer = subject
                        .into_iter()
                        .filter(|w| (w.known() || w.role || w.group.is_some()) && side(w));
                    if roles.suffered {
                        told.target.extend(doer);
                    } else {
                        told.actor.extend(doer);
                    }
                }
                // "Đụng độ gần Gao": where a fight is takes no side in it.
                let fought = |w: &Who| w.known() && (act.act != Act::Clash || !self.is_place_only(w));
                told.target.extend(object.into_iter().filter(fought));
            }
        }
        told.actor.extend(behind);
        self.phrases_around(scene, act, roles, &mut told);
        if act.pos == Pos::Noun && (roles.repulsed.is_some() || roles.beaten) {
            // An attack beaten back is one on the ground, and strikes who beats it back.
            told.target.extend(
                roles
                    .repulsed
                    .as_ref()
                    .map(read)
                    .unwrap_or_default()
                    .into_iter()
                    .filter(Who::known),
            );
            if told.act == Act::Attack {
                told.act = Act::GroundAssault;
            }
        }
        // A side does not strike guns of its own, and a ship that is told as hit need not be the speaker's: whose they are, the
        // words do not name.
        let whose =
            |u: usize| self.doc.is(u, Func::PronPossSg) || self.doc.is(u, Func::PronPossPl) || self.doc.has(u, PRONOUN);
        let own = |t: &Who| {
            let same = |w: &Who| w.party.is_some() && w.party == t.party;
            told.actor.iter().any(same) || told.act.family() == Family::Strike && scene.sources.iter().any(same)
        };
        let unnamed = |t: &Who| {
            self.is_thing(t) && !t.units.clone().any(whose) && self.owner_told(t.units.clone(), false, scene).is_none()
        };
        if act.act != Act::Clash && !self.doc.pack.head_first {
            let others: Vec<Who> = told
                .target
                .iter()
                .filter(|t| !(own(t) && unnamed(t)))
                .cloned()
                .collect();
            told.target = others;
        }
        self.aims(scene, u, roles, &mut told);
        self.held_by(scene, act, roles, &mut told);
        self.objects(scene, roles, &mut told);
        self.answerer(scene, act, &mut told);
        self.enemies(scene, &mut told);
        self.accuser(scene, &mut told);
        self.asker(scene, &mut told);
        // What explodes is no doer: "it blew up".
        let bursts = act.act == Act::Bombing && act.pos == Pos::Verb && !roles.passive && roles.object.is_none();
        if bursts && !self.doc.pack.head_first {
            told.actor
                .retain(|w| w.group.is_some() || w.person.is_some() || w.role && !w.anaphor);
        }
        let somebody = |w: &Who| w.known() || w.role || w.group.is_some() || w.both_sides;
        told.actor.retain(somebody);
        told.target.retain(somebody);
        // Whose the doers are is a guess that those whom they harm are no longer open to.
        let harms =
            matches!(act.act.family(), Family::Strike | Family::Battle | Family::Abuse) && act.act != Act::Clash;
        let theirs = |w: &Who| {
            told.target
                .iter()
                .any(|t| (!t.guessed || t.human && !w.human) && t.party.is_some() && t.party == w.party)
        };
        let wrong = told.actor.iter().any(|w| harms && w.guessed && theirs(w));
        if wrong {
            told.actor.iter_mut().filter(|w| w.guessed).for_each(|w| w.party = None);
        }
        if matches!(act.act, Act::CaptureTerritory | Act::Control) {
            let holds = |w: &Who| !matches!(w.sector, Sector::Unk | Sector::Exp | Sector::Bus) || w.group.is_some();
            told.target.retain(holds);
        }
        // A place that troops move to is where they do, and nobody they do it to.
        let helps = matches!(act.act, Act::SupportMilitarily | Act::Aid);
        if act.act.family() != Family::Strike && !helps && !matches!(act.act, Act::Clash | Act::Shooting) {
            let force = act.act.family() == Family::Force;
            let land = |w: &Who| {
                within(self.values.places, w.units.clone())
                    .iter()
                    .any(|p| p.kind == "country")
            };
            let seat = |w: &Who| {
                w.sector == Sector::Gov && w.group.is_none() && !within(self.values.places, w.units.clone()).is_empty()
            };
            told.target
                .retain(|w| (!self.is_place_only(w) || !force && land(w)) && !(told.act == Act::Mobilise && seat(w)));
            // "Shot down over Chad": what falls from the sky over a land need not be that land's.
            let falls = !self.doc.pack.head_first && told.act == Act::ShootDown;
            let above = |w: &Who| falls && self.is_place_only(w) && !self.is_thing(w);
            told.target.retain(|w| !above(w));
        }
        for who in &mut told.actor {
            // A state that shoots does so by its forces.
            if matches!(who.sector, Sector::Unk | Sector::Gov)
                && matches!(act.act.family(), Family::Strike | Family::Battle)
            {
                who.sector = Sector::Mil;
            }
        }
        // What is beaten back on the ground came on the ground.
        let from = scene.view.phrases.np_at(u).map_or(u, |n| n.units.start);
        let repels = |v: &crate::phrases::Phrase| v.units.end == from && self.doc.is(v.head, Func::Repulse);
        let beaten = roles.beaten || scene.view.phrases.vgs.iter().any(repels);
        if self.doc.pack.head_first && told.act == Act::Attack && beaten {
            told.act = Act::GroundAssault;
        }
        let means = means::instruments(self.doc, act.act, u, roles);
        told.armed = means.iter().any(|m| Some(*m) != act.weapon);
        means::refine(&mut told, &means);
        let doer = if roles.passive { &roles.agent } else { &roles.subject };
        if matches!(told.act, Act::Attack | Act::Execution) && doer.clone().is_some_and(|d| means::shoots(self.doc, d))
        {
            told.act = Act::Shooting;
        }
        told
    }

    /// "The target of the raid was": what a clause calls the target of its own deed.
    fn aims(&self, scene: &Scene<'_, '_>, u: usize, roles: &Roles, told: &mut Told) {
        let phrases = scene.view.phrases;
        if told.act.family() != Family::Strike || told.target.iter().any(Who::known) || roles.object.is_some() {
            return;
        }
        let target = |i: usize| {
            let other = |s: &Sense| {
                matches!(
                    s,
                    Sense::Materiel {
                        class: Materiel::Other,
                        ..
                    }
                )
            };
            self.doc.senses(i).any(|(s, _)| other(s))
        };
        let opens = phrases.nps.iter().find(|n| n.units.start >= scene.bounds.start);
        let Some(opens) = opens.filter(|n| n.head <= u && target(n.head)) else {
            return;
        };
        let copula = phrases
            .vgs
            .iter()
            .find(|v| v.units.start > u.max(opens.units.end - 1) && self.doc.has(v.head, COPULA));
        let Some(copula) = copula.filter(|v| scene.bounds.contains(&v.head)) else {
            return;
        };
        let marker = |i: &usize| self.doc.has(*i, ADV | SUB) || self.doc.is(*i, Func::ToTarget);
        let at = (copula.units.end..scene.bounds.end).find(|i| !marker(i));
        if let Some(what) = at
            .and_then(|i| phrases.longest_from(i))
            .filter(|p| p.units.end <= scene.bounds.end)
        {
            told.target = self
                .people(what.units.clone(), scene)
                .into_iter()
                .filter(Who::known)
                .collect();
        }
    }

    /// Weapons that a side strikes without a word for whose they are belong to the other side.
    fn objects(&self, scene: &Scene<'_, '_>, roles: &Roles, told: &mut Told) {
        let object = if roles.passive { &roles.subject } else { &roles.object };
        let takes =
            told.act == Act::CaptureTerritory && !self.doc.pack.head_first && !self.holds_ground(object.as_ref());
        let hostile = matches!(told.act.family(), Family::Strike | Family::Battle) && told.act != Act::Clash || takes;
        let (true, Some(units)) = (hostile, object) else { return };
        let doer = told.actor.iter().find_map(|w| w.party.clone());
        let own = |w: &Who| w.known() && Some(&w.party) != Some(&doer);
        if doer.is_some()
            && !told.target.iter().any(own)
            && units.clone().any(|u| self.doc.has(u, MATERIEL))
            && !self.civil(Some(units))
            && within(self.values.places, units.clone()).is_empty()
        {
            // Whom the doer has fought; else the other side, where the report is about two.
            let doer = doer.as_deref();
            let foe = doer
                .filter(|_| !self.doc.pack.head_first)
                .and_then(|d| self.story.foe(d));
            let two = scene.context.home.is_none();
            let other = || doer.filter(|_| two).and_then(|d| scene.context.opponent(d));
            told.target = vec![Who {
                party: foe.or_else(other),
                sector: Sector::Mil,
                ..Who::default()
            }];
        }
    }

    /// What prepositions and markers say of the phrases after them.
    fn phrases_around(&self, scene: &Scene<'_, '_>, act: &ActSense, roles: &Roles, told: &mut Told) {
        let named = told.actor.iter().any(Who::known);
        let talks = told.act.family() == Family::Talks && !matches!(told.act, Act::Aid | Act::CeasefireViolation);
        let mutual = act.frame == Frame::Mutual || told.act == Act::Clash || talks;
        for (marker, units) in &roles.others {
            let whom = self.people(units.clone(), scene);
            let is = |f: Func| self.doc.is(*marker, f);
            let parts = mutual || act.pos == Pos::Noun || !self.doc.pack.head_first;
            if is(Func::ToBetween) && !parts {
                // "Tới biên giới giữa Chad và Niger": what a place lies between takes no part.
            } else if is(Func::ToBetween) || mutual && (is(Func::ToWith) || is(Func::ToTarget)) {
                // "Cùng với trận đánh ở Gao": a battle elsewhere is nobody who fights.
                let deed = self.doc.pack.head_first && units.clone().any(|u| self.doc.has(u, ACT));
                let helped = deed
                    && self
                        .doc
                        .act(units.start)
                        .is_some_and(|a| a.act.family() == Family::Force);
                let side = |w: &Who| (w.known() || w.role || w.both_sides) && !helped && !(deed && self.is_spot(w));
                told.actor.extend(whom.into_iter().filter(side));
            } else if self.doc.has(*marker, POSS)
                && act.pos == Pos::Noun
                && act.frame == Frame::State
                && !self.doc.pack.head_first
            {
                // "Control of the town": what is held does not hold.
            } else if self.doc.has(*marker, POSS) && act.pos == Pos::Noun {
                // "of": whose deed, or against whom, by the act's frame.
                let into = if act.frame == Frame::EventTarget {
                    &mut told.target
                } else {
                    &mut told.actor
                };
                let armed = |w: &Who| self.doc.pack.head_first && w.is_fighter();
                into.extend(whom.into_iter().filter(|w| w.known() || w.enemy || armed(w)));
            } else if act.pos == Pos::Verb && *marker == told.at + 1 && self.belongs(*marker) {
                // "Vượt qua sự kháng cự của", "took control of": the verb's own words hold the noun. "Hành động ném bom của":
                // a verb that stands as a noun.
                let into = if told.actor.iter().any(Who::known) {
                    &mut told.target
                } else {
                    &mut told.actor
                };
                into.extend(whom.into_iter().filter(Who::known));
            } else if is(Func::ToGoal) && matches!(act.act, Act::SupportMilitarily | Act::Aid | Act::Sanction)
                || is(Func::ToWith) && act.act == Act::Sanction
            {
                // "Arms for the militia", "cung cấp cho": who is helped.
                told.target
                    .extend(whom.into_iter().filter(|w| w.known() || w.is_fighter()));
            } else if act.frame == Frame::Undergo && (is(Func::ToActor) || is(Func::ToGoal) && act.act == Act::Clash) {
                // "Came under fire from", "surrendered to".
                told.actor.extend(whom.into_iter().filter(Who::known));
            } else if is(Func::ToActor)
                && (act.pos == Pos::Noun || roles.subject.is_none() && self.stands_as_noun(scene, told.at))
            {
                // "Rockets from Gaza": a place that things come from is nobody who sends them.
                let sends = |w: &Who| w.known() && (!is(Func::ToPlace) || !self.is_place_only(w));
                told.actor.extend(whom.into_iter().filter(sends));
            } else if is(Func::ToTarget) && act.act != Act::Displacement
                || act.pos == Pos::Noun
                    && matches!(act.act.family(), Family::Strike)
                    && !is(Func::ToPlace)
                    && !is(Func::ToWeapon)
                    && self.doc.has(*marker, ADP)
                    && !is(Func::ToWith)
            {
                told.target
                    .extend(whom.into_iter().filter(|w| w.known() || w.group.is_some()));
            } else if act.act == Act::Bombing && self.doc.has(*marker, ADP) && !self.doc.pack.head_first {
                // "Went off beside a patrol of guards": who is beside a bomb is whom it hits.
                told.target
                    .extend(whom.into_iter().filter(|w| w.known() && (w.group.is_some() || w.role)));
            }
        }
        // "Pháo kích tại Gao nhằm vào nhóm này": where a strike is, is not whom a word for its target names.
        let aimed = |w: &Who| w.known() && !self.is_place_only(w);
        if self.doc.pack.head_first && told.act.family() == Family::Strike && told.target.iter().any(aimed) {
            let placed = |w: &Who| {
                w.units
                    .clone()
                    .any(|u| self.doc.is(u, Func::ToPlace) && self.doc.has(u, ADP))
            };
            told.target.retain(|w| !(self.is_place_only(w) && placed(w)));
        }
        // "A truce that Cairo brokered between": the sides stand further off.
        if mutual && act.pos == Pos::Noun && !named && !told.actor.iter().any(Who::known) {
            let between = scene
                .bounds
                .clone()
                .find(|&u| self.doc.is(u, Func::ToBetween) && self.doc.has(u, ADP))
                .filter(|u| self.doc.pack.head_first || *u > told.at);
            let sides = between.and_then(|u| scene.view.phrases.longest_from(u + 1));
            if let Some(sides) = sides.filter(|s| s.units.end <= scene.bounds.end) {
                let whom = self.people(sides.units.clone(), scene);
                told.actor
                    .extend(whom.into_iter().filter(|w| w.known() || w.both_sides));
            }
        }
    }

    /// "The arsenal": weapons and stores that words for bodies name too.
    pub(super) fn is_thing(&self, who: &Who) -> bool {
        who.group.is_none() && who.person.is_none() && who.units.clone().any(|u| self.doc.has(u, MATERIEL))
    }

    /// Whether words name a place and nobody there.
    pub(super) fn is_place_only(&self, who: &Who) -> bool {
        who.sector == Sector::Unk
            && who.group.is_none()
            && !who.role
            && !who.units.is_empty()
            && !within(self.values.places, who.units.clone()).is_empty()
    }

    /// A place within a state, and nobody there.
    pub(super) fn is_spot(&self, who: &Who) -> bool {
        let land = |p: &PlaceHit| matches!(p.kind, "country" | "capital");
        self.is_place_only(who) && !within(self.values.places, who.units.clone()).iter().any(land)
    }

    /// "The Sudanese civil war has killed": whose war it is does not kill.
    pub(super) fn is_war(&self, scene: &Scene<'_, '_>, units: &Range<usize>) -> bool {
        let np = scene.view.phrases.np_at(units.start);
        let war = np.and_then(|np| self.doc.act(np.head));
        !self.doc.pack.head_first && war.is_some_and(|a| a.act == Act::Clash && a.pos == Pos::Noun)
    }

    /// A word for whose something is, and for nothing else.
    fn belongs(&self, marker: usize) -> bool {
        let doc = self.doc;
        doc.has(marker, POSS) && !doc.has(marker, SUB) && !doc.is(marker, Func::ToPlace)
    }

    /// "Pháo kích từ phía Nga đã làm chết ba người": where verbs do not inflect, one that opens its clause and has the clause's
    /// verb behind what hangs on it is the clause's subject.
    fn stands_as_noun(&self, scene: &Scene<'_, '_>, u: usize) -> bool {
        let (doc, phrases) = (self.doc, scene.view.phrases);
        let Some(vg) = phrases
            .vg_at(u)
            .filter(|v| v.units.len() == 1 && v.units.start == scene.bounds.start)
        else {
            return false;
        };
        let after = phrases
            .vgs
            .iter()
            .find(|v| v.units.start >= vg.units.end && v.bits & FINITE != 0);
        doc.pack.head_first
            && doc.has(vg.units.end, ADP)
            && after.is_some_and(|v| {
                v.bits & (HARM | LOSS | CAUSE) != 0
                    && scene.bounds.contains(&v.units.start)
                    && !(vg.units.end..v.units.start).any(|i| doc.has(i, COMMA | CC | SUB | REL))
            })
    }

    /// Who denies or threatens a deed that names no doer is the one who would have done it.
    fn answerer(&self, scene: &Scene<'_, '_>, act: &ActSense, told: &mut Told) {
        // An army that puts out footage of strikes on other forces shows its own.
        let fights = matches!(act.act.family(), Family::Strike | Family::Battle) && act.act != Act::Clash;
        let armed = |w: &Who| w.party.is_some() && matches!(w.sector, Sector::Mil | Sector::Reb);
        let against = |s: &Who| armed(s) && told.target.iter().any(|t| armed(t) && t.party != s.party);
        let shows = scene.shown && fights && scene.sources.iter().any(against);
        let own = shows
            || matches!(
                (scene.stance, act.act.family()),
                (Stance::Threatens | Stance::Promises, _)
                    | (Stance::Denies, Family::Strike | Family::Abuse | Family::Force)
            );
        // "Không có thương vong": who says that nobody was hurt has not struck.
        let first = scene.bounds.start..scene.bounds.end.min(scene.bounds.start + 3);
        let unhurt =
            self.doc.pack.head_first && first.into_iter().any(|u| self.doc.has(u, NEG) && !self.doc.has(u, ACT));
        if own && !unhurt && told.actor.iter().all(|w| !w.known()) {
            let theirs = |w: &&Who| w.known() && !told.target.iter().any(|t| t.party == w.party);
            told.actor = scene.sources.iter().filter(theirs).cloned().collect();
        }
    }

    /// Who is meant where a verb has no subject: the one who speaks, unless the clause names somebody before it.
    fn dropped(&self, scene: &Scene<'_, '_>, u: usize) -> Vec<Who> {
        let phrases = scene.view.phrases;
        let start = phrases
            .vg_at(u)
            .or_else(|| phrases.np_at(u))
            .map_or(u, |p| p.units.start);
        let named = phrases
            .nps
            .iter()
            .filter(|n| n.units.start >= scene.bounds.start && n.units.end <= start)
            .any(|n| n.units.start == 0 || !scene.view.uses(n.units.start - 1));
        match scene.stance {
            Stance::Accuses | Stance::CallsFor => Vec::new(),
            _ if named => Vec::new(),
            // "It is said to have fled": the pronoun is one of the cue's own words.
            _ if scene.sources.is_empty() && self.doc.has(scene.bounds.start, FIXED) => {
                let it = Who {
                    anaphor: true,
                    thing: true,
                    ..Who::default()
                };
                Some(scene.context.recall(it)).filter(Who::known).into_iter().collect()
            }
            _ => scene
                .sources
                .iter()
                .filter(|s| s.known() && !matches!(s.sector, Sector::Med | Sector::Ngo | Sector::Exp))
                .cloned()
                .collect(),
        }
    }
}

/// The known people of a verb's subject.
fn subject_known(read: &dyn Fn(&Range<usize>) -> Vec<Who>, roles: &Roles) -> Vec<Who> {
    let subject = roles.subject.as_ref().map(read).unwrap_or_default();
    subject.into_iter().filter(Who::known).collect()
}
