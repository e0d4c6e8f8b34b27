use crate::incident::Happening;
use crate::reports::Reports;
use crate::when::When;
use crate::{ClaimRef, EventRef, Incident, Who};
use counterclaim_claims::{Claim, Event, Group, Harm, Reading, Stance, Toll};
use std::collections::BTreeMap;

/// One kind of harm to one group of people in one scope, by source. The figures stand side by side and are never added up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TollRow {
    /// What the figures are of.
    pub scope: TollScope,
    /// What was done.
    pub harm: Harm,
    /// To which people.
    pub who: Group,
    /// Whose people, where it is told.
    pub party: Option<String>,
    /// What each source says, sources in order, each one's figures by day.
    pub by: Vec<TollFigure>,
}

/// What figures are of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TollScope {
    /// A happening: its number among the incidents.
    Incident(usize),
    /// The war or a time of it, as a whole or in a place.
    Wide {
        /// Whose fighting, where it is told: party codes.
        conflict: Vec<String>,
        /// EDTF, where it is told.
        period: Option<String>,
        /// By name, where it is told.
        place: Option<String>,
    },
}

/// A figure that one source gives, and what it gave before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TollFigure {
    /// Who gives it; several for a joint statement.
    pub source: Vec<Who>,
    /// The least, inclusive.
    pub min: Option<u64>,
    /// The most, inclusive.
    pub max: Option<u64>,
    /// Vague or rounded.
    pub approx: bool,
    /// The places that it is told of.
    pub places: Vec<String>,
    /// When the harm was done, where it is told.
    pub time: Option<String>,
    /// The day the figure is of: when it was first said, else when the first report that has it came out.
    pub said: Option<String>,
    /// The claims that give it, the earliest first; those after it repeat it.
    pub claims: Vec<ClaimRef>,
    /// What the source said on earlier days, the earliest first: no longer its word, and kept.
    pub earlier: Vec<TollFigure>,
}

impl TollRow {
    /// The least and the most that any source now says; no bound where one of them gives none.
    pub fn range(&self) -> (Option<u64>, Option<u64>) {
        let least = self.by.iter().map(|one| one.min.unwrap_or(0)).min();
        let most = self.by.iter().map(|one| one.max).collect::<Option<Vec<u64>>>();
        (least, most.and_then(|all| all.into_iter().max()))
    }
}

/// A cumulative figure is of more days than that.
const DAYS: i32 = 4;

type Key = (TollScope, Harm, Group, Option<String>);

/// The figures of claims, which stand in the order of the reports' dates.
pub(crate) fn grid(
    reports: &Reports<'_>,
    claims: &[ClaimRef],
    incidents: &[Incident],
    happening: &Happening,
) -> Vec<TollRow> {
    let mut rows: BTreeMap<Key, BTreeMap<Vec<Who>, Vec<TollFigure>>> = BTreeMap::new();
    for &at in claims {
        let claim = reports.claim(at);
        if !gives_figures(claim) {
            continue;
        }
        for (number, event) in claim.events.iter().enumerate().filter(|(_, event)| !event.negated) {
            let incident = happening.get(&EventRef { at, event: number }).copied();
            for toll in &event.toll {
                let scope = scope(event, toll, incident, reports.readings, incidents);
                let source = reports.who(at);
                let figures = rows
                    .entry((scope, toll.harm, toll.who, toll.party.clone()))
                    .or_default();
                add(
                    figures.entry(source.clone()).or_default(),
                    source,
                    at,
                    event,
                    toll,
                    reports.said(at),
                );
            }
        }
    }
    let row = |((scope, harm, who, party), by): (Key, BTreeMap<Vec<Who>, Vec<TollFigure>>)| TollRow {
        scope,
        harm,
        who,
        party,
        by: by.into_values().flat_map(current).collect(),
    };
    rows.into_iter().map(row).collect()
}

/// What a figure is of: what goes on, or is told of a time, is of the war; all else is of its happening.
fn scope(
    event: &Event,
    toll: &Toll,
    incident: Option<usize>,
    readings: &[Reading],
    incidents: &[Incident],
) -> TollScope {
    let long = When::of(event.time.as_deref()).is_longer(DAYS);
    match incident {
        Some(incident) if !long => TollScope::Incident(incident),
        _ => {
            // Who fights is told by other mentions where this one does not.
            let mentions = incident
                .into_iter()
                .flat_map(|n| &incidents[n].mentions)
                .map(|mention| mention.of(readings));
            let people = mentions
                .chain([event])
                .flat_map(|event| event.actor.iter().chain(&event.target));
            let mut conflict: Vec<String> = people
                .filter_map(|who| who.party.clone())
                .chain(toll.party.clone())
                .collect();
            conflict.sort();
            conflict.dedup();
            TollScope::Wide {
                conflict,
                period: event.time.clone(),
                place: event.place.first().map(|place| place.name.clone()),
            }
        }
    }
}

/// What a source says again is one figure with two claims.
fn add(known: &mut Vec<TollFigure>, source: Vec<Who>, at: ClaimRef, event: &Event, toll: &Toll, said: Option<&str>) {
    let places = event.place.iter().map(|place| place.name.clone());
    let same = |one: &&mut TollFigure| (one.min, one.max, one.approx) == (toll.min, toll.max, toll.approx);
    match known.iter_mut().find(same) {
        Some(one) => {
            if !one.claims.contains(&at) {
                one.claims.push(at);
            }
            let fresh: Vec<String> = places.filter(|place| !one.places.contains(place)).collect();
            one.places.extend(fresh);
            if one.time.is_none() {
                one.time.clone_from(&event.time);
            }
            if said.is_some_and(|said| one.said.as_deref().is_none_or(|first| said < first)) {
                one.said = said.map(str::to_owned);
            }
        }
        None => known.push(TollFigure {
            source,
            min: toll.min,
            max: toll.max,
            approx: toll.approx,
            places: places.collect(),
            time: event.time.clone(),
            said: said.map(str::to_owned),
            claims: vec![at],
            earlier: Vec::new(),
        }),
    }
}

/// What a source says now: the figures of its last day, with those of earlier days behind the first of them. A figure of an unknown
/// day is nobody's past.
fn current(mut all: Vec<TollFigure>) -> Vec<TollFigure> {
    let day = |one: &TollFigure| When::of(one.said.as_deref()).first();
    all.sort_by_key(day);
    let last = all.iter().filter_map(day).max();
    let (now, earlier): (Vec<_>, Vec<_>) = all.into_iter().partition(|one| day(one).is_none() || day(one) == last);
    let mut now = now;
    if let Some(one) = now.iter_mut().find(|one| day(one).is_some()) {
        one.earlier = earlier;
    }
    now
}

/// Who denies a happening gives no figures of it.
pub fn gives_figures(claim: &Claim) -> bool {
    claim.stance != Stance::Denies
}

/// The day a claim's figures are of.
pub fn as_of<'a>(reading: &'a Reading, claim: &'a Claim) -> Option<&'a str> {
    claim.said.as_deref().or(reading.document.published.as_deref())
}
