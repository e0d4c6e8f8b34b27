use crate::told::Happening;
use crate::{Format, Material, lists};
use counterclaim_claims::{Group, Harm};
use counterclaim_ledger::{DisputeKind, as_of, gives_figures, label};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Why something of ours is not in the format, or not as it was told. `lists/reasons.tsv` says each in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "the table says them in words")]
pub enum Why {
    Background,
    DeniedOnly,
    ForeseenOnly,
    NoType,
    NoDeaths,
    NoDate,
    NoRecipient,
    Negated,
    DateNotTold,
    DateOfTelling,
    DateRange,
    PlaceNotTold,
    PlaceSeveral,
    PlaceDisputed,
    DoerNotTold,
    DoerDisputed,
    ActorTypeUnknown,
    TerritoryUnknown,
    ActsSeveral,
    FiguresDiffer,
    FigureVague,
    Masked,
    Cut,
    ScoreAsPrinted,
    Sovereign,
    Rejected,
    Redacted,
    NotReleased,
    Embargo,
}

/// What an export loses and how it was mapped: the file that goes beside it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Sidecar {
    /// The format.
    pub format: &'static str,
    /// What was held back for readers outside the desk, where anything was.
    pub profile: ProfileNote,
    /// How many rows, features or records there are.
    pub rows: usize,
    /// Where each column or field is from.
    pub fields: Vec<Field>,
    /// What of ours has no place in the format.
    pub not_carried: Vec<NotCarried>,
    /// The rows in their order, each with the claims it was made from and what was lost in it.
    pub made: Vec<Made>,
    /// What got no row.
    pub left_out: Vec<LeftOut>,
    /// What the reasons named here mean.
    pub reasons: BTreeMap<&'static str, &'static str>,
}

/// The profile of an export.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ProfileNote {
    /// `full` or `public`.
    pub name: &'static str,
    /// Coordinates are rounded to multiples of that many degrees.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub degrees: Option<f64>,
    /// Words are cut after that many code points.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quote: Option<usize>,
    /// How many private persons were masked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub masked: Option<usize>,
}

/// A column or field of the format.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Field {
    /// Its name there.
    pub theirs: &'static str,
    /// What of ours it is made from; empty where nothing is.
    pub ours: &'static str,
    /// How.
    pub how: &'static str,
    /// What is lost; empty where nothing is.
    pub loses: &'static str,
}

/// Something of ours that the format has no place for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NotCarried {
    /// What.
    pub ours: &'static str,
    /// What becomes of it.
    pub how: &'static str,
    /// What is lost.
    pub loses: &'static str,
}

/// A row of the export.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Made {
    /// Its id there.
    pub id: String,
    /// The claims that it was made from.
    pub claims: Vec<String>,
    /// All figures of harm by source, where the row is an incident.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tolls: Vec<SourceToll>,
    /// What is disputed of it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub disputes: Vec<Disputed>,
    /// What was lost in this row.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub why: BTreeSet<Why>,
}

/// A figure of harm with who gives it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[allow(missing_docs, reason = "the names are those of a toll")]
pub struct SourceToll {
    pub claim: String,
    pub harm: Harm,
    pub who: Group,
    pub party: Option<String>,
    pub min: Option<u64>,
    pub max: Option<u64>,
    pub approx: bool,
    pub said: Option<String>,
}

/// A dispute that a claim of the row is a side of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs, reason = "the names are those of a dispute")]
pub struct Disputed {
    pub id: String,
    pub kind: &'static str,
    pub a: String,
    pub b: String,
}

/// Something that got no row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    /// The id of the incident, claim or report.
    pub id: String,
    /// The claims that would have made it.
    pub claims: Vec<String>,
    /// Why.
    pub why: Why,
}

