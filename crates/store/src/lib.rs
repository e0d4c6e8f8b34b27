//! The ledger on disk: one SQLite file of reports and their readings.
//!
//! In: a [`Reading`](counterclaim_claims::Reading). Out: the same readings whole, or their claims by a [`Filter`].
//!
//! - A report is added in one transaction or not at all: after a kill or a full disk the ledger opens and holds whole
//!   reports only.
//! - A report is known by its digest and its address; adding it twice changes nothing.
//! - A claim is kept as its JSON, beside the few columns that filters ask for. The layout leaves room for full-text tables
//!   over `document.text` and for a log of entries: `migrations/` holds every step from an empty file to today's layout.
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
mod open;
mod query;
mod write;

pub use error::Error;
pub use open::Store;
pub use query::{ClaimRow, Filter, Report};
pub use write::Added;
