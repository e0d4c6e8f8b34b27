use super::{DisputeKind, Found, Index, Reason, Told, alike, put, states};
use crate::verdict::Verdict;
use counterclaim_claims::{Act, Voice};

/// Days within which a source takes back what it said.
const WITHIN: i32 = 60;

/// Sources that take back what they claimed, in so many words: who denies something may mean another's like claim.
pub(super) fn find<'a>(all: &[Told<'a>], index: &Index<'a>, found: &mut Found) {
    for (n, a) in all.iter().enumerate() {
        if a.claim.voice != Voice::Source || a.claim.source.is_empty() || !a.says(Verdict::Withdrawn) {
            continue;
        }
        let mut near = index.around(n, a, all, WITHIN);
        near.retain(|&m| m < n && all[m].who == a.who && states(&all[m]) && !all[m].says(Verdict::Withdrawn));
        let best = near.into_iter().filter_map(|m| Some((fit(a, &all[m])?, m))).max();
        if let Some((_, m)) = best {
            put(found, DisputeKind::Withdrawn, a, &all[m], [Reason::TakesBack]);
        }
    }
}

/// How well a claim fits what is taken back; none where it is another.
fn fit(a: &Told<'_>, b: &Told<'_>) -> Option<usize> {
    let alike = alike(a, b)?;
    let place = alike.place.is_some();
    let bare = a.event.act == Act::Other && a.at.reading == b.at.reading;
    let points = 4 * usize::from(alike.incident) + 2 * usize::from(place) + usize::from(alike.act);
    (alike.incident || place || bare).then_some(points)
}
