use super::{DisputeKind, Found, Reason, Told, likeness, strangers};
use counterclaim_claims::{Family, Stance};
use std::collections::BTreeMap;

/// Deeds of one incident, or of one act, place and time, that are laid to different doers.
pub(super) fn find(told: &[&Told<'_>], found: &mut Found) {
    let mut by_act: BTreeMap<_, Vec<&Told<'_>>> = BTreeMap::new();
    for told in told.iter().copied().filter(|told| blames(told)) {
        by_act.entry(told.event.act).or_default().push(told);
    }
    for told in by_act.values() {
        for (n, a) in told.iter().enumerate() {
            for b in &told[n + 1..] {
                // Who accuse each other speak of two deeds.
                let mutual = !a.actors.is_disjoint(&b.parties) && !b.actors.is_disjoint(&a.parties);
                if a.at == b.at || mutual || !strangers(a, b) || !a.actors.is_disjoint(&b.actors) {
                    continue;
                }
                let Some(mut reasons) = likeness(a, b) else { continue };
                let has = |test: fn(&Reason) -> bool| reasons.iter().any(test);
                let one = reasons.contains(&Reason::SameIncident)
                    || has(|r| matches!(r, Reason::SamePlace(_))) && has(|r| matches!(r, Reason::SameTime(_)));
                if one {
                    reasons.insert(Reason::OtherActors(a.doers(), b.doers()));
                    found
                        .entry((DisputeKind::BlameConflict, a.at, b.at))
                        .or_default()
                        .extend(reasons);
                }
            }
        }
    }
}

/// It lays a hostile deed to somebody.
fn blames(told: &Told<'_>) -> bool {
    matches!(told.event.act.family(), Family::Strike | Family::Abuse)
        && matches!(told.claim.stance, Stance::Asserts | Stance::Accuses)
        && !told.event.negated
        && !told.actors.is_empty()
}
