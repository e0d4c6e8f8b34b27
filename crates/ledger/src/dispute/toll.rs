use super::{Alike, DisputeKind, Found, Reason, Told, put};
use crate::Who;
use crate::range::Range;
use counterclaim_claims::{Group, Harm, Toll};
use rustc_hash::FxHashSet;
use std::sync::Arc;

/// Figures that were held against each other already, so that what ten papers repeat is one conflict.
pub(super) type Seen = FxHashSet<(Option<usize>, [Arc<[Who]>; 2], [Range; 2], Harm, [Group; 2])>;

/// Whether two events have figures that were given at one time.
pub(super) fn may(a: &Told<'_>, b: &Told<'_>) -> bool {
    let figures = !a.event.toll.is_empty() && !b.event.toll.is_empty();
    figures && (a.at.reading == b.at.reading || a.said.within(b.said, 1))
}

/// Figures of one harm to one group at one place and time, by different sources, that cannot both hold.
pub(super) fn pair(a: &Told<'_>, b: &Told<'_>, alike: &Alike<'_>, seen: &mut Seen, found: &mut Found) {
    for x in &a.event.toll {
        for y in b.event.toll.iter().filter(|y| y.harm == x.harm) {
            let figures = [x, y].map(Range::from);
            if !of_one_thing(a, x, b, y, alike) || figures[0].meets(figures[1]) {
                continue;
            }
            let incident = a.incident.filter(|_| alike.incident);
            let who = [&a.who, &b.who].map(Arc::clone);
            if seen.insert((incident, who, figures, x.harm, [x.who, y.who])) {
                let mut reasons = alike.but_for_the_act();
                let [x, y] = figures.map(Range::label);
                reasons.push(Reason::Apart(x, y));
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
