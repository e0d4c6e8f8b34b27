use crate::{Outcome, Run};
use clap::ValueEnum;
use counterclaim_brief::{Language, roundup};
use counterclaim_ledger::{Overview, Selection};
use counterclaim_store::Store;
use std::io::{self, Write};
use std::path::PathBuf;

const AFTER_HELP: &str = "\
Examples:
  counterclaim brief war.ledger
  counterclaim brief war.ledger --lang vi > round-up.md
  counterclaim brief war.ledger --place Ganja --period 2020-10 --format html > ganja.html
  counterclaim brief war.ledger --parties ARM,AZE --format json

Every sentence says who claims what in the report's own words and ends with the ids of its claims. A line that nobody has \
checked is marked.

Exit status: 0, or 1 when the ledger holds no claims like that.";

/// Print the round-up of a ledger
#[derive(clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct Args {
    /// The ledger, a file
    ledger: PathBuf,
    /// The language of the round-up's own words, vi or en; that of most reports when left out
    #[arg(long, value_name = "TAG", value_parser = language)]
    lang: Option<&'static Language>,
    /// The format
    #[arg(long, value_enum, default_value_t = Format::Markdown)]
    format: Format,
    /// Only what these parties claim, or what is about them: codes with commas between
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    parties: Vec<String>,
    /// Only what is about this place: a name, or the code of a state
    #[arg(long, value_name = "NAME")]
    place: Option<String>,
    /// Only what is about this time, else said in it: a day, month, year, or FROM/TO
    #[arg(long, value_name = "EDTF", value_parser = period)]
    period: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For a text editor
    Markdown,
    /// A page that stands alone
    Html,
    /// For programs
    Json,
}

fn language(tag: &str) -> Result<&'static Language, String> {
    Language::of_tag(tag).ok_or_else(|| {
        let known: Vec<_> = Language::all().iter().map(|language| language.tag).collect();
        format!("round-ups are written in {}", known.join(" and "))
    })
}

fn period(edtf: &str) -> Result<String, String> {
    if Selection::is_period(edtf) {
        Ok(edtf.to_owned())
    } else {
        Err("a time is a day, a month or a year, such as 2020-10-04, 2020-10 or 2020, or two of them: 2020-10-04/2020-11".into())
    }
}

pub(crate) fn run(args: &Args) -> Run {
    let store = Store::open_existing(&args.ledger)?;
    let (readings, overview) = Overview::of_decided(store.readings()?, &store.decisions()?);
    let part = Selection {
        parties: args.parties.clone(),
        place: args.place.clone(),
        period: args.period.clone(),
    };
    let overview = overview.only(&readings, &part);
    let language = args.lang.unwrap_or_else(|| Language::of_most(&readings));
    let made = roundup(&readings, &overview, language);
    let told = match args.format {
        Format::Markdown => made.markdown(),
        Format::Html => made.html(),
        Format::Json => made.json(),
    };
    io::stdout().write_all(told.as_bytes())?;
    let any = !overview.claimants.is_empty() || !overview.background.is_empty();
    Ok(if any { Outcome::Fine } else { Outcome::Nothing })
}
