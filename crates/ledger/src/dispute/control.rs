use super::{DisputeKind, Found, Reason, Told, likeness, strangers};
use crate::when::within;
use counterclaim_claims::{Act, Stance};

/// Claims of different sources that different parties hold one place at one time.
pub(super) fn find(told: &[&Told<'_>], found: &mut Found) {
    let holds: Vec<&Told<'_>> = told.iter().copied().filter(|told| holds(told)).collect();
    for (n, a) in holds.iter().enumerate() {
        for b in &holds[n + 1..] {
            let one_time = a.at.reading == b.at.reading || within(a.said, b.said, 1);
            if !one_time || !strangers(a, b) || !a.actors.is_disjoint(&b.actors) {
                continue;
            }
            let Some(mut reasons) = likeness(a, b) else { continue };
            if reasons.iter().any(|r| matches!(r, Reason::SamePlace(_))) {
                reasons.insert(Reason::OtherActors(a.doers(), b.doers()));
                found
                    .entry((DisputeKind::ControlConflict, a.at, b.at))
                    .or_default()
                    .extend(reasons);
            }
        }
    }
}

/// It says that a party holds or took a town or a post: of a country each may hold a part.
fn holds(told: &Told<'_>) -> bool {
    let act = matches!(told.event.act, Act::Control | Act::CaptureTerritory);
    let says = told.claim.stance == Stance::Asserts && !told.event.negated;
    let fine = told.event.place.iter().any(|place| {
        !matches!(
            place.kind.as_deref(),
            Some("country" | "region" | "admin1" | "continent" | "sea" | "bloc")
        )
    });
    act && says && fine && !told.actors.is_empty()
}
