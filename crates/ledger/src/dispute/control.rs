use super::{Alike, DisputeKind, Found, Reason, Told, put};
use counterclaim_claims::{Act, Stance};

/// Claims of different sources that different parties hold one place at one time.
pub(super) fn pair(a: &Told<'_>, b: &Told<'_>, alike: &Alike<'_>, found: &mut Found) {
    if !holds(a) || !holds(b) || !a.actors.is_apart(&b.actors) || alike.place.is_none() {
        return;
    }
    if a.at.reading == b.at.reading || a.said.within(b.said, 1) {
        let mut reasons = alike.reasons(a);
        reasons.push(Reason::OtherActors(a.doers(), b.doers()));
        put(found, DisputeKind::ControlConflict, a, b, reasons);
    }
}

/// It says that a party holds or took a town or a post: of a country each may hold a part.
fn holds(told: &Told<'_>) -> bool {
    let act = matches!(told.event.act, Act::Control | Act::CaptureTerritory);
    let fine = told.event.place.iter().any(|place| !place.is_wide());
    act && told.claim.stance == Stance::Asserts && fine && !told.actors.is_empty()
}
