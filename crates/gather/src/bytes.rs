//! Bytes to text: which encoding they are in.
//!
//! A byte order mark decides, then whether the bytes are UTF-8, whatever is declared; then what is declared, unless its bytes speak against it; then what the bytes
//! look like.

use crate::{MAX_REPORT, Problem};
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, WINDOWS_1258};
use std::io::{BufRead, Cursor, Read};

/// A text and the encoding that its bytes were read in.
#[derive(Debug)]
pub(crate) struct Decoded {
    pub(crate) text: String,
    pub(crate) encoding: &'static Encoding,
}

impl Decoded {
    /// The encoding's name where it is worth telling.
    pub(crate) fn charset(&self) -> Option<&'static str> {
        (self.encoding != UTF_8).then(|| self.encoding.name())
    }
}

/// Reads bytes that are text, in the encoding that they are in. `declared` is what a header, a mark in the text or a person says.
pub(crate) fn decode(bytes: &[u8], declared: Option<&str>) -> Decoded {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return with(encoding, &bytes[mark..]);
    }
    if let Some(encoding) = without_mark(bytes) {
        return with(encoding, bytes);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Decoded {
            text: text.to_owned(),
            encoding: UTF_8,
        };
    }
    if is_nearly_utf8(bytes) {
        return with(UTF_8, bytes);
    }
    let declared = declared.and_then(|label| Encoding::for_label(label.trim().as_bytes()));
    match declared.filter(|&encoding| encoding != UTF_8) {
        Some(encoding)
            if encoding == WINDOWS_1258
                && refers_to_vietnamese(bytes)
                && (guess(bytes) == WINDOWS_1252 || has_stray_marks(bytes)) =>
        {
            // Letters that windows-1252 lacks stand as references, so the others are of windows-1252.
            with(WINDOWS_1252, bytes)
        }
        Some(encoding) => {
            let (text, bad) = encoding.decode_without_bom_handling(bytes);
            if bad {
                with(guess(bytes), bytes)
            } else {
                let text = text.into_owned();
                Decoded { text, encoding }
            }
        }
        None => with(guess(bytes), bytes),
    }
}

/// The encoding of a text whose beginning is known, where that is not UTF-8: what its parts are to be read in, each too short to tell.
pub(crate) fn of_head(head: &[u8]) -> Option<&'static str> {
    let plain = std::str::from_utf8(head).is_ok() || is_nearly_utf8(head);
    (!plain).then(|| guess(head).name())
}

/// A stream in UTF-16, known by its mark, as one in UTF-8: it is held as a whole. All others come as they are.
pub(crate) fn narrow(mut from: Box<dyn BufRead>) -> Result<Box<dyn BufRead>, Problem> {
    let head = from.fill_buf()?;
    if !head.starts_with(b"\xFF\xFE") && !head.starts_with(b"\xFE\xFF") {
        return Ok(from);
    }
    let mut bytes = Vec::new();
    from.take(MAX_REPORT as u64 + 1).read_to_end(&mut bytes)?;
    if bytes.len() > MAX_REPORT {
        return Err(Problem::TooLong);
    }
    Ok(Box::new(Cursor::new(decode(&bytes, None).text.into_bytes())))
}

