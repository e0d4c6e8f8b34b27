//! The way back: which bytes of a file some words of its report were.

use crate::bytes::decode;
use crate::document::digest;
use crate::error::Error;
use crate::html;
use crate::unpack::unpack;
use crate::{Format, MAX_REPORT, Problem, Source};
use encoding_rs::Encoding;
use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::ops::Range;

/// Where words stand in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located {
    /// `sha256:` and the digest of the file's bytes, unpacked: the document's id.
    pub id: String,
    /// The encoding that the bytes were read in.
    pub encoding: &'static str,
    /// Whether the file is packed: the places are those of what is in it.
    pub packed: bool,
    /// Where the bytes are, from the start of the file. A page may have the same words in more than one place; then all are here, up to [`MOST_PLACES`].
    pub places: Vec<Range<usize>>,
    /// The bytes of the first place.
    pub bytes: Vec<u8>,
}

/// The most places that are told.
pub const MOST_PLACES: usize = 10;

/// Finds the bytes of a stretch of a document's text, in code points of [`Document::text`](crate::Document::text) as this crate gives it, before any repair. Of plain
/// text every character leads back to its bytes; in a page or Markdown the words are looked for between the marks; of other formats only the digest leads
/// back, which is told as an error.
pub fn locate(path: &str, format: Option<Format>, stretch: Range<usize>) -> Result<Located, Error> {
    find(path, format, stretch).map_err(|problem| problem.of(path))
}

fn find(path: &str, format: Option<Format>, stretch: Range<usize>) -> Result<Located, Problem> {
    let source = Source::open(path, format).map_err(|error| error.problem)?;
    let format = source.format();
    if format.holds_many() {
        return Err(Problem::NoWay(
            "it holds many reports, and what leads back is the digest of each",
        ));
    }
    if matches!(format, Format::Docx | Format::Pdf | Format::Mail) {
        return Err(Problem::NoWay(
            "its text is packed away in it, and what leads back is the digest of the file",
        ));
    }
    let raw = read(Box::new(File::open(path)?))?;
    let bytes = read(unpack(Box::new(BufReader::new(io::Cursor::new(raw.clone()))))?)?;
    let declared = if format == Format::Html {
        crate::bytes::declared(&bytes)
    } else {
        None
    };
    let decoded = decode(&bytes, declared.as_deref());
    let found = if format == Format::Text {
        vec![stretch]
    } else {
        let document = source
            .documents()
            .next()
            .ok_or(Problem::Empty)?
            .map_err(|error| error.problem)?;
        let words: Vec<char> = document.text.chars().skip(stretch.start).take(stretch.len()).collect();
        places_of(&words, &decoded.text, format == Format::Html)
    };
    if found.is_empty() {
        return Err(Problem::NoWay("the words do not stand in it as one piece"));
    }
    let place = |points| bytes_of(&bytes, decoded.encoding, points);
    let places: Vec<Range<usize>> = found.into_iter().map(place).collect();
    Ok(Located {
        id: digest(&bytes),
        encoding: decoded.encoding.name(),
        packed: raw != bytes,
        bytes: bytes[places[0].clone()].to_vec(),
        places,
    })
}

