use crate::feed::{Drafts, Feed, Form, Item};
use crate::network::{Network, Web};
use crate::show::{self, Progress};
use crate::{Outcome, Run, contract, gazetteer, ordered, tell};
use clap::ValueEnum;
use clap::builder::PossibleValue;
use counterclaim_claims::Reading;
use counterclaim_gather::{self as gather, Ask, Source};
use counterclaim_store::{Added, Changes, Store};
use std::error::Error;
use std::io::{self, Write};
use std::iter;
use std::path::PathBuf;
use std::sync::LazyLock;

const AFTER_HELP: &str = "\
Examples:
  counterclaim add war.ledger --published 2020-10-04 ganja.txt
  counterclaim add war.ledger feed.jsonl saved-pages/ '2020-10/*.warc.gz'
  counterclaim add war.ledger https://a.example/statement https://a.example/feed.xml
  counterclaim add war.ledger --from addresses list.tsv
  counterclaim add war.ledger --from contract readings.jsonl
  counterclaim add war.ledger --again 2020/             with a newer version of the program

A report that the ledger holds already, by digest and address, is left as it is; with --again it is read again, what was \
read before is kept beside it, and what people decided stays. Each report is added whole or not at all, also when the \
program is stopped or the disk is full, and stands in the ledger's log, which LEDGER.key signs. What is \
fetched is kept with its headers and time in LEDGER.captures/, as WARC files; `counterclaim help network` tells how it \
is asked for.

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
    #[command(flatten)]
    network: Network,
    /// Read reports anew that the ledger holds already, and tell what changed
    #[arg(long)]
    again: bool,
}

/// What `add` takes: all that `read` does, and readings.
#[derive(Clone, Copy, PartialEq, Eq)]
enum From {
    Reports(Form),
    Addresses,
    Contract,
}

impl ValueEnum for From {
    fn value_variants<'a>() -> &'a [Self] {
        static ALL: LazyLock<Vec<From>> = LazyLock::new(|| {
            let reports = Form::value_variants().iter().map(|form| From::Reports(*form));
            reports.chain([From::Addresses, From::Contract]).collect()
        });
        &ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        match self {
            From::Reports(form) => form.to_possible_value(),
            From::Addresses => Some(
                PossibleValue::new("addresses")
                    .help("A line is one address, or a row that has one in a cell (.csv, .tsv, GDELT's): fetched"),
            ),
            From::Contract => Some(
                PossibleValue::new("contract")
                    .help("A line is one reading, ours or another reader's: taken as it stands"),
            ),
        }
    }
}

pub(crate) fn run(args: &Args) -> Run {
    let mut store = Store::open(&args.ledger)?;
    if store.leaves()? == 0 {
        let ledger = args.ledger.display();
        tell(&format_args!(
            "{ledger} is new; {ledger}.key signs its log: keep that file, and keep it to yourself. Its public half is {}",
            store.key()?
        ));
    }
    let mut tally = Tally {
        progress: Progress::new(args.feed.len()),
        again: args.again,
        added: 0,
        unchanged: 0,
        changed: 0,
        redacted: 0,
        told: false,
    };
    let sink = |lines: Vec<contract::Line>| tally.keep(&mut store, lines);
    if args.from == Some(From::Contract) {
        ordered::batches(args.feed.readings(), contract::weight, |reading| reading, BATCH, sink)?;
        return tally.told();
    }
    let reader = args.places.reader()?;
    let work = |item: Item| {
        (
            item.file,
            item.draft
                .document()
                .map(|document| reader.read(&args.feed.input(document))),
        )
    };
    let web = Web::of(&args.network, &args.ledger);
    let mut named = web.at(args.feed.addresses().map(|address| Ask::of(address, None)));
    let open = |name: &str| -> Result<Drafts, gather::Error> {
        Ok(match args.from {
            Some(From::Addresses) => web.listed(name)?,
            // They come in the order in which they were named.
            _ if gather::is_address(name) => named.next().unwrap_or_else(|| Box::new(iter::empty())),
            Some(From::Reports(Form(format))) => Box::new(Source::open(name, Some(format))?.drafts()),
            _ => Box::new(Source::open(name, None)?.drafts()),
        })
    };
    ordered::batches(args.feed.opened(open), Item::weight, work, BATCH, sink)?;
    tally.told()
}

/// So many reports that have been read go to the ledger at once.
const BATCH: usize = 128;

/// What has been done so far.
struct Tally {
    progress: Progress,
    again: bool,
    added: u64,
    unchanged: u64,
    changed: u64,
    redacted: u64,
    told: bool,
}

impl Tally {
    fn keep(&mut self, store: &mut Store, lines: Vec<contract::Line>) -> Result<(), counterclaim_store::Error> {
        let readings: Vec<&Reading> = lines.iter().filter_map(|(_, made)| made.as_ref().ok()).collect();
        let mut added = store.add_all(&readings, self.again)?.into_iter();
        for (file, made) in lines {
            match made {
                Ok(reading) => added.next().into_iter().for_each(|done| self.count(&reading, done)),
                Err(error) => {
                    self.told = true;
                    self.progress.aside(|| tell(&error));
                }
            }
            self.progress
                .report(file, self.added + self.unchanged + self.changed + self.redacted);
        }
        Ok(())
    }

    fn count(&mut self, reading: &Reading, added: Added) {
        match added {
            Added::New => self.added += 1,
            Added::Unchanged => self.unchanged += 1,
            Added::Redacted => self.redacted += 1,
            Added::Again(changes) => {
                self.changed += 1;
                let told = changed(&reading.document.uri, &changes);
                self.progress.aside(|| tell(&told));
            }
        }
    }

    fn told(self) -> Result<Outcome, Box<dyn Error + Send + Sync>> {
        self.progress.done();
        let rest = [
            (self.changed, "read otherwise than before"),
            (self.unchanged, "known already"),
            (self.redacted, "left alone, for words of them were redacted"),
        ];
        let rest: String = rest
            .iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, what)| format!(", {count} {what}"))
            .collect();
        writeln!(io::stdout(), "{} added{rest}", self.added)?;
        Ok(if self.told { Outcome::Told } else { Outcome::Fine })
    }
}

/// What another reading of a report changed, for people.
fn changed(uri: &str, changes: &Changes) -> String {
    let Changes {
        new,
        gone,
        changed,
        decided,
    } = changes;
    let (new, gone, changed) = (new.len(), gone.len(), changed.len());
    let decided = match decided.len() {
        0 => String::new(),
        _ => format!("; people had decided about {}, and that stays", decided.join(", ")),
    };
    show::line(&format!(
        "{uri}: {new} claims more, {gone} claims gone, {changed} read otherwise{decided}"
    ))
}
