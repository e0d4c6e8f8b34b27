use crate::{ClaimRef, Who};
use counterclaim_claims::{Claim, Group, Harm, Reading, Stance};
use std::collections::BTreeMap;

/// One kind of harm to one group of people, by source. The figures stand side by side and are never added up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TollRow {
    /// What was done.
    pub harm: Harm,
    /// To which people.
    pub who: Group,
    /// Whose people, where it is told.
    pub party: Option<String>,
    /// What each source says, sources in order, each one's figures by day.
    pub by: Vec<TollFigure>,
}

/// A figure that one source gives.
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
    /// The day the figure is of: when it was said, else when the report came out.
    pub said: Option<String>,
    /// The claims that give it.
    pub claims: Vec<ClaimRef>,
}

/// What makes two figures one, in the order that they are put in.
type Key = (
    Vec<Who>,
    Option<String>,
    Option<String>,
    Vec<String>,
    Option<u64>,
    Option<u64>,
    bool,
);

type Figures = BTreeMap<Key, Vec<ClaimRef>>;

pub(crate) fn grid(readings: &[Reading], claims: &[ClaimRef]) -> Vec<TollRow> {
    let mut rows: BTreeMap<(u8, u8, Option<String>), (TollRow, Figures)> = BTreeMap::new();
    for &at in claims {
        let (reading, claim) = at.of(readings);
        if !gives_figures(claim) {
            continue;
        }
        for event in claim.events.iter().filter(|event| !event.negated) {
            let places: Vec<String> = event.place.iter().map(|place| place.name.clone()).collect();
            for toll in &event.toll {
                let row = TollRow {
                    harm: toll.harm,
                    who: toll.who,
                    party: toll.party.clone(),
                    by: Vec::new(),
                };
                let (_, figures) = rows
                    .entry((toll.harm as u8, toll.who as u8, toll.party.clone()))
                    .or_insert_with(|| (row, Figures::new()));
                let said = as_of(reading, claim).map(str::to_owned);
                let source = Who::of_claim(reading, claim);
                let key = (
                    source,
                    said,
                    event.time.clone(),
                    places.clone(),
                    toll.min,
                    toll.max,
                    toll.approx,
                );
                let claims = figures.entry(key).or_default();
                if claims.last() != Some(&at) {
                    claims.push(at);
                }
            }
        }
    }
    rows.into_values()
        .map(|(row, figures)| {
            let figure = |((source, said, time, places, min, max, approx), claims)| TollFigure {
                source,
                min,
                max,
                approx,
                places,
                time,
                said,
                claims,
            };
            TollRow {
                by: figures.into_iter().map(figure).collect(),
                ..row
            }
        })
        .collect()
}

/// Who denies a happening gives no figures of it.
pub(crate) fn gives_figures(claim: &Claim) -> bool {
    claim.stance != Stance::Denies
}

/// The day a claim's figures are of.
pub(crate) fn as_of<'a>(reading: &'a Reading, claim: &'a Claim) -> Option<&'a str> {
    claim.said.as_deref().or(reading.document.published.as_deref())
}
