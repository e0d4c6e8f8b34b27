//! What a ledger makes of its claims, in the shape of the contract.

use crate::{ClaimRef, Overview, TollFigure, TollRow, TollScope, Who, reports};
use counterclaim_claims::{Group, Harm, Reading};
use serde::Serialize;

/// The object that `counterclaim export LEDGER --to contract` prints.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Contract {
    /// What happened, each happening once.
    pub incidents: Vec<ContractIncident>,
    /// Which claims stand against which.
    pub disputes: Vec<ContractDispute>,
    /// Harm by scope, group and source; figures stand side by side and are never added up.
    pub tolls: Vec<ContractToll>,
    /// How the claims stand that are not just asserted.
    pub statuses: Vec<ContractStatus>,
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

/// How a claim stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ContractStatus {
    /// The claim.
    #[serde(flatten)]
    pub claim: ContractClaim,
    /// The code of its standing: `denied`.
    pub status: &'static str,
    /// Why, in codes; other claims by their ids.
    pub why: Vec<String>,
}

/// Harm of one kind to one group of people in one scope.
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
    /// History told as context.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub background: bool,
    /// What each source says.
    pub by: Vec<ContractFigure>,
}

/// What figures are of: an incident, or a war, a time and a place as far as they are told.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Scope {
    /// The incident's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub incident: Option<String>,
    /// The codes of the parties that fight.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub conflict: Vec<String>,
    /// EDTF.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub period: Option<String>,
    /// A place by its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
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
    /// What the source said on earlier days.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub earlier: Vec<ContractFigure>,
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
        let mut claims: Vec<&ClaimRef> = overview.statuses.keys().collect();
        claims.sort_by_key(|at| (reports::key(readings, at.reading), at.claim));
        let statuses = claims.into_iter();
        Contract {
            incidents: incidents.collect(),
            disputes: disputes.collect(),
            tolls: [(&overview.tolls, false), (&overview.background_tolls, true)]
                .into_iter()
                .flat_map(|(rows, background)| rows.iter().map(move |row| toll(overview, readings, row, background)))
                .collect(),
            statuses: statuses.map(|&at| status(overview, readings, at)).collect(),
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

fn status(overview: &Overview, readings: &[Reading], at: ClaimRef) -> ContractStatus {
    let status = overview.status(at);
    let id = |other: ClaimRef| other.of(readings).1.id.clone();
    ContractStatus {
        claim: claim(readings, at, None),
        status: status.standing.code(),
        why: status.why.iter().map(|why| why.code(id)).collect(),
    }
}

fn toll(overview: &Overview, readings: &[Reading], row: &TollRow, background: bool) -> ContractToll {
    let scope = match &row.scope {
        TollScope::Incident(number) => Scope {
            incident: Some(overview.incidents[*number].id.clone()),
            ..Scope::default()
        },
        TollScope::Wide {
            conflict,
            period,
            place,
        } => Scope {
            incident: None,
            conflict: conflict.clone(),
            period: period.clone(),
            place: place.clone(),
        },
    };
    ContractToll {
        scope,
        harm: row.harm,
        who: row.who,
        party: row.party.clone(),
        background,
        by: row.by.iter().map(|one| figure(readings, one)).collect(),
    }
}

fn figure(readings: &[Reading], one: &TollFigure) -> ContractFigure {
    let named = one.source.iter().cloned().map(name).filter(|name| !name.is_empty());
    ContractFigure {
        source: named.collect(),
        min: one.min,
        max: one.max,
        said: one.said.clone(),
        claims: one.claims.iter().map(|at| at.of(readings).1.id.clone()).collect(),
        earlier: one.earlier.iter().map(|one| figure(readings, one)).collect(),
    }
}
