use crate::{BadDate, MAX_REPORT};
use std::io;
use thiserror::Error;

/// Why a file, or one line of it, gave no document.
#[derive(Debug, Error)]
#[error("{}: {problem}", place(.file, .line))]
pub struct Error {
    /// The file as it was named, `-` for standard input.
    pub file: String,
    /// The line, counted from 1, where the trouble lies in one.
    pub line: Option<u64>,
    /// What is wrong.
    #[source]
    pub problem: Problem,
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
    /// It holds bytes that no text has.
    #[error("is not a text file ({0}): give plain text or JSON lines, or convert it first")]
    Binary(&'static str),
    /// Some of its bytes are not UTF-8.
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

fn place(file: &str, line: &Option<u64>) -> String {
    let file = if file == "-" { "standard input" } else { file };
    line.map_or_else(|| file.to_owned(), |line| format!("{file}:{line}"))
}

/// The system's words in the reader's terms, without the error number.
fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".into(),
        io::ErrorKind::PermissionDenied => "permission denied".into(),
        io::ErrorKind::IsADirectory => "it is a folder; name the files in it".into(),
        _ => error.to_string(),
    }
}
