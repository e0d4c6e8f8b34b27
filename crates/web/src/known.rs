//! What a ledger makes of its latest reports, worked out once and kept until something is added to it.

use crate::server::Visitor;
use crate::show::claimants;
use counterclaim_claims::Reading;
use counterclaim_ledger::{ClaimRef, Decision, Overview, Status, Why};
use counterclaim_store::{Error, Store};
use maud::{Markup, html};
use std::collections::HashMap;

/// No more reports than that are put together: the latest. The program's `brief` and `export` put all together.
pub(crate) const MOST_REPORTS: u32 = 300;
/// A card names no more claims that stand against its own or bear it out,
const MOST_OTHERS: usize = 8;
/// and no more decisions: the latest.
const MOST_DECISIONS: usize = 20;

/// The latest reports as people left them, and their overview.
pub(crate) struct Known {
    pub(crate) readings: Vec<Reading>,
    pub(crate) overview: Overview,
    decisions: Vec<Decision>,
    /// The numbers of the reports in the ledger, and where each stands here.
    numbers: Vec<i64>,
    places: HashMap<i64, usize>,
}

/// Where a claim stands in the ledger.
#[derive(Clone, Copy)]
pub(crate) struct At<'a> {
    /// The number of its report.
    pub(crate) report: i64,
    /// The report's id.
    pub(crate) document: &'a str,
    /// The claim's number in it, from 0.
    pub(crate) number: usize,
    /// The claim's id.
    pub(crate) claim: &'a str,
}

impl Known {
    pub(crate) fn of(store: &Store) -> Result<Known, Error> {
        let (mut readings, mut numbers) = (Vec::new(), Vec::new());
        for report in store.reports(0, MOST_REPORTS)? {
            if let Some(reading) = store.reading(report.number)? {
                numbers.push(report.number);
                readings.push(reading);
            }
        }
        let decisions = store.decisions()?;
        let (readings, overview) = Overview::of_decided(readings, &decisions);
        let places = numbers.iter().enumerate().map(|(n, number)| (*number, n)).collect();
        Ok(Known {
            readings,
            overview,
            decisions,
            numbers,
            places,
        })
    }

    /// How a claim stands; none where its report is not among the latest.
    fn status(&self, at: At<'_>) -> Option<Status> {
        let reading = *self.places.get(&at.report)?;
        Some(self.overview.status(ClaimRef {
            reading,
            claim: at.number,
        }))
    }

    /// What people decided about a claim or the whole of its report.
    fn decided(&self, at: At<'_>) -> Vec<&Decision> {
        let about = |one: &&Decision| {
            let claim = one.about.claim.as_deref();
            one.about.document == at.document && claim.is_none_or(|claim| claim == at.claim)
        };
        let all: Vec<&Decision> = self.decisions.iter().filter(about).collect();
        all[all.len().saturating_sub(MOST_DECISIONS)..].to_vec()
    }

    /// How a claim stands and why, and what people decided about it.
    pub(crate) fn stands(&self, visitor: Visitor, at: At<'_>) -> Markup {
        let language = visitor.words.language;
        let status = self.status(at);
        html! {
            @if let Some(status) = &status {
                p.standing {
                    span { (language.term("standing", status.standing.code())) }
                    @for (what, other) in others(status).take(MOST_OTHERS) {
                        " · " (language.term(what.0, what.1)) ": " (self.other(visitor, other))
                    }
                }
            }
            @for one in self.decided(at) {
                p.decision {
                    span { (language.term("ruling", one.what.code())) }
                    " " bdi { (one.reviewer) } " " time datetime=(one.at) { (one.at.get(..10).unwrap_or(&one.at)) }
                    @if !one.reason.is_empty() { ": " q dir="auto" { (one.reason) } }
                }
            }
        }
    }

    /// Another claim, by who makes it.
    fn other(&self, visitor: Visitor, at: ClaimRef) -> Markup {
        let number = (at.claim + 1).to_string();
        let page = format!("/report/{}", self.numbers[at.reading]);
        let link = visitor.link(&page, &[("claim", &number)]) + &format!("#c{number}");
        html! { a href=(link) { bdi { (claimants(visitor, at.of(&self.readings).1)) } } }
    }
}

/// The claims that make a claim stand as it does, each with what it is to it: a list of terms and a code.
fn others(status: &Status) -> impl Iterator<Item = ((&'static str, &'static str), ClaimRef)> {
    status.why.iter().filter_map(|why| match why {
        Why::Against(kind, at) => Some((("dispute", kind.code()), *at)),
        Why::Alike(at) => Some((("standing", "corroborated"), *at)),
        // It stands among the decisions.
        Why::Found { .. } => None,
    })
}
