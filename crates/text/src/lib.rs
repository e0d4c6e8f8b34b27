//! Text before meaning: what a reader needs to know of a string before it looks at a language's words.
//!
//! In: a string of any provenance. Out, in the order of the phases: the text mended ([`repair`]), its language
//! ([`langid`]), its tokens ([`tokenize`]), its sentences and paragraphs ([`Layout`]), and its quotations
//! ([`Quotation`]), all by byte [`Span`]. [`Offsets`] turns bytes into the code points that readings count in.
//!
//! [`sketch`] tells which texts are nearly the same.
//!
//! Nothing here does I/O, and the only knowledge of a language that tokens need (its clitics and abbreviations)
//! is handed in as [`TokenRules`].

mod layout;
mod letters;
mod offsets;
mod quote;
mod span;
mod token;

pub mod langid;
pub mod repair;
pub mod sketch;

pub use layout::{Layout, Sentence};
pub use offsets::Offsets;
pub use quote::{Quotation, quotations};
pub use span::Span;
pub use token::{Token, TokenKind, TokenRules, tokenize};
