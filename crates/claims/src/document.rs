use crate::{Check, Claim, Exhibit, Incident, Mentions};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A report as it came in, after repair.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Document {
    /// `sha256:` and the lower-case hex digest of the captured bytes.
    #[serde(default)]
    pub id: String,
    /// Where it came from: an address or a file path, unchanged.
    #[serde(default)]
    pub uri: String,
    /// The headline, where one is known.
    #[serde(default)]
    pub title: Option<String>,
    /// Who published it, where known.
    #[serde(default)]
    pub outlet: Option<String>,
    /// BCP 47 language tag, `und` where unknown.
    #[serde(default)]
    pub language: Option<String>,
    /// EDTF date of publication: what relative dates and missing years are read against.
    #[serde(default)]
    pub published: Option<String>,
    /// The repaired text that every offset points into.
    pub text: String,
    /// What was mended, in text order. Undone from the last to the first they give the input back.
    #[serde(default)]
    pub repairs: Vec<Repair>,
    /// What the page, entry or file tells of itself besides, where it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<Page>,
}

/// What a page, an entry of a feed or a file tells of itself besides its text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Page {
    /// Who wrote it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// EDTF date of the last change.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub modified: Option<String>,
    /// The address that it gives as its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// The encoding that its bytes were read in, where that is not UTF-8.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub charset: Option<String>,
    /// When its bytes were fetched from the web (RFC 3339), where they were.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub captured: Option<String>,
    /// Words under pictures; they are no part of the text.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub captions: Vec<String>,
    /// Whose the pictures are.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub credits: Vec<String>,
}

/// One mended stretch of text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Repair {
    /// First code point of `now` in the repaired text.
    pub start: usize,
    /// Code point after the last of `now`.
    pub end: usize,
    /// The characters as they came in.
    pub was: String,
    /// The characters as they read now.
    pub now: String,
    /// The kind of damage, such as `cp1252-as-cp1258`.
    pub kind: String,
}

/// One document and all that was read from it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Reading {
    /// The report.
    pub document: Document,
    /// Its claims, in text order.
    #[serde(default)]
    pub claims: Vec<Claim>,
    /// The happenings that the claims speak of, in the order they are told.
    #[serde(default)]
    pub incidents: Vec<Incident>,
    /// Media that somebody puts forward.
    #[serde(default)]
    pub exhibits: Vec<Exhibit>,
    /// Every place, time and number found; only on request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mentions: Option<Mentions>,
    /// Where the report contradicts itself.
    #[serde(default)]
    pub checks: Vec<Check>,
    /// What could not be read, in words for the person who asked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

impl Reading {
    /// The words from code point `start` to code point `end` (exclusive), clamped to the text.
    pub fn slice(&self, start: usize, end: usize) -> &str {
        let text = &self.document.text;
        let byte = |n: usize| text.char_indices().nth(n).map_or(text.len(), |(i, _)| i);
        let from = byte(start);
        &text[from..byte(end).max(from)]
    }
}