fn with(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    Decoded {
        text: text.into_owned(),
        encoding,
    }
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// UTF-16 without its mark: every other byte is nought in most texts of the world.
fn without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(4096) & !1];
    let zeros = |from: usize| head.iter().skip(from).step_by(2).filter(|b| **b == 0).count();
    let (even, odd, pairs) = (zeros(0), zeros(1), head.len() / 2);
    if pairs < 8 {
        None
    } else if odd * 5 > pairs * 2 && even * 20 < pairs {
        Some(UTF_16LE)
    } else if even * 5 > pairs * 2 && odd * 20 < pairs {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Whether it is UTF-8 that was cut in mid-character, or spoilt in a few places.
fn is_nearly_utf8(bytes: &[u8]) -> bool {
    // A cut leaves the rest of a character in front, and the beginning of one behind.
    let rest = bytes.iter().take(3).take_while(|b| **b & 0xc0 == 0x80).count();
    let (mut whole, mut broken, mut behind) = (0usize, 0usize, bytes.len() - rest);
    for chunk in bytes[rest..].utf8_chunks() {
        whole += chunk.valid().bytes().filter(|b| *b >= 0xc2).count();
        behind -= chunk.valid().len() + chunk.invalid().len();
        let cut = behind == 0 && std::str::from_utf8(chunk.invalid()).is_err_and(|e| e.error_len().is_none());
        broken += usize::from(!chunk.invalid().is_empty() && !cut);
    }
    whole > 0 && broken * 20 <= whole
}

/// Whether there are references to letters that only Vietnamese has: `&#7897;`, `&#x1ED9;`.
fn refers_to_vietnamese(bytes: &[u8]) -> bool {
    bytes
        .windows(2)
        .enumerate()
        .filter(|(_, pair)| *pair == b"&#")
        .any(|(at, _)| {
            let rest = &bytes[at + 2..bytes.len().min(at + 8)];
            let (rest, radix) = match rest {
                [b'x' | b'X', rest @ ..] => (rest, 16),
                _ => (rest, 10),
            };
            let end = rest.iter().position(|b| !b.is_ascii_hexdigit()).unwrap_or(rest.len());
            let number = std::str::from_utf8(&rest[..end])
                .ok()
                .and_then(|digits| u32::from_str_radix(digits, radix).ok());
            matches!(
                number,
                Some(0x1ea0..=0x1ef9 | 0x110 | 0x111 | 0x1a0 | 0x1a1 | 0x1af | 0x1b0)
            )
        })
}

/// Whether windows-1258 would put tone marks on consonants: its marks are letters of windows-1252.
fn has_stray_marks(bytes: &[u8]) -> bool {
    let (text, _) = WINDOWS_1258.decode_without_bom_handling(bytes);
    let mut before = ' ';
    text.chars().any(|c| {
        let mark = matches!(c, '\u{300}'..='\u{323}');
        let vowel = matches!(before.to_ascii_lowercase(), 'a' | 'e' | 'i' | 'o' | 'u' | 'y') || !before.is_ascii();
        before = c;
        mark && !vowel
    })
}

/// The encoding that markup declares near its start: `charset=…` of a `meta`, `encoding="…"` of an XML declaration.
pub(crate) fn declared(bytes: &[u8]) -> Option<String> {
    let head = bytes[..bytes.len().min(4096)].to_ascii_lowercase();
    let after = |name: &[u8]| {
        let mut rest = &head[..];
        while let Some(at) = find(rest, name) {
            rest = &rest[at + name.len()..];
            if let [b'=', value @ ..] = rest.trim_ascii_start() {
                let value = value.trim_ascii_start();
                let value = value
                    .strip_prefix(b"\"")
                    .or(value.strip_prefix(b"'"))
                    .unwrap_or(value)
                    .trim_ascii_start();
                let is_part = |b: &&u8| b.is_ascii_alphanumeric() || matches!(**b, b'-' | b'_' | b':');
                let label: Vec<u8> = value.iter().take_while(is_part).copied().collect();
                return String::from_utf8(label).ok().filter(|label| !label.is_empty());
            }
        }
        None
    };
    if head.starts_with(b"<?xml")
        && let Some(label) = after(b"encoding")
    {
        return Some(label);
    }
    after(b"charset")
}

/// Where one run of bytes first stands in another.
pub(crate) fn find(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    bytes.windows(needle.len()).position(|window| window == needle)
}

#[cfg(test)]
mod tests {
    use super::{declared, decode};

    fn read(bytes: &[u8], declared: Option<&str>) -> (String, &'static str) {
        let decoded = decode(bytes, declared);
        (decoded.text, decoded.encoding.name())
    }

    const VI: &str = "Bộ trưởng nói hai bên đã ngừng bắn từ sáng và không có thương vong.";

    #[test]
    fn utf8_is_told_from_what_is_declared() {
        assert_eq!(read(VI.as_bytes(), Some("windows-1258")), (VI.into(), "UTF-8"));
        assert_eq!(read(b"\xEF\xBB\xBFok", Some("latin1")), ("ok".into(), "UTF-8"));
        let cut = &VI.as_bytes()[2..VI.find("thương").unwrap() + 3];
        let (text, encoding) = read(cut, None);
        assert_eq!(encoding, "UTF-8");
        assert!(text.starts_with('\u{fffd}') && text.ends_with('\u{fffd}'), "{text}");
    }

    #[test]
    fn utf16_is_read_with_and_without_its_mark() {
        let le: Vec<u8> = "The ministry denied it."
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(read(&le, None), ("The ministry denied it.".into(), "UTF-16LE"));
        let be: Vec<u8> = "\u{feff}The ministry denied it."
            .encode_utf16()
            .flat_map(u16::to_be_bytes)
            .collect();
        assert_eq!(read(&be, None), ("The ministry denied it.".into(), "UTF-16BE"));
    }

    #[test]
    fn what_is_declared_is_believed_unless_the_bytes_speak_against_it() {
        let (ru, _, _) = encoding_rs::WINDOWS_1251.encode("Министерство отрицает удар по городу");
        assert_eq!(read(&ru, Some("windows-1251")).1, "windows-1251");
        assert_eq!(
            read(&ru, None),
            ("Министерство отрицает удар по городу".into(), "windows-1251")
        );
        assert_eq!(read(&ru, Some("utf-8")).1, "windows-1251");
    }

    #[test]
    fn a_page_of_references_that_declares_1258_is_1252() {
        let page = "B&#7897; Qu\u{e1}c ph\u{f2}ng n\u{f3}i t\u{ec}nh h\u{ec}nh \u{111}\u{e3} y\u{ea}n";
        let bytes: Vec<u8> = page.replace('\u{111}', "&#273;").chars().map(|c| c as u8).collect();
        let (text, encoding) = read(&bytes, Some("windows-1258"));
        assert_eq!(encoding, "windows-1252");
        assert!(text.contains("tình hình"), "{text}");
        // Without references it is what it says.
        let (bytes, _, _) = encoding_rs::WINDOWS_1258.encode("hai bên đa\u{303} ngư\u{300}ng");
        let bytes = [&b"<p>"[..], &bytes].concat();
        assert_eq!(read(&bytes, Some("windows-1258")).1, "windows-1258");
    }

    #[test]
    fn declarations_are_found() {
        assert_eq!(declared(b"<html><meta charset=utf-8>").as_deref(), Some("utf-8"));
        let old = b"<meta http-equiv='Content-Type' content='text/html; charset = \"Windows-1258\"'>";
        assert_eq!(declared(old).as_deref(), Some("windows-1258"));
        assert_eq!(
            declared(b"<?xml version='1.0' encoding='KOI8-R'?>").as_deref(),
            Some("koi8-r")
        );
        assert_eq!(declared(b"no charset here"), None);
    }
}
