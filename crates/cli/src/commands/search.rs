use crate::{Outcome, Run, show};
use clap::ValueEnum;
use counterclaim_claims::{Stance, Voice};
use counterclaim_store::{Area, ClaimRow, Filter, Store};
use serde::de::DeserializeOwned;
use serde_json::json;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::PathBuf;

const AFTER_HELP: &str = "\
Examples:
  counterclaim search war.ledger phao kich                    marks on letters and capitals do not matter
  counterclaim search war.ledger '\"air base\" drone*'          words in a row, and words that begin so
  counterclaim search war.ledger --claimant AZE --stance denies --since 2020-10-04 --until 2020-10
  counterclaim search war.ledger --place Ganja --format jsonl
  counterclaim search war.ledger --area 39,45,41,47

All that is asked for must hold. A claim's day is the one it speaks of, else when it was said, else its report's.

Exit status: 0 when claims were found, 1 when none were.";

/// Find claims of a ledger by words, claimant, stance, place and day
#[derive(clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct Args {
    /// The ledger, a file
    ledger: PathBuf,
    /// Words in what is claimed or in the names of who claims it
    words: Vec<String>,
    /// Words anywhere in the report or its headline
    #[arg(long, value_name = "WORDS")]
    report: Option<String>,
    /// The party that claims: its code, such as AZE
    #[arg(long, value_name = "PARTY")]
    claimant: Option<String>,
    /// asserts, denies, accuses, calls-for, threatens, promises, supports or warns
    #[arg(long, value_parser = code::<Stance>)]
    stance: Option<Stance>,
    /// report (the outlet's own) or source
    #[arg(long, value_parser = code::<Voice>)]
    voice: Option<Voice>,
    /// A place by its neutral English name, or a country by its code
    #[arg(long)]
    place: Option<String>,
    /// A box in degrees; where west is greater than east, across the date line
    #[arg(long, value_name = "SOUTH,WEST,NORTH,EAST", value_parser = area, allow_hyphen_values = true)]
    area: Option<Area>,
    /// The first day, month or year
    #[arg(long, value_name = "DATE")]
    since: Option<String>,
    /// The last day, month or year
    #[arg(long, value_name = "DATE")]
    until: Option<String>,
    /// Print no more than so many claims
    #[arg(long, default_value_t = 50)]
    limit: u32,
    /// Leave out so many first
    #[arg(long, default_value_t = 0)]
    offset: u32,
    /// Print for people or for programs; on a terminal text, else jsonl
    #[arg(long, value_enum)]
    format: Option<Output>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Output {
    /// A claim on two lines: who, how and where, and the words
    Text,
    /// One claim a line: {"uri", "published", "words", "claim"}
    Jsonl,
}

/// A value by its code in the contract.
fn code<T: DeserializeOwned>(words: &str) -> Result<T, String> {
    serde_json::from_value(json!(words)).map_err(|e| e.to_string())
}

fn area(words: &str) -> Result<Area, String> {
    let degrees: Vec<f64> = words.split(',').filter_map(|n| n.trim().parse().ok()).collect();
    match degrees[..] {
        [south, west, north, east] if south <= north && degrees.iter().all(|n| n.abs() <= 180.0) => Ok(Area {
            south,
            west,
            north,
            east,
        }),
        _ => Err("four numbers of degrees: south,west,north,east, such as 39,45,41,47".into()),
    }
}

pub(crate) fn run(args: &Args) -> Run {
    let store = Store::open_existing(&args.ledger)?;
    let filter = Filter {
        party: args.claimant.clone(),
        stance: args.stance,
        voice: args.voice,
        words: Some(args.words.join(" ")).filter(|words| !words.is_empty()),
        report_words: args.report.clone(),
        place: args.place.clone(),
        area: args.area,
        since: args.since.clone(),
        until: args.until.clone(),
        ..Filter::default()
    };
    let found = store.claims(&filter, args.offset, args.limit)?;
    let terminal = io::stdout().is_terminal();
    let output = args
        .format
        .unwrap_or(if terminal { Output::Text } else { Output::Jsonl });
    let mut out = BufWriter::new(io::stdout());
    for row in &found {
        match output {
            Output::Text => out.write_all(text(row).as_bytes())?,
            Output::Jsonl => {
                let line = json!({"uri": row.uri, "published": row.published, "words": row.words, "claim": row.claim});
                writeln!(out, "{line}")?;
            }
        }
    }
    out.flush()?;
    Ok(if found.is_empty() {
        Outcome::Nothing
    } else {
        Outcome::Fine
    })
}

/// A claim for people.
fn text(row: &ClaimRow) -> String {
    let who: Vec<&str> = row
        .claim
        .source
        .iter()
        .map(|source| source.party.as_deref().unwrap_or(&source.text))
        .collect();
    let who = if who.is_empty() { "-".into() } else { who.join(", ") };
    let stance = json!(row.claim.stance);
    let head = format!(
        "{} {who} {} · {} {}",
        row.claim.id,
        stance.as_str().unwrap_or_default(),
        row.uri,
        row.published.as_deref().unwrap_or_default()
    );
    format!("{}\n    {}\n", show::line(&head), show::line(&row.words))
}
