//! How one happening ended: what one says was destroyed and another only damaged, taken and held, shot down and landed.

use super::{Alike, DisputeKind, Found, Reason, Told, put};
use crate::range::Range;
use crate::verdict::Verdict;
use counterclaim_claims::{Act, Family, Harm, Loss, LossHarm};

/// Two accounts of one happening, or of one place and time, that end in different ways.
pub(super) fn pair(a: &Told<'_>, b: &Told<'_>, alike: &Alike<'_>, found: &mut Found) {
    let near = a.at.reading == b.at.reading || a.said.within(b.said, 2);
    if !near {
        return;
    }
    for (one, other) in [(a, b), (b, a)] {
        let end = lost(one, other, alike)
            .or_else(|| unharmed(one, other, alike))
            .or_else(|| held(one, other, alike));
        if let Some(ends) = end.or_else(|| freed(one, other, alike)) {
            let mut reasons = alike.but_for_the_act();
            reasons.push(ends);
            put(found, DisputeKind::OutcomeConflict, a, b, reasons);
            return;
        }
    }
}

/// Something was destroyed, and was damaged; so many were, and so many.
fn lost(a: &Told<'_>, b: &Told<'_>, alike: &Alike<'_>) -> Option<Reason> {
    let pairs = a
        .event
        .losses
        .iter()
        .flat_map(|x| b.event.losses.iter().map(move |y| (x, y)));
    let doers = !a.actors.is_apart(&b.actors);
    let mut of_one = pairs.filter(|(x, y)| x.class == y.class && x.party == y.party && (x.party.is_some() || doers));
    let gone = |loss: &Loss| matches!(loss.harm, LossHarm::Destroyed | LossHarm::ShotDown);
    let one = |loss: &Loss| (loss.min, loss.max) == (Some(1), Some(1));
    of_one.find_map(|(x, y)| {
        if gone(x) && y.harm == LossHarm::Damaged && one(x) && one(y) && alike.incident {
            return Some(Reason::OtherEnds(code(x.harm).into(), code(y.harm).into()));
        }
        // Of one class as the incident tells it; a place and a day may see more than one loss.
        let (mine, theirs) = (Range::from(x), Range::from(y));
        let apart = x.harm == y.harm && alike.incident && !mine.meets(theirs);
        apart.then(|| Reason::Apart(mine.label(), theirs.label()))
    })
}

/// One lost something, and it is whole.
fn unharmed(a: &Told<'_>, b: &Told<'_>, alike: &Alike<'_>) -> Option<Reason> {
    let gone = a.event.losses.iter().find(|loss| loss.harm != LossHarm::Targeted);
    let harm = gone
        .map(|loss| loss.harm)
        .or((a.event.act == Act::ShootDown).then_some(LossHarm::ShotDown))?;
    // Whose it was, or who was struck, says that it is whole.
    let whose = gone.and_then(|loss| loss.party.as_deref());
    let owner = whose.is_some_and(|party| b.parties.has(party)) || !a.targets.is_apart(&b.parties);
    let shared = alike.incident || alike.place.is_some() || a.at.reading == b.at.reading;
    let whole = b.says(Verdict::Unharmed) && b.event.losses.iter().all(|loss| loss.harm == LossHarm::Targeted);
    (owner && shared && whole).then(|| Reason::OtherEnds(code(harm).into(), "unharmed".into()))
}

/// A place was taken, and the attack on it failed.
fn held(a: &Told<'_>, b: &Told<'_>, alike: &Alike<'_>) -> Option<Reason> {
    let fine = a.event.place.iter().any(|place| !place.is_wide());
    let taken = a.event.act == Act::CaptureTerritory && fine;
    let attack = matches!(
        b.event.act,
        Act::GroundAssault | Act::Clash | Act::Attack | Act::CaptureTerritory
    );
    // "Repulsed an attack" names who attacked as its doer; a clash names both.
    let by_same = !a.actors.is_apart(&b.actors) || !a.actors.is_apart(&b.targets);
    let failed = b.says(Verdict::Failed) && !a.says(Verdict::Failed);
    let one = alike.incident || alike.place.is_some();
    (taken && attack && by_same && failed && one).then(|| Reason::OtherEnds("taken".into(), "held".into()))
}

/// Captives were let go, and were killed.
fn freed(a: &Told<'_>, b: &Told<'_>, alike: &Alike<'_>) -> Option<Reason> {
    let one = alike.place.is_some() && !a.targets.is_apart(&b.targets);
    let killed = b.event.act == Act::Execution
        || b.event.act.family() == Family::Abuse && b.event.toll.iter().any(|toll| toll.harm == Harm::Killed);
    let freed = a.event.act == Act::PrisonerExchange;
    (one && freed && killed).then(|| Reason::OtherEnds("freed".into(), "killed".into()))
}

fn code(harm: LossHarm) -> &'static str {
    match harm {
        LossHarm::Destroyed => "destroyed",
        LossHarm::Damaged => "damaged",
        LossHarm::Captured => "captured",
        LossHarm::ShotDown => "shot-down",
        LossHarm::Targeted => "targeted",
    }
}