fn read(from: Box<dyn Read>) -> Result<Vec<u8>, Problem> {
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

/// Where words stand in a decoded file, in code points, whatever white space and, in a page, tags stand between their letters.
fn places_of(words: &[char], text: &str, page: bool) -> Vec<Range<usize>> {
    let wanted: Vec<char> = words.iter().copied().filter(|c| !c.is_whitespace()).collect();
    let mut search = Search::of(wanted);
    let mut found = Vec::new();
    if !page {
        for (at, c) in text.chars().enumerate() {
            found.extend(search.take(c, at..at + 1));
        }
        found.truncate(MOST_PLACES);
        return found;
    }
    let mut points = 0;
    let mut counted = 0;
    for piece in html::pieces(text) {
        let piece_start = points + text[counted..piece.start].chars().count();
        let mut at = piece_start;
        let mut rest = &text[piece.clone()];
        while let Some(c) = rest.chars().next() {
            let (letters, length) = reference(rest).unwrap_or_else(|| (c.to_string(), c.len_utf8()));
            let own = rest[..length].chars().count();
            for letter in letters.chars() {
                found.extend(search.take(letter, at..at + own));
            }
            at += own;
            rest = &rest[length..];
        }
        (points, counted) = (at, piece.end);
    }
    found.truncate(MOST_PLACES);
    found
}

/// The characters that a reference at the start stands for, and its length.
fn reference(text: &str) -> Option<(String, usize)> {
    if !text.starts_with('&') {
        return None;
    }
    let length = 1 + text.bytes().take(33).position(|b| b == b';')?;
    let letters = html::unescape(&text[..length]);
    (letters != text[..length]).then_some((letters, length))
}

/// Looks for letters in a stream of them (Knuth, Morris and Pratt), and knows where each of the last ones stood.
struct Search {
    wanted: Vec<char>,
    /// How much of the wanted is met again at each place of itself.
    back: Vec<usize>,
    met: usize,
    places: VecDeque<Range<usize>>,
}

impl Search {
    fn of(wanted: Vec<char>) -> Search {
        let mut back = vec![0; wanted.len()];
        let mut met = 0;
        for at in 1..wanted.len() {
            while met > 0 && wanted[at] != wanted[met] {
                met = back[met - 1];
            }
            met += usize::from(wanted[at] == wanted[met]);
            back[at] = met;
        }
        Search {
            wanted,
            back,
            met: 0,
            places: VecDeque::new(),
        }
    }

    /// Takes the next letter; gives the whole place when it is the last of the wanted.
    fn take(&mut self, c: char, place: Range<usize>) -> Option<Range<usize>> {
        if c.is_whitespace() || self.wanted.is_empty() {
            return None;
        }
        let end = place.end;
        self.places.push_back(place);
        if self.places.len() > self.wanted.len() {
            self.places.pop_front();
        }
        while self.met > 0 && c != self.wanted[self.met] {
            self.met = self.back[self.met - 1];
        }
        self.met += usize::from(c == self.wanted[self.met]);
        if self.met < self.wanted.len() {
            return None;
        }
        self.met = self.back[self.met - 1];
        self.places.front().map(|first| first.start..end)
    }
}

#[cfg(test)]
mod tests {
    use super::{bytes_of, locate, places_of};
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

    #[test]
    fn words_of_a_page_are_found_between_its_tags() {
        let page = "<title>No</title><script>var a = 'said no'</script><p>He <b>said</b>\n&#110;&ocirc;&nbsp;twice.</p><p>said nô</p>";
        let words: Vec<char> = "said nô".chars().collect();
        let found = places_of(&words, page, true);
        let told: Vec<String> = found
            .iter()
            .map(|place| page.chars().skip(place.start).take(place.len()).collect())
            .collect();
        assert_eq!(told, ["said</b>\n&#110;&ocirc;", "said nô"]);
    }

    #[test]
    fn files_lead_back_or_say_why_not() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, bytes: &[u8]| {
            let path = folder.path().join(name);
            std::fs::write(&path, bytes).unwrap();
            path.to_str().unwrap().to_owned()
        };
        let (russian, _, _) = WINDOWS_1251.encode("Министерство отрицает удар по городу");
        let text = locate(&write("a.txt", &russian), None, 13..21).unwrap();
        assert_eq!(
            (text.encoding, text.places.first(), &text.bytes[..]),
            ("windows-1251", Some(&(13..21)), &russian[13..21])
        );
        let page =
            "<html><head><title>Denial</title></head><body><p>The ministry <i>denied</i> the strike.</p></body></html>";
        let page = locate(&write("a.html", page.as_bytes()), None, 4..19).unwrap();
        assert_eq!(page.bytes, b"ministry <i>denied");
        let told = |name: &str, bytes: &[u8]| locate(&write(name, bytes), None, 0..1).unwrap_err().to_string();
        assert!(told("a.jsonl", b"{\"text\": \"a\"}\n").contains("it holds many reports"));
        assert!(told("a.pdf", b"%PDF-1.4").contains("what leads back is the digest of the file"));
    }
}
