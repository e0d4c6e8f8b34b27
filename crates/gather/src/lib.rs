//! Files and standard input to documents: the front door of the house.
//!
//! In come paths; out come [`Document`]s, one at a time and in order, or an [`Error`] that names file, line and what to
//! do about it. An error spoils one file or one line, never the documents beside it.
//!
//! 1. [`Source::open`] opens a path, or standard input for `-`, and finds out which [`Format`] it has;
//! 2. [`Documents`] streams: a text file is one document, a file of JSON lines holds one a line;
//! 3. every document carries the SHA-256 of the bytes it was made from.
//!
//! Memory is bounded by [`MAX_REPORT`] a document, whatever the file holds.
//!
//! ```
//! use counterclaim_gather::{Format, Source};
//!
//! let lines = br#"{"uri": "a", "text": "Baku denied it."}
//! {"uri": "b"}
//! "#;
//! let mut found = Source::from_reader("feed.jsonl", &lines[..], Some(Format::Jsonl)).documents();
//! assert_eq!(found.next().unwrap().unwrap().text, "Baku denied it.");
//! assert!(found.next().unwrap().unwrap_err().to_string().starts_with("feed.jsonl:2: "));
//! assert!(found.next().is_none());
//! ```

mod date;
mod document;
mod error;
mod lines;

pub use date::{BadDate, date};
pub use document::{Document, Documents, Format, Lines, Source, digest};
pub use error::{Error, Problem};

/// The most bytes one report may have: 64 MB, some four hundred novels. A longer line or file is refused.
pub const MAX_REPORT: usize = 64 << 20;
