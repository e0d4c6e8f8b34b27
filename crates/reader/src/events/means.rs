//! What an attack is made with tells which kind it is.

use super::Told;
use crate::bits::*;
use crate::doc::Doc;
use crate::roles::Roles;
use counterclaim_claims::{Act, Family, Materiel};
use counterclaim_lexicon::{Frame, Func, Sense};
use std::ops::Range;

/// The weapons that the words around an act name as its means: in the doer's phrase ("jets struck"), after a word for the
/// means ("with rockets"), before an act's noun ("a rocket attack"), and as what a verb of firing sends off.
pub(super) fn instruments(doc: &Doc<'_>, act: Act, u: usize, roles: &Roles) -> Vec<Materiel> {
    let mut out = Vec::new();
    let sense = doc.act(u);
    let suffers = sense.is_some_and(|s| s.frame == Frame::Undergo);
    let doer = if roles.passive || suffers {
        &roles.agent
    } else {
        &roles.subject
    };
    for units in [doer, &roles.agent, &roles.modifiers].into_iter().flatten() {
        collect(doc, units.clone(), &mut out);
    }
    for (marker, units) in &roles.others {
        if doc.is(*marker, Func::ToWeapon) || doc.is(*marker, Func::DeadBy) || doc.has(*marker, AGENT) {
            collect(doc, units.clone(), &mut out);
            let mut at = units.end;
            // "With missiles or drones"
            while doc.has(at, CC | ADJ | MATERIEL) {
                collect(doc, at..at + 1, &mut out);
                at += 1;
            }
        }
    }
    // "Phá hủy hai xe tăng bằng tên lửa": the means stand within what is said of the object.
    let object = roles.object.clone().filter(|_| doc.pack.head_first && !roles.passive);
    let within = object.and_then(|o| {
        o.clone()
            .find(|&i| doc.is(i, Func::ToWeapon) && doc.has(i, ADP))
            .map(|i| i..o.end)
    });
    if let Some(means) = within {
        collect(doc, means, &mut out);
    }
    let fires = matches!(
        act,
        Act::Shooting | Act::Shelling | Act::MissileStrike | Act::DroneStrike | Act::Airstrike
    );
    let fired = if roles.passive { &roles.subject } else { &roles.object };
    if let Some(object) = fired.as_ref().filter(|_| fires) {
        let mut sent = Vec::new();
        collect(doc, object.clone(), &mut sent);
        out.extend(sent.into_iter().filter(|w| crate::weapons::is_munition(*w)));
    }
    out.extend(sense.and_then(|s| s.weapon.filter(|w| crate::weapons::told_by(s.act, *w))));
    // What explodes is no means, unless it is made to.
    if sense.is_some_and(|s| s.act == Act::Bombing && s.frame == Frame::Intransitive) {
        out.retain(|w| matches!(w, Materiel::ExplosiveDevice | Materiel::Bomb));
    }
    out.sort();
    out.dedup();
    out
}

/// "Attacks with drones and missiles": what comes by two kinds of weapon, named side by side, is a strike of each kind.
pub(super) fn by_both(doc: &Doc<'_>, bounds: &Range<usize>, out: &mut Vec<Told>) {
    let missile = |w: &Materiel| {
        matches!(
            w,
            Materiel::GuidedMissile | Materiel::BallisticMissile | Materiel::CruiseMissile
        )
    };
    let drone = |w: &Materiel| matches!(w, Materiel::Drone | Materiel::LoiteringMunition);
    let named = |u: usize| {
        let mut classes = Vec::new();
        collect(doc, u..u + 1, &mut classes);
        classes.extend(doc.act(u).and_then(|a| a.weapon));
        classes
    };
    let joined = |u: usize| {
        let (left, right) = (named(u - 1), named(u + 1));
        left.iter().any(missile) && right.iter().any(drone) || left.iter().any(drone) && right.iter().any(missile)
    };
    let between = bounds.start + 1..bounds.end.saturating_sub(1);
    if !between
        .into_iter()
        .any(|u| doc.has(u, CC) && !doc.is(u, Func::CcOr) && joined(u))
    {
        return;
    }
    let kinds = [Act::DroneStrike, Act::MissileStrike];
    if kinds.iter().all(|kind| out.iter().any(|t| t.act == *kind)) {
        return;
    }
    let both = |t: &Told| kinds.contains(&t.act) && t.weapon.iter().any(missile) && t.weapon.iter().any(drone);
    let Some(at) = out.iter().position(both) else { return };
    let mut other = out[at].clone();
    other.act = if out[at].act == Act::DroneStrike {
        Act::MissileStrike
    } else {
        Act::DroneStrike
    };
    other.toll.clear();
    other.losses.clear();
    for told in [&mut out[at], &mut other] {
        let flown = told.act == Act::DroneStrike;
        told.weapon.retain(|w| if flown { !missile(w) } else { !drone(w) });
    }
    out.insert(at + 1, other);
}

