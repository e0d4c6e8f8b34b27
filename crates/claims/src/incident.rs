use crate::{Act, Participant, Place};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One happening that a report tells of, and what its claims say of it. Tolls stay with the claims: each source has its own.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Incident {
    /// `inc_` and a digest of the document and the first mention: the same document gives the same ids.
    #[serde(default)]
    pub id: String,
    /// The most particular act that a mention tells.
    #[serde(default)]
    pub act: Act,
    /// History told as context.
    #[serde(default)]
    pub background: bool,
    /// Who is said to have done it, by any mention.
    #[serde(default)]
    pub actor: Vec<Participant>,
    /// To whom.
    #[serde(default)]
    pub target: Vec<Participant>,
    /// Where.
    #[serde(default)]
    pub place: Vec<Place>,
    /// When: the narrowest EDTF date told.
    #[serde(default)]
    pub time: Option<String>,
    /// The events of claims that speak of it, in text order.
    #[serde(default)]
    pub mentions: Vec<IncidentMention>,
    /// Why each mention is one of it, in their order: `told first`, `same act, same place`.
    #[serde(default)]
    pub reasons: Vec<String>,
}

/// An event of a claim.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct IncidentMention {
    /// The claim's id.
    pub claim: String,
    /// The number of the event in it, from 0.
    #[serde(default)]
    pub event: usize,
}
