//! What a ledger makes of its claims, in the shape of the contract.

use crate::toll::gives_figures;
use crate::{ClaimRef, EventRef, Overview, Who};
use counterclaim_claims::{Group, Harm, Reading};
use serde::Serialize;
use std::collections::BTreeMap;

/// The object that `counterclaim export LEDGER --to contract` prints.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Contract {
    /// What happened, each happening once.
    pub incidents: Vec<ContractIncident>,
    /// Which claims stand against which.
    pub disputes: Vec<ContractDispute>,
    /// Harm by incident, group and source; figures stand side by side and are never added up.
    pub tolls: Vec<ContractToll>,
}

/// An incident and all that speak of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs, reason = "the names are those of `Incident`")]
pub struct ContractIncident {
    pub id: String,
    pub label: String,
    pub mentions: Vec<ContractClaim>,
    pub reasons: Vec<String>,
}

/// Two claims that stand against each other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs, reason = "the names are those of `Dispute`")]
pub struct ContractDispute {
    pub id: String,
    pub kind: &'static str,
    pub a: ContractClaim,
    pub b: ContractClaim,
    pub reason: String,
}

/// A claim by where it stands and who makes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ContractClaim {
    /// The report's address.
    pub uri: String,
    /// First code point of the content.
    pub start: usize,
    /// Code point after the last.
    pub end: usize,
    /// The parties, or names of those without a code, that make the claim.
    pub source: Vec<String>,
    /// The number of the event in the claim, for a mention.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<usize>,
}

/// Harm of one kind to one group of people in one incident.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ContractToll {
    /// What the figures are of.
    pub scope: Scope,
    /// What was done.
    pub harm: Harm,
    /// To which people.
    pub who: Group,
    /// Whose people, where it is told.
    pub party: Option<String>,
    /// What each source says.
    pub by: Vec<ContractFigure>,
}

/// What figures are of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Scope {
    /// The incident's id.
    pub incident: String,
}

/// A figure of one source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ContractFigure {
    /// Who gives it.
    pub source: Vec<String>,
    /// The least, inclusive.
    pub min: Option<u64>,
    /// The most, inclusive.
    pub max: Option<u64>,
    /// The day the figure is of.
    pub said: Option<String>,
    /// The ids of the claims that give it.
    pub claims: Vec<String>,
}

impl Contract {
    /// The contract's object for an overview of these readings.
    pub fn of(overview: &Overview, readings: &[Reading]) -> Contract {
        let claim = |at| claim(readings, at, None);
        let incidents = overview.incidents.iter().map(|incident| ContractIncident {
            id: incident.id.clone(),
            label: incident.label.clone(),
            mentions: incident
                .mentions
                .iter()
                .map(|m| self::claim(readings, m.at, Some(m.event)))
                .collect(),
            reasons: incident.reasons.clone(),
        });
        let disputes = overview.disputes.iter().map(|dispute| ContractDispute {
            id: dispute.id.clone(),
            kind: dispute.kind.code(),
            a: claim(dispute.a),
            b: claim(dispute.b),
            reason: dispute
                .reasons
                .iter()
                .map(|reason| reason.code())
                .collect::<Vec<_>>()
                .join(", "),
        });
        Contract {
            incidents: incidents.collect(),
            disputes: disputes.collect(),
            tolls: tolls(overview, readings),
        }
    }
}

fn claim(readings: &[Reading], at: ClaimRef, event: Option<usize>) -> ContractClaim {
    let (reading, claim) = at.of(readings);
    let mut source: Vec<String> = claim.source.iter().map(Who::of_source).map(name).collect();
    source.dedup();
    ContractClaim {
        uri: reading.document.uri.clone(),
        start: claim.start,
        end: claim.end,
        source,
        event,
    }
}

fn name(who: Who) -> String {
    match who {
        Who::Party { code, .. } => code,
        Who::Named(name) | Who::Outlet(name) => name,
        Who::Nobody => String::new(),
    }
}

/// The toll grid, its figures by the incident that they are told of.
fn tolls(overview: &Overview, readings: &[Reading]) -> Vec<ContractToll> {
    let mut rows: BTreeMap<_, ContractToll> = BTreeMap::new();
    for (number, incident) in overview.incidents.iter().enumerate() {
        for mention in &incident.mentions {
            if !gives_figures(mention.at.of(readings).1) {
                continue;
            }
            let event = mention.of(readings);
            for toll in event.toll.iter().filter(|_| !event.negated) {
                let row = ContractToll {
                    scope: Scope {
                        incident: incident.id.clone(),
                    },
                    harm: toll.harm,
                    who: toll.who,
                    party: toll.party.clone(),
                    by: Vec::new(),
                };
                let key = (number, toll.harm, toll.who, toll.party.clone());
                let row = rows.entry(key).or_insert(row);
                add(row, figure(readings, *mention, toll.min, toll.max));
            }
        }
    }
    rows.into_values().collect()
}

fn figure(readings: &[Reading], mention: EventRef, min: Option<u64>, max: Option<u64>) -> ContractFigure {
    let (reading, told) = mention.at.of(readings);
    ContractFigure {
        source: Who::of_claim(reading, told)
            .into_iter()
            .map(name)
            .filter(|name| !name.is_empty())
            .collect(),
        min,
        max,
        said: crate::toll::as_of(reading, told).map(str::to_owned),
        claims: vec![told.id.clone()],
    }
}

/// What a source says again is one figure with two claims.
fn add(row: &mut ContractToll, figure: ContractFigure) {
    let same = |known: &&mut ContractFigure| {
        (&known.source, known.min, known.max, &known.said) == (&figure.source, figure.min, figure.max, &figure.said)
    };
    match row.by.iter_mut().find(same) {
        Some(known) => known.claims.extend(figure.claims),
        None => row.by.push(figure),
    }
}
