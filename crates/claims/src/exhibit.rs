use crate::Sector;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Media that a party, an agency or the outlet puts forward.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Exhibit {
    /// What it is.
    pub kind: ExhibitKind,
    /// Who put it forward.
    #[serde(default)]
    pub publisher: Publisher,
    /// EDTF date on which it was put forward.
    #[serde(default)]
    pub published: Option<String>,
    /// First code point where the text speaks of it.
    #[serde(default)]
    pub start: usize,
    /// Code point after the last.
    #[serde(default)]
    pub end: usize,
    /// Ids of the claims it is offered for.
    #[serde(default)]
    pub shows: Vec<String>,
}

/// The medium of an exhibit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum ExhibitKind {
    #[default]
    Video,
    Photo,
    Map,
    Document,
    Audio,
}

/// Who put an exhibit forward.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Publisher {
    /// Party code, if it has one.
    #[serde(default)]
    pub party: Option<String>,
    /// Their part of society.
    #[serde(default)]
    pub sector: Sector,
    /// Their name.
    #[serde(default)]
    pub name: Option<String>,
}

/// A place where the report does not agree with itself.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Check {
    /// `day-count`, `sum`, `date-order`, `toll-shrinks`.
    pub kind: String,
    /// First code point of the words in question.
    #[serde(default)]
    pub start: usize,
    /// Code point after the last.
    #[serde(default)]
    pub end: usize,
    /// What the report says.
    pub says: String,
    /// What follows from the rest of it.
    pub computed: String,
    /// How that was worked out.
    #[serde(default)]
    pub why: String,
}