impl Sidecar {
    /// The sidecar of an export without rows.
    pub(crate) fn new(format: Format, material: &Material) -> Sidecar {
        let (fields, not_carried): (Vec<_>, Vec<_>) = format.fields().partition(|row| !row[0].is_empty());
        let field = |row: Vec<&'static str>| Field {
            theirs: row[0],
            ours: row[1],
            how: row[2],
            loses: row[3],
        };
        let lost = |row: Vec<&'static str>| NotCarried {
            ours: row[1],
            how: row[2],
            loses: row[3],
        };
        Sidecar {
            format: format.code(),
            profile: material.profile_note(),
            rows: 0,
            fields: fields.into_iter().map(field).collect(),
            not_carried: not_carried.into_iter().map(lost).collect(),
            made: Vec::new(),
            left_out: material.withheld.clone(),
            reasons: BTreeMap::new(),
        }
    }

    pub(crate) fn made(&mut self, made: Made) {
        self.rows += 1;
        self.made.push(made);
    }

    pub(crate) fn leave_out(&mut self, id: &str, claims: Vec<String>, why: Why) {
        self.left_out.push(LeftOut {
            id: id.to_owned(),
            claims,
            why,
        });
    }

    /// Adds the words of the reasons that it names.
    pub(crate) fn explained(mut self) -> Sidecar {
        let used: BTreeSet<Why> = self
            .made
            .iter()
            .flat_map(|made| made.why.iter().copied())
            .chain(self.left_out.iter().map(|left| left.why))
            .collect();
        let used: Vec<String> = used.iter().map(crate::words::code).collect();
        self.reasons = lists::rows(include_str!("../lists/reasons.tsv"))
            .filter(|row| used.iter().any(|code| code == row[0]))
            .map(|row| (row[0], row[1]))
            .collect();
        self
    }
}

impl Made {
    /// What is common to the rows of all formats whose rows are incidents.
    pub(crate) fn of(material: &Material, id: String, happening: &Happening<'_>) -> Made {
        let mut made = Made {
            id,
            claims: happening.claims(),
            ..Made::default()
        };
        for told in &happening.all {
            if !gives_figures(told.claim) || told.event.negated {
                continue;
            }
            made.tolls.extend(told.event.toll.iter().map(|toll| SourceToll {
                claim: told.claim.id.clone(),
                harm: toll.harm,
                who: toll.who,
                party: toll.party.clone(),
                min: toll.min,
                max: toll.max,
                approx: toll.approx,
                said: as_of(told.reading, told.claim).map(str::to_owned),
            }));
        }
        let id = |at: counterclaim_ledger::ClaimRef| at.of(&material.readings).1.id.clone();
        made.disputes = happening
            .disputes
            .iter()
            .map(|dispute| Disputed {
                id: dispute.id.clone(),
                kind: DisputeKind::code(dispute.kind),
                a: id(dispute.a),
                b: id(dispute.b),
            })
            .collect();
        made.note(Why::ActsSeveral, happening.acts().len() > 1);
        made.note(Why::PlaceSeveral, happening.places().len() > 1);
        made.note(Why::PlaceNotTold, happening.places().is_empty());
        made.note(Why::DoerDisputed, happening.doer_disputed());
        made.note(Why::DoerNotTold, happening.doers().is_empty());
        made.note(Why::DateNotTold, happening.days().is_none());
        made.note(Why::DateRange, happening.days().is_some_and(|(from, to)| from != to));
        made.note(
            Why::PlaceDisputed,
            happening
                .places()
                .first()
                .is_some_and(|place| place.country.is_none() && !crate::places::is_water(place)),
        );
        for told in &happening.all {
            let words = material.words(told.reading, told.claim);
            made.note(Why::Masked, crate::profile::is_masked(&words));
            made.note(Why::Cut, words.ends_with('…'));
        }
        made
    }

    pub(crate) fn note(&mut self, why: Why, holds: bool) {
        if holds {
            self.why.insert(why);
        }
    }
}

/// A toll in codes: `killed civilian ≥36`.
pub(crate) fn toll_code(toll: &counterclaim_claims::Toll) -> String {
    let mut words = format!("{} {}", crate::words::code(&toll.harm), crate::words::code(&toll.who));
    words.extend(toll.party.iter().map(|party| format!(" {party}")));
    format!("{words} {}", label::range(toll.min, toll.max, toll.approx))
}
