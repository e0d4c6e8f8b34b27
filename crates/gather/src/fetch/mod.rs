//! Addresses to captures: the one door to the network.
//!
//! 1. an address is checked before anything is asked ([`guard`]), and what its host resolves to when it is connected to; so is every hop of a redirection;
//! 2. the host's `robots.txt` is heard (RFC 9309), and the host is given time between two requests;
//! 3. what was fetched before is asked for only where it changed (`ETag`, `Last-Modified`);
//! 4. what comes is bounded in time and size, and unpacked with bounds;
//! 5. a [`Capture`] keeps bytes, headers, digest and time.
//!
//! Several hosts are asked at once, and each still one thing after the other ([`ahead`]).

mod ahead;
mod capture;
mod guard;
mod hosts;

pub use ahead::{Ahead, Ask};
pub use capture::{Archive, Capture};

use crate::coding;
use crate::error::Error;
use crate::watch::now;
use crate::{Format, MAX_REPORT, Problem};
use guard::{Allowed, Guard, Refused};
use hosts::Hosts;
use jiff::Timestamp;
use robotxt::{AccessResult, Robots};
use std::io::{self, Read};
use std::time::Duration;
use ureq::http::{HeaderMap, Response, StatusCode, header};
use ureq::unversioned::resolver::{DefaultResolver, Resolver};
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Body};
use url::Url;

/// How many redirections are followed.
const HOPS: usize = 5;
/// To connect, and to begin an answer, a server has this part of the time.
const BEGIN: u32 = 3;
/// What a robots.txt calls this program.
const NAME: &str = "counterclaim";

/// How to behave on the network.
#[derive(Debug, Clone)]
pub struct Manners {
    /// Hosts that may be asked although their address is not public or their port not one of the web, by name.
    pub allow: Vec<String>,
    /// Who asks, for the servers' keepers: an address of mail or the web.
    pub contact: Option<String>,
    /// The least time between two requests to one host.
    pub pause: Duration,
    /// The most that one request may take, from the look-up of the name to the last byte.
    pub patience: Duration,
}

impl Default for Manners {
    fn default() -> Manners {
        Manners {
            allow: Vec::new(),
            contact: None,
            pause: Duration::from_secs(2),
            patience: Duration::from_secs(60),
        }
    }
}

/// What is known of an address from the last time: what a server needs to tell whether anything changed.
#[derive(Debug, Clone, Copy, Default)]
pub struct Seen<'a> {
    /// Where its redirections led.
    pub uri: &'a str,
    /// The `ETag` of then.
    pub etag: Option<&'a str>,
    /// The `Last-Modified` of then.
    pub modified: Option<&'a str>,
}

/// What a server answered.
#[derive(Debug)]
pub enum Answer {
    /// There is content.
    Content(Box<Capture>),
    /// The content is what it was when it was seen.
    Unchanged,
    /// There is none: the status that was told instead, and how long the server asks to be left alone.
    Nothing {
        /// The status of HTTP: 404, 410, 503.
        status: u16,
        /// `Retry-After`.
        wait: Option<Duration>,
    },
}

impl Answer {
    /// The content, if there is any that was not seen before; an answer of another kind is an error of the address.
    pub fn content(self, address: &str) -> Result<Option<Capture>, Error> {
        match self {
            Answer::Content(capture) => Ok(Some(*capture)),
            Answer::Unchanged => Ok(None),
            Answer::Nothing { status, .. } => {
                Err(Problem::Unfetched(format!("the server answered {status}")).of(address))
            }
        }
    }
}

/// The most that one answer may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Bounds {
    /// As it is sent, in bytes.
    sent: usize,
    /// Unpacked.
    unpacked: usize,
}

/// What a report may have.
const WHOLE: Bounds = Bounds {
    sent: MAX_REPORT,
    unpacked: MAX_REPORT,
};

/// Fetches, and remembers of each host what it asked for and when it was asked. Several threads may fetch at once.
pub struct Fetcher {
    agent: Agent,
    allowed: Allowed,
    hosts: Hosts,
}

impl Fetcher {
    /// Makes one. Nothing is sent yet.
    pub fn new(manners: &Manners) -> Fetcher {
        Fetcher::resolving(manners, DefaultResolver::default())
    }

