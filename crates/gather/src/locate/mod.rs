//! The way back: which bytes of a file some words of its report were.
//!
//! 1. the report is found again in its file ([`report`]), and its bytes are read: those of its [`Origin`](crate::Origin), or the whole file;
//! 2. its text is laid over them in layers, each with its way down (`ground`, [`Trail`](crate::trail::Trail));
//! 3. the words are looked for among the letters of the topmost layer (`letters`), and led down.

mod ground;
mod letters;

use crate::bytes::{decode, narrow};
use crate::error::Error;
use crate::{Document, Format, MAX_REPORT, Problem, Source};
use encoding_rs::Encoding;
use ground::Site;
use std::fs::File;
use std::io::{self, BufRead, Read};
use std::ops::Range;

/// Where words stand in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located {
    /// The encoding that the bytes were read in.
    pub encoding: &'static str,
    /// Whether the file is packed: the places are those of what is in it.
    pub packed: bool,
    /// Where the words are. A page may have the same ones in more than one place; then all are here, up to [`MOST_PLACES`].
    pub places: Vec<Stand>,
    /// The bytes of the first place, in the words' encoding; none of a PDF, which draws its words.
    pub bytes: Vec<u8>,
}

/// One place of words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stand {
    /// What in the file they are in, from the outermost to the innermost: "record 3", "part 2 (text/html, base64)", "word/document.xml", "page 3".
    pub within: Vec<String>,
    /// Where in the innermost of these, unpacked, in bytes: where it has bytes of its own.
    pub part: Option<Range<usize>>,
    /// Where in the file, in bytes from its start: where they stand there without being packed.
    pub file: Option<Range<usize>>,
}

/// The most places that are told.
pub const MOST_PLACES: usize = 10;

/// A report of a file: the one whose [`Document::id`] or [`Document::uri`] is `wanted`, or the only one.
///
/// ```
/// use counterclaim_gather::{locate, report};
///
/// let path = std::env::temp_dir().join("counterclaim-example.csv");
/// std::fs::write(&path, "url,text\nhttps://a.example/1,Denied.\nhttps://a.example/2,\"He said \"\"no\"\".\"\n").unwrap();
/// let path = path.to_str().unwrap();
/// let document = report(path, None, Some("https://a.example/2")).unwrap();
/// let found = locate(path, None, &document, 8..12).unwrap();
/// let file = std::fs::read(path).unwrap();
/// assert_eq!(found.places[0].within, ["line 3"]);
/// assert_eq!(&file[found.places[0].file.clone().unwrap()], b"\"\"no\"\"");
/// assert!(report(path, None, None).is_err(), "it holds two");
/// # std::fs::remove_file(path).unwrap();
/// ```
pub fn report(path: &str, format: Option<Format>, wanted: Option<&str>) -> Result<Document, Error> {
    let source = Source::open(path, format)?;
    let many = source.format().holds_many();
    let mut documents = source.documents();
    let Some(wanted) = wanted else {
        let first = documents.next().ok_or_else(|| Problem::Empty.of(path))??;
        return if many && documents.next().is_some() {
            Err(Problem::NoWay("it holds many reports: name one by its document.id or address with --report").of(path))
        } else {
            Ok(first)
        };
    };
    documents
        .filter_map(Result::ok)
        .find(|document| document.id == wanted || document.uri == wanted)
        .ok_or_else(|| Problem::NoWay("none of its reports has that document.id or address").of(path))
}

/// Finds the bytes of a stretch of a document's text, in code points of [`Document::text`] as this crate gives it, before any repair. Of plain text every
/// character leads back to its bytes; elsewhere the words are looked for as near to their lines as the format allows, and led back through all that they were
/// wrapped in. Where they are packed away, the part of the file that they are in is told with their bytes in that.
pub fn locate(
    path: &str,
    format: Option<Format>,
    document: &Document,
    stretch: Range<usize>,
) -> Result<Located, Error> {
    find(path, format, document, stretch).map_err(|problem| problem.of(path))
}

fn find(path: &str, format: Option<Format>, document: &Document, stretch: Range<usize>) -> Result<Located, Problem> {
    let source = Source::open(path, format).map_err(|error| error.problem)?;
    let format = source.format();
    if format == Format::Wacz {
        return Err(Problem::NoWay("it is an archive of archives: unpack it, and ask those"));
    }
    let origin = document.origin.as_ref();
    let (bytes, wide) = match origin {
        None => (read(source.unpacked())?, None),
        Some(origin) => {
            let mut from = source.unpacked();
            let wide = Encoding::for_bom(from.fill_buf()?).is_some_and(|(_, mark)| mark == 2);
            let mut from = narrow(from)?;
            io::copy(&mut from.by_ref().take(origin.bytes.start), &mut io::sink())?;
            let length = origin.bytes.end - origin.bytes.start;
            (read(from.take(length))?, Some(wide).filter(|wide| *wide))
        }
    };
    let site = Site {
        document,
        origin,
        format,
        charset: None,
        within: Vec::new(),
        at: Some(origin.map_or(0, |origin| origin.bytes.start)),
    };
    let (mut places, encoding, shown) = site.find(&bytes, stretch)?;
    if wide.is_some() {
        let source = Source::open(path, Some(format)).map_err(|error| error.problem)?;
        widen(&read(source.unpacked())?, &mut places);
    }
    Ok(Located {
        encoding: encoding.name(),
        packed: is_packed(path)?,
        places,
        bytes: shown,
    })
}

