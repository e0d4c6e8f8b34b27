//! A message (`.eml`), or a page saved as one (`.mhtml`).

use crate::document::{Document, digest, some};
use crate::{Problem, html};
use mail_parser::{HeaderName, MessageParser, MimeHeaders};

/// The report in a message: its text, or its page where it has no other.
pub(crate) fn document(uri: &str, bytes: &[u8]) -> Result<Document, Problem> {
    let broken = || Problem::Broken("message", "it has no headers".into());
    let message = MessageParser::default().parse(bytes).ok_or_else(broken)?;
    if message.headers().is_empty() {
        return Err(broken());
    }
    let page = message.html_bodies().find(|part| part.is_text_html());
    let plain = message
        .text_bodies()
        .find(|part| part.is_text() && !part.is_text_html());
    let saved = page.is_some_and(|page| page.content_location().is_some())
        || message
            .header(HeaderName::Other("Snapshot-Content-Location".into()))
            .is_some();
    let mut document = match (page, plain) {
        (Some(page), plain) if saved || plain.is_none() => {
            let mut document = html::page(page.text_contents().unwrap_or_default());
            let place = message
                .header_raw("Snapshot-Content-Location")
                .or(page.content_location())
                .and_then(some);
            let place = place.filter(|place| place.starts_with("http"));
            document.about.address = document.about.address.or(place);
            document
        }
        (_, Some(plain)) => Document {
            text: plain
                .text_contents()
                .unwrap_or_default()
                .replace("\r\n", "\n")
                .trim()
                .to_owned(),
            ..Document::default()
        },
        _ => return Err(Problem::NoText("")),
    };
    if document.text.is_empty() {
        return Err(Problem::NoText(""));
    }
    let from = message.from().and_then(|from| from.first());
    let sender = from
        .and_then(|from| from.name.as_deref().or(from.address.as_deref()))
        .and_then(some);
    if !saved {
        document.about.author = document.about.author.or(sender);
    }
    let sent = message
        .date()
        .map(|date| format!("{:04}-{:02}-{:02}", date.year, date.month, date.day));
    let subject = message.subject().and_then(some);
    Ok(Document {
        id: digest(bytes),
        uri: uri.to_owned(),
        title: document.title.or(subject),
        // A page saved to disk carries the day it was saved.
        published: document
            .published
            .or(sent.filter(|_| !saved).and_then(|day| crate::date(&day).ok())),
        ..document
    })
}
