//! XML as a row of pieces, without a tree and without recursion.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::HashMap;

/// A piece of XML. Names come without their prefix.
pub(crate) enum Piece<'x> {
    /// An element begins.
    Open {
        name: &'x str,
        /// The name with its prefix.
        full: &'x str,
        attributes: HashMap<String, String>,
    },
    /// An element ends. An empty one does so at once.
    Close { name: &'x str },
    /// Text with its references read.
    Text(String),
}

/// The pieces of a text, and at the first mistake what it is.
pub(crate) fn pieces(markup: &str) -> impl Iterator<Item = Result<Piece<'_>, String>> {
    let mut reader = Reader::from_str(markup);
    reader.config_mut().check_end_names = false;
    reader.config_mut().allow_unmatched_ends = true;
    let mut closing: Option<&str> = None;
    let mut done = false;
    std::iter::from_fn(move || {
        if done {
            return None;
        }
        if let Some(name) = closing.take() {
            return Some(Ok(Piece::Close { name }));
        }
        loop {
            let begin = reader.buffer_position() as usize;
            let event = reader.read_event();
            let end = reader.buffer_position() as usize;
            let own = |skip: usize| local(markup.get(begin + skip..end).unwrap_or_default());
            match event {
                Ok(Event::Start(start)) => {
                    let (full, name) = own(1);
                    return Some(Ok(Piece::Open {
                        name,
                        full,
                        attributes: attributes(&start),
                    }));
                }
                Ok(Event::Empty(start)) => {
                    let (full, name) = own(1);
                    closing = Some(name);
                    return Some(Ok(Piece::Open {
                        name,
                        full,
                        attributes: attributes(&start),
                    }));
                }
                Ok(Event::End(_)) => return Some(Ok(Piece::Close { name: own(2).1 })),
                Ok(Event::Text(text)) => return Some(Ok(Piece::Text(text.xml10_content().into_owned()))),
                Ok(Event::CData(text)) => return Some(Ok(Piece::Text(text.xml10_content().into_owned()))),
                Ok(Event::GeneralRef(reference)) => return Some(Ok(Piece::Text(refer(&reference)))),
                Ok(Event::Eof) => return None,
                Ok(_) => {}
                Err(error) => {
                    done = true;
                    return Some(Err(error.to_string()));
                }
            }
        }
    })
}

/// What a reference stands for; what is unknown stays, for the repair to read.
fn refer(reference: &quick_xml::events::BytesRef<'_>) -> String {
    if let Ok(Some(c)) = reference.resolve_char_ref() {
        return c.to_string();
    }
    let name: &str = reference;
    match name {
        "lt" => "<".into(),
        "gt" => ">".into(),
        "amp" => "&".into(),
        "quot" => "\"".into(),
        "apos" => "'".into(),
        other => format!("&{other};"),
    }
}

/// The name at the start of a tag's inside, whole and without its prefix.
fn local(tag: &str) -> (&str, &str) {
    let end = tag
        .find(|c: char| c.is_whitespace() || matches!(c, '>' | '/'))
        .unwrap_or(tag.len());
    let full = &tag[..end];
    (full, full.rsplit_once(':').map_or(full, |(_, name)| name))
}

fn attributes(start: &BytesStart<'_>) -> HashMap<String, String> {
    let mut out = HashMap::new();
    for attribute in start.attributes().with_checks(false).flatten() {
        let key: &str = attribute.key.0;
        let value = attribute
            .normalized_value(quick_xml::XmlVersion::Implicit1_0)
            .map_or_else(|_| attribute.value.to_string(), |value| value.into_owned());
        out.insert(key.rsplit_once(':').map_or(key, |(_, key)| key).to_owned(), value);
    }
    out
}
