//! Who fights whom, and what happened when, as it is told.

use crate::reports::Reports;
use crate::when::When;
use crate::{ClaimRef, EventRef, Incident, Who};
use counterclaim_claims::{Act, Event, Family};
use std::collections::{BTreeMap, BTreeSet};

/// Parties that fight each other, and the timeline of their war.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The codes of the parties, those that are named most often first.
    pub parties: Vec<String>,
    /// What happened, in the order of time.
    pub moments: Vec<Moment>,
    /// The places that it happened at, those with most happenings first: name, and the numbers of moments.
    pub parts: Vec<(String, Vec<usize>)>,
}

/// An incident in its time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// Its number among the incidents.
    pub incident: usize,
    /// When it happened, EDTF; where nobody tells, the day that it was first told of.
    pub when: Option<String>,
    /// Whether somebody tells when.
    pub dated: bool,
    /// All that is said of it is history told as context.
    pub background: bool,
    /// Who tells of it, each once, in the order in which they did.
    pub tellers: Vec<Teller>,
}

/// Somebody who tells of an incident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Teller {
    /// Who; several for a joint statement.
    pub who: Vec<Who>,
    /// Their first claim.
    pub claim: ClaimRef,
    /// When they made it, EDTF.
    pub said: Option<String>,
}

/// A link of two parties counts as one of a war where it is no weaker than this part of their strongest.
const WEAKEST: usize = 20;

/// The wars that incidents tell of, those with most incidents first.
pub(crate) fn find(reports: &Reports<'_>, incidents: &[Incident]) -> Vec<Conflict> {
    let sides: Vec<(BTreeSet<&str>, bool)> = incidents.iter().map(|one| parties(reports, one)).collect();
    let war = wars(&sides);
    let mut by_war: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut of_report: BTreeMap<usize, BTreeMap<&str, usize>> = BTreeMap::new();
    let mut homeless = Vec::new();
    for (n, (people, _)) in sides.iter().enumerate() {
        let wars: BTreeSet<&str> = people.iter().filter_map(|party| war.get(party).copied()).collect();
        match (wars.first(), wars.len()) {
            (Some(one), 1) => {
                by_war.entry(one).or_default().push(n);
                for mention in &incidents[n].mentions {
                    *of_report.entry(mention.at.reading).or_default().entry(one).or_default() += 1;
                }
            }
            _ => homeless.push(n),
        }
    }
    // What names no side is of the war that its report tells of most.
    for n in homeless {
        let told = incidents[n]
            .mentions
            .iter()
            .find_map(|mention| of_report.get(&mention.at.reading));
        if let Some((one, _)) = told.and_then(|wars| {
            wars.iter()
                .max_by_key(|(name, count)| (**count, std::cmp::Reverse(**name)))
        }) {
            by_war.entry(one).or_default().push(n);
        }
    }
    let mut all: Vec<Conflict> = by_war
        .into_values()
        .map(|numbers| conflict(reports, incidents, &sides, &war, numbers))
        .collect();
    all.sort_by(|a, b| (b.moments.len(), &a.parties).cmp(&(a.moments.len(), &b.parties)));
    all
}

/// Who does and suffers in an incident, and whether it is hostile.
fn parties<'a>(reports: &Reports<'a>, one: &Incident) -> (BTreeSet<&'a str>, bool) {
    let events = || one.mentions.iter().map(|mention| event(reports, *mention));
    let people = events().flat_map(|event| event.actor.iter().chain(&event.target));
    let hostile = |event: &Event| {
        matches!(event.act.family(), Family::Strike | Family::Battle) || event.act == Act::CaptureTerritory
    };
    (
        people.filter_map(|who| who.party.as_deref()).collect(),
        events().any(hostile),
    )
}

fn event<'a>(reports: &Reports<'a>, mention: EventRef) -> &'a Event {
    &reports.claim(mention.at).events[mention.event]
}

