//! What happened once, put together from all that was said of it.
//!
//! Every event of every claim is a mention. Pairs of mentions that can be one happening are scored ([`link`]) and joined from the
//! strongest down, as long as the two groups they stand in agree on the whole. Mentions are taken in the order of the reports'
//! dates and ids, so that the same reports give the same incidents in whatever order they were added. What people put together
//! or apart ([`bonds`]) goes before all of that.

mod bonds;
mod link;
mod mention;

use crate::reports::Reports;
use crate::{ClaimRef, Decision, label};
use bonds::Bonds;
use counterclaim_claims::{Act, Event, Reading};
use link::link;
use mention::{Key, Mentions};
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

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

/// A mention is held against as many that follow it with something in common.
const WINDOW: usize = 64;
/// Groups are held against each other by as many of their mentions.
const SPEAKERS: usize = 8;
/// Points from which two mentions may be one happening.
const JOIN: i32 = 500;
/// What all pairs of two groups must have on average.
const AGREE: i32 = 50;
/// No single pair speaks against a group more than this.
const WORST: i32 = -500;

/// The incidents that claims speak of; the claims stand in the order of the reports' dates.
pub(crate) fn find(reports: &Reports<'_>, claims: &[ClaimRef], decisions: &[Decision]) -> Vec<Incident> {
    let mentions = Mentions::of(reports, claims);
    let links = links(&mentions);
    let mut groups = Groups::new(&mentions);
    groups.bind(&Bonds::of(&mentions.all, reports.readings, decisions), decisions);
    for (_, i, j) in links {
        groups.join(i as usize, j as usize);
    }
    groups.incidents(reports.readings)
}

/// Points turned round, so that the strongest comes first, and the numbers of the two mentions.
type Pair = (i32, u32, u32);

