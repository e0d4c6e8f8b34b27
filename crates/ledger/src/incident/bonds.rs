use crate::decision::{Decision, Ref, Ruling, in_order};
use rustc_hash::{FxHashMap, FxHashSet};

/// Which mentions people put together or apart, each with the name of who did. Of decisions that exclude each other the later one
/// holds, so that the order of arrival says nothing.
#[derive(Default, PartialEq, Eq)]
pub(super) struct Bonds {
    /// Pairs that are one happening.
    pub(super) together: Vec<(u32, u32, String)>,
    /// Pairs that are not.
    pub(super) apart: Vec<(u32, u32, String)>,
    /// Mentions that are a happening of their own.
    pub(super) alone: Vec<(u32, String)>,
}

impl Bonds {
    /// `meant` gives the mentions that are meant, in the order of telling.
    pub(super) fn of(decisions: &[Decision], meant: impl Fn(&Ref) -> Vec<u32>) -> Bonds {
        let mut bonds = Bonds::default();
        if !decisions
            .iter()
            .any(|one| matches!(one.what, Ruling::Split(_) | Ruling::Join(_)))
        {
            return bonds;
        }
        let mut group = Union::default();
        let mut reopened: Vec<&Ref> = Vec::new();
        for n in in_order(decisions).into_iter().rev() {
            let Decision {
                about, what, reviewer, ..
            } = &decisions[n];
            let over = |at: &&Ref| at.document == about.document && (at.claim.is_none() || at.claim == about.claim);
            match what {
                Ruling::Reopen => reopened.push(about),
                _ if reopened.iter().any(over) => {}
                Ruling::Join(with) => {
                    for (i, j) in pairs(&meant(about), &meant(with)) {
                        bonds.join(&mut group, i, j, reviewer);
                    }
                }
                Ruling::Split(from) if from.is_empty() => {
                    let own = meant(about).into_iter();
                    let joined: Vec<u32> = bonds.together.iter().flat_map(|&(x, y, _)| [x, y]).collect();
                    bonds
                        .alone
                        .extend(own.filter(|i| !joined.contains(i)).map(|i| (i, reviewer.clone())));
                }
                Ruling::Split(from) => {
                    let from: Vec<u32> = from.iter().flat_map(&meant).collect();
                    for (i, j) in pairs(&meant(about), &from) {
                        if group.of(i) != group.of(j) {
                            bonds.apart.push((i, j, reviewer.clone()));
                        }
                    }
                }
                _ => {}
            }
        }
        bonds
    }

    fn join(&mut self, group: &mut Union, i: u32, j: u32, reviewer: &str) {
        let (a, b) = (group.of(i), group.of(j));
        let ends = |x: u32, y: u32| {
            let (x, y) = (group.of(x), group.of(y));
            (x, y) == (a, b) || (x, y) == (b, a)
        };
        let split = self.apart.iter().any(|&(x, y, _)| ends(x, y));
        let alone = self.alone.iter().any(|&(x, _)| x == i || x == j);
        if a != b && !split && !alone {
            group.0.insert(a.max(b), a.min(b));
            self.together.push((i, j, reviewer.to_owned()));
        }
    }

    /// All mentions that people put together or apart.
    pub(super) fn mentions(&self) -> FxHashSet<u32> {
        let pairs = self.together.iter().chain(&self.apart).flat_map(|&(i, j, _)| [i, j]);
        pairs.chain(self.alone.iter().map(|&(i, _)| i)).collect()
    }
}

/// Which of those that were put together stands for each; itself where none does.
#[derive(Default)]
struct Union(FxHashMap<u32, u32>);

impl Union {
    fn of(&self, mut i: u32) -> u32 {
        while let Some(&up) = self.0.get(&i) {
            i = up;
        }
        i
    }
}

fn pairs<'a>(a: &'a [u32], b: &'a [u32]) -> impl Iterator<Item = (u32, u32)> + 'a {
    a.iter()
        .flat_map(move |&i| b.iter().map(move |&j| (i, j)))
        .filter(|(i, j)| i != j)
}
