//! Answers in words alone: a source that calls what another claims exaggerated, invented or staged, without naming a deed.

use super::denial::may_be_denied;
use super::{Codes, DisputeKind, Found, Index, Reason, Told, put, states};
use crate::verdict::Verdict;
use counterclaim_claims::{Act, Voice};

/// Each such answer against what it most likely answers in its report: what the one it speaks of said last, else what was last laid
/// to the one who speaks.
pub(super) fn find<'a>(all: &[Told<'a>], index: &Index<'a>, found: &mut Found) {
    let answers = |a: &Told<'_>| {
        let words = a.says(Verdict::Untrue) || a.says(Verdict::Staged);
        words && a.event.act == Act::Other && a.claim.voice == Voice::Source && !a.who.is_empty() && states(a)
    };
    for (n, a) in all.iter().enumerate().filter(|(_, a)| answers(a)) {
        let mut near = index.around(n, a, all, 0);
        near.retain(|&m| {
            all[m].at.reading == a.at.reading && may_be_denied(a, &all[m]) && all[m].event.act != Act::Other
        });
        // What was said last before it, then what comes soonest after.
        near.sort_by_key(|&m| (m > n, m.abs_diff(n)));
        let (actors, targets) = (a.actors.iter(), a.targets.iter());
        let named: Codes<'_> = actors.chain(targets).filter(|p| !a.parties.has(p)).collect();
        let by_named = |m: &&usize| !all[**m].parties.is_apart(&named);
        let accusing = |m: &&usize| **m < n && !all[**m].actors.is_apart(&a.parties);
        if a.says(Verdict::Staged)
            && !named.is_empty()
            && let Some(&m) = near.iter().find(accusing)
        {
            let doers = Reason::OtherActors(a.doers(), all[m].doers());
            put(found, DisputeKind::BlameConflict, a, &all[m], [doers, Reason::InWords]);
            continue;
        }
        if let Some(&m) = near.iter().find(by_named).or_else(|| near.iter().find(accusing)) {
            put(found, DisputeKind::Denial, a, &all[m], [Reason::InWords]);
        }
    }
}
