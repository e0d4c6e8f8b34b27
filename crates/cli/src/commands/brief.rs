use crate::{Outcome, Run};
use counterclaim_brief::{Language, markdown};
use counterclaim_ledger::Overview;
use counterclaim_store::Store;
use std::io::{self, Write};
use std::path::PathBuf;

const AFTER_HELP: &str = "\
Examples:
  counterclaim brief war.ledger
  counterclaim brief war.ledger --lang vi > round-up.md

Every sentence says who claims what in the report's own words and ends with the ids of its claims.

Exit status: 0, or 1 when the ledger holds no claims.";

/// Print the round-up of a ledger as Markdown
#[derive(clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct Args {
    /// The ledger, a file
    ledger: PathBuf,
    /// The language of the round-up's own words, vi or en; that of most reports when left out
    #[arg(long, value_name = "TAG", value_parser = language)]
    lang: Option<&'static Language>,
}

fn language(tag: &str) -> Result<&'static Language, String> {
    Language::of_tag(tag).ok_or_else(|| {
        let known: Vec<_> = Language::all().iter().map(|language| language.tag).collect();
        format!("round-ups are written in {}", known.join(" and "))
    })
}

pub(crate) fn run(args: &Args) -> Run {
    let readings = Store::open_existing(&args.ledger)?.readings()?;
    let language = args.lang.unwrap_or_else(|| Language::of_most(&readings));
    io::stdout().write_all(markdown(&readings, &Overview::of(&readings), language).as_bytes())?;
    let any = readings.iter().any(|reading| !reading.claims.is_empty());
    Ok(if any { Outcome::Fine } else { Outcome::Nothing })
}
