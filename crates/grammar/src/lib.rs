//! The pattern language: regular expressions whose letters are *edges*, words and phrases with named features.
//!
//! In: the text of a rule file ([`parse_rules`]) and a [`Features`] table that gives every feature name a bit.
//! Out: [`Rule`]s with a compiled [`Pattern`], the settings and the examples that stand beside it. A pattern is
//! matched against a [`Chart`], the edges of one sentence, from its *anchor* outwards ([`Pattern::at`]): the anchor is the
//! one element written with `!` before its name (`!cue:<…>`), so that a rule costs nothing in sentences without it.
//!
//! This crate knows no language and no feature by name. `docs/grammar.md` tells how rules are written.
//!
//! ```
//! use counterclaim_grammar::{parse_rules, word_hash, Chart, Edge, Features};
//!
//! let mut features = Features::default();
//! let (who, says) = (features.bit("np"), features.bit("says"));
//! let rules = parse_rules("demo.rules", "rule said\n  pattern source:<np> !cue:<says> \"that\"?\n", &mut features).unwrap();
//! let mut chart = Chart::default();
//! chart.push(Edge { start: 0, end: 2, features: who, word: 0 });
//! chart.push(Edge { start: 2, end: 3, features: says, word: word_hash("said") });
//! chart.push(Edge { start: 3, end: 4, features: 0, word: word_hash("that") });
//! chart.build(5);
//! let found = rules[0].pattern.at(&chart, 1).unwrap();
//! assert_eq!(found.span, 0..4);
//! assert_eq!(found.get(rules[0].pattern.capture("source").unwrap()), Some(0..2));
//! ```

mod chart;
mod hash;
mod matcher;
mod parse;

pub use chart::{Chart, Edge};
pub use hash::{join_hash, word_hash};
pub use matcher::{Match, Pattern};
pub use parse::{Example, Features, Rule, RuleError, parse_rules};
