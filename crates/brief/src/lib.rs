//! From a ledger to the round-up a desk publishes: Markdown, in Vietnamese or English.
//!
//! In: readings and their [`Overview`](counterclaim_ledger::Overview). Out, section by section ([`markdown`]): what is
//! claimed by whom, what is denied or disputed, what nobody has shown, tolls by source, exhibits, background.
//!
//! - Every sentence says who says it, in the words of the report, and ends with the ids of its claims.
//! - The round-up claims nothing in its own voice and adds no figures up.
//! - Its few words of its own come from `languages/*/brief.toml` and `terms.toml` ([`Language`]); what it quotes stays in
//!   the language of the report.
//! - What it quotes is hostile: it can neither make markup nor a link.

mod language;
mod markdown;

pub use language::{Language, code};
pub use markdown::{escape, markdown};
