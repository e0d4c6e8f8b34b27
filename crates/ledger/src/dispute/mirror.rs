use super::{DisputeKind, Found, Index, Reason, Told, put, same_words, states, strangers};
use counterclaim_claims::{Act, Family, Stance};
use std::collections::BTreeSet;

/// Days between reports in which one accusation still answers another.
const ANSWERED_WITHIN: i32 = 14;

/// Accusations of two parties against each other, one to one, the closest first.
pub(super) fn find<'a>(all: &[Told<'a>], index: &Index<'a>, found: &mut Found) {
    let mut pairs = Vec::new();
    for (n, a) in all.iter().enumerate().filter(|(_, a)| accuses(a)) {
        let mutual = index.mutual(n, a, ANSWERED_WITHIN).into_iter();
        for m in mutual.filter(|&m| m > n && accuses(&all[m]) && answer_each_other(a, &all[m])) {
            let b = &all[m];
            let apart = (a.rank.abs_diff(b.rank), a.claim.start.abs_diff(b.claim.start));
            pairs.push((!same_words(a, b), apart, n, m));
        }
    }
    pairs.sort_unstable();
    let mut used = BTreeSet::new();
    for (other_words, _, n, m) in pairs {
        let (a, b) = (&all[n], &all[m]);
        if used.contains(&a.at) || used.contains(&b.at) {
            continue;
        }
        used.extend([a.at, b.at]);
        let accused = a
            .actors
            .iter()
            .chain(b.actors.iter())
            .map(|party| Reason::Accused(party.to_owned()));
        let mut reasons: Vec<Reason> = accused.collect();
        reasons.push(if a.event.act == b.event.act {
            Reason::SameAct(a.event.act)
        } else {
            Reason::SameFamily(a.event.act.family())
        });
        reasons.extend((!other_words).then_some(Reason::SameWords));
        put(found, DisputeKind::MirroredAccusation, a, b, reasons);
    }
}

/// Each lays a deed of one family to the other.
fn answer_each_other(a: &Told<'_>, b: &Told<'_>) -> bool {
    let mutual = a.actors.is_within(&b.parties) && b.actors.is_within(&a.parties) && strangers(a, b);
    // What both only state may be the course of a battle.
    let charged = [a, b].iter().any(|t| t.claim.stance == Stance::Accuses);
    let near = a.at.reading == b.at.reading || a.said.within(b.said, ANSWERED_WITHIN);
    let one_family = a.event.act.family() == b.event.act.family() && a.claim.background == b.claim.background;
    let told = a.event.act != Act::Other || same_words(a, b);
    a.at != b.at && mutual && charged && near && one_family && told && a.time.overlaps(b.time)
}

/// A party lays a hostile deed to another party, whether the text calls that accusing or not.
fn accuses(told: &Told<'_>) -> bool {
    let hostile =
        matches!(told.event.act.family(), Family::Strike | Family::Abuse) || told.event.act == Act::CeasefireViolation;
    let says = told.claim.stance == Stance::Accuses || (told.claim.stance == Stance::Asserts && hostile);
    says && states(told)
        && !told.claim.background
        && !told.parties.is_empty()
        && !told.actors.is_empty()
        && told.actors.is_apart(&told.parties)
}
