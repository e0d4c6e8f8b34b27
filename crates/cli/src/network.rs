//! What commands that ask the network share: how to behave there, and where what was fetched is kept.

use crate::feed::{Drafts, failed};
use counterclaim_gather::{Archive, Draft, Error, Fetcher, Manners, Source, addresses};
use std::cell::RefCell;
use std::iter;
use std::path::Path;
use std::rc::Rc;
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
pub(crate) struct Web(Rc<RefCell<Fetcher>>, Archive);

impl Web {
    pub(crate) fn of(network: &Network, ledger: &Path) -> Web {
        Web(Rc::new(RefCell::new(network.fetcher())), Archive::beside(ledger))
    }

    /// The documents at an address. They are kept before they are read.
    pub(crate) fn at(&self, address: &str) -> Drafts {
        self.fetched(address).unwrap_or_else(failed)
    }

    fn fetched(&self, address: &str) -> Result<Drafts, Error> {
        let Web(fetcher, archive) = self;
        let answer = fetcher.borrow_mut().fetch(address, None)?;
        match answer.content(address)? {
            Some(capture) => {
                archive.keep(&capture)?;
                Ok(Box::new(capture.drafts()))
            }
            None => Ok(Box::new(iter::empty::<Draft>())),
        }
    }

    /// The documents at all addresses of a list, one after the other.
    pub(crate) fn listed(&self, list: Source) -> Drafts {
        let web = self.clone();
        Box::new(addresses(list).flat_map(move |address| address.map_or_else(failed, |address| web.at(&address))))
    }
}
