//! Files, standard input and addresses of the web to documents: the front door of the house, and the one room that asks the network.
//!
//! In come paths; out come [`Document`]s, one at a time and in order, or an [`Error`] that names file, place and what to
//! do about it. An error spoils one file, line, row, entry or record, never the documents beside it.
//!
//! 1. [`expand`] makes files of folders and patterns;
//! 2. [`Source::open`] opens a path, or standard input for `-`, unpacks it, and finds out which [`Format`] it has;
//! 3. [`Documents`] streams: a page is one document, a feed holds one an entry; [`Drafts`] leaves to another thread what takes time;
//! 4. bytes become text in the encoding that they are in, which [`About::charset`] tells where it is not UTF-8;
//! 5. every document carries the SHA-256 of the bytes it was made from.
//!
//! From the web: a [`Fetcher`] asks an address with guards, or [`Ahead`] many at once, and gives a [`Capture`], which an [`Archive`] beside the ledger keeps and which has documents like a
//! file; [`addresses()`] reads lists of them, [`watched`] those that are asked again and again, of which [`Visits`] remembers what is needed to ask politely.
//!
//! [`locate()`] goes the way back, from words of a document that [`report`] finds again to the bytes that they were.
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
//!
//! let page = "<!doctype html><title>Baku denies strike</title><p>Baku denied it.</p>";
//! let page = Source::from_reader("page", page.as_bytes(), None).documents().next().unwrap().unwrap();
//! assert_eq!((page.title.as_deref(), page.text.as_str()), (Some("Baku denies strike"), "Baku denied it."));
//! ```

mod addresses;
mod bytes;
mod coding;
mod date;
mod document;
mod docx;
mod draft;
mod error;
mod feed;
mod fetch;
mod format;
mod html;
mod json;
mod lines;
mod locate;
mod mail;
mod paths;
mod pdf;
mod quiet;
mod scan;
mod source;
mod table;
mod text;
mod trail;
mod unpack;
mod warc;
mod watch;
mod whole;
mod xml;

pub use addresses::{addresses, is_address};
pub use date::{BadDate, date};
pub use document::{About, Document, Origin, digest};
pub use draft::Draft;
pub use error::{Error, Place, Problem};
pub use fetch::{Ahead, Answer, Archive, Ask, Capture, Fetcher, Manners, Seen};
pub use format::Format;
pub use locate::{Located, MOST_PLACES, Stand, locate, report};
pub use paths::expand;
pub use source::{Documents, Drafts, Lines, Source};
pub use watch::{Visit, Visits, Watched, now, watched, watched_in};
pub use whole::{is_stream, write_whole};

/// The most bytes one report may have: 64 MB, some four hundred novels. A longer line or file is refused.
pub const MAX_REPORT: usize = 64 << 20;

/// The most bytes that the text of a report from the web may have: 4 MB, some twenty-five novels. Reading takes many times as much memory, and whoever runs a server
/// must not be able to take it all.
pub const MAX_FETCHED_TEXT: usize = 4 << 20;
