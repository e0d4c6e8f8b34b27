//! Which words of a clause tell acts of their own, and which say again what others tell.

use super::{Scene, Teller, Told};
use crate::bits::*;
use crate::roles::Roles;
use crate::who::Who;
use counterclaim_claims::{Act, Family, Harm, Materiel, Sector};
use counterclaim_lexicon::{ActSense, Func, OrgKind, Pos, Sense};
use std::ops::Range;

impl Teller<'_, '_> {
    /// The acts that a clause's own words tell; weak words tell one only with something that bears them out. The second
    /// value is what a weak word names that alone tells nothing: it says what harm came of.
    pub(super) fn acts(&self, scene: &Scene<'_, '_>) -> (Vec<Told>, Option<Act>) {
        let mut out: Vec<Told> = Vec::new();
        for u in scene.bounds.clone() {
            let Some(act) = self.doc.act(u) else { continue };
            let weak = act.flags.weak;
            // "Killed" is harm, "stage" only carries the attack, and "the execution of air strikes" kills nobody.
            if weak
                && (act.harm.is_some() && self.doc.has(u, HARM)
                    || scene.view.is_light(u) && self.act_follows(u, &scene.bounds))
                || act.act == Act::Execution && act.pos == Pos::Noun && self.carries(u, scene)
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
                    np.units
                        .clone()
                        .any(|i| crate::values::at(self.values.numbers, i).is_some())
                });
            told.weak = (weak || told.act == Act::LoseTerritory) && !self.borne_out(scene, &told, &roles);
            out.push(told);
        }
        // "Retaliated by firing rockets": a weak word for a kind of strike says more than a strong one for any.
        let strong = out
            .iter()
            .any(|t| !t.weak && !self.is_weak(t.at) && t.act != Act::Attack);
        let kind = |a: Act| a.family() == Family::Strike && a != Act::Attack || a == Act::Shooting;
        let attack = out
            .iter()
            .any(|t| !t.weak && !self.is_weak(t.at) && t.act == Act::Attack);
        let spare = out
            .iter()
            .find(|t| t.weak && matches!(t.act.family(), Family::Strike | Family::Battle) && t.act != Act::Attack)
            .map(|t| t.act);
        out.retain(|t| !t.weak && (!self.is_weak(t.at) || !strong && (!attack || kind(t.act))));
        self.adjuncts(scene, &mut out);
        restated(&mut out);
        if let Some(made_up) = out.iter().position(|t| t.act == Act::Other && t.named != Act::Other) {
            out = vec![out.swap_remove(made_up)];
        }
        (out, spare)
    }

    /// Whether an act's word only describes a place or people: "the area held by rebels", "the isolated base".
    fn describes(&self, scene: &Scene<'_, '_>, u: usize, act: &ActSense, roles: &Roles) -> bool {
        let doc = self.doc;
        if roles.attributive && !doc.pack.head_first {
            return true;
        }
        act.act == Act::Control
            && act.pos == Pos::Verb
            && roles.passive
            && roles.subject.as_ref().is_some_and(|s| {
                s.start > scene.bounds.start && s.end <= u && {
                    let before = s.start - 1;
                    doc.has(before, ADP) || doc.is(before, Func::ToPlace) || doc.is(before, Func::ToTarget)
                }
            })
    }

    fn is_weak(&self, u: usize) -> bool {
        self.doc.act(u).is_some_and(|a| a.flags.weak)
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
            let bare = t.actor.iter().chain(&t.target).all(|w| !w.known()) && dropped + 1 < all;
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
                place && actors + targets > 0
            }
            Family::Force => {
                use counterclaim_claims::Sector::{Mil, Reb};
                let forces = told.actor.iter().any(|w| w.sector == Mil);
                if told.act == Act::Mobilise {
                    let sent = roles.object.as_ref().is_some_and(|o| self.is_force(o));
                    if roles.passive && forces || actors > 0 && sent {
                        return true;
                    }
                }
                let helped = targets > 0 || told.target.iter().any(|w| matches!(w.sector, Mil | Reb));
                actors > 0 && (forces || helped || near(MATERIEL)) || told.central && near(PERSON | ORG)
            }
            Family::Harm => {
                use counterclaim_claims::Sector::{Mil, Pol, Reb};
                targets > 0 && !told.target.iter().any(|w| matches!(w.sector, Mil | Pol | Reb))
            }
            Family::Battle if told.act == Act::ShootDown => !told.losses.is_empty(),
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
        let object = if roles.passive { &roles.subject } else { &roles.object };
        let holds = |bits: u128| object.iter().cloned().flatten().any(|i| doc.has(i, bits));
        let is_place = |i: usize| crate::values::at(self.values.places, i).is_some() || doc.is(i, Func::PlaceNoun);
        let place = object.iter().cloned().flatten().any(is_place) || self.holds_ground(object.as_ref());
        match act {
            Act::CaptureTerritory if sense.pos == Pos::Verb && !place && self.carried_off(object.as_ref()) => {
                Act::Clash
            }
            Act::CaptureTerritory if sense.flags.attempt || self.attempted(scene, u) => Act::GroundAssault,
            Act::Control if sense.pos == Pos::Verb && !place && self.carried_off(object.as_ref()) => Act::Other,
            Act::DestroyEquipment if holds(PERSON) && !holds(MATERIEL) => {
                self.story.of_harm(Harm::Killed, doc.sent_of(u))
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
            Act::Arrest if self.takes_hostages(scene) => Act::Abduction,
            act => act,
        }
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
    fn is_force(&self, units: &Range<usize>) -> bool {
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
        let sender = roles.subject.as_ref().map(whose).unwrap_or_default();
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

/// Drops what only leads up to the word that says more: "a campaign of air strikes", "an attack to take the town".
fn restated(out: &mut Vec<Told>) {
    let general = |a: Act| matches!(a, Act::Attack | Act::GroundAssault | Act::Clash);
    let mut n = 0;
    while n + 1 < out.len() {
        let (first, next) = (&out[n], &out[n + 1]);
        if general(first.act) && next.at == first.at + 1 && next.act.family() == Family::Strike {
            let first = out.remove(n);
            if out[n].actor.is_empty() {
                out[n].actor = first.actor;
            }
            continue;
        }
        n += 1;
    }
}

/// Two words for one happening are one event.
pub(super) fn merge(out: &mut Vec<Told>) {
    let mut kept: Vec<Told> = Vec::new();
    for told in out.drain(..) {
        let same = kept.iter_mut().find(|k| {
            let actors = |a: &Told, b: &Told| {
                a.actor.iter().all(|w| b.actor.iter().any(|v| v.party == w.party))
                    || b.actor.iter().all(|w| a.actor.iter().any(|v| v.party == w.party))
            };
            let generic = |a: Act| matches!(a, Act::Attack | Act::Clash);
            let shot = |a: Act, b: Act| a == Act::Attack && b == Act::Shooting;
            let one = k.act == told.act
                || shot(k.act, told.act)
                || shot(told.act, k.act)
                || k.act.family() == told.act.family() && (generic(k.act) || generic(told.act))
                || (k.act.family() == Family::Strike && told.act == Act::Attack);
            one && k.negated == told.negated && actors(k, &told)
        });
        match same {
            Some(k) => {
                if matches!(k.act, Act::Attack | Act::Clash) {
                    k.act = told.act;
                }
                for who in told.actor {
                    if !k.actor.iter().any(|w| w.party == who.party) {
                        k.actor.push(who);
                    }
                }
                for who in told.target {
                    if !k.target.iter().any(|w| w.party == who.party) {
                        k.target.push(who);
                    }
                }
                k.weapon.extend(told.weapon);
                k.losses.extend(told.losses);
            }
            None => kept.push(told),
        }
    }
    *out = kept;
}
