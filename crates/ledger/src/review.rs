//! What follows for each claim from all that people decided about it.

use crate::ClaimRef;
use crate::decision::{Decision, Ref, Ruling, in_order};
use counterclaim_claims::{Claim, Reading};
use std::collections::{BTreeMap, HashMap};

/// How people left a claim.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Review {
    /// Whether it is read right.
    pub reading: Checked,
    /// Whether what it says was found to be so.
    pub finding: Option<Finding>,
    /// Who released it, each once.
    pub released_by: Vec<String>,
    /// One of them said that one is enough.
    pub overriding: bool,
    /// Not to be published before this instant: RFC 3339.
    pub embargo: Option<String>,
    /// Its words were taken away.
    pub redacted: bool,
    /// The numbers of all decisions about it, the oldest first.
    pub decisions: Vec<usize>,
}

/// What people made of a claim's reading.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Checked {
    /// Nobody has looked at it.
    #[default]
    Unreviewed,
    /// It is read right.
    Accepted,
    /// It was read wrong, and a person said how it should be read.
    Corrected,
    /// It should not count.
    Rejected,
}

/// What a person found out about what is claimed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Finding {
    /// It is true.
    Verified,
    /// It is untrue.
    Refuted,
}

impl Finding {
    /// Whether it is what a ruling says.
    pub(crate) fn is_of(self, ruling: &Ruling) -> bool {
        match self {
            Finding::Verified => *ruling == Ruling::Verify,
            Finding::Refuted => *ruling == Ruling::Refute,
        }
    }
}

impl Review {
    /// Whether it counts for what is worked out.
    pub fn counts(&self) -> bool {
        self.reading != Checked::Rejected && !self.redacted
    }

    /// Whether it may be published, but for an embargo: two people released it, or one who overrode that.
    pub fn is_released(&self) -> bool {
        self.counts() && (self.released_by.len() > 1 || (self.overriding && !self.released_by.is_empty()))
    }

    fn take(&mut self, number: usize, decision: &Decision) {
        self.decisions.push(number);
        match &decision.what {
            Ruling::Accept => self.reading = Checked::Accepted,
            Ruling::Correct(_) => {
                self.reading = Checked::Corrected;
                // What was released and found was another reading.
                self.released_by.clear();
                self.overriding = false;
                self.finding = None;
            }
            Ruling::Reject => self.reading = Checked::Rejected,
            Ruling::Verify => self.finding = Some(Finding::Verified),
            Ruling::Refute => self.finding = Some(Finding::Refuted),
            Ruling::Release { overriding } => {
                let name = decision.reviewer.trim();
                if !self.released_by.iter().any(|known| known == name) {
                    self.released_by.push(name.to_owned());
                }
                self.overriding |= overriding;
            }
            Ruling::Embargo(until) => self.embargo = Some(until.clone()),
            Ruling::Redact => self.redacted = true,
            Ruling::Reopen => {
                *self = Review {
                    redacted: self.redacted,
                    decisions: std::mem::take(&mut self.decisions),
                    ..Review::default()
                };
            }
            Ruling::Note | Ruling::Split(_) | Ruling::Join(_) => {}
        }
    }
}

/// Decisions by what they are about, and how they left each claim.
pub(crate) struct Reviews {
    pub(crate) of: BTreeMap<ClaimRef, Review>,
    /// The numbers of decisions about what none of the readings holds.
    pub(crate) adrift: Vec<usize>,
}

/// Where the claims of the readings stand by their ids.
pub(crate) struct Ids<'a> {
    reports: HashMap<&'a str, Vec<usize>>,
    claims: HashMap<(usize, &'a str), usize>,
}

impl<'a> Ids<'a> {
    pub(crate) fn of(readings: &'a [Reading]) -> Self {
        let mut ids = Ids {
            reports: HashMap::new(),
            claims: HashMap::new(),
        };
        for (number, reading) in readings.iter().enumerate() {
            ids.reports.entry(&reading.document.id).or_default().push(number);
            let claims = reading.claims.iter().enumerate();
            ids.claims
                .extend(claims.map(|(n, claim)| ((number, claim.id.as_str()), n)));
        }
        ids
    }

    fn reports(&self, at: &Ref) -> &[usize] {
        self.reports.get(at.document.as_str()).map_or(&[], Vec::as_slice)
    }

    /// The claims that are meant: one a report of that id.
    pub(crate) fn claims(&self, at: &Ref) -> Vec<ClaimRef> {
        let Some(id) = at.claim.as_deref() else {
            return Vec::new();
        };
        let found = |&reading: &usize| {
            let claim = *self.claims.get(&(reading, id))?;
            Some(ClaimRef { reading, claim })
        };
        self.reports(at).iter().filter_map(found).collect()
    }
}

impl Reviews {
    /// Readings as corrected already ([`correct`]).
    pub(crate) fn of(readings: &[Reading], decisions: &[Decision]) -> Reviews {
        let ids = Ids::of(readings);
        let mut reviews = Reviews {
            of: BTreeMap::new(),
            adrift: Vec::new(),
        };
        for number in in_order(decisions) {
            let decision = &decisions[number];
            let reports = ids.reports(&decision.about);
            let whole = decision.about.claim.is_none() && decision.what.of_reports();
            let about: Vec<ClaimRef> = if whole {
                let claims = |&reading: &usize| {
                    (0..readings[reading].claims.len()).map(move |claim| ClaimRef { reading, claim })
                };
                reports.iter().flat_map(claims).collect()
            } else {
                ids.claims(&decision.about)
            };
            if about.is_empty() && (!whole || reports.is_empty()) {
                reviews.adrift.push(number);
            }
            for at in about {
                reviews.of.entry(at).or_default().take(number, decision);
            }
        }
        reviews.adrift.sort_unstable();
        reviews
    }

    /// Whether a claim counts for what is worked out.
    pub(crate) fn count(&self, at: ClaimRef) -> bool {
        self.of.get(&at).is_none_or(Review::counts)
    }
}

/// Puts corrected claims in the place of those that were read. One that a later program no longer reads comes back: what people
/// decided outlives re-reading.
pub(crate) fn correct(readings: &mut [Reading], decisions: &[Decision]) {
    let mut last: BTreeMap<(&str, &str), &Claim> = BTreeMap::new();
    for number in in_order(decisions) {
        let Decision { about, what, .. } = &decisions[number];
        let document = about.document.as_str();
        match (what, about.claim.as_deref()) {
            (Ruling::Correct(claim), Some(id)) => _ = last.insert((document, id), claim),
            (Ruling::Reopen, Some(id)) => _ = last.remove(&(document, id)),
            (Ruling::Reopen, None) => last.retain(|(of, _), _| *of != document),
            _ => {}
        }
    }
    for reading in readings {
        let document = reading.document.id.clone();
        let corrected = last
            .range((document.as_str(), "")..)
            .take_while(|((of, _), _)| *of == document);
        for ((_, id), claim) in corrected {
            let claim = Claim {
                id: (*id).to_owned(),
                ..(*claim).clone()
            };
            match reading.claims.iter_mut().find(|known| known.id == *id) {
                Some(known) => *known = claim,
                None => {
                    let at = reading.claims.partition_point(|known| known.start <= claim.start);
                    reading.claims.insert(at, claim);
                }
            }
        }
    }
}