/// The war of each party that fights, by the name of its first party.
fn wars<'a>(sides: &[(BTreeSet<&'a str>, bool)]) -> BTreeMap<&'a str, &'a str> {
    let mut met: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for (people, _) in sides.iter().filter(|(_, hostile)| *hostile) {
        for a in people {
            for b in people.iter().filter(|b| *b > a) {
                *met.entry((a, b)).or_default() += 1;
            }
        }
    }
    let mut most: BTreeMap<&str, usize> = BTreeMap::new();
    for (&(a, b), &count) in &met {
        for party in [a, b] {
            let most = most.entry(party).or_default();
            *most = count.max(*most);
        }
    }
    let mut war: BTreeMap<&str, &str> = most.keys().map(|party| (*party, *party)).collect();
    for (&(a, b), &count) in &met {
        if count * WEAKEST >= most[a].max(most[b]) {
            let (one, other) = (war[a].min(war[b]), war[a].max(war[b]));
            for name in war.values_mut().filter(|name| **name == other) {
                *name = one;
            }
        }
    }
    war
}

fn conflict(
    reports: &Reports<'_>,
    incidents: &[Incident],
    sides: &[(BTreeSet<&str>, bool)],
    war: &BTreeMap<&str, &str>,
    numbers: Vec<usize>,
) -> Conflict {
    let mut named: BTreeMap<&str, usize> = BTreeMap::new();
    for party in numbers
        .iter()
        .flat_map(|&n| &sides[n].0)
        .filter(|party| war.contains_key(*party))
    {
        *named.entry(party).or_default() += 1;
    }
    let mut parties: Vec<(&str, usize)> = named.into_iter().collect();
    parties.sort_by_key(|(name, count)| (usize::MAX - count, *name));
    let mut moments: Vec<Moment> = numbers.into_iter().map(|n| moment(reports, &incidents[n], n)).collect();
    // Those of one day stand in the order in which they were told.
    moments.sort_by_cached_key(|one| {
        let from = one.when.as_deref().map(|when| when.split('/').next().unwrap_or(when));
        let day = When::of(from).first();
        (day.is_none(), day, one.when.clone(), one.incident)
    });
    let mut parts: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (n, one) in moments.iter().enumerate() {
        let events = incidents[one.incident]
            .mentions
            .iter()
            .map(|mention| event(reports, *mention));
        if let Some(place) = events.flat_map(|event| &event.place).next() {
            parts.entry(place.name.clone()).or_default().push(n);
        }
    }
    let mut parts: Vec<(String, Vec<usize>)> = parts.into_iter().collect();
    parts.sort_by_key(|(_, moments)| usize::MAX - moments.len());
    Conflict {
        parties: parties.into_iter().map(|(name, _)| name.to_owned()).collect(),
        moments,
        parts,
    }
}

fn moment(reports: &Reports<'_>, one: &Incident, incident: usize) -> Moment {
    let times = one
        .mentions
        .iter()
        .filter_map(|mention| event(reports, *mention).time.as_deref());
    // The narrowest that is told, of those the first.
    let told = times.min_by_key(|time| {
        let days = When::of(Some(time)).days.map(|(from, to)| to - from);
        (days.is_none(), days, usize::MAX - time.len())
    });
    let mut tellers: Vec<Teller> = Vec::new();
    for mention in &one.mentions {
        let who = reports.who(mention.at);
        if !tellers.iter().any(|known| known.who == who) {
            tellers.push(Teller {
                who,
                claim: mention.at,
                said: reports.said(mention.at).map(str::to_owned),
            });
        }
    }
    // Stable: who said it on one day stay in the order of the reports.
    tellers.sort_by_key(|one| {
        let day = When::of(one.said.as_deref()).first();
        (day.is_none(), day)
    });
    let first = tellers.first().and_then(|one| one.said.clone());
    Moment {
        incident,
        when: told.map(str::to_owned).or(first),
        dated: told.is_some(),
        background: one.mentions.iter().all(|mention| reports.claim(mention.at).background),
        tellers,
    }
}
