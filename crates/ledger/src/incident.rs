//! What happened once, put together from all that was said of it.
//!
//! Every event of every claim is a mention. Pairs of mentions that can be one happening are scored ([`link`]) and joined from the
//! strongest down, as long as the two groups they stand in agree on the whole. Mentions are taken in the order of the reports'
//! dates and ids, so that the same reports give the same incidents in whatever order they were added. What people put together
//! or apart ([`bonds`]) goes before all of that.

mod bonds;
mod link;
mod mention;

use crate::review::Reviews;
use crate::{ClaimRef, Decision, label};
use bonds::Bonds;
use counterclaim_claims::{Act, Event, Reading};
use link::{Link, link};
use mention::Mention;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet, HashMap};

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

pub(crate) fn find(readings: &[Reading], reviews: &Reviews, decisions: &[Decision]) -> Vec<Incident> {
    let mut mentions = mention::all(readings);
    mentions.retain(|mention| reviews.count(mention.at.at));
    let links = links(&mentions);
    let mut groups = Groups::new(&mentions);
    groups.bind(&Bonds::of(&mentions, readings, decisions), decisions);
    for (link, i, j) in links {
        groups.join(i, j, &link);
    }
    groups.incidents(readings)
}

/// The pairs that may be one happening, the strongest first.
fn links(mentions: &[Mention<'_>]) -> Vec<(Link, usize, usize)> {
    let mut blocks: HashMap<mention::Key<'_>, Vec<usize>> = HashMap::new();
    for (i, mention) in mentions.iter().enumerate() {
        for key in &mention.keys {
            blocks.entry(*key).or_default().push(i);
        }
    }
    let mut pairs = BTreeSet::new();
    for block in blocks.values() {
        for (n, &i) in block.iter().enumerate() {
            let others = block[n + 1..].iter().filter(|&&j| j != i).take(WINDOW);
            pairs.extend(others.map(|&j| (i, j)));
        }
    }
    let mut links: Vec<_> = pairs
        .into_iter()
        .filter_map(|(i, j)| Some((link(&mentions[i], &mentions[j])?, i, j)))
        .filter(|(link, ..)| link.points >= JOIN)
        .collect();
    links.sort_by_key(|(link, i, j)| (-link.points, *i, *j));
    links
}

/// Mentions put together so far.
struct Groups<'m, 'r> {
    mentions: &'m [Mention<'r>],
    /// The group of each mention.
    group: Vec<usize>,
    /// The mentions of each group, ascending; empty once it has gone into another.
    members: Vec<Vec<usize>>,
    reasons: BTreeMap<usize, String>,
    /// Mentions that each mention was put apart from.
    apart: BTreeMap<usize, Vec<usize>>,
    /// Groups that take nothing more in.
    closed: BTreeSet<usize>,
    /// Who put a mention apart.
    split: BTreeMap<usize, String>,
}

impl<'m, 'r> Groups<'m, 'r> {
    fn new(mentions: &'m [Mention<'r>]) -> Self {
        Groups {
            mentions,
            group: (0..mentions.len()).collect(),
            members: (0..mentions.len()).map(|i| vec![i]).collect(),
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

    fn join(&mut self, i: usize, j: usize, link: &Link) {
        let (a, b) = (self.group[i], self.group[j]);
        if a == b || self.forbidden(a, b) || self.agreement(a, b) < AGREE {
            return;
        }
        self.reasons.entry(i.max(j)).or_insert_with(|| link.reasons());
        self.reasons.entry(i.min(j)).or_insert_with(|| link.reasons());
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
        self.members[into].sort_unstable();
    }

    /// How well two groups fit on average, by their first mentions.
    fn agreement(&self, a: usize, b: usize) -> i32 {
        let speak = |group: usize| self.members[group].iter().take(SPEAKERS);
        let (mut sum, mut count) = (0, 0);
        for &i in speak(a) {
            for &j in speak(b) {
                let (first, second) = (i.min(j), i.max(j));
                let points = link(&self.mentions[first], &self.mentions[second]).map_or(WORST, |link| link.points);
                sum += points.max(WORST);
                count += 1;
            }
        }
        sum / count
    }

    fn incidents(self, readings: &[Reading]) -> Vec<Incident> {
        let mut groups: Vec<&Vec<usize>> = self.members.iter().filter(|group| !group.is_empty()).collect();
        groups.sort();
        let incident = |group: &Vec<usize>| {
            let mentions: Vec<EventRef> = group.iter().map(|&m| self.mentions[m].at).collect();
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
        let kept = |group: &&Vec<usize>| group.len() > 1 || self.mentions[group[0]].event.act != Act::Other;
        groups.into_iter().filter(kept).map(incident).collect()
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
