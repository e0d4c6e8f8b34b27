//! JSON with a list of reports in it: JSON Feed, the export of Telegram Desktop, or a list of what a line of JSON lines would be.

use crate::document::{Document, digest, some};
use crate::error::{Error, Place};
use crate::scan::{Entries, Entry, Objects};
use crate::{Problem, date, html};
use serde_json::{Map, Value};
use std::io::BufRead;

/// Names of the lists that hold reports. The one without a name is the whole file.
const LISTS: &[&str] = &["messages", "items", "articles", "documents", ""];

/// The reports of such a file, in order.
pub(crate) fn documents(file: String, from: Box<dyn BufRead>) -> Box<dyn Iterator<Item = Result<Document, Error>>> {
    let mut entries = Entries::of(Objects::new(from, LISTS));
    let (mut number, mut any) = (0u64, false);
    Box::new(std::iter::from_fn(move || {
        loop {
            let Some(entry) = entries.next() else {
                let nothing = !std::mem::replace(&mut any, true);
                let lists = "it has no list of messages, items, articles or documents";
                return nothing.then(|| Err(Problem::Broken("JSON", lists.into()).of(&file)));
            };
            any = true;
            number += 1;
            let made = entry.and_then(|entry| document(&entry, &entries.scan, &file, number));
            match made {
                // Joining a channel, pinning a message, a picture without words: no reports.
                Ok(None) => {}
                Ok(Some(document)) => return Some(Ok(document)),
                Err(problem) => return Some(Err(problem.at(&file, Place::Part(format!("entry {number}"))))),
            }
        }
    }))
}

fn document(entry: &Entry, around: &Objects, file: &str, number: u64) -> Result<Option<Document>, Problem> {
    let fields: Map<String, Value> = serde_json::from_slice(&entry.bytes)
        .map_err(|e| Problem::Broken("JSON", format!("{e}, from byte {} on", entry.offset)))?;
    let text = |name: &str| fields.get(name).and_then(Value::as_str);
    let id = fields
        .get("id")
        .map(|id| id.as_str().map_or_else(|| id.to_string(), str::to_owned));
    let telegram = fields.contains_key("date_unixtime") || (fields.contains_key("type") && fields.contains_key("text"));
    let mut document = Document {
        id: digest(&entry.bytes),
        ..Document::default()
    };
    if telegram {
        if text("type") != Some("message") {
            return Ok(None);
        }
        document.text = words(fields.get("text"));
        document.uri = format!("{file}#{}", id.unwrap_or_else(|| number.to_string()));
        document.outlet = around.field("name").and_then(some);
        document.about.author = text("author")
            .or(text("from"))
            .and_then(some)
            .filter(|from| document.outlet.as_ref() != Some(from));
        document.published = text("date").and_then(date::any);
        document.about.modified = text("edited").and_then(date::any);
    } else {
        let markup = text("content_html").map(html::fragment).filter(|text| !text.is_empty());
        let plain = ["content_text", "text", "body", "content", "summary"]
            .iter()
            .find_map(|name| text(name))
            .map(str::to_owned);
        document.text = markup.or(plain).unwrap_or_default();
        document.uri = text("uri")
            .or(text("url"))
            .map(str::to_owned)
            .or(id)
            .unwrap_or_else(|| format!("{file}#{number}"));
        document.title = ["title", "headline"].iter().find_map(|name| text(name)).and_then(some);
        document.outlet = text("outlet").or_else(|| around.field("title")).and_then(some);
        document.language = text("language").or_else(|| around.field("language")).and_then(some);
        document.published = ["published", "date_published", "date"]
            .iter()
            .find_map(|name| text(name))
            .and_then(date::any);
        document.about.modified = text("date_modified").and_then(date::any);
        let authors = fields
            .get("authors")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .chain(fields.get("author"));
        document.about.author = authors
            .filter_map(|author| author.as_str().or_else(|| author.get("name")?.as_str()))
            .next()
            .and_then(some);
    }
    if document.text.trim().is_empty() {
        return if telegram { Ok(None) } else { Err(Problem::NoText("")) };
    }
    Ok(Some(document))
}

/// The words of a message: a string, or a list of strings and of pieces with a look of their own.
fn words(text: Option<&Value>) -> String {
    match text {
        Some(Value::String(words)) => words.clone(),
        Some(Value::Array(pieces)) => pieces
            .iter()
            .filter_map(|piece| piece.as_str().or_else(|| piece.get("text")?.as_str()))
            .collect(),
        _ => String::new(),
    }
}
