//! Which words of a clause tell acts of their own, and which say again what others tell.

use super::{Scene, Teller, Told, rivals};
use crate::bits::*;
use crate::phrases::Phrase;
use crate::roles::Roles;
use crate::who::Who;
use counterclaim_claims::{Act, Family, Harm, Materiel, Sector};
use counterclaim_lexicon::{ActSense, Frame, Func, OrgKind, Pos, Sense};
use std::ops::Range;

impl Teller<'_, '_> {
    /// The acts that a clause's own words tell; weak words tell one only with something that bears them out. The second
    /// value is what a weak word names that alone tells nothing: it says what harm came of.
    pub(super) fn acts(&self, scene: &Scene<'_, '_>) -> (Vec<Told>, Option<Act>) {
        let mut out: Vec<Told> = Vec::new();
        for u in scene.bounds.clone() {
            let Some(act) = self.sense(scene, u) else { continue };
            let weak = act.flags.weak;
            // "Killed" is harm, "stage" only carries the attack, and "the execution of air strikes" kills nobody.
            let kills = act.harm.is_some() && matches!(act.act, Act::Attack | Act::Clash);
            let carries = scene.view.is_light(u) || self.doc.is(u, Func::Repulse);
            if weak && (kills && self.doc.has(u, HARM) || carries && self.act_follows(u, &scene.bounds))
                || act.pos == Pos::Noun
                    && (act.act == Act::Execution && self.carries(u, scene) || self.only_about(u, scene))
            {
                continue;
            }
            let roles = scene.view.roles_from(u, &scene.bounds, scene.floor);
            if self.describes(scene, u, act, &roles) {
                continue;
            }
            let mut told = self.tell(scene, u, act, &roles);
            if roles.made_up || scene.bounds.contains(&(u + 1)) && self.doc.is(u + 1, Func::MadeUp) {
                told.act = Act::Other;
                told.weak = false;
                told.target.clear();
                out.push(told);
                continue;
            }
            told.act = self.aim(scene, u, act, &roles, told.act);
            told.shared = roles.subject.as_ref().is_some_and(|s| s.start < scene.bounds.start);
            told.central = act.pos == Pos::Noun && (roles.light || self.opens(scene, u));
            told.counted = act.pos == Pos::Noun
                && scene.view.phrases.np_at(u).is_some_and(|np| {
                    np.units.clone().any(|i| {
                        crate::values::at(self.values.numbers, i).is_some_and(|n| n.min.is_some_and(|n| n > 1))
                    })
                });
            told.soft = weak;
            told.intended = self.intended(scene, u);
            told.pointed = act.pos == Pos::Noun && self.pointed(scene, u);
            told.noun = act.pos == Pos::Noun;
            told.weak = (weak || told.act == Act::LoseTerritory) && !self.borne_out(scene, &told, &roles);
            out.push(told);
        }
        let spare = rivals::keep(&mut out);
        self.adjuncts(scene, &mut out);
        rivals::restated(&mut out);
        let starts = |v: &Phrase| v.bits & FINITE != 0 && scene.bounds.contains(&v.units.start);
        let verbs: Vec<usize> = scene
            .view
            .phrases
            .vgs
            .iter()
            .filter(|v| starts(v))
            .map(|v| v.units.start)
            .collect();
        if let Some(made_up) = out.iter().position(|t| t.act == Act::Other && t.named != Act::Other) {
            out = vec![out.swap_remove(made_up)];
        }
        rivals::subsume(&mut out, &verbs);
        self.purposes(scene, &mut out);
        (out, spare)
    }

