//! JSON with a list of reports in it: JSON Feed, the export of Telegram Desktop, or a list of what a line of JSON lines would be.

use crate::document::{Document, Form, Origin, digest, some};
use crate::error::{Error, Place};
use crate::scan::{Entries, Entry, Objects};
use crate::trail::Trail;
use crate::{Problem, date, html};
use serde_json::{Map, Value};
use std::io::BufRead;
use std::ops::Range;

/// Names of the lists that hold reports. The one without a name is the whole file.
const LISTS: &[&str] = &["messages", "items", "articles", "documents", ""];

/// The name of the markup that is a report, and of texts that are.
pub(crate) const MARKUP: &str = "content_html";
const PLAIN: [&str; 5] = ["content_text", "text", "body", "content", "summary"];

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
    let markup = text(MARKUP).map(html::fragment).filter(|text| !text.is_empty());
    let field = if telegram {
        "text"
    } else if markup.is_some() {
        MARKUP
    } else {
        PLAIN.into_iter().find(|name| text(name).is_some()).unwrap_or_default()
    };
    let mut document = Document {
        id: digest(&entry.bytes),
        origin: Some(Origin {
            place: format!("entry {number}"),
            bytes: entry.offset..entry.offset + entry.bytes.len() as u64,
            form: Form::Object(field),
        }),
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
        document.text = markup.or_else(|| text(field).map(str::to_owned)).unwrap_or_default();
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

/// The strings of an object that stand under a name, in a list there, or as the text of the list's objects, with the way back to the object's bytes.
pub(crate) fn strings(object: &[u8], name: &str) -> Trail {
    let mut trail = Trail::default();
    // Whether each that is open is a list, and the names under which the last string stands: in the object itself, and in the innermost one.
    let mut open: Vec<bool> = Vec::new();
    let (mut outer, mut inner) = (false, String::new());
    let mut at = 0;
    while let Some(byte) = object.get(at) {
        match byte {
            b'{' | b'[' => open.push(*byte == b'['),
            b'}' | b']' => {
                open.pop();
            }
            b'"' => {
                let inside = at + 1..at + 1 + inside(&object[at + 1..]);
                at = inside.end;
                let behind = object[(at + 1).min(object.len())..].trim_ascii_start();
                if behind.starts_with(b":") && open.last() == Some(&false) {
                    let mut key = Trail::default();
                    unescape(&mut key, object, inside);
                    inner = key.text();
                    if open.len() == 1 {
                        outer = inner == name;
                    }
                } else if outer && (open.len() == 1 || open.last() == Some(&true) || inner == "text") {
                    unescape(&mut trail, object, inside);
                }
            }
            _ => {}
        }
        at += 1;
    }
    trail
}

/// The length of a string from behind its first quotation mark to its last.
fn inside(rest: &[u8]) -> usize {
    let mut at = 0;
    while at < rest.len() && rest[at] != b'"' {
        at += if rest[at] == b'\\' { 2 } else { 1 };
    }
    at.min(rest.len())
}

/// Adds a string without its escapes.
fn unescape(trail: &mut Trail, object: &[u8], string: Range<usize>) {
    let mut at = string.start;
    while at < string.end {
        let rest = &object[at..string.end];
        let plain = rest.iter().position(|b| *b == b'\\').unwrap_or(rest.len());
        if plain > 0 {
            trail.copy(&rest[..plain], at);
            at += plain;
            continue;
        }
        // A character beyond the first plane is written as two escapes.
        let length = match rest {
            [_, b'u', b'd' | b'D', b'8' | b'9' | b'a' | b'b' | b'A' | b'B', ..] => 12,
            [_, b'u', ..] => 6,
            _ => 2,
        };
        let escape = &rest[..length.min(rest.len())];
        let quoted = [b"\"", escape, b"\""].concat();
        let letters: String = serde_json::from_slice(&quoted).unwrap_or_default();
        trail.push(letters.as_bytes(), at..at + escape.len());
        at += escape.len();
    }
}

#[cfg(test)]
mod tests {
    use super::strings;

    #[test]
    fn strings_under_a_name_lead_back() {
        let object = br#"{"type": "text", "from": {"text": "no"}, "text": ["H\u1ed9i \"x\" ", {"type": "bold", "text": "\ud83d\ude00"}, "!"], "body": "no"}"#;
        let trail = strings(object, "text");
        assert_eq!(trail.text(), "Hội \"x\" 😀!");
        let told = |letter: char| {
            let at = trail.text().find(letter).unwrap();
            String::from_utf8_lossy(&object[trail.below(at..at + letter.len_utf8())]).into_owned()
        };
        assert_eq!(
            ['H', 'ộ', '"', '😀', '!'].map(told),
            ["H", r"\u1ed9", r#"\""#, r"\ud83d\ude00", "!"]
        );
        assert_eq!(strings(object, "body").text(), "no");
    }
}
