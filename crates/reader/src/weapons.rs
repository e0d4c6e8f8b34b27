//! Pass 7: what an attack is made with.

use crate::clauses::View;
use counterclaim_claims::Materiel;
use counterclaim_lexicon::Sense;
use std::ops::Range;

/// What the words of a range say an attack is made with.
pub(crate) fn weapons(view: &View<'_, '_>, units: Range<usize>) -> Vec<Materiel> {
    let mut out: Vec<Materiel> = Vec::new();
    for u in units {
        for (sense, _) in view.doc.senses(u) {
            let class = match sense {
                Sense::Materiel {
                    class, weapon: true, ..
                } => *class,
                Sense::Act(act) => match act.weapon.filter(|w| told_by(act.act, *w)) {
                    Some(class) => class,
                    None => continue,
                },
                _ => continue,
            };
            if !out.contains(&class) {
                out.push(class);
            }
        }
    }
    out
}

/// Whether an act's word names its weapon, and does not just imply it: "bombed" tells of bombs, "shelled" of no gun.
pub(crate) fn told_by(act: counterclaim_claims::Act, weapon: Materiel) -> bool {
    use counterclaim_claims::Act;
    !matches!(
        (act, weapon),
        (Act::Shelling, Materiel::Artillery)
            | (Act::Airstrike, Materiel::Aircraft)
            | (Act::Shooting | Act::Clash, Materiel::SmallArms)
            | (Act::DroneStrike, Materiel::Drone)
            | (Act::ShootDown, Materiel::AirDefence)
    )
}
