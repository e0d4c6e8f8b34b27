//! Mentions that links and people hold together, put into groups: one happening each.
//!
//! What lies in another component of the links has no say in it, so that a report which comes in leaves all components alone but those
//! that its own links touch.

use super::bonds::Bonds;
use super::link::Link;
use super::page::Page;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::{BTreeMap, BTreeSet};

/// Groups are held against each other by as many of their mentions.
const SPEAKERS: usize = 8;
/// What all pairs of two groups must have on average.
const AGREE: i32 = 50;
/// No single pair speaks against a group more than this.
const WORST: i32 = -500;

/// Points turned round, so that the strongest comes first, and two mentions by their places in the component.
pub(super) type Pair = (i32, u32, u32);

/// Some mentions of a component and why each is one of them, in the order of telling.
pub(super) type Group = Vec<(u32, String)>;

/// The groups of a component: its mentions in the order of telling, and what people decided, if it is about any of them.
pub(super) fn groups(page: Page<'_>, component: &[u32], mut links: Vec<Pair>, bonds: Option<&Bonds>) -> Vec<Group> {
    // No two are equal.
    links.sort_unstable();
    let mut groups = Groups::new(page, component);
    bonds.into_iter().for_each(|bonds| groups.bind(bonds));
    for (_, i, j) in links {
        groups.join(i as usize, j as usize);
    }
    groups.told()
}

/// Mentions put together so far.
struct Groups<'a> {
    page: Page<'a>,
    /// The mentions; all that follows tells them by their places here.
    all: &'a [u32],
    /// The group of each mention.
    group: Vec<usize>,
    /// The mentions of each group; none once it has gone into another.
    members: Vec<Vec<usize>>,
    /// The first mentions of each group, ascending.
    speakers: Vec<Vec<usize>>,
    /// Groups that did not agree when they had so many members.
    at_odds: FxHashSet<(usize, usize, usize, usize)>,
    reasons: BTreeMap<usize, String>,
    /// Mentions that each mention was put apart from.
    apart: BTreeMap<usize, Vec<usize>>,
    /// Groups that take nothing more in.
    closed: BTreeSet<usize>,
    /// Who put a mention apart.
    split: BTreeMap<usize, String>,
}

impl<'a> Groups<'a> {
    fn new(page: Page<'a>, all: &'a [u32]) -> Self {
        let each = 0..all.len();
        Groups {
            page,
            all,
            group: each.clone().collect(),
            members: each.clone().map(|i| vec![i]).collect(),
            speakers: each.map(|i| vec![i]).collect(),
            at_odds: FxHashSet::default(),
            reasons: BTreeMap::new(),
            apart: BTreeMap::new(),
            closed: BTreeSet::new(),
            split: BTreeMap::new(),
        }
    }

    /// Does what people decided.
    fn bind(&mut self, bonds: &Bonds) {
        let numbered = self.all.iter().enumerate();
        let place: FxHashMap<u32, usize> = numbered.map(|(n, m)| (*m, n)).collect();
        let two = |i: &u32, j: &u32| place.get(i).copied().zip(place.get(j).copied());
        for (i, j, by) in &bonds.together {
            let Some((i, j)) = two(i, j) else { continue };
            for one in [i, j] {
                self.reasons.entry(one).or_insert_with(|| format!("joined by {by}"));
            }
            self.unite(self.group[i], self.group[j]);
        }
        for (i, j, by) in &bonds.apart {
            let Some(&i) = place.get(i) else { continue };
            self.split.entry(i).or_insert_with(|| format!("split by {by}"));
            // What lies in another component is apart already.
            if let Some(&j) = place.get(j) {
                self.apart.entry(i).or_default().push(j);
                self.apart.entry(j).or_default().push(i);
            }
        }
        for (i, by) in &bonds.alone {
            let Some(&i) = place.get(i) else { continue };
            self.closed.insert(self.group[i]);
            self.split.entry(i).or_insert_with(|| format!("split by {by}"));
        }
    }

    fn join(&mut self, i: usize, j: usize) {
        let (a, b) = (self.group[i], self.group[j]);
        if a == b || self.forbidden(a, b) {
            return;
        }
        let odds = (
            a.min(b),
            a.max(b),
            self.members[a.min(b)].len(),
            self.members[a.max(b)].len(),
        );
        if self.at_odds.contains(&odds) {
            return;
        }
        if self.agreement(a, b) < AGREE {
            self.at_odds.insert(odds);
            return;
        }
        let why = self.link(i, j).map(|link| link.reasons()).unwrap_or_default();
        self.reasons.entry(j).or_insert_with(|| why.clone());
        self.reasons.entry(i).or_insert(why);
        self.unite(a, b);
    }

    /// The link of two mentions, the first of which is told first.
    fn link(&self, i: usize, j: usize) -> Option<Link> {
        self.page.link(self.all[i], self.all[j])
    }

    /// Whether a person said that something of one group is not what something of the other is.
    fn forbidden(&self, a: usize, b: usize) -> bool {
        if self.apart.is_empty() && self.closed.is_empty() {
            return false;
        }
        let split = |m: &usize| {
            self.apart
                .get(m)
                .is_some_and(|from| from.iter().any(|&n| self.group[n] == b))
        };
        self.closed.contains(&a) || self.closed.contains(&b) || self.members[a].iter().any(split)
    }

    fn unite(&mut self, a: usize, b: usize) {
        if a == b {
            return;
        }
        let (into, from) = if self.members[a].len() < self.members[b].len() {
            (b, a)
        } else {
            (a, b)
        };
        let moved = std::mem::take(&mut self.members[from]);
        for &m in &moved {
            self.group[m] = into;
        }
        self.members[into].extend(moved);
        let others = std::mem::take(&mut self.speakers[from]);
        let speakers = &mut self.speakers[into];
        speakers.extend(others);
        speakers.sort_unstable();
        speakers.truncate(SPEAKERS);
    }

    /// How well two groups fit on average, by their first mentions. Towns far from each other are not brought together by mentions that name none.
    fn agreement(&self, a: usize, b: usize) -> i32 {
        let (mut sum, mut count) = (0, 0);
        let (mut near, mut far) = (false, false);
        for &i in &self.speakers[a] {
            for &j in &self.speakers[b] {
                let link = self.link(i.min(j), i.max(j));
                let towns = link.as_ref().and_then(|link| link.towns);
                near |= towns == Some(true);
                far |= towns == Some(false);
                sum += link.map_or(WORST, |link| link.points).max(WORST);
                count += 1;
            }
        }
        if far && !near { WORST } else { sum / count }
    }

    fn told(mut self) -> Vec<Group> {
        let mut groups = std::mem::take(&mut self.members);
        groups.retain(|group| !group.is_empty());
        let reason = |n: usize, m: usize| {
            let told = self.reasons.get(&m).map(String::as_str).unwrap_or_default();
            let joined = told.starts_with("joined by ");
            let first = (n == 0).then_some("told first");
            let why = (n > 0 || joined).then_some(told);
            let split = self.split.get(&m).map(String::as_str);
            let all = [first, why, split].into_iter().flatten();
            all.collect::<Vec<_>>().join(", ")
        };
        let told = |mut group: Vec<usize>| {
            group.sort_unstable();
            let mentions = group.into_iter().enumerate();
            mentions.map(|(n, m)| (self.all[m], reason(n, m))).collect()
        };
        groups.into_iter().map(told).collect()
    }
}
