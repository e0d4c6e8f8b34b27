use crate::{Copies, Dispute, Incident, TollRow, Who, copies, dispute, incident, toll};
use counterclaim_claims::{Claim, Evidence, Exhibit, Reading};
use std::collections::BTreeMap;

/// Where a claim stands: the number of its reading and its number there, both from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClaimRef {
    /// Number of the reading.
    pub reading: usize,
    /// Number of the claim in it.
    pub claim: usize,
}

impl ClaimRef {
    /// The claim, with the reading it stands in.
    pub fn of(self, readings: &[Reading]) -> (&Reading, &Claim) {
        let reading = &readings[self.reading];
        (reading, &reading.claims[self.claim])
    }
}

/// Where an exhibit stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ExhibitRef {
    /// Number of the reading.
    pub reading: usize,
    /// Number of the exhibit in it.
    pub exhibit: usize,
}

impl ExhibitRef {
    /// The exhibit, with the reading it stands in.
    pub fn of(self, readings: &[Reading]) -> (&Reading, &Exhibit) {
        let reading = &readings[self.reading];
        (reading, &reading.exhibits[self.exhibit])
    }
}

/// Somebody and what they claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claimant {
    /// Who.
    pub who: Who,
    /// Their claims in the ledger's order; a joint statement stands with each who makes it.
    pub claims: Vec<ClaimRef>,
}

/// What a ledger makes of its readings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Overview {
    /// Who claims what about the news: parties first, most claims first. History told as context is left out.
    pub claimants: Vec<Claimant>,
    /// What happened, each happening once, whoever tells of it.
    pub incidents: Vec<Incident>,
    /// What stands against what.
    pub disputes: Vec<Dispute>,
    /// Claims for which the text says that nothing was shown, or that nobody could verify them.
    pub unshown: Vec<ClaimRef>,
    /// Tolls of the news, by source.
    pub tolls: Vec<TollRow>,
    /// Tolls of history told as context, by source.
    pub background_tolls: Vec<TollRow>,
    /// What was put forward.
    pub exhibits: Vec<ExhibitRef>,
    /// History told as context.
    pub background: Vec<ClaimRef>,
    /// Reports that print nearly the same text.
    pub copies: Vec<Copies>,
}

impl Overview {
    /// The overview of some readings.
    pub fn of(readings: &[Reading]) -> Overview {
        let all: Vec<ClaimRef> = readings
            .iter()
            .enumerate()
            .flat_map(|(reading, r)| (0..r.claims.len()).map(move |claim| ClaimRef { reading, claim }))
            .collect();
        let incidents = incident::find(readings);
        let (background, news): (Vec<_>, Vec<_>) = all.iter().partition(|at| at.of(readings).1.background);
        let unverified = |evidence: &Evidence| matches!(evidence, Evidence::NoneOffered | Evidence::NotVerified);
        Overview {
            claimants: claimants(readings, &news),
            disputes: dispute::find(readings, &all, &incidents),
            incidents,
            unshown: news
                .iter()
                .copied()
                .filter(|at| at.of(readings).1.evidence.iter().any(unverified))
                .collect(),
            tolls: toll::grid(readings, &news),
            background_tolls: toll::grid(readings, &background),
            exhibits: readings
                .iter()
                .enumerate()
                .flat_map(|(reading, r)| (0..r.exhibits.len()).map(move |exhibit| ExhibitRef { reading, exhibit }))
                .collect(),
            background,
            copies: copies::find(readings),
        }
    }
}

fn claimants(readings: &[Reading], claims: &[ClaimRef]) -> Vec<Claimant> {
    let mut by: BTreeMap<Who, Vec<ClaimRef>> = BTreeMap::new();
    for &at in claims {
        let (reading, claim) = at.of(readings);
        for who in Who::of_claim(reading, claim) {
            by.entry(who).or_default().push(at);
        }
    }
    let mut all: Vec<Claimant> = by.into_iter().map(|(who, claims)| Claimant { who, claims }).collect();
    // Stable: who has as many claims as another stays in the order of the codes.
    all.sort_by_key(|one| {
        (
            one.who.party().is_none(),
            matches!(one.who, Who::Outlet(_)),
            usize::MAX - one.claims.len(),
        )
    });
    all
}
