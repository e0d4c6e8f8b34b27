//! Pages over a ledger, for one person on their own machine.
//!
//! In: an open [`Store`](counterclaim_store::Store). Out, at an address of this machine only ([`serve`]): the list of
//! reports, each report with its claims marked in its words, how each stands and what people decided about it, the list of claims
//! to filter by claimant, stance, voice, place and words, and the round-up with disputes, tolls, statuses and timeline.
//!
//! - Pages are made here and need no script; the one style sheet is the only thing they load.
//! - What reports say is hostile: it is escaped wherever it is shown, and a Content-Security-Policy without exceptions
//!   stands behind that ([`app`]).
//! - A page that another site's name points to this machine is refused by its `Host`.
//! - Every page is bounded: lists by pages, reports by parts, the round-up by the number of reports.

mod claims;
mod guard;
mod known;
mod mark;
mod page;
mod report;
mod reports;
mod roundup;
mod server;
mod show;
mod words;

pub use server::{app, serve};
