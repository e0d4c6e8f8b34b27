//! Many addresses: several hosts at once, each one thing after the other, and the answers in the order in which they were asked for.
//!
//! What is fetched before its turn is small. An answer that is not is let go of and asked for again when its turn has come, so that no more than one large one is
//! held, whatever the servers send.

use super::{Answer, Bounds, Fetcher, WHOLE};
use crate::error::Error;
use crate::watch::Visit;
use crate::{Problem, quiet};
use std::collections::VecDeque;
use std::iter;
use std::sync::{Arc, mpsc};
use std::thread;
use url::Url;

/// So many hosts are asked at once.
const HOSTS: usize = 8;
/// So many addresses are looked over for hosts that may be asked.
const WINDOW: usize = 64;
/// What is fetched before its turn is no larger.
const SMALL: Bounds = Bounds {
    sent: 2 << 20,
    unpacked: 4 << 20,
};
/// Nothing more is begun while answers that wait for their turn hold so much, in bytes.
const HELD: usize = 16 << 20;

/// An address to fetch.
#[derive(Debug)]
pub struct Ask {
    address: String,
    visit: Option<Visit>,
    /// Why there is none.
    error: Option<Error>,
}

impl Ask {
    /// An address, and what is remembered of the last time.
    pub fn of(address: &str, visit: Option<Visit>) -> Ask {
        Ask {
            address: address.to_owned(),
            visit,
            error: None,
        }
    }

    /// What stands in the place of an address that cannot be told.
    pub fn failed(error: Error) -> Ask {
        Ask {
            error: Some(error),
            ..Ask::of("", None)
        }
    }
}

/// The answers of addresses, each with its address and in their order. Nothing is asked before the first is wanted.
///
/// ```
/// use counterclaim_gather::{Ahead, Ask, Fetcher, Manners};
/// use std::sync::Arc;
///
/// let fetcher = Arc::new(Fetcher::new(&Manners::default()));
/// let asks = ["ftp://a.example/", "http://127.0.0.1/"].map(|address| Ask::of(address, None));
/// let told: Vec<String> = Ahead::of(fetcher, asks.into_iter()).map(|(_, answer)| answer.unwrap_err().to_string()).collect();
/// assert!(told[0].starts_with("ftp://a.example/: is not fetched: only http and https are spoken"));
/// assert!(told[1].starts_with("http://127.0.0.1/: is not fetched: 127.0.0.1 is at 127.0.0.1, which is no public address"));
/// ```
pub struct Ahead<I> {
    fetcher: Arc<Fetcher>,
    asks: iter::Fuse<I>,
    /// How many addresses are looked over.
    window: usize,
    slots: VecDeque<Slot>,
    /// The number of the first slot.
    first: usize,
    send: mpsc::Sender<(usize, Outcome)>,
    receive: mpsc::Receiver<(usize, Outcome)>,
}

struct Slot {
    ask: Ask,
    host: String,
    state: State,
}

enum State {
    Waiting,
    Asked,
    Done(Outcome),
}

enum Outcome {
    Answered(Box<Result<Answer, Error>>),
    /// It is not small.
    Later,
}

impl Outcome {
    /// Bytes that it holds.
    fn weight(&self) -> usize {
        match self {
            Outcome::Answered(answer) => match &**answer {
                Ok(Answer::Content(capture)) => capture.body.len(),
                _ => 0,
            },
            Outcome::Later => 0,
        }
    }
}

impl<I: Iterator<Item = Ask>> Ahead<I> {
    /// The answers of these addresses.
    pub fn of(fetcher: Arc<Fetcher>, asks: I) -> Ahead<I> {
        let (send, receive) = mpsc::channel();
        Ahead {
            fetcher,
            asks: asks.fuse(),
            window: WINDOW,
            slots: VecDeque::new(),
            first: 0,
            send,
            receive,
        }
    }

    /// The same one by one: where addresses come as they are written, none waits for the next.
    pub fn one_by_one(self) -> Ahead<I> {
        Ahead { window: 1, ..self }
    }

    fn fill(&mut self) {
        while self.slots.len() < self.window {
            let Some(mut ask) = self.asks.next() else { return };
            let url = Url::parse(&ask.address).ok();
            let host = url
                .and_then(|url| url.host_str().map(str::to_owned))
                .unwrap_or_default();
            let state = match ask.error.take() {
                Some(error) => State::Done(Outcome::Answered(Box::new(Err(error)))),
                None => State::Waiting,
            };
            self.slots.push_back(Slot { ask, host, state });
        }
    }

    /// Begins what may be begun: of each host the first that waits.
    fn begin(&mut self) {
        let held: usize = self.slots.iter().map(Slot::weight).sum();
        let asked = self.slots.iter().filter(|slot| matches!(slot.state, State::Asked));
        let mut busy: Vec<&str> = asked.map(|slot| slot.host.as_str()).collect();
        let mut chosen = Vec::new();
        for (number, slot) in self.slots.iter().enumerate() {
            if busy.len() >= HOSTS || (held >= HELD && number > 0) {
                break;
            }
            if matches!(slot.state, State::Waiting) && !busy.contains(&slot.host.as_str()) {
                busy.push(&slot.host);
                chosen.push(number);
            }
        }
        for number in chosen {
            let slot = &mut self.slots[number];
            let (fetcher, send) = (self.fetcher.clone(), self.send.clone());
            let (address, visit) = (slot.ask.address.clone(), slot.ask.visit.clone());
            let own = self.first + number;
            // The first has its turn.
            let bounds = if number == 0 { WHOLE } else { SMALL };
            let begun = thread::Builder::new().spawn(move || {
                // Nobody waits for it any more when the run has ended.
                let _ = send.send((own, fetch(&fetcher, &address, visit.as_ref(), bounds)));
            });
            slot.state = match begun {
                Ok(_) => State::Asked,
                Err(_) => State::Done(Outcome::Later),
            };
        }
    }
}

impl Slot {
    fn weight(&self) -> usize {
        match &self.state {
            State::Done(outcome) => outcome.weight(),
            _ => 0,
        }
    }
}

/// Fetches what is within bounds.
fn fetch(fetcher: &Fetcher, address: &str, visit: Option<&Visit>, bounds: Bounds) -> Outcome {
    let seen = visit.and_then(Visit::seen);
    let broken = || Err(Problem::Unfetched("what was sent broke the program that reads it".into()).of(address));
    let answer = quiet::catch(|| fetcher.within(address, seen, bounds)).unwrap_or_else(broken);
    match answer {
        Err(Error {
            problem: Problem::TooLong | Problem::Bomb(_),
            ..
        }) if bounds != WHOLE => Outcome::Later,
        answer => Outcome::Answered(Box::new(answer)),
    }
}

impl<I: Iterator<Item = Ask>> Iterator for Ahead<I> {
    type Item = (String, Result<Answer, Error>);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            self.fill();
            self.begin();
            let front = self.slots.pop_front()?;
            match front.state {
                State::Done(outcome) => {
                    self.first += 1;
                    let answer = match outcome {
                        Outcome::Answered(answer) => *answer,
                        Outcome::Later => {
                            let seen = front.ask.visit.as_ref().and_then(Visit::seen);
                            self.fetcher.fetch(&front.ask.address, seen)
                        }
                    };
                    return Some((front.ask.address, answer));
                }
                _ => self.slots.push_front(front),
            }
            let (number, outcome) = self.receive.recv().ok()?;
            if let Some(slot) = number
                .checked_sub(self.first)
                .and_then(|number| self.slots.get_mut(number))
            {
                slot.state = State::Done(outcome);
            }
        }
    }
}
