use crate::incident::Incidents;
use crate::reports::{self, Reports, ranks};
use crate::review::{Review, Reviews, correct};
use crate::{
    Conflict, Copies, Decision, Dispute, Incident, Statement, Status, TollRow, Who, conflict, dispute, incident,
    statement, status, toll,
};
use counterclaim_claims::{Claim, Evidence, Exhibit, Reading};
use counterclaim_text::sketch::Sketch;
use std::collections::{BTreeMap, BTreeSet};

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
    /// Their claims in the order of the reports' dates; a joint statement stands with each who makes it, and what later reports
    /// repeat stands once.
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
    /// What later reports repeat.
    pub statements: Vec<Statement>,
    /// Who fights whom, and what happened when.
    pub conflicts: Vec<Conflict>,
    /// How the claims stand that do not just stand there ([`Overview::status`]).
    pub statuses: BTreeMap<ClaimRef, Status>,
    /// How people left the claims that they decided about.
    pub reviews: BTreeMap<ClaimRef, Review>,
    /// The numbers of decisions about a report or claim that is not there, or that their ruling cannot be about.
    pub adrift: Vec<usize>,
}

impl Overview {
    /// The overview of some readings about which nobody has decided anything.
    pub fn of(readings: &[Reading]) -> Overview {
        Overview::reviewed(readings, &[])
    }

    /// The readings as people left them, and their overview. Corrected claims stand in the place of those that were read; what was
    /// rejected or redacted keeps its place, so that nothing after it is counted anew, and is left out of all that is worked out.
    ///
    /// ```
    /// use counterclaim_claims::Reading;
    /// use counterclaim_ledger::{Checked, ClaimRef, Decision, Overview, Ref, Ruling};
    ///
    /// let line = r#"{"document":{"id":"sha256:1","text":"…"},"claims":[{"id":"clm_1","start":0,"end":1}]}"#;
    /// let readings: Vec<Reading> = vec![serde_json::from_str(line).unwrap()];
    /// let decision = Decision {
    ///     at: "2020-10-06T08:30:00Z".into(),
    ///     reviewer: "desk 1".into(),
    ///     reason: "read against the text".into(),
    ///     about: Ref::claim("sha256:1", "clm_1"),
    ///     what: Ruling::Accept,
    /// };
    /// let (readings, overview) = Overview::of_decided(readings, &[decision]);
    /// assert_eq!(readings.len(), 1);
    /// assert_eq!(overview.review(ClaimRef { reading: 0, claim: 0 }).reading, Checked::Accepted);
    /// ```
    pub fn of_decided(mut readings: Vec<Reading>, decisions: &[Decision]) -> (Vec<Reading>, Overview) {
        correct(&mut readings, decisions);
        let overview = Overview::reviewed(&readings, decisions);
        (readings, overview)
    }

    /// How people left a claim.
    pub fn review(&self, at: ClaimRef) -> Review {
        self.reviews.get(&at).cloned().unwrap_or_default()
    }

    /// How a claim stands, and why.
    pub fn status(&self, at: ClaimRef) -> Status {
        self.statuses.get(&at).cloned().unwrap_or_default()
    }

    fn reviewed(readings: &[Reading], decisions: &[Decision]) -> Overview {
        let order = reports::order(readings);
        let reviews = Reviews::of(readings, decisions);
        let mut incidents = Incidents::default();
        incidents.order(&ranks(&order));
        for &n in &order {
            incidents.put(readings, n, |at| reviews.count(at));
        }
        incidents.settle(readings, decisions);
        let incidents = incidents.into_all(readings);
        let sketches: Vec<Sketch> = readings.iter().map(|one| Sketch::of(&one.document.text)).collect();
        Overview::made(Reports::of(readings, order, &sketches), incidents, reviews, decisions)
    }

    /// What else is made of readings whose incidents have been found, as people left them. whose incidents have been found, as people left them.
    pub(crate) fn made(
        reports: Reports<'_>,
        incidents: Vec<Incident>,
        reviews: Reviews,
        decisions: &[Decision],
    ) -> Overview {
        let readings = reports.readings;
        let all: Vec<ClaimRef> = reports.claims().filter(|&at| reviews.count(at)).collect();
        let happening = incident::happening(&incidents);
        let statements = statement::find(&reports, &all, &happening);
        let repeats: BTreeSet<ClaimRef> = statements.iter().flat_map(|one| &one.repeats).copied().collect();
        // What ten papers repeat is denied once.
        let once: Vec<ClaimRef> = all.iter().copied().filter(|at| !repeats.contains(at)).collect();
        let disputes = dispute::find(&reports, &once, &happening);
        let people = (&reviews.of, decisions);
        let statuses = status::of(&reports, &all, &happening, &disputes, &statements, people);
        let (background, news): (Vec<_>, Vec<_>) = all.iter().partition(|at| at.of(readings).1.background);
        let unverified = |evidence: &Evidence| matches!(evidence, Evidence::NoneOffered | Evidence::NotVerified);
        let exhibits = |&reading: &usize| {
            (0..readings[reading].exhibits.len()).map(move |exhibit| ExhibitRef { reading, exhibit })
        };
        let unshown = |at: &ClaimRef| at.of(readings).1.evidence.iter().any(unverified);
        Overview {
            claimants: claimants(&reports, &news, &repeats),
            unshown: news.iter().copied().filter(unshown).collect(),
            tolls: toll::grid(&reports, &news, &incidents, &happening),
            background_tolls: toll::grid(&reports, &background, &incidents, &happening),
            conflicts: conflict::find(&reports, &incidents),
            exhibits: reports.order.iter().flat_map(exhibits).collect(),
            incidents,
            disputes,
            background,
            statements,
            statuses,
            copies: reports.copies,
            reviews: reviews.of,
            adrift: reviews.adrift,
        }
    }
}

fn claimants(reports: &Reports<'_>, claims: &[ClaimRef], repeats: &BTreeSet<ClaimRef>) -> Vec<Claimant> {
    let mut by: BTreeMap<Who, Vec<ClaimRef>> = BTreeMap::new();
    for &at in claims.iter().filter(|at| !repeats.contains(at)) {
        for who in reports.who(at) {
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
