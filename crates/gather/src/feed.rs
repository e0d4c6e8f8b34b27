//! Feeds: RSS, Atom and RDF, an entry a report.

use crate::bytes::{declared, decode};
use crate::document::{Document, Form, Origin, digest, some};
use crate::error::{Error, Place};
use crate::scan::{Elements, Entries, Entry};
use crate::trail::Trail;
use crate::xml::{self, Piece};
use crate::{Problem, date, html};
use std::io::BufRead;

/// The entries of a feed, in order.
pub(crate) fn documents(file: String, from: Box<dyn BufRead>) -> Box<dyn Iterator<Item = Result<Document, Error>>> {
    let mut entries = Entries::of(Elements::new(from, &["item", "entry"]));
    let mut number = 0u64;
    let mut feed: Option<Feed> = None;
    let mut done = false;
    Box::new(std::iter::from_fn(move || {
        if done {
            return None;
        }
        let entry = entries.next();
        let feed = feed.get_or_insert_with(|| Feed::of(&entries.scan.head));
        match entry {
            None => {
                done = true;
                // What begins like a feed and has no entries yet is fine; what does not is none.
                let empty = number == 0 && !feed.known;
                empty.then(|| Err(Problem::Broken("feed", "it has no entries".into()).of(&file)))
            }
            Some(entry) => {
                number += 1;
                let place = format!("entry {number}");
                let made = entry.and_then(|entry| {
                    let mut document = feed.document(&entry, format!("{file}#{number}"))?;
                    document.origin = Some(Origin {
                        place: place.clone(),
                        bytes: entry.offset..entry.offset + entry.bytes.len() as u64,
                        form: Form::Element(feed.charset.clone()),
                    });
                    Ok(document)
                });
                Some(made.map_err(|problem| problem.at(&file, Place::Part(place))))
            }
        }
    }))
}

/// What a feed says of all its entries.
#[derive(Default)]
struct Feed {
    known: bool,
    charset: Option<String>,
    title: Option<String>,
    language: Option<String>,
}

impl Feed {
    fn of(head: &[u8]) -> Feed {
        let charset = declared(head);
        let markup = decode(head, charset.as_deref()).text;
        let mut feed = Feed {
            charset,
            ..Feed::default()
        };
        let mut path: Vec<&str> = Vec::new();
        // The head is no whole document: it ends with a mistake.
        for piece in xml::pieces(&markup).map_while(Result::ok) {
            match piece {
                Piece::Open { name, attributes, .. } => {
                    feed.known |= matches!(name, "rss" | "feed" | "RDF");
                    if feed.language.is_none() {
                        feed.language = attributes.get("lang").and_then(some);
                    }
                    path.push(name);
                }
                Piece::Close { .. } => {
                    path.pop();
                }
                Piece::Text(words) => match path[..] {
                    [.., "channel" | "feed", "title"] if feed.title.is_none() => feed.title = some(words),
                    [.., "channel", "language"] => feed.language = some(words),
                    _ => {}
                },
            }
        }
        feed
    }

    fn document(&self, entry: &Entry, place: String) -> Result<Document, Problem> {
        let markup = decode(&entry.bytes, self.charset.as_deref());
        let mut found = Found::default();
        found.read(&markup.text).map_err(|why| Problem::Broken("entry", why))?;
        let text = found
            .words
            .map(|(_, words)| html::fragment(words.text().trim()))
            .filter(|text| !text.is_empty());
        let title = found.title.map(|title| html::fragment(&title)).and_then(some);
        let mut document = Document {
            id: digest(&entry.bytes),
            uri: found.link.or(found.id).unwrap_or(place),
            text: text.or_else(|| title.clone()).ok_or(Problem::NoText(""))?,
            title,
            outlet: found.source.or_else(|| self.title.clone()),
            published: found.published.or(found.updated.clone()).as_deref().and_then(date::any),
            ..Document::default()
        };
        document.about.author = found.author;
        document.about.language = found.language.or_else(|| self.language.clone());
        document.about.modified = found.updated.as_deref().and_then(date::any);
        document.about.charset = markup.charset();
        Ok(document)
    }
}

/// What an entry holds, in words and markup.
#[derive(Default)]
struct Found {
    title: Option<String>,
    link: Option<String>,
    id: Option<String>,
    /// The markup that is the report, and its rank among those that may be.
    words: Option<(usize, Trail)>,
    published: Option<String>,
    updated: Option<String>,
    author: Option<String>,
    source: Option<String>,
    language: Option<String>,
}

impl Found {
    fn read(&mut self, markup: &str) -> Result<(), String> {
        let mut path: Vec<&str> = Vec::new();
        // The text of the child that is open, and the name of that child as it stands.
        let (mut words, mut child) = (Trail::default(), "");
        for piece in xml::placed(markup) {
            let (piece, place) = piece?;
            match piece {
                Piece::Open { name, full, attributes } => {
                    path.push(name);
                    if path.len() == 2 {
                        words = Trail::default();
                        child = full;
                    } else if path.len() > 2 && matches!(path[1], "content" | "summary") {
                        // Markup that stands as such: its blocks are lines.
                        let line: &[u8] = if html::is_inline(name) { b"" } else { b"<br>" };
                        words.push(line, place);
                    }
                    if name == "link" && path.len() == 2 && attributes.get("rel").is_none_or(|rel| rel == "alternate") {
                        self.link = attributes.get("href").and_then(some).or(self.link.take());
                    }
                    if path.len() <= 2
                        && let Some(language) = attributes.get("lang")
                    {
                        self.language = some(language);
                    }
                }
                Piece::Text(own) => xml::keep(&mut words, &own, markup, place),
                Piece::Close { .. } => {
                    if path.len() == 2 {
                        self.keep(child, std::mem::take(&mut words));
                    } else if path.len() == 3 && matches!(path[1..], ["source", "title"]) {
                        self.source = some(std::mem::take(&mut words).text());
                    } else if path.len() == 3 && matches!(path[1..], ["author", "name"]) {
                        self.author = some(std::mem::take(&mut words).text());
                    }
                    path.pop();
                }
            }
        }
        Ok(())
    }

    fn keep(&mut self, name: &str, words: Trail) {
        let told = words.text().trim().to_owned();
        if told.is_empty() {
            return;
        }
        let slot = match name {
            "title" => &mut self.title,
            "link" => &mut self.link,
            "guid" | "id" => &mut self.id,
            "pubDate" | "published" | "dc:date" | "issued" => &mut self.published,
            "updated" | "modified" => &mut self.updated,
            "author" | "dc:creator" => &mut self.author,
            "source" => &mut self.source,
            "dc:language" => &mut self.language,
            _ => &mut None,
        };
        slot.get_or_insert(told);
        let rank = WORDS.iter().position(|names| names.contains(&name));
        if let Some(rank) = rank.filter(|rank| self.words.as_ref().is_none_or(|(own, _)| rank < own)) {
            self.words = Some((rank, words));
        }
    }
}

/// The elements that may hold the report, those that hold more of it first.
const WORDS: [&[&str]; 3] = [&["content:encoded", "content"], &["description", "summary"], &["title"]];

/// The markup of an entry's report, with the way back to the entry's.
pub(crate) fn words(markup: &str) -> Result<Trail, Problem> {
    let mut found = Found::default();
    found.read(markup).map_err(|why| Problem::Broken("entry", why))?;
    found.words.map(|(_, words)| words).ok_or(Problem::NoText(""))
}
