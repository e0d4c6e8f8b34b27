//! XML as a row of pieces, without a tree and without recursion.

use crate::trail::Trail;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::HashMap;
use std::ops::Range;

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
    placed(markup).map(|piece| piece.map(|(piece, _)| piece))
}

/// The same, each with its bytes.
pub(crate) fn placed(markup: &str) -> impl Iterator<Item = Result<(Piece<'_>, Range<usize>), String>> {
    let mut reader = Reader::from_str(markup);
    reader.config_mut().check_end_names = false;
    reader.config_mut().allow_unmatched_ends = true;
    let mut closing: Option<(&str, Range<usize>)> = None;
    let mut done = false;
    std::iter::from_fn(move || {
        if done {
            return None;
        }
        if let Some((name, place)) = closing.take() {
            return Some(Ok((Piece::Close { name }, place)));
        }
        loop {
            let begin = reader.buffer_position() as usize;
            let event = reader.read_event();
            let end = reader.buffer_position() as usize;
            let own = |skip: usize| local(markup.get(begin + skip..end).unwrap_or_default());
            let piece = match event {
                Ok(Event::Start(start)) => open(own(1), &start),
                Ok(Event::Empty(start)) => {
                    closing = Some((own(1).1, end..end));
                    open(own(1), &start)
                }
                Ok(Event::End(_)) => Piece::Close { name: own(2).1 },
                Ok(Event::Text(text)) => Piece::Text(text.xml10_content().into_owned()),
                Ok(Event::CData(text)) => Piece::Text(text.xml10_content().into_owned()),
                Ok(Event::GeneralRef(reference)) => Piece::Text(refer(&reference)),
                Ok(Event::Eof) => return None,
                Ok(_) => continue,
                Err(error) => {
                    done = true;
                    return Some(Err(error.to_string()));
                }
            };
            return Some(Ok((piece, begin..end)));
        }
    })
}

fn open<'x>((full, name): (&'x str, &'x str), start: &BytesStart<'_>) -> Piece<'x> {
    Piece::Open {
        name,
        full,
        attributes: attributes(start),
    }
}

/// What was read of a piece of text as it stands in the markup, with the way back.
pub(crate) fn keep(trail: &mut Trail, words: &str, markup: &str, place: Range<usize>) {
    let own = markup.get(place.clone()).unwrap_or_default();
    let inside = own.strip_prefix("<![CDATA[").and_then(|own| own.strip_suffix("]]>"));
    let (inside, start) = match inside {
        Some(inside) => (inside, place.start + "<![CDATA[".len()),
        None => (own, place.start),
    };
    if inside == words {
        trail.copy(words.as_bytes(), start);
    } else if inside.replace("\r\n", "\n") == words {
        let mut at = start;
        for line in inside.split_inclusive("\r\n") {
            let bare = line.strip_suffix("\r\n").unwrap_or(line);
            trail.copy(bare.as_bytes(), at);
            if bare.len() < line.len() {
                trail.push(b"\n", at + bare.len()..at + line.len());
            }
            at += line.len();
        }
    } else {
        trail.push(words.as_bytes(), place);
    }
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
