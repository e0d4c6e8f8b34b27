use super::{Alike, DisputeKind, Found, Reason, Told, put};
use crate::{Who, label};
use counterclaim_claims::{Group, Harm, Toll};
use std::collections::BTreeSet;

/// Figures that were held against each other already, so that what ten papers repeat is one conflict.
pub(super) type Seen = BTreeSet<(Option<usize>, Vec<Who>, Vec<Who>, String, String, Harm, Group, Group)>;

/// Figures of one harm to one group at one place and time, by different sources, that cannot both hold.
pub(super) fn pair(a: &Told<'_>, b: &Told<'_>, alike: &Alike<'_>, seen: &mut Seen, found: &mut Found) {
    if a.event.toll.is_empty() || b.event.toll.is_empty() {
        return;
    }
    if a.at.reading != b.at.reading && !a.said.within(b.said, 1) {
        return;
    }
    let figure = |toll: &Toll| label::range(toll.min, toll.max, toll.approx);
    for x in &a.event.toll {
        for y in b.event.toll.iter().filter(|y| y.harm == x.harm) {
            if !of_one_thing(a, x, b, y, alike) || !apart(x, y) {
                continue;
            }
            let incident = a.incident.filter(|_| alike.incident);
            let key = (
                incident,
                a.who.clone(),
                b.who.clone(),
                figure(x),
                figure(y),
                x.harm,
                x.who,
                y.who,
            );
            if seen.insert(key) {
                let mut reasons = alike.but_for_the_act();
                reasons.insert(Reason::Apart(figure(x), figure(y)));
                put(found, DisputeKind::TollConflict, a, b, reasons);
            }
        }
    }
}

/// Whether two figures are of one thing.
fn of_one_thing(a: &Told<'_>, x: &Toll, b: &Told<'_>, y: &Toll, alike: &Alike<'_>) -> bool {
    if !(x.party == y.party || x.party.is_none() || y.party.is_none()) {
        return false;
    }
    // Of what one report tells of one place, not all is one happening.
    let placed = alike.place.is_some() && (a.at.reading != b.at.reading || alike.time.is_some());
    // Without a place the figures are of one thing only where both are of one party's people in the whole conflict.
    let whole = a.event.place.is_empty() && b.event.place.is_empty() && x.party.is_some() && x.party == y.party;
    if alike.incident {
        x.who == y.who || x.who == Group::Unknown || y.who == Group::Unknown
    } else {
        x.who == y.who && a.event.act.family() == b.event.act.family() && (placed || whole)
    }
}

/// Whether two figures cannot both hold. A vague one gives way by a fifth.
fn apart(x: &Toll, y: &Toll) -> bool {
    let below = |x: &Toll, y: &Toll| {
        let (Some(most), Some(least)) = (x.max, y.min) else {
            return false;
        };
        let most = if x.approx { most.saturating_add(most / 5) } else { most };
        let least = if y.approx { least - least / 5 } else { least };
        most < least
    };
    below(x, y) || below(y, x)
}