    fn resolving(manners: &Manners, resolver: impl Resolver) -> Fetcher {
        let allowed = Allowed::new(&manners.allow);
        let contact = manners.contact.as_ref().map(|contact| format!(" ({contact})"));
        let config = Agent::config_builder()
            .user_agent(format!(
                "{NAME}/{}{}",
                env!("CARGO_PKG_VERSION"),
                contact.unwrap_or_default()
            ))
            .accept("text/html, application/rss+xml, application/atom+xml, application/pdf;q=0.9, */*;q=0.5")
            .accept_encoding(coding::KNOWN)
            // Every hop is checked here, and a proxy would connect where nobody looked.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .proxy(None)
            .http_status_as_error(false)
            .timeout_global(Some(manners.patience))
            .timeout_connect(Some(manners.patience / BEGIN))
            .timeout_recv_response(Some(manners.patience / BEGIN))
            .build();
        let guard = Guard {
            inner: resolver,
            allowed: allowed.clone(),
        };
        Fetcher {
            agent: Agent::with_parts(config, DefaultConnector::default(), guard),
            allowed,
            hosts: Hosts::new(manners.pause),
        }
    }

    /// Asks for what is at an address, unless it is what was `seen` there.
    pub fn fetch(&self, address: &str, seen: Option<Seen<'_>>) -> Result<Answer, Error> {
        self.within(address, seen, WHOLE)
    }

    /// The same within bounds: beyond them it is [`Problem::TooLong`].
    fn within(&self, address: &str, seen: Option<Seen<'_>>, bounds: Bounds) -> Result<Answer, Error> {
        let followed = self.follow(address, seen, bounds);
        followed.map_err(|problem| problem.of(address))
    }

    fn follow(&self, address: &str, seen: Option<Seen<'_>>, bounds: Bounds) -> Result<Answer, Problem> {
        let mut url = Url::parse(address).map_err(|e| Problem::Refused(format!("it is no address: {e}")))?;
        url.set_fragment(None);
        for _ in 0..=HOPS {
            guard::check(&url, &self.allowed)?;
            self.hosts.hear(&url, || self.robots_of(&url))?;
            self.hosts.wait(&url);
            let seen = seen.filter(|seen| seen.uri == url.as_str());
            let answer = self.get(&url, seen)?;
            match next(&url, &answer)? {
                Some(next) => url = next,
                // Who was not asked whether anything changed cannot say that nothing did.
                None if answer.status() == StatusCode::NOT_MODIFIED && seen.is_some() => return Ok(Answer::Unchanged),
                None => return take(address, url, answer, bounds),
            }
        }
        Err(Problem::Unfetched(format!("it redirects more than {HOPS} times")))
    }

    /// One request, whatever the answer.
    fn get(&self, url: &Url, seen: Option<Seen<'_>>) -> Result<Response<Body>, Problem> {
        let mut request = self.agent.get(url.as_str());
        if let Some(seen) = seen {
            for (name, value) in [
                (header::IF_NONE_MATCH, seen.etag),
                (header::IF_MODIFIED_SINCE, seen.modified),
            ] {
                if let Some(value) = value {
                    request = request.header(name, value);
                }
            }
        }
        Ok(request.call()?)
    }

    fn robots_of(&self, page: &Url) -> Result<Robots, Problem> {
        let mut url = page.join("/robots.txt").map_err(|e| Problem::Refused(e.to_string()))?;
        for _ in 0..=HOPS {
            guard::check(&url, &self.allowed)?;
            // A host that cannot be reached is told as such, not as one that forbids.
            let mut answer = self.get(&url, None)?;
            if let Some(next) = next(&url, &answer)? {
                url = next;
                continue;
            }
            let access = match answer.status() {
                status if status.is_success() => {
                    return Ok(Robots::parse(&body(answer.body_mut(), robotxt::BYTE_LIMIT, 0)?, NAME));
                }
                status if status.is_server_error() => AccessResult::Unreachable,
                _ => AccessResult::Unavailable,
            };
            return Ok(Robots::from_access(access, NAME));
        }
        Ok(Robots::from_access(AccessResult::TooManyRedirects, NAME))
    }
}

