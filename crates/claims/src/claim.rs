use crate::{Event, Sector};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A stretch of the document's text, in code points.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Mark {
    /// First code point.
    pub start: usize,
    /// Code point after the last.
    pub end: usize,
}

/// Whose statement a claim is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Voice {
    /// The outlet says it in its own voice.
    #[default]
    Report,
    /// It is attributed, to somebody named or not.
    Source,
}

/// What the claimant does with the content.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Stance {
    /// States it.
    #[default]
    Asserts,
    /// Denies, rejects or contradicts it.
    Denies,
    /// Lays it to somebody's charge, blames, condemns.
    Accuses,
    /// Demands or urges it.
    CallsFor,
    /// Threatens it.
    Threatens,
    /// Promises it.
    Promises,
    /// Welcomes or backs it.
    Supports,
    /// Warns of it, fears it.
    Warns,
}

/// How sure the claimant speaks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Certainty {
    /// Without reservation.
    #[default]
    Plain,
    /// With a hedge: "may", "reportedly", "is believed to".
    Hedged,
}

/// What the text says is offered, or not, in support of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Evidence {
    /// Moving pictures.
    Video,
    /// Still pictures, satellite images among them.
    Photo,
    /// A paper, a statement, a data set.
    Document,
    /// Somebody who saw it.
    Witness,
    /// Numbers.
    Figure,
    /// The text says that none was given.
    NoneOffered,
    /// The text says that it could not be verified.
    NotVerified,
    /// The text says that it was verified.
    Verified,
}

/// Somebody who claims, or who relays a claim.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Source {
    /// Where the text names them (a pronoun's own place); absent where it does not.
    #[serde(flatten, default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<Mark>,
    /// The words at that place.
    #[serde(default)]
    pub text: String,
    /// A neutral name, where one is known.
    #[serde(default)]
    pub name: Option<String>,
    /// The person, where one is named.
    #[serde(default)]
    pub person: Option<String>,
    /// ISO 3166-1 alpha-3, or a code of `codes/parties.tsv`.
    #[serde(default)]
    pub party: Option<String>,
    /// Their part of society.
    #[serde(default)]
    pub sector: Sector,
}

/// One clause that somebody states, alleges, denies, demands or foresees.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Claim {
    /// `clm_` and a digest of document, span, source and stance: the same document gives the same ids.
    #[serde(default)]
    pub id: String,
    /// First code point of the content, without source and cue.
    pub start: usize,
    /// Code point after the content's last.
    pub end: usize,
    /// Whose statement it is.
    #[serde(default)]
    pub voice: Voice,
    /// Who claims; several for a joint statement; none in the report's own voice and where nobody is named.
    #[serde(default)]
    pub source: Vec<Source>,
    /// Who relays it, innermost first.
    #[serde(default)]
    pub via: Vec<Source>,
    /// The words that make it a statement: "said", "denied", "according to".
    #[serde(default, deserialize_with = "one_or_many")]
    pub cue: Vec<Mark>,
    /// The content's pieces where an attribution stands in its middle, else none.
    #[serde(default)]
    pub parts: Vec<Mark>,
    /// Whether any of the content stands in quotation marks.
    #[serde(default)]
    pub quoted: bool,
    /// What the claimant does with it.
    #[serde(default)]
    pub stance: Stance,
    /// How sure.
    #[serde(default)]
    pub certainty: Certainty,
    /// What is offered for it.
    #[serde(default)]
    pub evidence: Vec<Evidence>,
    /// EDTF date on which it was said, where the text tells.
    #[serde(default)]
    pub said: Option<String>,
    /// History told as context.
    #[serde(default)]
    pub background: bool,
    /// What it says happened, was, or should be.
    #[serde(default)]
    pub events: Vec<Event>,
    /// The rule or model that made the claim, for audit.
    #[serde(default)]
    pub rule: String,
}

/// Hand-made readings may give a single cue as a bare object.
fn one_or_many<'de, D: serde::Deserializer<'de>>(d: D) -> Result<Vec<Mark>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Cue {
        Many(Vec<Mark>),
        One(Mark),
    }
    Ok(match Option::<Cue>::deserialize(d)? {
        Some(Cue::Many(many)) => many,
        Some(Cue::One(one)) => vec![one],
        None => Vec::new(),
    })
}
