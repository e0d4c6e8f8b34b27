//! Addresses that are asked again and again: the list, and what is remembered of each.

use crate::error::Error;
use crate::fetch::{Capture, Seen};
use crate::whole::write_whole;
use crate::{Place, Problem};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// An address to watch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Watched {
    /// A page or a feed.
    pub address: String,
    /// How long after one look the next is due.
    pub every: SignedDuration,
    /// Whether the pages that a feed's new entries lead to are fetched and read in the entries' place.
    pub follow: bool,
}

/// The least time between two looks at one address.
const SHORTEST: SignedDuration = SignedDuration::from_secs(60);
/// The longest that an address which fails is left alone.
const LONGEST: SignedDuration = SignedDuration::from_hours(24);
/// A list is no longer than this, in bytes.
const LIST: u64 = 4 << 20;

/// Reads a list of addresses to watch.
///
/// ```
/// let list = r#"
/// every = "30m"             # of all that say nothing else; 15m when left out
///
/// [[watch]]
/// address = "https://a.example/feed.xml"
/// follow = true
///
/// [[watch]]
/// address = "https://a.example/statements"
/// every = "6h"
/// "#;
/// let watched = counterclaim_gather::watched("feeds.toml", list).unwrap();
/// assert_eq!((watched.len(), watched[1].every.as_hours()), (2, 6));
/// assert!(counterclaim_gather::watched("feeds.toml", "[[watch]]\nadress = \"x\"").is_err());
/// ```
pub fn watched(file: &str, list: &str) -> Result<Vec<Watched>, Error> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct List {
        every: Option<String>,
        #[serde(default)]
        watch: Vec<Entry>,
    }
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Entry {
        address: String,
        every: Option<String>,
        #[serde(default)]
        follow: bool,
    }
    let broken = |place: Place, why: String| Problem::Broken("list of addresses to watch", why).at(file, place);
    let list: List = toml::from_str(list).map_err(|e| {
        let line = e
            .span()
            .map(|span| list[..span.start.min(list.len())].lines().count().max(1) as u64);
        broken(line.map_or(Place::Whole, Place::Line), e.message().to_owned())
    })?;
    if list.watch.is_empty() {
        return Err(broken(
            Place::Whole,
            "it names none: write [[watch]] and address = \"https://…\" under it".into(),
        ));
    }
    let default = list.every.unwrap_or_else(|| "15m".into());
    let entry = |entry: Entry| {
        let words = entry.every.as_ref().unwrap_or(&default);
        let every: SignedDuration = words.parse().map_err(|_| {
            broken(
                Place::Whole,
                format!("every = \"{words}\" is no time: write 15m, 6h, 2h 30m"),
            )
        })?;
        Ok(Watched {
            address: entry.address,
            every: every.max(SHORTEST),
            follow: entry.follow,
        })
    };
    list.watch.into_iter().map(entry).collect()
}

/// What is remembered of an address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Visit {
    /// When it was asked last.
    pub asked: Option<Timestamp>,
    /// When it may be asked again, where it failed or its server said so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_before: Option<Timestamp>,
    /// The status of the last answer: 200, 304, 404; 0 where there was none.
    pub status: u16,
    /// Whether there was content when it was asked last.
    pub content: bool,
    /// How often in a row it failed.
    #[serde(skip_serializing_if = "is_zero")]
    pub failures: u32,
    /// Where its redirections led.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uri: Option<String>,
    /// `sha256:…` of the content that was there last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// When that was captured.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub captured: Option<Timestamp>,
    /// `sha256:…` of the text in it, where it is one report: a page changes oftener than its words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The server's `ETag` of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub etag: Option<String>,
    /// The server's `Last-Modified` of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub modified: Option<String>,
}

fn is_zero(n: &u32) -> bool {
    *n == 0
}

impl Visit {
    /// What a server is told of the last time.
    pub fn seen(&self) -> Option<Seen<'_>> {
        Some(Seen {
            uri: self.uri.as_deref()?,
            etag: self.etag.as_deref(),
            modified: self.modified.as_deref(),
        })
    }

    /// The content came, and is in the ledger.
    pub fn came(&mut self, capture: &Capture, text: Option<String>) {
        let id = capture.id();
        if self.id.as_ref() != Some(&id) {
            self.captured = Some(capture.at);
        }
        *self = Visit {
            asked: Some(capture.at),
            status: 200,
            content: true,
            uri: Some(capture.uri.clone()),
            id: Some(id),
            captured: self.captured,
            text,
            etag: capture.header("etag").map(str::to_owned),
            modified: capture.header("last-modified").map(str::to_owned),
            ..Visit::default()
        };
    }

    /// The server said that nothing changed.
    pub fn stayed(&mut self, now: Timestamp) {
        self.asked = Some(now);
        self.not_before = None;
        (self.status, self.content, self.failures) = (304, true, 0);
    }

    /// There was nothing, or nobody answered (status 0): it is left alone the longer, the oftener it failed. What was there before stays on record.
    pub fn failed(&mut self, now: Timestamp, status: u16, wait: Option<SignedDuration>, every: SignedDuration) {
        self.asked = Some(now);
        (self.status, self.content) = (status, false);
        let back_off = every.checked_mul(1 << self.failures.min(10)).unwrap_or(LONGEST);
        let pause = back_off.max(wait.unwrap_or_default()).min(LONGEST);
        self.failures = self.failures.saturating_add(1);
        self.not_before = now.checked_add(pause).ok();
    }

    /// When it is due again.
    pub fn due(&self, every: SignedDuration) -> Timestamp {
        let next = self
            .asked
            .and_then(|asked| asked.checked_add(every).ok())
            .unwrap_or(Timestamp::MIN);
        self.not_before.map_or(next, |not_before| not_before.max(next))
    }
}

