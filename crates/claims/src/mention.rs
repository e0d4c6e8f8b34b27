use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Every place, time and number found in the text.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Mentions {
    /// Toponyms, resolved.
    #[serde(default)]
    pub places: Vec<PlaceMention>,
    /// Time expressions, TIMEX3.
    #[serde(default)]
    pub times: Vec<TimeMention>,
    /// Numbers with their bounds.
    #[serde(default)]
    pub numbers: Vec<NumberMention>,
}

/// A toponym.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PlaceMention {
    /// First code point.
    pub start: usize,
    /// Code point after the last.
    pub end: usize,
    /// The gazetteer's neutral English name.
    pub name: String,
    /// Degrees north, WGS 84.
    pub lat: Option<f64>,
    /// Degrees east, WGS 84.
    pub lon: Option<f64>,
    /// GeoNames id.
    pub geonames: Option<u64>,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// `country`, `region`, `city`, …
    pub kind: Option<String>,
    /// Whether the place itself is meant, not its people, government or adjective.
    pub literal: bool,
}

/// A time expression.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TimeMention {
    /// First code point.
    pub start: usize,
    /// Code point after the last.
    pub end: usize,
    /// TIMEX3 type: DATE, TIME, DURATION, SET.
    #[serde(rename = "type")]
    pub kind: String,
    /// TIMEX3 value.
    pub value: String,
}

/// A number.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct NumberMention {
    /// First code point.
    pub start: usize,
    /// Code point after the last.
    pub end: usize,
    /// The least, inclusive.
    pub min: Option<u64>,
    /// The most, inclusive.
    pub max: Option<u64>,
    /// Vague or rounded.
    pub approx: bool,
    /// What is counted, in the text's own words, where it stands beside the number.
    pub unit: Option<String>,
}
