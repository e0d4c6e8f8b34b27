use crate::feed::input;
use crate::network::Network;
use crate::{Outcome, Run, gazetteer, show, tell};
use counterclaim_gather::{
    Ahead, Answer, Archive, Ask, Capture, Document, Draft, Error, Fetcher, Visits, Watched, digest,
};
use counterclaim_gather::{is_address, now, watched_in};
use counterclaim_reader::Reader;
use counterclaim_store::{Added, Store};
use std::error;
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::Arc;
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
        fetcher: Arc::new(args.network.fetcher()),
        archive: Archive::beside(&args.ledger),
        told: false,
    };
    loop {
        watch.look_at(&list, args.once)?;
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
    fetcher: Arc<Fetcher>,
    archive: Archive,
    visits: Visits,
    told: bool,
}

impl Watch {
    /// Looks at all that are due, or at each that was not to be left alone.
    fn look_at(&mut self, list: &[Watched], all: bool) -> Fallible<()> {
        let mut due: Vec<&Watched> = Vec::new();
        for watched in list {
            let is_due = self.visits.of(&watched.address).is_none_or(|visit| {
                if all {
                    visit.not_before.is_none_or(|not_before| not_before <= now())
                } else {
                    visit.due(watched.every) <= now()
                }
            });
            if is_due && !due.iter().any(|other| other.address == watched.address) {
                due.push(watched);
            }
        }
        let visits = &self.visits;
        let ask = |watched: &&Watched| Ask::of(&watched.address, visits.of(&watched.address).cloned());
        let asks: Vec<Ask> = due.iter().map(ask).collect();
        let answers = Ahead::of(self.fetcher.clone(), asks.into_iter());
        for (watched, (_, answer)) in due.into_iter().zip(answers) {
            self.look(watched, answer)?;
        }
        Ok(())
    }

    /// What came of one address. What goes wrong with it is told and remembered; only the ledger or its files can end the watch.
    fn look(&mut self, watched: &Watched, answer: Result<Answer, Error>) -> Fallible<()> {
        match answer {
            Ok(Answer::Unchanged) => self.visits.of_mut(&watched.address).stayed(now()),
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
            self.keep(watched, documents, watched.follow && capture.is_list())?;
        }
        self.visits.of_mut(address).came(&capture, text);
        Ok(())
    }

    /// Reads reports into the ledger, or with `follow` the pages that they lead to, each once.
    fn keep(&mut self, watched: &Watched, documents: Vec<Result<Document, Error>>, follow: bool) -> Fallible<()> {
        let leads = |document: &Document| follow && is_address(&document.uri);
        let mut pages: Vec<&str> = Vec::new();
        for entry in documents.iter().flatten().filter(|entry| leads(entry)) {
            let visit = self.visits.of(&entry.uri);
            let known = visit.is_some_and(|visit| visit.content || visit.due(watched.every) > now());
            if !known && !pages.contains(&entry.uri.as_str()) {
                pages.push(&entry.uri);
            }
        }
        let asks: Vec<Ask> = pages.into_iter().map(|page| Ask::of(page, None)).collect();
        let mut answers = Ahead::of(self.fetcher.clone(), asks.into_iter()).peekable();
        for document in documents {
            match document {
                Ok(entry) if leads(&entry) => {
                    // They come in the order of the entries.
                    if let Some((_, answer)) = answers.next_if(|(page, _)| *page == entry.uri) {
                        self.follow(watched, entry, answer)?;
                    }
                }
                Ok(document) => self.add(document)?,
                Err(error) => self.tell(&error),
            }
        }
        Ok(())
    }

    /// The page that an entry leads to; the entry where there is none.
    fn follow(&mut self, watched: &Watched, entry: Document, answer: Result<Answer, Error>) -> Fallible<()> {
        let address = entry.uri.clone();
        match answer {
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
                let page = Watched {
                    address,
                    ..watched.clone()
                };
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
