//! What an act comes to with what it is done to.

use super::{Scene, Teller};
use crate::bits::*;
use crate::roles::Roles;
use crate::who::Who;
use counterclaim_claims::{Act, Family, Harm, Materiel, Sector};
use counterclaim_lexicon::{ActSense, Frame, Func, OrgKind, Pos, Sense};
use std::ops::Range;

impl Teller<'_, '_> {
    /// What an act comes to with its object and its mood: who tries to take a town attacks it, who takes weapons or
    /// prisoners has fought, who takes hostages abducts.
    pub(super) fn aim(&self, scene: &Scene<'_, '_>, u: usize, sense: &ActSense, roles: &Roles, act: Act) -> Act {
        let doc = self.doc;
        let undergoes = roles.passive || sense.frame == Frame::Undergo && act == Act::DestroyEquipment;
        let object = if undergoes { &roles.subject } else { &roles.object };
        let holds = |bits: u128| object.iter().cloned().flatten().any(|i| doc.has(i, bits));
        let downed = if sense.frame == Frame::Undergo {
            &roles.subject
        } else {
            object
        };
        let brought_down = |bits: u128| downed.iter().cloned().flatten().any(|i| doc.has(i, bits));
        let is_place = |i: usize| crate::values::at(self.values.places, i).is_some() || doc.is(i, Func::PlaceNoun);
        let place = object.iter().cloned().flatten().any(is_place) || self.holds_ground(object.as_ref());
        match act {
            Act::CaptureTerritory
                if sense.pos == Pos::Verb
                    && !place
                    && !self.driven_out(sense, roles)
                    && self.carried_off(object.as_ref()) =>
            {
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
            Act::Shooting | Act::Attack if sense.harm == Some(Harm::Killed) && self.captives(object.as_ref()) => {
                Act::Execution
            }
            Act::DestroyEquipment if (holds(PERSON) || !place && doc.has(u, HARM)) && !holds(MATERIEL) => {
                self.story.of_harm(Harm::Killed, doc.sent_of(u), false)
            }
            // People who are brought down are killed.
            Act::ShootDown if sense.flags.weak && holds(PERSON) && !holds(MATERIEL) => {
                self.story.of_harm(Harm::Killed, doc.sent_of(u), false)
            }
            // "Cảnh sát nghi nhóm này đứng sau": what nobody names is what was told before.
            Act::SupportMilitarily
                if doc.pack.head_first
                    && doc.is(u, Func::Light)
                    && sense.pos == Pos::Verb
                    && roles.object.is_none()
                    && roles.others.is_empty() =>
            {
                self.story.current(doc.sent_of(u)).unwrap_or(Act::Attack)
            }
            // "Trao đổi 90 tù binh": prisoners are handed over.
            Act::Talks if doc.pack.head_first && sense.pos == Pos::Verb && self.captives(object.as_ref()) => {
                Act::PrisonerExchange
            }
            // "Quân đội bắn vào 30 mục tiêu": what an army fires at it shells or bombs, which the word leaves open.
            Act::Shooting if doc.pack.head_first && sense.weapon.is_some() && self.fires_at_targets(scene, roles) => {
                Act::Attack
            }
            // "Năm tay súng bị bắn hạ": people who are brought down by fire are shot.
            Act::ShootDown
                if doc.pack.head_first && doc.has(u, HARM) && brought_down(PERSON) && !brought_down(MATERIEL) =>
            {
                Act::Shooting
            }
            // Homes that are destroyed are no equipment: somebody attacked them.
            Act::DestroyEquipment if self.civil(object.as_ref()) || place && !holds(MATERIEL) => Act::Attack,
            Act::SupportMilitarily
                if sense.flags.weak && self.humane(scene, roles) && !self.fights_beside(scene, u) =>
            {
                Act::Aid
            }
            // "Không có binh sĩ Ai Cập hiện diện ở đây": forces that are said not to be there would help.
            Act::Mobilise
                if sense.flags.weak
                    && sense.frame == Frame::Intransitive
                    && roles
                        .subject
                        .clone()
                        .is_some_and(|s| self.denied_abroad(scene, &self.people(s, scene))) =>
            {
                Act::SupportMilitarily
            }
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
            // "Rocket rơi xuống thủ đô": a missile or shell that comes down has been fired.
            Act::ShootDown if sense.flags.weak && sense.frame == Frame::Undergo && !roles.passive => {
                self.lands_as(roles).unwrap_or(act)
            }
            // What blows up of the things of war is lost.
            Act::Bombing if sense.frame == Frame::Intransitive && self.bursts(roles) => Act::DestroyEquipment,
            // Envoys and aid workers are expelled, not driven from their homes.
            Act::Displacement
                if sense.pos == Pos::Verb
                    && sense.frame == Frame::Transitive
                    && !roles.passive
                    && self.envoys(scene, roles) =>
            {
                Act::Sanction
            }
            // Drones that are sent to a party are its own from then on.
            Act::DroneStrike | Act::MissileStrike
                if sense.pos == Pos::Verb && doc.units[u].tokens.len() > 1 && self.is_given(scene, roles) =>
            {
                Act::SupportMilitarily
            }
            Act::Agreement if self.broken(scene, u) => Act::CeasefireViolation,
            // "Cáo buộc nhau vi phạm": what is broken is the truce told of before.
            Act::Other
                if doc.pack.head_first && doc.is(u, Func::Breach) && object.is_none() && self.story.of_a_truce() =>
            {
                Act::CeasefireViolation
            }
            Act::Arrest if self.takes_hostages(scene) => Act::Abduction,
            act => act,
        }
    }

    /// "Drove the rebels out of the hills": who is driven from a place loses it.
    pub(super) fn driven_out(&self, sense: &ActSense, roles: &Roles) -> bool {
        let place = |u: usize| {
            crate::values::at(self.values.places, u).is_some()
                || self.doc.is(u, Func::PlaceNoun)
                || self.doc.is(u, Func::Ground)
        };
        let drives = sense.act == Act::CaptureTerritory && sense.frame == Frame::Transitive;
        !self.doc.pack.head_first && drives && roles.others.iter().any(|(_, r)| r.clone().any(place))
    }

    /// The kind of strike that a munition is, where one is what comes down.
    fn lands_as(&self, roles: &Roles) -> Option<Act> {
        let class = roles.subject.clone().into_iter().flatten().find_map(|u| {
            self.doc.senses(u).find_map(|(s, _)| match s {
                Sense::Materiel { class, .. } => Some(*class),
                _ => None,
            })
        })?;
        match class {
            Materiel::GuidedMissile | Materiel::BallisticMissile | Materiel::CruiseMissile => Some(Act::MissileStrike),
            Materiel::RocketArtillery | Materiel::Artillery | Materiel::Mortar | Materiel::ClusterMunition => {
                Some(Act::Shelling)
            }
            Materiel::Bomb => Some(Act::Airstrike),
            _ => None,
        }
    }

    /// Whether what is sent goes to a party as its own, and is aimed at nobody.
    fn is_given(&self, scene: &Scene<'_, '_>, roles: &Roles) -> bool {
        let goal = |m: usize| self.doc.is(m, Func::ToGoal) && !self.doc.is(m, Func::ToTarget);
        let aimed = roles.others.iter().any(|(m, _)| self.doc.is(*m, Func::ToTarget));
        let to =
            |(m, units): &(usize, Range<usize>)| goal(*m) && self.people(units.clone(), scene).iter().any(Who::known);
        !aimed && roles.others.iter().any(to)
    }

    /// Whether those whom a verb moves away speak for others: diplomats, inspectors, aid workers.
    fn envoys(&self, scene: &Scene<'_, '_>, roles: &Roles) -> bool {
        use Sector::{Gov, Igo, Med, Mil, Ngo};
        let host = roles
            .subject
            .as_ref()
            .and_then(|s| self.people(s.clone(), scene).into_iter().find_map(|w| w.party));
        roles.object.as_ref().is_some_and(|o| {
            let whom = self.people(o.clone(), scene);
            let guests = |w: &Who| w.sector == Mil && w.party.is_some() && w.party != host;
            !whom.is_empty()
                && whom
                    .iter()
                    .all(|w| matches!(w.sector, Gov | Igo | Med | Ngo) || guests(w))
        })
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

    /// Whether a phrase names prisoners or hostages.
    pub(super) fn captives(&self, units: Option<&Range<usize>>) -> bool {
        let held = |s: &Sense| {
            matches!(
                s,
                Sense::Harm {
                    harm: Harm::Captured,
                    pos: Pos::Noun,
                    ..
                }
            )
        };
        let senses = |u: usize| self.doc.senses(u).any(|(s, _)| held(s));
        units.cloned().into_iter().flatten().any(senses)
    }

    /// Whether a phrase names things of civilians and no others.
    pub(super) fn civil(&self, units: Option<&Range<usize>>) -> bool {
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
    pub(super) fn holds_ground(&self, units: Option<&Range<usize>>) -> bool {
        use Materiel::{Base, CivilianObject, CommandPost, Depot, Fortification, Infrastructure};
        units.cloned().into_iter().flatten().any(|u| {
            let ground = self.doc.is(u, Func::Ground);
            ground
                || self.doc.senses(u).any(|(s, _)| {
                    matches!(s, Sense::Materiel { class, .. }
                    if matches!(class, Base | CivilianObject | CommandPost | Depot | Fortification | Infrastructure))
                })
        })
    }

    /// Whether a word names a store of weapons, which is seized for what it holds.
    pub(super) fn is_stored(&self, u: usize) -> bool {
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

    /// Whether a verb of moving forces has what it moves for object.
    pub(super) fn sends(&self, u: usize) -> bool {
        self.doc
            .act(u)
            .is_some_and(|a| a.pos == Pos::Verb && a.frame == Frame::Transitive)
    }

    /// Whether a phrase names fighters or weapons.
    pub(super) fn is_force(&self, units: &Range<usize>) -> bool {
        use counterclaim_claims::Sector::{Mil, Pol, Reb};
        units.clone().flat_map(|u| self.doc.senses(u)).any(|(s, _)| match s {
            Sense::Person { sector, who, .. } => {
                matches!(sector, Mil | Pol | Reb) || *who == counterclaim_claims::Group::Military
            }
            Sense::Org(org) => matches!(org.sector, Some(Mil | Pol | Reb)),
            Sense::Materiel { class, .. } => *class != Materiel::CivilianObject,
            _ => false,
        })
    }

    /// Whether what is sent goes to a party other than who sends it.
    fn goes_to_another(&self, scene: &Scene<'_, '_>, roles: &Roles) -> bool {
        let whose = |units: &Range<usize>| self.people(units.clone(), scene);
        let sender = if roles.passive { &roles.agent } else { &roles.subject };
        let sender = sender.as_ref().map(whose).unwrap_or_default();
        let known = |w: &Who| w.known() && sender.iter().all(|s| s.party != w.party);
        let inside = self.goal_in(roles);
        // "Triển khai UAV trong cuộc chiến với Eritrea": with whom one fights is not who is given arms.
        let with = |m: usize| self.doc.pack.head_first && self.doc.is(m, Func::ToWith);
        let goals = roles.others.iter().filter(|(m, _)| !with(*m));
        let to = goals.map(|(_, units)| units).chain(&inside);
        to.into_iter().any(|units| whose(units).iter().any(known))
    }

    /// "Gửi pháo đến Niger": where what is sent goes, told at the end of its own phrase.
    pub(super) fn goal_in(&self, roles: &Roles) -> Option<Range<usize>> {
        let (doc, object) = (self.doc, roles.object.clone()?);
        let to = object
            .clone()
            .skip(1)
            .find(|&u| doc.has(u, INF | ADP) && (doc.has(u, INF) || doc.is(u, Func::ToGoal)))?;
        (doc.pack.head_first && to + 1 < object.end).then(|| to + 1..object.end)
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

    /// "Backed the herders in attacks on the town": help for those who fight.
    fn fights_beside(&self, scene: &Scene<'_, '_>, u: usize) -> bool {
        let deed = |i: usize| {
            let act = self.doc.act(i).filter(|a| !a.flags.weak || a.pos == Pos::Noun);
            act.is_some_and(|a| matches!(a.act.family(), Family::Strike | Family::Battle))
        };
        !self.doc.pack.head_first && (u + 1..scene.bounds.end).any(deed)
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

    /// Whether forces fire at what is called nothing but targets.
    fn fires_at_targets(&self, scene: &Scene<'_, '_>, roles: &Roles) -> bool {
        let target = |u: usize| {
            self.doc.senses(u).any(|(s, _)| {
                matches!(
                    s,
                    Sense::Materiel {
                        class: Materiel::Other,
                        ..
                    }
                )
            }) && self.doc.has(u, LOSS)
        };
        let whom = |o: &Range<usize>| o.clone().any(target);
        let army = |s: &Range<usize>| {
            self.people(s.clone(), scene)
                .iter()
                .any(|w| w.sector == Sector::Mil && w.known())
        };
        let at = roles.object.iter().chain(roles.others.iter().map(|(_, o)| o)).any(whom);
        at && roles.subject.as_ref().is_some_and(army)
    }

    /// Whether the truce that a word names is told as broken: "violations of the ceasefire".
    fn broken(&self, scene: &Scene<'_, '_>, u: usize) -> bool {
        let np = scene.view.phrases.np_at(u).map_or(u..u + 1, |n| n.units.clone());
        let around = np.start.saturating_sub(2).max(scene.bounds.start)..(np.end + 1).min(scene.bounds.end);
        around.into_iter().any(|i| self.doc.is(i, Func::Breach))
    }
}
