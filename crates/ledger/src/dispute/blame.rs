use super::{Alike, DisputeKind, Found, Reason, Told, put};
use counterclaim_claims::{Family, Stance};

/// Deeds of one incident, or of one act, place and time, that are laid to different doers.
pub(super) fn pair(a: &Told<'_>, b: &Told<'_>, alike: &Alike<'_>, found: &mut Found) {
    if !blames(a) || !blames(b) || !a.actors.is_apart(&b.actors) {
        return;
    }
    // Who accuse each other speak of two deeds.
    let mutual = !a.actors.is_apart(&b.parties) && !b.actors.is_apart(&a.parties);
    let one = alike.incident || alike.place.is_some() && alike.time.is_some();
    // What is done to others is another deed.
    let apart = !a.targets.is_empty() && !b.targets.is_empty() && a.targets.is_apart(&b.targets);
    // Of what only stands near, and is laid to nobody by name of a place or as a charge, too much is taken for one happening.
    let charged = alike.place.is_some() || [a, b].iter().any(|told| told.claim.stance == Stance::Accuses);
    if alike.act && one && !mutual && !apart && charged {
        let mut reasons = alike.reasons(a);
        reasons.push(Reason::OtherActors(a.doers(), b.doers()));
        put(found, DisputeKind::BlameConflict, a, b, reasons);
    }
}

/// It lays a hostile deed to somebody.
fn blames(told: &Told<'_>) -> bool {
    matches!(told.event.act.family(), Family::Strike | Family::Abuse)
        && matches!(told.claim.stance, Stance::Asserts | Stance::Accuses)
        && !told.actors.is_empty()
}
