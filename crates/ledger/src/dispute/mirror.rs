use super::{DisputeKind, Found, Reason, Told, act_reason, same_words, strangers};
use crate::when::{overlap, within};
use counterclaim_claims::{Act, Family, Stance};
use std::collections::BTreeSet;

/// Days between reports in which one accusation still answers another.
const ANSWERED_WITHIN: i64 = 14;

/// Accusations of two parties against each other, one to one, the closest first.
pub(super) fn find(told: &[&Told<'_>], found: &mut Found) {
    let accusations: Vec<&Told<'_>> = told.iter().copied().filter(|t| accuses(t)).collect();
    let mut pairs = Vec::new();
    for (n, a) in accusations.iter().enumerate() {
        for b in &accusations[n + 1..] {
            let mutual = a.actors.is_subset(&b.parties) && b.actors.is_subset(&a.parties) && strangers(a, b);
            let one_report = a.at.reading == b.at.reading;
            // What both only state may be the course of a battle.
            let charged = [a, b].iter().any(|t| t.claim.stance == Stance::Accuses);
            if mutual
                && charged
                && (one_report || within(a.said, b.said, ANSWERED_WITHIN))
                && overlap(a.event.time.as_deref(), b.event.time.as_deref())
            {
                let same_words = same_words(a, b);
                if a.event.act == Act::Other && !same_words {
                    continue;
                }
                let apart = a.at.reading.abs_diff(b.at.reading);
                pairs.push((
                    (!same_words, apart, a.claim.start.abs_diff(b.claim.start), a.at, b.at),
                    *a,
                    *b,
                ));
            }
        }
    }
    pairs.sort_by_key(|(closeness, ..)| *closeness);
    let mut used = BTreeSet::new();
    for ((not_same_words, ..), a, b) in pairs {
        if used.contains(&a.at) || used.contains(&b.at) {
            continue;
        }
        used.extend([a.at, b.at]);
        let mut reasons: BTreeSet<Reason> = a
            .actors
            .iter()
            .chain(&b.actors)
            .map(|p| Reason::Accused((*p).to_owned()))
            .collect();
        reasons.insert(act_reason(a.event, b.event));
        if !not_same_words {
            reasons.insert(Reason::SameWords);
        }
        found
            .entry((DisputeKind::MirroredAccusation, a.at, b.at))
            .or_default()
            .extend(reasons);
    }
}

/// A party lays a hostile deed to another party, whether the text calls that accusing or not.
fn accuses(told: &Told<'_>) -> bool {
    let hostile =
        matches!(told.event.act.family(), Family::Strike | Family::Abuse) || told.event.act == Act::CeasefireViolation;
    let says = told.claim.stance == Stance::Accuses || (told.claim.stance == Stance::Asserts && hostile);
    says && !told.event.negated
        && !told.parties.is_empty()
        && !told.actors.is_empty()
        && told.actors.is_disjoint(&told.parties)
}
