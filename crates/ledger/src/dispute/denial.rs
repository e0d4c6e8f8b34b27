use super::{DisputeKind, Found, Reason, Told, likeness, strangers};
use crate::when::soon_after;
use counterclaim_claims::{Act, Stance, Voice};
use std::collections::BTreeSet;

/// A denial that fits very many claims is shown with those it fits best.
const MOST_DENIED: usize = 4;

/// Denials, each against the claims of others that it answers best.
pub(super) fn find(told: &[&Told<'_>], found: &mut Found) {
    for a in told.iter().filter(|a| denies(a)) {
        let mut fits: Vec<(BTreeSet<Reason>, &Told<'_>)> = told
            .iter()
            .copied()
            .filter(|b| may_be_denied(a, b))
            .filter_map(|b| Some((denied(a, b)?, b)))
            .collect();
        fits.sort_by_key(|(reasons, b)| (usize::MAX - reasons.len(), a.at.reading.abs_diff(b.at.reading), b.at));
        for (reasons, b) in fits.into_iter().take(MOST_DENIED) {
            found
                .entry((DisputeKind::Denial, a.at, b.at))
                .or_default()
                .extend(reasons);
        }
    }
}

/// Why `a` denies `b`, if it does.
fn denied(a: &Told<'_>, b: &Told<'_>) -> Option<BTreeSet<Reason>> {
    let mut reasons = likeness(a, b)?;
    let same_words = reasons.contains(&Reason::SameWords);
    let accused = b.actors.intersection(&a.parties).next();
    let actor = a.actors.intersection(&b.actors).next();
    match (accused, actor) {
        (Some(party), _) => reasons.insert(Reason::Accused((*party).to_owned())),
        (None, Some(party)) => reasons.insert(Reason::SameActor((*party).to_owned())),
        // Another doer's deed is another deed; that nobody did it to them is told of all doers.
        (None, None) => match a.targets.intersection(&b.targets).next() {
            Some(party) if a.actors.is_empty() && a.event.negated => {
                reasons.insert(Reason::SameTarget((*party).to_owned()))
            }
            _ => return None,
        },
    };
    let has = |test: fn(&Reason) -> bool| reasons.iter().any(test);
    let (act, place) = (
        has(|r| matches!(r, Reason::SameAct(_))),
        has(|r| matches!(r, Reason::SamePlace(_))),
    );
    let time = has(|r| matches!(r, Reason::SameTime(_)));
    let incident = reasons.contains(&Reason::SameIncident);
    let fits = if a.at.reading == b.at.reading {
        // What names no act of its own is answered by where it stands: see `answers`.
        // An attack without its means may be any strike.
        let strike = [a.event.act, b.event.act].contains(&Act::Attack);
        same_words || incident || ((act || place || strike) && a.event.act != Act::Other)
    } else {
        // Between reports a like deed is not enough: there are many on a day of war.
        let known = a.said.is_none() || b.said.is_none();
        (incident || place || (act && time)) && a.event.act != Act::Other && (known || soon_after(b.said, a.said))
    };
    fits.then_some(reasons)
}

/// Denials that name no deed ("denied the accusation"): each against what was last laid to the denier before it.
pub(super) fn answers(told: &[&Told<'_>], found: &mut Found) {
    for a in told.iter().filter(|a| denies(a) && a.event.act == Act::Other) {
        let before =
            |b: &&&Told<'_>| b.at.reading == a.at.reading && b.claim.start < a.claim.start && may_be_denied(a, b);
        let accusing = told
            .iter()
            .filter(before)
            .filter(|b| b.event.act != Act::Other && !b.actors.is_disjoint(&a.parties));
        if let Some(b) = accusing.max_by_key(|b| b.at) {
            let accused = b
                .actors
                .intersection(&a.parties)
                .map(|party| Reason::Accused((*party).to_owned()));
            let reasons = found.entry((DisputeKind::Denial, a.at, b.at)).or_default();
            reasons.extend(accused.chain([Reason::Answers]));
        }
    }
}

fn denies(a: &Told<'_>) -> bool {
    a.claim.stance == Stance::Denies && a.claim.voice == Voice::Source
}

fn may_be_denied(a: &Told<'_>, b: &Told<'_>) -> bool {
    let claimed = matches!(b.claim.stance, Stance::Asserts | Stance::Accuses | Stance::Warns);
    claimed && !b.event.negated && b.claim.voice == Voice::Source && strangers(a, b)
}
