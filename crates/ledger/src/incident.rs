//! What happened once, put together from all that was said of it.
//!
//! Every event of every claim is a mention. Mentions that share something are held against each other ([`blocks`]), and pairs that
//! can be one happening are scored ([`link`]) and joined from the strongest down, as long as the two groups they stand in agree on
//! the whole ([`groups`]). Mentions are taken in the order of the reports' dates and ids, so that the same reports give the same
//! incidents in whatever order they were added. What people put together or apart ([`bonds`]) goes before all of that.
//!
//! [`Incidents`] keeps links and incidents, and takes reports as they come. How well two mentions fit hangs on their two reports
//! and on whether their day is crowded ([`crowd`]), and what becomes of a link on no other component of the links: what a report brings
//! is worked out for its own mentions, for those whose day or neighbours it changes, and for the components that these lie in.

mod blocks;
mod bonds;
mod crowd;
mod groups;
mod link;
mod links;
mod mention;
mod name;
mod page;

use crate::{ClaimRef, Decision, Ref};
use blocks::{Blocks, Key, Two, keys};
use bonds::Bonds;
use counterclaim_claims::{Act, Event, Reading};
use crowd::Crowds;
use groups::{Group, Pair, groups};
use links::Links;
use mention::Mentions;
use page::Page;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

/// Where an event stands: its claim, and its number in it from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventRef {
    /// The claim that tells of it.
    pub at: ClaimRef,
    /// The number of the event in the claim.
    pub event: usize,
}

impl EventRef {
    /// The event.
    pub fn of(self, readings: &[Reading]) -> &Event {
        &self.at.of(readings).1.events[self.event]
    }
}

/// One happening and all events of claims that speak of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incident {
    /// `inc_` and a digest of its first mention.
    pub id: String,
    /// Act, sides, place and time in codes: `airstrike RUS > UKR, Mariupol, 2022-03-09`.
    pub label: String,
    /// Who speaks of it, in the order of the reports' dates.
    pub mentions: Vec<EventRef>,
    /// Why each mention is one of it, in their order: `told first`, `same act, same place`, `joined by NAME`. One that was put
    /// apart from others tells that too: `told first, split by NAME`.
    pub reasons: Vec<String>,
}

/// The number of the incident of each mention.
pub(crate) type Happening = FxHashMap<EventRef, usize>;

/// The number of the incident of each mention.
pub(crate) fn happening(incidents: &[Incident]) -> Happening {
    let numbered = incidents.iter().enumerate();
    numbered
        .flat_map(|(number, one)| one.mentions.iter().map(move |&mention| (mention, number)))
        .collect()
}

/// Points from which two mentions may be one happening.
const JOIN: i32 = 500;

