//! The vocabulary of a reading: what came in ([`Document`]), who claims what ([`Claim`]), what is said to
//! have happened ([`Event`], [`Toll`], [`Loss`]), what was shown ([`Exhibit`]), and where the report does not
//! add up ([`Check`]). [`Reading`] holds them all; its JSON form is the reading contract
//! (`docs/reading.schema.json`), one object a line, one line a document.
//!
//! All offsets in these types count Unicode code points of [`Document::text`], end exclusive (the unit of the
//! W3C Web Annotation model). [`Reading::slice`] turns them back into words.
//!
//! ```
//! use counterclaim_claims::{Reading, Stance};
//!
//! let line = r#"{"document":{"text":"Baku denied it."},"claims":[{"start":12,"end":14,"stance":"denies","voice":"source"}]}"#;
//! let reading: Reading = serde_json::from_str(line).unwrap();
//! assert_eq!(reading.claims[0].stance, Stance::Denies);
//! assert_eq!(reading.slice(12, 14), "it");
//! ```

mod claim;
mod code;
mod document;
mod event;
mod exhibit;
mod incident;
mod mention;

pub use claim::{Certainty, Claim, Evidence, Mark, Source, Stance, Voice};
pub use code::{Act, Family, Materiel, Sector, act_rows, is_listed, listed_kind, materiel_rows, party_rows};
pub use document::{Document, Page, Reading, Repair};
pub use event::{Event, Group, Harm, Loss, LossHarm, Participant, Place, Toll};
pub use exhibit::{Check, Exhibit, ExhibitKind, Publisher};
pub use incident::{Incident, IncidentMention};
pub use mention::{MaterielMention, Mentions, NumberMention, PartyMention, PlaceMention, TimeMention};

/// The JSON Schema of one [`Reading`], as a JSON value. `cargo xtask schema` writes it to `docs/reading.schema.json`.
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(Reading).to_value()
}
