//! The text of a PDF.

use crate::document::{Document, digest, some};
use crate::{Problem, date, quiet, unpack};
use pdf_extract::xref::XrefEntry;
use pdf_extract::{Dictionary, Object};

/// What all streams of a PDF may unpack to.
const MOST: usize = 256 << 20;

/// The report in a PDF: its lines joined to paragraphs, and what its properties say.
pub(crate) fn document(uri: &str, bytes: &[u8]) -> Result<Document, Problem> {
    let broken = |why: &str| Problem::Broken("PDF", why.to_owned());
    bound(bytes)?;
    let pdf =
        quiet::catch(|| pdf_extract::Document::load_mem(bytes)).ok_or_else(|| broken("its structure is damaged"))?;
    let pdf = pdf.map_err(|e| broken(&e.to_string()))?;
    let mut document = Document {
        id: digest(bytes),
        uri: uri.to_owned(),
        ..Document::default()
    };
    let info = pdf
        .trailer
        .get(b"Info")
        .and_then(|info| pdf.dereference(info))
        .ok()
        .and_then(|(_, info)| info.as_dict().ok());
    if let Some(info) = info {
        document.title = told(info, b"Title");
        document.about.author = told(info, b"Author");
        document.published = told(info, b"CreationDate").and_then(|words| day(&words));
        document.about.modified = told(info, b"ModDate").and_then(|words| day(&words));
    }
    drop(pdf);
    let text = quiet::catch(|| pdf_extract::extract_text_from_mem(bytes))
        .ok_or_else(|| broken("its fonts or pages are damaged"))?;
    document.text = paragraphs(&text.map_err(|e| broken(&e.to_string()))?);
    if document.text.is_empty() {
        return Err(Problem::NoText(
            ", perhaps only pictures of it: have the letters in them read (OCR) first",
        ));
    }
    Ok(document)
}

/// A page: the object of it, with where in the file that begins where the file tells, and its text.
pub(crate) struct Page {
    pub(crate) place: String,
    pub(crate) text: String,
}

/// The pages of a PDF.
pub(crate) fn pages(bytes: &[u8]) -> Result<Vec<Page>, Problem> {
    let broken = |why: &str| Problem::Broken("PDF", why.to_owned());
    bound(bytes)?;
    let damaged = || broken("its fonts or pages are damaged");
    let texts = quiet::catch(|| pdf_extract::extract_text_from_mem_by_pages(bytes)).ok_or_else(damaged)?;
    let texts = texts.map_err(|e| broken(&e.to_string()))?;
    let pdf = quiet::catch(|| pdf_extract::Document::load_mem(bytes)).ok_or_else(damaged)?;
    let pdf = pdf.map_err(|e| broken(&e.to_string()))?;
    let objects = pdf.get_pages();
    let place = |number: u32| {
        let object = objects.get(&number).map(|(object, generation)| {
            let begins = match pdf.reference_table.get(*object) {
                Some(XrefEntry::Normal { offset, .. }) => format!(" at byte {offset}"),
                _ => String::new(),
            };
            format!(" (object {object} {generation}{begins})")
        });
        format!("page {number}{}", object.unwrap_or_default())
    };
    let page = |(number, text)| Page {
        place: place(number),
        text,
    };
    Ok((1..).zip(texts).map(page).collect())
}

/// The letters of lines, without the hyphens of words that are whole again in a paragraph.
pub(crate) fn letters(text: &str) -> impl Iterator<Item = char> {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty()).peekable();
    std::iter::from_fn(move || {
        let line = lines.next()?;
        let goes_on = lines.peek().is_some_and(|next| next.starts_with(char::is_lowercase));
        Some(cut(line).filter(|_| goes_on).unwrap_or(line))
    })
    .flat_map(str::chars)
    .filter(|c| !c.is_whitespace())
}

/// A line without the hyphen at its end, where a word may go on in the next.
fn cut(line: &str) -> Option<&str> {
    line.strip_suffix(['-', '\u{ad}'])
        .filter(|cut| cut.ends_with(char::is_lowercase))
}

/// Refuses what would unpack beyond all measure, before anybody unpacks it as a whole.
fn bound(bytes: &[u8]) -> Result<(), Problem> {
    let (mut rest, mut left) = (bytes, MOST);
    while let Some(at) = crate::bytes::find(rest, b"stream") {
        let ends = rest[..at].ends_with(b"end");
        rest = &rest[at + 6..];
        if ends {
            continue;
        }
        let data = rest.strip_prefix(b"\r\n").or(rest.strip_prefix(b"\n")).unwrap_or(rest);
        // Streams of other filters are not zlib's, and break off at once.
        if !matches!(data, [first, second, ..] if first & 0x0f == 8 && (u16::from(*first) << 8 | u16::from(*second)) % 31 == 0)
        {
            continue;
        }
        let mut counted = CountTo(left);
        let _ = std::io::copy(&mut flate2::bufread::ZlibDecoder::new(data), &mut counted);
        left = counted.0;
        if left == 0 {
            return Err(Problem::Bomb(unpack::TIMES));
        }
    }
    Ok(())
}

/// Takes so many bytes and no more.
struct CountTo(usize);

impl std::io::Write for CountTo {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let taken = bytes.len().min(self.0);
        self.0 -= taken;
        Ok(taken)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// A property in words: UTF-16 with its mark, or nearly Latin 1.
fn told(info: &Dictionary, key: &[u8]) -> Option<String> {
    match info.get(key).ok()? {
        Object::String(bytes, _) => some(crate::bytes::decode(bytes, Some("windows-1252")).text),
        _ => None,
    }
}

/// "D:20201005083000+07'00'".
fn day(words: &str) -> Option<String> {
    date::any(words.trim_start_matches("D:").get(..8)?)
}

/// Lines joined to paragraphs. A paragraph ends at an empty line, or where a line is short and ends a sentence; a word cut by a hyphen is whole again.
fn paragraphs(text: &str) -> String {
    let width = {
        let mut widths: Vec<usize> = text
            .lines()
            .map(|line| line.trim().chars().count())
            .filter(|width| *width > 0)
            .collect();
        widths.sort_unstable();
        widths.get(widths.len() * 3 / 4).copied().unwrap_or(0)
    };
    let (mut out, mut line) = (String::new(), String::new());
    let flush = |out: &mut String, line: &mut String| {
        if let Some(words) = some(&*line) {
            if !out.is_empty() {
                out.push('\n');
            }
            out.push_str(&words);
        }
        line.clear();
    };
    for own in text.lines().map(str::trim) {
        if own.is_empty() {
            // Some programs leave a line empty behind each line.
            if line.ends_with(['.', '!', '?', ':', '”', '"']) || line.chars().count() < width * 2 / 3 {
                flush(&mut out, &mut line);
            }
            continue;
        }
        if let Some(cut) = cut(&line).filter(|_| own.starts_with(char::is_lowercase)) {
            line.truncate(cut.len());
        } else if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(own);
        if own.chars().count() < width * 2 / 3 && own.ends_with(['.', '!', '?', '”', '"']) {
            flush(&mut out, &mut line);
        }
    }
    flush(&mut out, &mut line);
    out
}

#[cfg(test)]
mod tests {
    use super::paragraphs;

    #[test]
    fn lines_are_joined_to_paragraphs() {
        let text = "The ministry said on Monday that its forces had with-\ndrawn from the town, and that no one had been hurt\nin the fighting.\n\nThe other side denied it.\n";
        assert_eq!(
            paragraphs(text),
            "The ministry said on Monday that its forces had withdrawn from the town, and that no one had been hurt in the fighting.\nThe other side denied it."
        );
    }
}