/// What an answer that is no redirection holds.
fn take(address: &str, url: Url, mut answer: Response<Body>, bounds: Bounds) -> Result<Answer, Problem> {
    match answer.status() {
        StatusCode::OK => {}
        status => {
            return Ok(Answer::Nothing {
                status: status.as_u16(),
                wait: text(answer.headers(), header::RETRY_AFTER).and_then(pause),
            });
        }
    }
    let media = text(answer.headers(), header::CONTENT_TYPE).unwrap_or_default();
    let (media, charset) = coding::media(media);
    if ["image/", "video/", "audio/", "font/"]
        .iter()
        .any(|kind| media.starts_with(kind))
    {
        return Err(Problem::Unfetched(format!("it holds no text ({media})")));
    }
    let told = answer.body().content_length().unwrap_or_default();
    if told > bounds.sent as u64 {
        return Err(Problem::TooLong);
    }
    let body = body(answer.body_mut(), bounds.sent + 1, told as usize)?;
    if body.len() > bounds.sent {
        return Err(Problem::TooLong);
    }
    let headers = answer.headers();
    let codings: Vec<&str> = headers
        .get_all(header::CONTENT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .collect();
    let body = coding::undo(&codings.join(","), body, bounds.unpacked)?;
    if body.trim_ascii().is_empty() {
        return Err(Problem::Empty);
    }
    let headers = headers
        .iter()
        .map(|(name, value)| (name.to_string(), value.as_bytes().to_vec()))
        .collect();
    Ok(Answer::Content(Box::new(Capture {
        address: address.to_owned(),
        uri: url.into(),
        at: now(),
        headers,
        format: Format::of_media(&media),
        charset,
        body,
    })))
}

/// Where an answer sends on to.
fn next(url: &Url, answer: &Response<Body>) -> Result<Option<Url>, Problem> {
    if !matches!(answer.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
        return Ok(None);
    }
    let Some(to) = text(answer.headers(), header::LOCATION) else {
        return Ok(None);
    };
    let mut next = url
        .join(to)
        .map_err(|e| Problem::Unfetched(format!("it redirects to what is no address: {e}")))?;
    next.set_fragment(None);
    Ok(Some(next))
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}

/// `Retry-After` in seconds or as a date.
fn pause(words: &str) -> Option<Duration> {
    if let Ok(seconds) = words.trim().parse() {
        return Some(Duration::from_secs(seconds));
    }
    let until = jiff::fmt::rfc2822::parse(words).ok()?.timestamp();
    until.duration_since(Timestamp::now()).try_into().ok()
}

/// A body's first so many bytes. How many there will be is told by servers, and not always truly. Room that nobody writes to costs nothing; a row of bytes that grows
/// is there twice while it does.
fn body(body: &mut Body, most: usize, told: usize) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::with_capacity(if told == 0 { most } else { told.min(most) });
    match body.as_reader().take(most as u64).read_to_end(&mut bytes) {
        Ok(_) => Ok(bytes),
        Err(e) => Err(e.downcast::<ureq::Error>().unwrap_or_else(ureq::Error::Io).into()),
    }
}

impl From<Refused> for Problem {
    fn from(Refused(why): Refused) -> Problem {
        Problem::Refused(why)
    }
}

impl From<ureq::Error> for Problem {
    fn from(error: ureq::Error) -> Problem {
        let why = match error {
            ureq::Error::Other(inner) => match inner.downcast::<Refused>() {
                Ok(refused) => return (*refused).into(),
                Err(inner) => inner.to_string(),
            },
            ureq::Error::Timeout(_) => "the server took too long".into(),
            ureq::Error::HostNotFound => "there is no such host".into(),
            ureq::Error::ConnectionFailed => "nobody answers there".into(),
            ureq::Error::LargeResponseHeader(_, most) => {
                format!("the server's headers are longer than {} KB", most >> 10)
            }
            ureq::Error::BodyStalled => "the server does not say how long its pieces are".into(),
            ureq::Error::Protocol(e) => format!("the server does not keep to HTTP: {e}"),
            ureq::Error::Io(e) if e.kind() == io::ErrorKind::UnexpectedEof => {
                "the server broke off before the end".into()
            }
            ureq::Error::Io(e) => e.to_string(),
            other => other.to_string(),
        };
        Problem::Unfetched(why)
    }
}