    /// The sense in which a word for an act is meant: "fled the town" suffers what "evacuated the residents" does.
    fn sense(&self, scene: &Scene<'_, '_>, u: usize) -> Option<&'static ActSense> {
        let first = self.doc.act(u)?;
        let people = || {
            let object = scene.view.phrases.nps.iter().find(|n| n.units.start == u + 1);
            object.is_some_and(|n| n.bits & PERSON != 0)
        };
        if first.act != Act::Displacement || first.frame != Frame::Undergo || !people() {
            return Some(first);
        }
        let does = self.doc.senses(u).find_map(|(s, _)| match s {
            Sense::Act(act) if act.act == first.act && act.frame == Frame::Transitive => Some(act),
            _ => None,
        });
        does.or(Some(first))
    }

    /// Whether a phrase is what words around a deed are about: "suspects in the attack", "nguyên nhân vụ nổ".
    fn only_about(&self, u: usize, scene: &Scene<'_, '_>) -> bool {
        let doc = self.doc;
        let start = scene.view.phrases.np_at(u).map_or(u, |n| n.units.start);
        let about = |i: usize| i >= scene.bounds.start && i < start && doc.is(i, Func::About);
        let linked = start > 0 && doc.has(start - 1, ADP | POSS);
        (start..u).any(|i| doc.is(i, Func::About))
            || start > 0 && about(start - 1)
            || linked && start > 1 && about(start - 2)
    }

    /// Whether the truce that a word names is told as broken: "violations of the ceasefire".
    fn broken(&self, scene: &Scene<'_, '_>, u: usize) -> bool {
        let np = scene.view.phrases.np_at(u).map_or(u..u + 1, |n| n.units.clone());
        let around = np.start.saturating_sub(2).max(scene.bounds.start)..(np.end + 1).min(scene.bounds.end);
        around.into_iter().any(|i| self.doc.is(i, Func::Breach))
    }

    /// Whether an act's word only describes a place or people: "the area held by rebels", "the isolated base".
    fn describes(&self, scene: &Scene<'_, '_>, u: usize, act: &ActSense, roles: &Roles) -> bool {
        let doc = self.doc;
        let phrases = scene.view.phrases;
        let within = || phrases.vg_at(u).is_none() && phrases.np_at(u).is_some_and(|n| n.units.end > u + 1);
        if !doc.pack.head_first && (roles.attributive || act.pos == Pos::Verb && within()) {
            return true;
        }
        if act.act == Act::SupportMilitarily
            && act.pos == Pos::Verb
            && act.flags.weak
            && self.restricts(scene, u, roles)
        {
            return true;
        }
        let held = roles
            .subject
            .as_ref()
            .filter(|s| s.start > scene.bounds.start && s.end <= u);
        if act.act == Act::Control && act.frame == Frame::Undergo && doc.pack.head_first {
            let kind = u > scene.bounds.start + 1 && doc.is(u - 1, Func::PlaceNoun);
            return kind && !self.opens(scene, u);
        }
        act.act == Act::Control
            && act.pos == Pos::Verb
            && roles.passive
            && held.is_some_and(|s| {
                let before = s.start - 1;
                let kind = |i: usize| doc.is(i, Func::PlaceNoun);
                doc.has(before, ADP)
                    || doc.is(before, Func::ToPlace)
                    || doc.is(before, Func::ToTarget)
                    || doc.pack.head_first && s.clone().any(kind)
            })
    }

    /// Whether a verb only tells which people are meant: "fighters backed by the state", "lực lượng ủng hộ chính phủ".
    fn restricts(&self, scene: &Scene<'_, '_>, u: usize, roles: &Roles) -> bool {
        let doc = self.doc;
        let vgs = &scene.view.phrases.vgs;
        let Some(vg) = scene.view.phrases.vg_at(u) else {
            return false;
        };
        let inside = |v: &&Phrase| v.bits & FINITE != 0 && scene.bounds.contains(&v.units.start) && v.units != vg.units;
        let mut others = vgs.iter().filter(inside).peekable();
        if others.peek().is_none() {
            return false;
        }
        if !doc.pack.head_first {
            let reduced = vg.bits & PARTICIPLE != 0 && vg.units.len() == 1 && roles.agent.is_some();
            return reduced && vg.units.start > 0 && doc.has(vg.units.start - 1, NOUN | PROPN);
        }
        let start = match &roles.agent {
            Some(doer) if doer.end == vg.units.start => doer.start.saturating_sub(1),
            _ => vg.units.start,
        };
        let bare = !doc.has(vg.units.start, AUX) && start > scene.bounds.start && doc.has(start - 1, NOUN | PROPN);
        let named = start > 0 && !roles.passive && doc.has(start - 1, PARTY);
        let later = |v: &Phrase| v.units.start > u && doc.has(v.units.start, AUX);
        bare && !named && (others.any(|v| v.units.end <= start) || vgs.iter().filter(inside).any(later))
    }

    /// Whether an act is what somebody is out to do: "boats carrying men to attack".
    fn intended(&self, scene: &Scene<'_, '_>, u: usize) -> bool {
        let doc = self.doc;
        if scene
            .view
            .phrases
            .vg_at(u)
            .is_some_and(|v| v.bits & INFINITIVE != 0 && !doc.pack.head_first)
        {
            return true;
        }
        let from = u.saturating_sub(3).max(scene.bounds.start);
        let aims = |i: usize| doc.is(i, Func::ToGoal) && !doc.has(i, ADP) || doc.is(i, Func::Attempt);
        doc.pack.head_first && (from..u).any(aims)
    }

    /// Whether a phrase points to what was told before: "this attack", "vụ tấn công này".
    fn pointed(&self, scene: &Scene<'_, '_>, u: usize) -> bool {
        let np = scene.view.phrases.np_at(u).map_or(u..u + 1, |n| n.units.clone());
        np.start < scene.bounds.end && (np.start..np.end + 1).any(|i| self.doc.has(i, DET_THIS))
    }

    /// Who attacks to take a place attacks on the ground, and has not taken it: "an attack to seize the town".
    fn purposes(&self, scene: &Scene<'_, '_>, out: &mut Vec<Told>) {
        let doc = self.doc;
        for n in 1..out.len() {
            let (at, to) = (out[n - 1].at, out[n].at);
            let aims = |u: usize| doc.is(u, Func::ToGoal) && !doc.has(u, ADP) || doc.is(u, Func::Attempt);
            let before = to.saturating_sub(3).max(at)..to;
            if matches!(out[n - 1].act, Act::Attack | Act::GroundAssault)
                && out[n].act == Act::CaptureTerritory
                && scene.bounds.contains(&at)
                && before.clone().any(aims)
            {
                out[n - 1].act = Act::GroundAssault;
                let place = out.remove(n);
                if out[n - 1].target.is_empty() {
                    out[n - 1].target = place.target;
                }
                return;
            }
        }
    }

    /// Drops acts that only date another: "after the battle, the army …".
    fn adjuncts(&self, scene: &Scene<'_, '_>, out: &mut Vec<Told>) {
        if out.len() < 2 {
            return;
        }
        let doc = self.doc;
        let all = out.len();
        let mut dropped = 0;
        out.retain(|t| {
            let war = t.noun && t.soft && t.act == Act::Clash;
            let bare = (war || t.actor.iter().chain(&t.target).all(|w| !w.known())) && dropped + 1 < all;
            let Some(np) = scene.view.phrases.np_at(t.at).filter(|_| bare) else {
                return true;
            };
            let before = np.units.start.saturating_sub(2).max(scene.bounds.start)..np.units.start;
            let dates = before.clone().last().is_some_and(|i| doc.is(i, Func::SubTime))
                || before.into_iter().any(|i| doc.is(i, Func::Unreal));
            dropped += usize::from(dates);
            !dates
        });
    }

    /// Whether an act's noun stands in the phrase right after `u`: "stage an attack".
    fn act_follows(&self, u: usize, bounds: &Range<usize>) -> bool {
        (u + 1..(u + 6).min(bounds.end))
            .take_while(|i| !self.doc.has(*i, COMMA | CC | COMP | REL))
            .any(|i| {
                // "Receive heavy fire": what is received is no guest.
                let fire = |a: Act| matches!(a.family(), Family::Strike | Family::Battle);
                let suffered = self.doc.is(u, Func::LightUndergo);
                self.doc
                    .act(i)
                    .is_some_and(|a| a.pos == Pos::Noun && (!a.flags.weak || suffered && fire(a.act)))
            })
    }

    /// Whether a noun has an act's noun after its "of".
    fn carries(&self, u: usize, scene: &Scene<'_, '_>) -> bool {
        self.doc.has(u + 1, POSS) && self.act_follows(u + 1, &scene.bounds)
    }

    /// Whether no verb stands before `u` in the clause: what it names is what the clause speaks of.
    pub(super) fn opens(&self, scene: &Scene<'_, '_>, u: usize) -> bool {
        !scene
            .view
            .phrases
            .vgs
            .iter()
            .any(|v| v.units.start >= scene.bounds.start && v.units.start < u && v.bits & EXIST == 0)
    }

    /// Whether somebody or something in the clause shows that a weak word is meant as its act.
    fn borne_out(&self, scene: &Scene<'_, '_>, told: &Told, roles: &Roles) -> bool {
        let doc = self.doc;
        let known = |list: &[Who]| list.iter().filter(|w| w.known()).count();
        let (actors, targets) = (known(&told.actor), known(&told.target));
        // "Agreed to a truce": as the clause's own verb a phrase of words says plainly enough what is meant.
        let main = scene
            .view
            .phrases
            .vgs
            .iter()
            .find(|v| v.bits & FINITE != 0 && scene.bounds.contains(&v.units.start));
        if !doc.pack.head_first && doc.units[told.at].tokens.len() > 1 && main.is_some_and(|v| v.head == told.at) {
            return true;
        }
        // "Peace talks", "shuttle diplomacy": words that mean nothing else.
        if !doc.pack.head_first && doc.units[told.at].tokens.len() > 1 && told.act.family() == Family::Talks {
            return true;
        }
        let near = |bits: u128| scene.bounds.clone().any(|u| doc.has(u, bits));
        let hit = MATERIEL | PERSON;
        let aimed = |o: &Range<usize>| o.clone().any(|u| doc.has(u, hit) || doc.is(u, Func::PlaceNoun));
        if told.act == Act::Attack && !told.noun && !roles.passive && roles.object.as_ref().is_some_and(aimed) {
            return true;
        }
        // What a word comes to with its object is borne out by that object.
        if told.act != told.named && told.act == Act::SupportMilitarily {
            return true;
        }
        match told.act.family() {
            Family::Talks => {
                // Who walks through a market of his own country talks to nobody.
                let speaks = |w: &&Who| !matches!(w.sector, Sector::Unk | Sector::Cvl);
                let whom: Vec<&Who> = told.actor.iter().chain(&told.target).filter(|w| w.known()).collect();
                whom.windows(2)
                    .any(|w| w[0].party != w[1].party || w[0].name != w[1].name)
                    || told.actor.iter().chain(&told.target).filter(speaks).count() > 1
                    || told.central && !whom.is_empty()
            }
            Family::Control => {
                let held = if roles.passive { &roles.subject } else { &roles.object };
                let is_place = |u: usize| {
                    crate::values::at(self.values.places, u).is_some()
                        || doc.is(u, Func::PlaceNoun)
                        || doc.has(u, DET_THIS)
                };
                let place = held.iter().cloned().flatten().any(is_place)
                    || told.act == Act::CaptureTerritory
                        && self.holds_ground(held.as_ref())
                        && !held.iter().cloned().flatten().any(|u| self.is_stored(u))
                    || roles.others.iter().flat_map(|(_, r)| r.clone()).any(is_place);
                if told.noun {
                    let named = told.act == Act::CaptureTerritory || actors + targets > 0;
                    return named && (place || scene.bounds.clone().any(is_place));
                }
                let here = || scene.bounds.clone().any(|u| doc.is(u, Func::There));
                (place || held.is_none() && here()) && actors + targets > 0
            }
            Family::Force => {
                use counterclaim_claims::Sector::{Mil, Reb};
                let forces = told.actor.iter().any(|w| w.sector == Mil);
                if told.act == Act::Mobilise {
                    let sent = roles.object.as_ref().is_some_and(|o| self.is_force(o));
                    if !told.noun && !roles.passive && roles.object.is_some() && !sent {
                        return false;
                    }
                    if roles.passive && forces || actors > 0 && sent {
                        return true;
                    }
                }
                let helped = targets > 0 || told.target.iter().any(|w| matches!(w.sector, Mil | Reb));
                actors > 0 && (forces || helped || near(MATERIEL)) || told.central && near(PERSON | ORG)
            }
            Family::Harm => {
                use counterclaim_claims::Sector::{Mil, Pol, Reb};
                let civilians = |w: &Who| w.known() || w.sector == Sector::Cvl || w.group.is_some();
                told.target.iter().any(civilians) && !told.target.iter().any(|w| matches!(w.sector, Mil | Pol | Reb))
            }
            Family::Battle if told.act == Act::ShootDown => !told.losses.is_empty(),
            Family::Battle if told.act == Act::DestroyEquipment => !told.losses.is_empty() || near(MATERIEL),
            Family::Strike | Family::Battle => {
                actors + targets > 0 || !told.losses.is_empty() || !told.weapon.is_empty() || told.central
            }
            _ => actors + targets > 0 || !told.losses.is_empty() || !told.weapon.is_empty(),
        }
    }

    /// What an act comes to with its object and its mood: who tries to take a town attacks it, who takes weapons or
    /// prisoners has fought, who takes hostages abducts.
    fn aim(&self, scene: &Scene<'_, '_>, u: usize, sense: &ActSense, roles: &Roles, act: Act) -> Act {
        let doc = self.doc;
        let undergoes = roles.passive || sense.frame == Frame::Undergo && act == Act::DestroyEquipment;
        let object = if undergoes { &roles.subject } else { &roles.object };
        let holds = |bits: u128| object.iter().cloned().flatten().any(|i| doc.has(i, bits));
        let is_place = |i: usize| crate::values::at(self.values.places, i).is_some() || doc.is(i, Func::PlaceNoun);
        let place = object.iter().cloned().flatten().any(is_place) || self.holds_ground(object.as_ref());
        match act {
            Act::CaptureTerritory if sense.pos == Pos::Verb && !place && self.carried_off(object.as_ref()) => {
                Act::Clash
            }
            Act::CaptureTerritory if sense.flags.attempt || self.attempted(scene, u) => Act::GroundAssault,
            Act::Control
                if sense.pos == Pos::Verb
                    && sense.frame == Frame::State
                    && (!place || self.holds_goods(object.as_ref()))
                    && self.carried_off(object.as_ref()) =>
            {
                Act::Other
            }
            // Homes that are destroyed are no equipment: somebody attacked them.
            Act::DestroyEquipment if self.civil(object.as_ref()) || place && !holds(MATERIEL) => Act::Attack,
            Act::DestroyEquipment if holds(PERSON) && !holds(MATERIEL) => {
                self.story.of_harm(Harm::Killed, doc.sent_of(u), false)
            }
            Act::SupportMilitarily if sense.flags.weak && self.humane(scene, roles) => Act::Aid,
            // Who sends weapons to another helps him fight.
            Act::Mobilise
                if sense.flags.weak
                    && sense.pos == Pos::Verb
                    && !roles.passive
                    && holds(MATERIEL)
                    && !holds(PERSON)
                    && self.goes_to_another(scene, roles) =>
            {
                Act::SupportMilitarily
            }
            Act::Mobilise
                if sense.flags.weak
                    && sense.pos == Pos::Verb
                    && roles.passive
                    && holds(MATERIEL)
                    && !holds(PERSON)
                    && self.goes_to_another(scene, roles) =>
            {
                Act::SupportMilitarily
            }
            // What blows up of the things of war is lost.
            Act::Bombing if sense.frame == Frame::Intransitive && self.bursts(roles) => Act::DestroyEquipment,
            Act::Agreement if self.broken(scene, u) => Act::CeasefireViolation,
            Act::Arrest if self.takes_hostages(scene) => Act::Abduction,
            act => act,
        }
    }

    /// Whether what explodes is no bomb.
    fn bursts(&self, roles: &Roles) -> bool {
        use Materiel::{Bomb, CivilianObject, ClusterMunition, ExplosiveDevice, GuidedMissile, RocketArtillery};
        let thing = |u: usize| {
            self.doc.senses(u).find_map(|(s, _)| match s {
                Sense::Materiel { class, .. } => Some(*class),
                _ => None,
            })
        };
        let charge = |c: Materiel| {
            matches!(
                c,
                Bomb | CivilianObject
                    | ClusterMunition
                    | ExplosiveDevice
                    | GuidedMissile
                    | RocketArtillery
                    | Materiel::Other
            )
        };
        let mut things = roles.subject.clone().into_iter().flatten().filter_map(thing).peekable();
        things.peek().is_some() && !things.any(charge)
    }

    /// Whether a phrase names things of civilians and no others.
    fn civil(&self, units: Option<&Range<usize>>) -> bool {
        let classes = units
            .cloned()
            .into_iter()
            .flatten()
            .flat_map(|u| self.doc.senses(u))
            .filter_map(|(s, _)| match s {
                Sense::Materiel { class, .. } => Some(*class),
                _ => None,
            });
        let mut classes = classes.peekable();
        classes.peek().is_some() && classes.all(|c| c == Materiel::CivilianObject)
    }

    /// Whether the thing that a phrase names first is a weapon: "holds the missiles of another country".
    fn holds_goods(&self, units: Option<&Range<usize>>) -> bool {
        let named = |u: &usize| self.doc.has(*u, MATERIEL) || crate::values::at(self.values.places, *u).is_some();
        let first = units.and_then(|r| r.clone().find(named));
        first.is_some_and(|u| self.doc.has(u, MATERIEL)) && !self.holds_ground(units)
    }

    /// Whether a phrase names positions, bases, works: what is held, not carried off.
    fn holds_ground(&self, units: Option<&Range<usize>>) -> bool {
        use Materiel::{Base, CivilianObject, CommandPost, Depot, Fortification, Infrastructure};
        units.cloned().into_iter().flatten().any(|u| {
            self.doc.senses(u).any(|(s, _)| {
                matches!(s, Sense::Materiel { class, .. }
                    if matches!(class, Base | CivilianObject | CommandPost | Depot | Fortification | Infrastructure))
            })
        })
    }

    /// Whether a word names a store of weapons, which is seized for what it holds.
    fn is_stored(&self, u: usize) -> bool {
        let depot = |s: &Sense| {
            matches!(
                s,
                Sense::Materiel {
                    class: Materiel::Depot,
                    ..
                }
            )
        };
        self.doc.senses(u).any(|(s, _)| depot(s))
    }

    /// Whether a phrase names people or weapons: what is taken along.
    fn carried_off(&self, units: Option<&Range<usize>>) -> bool {
        let senses = |u: usize| self.doc.senses(u).map(|(s, _)| s);
        let ground = |u: usize| senses(u).any(|s| matches!(s, Sense::Org(o) if o.kind == OrgKind::Place));
        let taken = |u: usize| senses(u).any(|s| matches!(s, Sense::Person { .. } | Sense::Materiel { .. }));
        units.is_some_and(|r| r.clone().any(taken) && !r.clone().any(ground))
    }

    /// "Tried to seize", "nỗ lực giành".
    fn attempted(&self, scene: &Scene<'_, '_>, u: usize) -> bool {
        let phrases = scene.view.phrases;
        let Some(vg) = phrases.vg_at(u) else { return false };
        let before = phrases.vgs.iter().find(|v| v.units.end == vg.units.start);
        let words = before.map_or(vg.units.start, |v| v.units.start)..vg.head;
        words.into_iter().any(|i| self.doc.is(i, Func::Attempt))
    }

    /// Whether a phrase names fighters or weapons.
    pub(super) fn is_force(&self, units: &Range<usize>) -> bool {
        use counterclaim_claims::Sector::{Mil, Pol, Reb};
        units.clone().flat_map(|u| self.doc.senses(u)).any(|(s, _)| match s {
            Sense::Person { sector, who, .. } => {
                matches!(sector, Mil | Pol | Reb) || *who == counterclaim_claims::Group::Military
            }
            Sense::Org(org) => matches!(org.sector, Some(Mil | Pol | Reb)),
            Sense::Materiel { class, .. } => !matches!(class, Materiel::Other | Materiel::CivilianObject),
            _ => false,
        })
    }

    /// Whether what is sent goes to a party other than who sends it.
    fn goes_to_another(&self, scene: &Scene<'_, '_>, roles: &Roles) -> bool {
        let whose = |units: &Range<usize>| self.people(units.clone(), scene);
        let sender = if roles.passive { &roles.agent } else { &roles.subject };
        let sender = sender.as_ref().map(whose).unwrap_or_default();
        let known = |w: &Who| w.known() && sender.iter().all(|s| s.party != w.party);
        roles.others.iter().any(|(_, units)| whose(units).iter().any(known))
    }

    /// Help to civilians and to those who care for them is no help in war.
    fn humane(&self, scene: &Scene<'_, '_>, roles: &Roles) -> bool {
        use counterclaim_claims::Sector::{Cvl, Igo, Ngo};
        roles.object.as_ref().is_some_and(|o| {
            self.people(o.clone(), scene)
                .iter()
                .any(|w| matches!(w.sector, Cvl | Igo | Ngo))
        })
    }

    fn takes_hostages(&self, scene: &Scene<'_, '_>) -> bool {
        scene.bounds.clone().any(|u| {
            self.doc.senses(u).any(|(s, _)| {
                matches!(
                    s,
                    Sense::Harm {
                        harm: Harm::Captured,
                        pos: Pos::Noun,
                        ..
                    }
                )
            })
        })
    }
}
