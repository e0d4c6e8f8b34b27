//! The input side that every reading command shares: which files, of which format, dated how.

use crate::contract;
use counterclaim_claims::{Page, Reading};
use counterclaim_export::csv_lines;
use counterclaim_gather::{About, Document, Draft, Error, Format, Place, Problem, Source, date, expand};
use counterclaim_reader::Input;
use counterclaim_text::langid;
use std::io::BufRead;
use std::iter;

/// What to read.
#[derive(clap::Args)]
pub(crate) struct Feed {
    /// Files, folders with all that can be read in them, or patterns in quotation marks; `-` is standard input
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
    /// A file is one report in plain text, of any encoding
    Text,
    /// A file is one report in Markdown
    Markdown,
    /// A file is one page: its main text is read
    Html,
    /// A file is one message (.eml), or a page saved as one (.mhtml)
    Mail,
    /// A file is one document of Word
    Docx,
    /// A file is one PDF
    Pdf,
    /// A line is one report: {"uri", "text", "published"?, "language"?, "title"?, "outlet"?}
    Jsonl,
    /// A row is one report: the first row names the columns (.csv, .tsv)
    Table,
    /// An entry is one report: RSS, Atom, RDF
    Feed,
    /// An entry is one report: JSON Feed, Telegram's export, a list of reports
    Json,
    /// A page is one report: an archive of the web
    Warc,
    /// The same in a ZIP archive
    Wacz,
}

impl Form {
    /// The format that is meant.
    pub(crate) fn format(self) -> Format {
        match self {
            Form::Text => Format::Text,
            Form::Markdown => Format::Markdown,
            Form::Html => Format::Html,
            Form::Mail => Format::Mail,
            Form::Docx => Format::Docx,
            Form::Pdf => Format::Pdf,
            Form::Jsonl => Format::Jsonl,
            Form::Table => Format::Table,
            Form::Feed => Format::Feed,
            Form::Json => Format::Json,
            Form::Warc => Format::Warc,
            Form::Wacz => Format::Wacz,
        }
    }
}

/// One document on its way, with the number of its file from 0.
pub(crate) struct Item {
    pub(crate) file: usize,
    pub(crate) draft: Draft,
}

impl Feed {
    /// How many files were named.
    pub(crate) fn len(&self) -> usize {
        self.files.len()
    }

    /// All documents of all files, in order, opened one after the other.
    pub(crate) fn documents(&self, format: Option<Format>) -> impl Iterator<Item = Item> {
        self.paths().flat_map(move |(file, path)| {
            let opened = path.and_then(|path| Source::open(&path, format));
            let drafts: Box<dyn Iterator<Item = Draft>> = match opened {
                Ok(source) => Box::new(source.drafts()),
                Err(error) => Box::new(iter::once(Draft::failed(error))),
            };
            drafts.map(move |draft| Item { file, draft })
        })
    }

    /// All files that the names mean, each with the number of its name.
    fn paths(&self) -> impl Iterator<Item = (usize, Result<String, Error>)> {
        let paths = |(file, name): (usize, &String)| expand(name).into_iter().map(move |path| (file, path));
        self.files.iter().enumerate().flat_map(paths)
    }

    /// The readings of all files: lines in the shape of the contract, or rows of our own table.
    pub(crate) fn readings(&self) -> impl Iterator<Item = contract::Line> {
        self.paths().flat_map(|(file, path)| {
            let readings: Box<dyn Iterator<Item = _>> = match path.and_then(|path| readings(&path)) {
                Ok(readings) => readings,
                Err(error) => Box::new(iter::once(Err(error))),
            };
            readings.map(move |reading| (file, reading))
        })
    }

    /// A document as the reader takes it, with what the command line says about those that say nothing themselves.
    pub(crate) fn input(&self, document: Document) -> Input {
        let language = document.language.or_else(|| self.lang.clone());
        let language = language.or_else(|| {
            document
                .about
                .language
                .clone()
                .filter(|tag| speaks(tag, &document.text))
        });
        Input {
            id: document.id,
            uri: document.uri,
            text: document.text,
            title: document.title,
            outlet: document.outlet,
            language,
            page: page(document.about),
            published: document.published.or_else(|| self.published.clone()),
            ..Input::default()
        }
    }
}

type Readings = Box<dyn Iterator<Item = Result<Reading, Error>>>;

/// The readings of a file. Our own table begins with the names of its columns.
fn readings(path: &str) -> Result<Readings, Error> {
    let mut from = Source::open(path, Some(Format::Jsonl))?.unpacked();
    let wrong = |place, problem| Error {
        file: path.to_owned(),
        place,
        problem,
    };
    let head = from.fill_buf().map_err(|e| wrong(Place::Whole, e.into()))?;
    if head
        .strip_prefix(b"\xEF\xBB\xBF")
        .unwrap_or(head)
        .starts_with(b"report,")
    {
        let file = path.to_owned();
        return Ok(Box::new(csv_lines(from).map(move |line| {
            let (place, read) = match line {
                Ok(line) => (Place::Whole, contract::reading(&line)),
                Err(e) => (
                    Place::Part(format!("row {}", e.row)),
                    Err(Problem::Reading(e.problem.to_string())),
                ),
            };
            read.map_err(|problem| Error {
                file: file.clone(),
                place,
                problem,
            })
        })));
    }
    let mut lines = Source::from_reader(path, from, Some(Format::Jsonl)).lines();
    Ok(Box::new(iter::from_fn(move || {
        let line = lines.next()?;
        Some(line.and_then(|line| contract::reading(&line).map_err(|problem| lines.error(problem))))
    })))
}

/// Whether a text is in the language that its page says it is in. Many say the language that their makers speak.
fn speaks(tag: &str, text: &str) -> bool {
    let found = langid::identify(text);
    found.tag == tag.split('-').next().unwrap_or(tag) && !found.undiacritised
}

fn page(about: About) -> Option<Page> {
    let page = Page {
        author: about.author,
        modified: about.modified,
        address: about.address,
        charset: about.charset.map(str::to_owned),
        captions: about.captions,
        credits: about.credits,
    };
    (page != Page::default()).then_some(page)
}

impl Item {
    /// Bytes that it holds.
    pub(crate) fn weight(&self) -> usize {
        self.draft.weight()
    }
}
