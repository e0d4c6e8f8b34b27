use crate::{Outcome, Run};
use counterclaim_ledger::{Contract, Overview};
use counterclaim_store::Store;
use std::io::{self, Write};
use std::path::PathBuf;

const AFTER_HELP: &str = "\
Examples:
  counterclaim export war.ledger --to contract > war.json

contract: one JSON object of incidents, disputes and tolls, each naming its claims by report and span
(counterclaim help formats).

Exit status: 0, or 1 when the ledger holds no claims.";

/// Print what a ledger makes of its claims, for programs
#[derive(clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct Args {
    /// The ledger, a file
    ledger: PathBuf,
    /// The format
    #[arg(long, value_name = "FORMAT", default_value = "contract")]
    to: Format,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Format {
    /// Incidents, disputes and tolls as one JSON object
    Contract,
}

pub(crate) fn run(args: &Args) -> Run {
    let readings = Store::open_existing(&args.ledger)?.readings()?;
    let overview = Overview::of(&readings);
    let mut out = io::stdout().lock();
    match args.to {
        Format::Contract => serde_json::to_writer_pretty(&mut out, &Contract::of(&overview, &readings))?,
    }
    writeln!(out)?;
    let any = readings.iter().any(|reading| !reading.claims.is_empty());
    Ok(if any { Outcome::Fine } else { Outcome::Nothing })
}
