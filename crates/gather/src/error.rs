use crate::{BadDate, MAX_FETCHED_TEXT, MAX_REPORT};
use std::fmt;
use std::io;
use thiserror::Error;

/// Why a file, or one report in it, gave no document.
#[derive(Debug, Error)]
#[error("{}{place}: {problem}", name(.file))]
pub struct Error {
    /// The file as it was named, `-` for standard input.
    pub file: String,
    /// Where in it the trouble lies.
    pub place: Place,
    /// What is wrong.
    #[source]
    pub problem: Problem,
}

/// Where in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// Nowhere in particular.
    Whole,
    /// A line, counted from 1.
    Line(u64),
    /// A part that has no line of its own: the third record, a file inside an archive.
    Part(String),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Whole => Ok(()),
            Place::Line(line) => write!(f, ":{line}"),
            Place::Part(part) => write!(f, ", {part}"),
        }
    }
}

/// What is wrong, and what to do about it.
#[derive(Debug, Error)]
pub enum Problem {
    /// The system would not open or read it.
    #[error("cannot be read: {}", reason(.0))]
    Io(io::Error),
    /// There is nothing in it.
    #[error("is empty: nothing to read")]
    Empty,
    /// An address that is not asked for, and why.
    #[error("is not fetched: {0}")]
    Refused(String),
    /// An address that was asked for, and what came of it.
    #[error("could not be fetched: {0}")]
    Unfetched(String),
    /// What was fetched or is to be remembered cannot be written down.
    #[error("cannot be written: {}", reason(.0))]
    Unkept(io::Error),
    /// It was understood, but there are no words in it.
    #[error("holds no text{0}")]
    NoText(&'static str),
    /// It holds bytes that no text has.
    #[error("is not a text file ({0}): `counterclaim help formats` lists what can be read; convert it first")]
    Binary(&'static str),
    /// A line of JSON, which is UTF-8 by definition, has other bytes.
    #[error(
        "is not UTF-8: byte {byte:#04X} at byte offset {offset} of the file; convert it first, for example: iconv -f WINDOWS-1258 -t UTF-8"
    )]
    Encoding {
        /// From the start of the file, counted from 0.
        offset: u64,
        /// The first byte that does not fit.
        byte: u8,
    },
    /// It is longer than [`MAX_REPORT`].
    #[error("is longer than {} MB, the most one report may have: split it", MAX_REPORT >> 20)]
    TooLong,
    /// It was fetched, and has more words than any report: whoever sends it may mean harm.
    #[error(
        "holds more than {} MB of words, more than any report: it was kept, and if it is one, add the file in the captures",
        MAX_FETCHED_TEXT >> 20
    )]
    TooWordy,
    /// It is small, and unpacked it would be beyond all measure.
    #[error("unpacks to more than {0} times its size, as only bombs do: refused")]
    Bomb(u64),
    /// The file ends where it should go on.
    #[error("ends in the middle{0}: the file was cut off; what stands before it was read")]
    Cut(String),
    /// It is not what its name or its first bytes say.
    #[error("is no {0} that can be read: {1}")]
    Broken(&'static str, String),
    /// A table without a column of texts.
    #[error("has no column of texts: name one of its columns `text` (they are {0})")]
    Columns(String),
    /// Its text does not lead back to its bytes.
    #[error("gives no way back to its bytes: {0}")]
    NoWay(&'static str),
    /// A folder or a pattern with nothing to read.
    #[error("names no file that can be read; `counterclaim help formats` lists the endings")]
    NoFiles,
    /// A line that is not JSON, or not a document.
    #[error("is no document: {0}; a line is like {{\"uri\": \"a\", \"text\": \"…\", \"published\": \"2020-10-05\"}}")]
    Json(String),
    /// A line that is not a reading of the contract.
    #[error("is no reading: {0}; `counterclaim help formats` describes one")]
    Reading(String),
    /// A date of publication that is none.
    #[error("published: {0}")]
    Date(#[from] BadDate),
}

/// Carried inside an [`io::Error`] by whoever unpacks.
#[derive(Debug, Error)]
#[error("unpacks to more than {0} times its size")]
pub(crate) struct Bomb(pub(crate) u64);

/// Carried inside an [`io::Error`] by whoever bounds what is read.
#[derive(Debug, Error)]
#[error("is too long")]
pub(crate) struct TooLong;

impl From<io::Error> for Problem {
    fn from(error: io::Error) -> Problem {
        let inner = error.get_ref();
        if let Some(Bomb(times)) = inner.and_then(|e| e.downcast_ref()) {
            return Problem::Bomb(*times);
        }
        if inner.is_some_and(|e| e.is::<TooLong>()) {
            return Problem::TooLong;
        }
        match error.kind() {
            io::ErrorKind::UnexpectedEof => Problem::Cut(String::new()),
            _ => Problem::Io(error),
        }
    }
}

impl Problem {
    /// The error of a file with this problem.
    pub(crate) fn of(self, file: &str) -> Error {
        self.at(file, Place::Whole)
    }

    /// The error of a place in a file with this problem.
    pub(crate) fn at(self, file: &str, place: Place) -> Error {
        Error {
            file: file.to_owned(),
            place,
            problem: self,
        }
    }
}

fn name(file: &str) -> &str {
    if file == "-" { "standard input" } else { file }
}

/// The system's words in the reader's terms, without the error number.
fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".into(),
        io::ErrorKind::PermissionDenied => "permission denied".into(),
        _ => error.to_string(),
    }
}
