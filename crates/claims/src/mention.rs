use crate::{Group, Materiel, Sector};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Every place, time, number, party and piece of matériel found in the text.
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
    /// States, bodies, groups and people.
    #[serde(default)]
    pub parties: Vec<PartyMention>,
    /// Weapons, vehicles, and objects of military or civilian use.
    #[serde(default)]
    pub materiel: Vec<MaterielMention>,
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

/// Somebody: a noun phrase that names a state, a body, a group or people.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PartyMention {
    /// First code point.
    pub start: usize,
    /// Code point after the last.
    pub end: usize,
    /// ISO 3166-1 alpha-3, a code of `codes/parties.tsv`, or none where the words tell none.
    pub party: Option<String>,
    /// Their part of society.
    pub sector: Sector,
    /// A neutral name for who has no code.
    pub name: Option<String>,
    /// The person, where one is named.
    pub person: Option<String>,
    /// Which people, where the words say what they are.
    pub group: Option<Group>,
    /// Whether there are several.
    pub plural: bool,
}

/// Matériel, or an object that can be hit.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MaterielMention {
    /// First code point; determiners and counts are left out.
    pub start: usize,
    /// Code point after the last.
    pub end: usize,
    /// A class of `codes/materiel.tsv`.
    pub class: Materiel,
    /// Can be what an attack is made with.
    pub weapon: bool,
    /// Can be what is hit.
    pub object: bool,
    /// The designation, where the words are one: `T-72`.
    pub name: Option<String>,
}
