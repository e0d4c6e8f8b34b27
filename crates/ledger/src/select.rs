use crate::when::When;
use crate::{ClaimRef, Overview};
use counterclaim_claims::{Claim, Event, Place, Reading};
use std::collections::BTreeSet;

/// A part of a ledger: a war, a place, a time. What is left out does not matter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    /// Claims that one of these parties makes, or that are about one of them: codes.
    pub parties: Vec<String>,
    /// Claims about this place: a name, or the code of a state.
    pub place: Option<String>,
    /// Claims about this time, else made in it: EDTF.
    pub period: Option<String>,
}

impl Selection {
    /// Whether it leaves nothing out.
    pub fn is_all(&self) -> bool {
        *self == Selection::default()
    }

    /// Whether a time can be asked for: a day, a month, a year, or two of them with a stroke between.
    ///
    /// ```
    /// use counterclaim_ledger::Selection;
    ///
    /// assert!(Selection::is_period("2020-10/2020-11") && !Selection::is_period("October"));
    /// ```
    pub fn is_period(edtf: &str) -> bool {
        When::of(Some(edtf)).days.is_some()
    }

    /// Whether a claim is in it, by what it tells itself.
    pub fn has(&self, reading: &Reading, claim: &Claim) -> bool {
        self.has_parties(claim) && self.has_place(&claim.events) && self.has_time(reading, claim)
    }

    fn has_parties(&self, claim: &Claim) -> bool {
        let people = claim
            .events
            .iter()
            .flat_map(|event| event.actor.iter().chain(&event.target));
        let mut codes = people
            .map(|who| &who.party)
            .chain(claim.source.iter().map(|source| &source.party))
            .flatten();
        self.parties.is_empty() || codes.any(|code| self.parties.contains(code))
    }

    fn has_place(&self, events: &[Event]) -> bool {
        let Some(wanted) = &self.place else { return true };
        let is = |place: &Place| {
            place.name.to_lowercase() == wanted.to_lowercase()
                || place.country.as_ref().is_some_and(|code| code == wanted)
        };
        events.iter().flat_map(|event| &event.place).any(is)
    }

    fn has_time(&self, reading: &Reading, claim: &Claim) -> bool {
        let Some(period) = &self.period else { return true };
        let period = When::of(Some(period));
        let told: Vec<When<'_>> = claim
            .events
            .iter()
            .filter_map(|event| event.time.as_deref())
            .map(|time| When::of(Some(time)))
            .collect();
        let within = |time: &When<'_>| time.days.is_some() && time.overlaps(period);
        if told.iter().any(|time| time.days.is_some()) {
            told.iter().any(within)
        } else {
            within(&When::of(crate::toll::as_of(reading, claim)))
        }
    }
}

impl Overview {
    /// What of an overview is about a part of the ledger. Incidents keep their numbers; a dispute stays where one of its claims does.
    pub fn only(mut self, readings: &[Reading], part: &Selection) -> Overview {
        if part.is_all() {
            return self;
        }
        let own = |at: ClaimRef| {
            let (reading, claim) = at.of(readings);
            part.has(reading, claim)
        };
        // What does not tell its place or time itself may belong to a happening that does.
        let whole: Vec<bool> = self
            .incidents
            .iter()
            .map(|one| one.mentions.iter().any(|mention| own(mention.at)))
            .collect();
        let kept = self.incidents.iter().zip(&whole).filter(|(_, kept)| **kept);
        let told: BTreeSet<ClaimRef> = kept
            .flat_map(|(one, _)| &one.mentions)
            .map(|mention| mention.at)
            .collect();
        let keep = |at: &ClaimRef| told.contains(at) || own(*at);
        for one in &mut self.claimants {
            one.claims.retain(keep);
        }
        self.claimants.retain(|one| !one.claims.is_empty());
        self.disputes.retain(|one| keep(&one.a) || keep(&one.b));
        self.unshown.retain(keep);
        for rows in [&mut self.tolls, &mut self.background_tolls] {
            for row in rows.iter_mut() {
                row.by.retain(|figure| figure.claims.iter().any(keep));
            }
            rows.retain(|row| !row.by.is_empty());
        }
        self.exhibits.retain(|at| {
            let (reading, exhibit) = at.of(readings);
            let shown = |claim: usize| exhibit.shows.contains(&reading.claims[claim].id);
            let reading = at.reading;
            (0..readings[reading].claims.len()).any(|claim| shown(claim) && keep(&ClaimRef { reading, claim }))
        });
        self.background.retain(keep);
        let any =
            |&reading: &usize| (0..readings[reading].claims.len()).any(|claim| keep(&ClaimRef { reading, claim }));
        self.copies.retain(|one| one.reports.iter().any(any));
        self.statements.retain(|one| keep(&one.first));
        for one in &mut self.conflicts {
            let kept: Vec<usize> = (0..one.moments.len())
                .filter(|&n| whole[one.moments[n].incident])
                .collect();
            let number = |n: &usize| kept.binary_search(n).ok();
            for (_, moments) in &mut one.parts {
                *moments = moments.iter().filter_map(number).collect();
            }
            one.parts.retain(|(_, moments)| !moments.is_empty());
            one.moments = kept.iter().map(|&n| one.moments[n].clone()).collect();
        }
        self.conflicts.retain(|one| !one.moments.is_empty());
        self
    }
}
