use super::{DisputeKind, Found, Reason, Told, likeness, strangers};
use crate::label;
use crate::toll::gives_figures;
use crate::when::within;
use counterclaim_claims::{Group, Harm, Toll};
use std::collections::{BTreeMap, BTreeSet};

/// Figures of one harm to one group at one place and time, by different sources, that cannot both hold.
pub(super) fn find(told: &[&Told<'_>], found: &mut Found) {
    let mut by: BTreeMap<Harm, Vec<(&Told<'_>, &Toll)>> = BTreeMap::new();
    for told in told
        .iter()
        .filter(|told| !told.event.negated && gives_figures(told.claim))
    {
        for toll in &told.event.toll {
            by.entry(toll.harm).or_default().push((told, toll));
        }
    }
    let mut seen = BTreeSet::new();
    for figures in by.values_mut() {
        // By day, so that each figure is held against those of its own days only.
        figures.sort_by_key(|(told, _)| (told.said, told.at));
        for (n, (a, x)) in figures.iter().enumerate() {
            for (b, y) in &figures[n + 1..] {
                let one_report = a.at.reading == b.at.reading;
                if !one_report && !within(a.said, b.said, 1) {
                    // Months and intervals do not sort strictly by their days: look a little further before giving up.
                    if within(a.said, b.said, 40) || a.said.is_none() {
                        continue;
                    }
                    break;
                }
                let Some(mut reasons) = scope(a, x, b, y) else { continue };
                let ends = if a.at < b.at { (a.at, b.at) } else { (b.at, a.at) };
                let figure = |toll: &Toll| label::range(toll.min, toll.max, toll.approx);
                if seen.insert((
                    a.who.clone(),
                    b.who.clone(),
                    figure(x),
                    figure(y),
                    (x.harm, x.who, y.who),
                )) {
                    let (first, second) = if a.at < b.at { (x, y) } else { (y, x) };
                    reasons.insert(Reason::Apart(figure(first), figure(second)));
                    found
                        .entry((DisputeKind::TollConflict, ends.0, ends.1))
                        .or_default()
                        .extend(reasons);
                }
            }
        }
    }
}

/// Why two figures are of one thing and cannot both hold, if so.
fn scope(a: &Told<'_>, x: &Toll, b: &Told<'_>, y: &Toll) -> Option<BTreeSet<Reason>> {
    if !strangers(a, b) || !apart(x, y) || !(x.party == y.party || x.party.is_none() || y.party.is_none()) {
        return None;
    }
    let mut reasons = likeness(a, b)?;
    let unsaid = x.who == Group::Unknown || y.who == Group::Unknown;
    let has = |test: fn(&Reason) -> bool| reasons.iter().any(test);
    let placed = has(|r| matches!(r, Reason::SamePlace(_)))
        // Of what one report tells of one place, not all is one happening.
        && (a.at.reading != b.at.reading || has(|r| matches!(r, Reason::SameTime(_))));
    // Without a place the figures are of one thing only where both are of one party's people in the whole conflict.
    let whole = a.event.place.is_empty() && b.event.place.is_empty() && x.party.is_some() && x.party == y.party;
    let alike = a.event.act.family() == b.event.act.family();
    let one = if reasons.contains(&Reason::SameIncident) {
        x.who == y.who || unsaid
    } else {
        x.who == y.who && alike && (placed || whole)
    };
    if !one {
        return None;
    }
    reasons.retain(|r| !matches!(r, Reason::SameAct(_) | Reason::SameFamily(_)));
    Some(reasons)
}

/// Whether two figures cannot both hold. A vague one gives way by a fifth.
fn apart(x: &Toll, y: &Toll) -> bool {
    let below = |x: &Toll, y: &Toll| {
        let (Some(most), Some(least)) = (x.max, y.min) else {
            return false;
        };
        let most = if x.approx { most + most / 5 } else { most };
        let least = if y.approx { least - least / 5 } else { least };
        most < least
    };
    below(x, y) || below(y, x)
}
