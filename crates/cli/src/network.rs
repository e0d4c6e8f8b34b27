//! What commands that ask the network share: how to behave there, and where what was fetched is kept.

use crate::feed::{Drafts, failed};
use counterclaim_gather::{Ahead, Answer, Archive, Ask, Draft, Error, Fetcher, Manners, Source, addresses};
use std::iter;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// How to behave on the network.
#[derive(clap::Args)]
pub(crate) struct Network {
    /// Ask this host though its address is private or its port not one of the web; may be given several times
    #[arg(long, value_name = "HOST")]
    allow_host: Vec<String>,
    /// Who asks, for the keepers of servers: an address of mail or the web
    #[arg(long, value_name = "WHO", value_parser = contact)]
    contact: Option<String>,
    /// Seconds between two requests to one host, whose robots.txt may ask for more
    #[arg(long, value_name = "SECONDS", default_value_t = 2)]
    pause: u64,
}

/// Only what can stand in a header.
fn contact(words: &str) -> Result<String, String> {
    let plain = words.chars().all(|c| c.is_ascii_graphic() || c == ' ');
    let plain = plain.then(|| words.to_owned());
    plain.ok_or_else(|| "only letters, digits and signs of ASCII can be told to a server".into())
}

impl Network {
    /// Somebody who asks as this says.
    pub(crate) fn fetcher(&self) -> Fetcher {
        Fetcher::new(&Manners {
            allow: self.allow_host.clone(),
            contact: self.contact.clone(),
            pause: Duration::from_secs(self.pause),
            ..Manners::default()
        })
    }
}

/// Fetches for one ledger.
#[derive(Clone)]
pub(crate) struct Web(Arc<Fetcher>, Archive);

impl Web {
    pub(crate) fn of(network: &Network, ledger: &Path) -> Web {
        Web(Arc::new(network.fetcher()), Archive::beside(ledger))
    }

    /// The documents at each of some addresses, in their order. They are kept before they are read.
    pub(crate) fn at<I: Iterator<Item = Ask>>(&self, asks: I) -> impl Iterator<Item = Drafts> + use<I> {
        self.kept(Ahead::of(self.0.clone(), asks))
    }

    fn kept<I: Iterator<Item = Ask>>(&self, answers: Ahead<I>) -> impl Iterator<Item = Drafts> + use<I> {
        let archive = self.1.clone();
        let keep = move |address: &str, answer: Answer| -> Result<Drafts, Error> {
            match answer.content(address)? {
                Some(capture) => {
                    archive.keep(&capture)?;
                    Ok(Box::new(capture.drafts()))
                }
                None => Ok(Box::new(iter::empty::<Draft>())),
            }
        };
        answers.map(move |(address, answer)| answer.and_then(|answer| keep(&address, answer)).unwrap_or_else(failed))
    }

    /// The documents at all addresses of a list, in its order. Those of standard input may be written as one reads: none waits for the next.
    pub(crate) fn listed(&self, name: &str) -> Result<Drafts, Error> {
        let asks = addresses(Source::open(name, None)?)
            .map(|address| address.map_or_else(Ask::failed, |address| Ask::of(&address, None)));
        let answers = Ahead::of(self.0.clone(), asks);
        let answers = if name == "-" { answers.one_by_one() } else { answers };
        Ok(Box::new(self.kept(answers).flatten()))
    }
}
