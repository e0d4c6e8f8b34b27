//! From readings to an [`Overview`]: who claims what, what stands against what and why, which tolls by whom.
//!
//! In: the readings of a ledger, in any order, and what people decided about them. Out, in the order they are worked out:
//!
//! 1. [`Copies`]: reports that print nearly the same text, which are one source;
//! 2. [`Review`]s: how people left the claims that they took a [`Decision`] about;
//! 3. [`Incident`]s: what happened once, whoever tells of it;
//! 4. [`Dispute`]s: pairs of claims that answer each other or cannot both be true, each with its [`Reason`]s;
//! 5. [`Statement`]s: what later reports repeat of what one source said;
//! 6. [`Status`]es: how each claim stands, and why;
//! 7. [`Claimant`]s: the claims of each party, body or person ([`Who`]);
//! 8. [`TollRow`]s: harm × group in a scope, by source, as ranges. Nothing is ever added up over sources, an updated figure
//!    keeps its older ones behind it, and history told as context stands apart from the news;
//! 9. [`Conflict`]s: who fights whom, and the timeline of it.
//!
//! [`Overview`] is worked out from readings that are there; [`Ledger`] takes readings and decisions as they come, keeps the incidents of
//! all of them up to date, and gives the overview when it is asked for.
//!
//! Claims are named by where they stand ([`ClaimRef`]), so that an overview holds no text of its own. There is no I/O,
//! no clock and no chance in here: the same readings give the same overview.
//!
//! ```
//! use counterclaim_claims::Reading;
//! use counterclaim_ledger::{DisputeKind, Overview};
//!
//! let strike = r#""events":[{"act":"shelling","actor":[{"party":"ARM"}],"place":[{"name":"Ganja"}]}]"#;
//! let line = format!(
//!     r#"{{"document":{{"text":"…"}},"claims":[
//!         {{"start":0,"end":1,"voice":"source","stance":"accuses","source":[{{"party":"AZE"}}],{strike}}},
//!         {{"start":0,"end":1,"voice":"source","stance":"denies","source":[{{"party":"ARM"}}],{strike}}}]}}"#
//! );
//! let reading: Reading = serde_json::from_str(&line).unwrap();
//! let overview = Overview::of(&[reading]);
//! assert_eq!(overview.disputes[0].kind, DisputeKind::Denial);
//! ```

mod conflict;
mod contract;
mod copies;
mod cut;
mod decision;
mod dispute;
mod few;
mod incident;
pub mod label;
mod ledger;
mod overview;
mod place;
mod range;
mod reports;
mod review;
mod select;
mod statement;
mod status;
mod toll;
mod verdict;
mod when;
mod who;

pub use conflict::{Conflict, Moment, Teller};
pub use contract::{
    Contract, ContractClaim, ContractDispute, ContractFigure, ContractIncident, ContractStatus, ContractToll, Scope,
};
pub use copies::Copies;
pub use decision::{Decision, Ref, Ruling};
pub use dispute::{Dispute, DisputeKind, Reason};
pub use incident::{EventRef, Incident};
pub use ledger::Ledger;
pub use overview::{ClaimRef, Claimant, ExhibitRef, Overview};
pub use review::{Checked, Finding, Review};
pub use select::Selection;
pub use statement::Statement;
pub use status::{Standing, Status, Why};
pub use toll::{TollFigure, TollRow, TollScope, as_of, gives_figures};
pub use when::days;
pub use who::Who;
