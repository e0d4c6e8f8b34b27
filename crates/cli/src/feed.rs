//! The input side that every reading command shares: which files, of which format, dated how.

use crate::contract;
use clap::ValueEnum;
use clap::builder::PossibleValue;
use counterclaim_claims::{Page, Reading};
use counterclaim_export::csv_lines;
use counterclaim_gather::{About, Document, Draft, Error, Format, Place, Problem, Source, date, expand, is_address};
use counterclaim_reader::Input;
use counterclaim_text::langid;
use std::io::BufRead;
use std::iter;
use std::sync::LazyLock;

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

/// A format as the command line names it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Form(pub(crate) Format);

impl ValueEnum for Form {
    fn value_variants<'a>() -> &'a [Self] {
        static ALL: LazyLock<Vec<Form>> = LazyLock::new(|| Format::all().map(Form).collect());
        &ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.0.name()).help(self.0.about()))
    }
}

/// Documents of one file on their way.
pub(crate) type Drafts = Box<dyn Iterator<Item = Draft>>;

/// What stands in the place of all documents of a file.
pub(crate) fn failed(error: Error) -> Drafts {
    Box::new(iter::once(Draft::failed(error)))
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

    /// The addresses among the names.
    pub(crate) fn addresses(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(String::as_str).filter(|name| is_address(name))
    }

    /// All documents of all files, in order, opened one after the other.
    pub(crate) fn documents(&self, format: Option<Format>) -> impl Iterator<Item = Item> {
        self.opened(move |path| Ok(Box::new(Source::open(path, format)?.drafts())))
    }

    /// The same, where a name may mean something else than a file.
    pub(crate) fn opened(&self, mut open: impl FnMut(&str) -> Result<Drafts, Error>) -> impl Iterator<Item = Item> {
        self.paths().flat_map(move |(file, path)| {
            let drafts = path.and_then(|path| open(&path)).unwrap_or_else(failed);
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
        let published = document.published.or_else(|| self.published.clone());
        input(Document {
            language,
            published,
            ..document
        })
    }
}

/// A document as the reader takes it.
pub(crate) fn input(document: Document) -> Input {
    let told = || {
        let tag = document.about.language.clone();
        tag.filter(|tag| speaks(tag, &document.text))
    };
    let language = document.language.clone().or_else(told);
    Input {
        id: document.id,
        uri: document.uri,
        text: document.text,
        title: document.title,
        outlet: document.outlet,
        language,
        page: page(document.about),
        published: document.published,
        ..Input::default()
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
        captured: about.captured,
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