fn number(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// The pairs that may be one happening, the strongest first.
fn links(mentions: &Mentions<'_>) -> Vec<Pair> {
    let mut blocks: FxHashMap<Key<'_>, Vec<u32>> = FxHashMap::default();
    for (i, mention) in mentions.all.iter().enumerate() {
        for key in mention.keys() {
            blocks.entry(key).or_default().push(number(i));
        }
    }
    // Each part needs room of its own; a few parts a core keep all at work to the end.
    let part = mentions.all.len().div_ceil(4 * rayon::current_num_threads()).max(1);
    let parts = mentions.all.par_chunks(part).enumerate();
    let mut links: Vec<Pair> = parts
        .flat_map_iter(|(n, chunk)| links_of(mentions, &blocks, n * part..n * part + chunk.len()))
        .collect();
    // No two are equal, so that it is one order on any number of cores.
    links.par_sort_unstable();
    links
}

/// The links from some mentions to those that follow them.
fn links_of(mentions: &Mentions<'_>, blocks: &FxHashMap<Key<'_>, Vec<u32>>, some: Range<usize>) -> Vec<Pair> {
    let mut links = Vec::new();
    // By which mention each was last looked at.
    let mut seen = vec![u32::MAX; mentions.all.len()];
    for i in some {
        let (me, mention, gist) = (number(i), &mentions.all[i], &mentions.gists[i]);
        for key in mention.keys().into_iter().flat_map(around) {
            let Some(block) = blocks.get(&key) else { continue };
            let after = block.partition_point(|&j| j <= me);
            for &j in block[after..].iter().take(WINDOW) {
                let known = std::mem::replace(&mut seen[j as usize], me) == me;
                if known || !gist.may(&mentions.gists[j as usize]) {
                    continue;
                }
                let points = link(mentions, i, j as usize).map_or(i32::MIN, |link| link.points);
                if points >= JOIN {
                    links.push((-points, me, j));
                }
            }
        }
    }
    links
}

/// The keys under which a mention looks for others: near places lie on both sides of an edge.
fn around(key: Key<'_>) -> Vec<Key<'_>> {
    match key {
        Key::Cell(kin, y, x) => (0..9).map(|n| Key::Cell(kin, y - 1 + n / 3, x - 1 + n % 3)).collect(),
        key => vec![key],
    }
}

/// Mentions put together so far.
struct Groups<'m, 'r> {
    mentions: &'m Mentions<'r>,
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

impl<'m, 'r> Groups<'m, 'r> {
    fn new(mentions: &'m Mentions<'r>) -> Self {
        let each = 0..mentions.all.len();
        Groups {
            mentions,
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
    fn bind(&mut self, bonds: &Bonds, decisions: &[Decision]) {
        let by = |verb: &str, n: usize| format!("{verb} by {}", decisions[n].reviewer);
        for &(i, j, n) in &bonds.together {
            self.reasons.entry(i).or_insert_with(|| by("joined", n));
            self.reasons.entry(j).or_insert_with(|| by("joined", n));
            self.unite(self.group[i], self.group[j]);
        }
        for &(i, j, n) in &bonds.apart {
            self.apart.entry(i).or_default().push(j);
            self.apart.entry(j).or_default().push(i);
            self.split.entry(i).or_insert_with(|| by("split", n));
        }
        for &(i, n) in &bonds.alone {
            self.closed.insert(self.group[i]);
            self.split.entry(i).or_insert_with(|| by("split", n));
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
        let why = link(self.mentions, i, j).map(|link| link.reasons()).unwrap_or_default();
        self.reasons.entry(j).or_insert_with(|| why.clone());
        self.reasons.entry(i).or_insert(why);
        self.unite(a, b);
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
        let gists = &self.mentions.gists;
        let (mut near, mut far) = (false, false);
        for &i in &self.speakers[a] {
            for &j in &self.speakers[b] {
                let may = gists[i].may(&gists[j]);
                let link = may.then(|| link(self.mentions, i.min(j), i.max(j))).flatten();
                let towns = link.as_ref().and_then(|link| link.towns);
                near |= towns == Some(true);
                far |= towns == Some(false);
                sum += link.map_or(WORST, |link| link.points).max(WORST);
                count += 1;
            }
        }
        if far && !near { WORST } else { sum / count }
    }

    fn incidents(mut self, readings: &[Reading]) -> Vec<Incident> {
        let mut groups = std::mem::take(&mut self.members);
        groups.retain(|group| !group.is_empty());
        for group in &mut groups {
            group.sort_unstable();
        }
        groups.sort_unstable();
        let all = &self.mentions.all;
        let incident = |group: &Vec<usize>| {
            let mentions: Vec<EventRef> = group.iter().map(|&m| all[m].at).collect();
            let reason = |(n, m): (usize, &usize)| {
                let told = self.reasons.get(m).map(String::as_str).unwrap_or_default();
                let joined = told.starts_with("joined by ");
                let first = (n == 0).then_some("told first");
                let why = (n > 0 || joined).then_some(told);
                let split = self.split.get(m).map(String::as_str);
                let all = [first, why, split].into_iter().flatten();
                all.collect::<Vec<_>>().join(", ")
            };
            Incident {
                id: id(readings, mentions[0]),
                label: name(readings, &mentions),
                reasons: group.iter().enumerate().map(reason).collect(),
                mentions,
            }
        };
        let kept = |group: &&Vec<usize>| group.len() > 1 || all[group[0]].event.act != Act::Other;
        groups.iter().filter(kept).map(incident).collect()
    }
}

fn id(readings: &[Reading], first: EventRef) -> String {
    let (reading, claim) = first.at.of(readings);
    let digest = Sha256::digest(format!("{}\n{}\n{}", reading.document.id, claim.id, first.event));
    let hex: String = digest[..8].iter().map(|byte| format!("{byte:02x}")).collect();
    format!("inc_{hex}")
}

/// What to call an incident: its commonest act, and the sides, place and time that are told first.
fn name(readings: &[Reading], mentions: &[EventRef]) -> String {
    let events: Vec<&Event> = mentions.iter().map(|mention| mention.of(readings)).collect();
    let mut acts: BTreeMap<Act, usize> = BTreeMap::new();
    for event in &events {
        *acts.entry(event.act).or_default() += 1;
    }
    let act = acts
        .iter()
        .max_by_key(|(act, count)| (**count, std::cmp::Reverse(**act)));
    let mut words = act.map_or_else(String::new, |(act, _)| act.code().to_owned());
    let people = |role: fn(&Event) -> &Vec<counterclaim_claims::Participant>| {
        let told = events
            .iter()
            .map(|event| role(event))
            .find(|people| !people.is_empty())?;
        let mut names: Vec<String> = told
            .iter()
            .map(|who| who.party.clone().unwrap_or_else(|| label::participant(who)))
            .collect();
        names.dedup();
        Some(names.join(", "))
    };
    for (mark, people) in [
        (" ", people(|event| &event.actor)),
        (" > ", people(|event| &event.target)),
    ] {
        words.extend(people.map(|people| format!("{mark}{people}")));
    }
    let place = events
        .iter()
        .find_map(|event| event.place.first())
        .map(|place| place.name.clone());
    let time = events.iter().find_map(|event| event.time.clone());
    for part in [place, time].into_iter().flatten() {
        words.push_str(", ");
        words.push_str(&part);
    }
    words
}

#[cfg(test)]
mod tests;
