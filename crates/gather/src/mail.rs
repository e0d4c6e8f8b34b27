//! A message (`.eml`), or a page saved as one (`.mhtml`).

use crate::document::{Document, digest, some};
use crate::trail::Trail;
use crate::{Problem, html};
use mail_parser::{Encoding, HeaderName, Message, MessageParser, MessagePart, MimeHeaders};

/// The report in a message: its text, or its page where it has no other.
pub(crate) fn document(uri: &str, bytes: &[u8]) -> Result<Document, Problem> {
    let message = parse(bytes)?;
    let saved = is_saved(&message);
    let part = chosen(&message).ok_or(Problem::NoText(""))?;
    let words = part.text_contents().unwrap_or_default();
    let mut document = if part.is_text_html() {
        let mut document = html::page(words);
        let place = message
            .header_raw("Snapshot-Content-Location")
            .or(part.content_location())
            .and_then(some);
        let place = place.filter(|place| place.starts_with("http"));
        document.about.address = document.about.address.or(place);
        document
    } else {
        Document {
            text: words.replace("\r\n", "\n").trim().to_owned(),
            ..Document::default()
        }
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

fn parse(bytes: &[u8]) -> Result<Message<'_>, Problem> {
    let message = MessageParser::default().parse(bytes);
    let message = message.filter(|message| !message.headers().is_empty());
    message.ok_or_else(|| Problem::Broken("message", "it has no headers".into()))
}

/// The page of a message, where it has one.
fn page<'m>(message: &'m Message<'_>) -> Option<&'m MessagePart<'m>> {
    message.html_bodies().find(|part| part.is_text_html())
}

/// Whether it is a page that was saved as a message.
fn is_saved(message: &Message<'_>) -> bool {
    page(message).is_some_and(|page| page.content_location().is_some())
        || message
            .header(HeaderName::Other("Snapshot-Content-Location".into()))
            .is_some()
}

/// The part that is the report.
fn chosen<'m>(message: &'m Message<'_>) -> Option<&'m MessagePart<'m>> {
    let plain = message
        .text_bodies()
        .find(|part| part.is_text() && !part.is_text_html());
    page(message).filter(|_| is_saved(message) || plain.is_none()).or(plain)
}

/// The part of a message that is its report, and the way back from its bytes to the message's.
pub(crate) struct Part {
    /// In words: "part 2 (text/html, base64)".
    pub(crate) place: String,
    pub(crate) is_page: bool,
    pub(crate) charset: Option<String>,
    pub(crate) bytes: Trail,
}

/// Finds it.
pub(crate) fn part(bytes: &[u8]) -> Result<Part, Problem> {
    let message = parse(bytes)?;
    let part = chosen(&message).ok_or(Problem::NoText(""))?;
    let (start, end) = (part.offset_body as usize, part.offset_end as usize);
    let body = bytes.get(start..end).unwrap_or_default();
    let (coding, trail) = match part.encoding {
        Encoding::None => ("as it is", plain(body, start)),
        Encoding::QuotedPrintable => ("quoted-printable", quoted_printable(body, start)),
        Encoding::Base64 => ("base64", base64(body, start)),
    };
    let number = message.parts.iter().position(|own| std::ptr::eq(own, part));
    let name = match number.unwrap_or_default() {
        0 => "the body".to_owned(),
        number => format!("part {number}"),
    };
    let media = if part.is_text_html() { "text/html" } else { "text/plain" };
    let charset = part.content_type().and_then(|kind| kind.attribute("charset"));
    Ok(Part {
        place: format!("{name} ({media}, {coding})"),
        is_page: part.is_text_html(),
        charset: charset.map(str::to_owned),
        bytes: trail,
    })
}

fn plain(body: &[u8], start: usize) -> Trail {
    let mut trail = Trail::default();
    trail.copy(body, start);
    trail
}

/// RFC 2045, 6.7: `=E1` is a byte, and a line's last `=` takes the line's end away. What is neither stays.
fn quoted_printable(body: &[u8], start: usize) -> Trail {
    let mut trail = Trail::default();
    let mut at = 0;
    while at < body.len() {
        let rest = &body[at..];
        if rest[0] != b'=' {
            let length = rest.iter().position(|b| *b == b'=').unwrap_or(rest.len());
            trail.copy(&rest[..length], start + at);
            at += length;
            continue;
        }
        let byte = rest
            .get(1..3)
            .filter(|digits| digits.iter().all(u8::is_ascii_hexdigit))
            .and_then(|digits| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok());
        let space = rest[1..]
            .iter()
            .take_while(|b| matches!(b, b' ' | b'\t' | b'\r'))
            .count();
        if let Some(byte) = byte {
            trail.push(&[byte], start + at..start + at + 3);
            at += 3;
        } else if rest.get(1 + space) == Some(&b'\n') {
            at += space + 2;
        } else {
            trail.copy(b"=", start + at);
            at += 1;
        }
    }
    trail
}

/// RFC 2045, 6.8: four letters are three bytes; what is none of the alphabet is passed over.
fn base64(body: &[u8], start: usize) -> Trail {
    let mut trail = Trail::default();
    let (mut group, mut places) = (0u32, Vec::with_capacity(4));
    let digits = body
        .iter()
        .enumerate()
        .filter_map(|(at, byte)| Some((at, sextet(*byte)?)));
    for (at, digit) in digits {
        group = group << 6 | digit;
        places.push(start + at);
        if places.len() == 4 {
            give(&mut trail, &group.to_be_bytes()[1..], &places);
            (group, places) = (0, Vec::with_capacity(4));
        }
    }
    if places.len() > 1 {
        group <<= 6 * (4 - places.len());
        give(&mut trail, &group.to_be_bytes()[1..places.len()], &places);
    }
    trail
}

/// A group of bytes and where their letters stand: in one row, or with the end of a line between them.
fn give(trail: &mut Trail, bytes: &[u8], places: &[usize]) {
    let (first, last) = (places[0], places[places.len() - 1]);
    if bytes.len() == 3 && last == first + 3 {
        trail.push(bytes, first..last + 1);
        return;
    }
    for (at, byte) in bytes.iter().enumerate() {
        trail.push(&[*byte], places[at]..places[at + 1] + 1);
    }
}

fn sextet(byte: u8) -> Option<u32> {
    let value = match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    };
    Some(value.into())
}

#[cfg(test)]
mod tests {
    use super::{base64, quoted_printable};

    #[test]
    fn transfer_codings_are_undone_with_a_way_back() {
        let body = b"Gi=E1 =\r\nth=  \nu=\xe1 =3D";
        let trail = quoted_printable(body, 100);
        assert_eq!(trail.made(), b"Gi\xe1 thu=\xe1 =");
        assert_eq!(trail.below(2..3), 102..105);
        assert_eq!(trail.below(4..7), 109..116);
        let body = b"R2nDoSB0\r\naHXhu\r\n5Eu";
        let trail = base64(body, 0);
        assert_eq!(trail.text(), "Giá thu\u{1ed1}.");
        let a = trail.text().find('á').unwrap();
        // Bits of its two bytes stand in four letters.
        assert_eq!(&body[trail.below(a..a + 2)], b"nDoS");
        let o = trail.text().find('\u{1ed1}').unwrap();
        assert_eq!(&body[trail.below(o..o + 3)], b"Xhu\r\n5E");
    }
}
