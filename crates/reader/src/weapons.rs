//! Pass 7: what an attack is made with.

use crate::clauses::View;
use crate::doc::Doc;
use counterclaim_claims::{Act, Materiel};
use counterclaim_lexicon::{Pos, Sense};
use std::ops::Range;

/// Parties whose missiles are rockets, whatever a report calls them.
const ROCKETS: &[&str] = &["PSE", "HAMAS", "PIJ", "HEZBOLLAH"];

/// Whether a class says which of the things it is that another class only tells the sort of: a Tomahawk is a missile, a Shahed
/// a drone.
pub(crate) fn says_which(which: Materiel, sort: Materiel) -> bool {
    use Materiel::{
        AirDefence, AntiTankMissile, BallisticMissile, CruiseMissile, Depot, Drone, GuidedMissile, LoiteringMunition,
        Other, RocketArtillery,
    };
    match sort {
        GuidedMissile => matches!(
            which,
            AirDefence | AntiTankMissile | BallisticMissile | CruiseMissile | RocketArtillery
        ),
        Drone => which == LoiteringMunition,
        Other => !matches!(which, Other | Depot | GuidedMissile),
        _ => false,
    }
}

/// What the words of a range say an attack is made with.
pub(crate) fn weapons(view: &View<'_, '_>, units: Range<usize>, suffers: &[Range<usize>]) -> Vec<Materiel> {
    let doc = view.doc;
    let mut found: Vec<(usize, Materiel)> = Vec::new();
    for u in units.filter(|u| !suffers.iter().any(|r| r.contains(u))) {
        for (sense, _) in doc.senses(u) {
            let class = match sense {
                Sense::Materiel {
                    class, weapon: true, ..
                } => *class,
                // "Artillery fire" names the guns that "shelled" only implies.
                Sense::Act(act) => match act.weapon.filter(|w| {
                    told_by(act.act, *w)
                        || *w == Materiel::Artillery
                            && act.pos == Pos::Noun
                            && doc.units[u].tokens.len() > 1
                            && !doc.pack.head_first
                }) {
                    Some(class) => class,
                    None => continue,
                },
                _ => continue,
            };
            found.push((u, class));
        }
    }
    let mut out: Vec<Materiel> = Vec::new();
    for (u, class) in &found {
        // "tên lửa hành trình Tomahawk", "hệ thống tên lửa Buk": the closer word beside it tells which.
        let named = found.iter().any(|(v, other)| {
            says_which(*other, *class)
                && v.abs_diff(*u) <= 2
                && v != u
                && view.phrases.np_at(*u) == view.phrases.np_at(*v)
        });
        if !named && !out.contains(class) {
            out.push(*class);
        }
    }
    out
}

/// Whether all things that a phrase names are what is fired, dropped or thrown.
pub(crate) fn munitions(doc: &Doc<'_>, units: Range<usize>) -> bool {
    let mut things = units.filter_map(|u| {
        doc.senses(u).find_map(|(s, _)| match s {
            Sense::Materiel { class, .. } => Some(*class),
            _ => None,
        })
    });
    let first = things.next();
    first.is_some_and(is_munition) && things.all(is_munition)
}

/// What is fired, dropped or thrown, as against what fires it.
pub(crate) fn is_munition(class: Materiel) -> bool {
    use Materiel::{
        AntiTankMissile, Artillery, BallisticMissile, Bomb, ClusterMunition, CruiseMissile, Drone, ExplosiveDevice,
        GuidedMissile, LoiteringMunition, Mortar, RocketArtillery, SmallArms,
    };
    matches!(
        class,
        AntiTankMissile
            | Artillery
            | BallisticMissile
            | Bomb
            | ClusterMunition
            | CruiseMissile
            | Drone
            | ExplosiveDevice
            | GuidedMissile
            | LoiteringMunition
            | Mortar
            | RocketArtillery
            | SmallArms
    )
}

/// Craft with a crew in the air.
pub(crate) fn flies(class: Materiel) -> bool {
    matches!(class, Materiel::Aircraft | Materiel::Helicopter)
}

/// Leaves of the weapons of an event what says most: "tên lửa hành trình" is a missile, an air strike's bombs are no mines.
pub(crate) fn settle(weapon: &mut Vec<Materiel>, act: Act) {
    use Materiel::{
        AntiTankMissile, BallisticMissile, CruiseMissile, Drone, ExplosiveDevice, GuidedMissile, LoiteringMunition,
    };
    weapon.sort();
    weapon.dedup();
    let has = |classes: &[Materiel]| weapon.iter().any(|w| classes.contains(w));
    let which = has(&[AntiTankMissile, BallisticMissile, CruiseMissile]);
    let loitering = has(&[LoiteringMunition]);
    weapon.retain(|w| match w {
        GuidedMissile => !which,
        Drone => !loitering,
        ExplosiveDevice => act != Act::Airstrike,
        _ => true,
    });
}

/// Whether an act's word names its weapon, and does not just imply it: "bombed" tells of bombs, "shelled" of no gun.
pub(crate) fn told_by(act: Act, weapon: Materiel) -> bool {
    !matches!(
        (act, weapon),
        (Act::Shelling, Materiel::Artillery)
            | (Act::Airstrike, Materiel::Aircraft)
            | (Act::Shooting | Act::Clash, Materiel::SmallArms)
            | (Act::ShootDown, Materiel::AirDefence)
    )
}

/// Whether a party's missiles are rockets.
pub(crate) fn has_rockets(party: &str) -> bool {
    ROCKETS.contains(&party)
}

/// Which of two readings a class has in the hands of `party`.
pub(crate) fn in_the_hands_of(class: Materiel, party: Option<&str>) -> Materiel {
    match class {
        Materiel::GuidedMissile if party.is_some_and(has_rockets) => Materiel::RocketArtillery,
        class => class,
    }
}
