use crate::feed::input;
use crate::network::Network;
use crate::{Outcome, Run, gazetteer, show, tell};
use counterclaim_gather::{Answer, Archive, Capture, Document, Draft, Error, Fetcher, Visits, Watched, digest};
use counterclaim_gather::{is_address, now, watched_in};
use counterclaim_reader::Reader;
use counterclaim_store::{Added, Store};
use std::error;
use std::io::{self, Write};
use std::path::PathBuf;
use std::thread;
use std::time::Duration;

const AFTER_HELP: &str = "\
The list:
  every = \"15m\"                            # of all that say nothing else
  [[watch]]
  address = \"https://a.example/feed.xml\"   # a feed or a page
  follow = true                            # read the pages that a feed's new entries lead to, not the entries
  [[watch]]
  address = \"https://a.example/statements\"
  every = \"6h\"

Every new report is read into the ledger and told in a line. What is fetched is kept with its headers and time in \
LEDGER.captures/, as WARC files; LEDGER.watch.json remembers what was seen, so that a watch goes on where it was \
stopped, and only what changed is sent. `counterclaim help network` tells how addresses are asked for.

Examples:
  counterclaim watch war.ledger feeds.toml
  counterclaim watch war.ledger feeds.toml --once --contact desk@a.example      for cron

Exit status: 0 fine, 2 when an address could not be fetched or read (the others were).";

/// No line is longer, in characters.
const LINE: usize = 400;

/// Look at feeds and pages again and again, and keep the claims of what is new
#[derive(clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct Args {
    /// The ledger, a file; made when there is none
    ledger: PathBuf,
    /// The addresses, a file of TOML
    list: PathBuf,
    /// Look at each address once, whether or not it is due, and end
    #[arg(long)]
    once: bool,
    #[command(flatten)]
    places: gazetteer::Choice,
    #[command(flatten)]
    network: Network,
}

type Fallible<T> = Result<T, Box<dyn error::Error + Send + Sync>>;

pub(crate) fn run(args: &Args) -> Run {
    let list = watched_in(&args.list)?;
    let mut watch = Watch {
        visits: Visits::beside(&args.ledger)?,
        store: Store::open(&args.ledger)?,
        reader: args.places.reader()?,
        fetcher: args.network.fetcher(),
        archive: Archive::beside(&args.ledger),
        told: false,
    };
    loop {
        for watched in &list {
            let visit = watch.visits.of(&watched.address);
            let due = visit.is_none_or(|visit| {
                let left_alone = visit.not_before.is_some_and(|not_before| not_before > now());
                if args.once {
                    !left_alone
                } else {
                    visit.due(watched.every) <= now()
                }
            });
            if due {
                watch.look(watched)?;
            }
        }
        if args.once {
            return Ok(if watch.told { Outcome::Told } else { Outcome::Fine });
        }
        let due = |watched: &Watched| watch.visits.of(&watched.address).map(|visit| visit.due(watched.every));
        let next = list.iter().filter_map(due).min().map(|next| next.duration_since(now()));
        let pause = next
            .and_then(|pause| Duration::try_from(pause).ok())
            .unwrap_or_default();
        thread::sleep(pause.max(Duration::from_secs(1)));
    }
}

struct Watch {
    store: Store,
    reader: Reader,
    fetcher: Fetcher,
    archive: Archive,
    visits: Visits,
    told: bool,
}

impl Watch {
    /// One look at one address. What goes wrong with it is told and remembered; only the ledger or its files can end the watch.
    fn look(&mut self, watched: &Watched) -> Fallible<()> {
        let address = &watched.address;
        let answer = self
            .fetcher
            .fetch(address, self.visits.of(address).and_then(|visit| visit.seen()));
        match answer {
            Ok(Answer::Unchanged) => self.visits.of_mut(address).stayed(now()),
            Ok(Answer::Content(capture)) => self.take(watched, *capture)?,
            answer => self.missed(watched, answer),
        }
        // What is in the ledger is remembered after it got there: a watch that is stopped in between asks again.
        Ok(self.visits.save()?)
    }

    /// There was nothing.
    fn missed(&mut self, watched: &Watched, answer: Result<Answer, Error>) {
        let address = &watched.address;
        let (status, wait) = match &answer {
            Ok(Answer::Nothing { status, wait }) => (*status, *wait),
            _ => (0, None),
        };
        let wait = wait.and_then(|wait| wait.try_into().ok());
        self.visits.of_mut(address).failed(now(), status, wait, watched.every);
        if let Err(error) = answer.and_then(|answer| answer.content(address)) {
            self.tell(&error);
        }
    }

    /// There is content: what is new in it goes into the ledger.
    fn take(&mut self, watched: &Watched, capture: Capture) -> Fallible<()> {
        let address = &watched.address;
        let documents: Vec<_> = capture.clone().drafts().map(Draft::document).collect();
        // A page changes with every advertisement: what counts is whether its words do.
        let text = match &documents[..] {
            [Ok(document)] if !capture.is_list() => Some(digest(document.text.as_bytes())),
            _ => None,
        };
        let before = self.visits.of_mut(address);
        let same = before.id.as_ref() == Some(&capture.id()) || (text.is_some() && before.text == text);
        if !same {
            self.archive.keep(&capture)?;
            for document in documents {
                match document {
                    Ok(entry) if watched.follow && capture.is_list() && is_address(&entry.uri) => {
                        self.follow(watched, entry)?;
                    }
                    Ok(document) => self.add(document)?,
                    Err(error) => self.tell(&error),
                }
            }
        }
        self.visits.of_mut(address).came(&capture, text);
        Ok(())
    }

    /// The page that an entry leads to, once; the entry where there is none.
    fn follow(&mut self, watched: &Watched, entry: Document) -> Fallible<()> {
        let address = entry.uri.clone();
        let page = Watched {
            address: address.clone(),
            ..watched.clone()
        };
        if let Some(visit) = self.visits.of(&address)
            && (visit.content || visit.due(page.every) > now())
        {
            return Ok(());
        }
        match self.fetcher.fetch(&address, None) {
            Ok(Answer::Content(capture)) => {
                self.archive.keep(&capture)?;
                for made in capture.clone().drafts().map(Draft::document) {
                    match made {
                        Ok(document) => self.add(Document {
                            title: document.title.or(entry.title.clone()),
                            outlet: document.outlet.or(entry.outlet.clone()),
                            published: document.published.or(entry.published.clone()),
                            ..document
                        })?,
                        Err(error) => {
                            self.tell(&error);
                            self.add(entry.clone())?;
                        }
                    }
                }
                self.visits.of_mut(&address).came(&capture, None);
            }
            answer => {
                self.missed(&page, answer);
                self.add(entry)?;
            }
        }
        Ok(())
    }

    /// Reads a document into the ledger, and tells it if it is new there.
    fn add(&mut self, document: Document) -> Fallible<()> {
        let reading = self.reader.read(&input(document));
        if self.store.add(&reading)? == Added::New {
            let document = &reading.document;
            let title = document.title.as_deref().unwrap_or_default();
            let line = format!(
                "{}  {:3} claims  {}  {title}",
                now(),
                reading.claims.len(),
                document.uri
            );
            let line: String = show::clean(&line).chars().take(LINE).collect();
            writeln!(io::stdout(), "{line}")?;
        }
        Ok(())
    }

    fn tell(&mut self, error: &Error) {
        self.told = true;
        tell(&show::clean(&error.to_string()));
    }
}
