//! The input side that every reading command shares: which files, of which format, dated how.

use crate::contract;
use counterclaim_gather::{Document, Error, Format, Source, date};
use counterclaim_reader::Input;
use std::iter;

/// What to read.
#[derive(clap::Args)]
pub(crate) struct Feed {
    /// Files; `-` is standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<String>,
    /// The day of publication (YYYY-MM-DD) of reports that carry none
    #[arg(long, value_name = "DATE", value_parser = |words: &str| date(words))]
    published: Option<String>,
    /// The language (BCP 47, such as vi) of reports that carry none; found out when left out
    #[arg(long, value_name = "TAG")]
    lang: Option<String>,
}

/// Names of the formats on the command line.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Form {
    /// A file is one report in plain text
    Text,
    /// A line is one report: {"uri", "text", "published"?, "language"?, "title"?, "outlet"?}
    Jsonl,
}

impl Form {
    /// The format that is meant.
    pub(crate) fn format(self) -> Format {
        match self {
            Form::Text => Format::Text,
            Form::Jsonl => Format::Jsonl,
        }
    }
}

/// One document, or what stands in its place, with the number of its file from 0.
pub(crate) struct Item {
    pub(crate) file: usize,
    pub(crate) document: Result<Document, Error>,
}

impl Feed {
    /// How many files were named.
    pub(crate) fn len(&self) -> usize {
        self.files.len()
    }

    /// All documents of all files, in order, opened one after the other.
    pub(crate) fn documents(&self, format: Option<Format>) -> impl Iterator<Item = Item> {
        self.files.iter().enumerate().flat_map(move |(file, path)| {
            let documents: Box<dyn Iterator<Item = _>> = match Source::open(path, format) {
                Ok(source) => Box::new(source.documents()),
                Err(error) => Box::new(iter::once(Err(error))),
            };
            documents.map(move |document| Item { file, document })
        })
    }

    /// The readings of all files, each a line in the shape of the contract.
    pub(crate) fn readings(&self) -> impl Iterator<Item = contract::Line> {
        self.files.iter().enumerate().flat_map(|(file, path)| {
            let readings: Box<dyn Iterator<Item = _>> = match Source::open(path, Some(Format::Jsonl)) {
                Ok(source) => {
                    let mut lines = source.lines();
                    Box::new(iter::from_fn(move || {
                        let line = lines.next()?;
                        Some(line.and_then(|line| contract::reading(&line).map_err(|problem| lines.error(problem))))
                    }))
                }
                Err(error) => Box::new(iter::once(Err(error))),
            };
            readings.map(move |reading| (file, reading))
        })
    }

    /// A document as the reader takes it, with what the command line says about those that say nothing themselves.
    pub(crate) fn input(&self, document: Document) -> Input {
        Input {
            id: document.id,
            uri: document.uri,
            text: document.text,
            title: document.title,
            outlet: document.outlet,
            language: document.language.or_else(|| self.lang.clone()),
            published: document.published.or_else(|| self.published.clone()),
            ..Input::default()
        }
    }
}

impl Item {
    /// Bytes of text that it holds.
    pub(crate) fn weight(&self) -> usize {
        self.document.as_ref().map_or(0, |document| document.text.len())
    }
}
