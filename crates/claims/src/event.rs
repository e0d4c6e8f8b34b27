use crate::{Act, Mark, Materiel, Sector};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One thing that a claim says happened, was, or should be.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Event {
    /// What kind of act or state.
    #[serde(default)]
    pub act: Act,
    /// Said not to have happened.
    #[serde(default)]
    pub negated: bool,
    /// Who did it; both sides of a mutual act.
    #[serde(default)]
    pub actor: Vec<Participant>,
    /// To whom.
    #[serde(default)]
    pub target: Vec<Participant>,
    /// Where: the finest place told.
    #[serde(default)]
    pub place: Vec<Place>,
    /// When: an EDTF date or interval.
    #[serde(default)]
    pub time: Option<String>,
    /// With what.
    #[serde(default)]
    pub weapon: Vec<Materiel>,
    /// Harm to people.
    #[serde(default)]
    pub toll: Vec<Toll>,
    /// Harm to matériel.
    #[serde(default)]
    pub losses: Vec<Loss>,
}

/// Somebody in a role of an event.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Participant {
    /// ISO 3166-1 alpha-3, a code of `codes/parties.tsv`, or none where only a kind is told.
    #[serde(default)]
    pub party: Option<String>,
    /// Their part of society.
    #[serde(default)]
    pub sector: Sector,
    /// A name for who has no code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Where the text names them.
    #[serde(flatten, default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<Mark>,
}

/// A place of an event.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Place {
    /// Where the text names it.
    #[serde(flatten, default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<Mark>,
    /// The gazetteer's neutral English name.
    pub name: String,
    /// ISO 3166-1 alpha-3 of the state it is commonly counted to; none where that is disputed.
    #[serde(default)]
    pub country: Option<String>,
    /// Degrees north, WGS 84.
    #[serde(default)]
    pub lat: Option<f64>,
    /// Degrees east, WGS 84.
    #[serde(default)]
    pub lon: Option<f64>,
    /// `country`, `region`, `city`, …
    #[serde(default)]
    pub kind: Option<String>,
}

impl Place {
    /// Whether it is too wide to be held, taken or hit as one: a state, a province, a sea.
    ///
    /// ```
    /// use counterclaim_claims::Place;
    ///
    /// assert!(Place { kind: Some("admin1".into()), ..Place::default() }.is_wide());
    /// assert!(!Place { kind: Some("city".into()), ..Place::default() }.is_wide());
    /// ```
    pub fn is_wide(&self) -> bool {
        let kind = self.kind.as_deref();
        matches!(
            kind,
            Some("country" | "region" | "admin1" | "continent" | "sea" | "bloc")
        )
    }
}

/// What was done to people.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum Harm {
    #[default]
    Killed,
    Wounded,
    Missing,
    Captured,
    Displaced,
    Detained,
    /// Killed or wounded, told as one figure.
    Casualties,
}

/// Which people.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum Group {
    Civilian,
    Military,
    Police,
    Mixed,
    #[default]
    Unknown,
}

/// Harm to people, with its bounds.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Toll {
    /// What was done.
    pub harm: Harm,
    /// To which people.
    #[serde(default)]
    pub who: Group,
    /// Whose people, if told.
    #[serde(default)]
    pub party: Option<String>,
    /// The least, inclusive: "more than 40,000" is 40001.
    pub min: Option<u64>,
    /// The most, inclusive; none for "at least".
    pub max: Option<u64>,
    /// "about", "some", vague number words.
    #[serde(default)]
    pub approx: bool,
}

/// What was done to matériel.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum LossHarm {
    #[default]
    Destroyed,
    Damaged,
    Captured,
    ShotDown,
    Targeted,
}

/// Harm to matériel, with its bounds.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Loss {
    /// A class of `codes/materiel.tsv`.
    pub class: Materiel,
    /// What was done.
    pub harm: LossHarm,
    /// Whose it was.
    #[serde(default)]
    pub party: Option<String>,
    /// The least; "tanks" without a number is 2.
    pub min: Option<u64>,
    /// The most.
    pub max: Option<u64>,
}