/// What is remembered of all addresses, in a file beside the ledger: `war.ledger.watch.json`. It is written whole or not at all.
#[derive(Debug)]
pub struct Visits {
    file: PathBuf,
    addresses: BTreeMap<String, Visit>,
}

impl Visits {
    /// Those of this ledger; none where there is no file.
    pub fn beside(ledger: &Path) -> Result<Visits, Error> {
        let mut file = ledger.as_os_str().to_owned();
        file.push(".watch.json");
        let file = PathBuf::from(file);
        let fail = |problem: Problem| problem.of(&file.to_string_lossy());
        let addresses = match fs::read(&file) {
            Ok(bytes) => serde_json::from_slice(&bytes).map_err(|e| {
                fail(Problem::Broken(
                    "memory of a watch",
                    format!("{e}; without it, all is asked anew"),
                ))
            })?,
            Err(e) if e.kind() == io::ErrorKind::NotFound => BTreeMap::new(),
            Err(e) => return Err(fail(e.into())),
        };
        Ok(Visits { file, addresses })
    }

    /// What is remembered of an address.
    pub fn of(&self, address: &str) -> Option<&Visit> {
        self.addresses.get(address)
    }

    /// The same, to be changed.
    pub fn of_mut(&mut self, address: &str) -> &mut Visit {
        self.addresses.entry(address.to_owned()).or_default()
    }

    /// Writes it down.
    pub fn save(&self) -> Result<(), Error> {
        let fail = |e: io::Error| Problem::Unkept(e).of(&self.file.to_string_lossy());
        let bytes = serde_json::to_vec_pretty(&self.addresses).map_err(|e| fail(e.into()))?;
        write_whole(&self.file, |out| out.write_all(&bytes)).map_err(fail)
    }
}

/// The time, to the second.
pub fn now() -> Timestamp {
    Timestamp::now().round(jiff::Unit::Second).unwrap_or_default()
}

/// Reads the file of a list.
pub fn watched_in(path: &Path) -> Result<Vec<Watched>, Error> {
    let name = path.to_string_lossy();
    let fail = |problem: Problem| problem.of(&name);
    if fs::metadata(path).map_err(|e| fail(e.into()))?.len() > LIST {
        return Err(fail(Problem::TooLong));
    }
    watched(&name, &fs::read_to_string(path).map_err(|e| fail(e.into()))?)
}

#[cfg(test)]
mod tests {
    use super::{Visit, Visits, watched};
    use jiff::{SignedDuration, Timestamp};

    #[test]
    fn what_fails_is_left_alone_the_longer_the_oftener() {
        let now: Timestamp = "2020-10-05T08:00:00Z".parse().unwrap();
        let every = SignedDuration::from_mins(15);
        let mut visit = Visit::default();
        assert!(visit.due(every) < now, "what was never asked is due");
        let mut pauses = Vec::new();
        for _ in 0..9 {
            visit.failed(now, 503, None, every);
            pauses.push(visit.due(every).duration_since(now).as_mins());
        }
        assert_eq!(pauses, [15, 30, 60, 120, 240, 480, 960, 1440, 1440]);
        visit.stayed(now);
        assert_eq!(visit.due(every).duration_since(now), every);
        visit.failed(now, 429, Some(SignedDuration::from_hours(2)), every);
        assert_eq!(visit.due(every).duration_since(now).as_hours(), 2);
    }

    #[test]
    fn mistakes_in_a_list_are_told_with_their_line() {
        let told = |list: &str| watched("f.toml", list).unwrap_err().to_string();
        assert!(told("[[watch]]\naddress = 7\n").starts_with("f.toml:2: is no list of addresses to watch"));
        assert!(told("every = \"1h\"").contains("it names none"));
        assert!(told("[[watch]]\naddress = \"a\"\nevery = \"soon\"").contains("every = \"soon\" is no time"));
    }

    #[test]
    fn what_is_remembered_outlives_the_program() {
        let folder = tempfile::tempdir().unwrap();
        let ledger = folder.path().join("war.ledger");
        let mut visits = Visits::beside(&ledger).unwrap();
        let now: Timestamp = "2020-10-05T08:00:00Z".parse().unwrap();
        visits
            .of_mut("https://a.example/")
            .failed(now, 410, None, SignedDuration::from_hours(1));
        visits.save().unwrap();
        let again = Visits::beside(&ledger).unwrap();
        assert_eq!(again.of("https://a.example/"), visits.of("https://a.example/"));
        assert!(again.of("https://b.example/").is_none());
        std::fs::write(folder.path().join("war.ledger.watch.json"), "{").unwrap();
        assert!(
            Visits::beside(&ledger)
                .unwrap_err()
                .to_string()
                .contains("without it, all is asked anew")
        );
    }
}
