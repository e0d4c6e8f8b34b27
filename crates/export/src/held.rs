//! What people decided that goes nowhere, or not yet.

use crate::profile::blot;
use crate::sidecar::{LeftOut, Why};
use counterclaim_claims::{Claim, Reading};
use counterclaim_ledger::{ClaimRef, Overview, Review};
use jiff::Timestamp;
use std::collections::{HashMap, HashSet};

/// What was held back, and how people left the rest.
pub(crate) struct Held {
    pub(crate) withheld: Vec<LeftOut>,
    /// By where the claims stand now.
    pub(crate) reviews: HashMap<ClaimRef, Review>,
}

/// Takes out claims that do not count and, where only what was released may go, all others that were not; a report of which
/// nothing is left then goes, too. The words of redacted claims are blotted out of their text.
pub(crate) fn hold_back(readings: &mut Vec<Reading>, decided: &Overview, released_only: bool, now: Timestamp) -> Held {
    let mut held = Held {
        withheld: Vec::new(),
        reviews: HashMap::new(),
    };
    let mut kept = Vec::with_capacity(readings.len());
    for (number, mut reading) in std::mem::take(readings).into_iter().enumerate() {
        let review = |claim| decided.reviews.get(&ClaimRef { reading: number, claim });
        let mut claims: Vec<Claim> = Vec::with_capacity(reading.claims.len());
        let mut redacted = Vec::new();
        for (n, claim) in std::mem::take(&mut reading.claims).into_iter().enumerate() {
            let review = review(n);
            if let Some(why) = why(review, released_only, now) {
                if why == Why::Redacted {
                    redacted.push(claim.start..claim.end);
                }
                held.withheld.push(LeftOut {
                    id: claim.id.clone(),
                    claims: vec![claim.id],
                    why,
                });
                continue;
            }
            let at = ClaimRef {
                reading: kept.len(),
                claim: claims.len(),
            };
            held.reviews.extend(review.map(|review| (at, review.clone())));
            claims.push(claim);
        }
        reading.claims = claims;
        if !redacted.is_empty() {
            let mut letters: Vec<char> = reading.document.text.chars().collect();
            for words in redacted {
                let end = words.end.min(letters.len());
                blot(&mut letters[words.start.min(end)..end]);
            }
            reading.document.text = letters.into_iter().collect();
            // What the text was before it was mended would tell the words again.
            reading.document.repairs.clear();
        }
        if !released_only || !reading.claims.is_empty() {
            let left: HashSet<&str> = reading.claims.iter().map(|claim| claim.id.as_str()).collect();
            for exhibit in &mut reading.exhibits {
                exhibit.shows.retain(|id| left.contains(id.as_str()));
            }
            kept.push(reading);
        }
    }
    *readings = kept;
    held
}

fn why(review: Option<&Review>, released_only: bool, now: Timestamp) -> Option<Why> {
    let nothing = Review::default();
    let review = review.unwrap_or(&nothing);
    // An instant that cannot be read holds for ever.
    let embargo = |until: &String| until.parse::<Timestamp>().map_or(true, |until| now < until);
    match () {
        () if review.redacted => Some(Why::Redacted),
        () if !review.counts() => Some(Why::Rejected),
        () if !released_only => None,
        () if !review.is_released() => Some(Why::NotReleased),
        () => review.embargo.as_ref().is_some_and(embargo).then_some(Why::Embargo),
    }
}
