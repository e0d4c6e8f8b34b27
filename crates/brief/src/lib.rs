//! From a ledger to the round-up a desk publishes: Markdown, HTML or JSON, in Vietnamese or English.
//!
//! In: readings and their [`Overview`](counterclaim_ledger::Overview), whole or a part of it
//! ([`Selection`](counterclaim_ledger::Selection)). Out, section by section ([`roundup()`]): what each side claims, with what the other
//! answers beneath; what is denied or disputed; what others say and demand; what nobody has shown; tolls by source; exhibits; what is
//! told of when; background; which reports print one text.
//!
//! - Every sentence says who says it, in the words of the report, and carries the ids of its claims.
//! - The round-up claims nothing in its own voice and adds no figures up. A line that nobody has checked is marked.
//! - Its few words of its own come from `languages/*/brief.toml` and `terms.toml` ([`Language`]); what it quotes stays in
//!   the language of the report.
//! - What it quotes is hostile: it can neither make markup nor a link.
//!
//! ```
//! use counterclaim_brief::{Language, roundup};
//! use counterclaim_claims::Reading;
//! use counterclaim_ledger::Overview;
//!
//! let line = r#"{"document":{"uri":"a.txt","text":"Baku denied it."},
//!     "claims":[{"id":"clm_1","start":12,"end":14,"voice":"source","stance":"denies","source":[{"party":"AZE","text":"Baku"}]}]}"#;
//! let readings: Vec<Reading> = vec![serde_json::from_str(line).unwrap()];
//! let text = roundup(&readings, &Overview::of(&readings), Language::of_tag("en").unwrap()).markdown();
//! assert!(text.contains("- Baku (AZE) denies: “it” (report: a.txt). ◦ [clm_1]"));
//! ```

mod html;
mod language;
mod markdown;
mod roundup;
mod tell;
mod write;

pub use language::{Language, code};
pub use markdown::escape;
pub use roundup::{Line, Part, Roundup, Run, Section};
pub use write::roundup;
