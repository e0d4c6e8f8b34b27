//! Exports as their users meet them, and the rules of other people's formats.

mod common;
mod formats;
mod rules;
