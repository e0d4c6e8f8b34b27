//! How many were killed in an incident, by source. Figures of different sources never meet in a sum.

use crate::told::Told;
use crate::words;
use counterclaim_claims::{Group, Harm, Toll};
use counterclaim_ledger::{Who, as_of, gives_figures};
use std::collections::{BTreeMap, BTreeSet};

/// What one source says.
pub(crate) struct Figure {
    /// Its groups of people, as it tells them last.
    pub(crate) parts: Vec<Part>,
    /// The least that it can mean, with vague words at their least.
    pub(crate) low: u64,
    /// The most that it can mean; where it tells no bound, the least.
    pub(crate) high: u64,
}

/// One group of people of one source.
#[derive(Clone)]
pub(crate) struct Part {
    pub(crate) group: Group,
    pub(crate) party: Option<String>,
    pub(crate) low: u64,
    pub(crate) high: u64,
    /// It was told in a vague word that the format has a value of its own for.
    pub(crate) vague: bool,
    said: Option<String>,
}

/// What a source tells last, by which people and whose.
type Parts<'a> = BTreeMap<(Group, Option<&'a str>), Part>;

/// The figures of those killed, by source. A source's later figure takes the place of its earlier one for the same people.
pub(crate) fn killed(told: &[Told<'_>]) -> Vec<Figure> {
    let mut sources: BTreeMap<Vec<Who>, Parts<'_>> = BTreeMap::new();
    for one in told.iter().filter(|one| gives_figures(one.claim) && !one.event.negated) {
        for toll in one.event.toll.iter().filter(|toll| toll.harm == Harm::Killed) {
            let Some(part) = part(one, toll) else { continue };
            let parts = sources.entry(Who::of_claim(one.reading, one.claim)).or_default();
            let known = parts
                .entry((toll.who, toll.party.as_deref()))
                .or_insert_with(|| part.clone());
            if part.said >= known.said {
                *known = part;
            }
        }
    }
    sources
        .into_values()
        .map(|parts| figure(parts.into_values().collect()))
        .collect()
}

fn part(one: &Told<'_>, toll: &Toll) -> Option<Part> {
    let vague = words::vague(one.reading.slice(one.claim.start, one.claim.end), toll);
    let low = vague.or(toll.min).or(toll.max.map(|_| 0))?;
    Some(Part {
        group: toll.who,
        party: toll.party.clone(),
        low,
        high: toll.max.unwrap_or(low).max(low),
        vague: vague.is_some(),
        said: as_of(one.reading, one.claim).map(str::to_owned),
    })
}

/// A source that tells a total tells its parts among it; one that tells parts alone means all of them. So it is for each
/// party's people, and for all parties together.
fn figure(parts: Vec<Part>) -> Figure {
    let bound = |of: fn(&Part) -> u64| {
        let parties: BTreeSet<Option<&str>> = parts.iter().map(|part| part.party.as_deref()).collect();
        let total = |part: &&Part| matches!(part.group, Group::Mixed | Group::Unknown);
        let people = |party: Option<&str>| {
            let own = || parts.iter().filter(move |part| part.party.as_deref() == party);
            let parts: u64 = own().filter(|part| !total(part)).map(of).fold(0, u64::saturating_add);
            (own().filter(total).map(of).max().unwrap_or(0), parts)
        };
        let named = parties.iter().copied().flatten().map(|party| people(Some(party)));
        let named = named
            .map(|(total, parts)| total.max(parts))
            .fold(0, u64::saturating_add);
        let (total, unnamed) = people(None);
        total.max(named.saturating_add(unnamed))
    };
    Figure {
        low: bound(|part| part.low),
        high: bound(|part| part.high),
        parts,
    }
}

/// The source whose figure stands for the best known: the figure that most sources give, of those given by as many the least.
pub(crate) fn best(figures: &[Figure]) -> Option<&Figure> {
    let count = |low: u64| figures.iter().filter(|figure| figure.low == low).count();
    figures
        .iter()
        .min_by_key(|figure| (usize::MAX - count(figure.low), figure.low))
}
