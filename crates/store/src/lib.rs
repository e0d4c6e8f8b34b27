//! The ledger on disk: one SQLite file of reports and their readings.
//!
//! In: a [`Reading`](counterclaim_claims::Reading), a [`Decision`](counterclaim_ledger::Decision). Out: the same readings
//! whole, their claims by a [`Filter`], what people decided, and whether all is as it was signed ([`Store::verify`]).
//!
//! - A report is added in one transaction or not at all: after a kill or a full disk the ledger opens and holds whole
//!   reports only.
//! - A report is known by its digest and its address; adding it twice changes nothing, and reading it again
//!   ([`Store::add_again`]) keeps what was read before and what people decided.
//! - All that is done stands as a [`Leaf`] in a transparency log in the same file, put there in the same transaction and
//!   signed with the ledger's key. Leaves hold digests, so that words can be taken out of the ledger and the log still
//!   holds ([`Ruling::Redact`](counterclaim_ledger::Ruling::Redact)).
//! - A claim is kept as its JSON; what filters ask for stands beside it, in tables that can be made from it at any time.
//!   `migrations/` holds every step from an empty file to today's layout.
//!
//! Only this crate knows SQL.
//!
//! ```
//! use counterclaim_claims::Reading;
//! use counterclaim_store::{Added, Filter, Store};
//!
//! let mut store = Store::in_memory()?;
//! let line = r#"{"document":{"id":"sha256:1","uri":"a.txt","text":"Baku denied it."},
//!     "claims":[{"start":12,"end":14,"voice":"source","stance":"denies","source":[{"party":"AZE"}]}]}"#;
//! let reading: Reading = serde_json::from_str(line).unwrap();
//! assert_eq!(store.add(&reading)?, Added::New);
//! assert_eq!(store.add(&reading)?, Added::Unchanged);
//! assert_eq!(store.readings()?, [reading]);
//! assert_eq!(store.claims(&Filter { party: Some("ARM".into()), ..Filter::default() }, 0, 10)?.len(), 0);
//! # Ok::<(), counterclaim_store::Error>(())
//! ```

mod error;
mod facets;
mod filter;
mod key;
mod leaf;
mod log;
mod open;
mod query;
mod redact;
mod review;
mod rows;
mod stamp;
mod verify;
mod write;

pub use error::Error;
pub use filter::{Area, Filter};
pub use leaf::{Decided, Deed, Held, Leaf, Redacted};
pub use log::Proof;
pub use open::{Clock, Store};
pub use query::{ClaimRow, Report};
pub use stamp::Stamp;
pub use verify::Verified;
pub use write::{Added, Changes};
