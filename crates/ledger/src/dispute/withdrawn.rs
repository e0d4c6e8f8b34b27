use super::{DisputeKind, Found, Index, Reason, Told, alike, put, states};
use crate::verdict::Verdict;
use counterclaim_claims::{Act, Stance, Voice};

/// Days within which a source takes back what it said.
const WITHIN: i32 = 60;

/// Sources that take back what they claimed: in so many words, or by denying what they said themselves.
pub(super) fn find<'a>(all: &[Told<'a>], index: &Index<'a>, found: &mut Found) {
    for (n, a) in all.iter().enumerate() {
        let words = a.says(Verdict::Withdrawn);
        if a.claim.voice != Voice::Source || a.claim.source.is_empty() || !(words || a.claim.stance == Stance::Denies) {
            continue;
        }
        let mut near = index.around(n, a, all, WITHIN);
        near.retain(|&m| m < n && all[m].who == a.who && states(&all[m]) && !all[m].says(Verdict::Withdrawn));
        let best = near
            .into_iter()
            .filter_map(|m| Some((fit(a, &all[m], words)?, m)))
            .max();
        if let Some((_, m)) = best {
            put(found, DisputeKind::Withdrawn, a, &all[m], [Reason::TakesBack]);
        }
    }
}

/// How well a claim fits what is taken back; none where it is another.
fn fit(a: &Told<'_>, b: &Told<'_>, in_words: bool) -> Option<usize> {
    let alike = alike(a, b)?;
    let one = alike.incident || (alike.act && alike.place.is_some());
    if !in_words {
        // Who denies a deed may have told of another like it: only the same one is taken back.
        let same = one && alike.act && a.event.act != Act::Other && a.actors == b.actors && a.targets == b.targets;
        return same.then_some(1);
    }
    let bare = a.event.act == Act::Other && a.at.reading == b.at.reading;
    (one || bare || alike.place.is_some())
        .then(|| 4 * usize::from(alike.incident) + 2 * usize::from(alike.place.is_some()) + usize::from(alike.act))
}