fn number(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// The incidents of some reports, and what is kept to work them out further when reports come in, change or go.
#[derive(Default)]
pub(crate) struct Incidents {
    mentions: Mentions,
    /// The place of each report in the order of telling.
    rank: Vec<usize>,
    /// The mentions of each report.
    of_report: Vec<Vec<u32>>,
    /// The reports of each document's id.
    of_document: FxHashMap<String, Vec<usize>>,
    crowds: Crowds,
    blocks: Blocks,
    links: Links,
    bonds: Bonds,
    /// Each by its first mention.
    incidents: FxHashMap<u32, Incident>,
    news: News,
}

/// What has changed since the incidents were worked out.
#[derive(Default)]
struct News {
    /// Mentions whose links are to be found anew.
    fresh: FxHashSet<u32>,
    /// Mentions that were taken out.
    gone: FxHashSet<u32>,
    /// Mentions whose components are to be put into groups anew.
    touched: FxHashSet<u32>,
    /// Pairs that may have come into each other's reach or gone out of it.
    moved: Vec<Two>,
}

impl Incidents {
    /// The places of the reports in the order of telling. Those that were known already must stand to each other as before.
    pub(crate) fn order(&mut self, rank: &[usize]) {
        self.rank.clear();
        self.rank.extend_from_slice(rank);
        self.of_report.resize_with(rank.len(), Vec::new);
    }

    /// Puts a report in that has its place already: the mentions of those of its claims that count.
    pub(crate) fn put(&mut self, readings: &[Reading], reading: usize, counts: impl Fn(ClaimRef) -> bool) {
        let of_document = self
            .of_document
            .entry(readings[reading].document.id.clone())
            .or_default();
        if !of_document.contains(&reading) {
            of_document.push(reading);
        }
        let new = self.mentions.put(readings, reading, counts);
        self.links.grow(self.mentions.all.len());
        for &i in &new {
            self.crowds.count(&mut self.mentions, readings, i, true);
            let keys = self.keys_to_be(readings, i);
            let (page, links) = (page(&self.mentions, readings, &self.rank), &self.links);
            let moved = &mut self.news.moved;
            let apart = |two: Two| moved.extend(links.has(two.0, two.1).then_some(two));
            self.blocks.put(page, i, &keys, apart);
        }
        self.news.fresh.extend(&new);
        self.of_report[reading] = new;
    }

    /// Takes a report out, as it was put in.
    pub(crate) fn take(&mut self, readings: &[Reading], reading: usize) {
        if let Some(known) = self.of_document.get_mut(&readings[reading].document.id) {
            known.retain(|&n| n != reading);
        }
        for i in std::mem::take(&mut self.of_report[reading]) {
            self.crowds.count(&mut self.mentions, readings, i, false);
            let keys = self.keys_to_be(readings, i);
            let page = page(&self.mentions, readings, &self.rank);
            let moved = &mut self.news.moved;
            self.blocks.take(page, i, &keys, |two| moved.push(two));
            self.news.touched.extend(self.links.take_all(i));
            self.news.fresh.remove(&i);
            self.news.gone.insert(i);
        }
    }

    /// Works out what has changed.
    pub(crate) fn settle(&mut self, readings: &[Reading], decisions: &[Decision]) {
        let mut news = std::mem::take(&mut self.news);
        news.fresh.extend(self.crowds.mark(&mut self.mentions));
        for &i in &news.fresh {
            news.touched.extend(self.links.take_all(i));
        }
        self.look_again(readings, &mut news);
        self.find_links(readings, &mut news);
        self.bind(readings, decisions, &mut news);
        news.touched.extend(&news.fresh);
        news.touched.retain(|i| !news.gone.contains(i));
        for i in &news.gone {
            self.incidents.remove(i);
        }
        self.regroup(readings, &news.touched);
    }

    /// All incidents, in the order of telling.
    pub(crate) fn all(&self, readings: &[Reading]) -> Vec<Incident> {
        let page = page(&self.mentions, readings, &self.rank);
        let mut all: Vec<(&u32, &Incident)> = self.incidents.iter().collect();
        all.sort_unstable_by_key(|(first, _)| page.place(**first));
        all.into_iter().map(|(_, one)| one.clone()).collect()
    }

    /// The same, where nothing more comes.
    pub(crate) fn into_all(self, readings: &[Reading]) -> Vec<Incident> {
        let page = page(&self.mentions, readings, &self.rank);
        let mut all: Vec<(u32, Incident)> = self.incidents.into_iter().collect();
        all.sort_unstable_by_key(|(first, _)| page.place(*first));
        all.into_iter().map(|(_, one)| one).collect()
    }

    /// Links that hang on who stands between two mentions.
    fn look_again(&mut self, readings: &[Reading], news: &mut News) {
        for (i, j) in std::mem::take(&mut news.moved) {
            let settled = |m| !news.fresh.contains(&m) && !news.gone.contains(&m);
            if !settled(i) || !settled(j) {
                continue;
            }
            let page = page(&self.mentions, readings, &self.rank);
            let together = self.blocks.bring_together(page, (i, j), &self.keys(readings, i));
            match (self.links.has(i, j), together) {
                (true, false) => self.links.take(i, j),
                (false, true) => match page.link(i, j) {
                    Some(link) if link.points >= JOIN => self.links.put(i, j, link.points),
                    _ => continue,
                },
                _ => continue,
            }
            news.touched.extend([i, j]);
        }
    }

    /// The links of fresh mentions.
    fn find_links(&mut self, readings: &[Reading], news: &mut News) {
        let mut fresh: Vec<u32> = news.fresh.iter().copied().collect();
        fresh.sort_unstable();
        // Each part needs room of its own; a few parts a core keep all at work to the end.
        let part = fresh.len().div_ceil(4 * rayon::current_num_threads()).max(256);
        let found: Vec<Pair> = fresh
            .par_chunks(part)
            .flat_map_iter(|some| self.links_of(readings, some, &news.fresh))
            .collect();
        for (points, i, j) in found {
            self.links.put(i, j, points);
            news.touched.insert(j);
        }
    }

    /// The links of some fresh mentions: to those that follow them, and to those before them that are not fresh.
    fn links_of(&self, readings: &[Reading], some: &[u32], fresh: &FxHashSet<u32>) -> Vec<Pair> {
        let page = page(&self.mentions, readings, &self.rank);
        let all_fresh = fresh.len() == self.mentions.all.len();
        let mut links = Vec::new();
        // By which mention each was last looked at; none is numbered 0 here.
        let mut seen = vec![0; self.mentions.all.len()];
        for &i in some {
            let mut look = |j: u32, first: u32, second: u32| {
                let known = std::mem::replace(&mut seen[j as usize], i + 1) == i + 1;
                if let Some(link) = (!known).then(|| page.link(first, second)).flatten()
                    && link.points >= JOIN
                {
                    links.push((link.points, i, j));
                }
            };
            for key in self.keys(readings, i) {
                let (after, before) = self.blocks.around(page, i, key);
                after.iter().for_each(|&j| look(j, i, j));
                if !all_fresh {
                    let settled = before.iter().filter(|j| !fresh.contains(j));
                    settled.for_each(|&j| look(j, j, i));
                }
            }
        }
        links
    }

    /// What people decided.
    fn bind(&mut self, readings: &[Reading], decisions: &[Decision], news: &mut News) {
        let page = page(&self.mentions, readings, &self.rank);
        let meant = |at: &Ref| -> Vec<u32> {
            let reports = self.of_document.get(&at.document).map_or(&[][..], Vec::as_slice);
            let mut meant: Vec<u32> = reports.iter().filter_map(|&n| self.meant(readings, n, at)).collect();
            meant.sort_unstable_by_key(|&i| page.place(i));
            meant
        };
        let bonds = Bonds::of(decisions, meant);
        if bonds != self.bonds {
            news.touched.extend(bonds.mentions());
            news.touched.extend(self.bonds.mentions());
            self.bonds = bonds;
        }
    }

    /// The mention of a report that a decision is about.
    fn meant(&self, readings: &[Reading], reading: usize, at: &Ref) -> Option<u32> {
        let claims = &readings[reading].claims;
        let claim = claims.iter().rposition(|claim| Some(&claim.id) == at.claim.as_ref())?;
        let (at, event) = (ClaimRef { reading, claim }, at.event.unwrap_or(0));
        let of_report = self.of_report[reading].iter();
        of_report
            .copied()
            .find(|&i| self.mentions.all[i as usize].at == EventRef { at, event })
    }

    /// Puts the components of some mentions into groups anew.
    fn regroup(&mut self, readings: &[Reading], touched: &FxHashSet<u32>) {
        let bound = self.bonds.mentions();
        let components = self.components(readings, touched);
        for i in components.iter().flatten() {
            self.incidents.remove(i);
        }
        let page = page(&self.mentions, readings, &self.rank);
        let made: Vec<(u32, Incident)> = components
            .par_iter()
            .flat_map_iter(|component| {
                let bonds = component.iter().any(|i| bound.contains(i)).then_some(&self.bonds);
                let groups = groups(page, component, self.links_within(component), bonds);
                groups.into_iter().filter_map(|group| incident(page, group))
            })
            .collect();
        self.incidents.extend(made);
    }

    /// The components that some mentions lie in, each in the order of telling.
    fn components(&self, readings: &[Reading], touched: &FxHashSet<u32>) -> Vec<Vec<u32>> {
        let page = page(&self.mentions, readings, &self.rank);
        let mut joined: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
        for &(i, j, _) in &self.bonds.together {
            joined.entry(i).or_default().push(j);
            joined.entry(j).or_default().push(i);
        }
        let mut seen: FxHashSet<u32> = FxHashSet::default();
        let mut components = Vec::new();
        for &first in touched {
            if !seen.insert(first) {
                continue;
            }
            let mut component = vec![first];
            let mut next = 0;
            while let Some(&i) = component.get(next) {
                next += 1;
                let linked = self.links.of(i).iter().map(|(j, _)| j);
                let joined = joined.get(&i).into_iter().flatten();
                component.extend(linked.chain(joined).filter(|j| seen.insert(**j)));
            }
            component.sort_unstable_by_key(|&i| page.place(i));
            components.push(component);
        }
        components
    }

    /// The links within a component, by the places of the mentions in it.
    fn links_within(&self, component: &[u32]) -> Vec<Pair> {
        let numbered = component.iter().enumerate();
        let place: FxHashMap<u32, u32> = numbered.map(|(n, &i)| (i, number(n))).collect();
        let mut links = Vec::new();
        for (n, &i) in component.iter().enumerate() {
            let others = self.links.of(i).iter().map(|(j, points)| (place[j], -points));
            let after = others.filter(|(other, _)| *other > number(n));
            links.extend(after.map(|(other, points)| (points, number(n), other)));
        }
        links
    }

    /// What a mention that is put in or taken out is found by; names that were not met before get their numbers.
    fn keys_to_be(&mut self, readings: &[Reading], i: u32) -> Vec<Key> {
        let at = self.mentions.all[i as usize].at;
        keys(at, at.of(readings), |name| self.mentions.numbers.number(name))
    }

    /// What a mention is found by.
    fn keys(&self, readings: &[Reading], i: u32) -> Vec<Key> {
        let at = self.mentions.all[i as usize].at;
        let numbers = &self.mentions.numbers;
        keys(at, at.of(readings), |name| numbers.known(name).unwrap_or(u32::MAX))
    }
}

fn page<'a>(mentions: &'a Mentions, readings: &'a [Reading], rank: &'a [usize]) -> Page<'a> {
    Page {
        mentions,
        readings,
        rank,
    }
}

/// The incident of a group, by its first mention. What tells of no deed by itself is none.
fn incident(page: Page<'_>, group: Group) -> Option<(u32, Incident)> {
    let first = group.first()?.0;
    if group.len() == 1 && page.told(first).event.act == Act::Other {
        return None;
    }
    let (mentions, reasons): (Vec<EventRef>, Vec<String>) = group
        .into_iter()
        .map(|(i, why)| (page.mentions.all[i as usize].at, why))
        .unzip();
    let one = Incident {
        id: name::id(page.readings, mentions[0]),
        label: name::name(page.readings, &mentions),
        mentions,
        reasons,
    };
    Some((first, one))
}

#[cfg(test)]
mod tests;