/// Whether a phrase names people who shoot: "gunmen", "snipers".
pub(super) fn shoots(doc: &Doc<'_>, units: Range<usize>) -> bool {
    units.into_iter().any(|u| doc.is(u, Func::Shooter))
}

fn collect(doc: &Doc<'_>, units: Range<usize>, out: &mut Vec<Materiel>) {
    for u in units {
        out.extend(doc.senses(u).find_map(|(s, _)| match s {
            Sense::Materiel {
                class, weapon: true, ..
            } => Some(*class),
            _ => None,
        }));
    }
}

/// Makes an attack whose means are told the kind that they make it.
pub(super) fn refine(told: &mut Told, means: &[Materiel]) {
    use Materiel::{
        Aircraft, AntiTankMissile, Artillery, BallisticMissile, Bomb, ChemicalWeapon, ClusterMunition, CruiseMissile,
        Drone, ExplosiveDevice, GuidedMissile, Helicopter, LoiteringMunition, Mortar, RocketArtillery,
        SelfPropelledGun, SmallArms, Tank,
    };
    let has = |classes: &[Materiel]| means.iter().any(|m| classes.contains(m));
    let flown = has(&[Aircraft, Helicopter, Bomb]);
    let unmanned = has(&[Drone, LoiteringMunition]);
    let missile = has(&[GuidedMissile, BallisticMissile, CruiseMissile, AntiTankMissile]);
    let guns = has(&[
        Artillery,
        Mortar,
        RocketArtillery,
        SelfPropelledGun,
        ClusterMunition,
        Tank,
    ]);
    let kinds = [flown, unmanned, missile && !flown, guns && !flown]
        .iter()
        .filter(|k| **k)
        .count();
    told.act = match told.act {
        // "With missiles or drones": no one kind.
        Act::Shooting if kinds > 1 => Act::Attack,
        act if kinds > 1 => act,
        Act::Attack | Act::DestroyEquipment | Act::Shooting if flown && !unmanned => Act::Airstrike,
        Act::Attack | Act::DestroyEquipment | Act::Shooting | Act::Airstrike if unmanned => Act::DroneStrike,
        Act::MissileStrike | Act::Shelling if has(&[Aircraft, Helicopter]) => Act::Airstrike,
        Act::Airstrike if has(&[CruiseMissile, BallisticMissile]) && !flown => Act::MissileStrike,
        Act::GroundAssault if has(&[RocketArtillery, Mortar, ClusterMunition]) => Act::Shelling,
        Act::GroundAssault if missile => Act::MissileStrike,
        // "Một UAV lao vào xe tải"
        Act::GroundAssault if unmanned => Act::DroneStrike,
        Act::Attack if has(&[ChemicalWeapon]) => Act::ChemicalAttack,
        Act::Attack | Act::DestroyEquipment | Act::Shooting if missile => Act::MissileStrike,
        Act::Attack | Act::DestroyEquipment | Act::Shooting | Act::MissileStrike if guns && !missile => Act::Shelling,
        Act::Attack if has(&[ExplosiveDevice]) => Act::Bombing,
        Act::Attack | Act::Execution if has(&[SmallArms]) => Act::Shooting,
        act => act,
    };
    if matches!(told.act.family(), Family::Strike | Family::Battle) {
        told.weapon.extend(
            means
                .iter()
                .filter(|w| crate::weapons::told_by(told.act, **w) || told.act != told.named),
        );
        told.weapon.sort();
        told.weapon.dedup();
    }
}
