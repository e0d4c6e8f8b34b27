use super::mention::Mention;
use crate::decision::{Decision, Ref, Ruling, in_order};
use crate::review::Ids;
use counterclaim_claims::Reading;
use std::collections::HashMap;

/// Which mentions people put together or apart. Of decisions that exclude each other the later one holds, so that the order of
/// arrival says nothing.
#[derive(Default)]
pub(super) struct Bonds {
    /// Pairs that are one happening, with the number of the decision.
    pub(super) together: Vec<(usize, usize, usize)>,
    /// Pairs that are not, likewise.
    pub(super) apart: Vec<(usize, usize, usize)>,
    /// Mentions that are a happening of their own, likewise.
    pub(super) alone: Vec<(usize, usize)>,
}

impl Bonds {
    pub(super) fn of(mentions: &[Mention<'_>], readings: &[Reading], decisions: &[Decision]) -> Bonds {
        let mut bonds = Bonds::default();
        if !decisions
            .iter()
            .any(|one| matches!(one.what, Ruling::Split(_) | Ruling::Join(_) | Ruling::Reopen))
        {
            return bonds;
        }
        let ids = Ids::of(readings);
        let number: HashMap<_, usize> = mentions
            .iter()
            .enumerate()
            .map(|(n, mention)| (mention.at, n))
            .collect();
        let meant = |at: &Ref| -> Vec<usize> {
            let events = ids.claims(at).into_iter().map(|claim| super::EventRef {
                at: claim,
                event: at.event.unwrap_or(0),
            });
            events.filter_map(|event| number.get(&event).copied()).collect()
        };
        let mut group: Vec<usize> = (0..mentions.len()).collect();
        let mut reopened: Vec<&Ref> = Vec::new();
        for n in in_order(decisions).into_iter().rev() {
            let Decision { about, what, .. } = &decisions[n];
            let over = |at: &&Ref| at.document == about.document && (at.claim.is_none() || at.claim == about.claim);
            match what {
                Ruling::Reopen => reopened.push(about),
                _ if reopened.iter().any(over) => {}
                Ruling::Join(with) => {
                    for (i, j) in pairs(&meant(about), &meant(with)) {
                        bonds.join(&mut group, i, j, n);
                    }
                }
                Ruling::Split(from) if from.is_empty() => {
                    let own = meant(about).into_iter();
                    let joined: Vec<usize> = bonds.together.iter().flat_map(|&(x, y, _)| [x, y]).collect();
                    bonds.alone.extend(own.filter(|i| !joined.contains(i)).map(|i| (i, n)));
                }
                Ruling::Split(from) => {
                    let from: Vec<usize> = from.iter().flat_map(&meant).collect();
                    for (i, j) in pairs(&meant(about), &from) {
                        if find(&group, i) != find(&group, j) {
                            bonds.apart.push((i, j, n));
                        }
                    }
                }
                _ => {}
            }
        }
        bonds
    }

    fn join(&mut self, group: &mut [usize], i: usize, j: usize, n: usize) {
        let (a, b) = (find(group, i), find(group, j));
        let ends = |x: usize, y: usize| {
            let (x, y) = (find(group, x), find(group, y));
            (x, y) == (a, b) || (x, y) == (b, a)
        };
        let split = self.apart.iter().any(|&(x, y, _)| ends(x, y));
        let alone = self.alone.iter().any(|&(x, _)| x == i || x == j);
        if a != b && !split && !alone {
            group[a.max(b)] = a.min(b);
            self.together.push((i, j, n));
        }
    }
}

fn find(group: &[usize], mut i: usize) -> usize {
    while group[i] != i {
        i = group[i];
    }
    i
}

fn pairs<'a>(a: &'a [usize], b: &'a [usize]) -> impl Iterator<Item = (usize, usize)> + 'a {
    a.iter()
        .flat_map(move |&i| b.iter().map(move |&j| (i, j)))
        .filter(|(i, j)| i != j)
}
