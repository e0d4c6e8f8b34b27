//! A document of Word (`.docx`): a ZIP archive with the text in XML.

use crate::document::{About, Document, digest, some};
use crate::error::TooLong;
use crate::trail::Trail;
use crate::xml::{self, Piece};
use crate::{MAX_REPORT, Problem, date};
use std::io::{self, Cursor, Read};
use std::ops::Range;
use zip::ZipArchive;

/// The report in a document of Word: paragraphs, a line each; what was deleted with changes on record is gone.
pub(crate) fn document(uri: &str, bytes: &[u8]) -> Result<Document, Problem> {
    let broken = |why: String| Problem::Broken("document of Word", why);
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|e| broken(e.to_string()))?;
    let main = part(&mut archive, MAIN)?.ok_or_else(|| broken(format!("it has no {MAIN}")))?;
    let text = paragraphs(&main).map_err(broken)?;
    if text.is_empty() {
        return Err(Problem::NoText(""));
    }
    let core = part(&mut archive, "docProps/core.xml")?.unwrap_or_default();
    let mut document = Document {
        id: digest(bytes),
        uri: uri.to_owned(),
        text,
        ..Document::default()
    };
    properties(&core, &mut document);
    Ok(document)
}

/// A file of the archive as text.
fn part(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Result<Option<String>, Problem> {
    let member = member(archive, name)?;
    Ok(member.map(|bytes| crate::bytes::decode(&bytes, None).text))
}

/// A file of the archive, no longer than a report may be.
fn member(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Result<Option<Vec<u8>>, Problem> {
    let file = match archive.by_name(name) {
        Ok(file) => file,
        Err(zip::result::ZipError::FileNotFound) => return Ok(None),
        Err(e) => return Err(Problem::Broken("document of Word", e.to_string())),
    };
    let mut bytes = Vec::new();
    let read = file.take(MAX_REPORT as u64 + 1).read_to_end(&mut bytes);
    read.map_err(|e| Problem::Broken("document of Word", e.to_string()))?;
    if bytes.len() > MAX_REPORT {
        return Err(io::Error::other(TooLong).into());
    }
    Ok(Some(bytes))
}

/// What the text of the document is made of.
enum Shown<'s> {
    /// Words and where in the markup they stand.
    Words(&'s str, Range<usize>),
    /// A tab, or the end of a line within a paragraph.
    Space,
    /// The end of a paragraph.
    End,
}

/// Hands over what is shown, in order.
fn shown(markup: &str, mut take: impl FnMut(Shown<'_>)) -> Result<(), String> {
    // How many elements are open whose text is the document's, and whose is none of it.
    let (mut inside, mut mute) = (0usize, 0usize);
    for piece in xml::placed(markup) {
        let (piece, place) = piece?;
        match piece {
            Piece::Open { name, .. } => match name {
                "t" => inside += 1,
                "del" | "Fallback" | "instrText" => mute += 1,
                _ => {}
            },
            Piece::Close { name } => match name {
                "t" => inside = inside.saturating_sub(1),
                "del" | "Fallback" | "instrText" => mute = mute.saturating_sub(1),
                "p" => take(Shown::End),
                "tab" | "br" | "cr" if mute == 0 => take(Shown::Space),
                _ => {}
            },
            Piece::Text(words) if inside > 0 && mute == 0 => take(Shown::Words(&words, place)),
            Piece::Text(_) => {}
        }
    }
    Ok(())
}

fn paragraphs(markup: &str) -> Result<String, String> {
    let (mut out, mut line) = (String::new(), String::new());
    shown(markup, |shown| match shown {
        Shown::Words(words, _) => line.push_str(words),
        Shown::Space => line.push(' '),
        Shown::End => {
            if let Some(words) = some(&line) {
                if !out.is_empty() {
                    out.push('\n');
                }
                out.push_str(&words);
            }
            line.clear();
        }
    })?;
    Ok(out)
}

/// The file of the archive that holds the text.
pub(crate) const MAIN: &str = "word/document.xml";

/// That file's bytes, and its words with the way back to its markup.
pub(crate) fn main(bytes: &[u8]) -> Result<(Vec<u8>, Trail), Problem> {
    let broken = |why: String| Problem::Broken("document of Word", why);
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|e| broken(e.to_string()))?;
    let main = member(&mut archive, MAIN)?.ok_or_else(|| broken(format!("it has no {MAIN}")))?;
    let markup = crate::bytes::decode(&main, None).text;
    let mut trail = Trail::default();
    let take = |shown: Shown<'_>| {
        if let Shown::Words(words, place) = shown {
            xml::keep(&mut trail, words, &markup, place);
        }
    };
    shown(&markup, take).map_err(broken)?;
    Ok((main, trail))
}

fn properties(core: &str, document: &mut Document) {
    let About {
        author,
        modified,
        language,
        ..
    } = &mut document.about;
    let mut name = String::new();
    for piece in xml::pieces(core).map_while(Result::ok) {
        match piece {
            Piece::Open { name: own, .. } => own.clone_into(&mut name),
            Piece::Close { .. } => name.clear(),
            Piece::Text(words) => match name.as_str() {
                "title" => document.title = some(&words),
                "creator" => *author = some(&words),
                "language" => *language = some(&words),
                "created" => document.published = date::any(&words),
                "modified" => *modified = date::any(&words),
                _ => {}
            },
        }
    }
}
