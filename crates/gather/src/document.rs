use crate::{BadDate, Format, date};
use sha2::{Digest, Sha256};
use std::ops::Range;

/// A report as it came in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document {
    /// `sha256:` and the lower-case hex digest of the captured bytes: the file, the line of a file of JSON lines, the entry of a feed, the payload of a record.
    pub id: String,
    /// Where it came from: the path as given, or what the line, entry or record says of itself.
    pub uri: String,
    /// The text: of a page, its main text.
    pub text: String,
    /// The headline, where it is told.
    pub title: Option<String>,
    /// Who published it, where it is told.
    pub outlet: Option<String>,
    /// Its language, where a person or program tells it that knows.
    pub language: Option<String>,
    /// EDTF date of publication, where it is told.
    pub published: Option<String>,
    /// What it tells of itself besides.
    pub about: About,
    /// Where it stands in a file of many.
    pub origin: Option<Origin>,
}

/// Where a report stands in a file that holds many: what [`locate`](crate::locate()) goes back by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// In words: "line 3", "entry 2".
    pub place: String,
    /// Its bytes in the file, unpacked.
    pub bytes: Range<u64>,
    pub(crate) form: Form,
}

/// How a report's text stands in its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Form {
    /// Under a name in an object of JSON.
    Object(&'static str),
    /// In a cell of a row.
    Cell {
        delimiter: u8,
        column: usize,
        charset: Option<&'static str>,
    },
    /// In an element of XML.
    Element(Option<String>),
    /// In the body of a record, which has a format of its own and may hold many itself.
    Record {
        format: Format,
        charset: Option<String>,
        within: Option<Box<Origin>>,
    },
}

/// What a page tells of itself besides its text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct About {
    /// Who wrote it.
    pub author: Option<String>,
    /// The language that it says it is in, which many a page says wrongly.
    pub language: Option<String>,
    /// EDTF date of the last change.
    pub modified: Option<String>,
    /// The address that the page gives as its own.
    pub address: Option<String>,
    /// The encoding that its bytes were read in, where that is not UTF-8.
    pub charset: Option<&'static str>,
    /// When its bytes were fetched (RFC 3339), where they were.
    pub captured: Option<String>,
    /// Words under pictures.
    pub captions: Vec<String>,
    /// Whose the pictures are.
    pub credits: Vec<String>,
}

/// What a document is known by: `sha256:` and the digest of its bytes in lower-case hex.
pub fn digest(bytes: &[u8]) -> String {
    digest_of(&[bytes])
}

/// The same of bytes in parts.
pub(crate) fn digest_of(parts: &[&[u8]]) -> String {
    let mut sha = Sha256::new();
    parts.iter().for_each(|part| sha.update(part));
    let hex: String = sha.finalize().iter().map(|b| format!("{b:02x}")).collect();
    format!("sha256:{hex}")
}

impl Document {
    /// A date of publication that somebody gave by hand: nothing is no date, and what is none is told.
    pub(crate) fn dated(mut self, words: Option<&str>) -> Result<Document, BadDate> {
        let words = words.filter(|words| !words.trim().is_empty());
        self.published = words.map(date).transpose()?;
        Ok(self)
    }
}

/// Words without space around them, where there are any.
pub(crate) fn some(words: impl AsRef<str>) -> Option<String> {
    let words = words.as_ref().split_whitespace().collect::<Vec<_>>().join(" ");
    (!words.is_empty()).then_some(words)
}