/// Files of many in UTF-16 are read as if they were in UTF-8: the places in it are led back to those in the file.
fn widen(bytes: &[u8], places: &mut [Stand]) {
    let decoded = decode(bytes, None);
    let points = |end: usize| decoded.text.get(..end).unwrap_or(&decoded.text).chars().count();
    for place in places.iter_mut().filter_map(|place| place.file.as_mut()) {
        *place = bytes_of(bytes, decoded.encoding, points(place.start)..points(place.end));
    }
}

/// Whether a file begins as packed ones do.
fn is_packed(path: &str) -> io::Result<bool> {
    let mut head = Vec::new();
    File::open(path)?.take(4).read_to_end(&mut head)?;
    Ok(head.starts_with(b"\x1F\x8B") || head.starts_with(b"\x28\xB5\x2F\xFD"))
}

fn read(from: impl Read) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    from.take(MAX_REPORT as u64 + 1).read_to_end(&mut bytes)?;
    if bytes.len() > MAX_REPORT {
        Err(Problem::TooLong)
    } else {
        Ok(bytes)
    }
}

/// The bytes that a stretch of the decoded text was made of, in code points. The decoder is fed byte by byte: what comes out was made of what went in since
/// something came out last. So characters share their bytes only where bytes were wrong.
fn bytes_of(bytes: &[u8], encoding: &'static Encoding, stretch: Range<usize>) -> Range<usize> {
    let mark = Encoding::for_bom(bytes).map_or(0, |(_, length)| length);
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut out = [0; 64];
    let (mut points, mut begin) = (0, mark);
    let mut found = bytes.len()..bytes.len();
    for at in mark..=bytes.len() {
        let piece = bytes.get(at..at + 1).unwrap_or_default();
        let (_, _, written, _) = decoder.decode_to_utf8(piece, &mut out, piece.is_empty());
        // Characters begin with other bytes than those that go on.
        let come = out[..written].iter().filter(|b| **b & 0xc0 != 0x80).count();
        if come == 0 {
            continue;
        }
        let end = (at + 1).min(bytes.len());
        if points < stretch.end && points + come > stretch.start {
            found.start = found.start.min(begin);
            found.end = end;
        }
        points += come;
        begin = end;
        if points >= stretch.end {
            break;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::bytes_of;
    use crate::bytes::decode;
    use encoding_rs::{BIG5, Encoding, GBK, ISO_2022_JP, SHIFT_JIS, UTF_8, WINDOWS_1251, WINDOWS_1258};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_character_leads_back_to_its_bytes(text in "[a-z \n]{0,8}[áàôúđбгд中国の日]{0,30}[a-z.]{1,8}", number in 0..7usize) {
            let encoding: &'static Encoding =
                [UTF_8, WINDOWS_1251, WINDOWS_1258, GBK, SHIFT_JIS, BIG5, ISO_2022_JP][number];
            let text: String = text.chars().filter(|c| !encoding.encode(&c.to_string()).2).collect();
            let (bytes, _, _) = encoding.encode(&text);
            let mut end = 0;
            for (at, c) in text.chars().enumerate() {
                let place = bytes_of(&bytes, encoding, at..at + 1);
                prop_assert!(place.start == end && place.end > end, "{place:?} behind {end}");
                end = place.end;
                if encoding != ISO_2022_JP {
                    prop_assert_eq!(encoding.decode_without_bom_handling(&bytes[place]).0, c.to_string());
                }
            }
        }

        #[test]
        fn wrong_bytes_lead_back_too(bytes in proptest::collection::vec(any::<u8>(), 1..40)) {
            let decoded = decode(&bytes, None);
            let points = decoded.text.chars().count();
            let (mut start, mut end) = (0, 0);
            for at in 0..points {
                let place = bytes_of(&bytes, decoded.encoding, at..at + 1);
                prop_assert!(place.start >= start && place.end >= end && place.end <= bytes.len());
                (start, end) = (place.start, place.end);
            }
            prop_assert!(points == 0 || bytes_of(&bytes, decoded.encoding, 0..points).end == end);
        }
    }

    #[test]
    fn utf_16_and_marks_lead_back() {
        let bytes: Vec<u8> = "\u{feff}Bộ 𝄞".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let decoded = decode(&bytes, None);
        assert_eq!(bytes_of(&bytes, decoded.encoding, 1..2), 4..6);
        assert_eq!(bytes_of(&bytes, decoded.encoding, 3..4), 8..12);
    }
}
