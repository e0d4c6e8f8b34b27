use crate::feed::{Feed, Form, Item};
use crate::show::Progress;
use crate::{Outcome, Run, contract, gazetteer, ordered, tell};
use clap::ValueEnum;
use clap::builder::PossibleValue;
use counterclaim_claims::Reading;
use counterclaim_gather as gather;
use counterclaim_store::{Added, Store};
use std::error::Error;
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::LazyLock;

const AFTER_HELP: &str = "\
Examples:
  counterclaim add war.ledger --published 2020-10-04 ganja.txt
  counterclaim add war.ledger feed.jsonl saved-pages/ '2020-10/*.warc.gz'
  counterclaim add war.ledger --from contract readings.jsonl

A report that the ledger holds already, by digest and address, is left as it is. Each report is added whole or not at
all, also when the program is stopped or the disk is full.

Exit status: 0 when the ledger holds all reports, 2 when a file or line could not be read (the others were added).";

/// Read reports and keep their claims in a ledger
#[derive(clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct Args {
    /// The ledger, a file; made when there is none
    ledger: PathBuf,
    #[command(flatten)]
    feed: Feed,
    #[command(flatten)]
    places: gazetteer::Choice,
    /// How the files hold their reports; guessed by name and content when left out
    #[arg(long, value_enum, value_name = "FORMAT")]
    from: Option<From>,
}

/// What `add` takes: all that `read` does, and readings.
#[derive(Clone, Copy, PartialEq, Eq)]
enum From {
    Reports(Form),
    Contract,
}

impl ValueEnum for From {
    fn value_variants<'a>() -> &'a [Self] {
        static ALL: LazyLock<Vec<From>> = LazyLock::new(|| {
            let reports = Form::value_variants().iter().map(|form| From::Reports(*form));
            reports.chain([From::Contract]).collect()
        });
        &ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        match self {
            From::Reports(form) => form.to_possible_value(),
            From::Contract => Some(
                PossibleValue::new("contract")
                    .help("A line is one reading, ours or another reader's: taken as it stands"),
            ),
        }
    }
}

pub(crate) fn run(args: &Args) -> Run {
    let mut store = Store::open(&args.ledger)?;
    let mut tally = Tally {
        progress: Progress::new(args.feed.len()),
        added: 0,
        unchanged: 0,
        told: false,
    };
    let sink = |(file, made): (usize, Result<Reading, gather::Error>)| tally.keep(&mut store, file, made);
    let form = match args.from {
        Some(From::Contract) => {
            ordered::map(args.feed.readings(), contract::weight, |reading| reading, sink)?;
            return tally.told();
        }
        Some(From::Reports(form)) => Some(form),
        None => None,
    };
    let reader = args.places.reader()?;
    let work = |item: Item| {
        (
            item.file,
            item.draft
                .document()
                .map(|document| reader.read(&args.feed.input(document))),
        )
    };
    ordered::map(args.feed.documents(form.map(|form| form.0)), Item::weight, work, sink)?;
    tally.told()
}

/// What has been done so far.
struct Tally {
    progress: Progress,
    added: u64,
    unchanged: u64,
    told: bool,
}

impl Tally {
    fn keep(
        &mut self,
        store: &mut Store,
        file: usize,
        made: Result<Reading, gather::Error>,
    ) -> Result<(), counterclaim_store::Error> {
        match made.map(|reading| store.add(&reading)) {
            Ok(added) => match added? {
                Added::New => self.added += 1,
                Added::Unchanged => self.unchanged += 1,
            },
            Err(error) => {
                self.told = true;
                self.progress.aside(|| tell(&error));
            }
        }
        self.progress.report(file, self.added + self.unchanged);
        Ok(())
    }

    fn told(self) -> Result<Outcome, Box<dyn Error + Send + Sync>> {
        self.progress.done();
        let Tally { added, unchanged, .. } = self;
        let known = if unchanged > 0 {
            format!(", {unchanged} known already")
        } else {
            String::new()
        };
        writeln!(io::stdout(), "{added} added{known}")?;
        Ok(if self.told { Outcome::Told } else { Outcome::Fine })
    }
}
