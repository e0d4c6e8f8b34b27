//! Language packs: all that the reader knows of a language, as data that is searched and never parsed while reading.
//!
//! A pack is compiled from a folder of `languages/` ([`compile::pack`]: lexicons, rules, tags) into bytes when the
//! program is built, and read where they lie ([`Pack::from_bytes`]). While reading, every token is hashed once ([`key`]) and looked up in
//! the vocabulary ([`Pack::word`]) and the multi-word entries that start at it are found by walking a trie of
//! word numbers ([`Pack::entries_at`]). What an entry means is a list of [`Sense`]s.
//!
//! Place names, which all languages share, are in a [`Gazetteer`], a file that is searched as it lies; [`Sides`] tells who held a
//! place when.
//!
//! This crate knows which *kinds* of knowledge there are ([`Sense`]), and no word of any language.

pub mod compile;
mod gazetteer;
mod pack;
mod packed;
mod sense;
mod sides;
mod table;
mod wars;

pub use gazetteer::{Bearer, Bearers, Damaged, Gazetteer, Place, PlaceRow};
pub use pack::{Beside, Pack, PosClass, TagClass, VerbForm};
pub use sense::{
    ActFlags, ActSense, Cue, Frame, Frames, Func, HarmFrame, Hit, Inflection, Kind, NameKind, NumberKind, NumberSense,
    OrgKind, OrgSense, PartyForm, Pos, Scope, Sense, TimeClass, TimeSense,
};
pub use sides::{Held, Side, Sides};
pub use table::{Names, key};
pub use wars::{War, Wars};
