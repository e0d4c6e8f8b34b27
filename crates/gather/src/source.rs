use crate::bytes::narrow;
use crate::document::{Document, Form, Origin, digest};
use crate::lines::{Line, read_line};
use crate::unpack::unpack;
use crate::{
    Draft, Error, Format, MAX_REPORT, Place, Problem, docx, feed, html, is_address, json, mail, pdf, table, text, warc,
};
use serde::Deserialize;
use std::borrow::Cow;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::iter;

/// An opened file of a known format.
pub struct Source {
    file: String,
    from: Box<dyn BufRead>,
    format: Format,
    charset: Option<String>,
    /// About how many bytes there are, where that is known.
    length: usize,
}

impl Source {
    /// Opens a path, or standard input for `-`, and unpacks it. Without a format it is guessed: by the name's ending, else by how the file begins.
    pub fn open(path: &str, format: Option<Format>) -> Result<Self, Error> {
        let fail = |e: io::Error| Problem::from(e).of(path);
        if path == "-" {
            return Self::guessed(path, Box::new(BufReader::new(io::stdin())), format).map_err(fail);
        }
        if is_address(path) {
            let why = "`counterclaim add LEDGER ADDRESS` fetches, which keeps what it got; here only files are read";
            return Err(Problem::Refused(why.into()).of(path));
        }
        let file = File::open(path).map_err(fail)?;
        if file.metadata().map_err(fail)?.is_dir() {
            return Err(fail(io::ErrorKind::IsADirectory.into()));
        }
        let format = format.or_else(|| Format::of_name(path));
        Self::guessed(path, Box::new(BufReader::with_capacity(1 << 16, file)), format).map_err(fail)
    }

    /// Reads from anything, under the name that errors are to give.
    pub fn from_reader(name: &str, from: impl Read + 'static, format: Option<Format>) -> Self {
        let from: Box<dyn BufRead> = Box::new(BufReader::new(from));
        Self::guessed(name, from, format).unwrap_or_else(|e| Self {
            // What cannot be looked at now is told when it is read.
            file: name.to_owned(),
            from: Box::new(BufReader::new(Failing(Some(e)))),
            format: Format::Text,
            charset: None,
            length: 0,
        })
    }

    fn guessed(file: &str, from: Box<dyn BufRead>, format: Option<Format>) -> io::Result<Self> {
        let mut from = unpack(from)?;
        let format = Format::settled(format, from.fill_buf()?);
        Ok(Self {
            file: file.to_owned(),
            from,
            format,
            charset: None,
            length: 0,
        })
    }

    /// What is held already.
    pub(crate) fn of_bytes(name: &str, bytes: Vec<u8>, format: Option<Format>) -> Source {
        let length = bytes.len();
        Source {
            length,
            ..Source::from_reader(name, Cursor::new(bytes), format)
        }
    }

    /// The same, with the encoding that came with the bytes: in a header of HTTP, say. They may speak against it.
    pub(crate) fn declared(self, charset: Option<String>) -> Source {
        Source { charset, ..self }
    }

    /// The format that it is read in.
    pub fn format(&self) -> Format {
        self.format
    }

    /// Its documents, in order.
    pub fn documents(self) -> Documents {
        Documents(self.drafts())
    }

    /// Its documents, in order, where pages and the like are yet to be made of their bytes: that may be done on other threads.
    pub fn drafts(mut self) -> Drafts {
        let charset = self.charset.take();
        let ready =
            |made: Box<dyn Iterator<Item = _>>| -> Box<dyn Iterator<Item = Draft>> { Box::new(made.map(Draft::ready)) };
        Drafts(match self.format {
            Format::Text => self.one(move |uri, bytes| text::document(uri, bytes, charset.as_deref())),
            Format::Markdown => self.one(text::markdown),
            Format::Html => self.one(move |uri, bytes| html::document(uri, bytes, charset.as_deref())),
            Format::Mail => self.one(mail::document),
            Format::Docx => self.one(docx::document),
            Format::Pdf => self.one(pdf::document),
            Format::Jsonl => ready(Box::new(self.lines().documents())),
            Format::Table => self.entries(table::documents),
            Format::Feed => self.entries(feed::documents),
            Format::Json => self.entries(json::documents),
            Format::Warc => warc::drafts(self.file, self.from),
            Format::Wacz => warc::packed(&self.file),
        })
    }

    /// Its bytes, unpacked, for formats that this crate does not know.
    pub fn unpacked(self) -> Box<dyn BufRead> {
        self.from
    }

    /// Its lines, for formats that this crate does not know.
    pub fn lines(self) -> Lines {
        Lines {
            file: self.file,
            from: self.from,
            line: 0,
            begin: 0,
            offset: 0,
            any: false,
            done: false,
            buffer: Vec::new(),
        }
    }

    /// The entries of the file, an entry a document.
    fn entries(self, read: Entries) -> Box<dyn Iterator<Item = Draft>> {
        match narrow(self.from) {
            Ok(from) => Box::new(read(self.file, from).map(Draft::ready)),
            Err(problem) => Box::new(iter::once(Draft::failed(problem.of(&self.file)))),
        }
    }

    /// The whole file as one document.
    fn one(self, read: impl Whole) -> Box<dyn Iterator<Item = Draft>> {
        Box::new(iter::once_with(move || self.whole(read)))
    }

    fn whole(mut self, read: impl Whole) -> Draft {
        let mut bytes = Vec::with_capacity(self.length);
        let taken = self.from.by_ref().take(MAX_REPORT as u64 + 1).read_to_end(&mut bytes);
        let file = self.file;
        let problem = match taken {
            Err(e) => Problem::from(e),
            Ok(_) if bytes.len() > MAX_REPORT => Problem::TooLong,
            Ok(_) if bytes.trim_ascii().is_empty() => Problem::Empty,
            Ok(_) => {
                let held = bytes.len();
                let make = move || read(&file, &bytes).map_err(|problem| problem.of(&file));
                return Draft::later(held, make);
            }
        };
        Draft::ready(Err(problem.of(&file)))
    }
}

/// How a format that holds many makes them of the file's name and its bytes as they come.
type Entries = fn(String, Box<dyn BufRead>) -> Box<dyn Iterator<Item = Result<Document, Error>>>;

/// How a format that is one report makes it of the file's name and bytes.
trait Whole: FnOnce(&str, &[u8]) -> Result<Document, Problem> + Send + 'static {}

impl<F: FnOnce(&str, &[u8]) -> Result<Document, Problem> + Send + 'static> Whole for F {}

struct Failing(Option<io::Error>);

impl Read for Failing {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

/// The documents of one file, in order, and what went wrong between them.
pub struct Documents(Drafts);

impl Iterator for Documents {
    type Item = Result<Document, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(Draft::document)
    }
}

/// The documents of one file, in order, on their way.
pub struct Drafts(Box<dyn Iterator<Item = Draft>>);

impl Iterator for Drafts {
    type Item = Draft;

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next()
    }
}

/// The lines of one file that are not blank, as text, and what went wrong between them.
pub struct Lines {
    file: String,
    from: Box<dyn BufRead>,
    line: u64,
    /// Where the line that was given last begins, and where the next one does.
    begin: u64,
    offset: u64,
    any: bool,
    done: bool,
    buffer: Vec<u8>,
}

impl Iterator for Lines {
    type Item = Result<String, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.done {
            return None;
        }
        let made = self.next_line().or_else(|| {
            self.done = true;
            (!self.any).then_some(Err(Problem::Empty))
        })?;
        self.any = true;
        Some(made.map_err(|problem| self.error(problem)))
    }
}

impl Lines {
    /// The file as it was named.
    pub(crate) fn file(&self) -> &str {
        &self.file
    }

    /// An error in the line that was given last.
    pub fn error(&self, problem: Problem) -> Error {
        let of_file = matches!(
            problem,
            Problem::Io(_) | Problem::Empty | Problem::Binary(_) | Problem::Bomb(_)
        );
        let place = if of_file { Place::Whole } else { Place::Line(self.line) };
        problem.at(&self.file, place)
    }

    fn documents(mut self) -> impl Iterator<Item = Result<Document, Error>> {
        iter::from_fn(move || {
            Some(self.next()?.and_then(|words| {
                let place = || format!("{}:{}", self.file, self.line);
                let mut document = document(&words, place).map_err(|problem| self.error(problem))?;
                document.origin = Some(Origin {
                    place: format!("line {}", self.line),
                    bytes: self.begin..self.offset,
                    form: Form::Object("text"),
                });
                Ok(document)
            }))
        })
    }

    fn next_line(&mut self) -> Option<Result<String, Problem>> {
        loop {
            self.begin = self.offset;
            self.line += 1;
            match read_line(&mut self.from, &mut self.buffer, MAX_REPORT) {
                Ok(Line::Whole(taken)) => self.offset += taken,
                Ok(Line::TooLong(taken)) => {
                    self.offset += taken;
                    return Some(Err(Problem::TooLong));
                }
                Ok(Line::End) => return None,
                Err(e) => {
                    // A file that fails once would fail for ever.
                    self.done = true;
                    return Some(Err(e.into()));
                }
            }
            match line(&self.buffer, self.begin) {
                Ok(words) if words.trim().is_empty() => {}
                Ok(words) => return Some(Ok(words.trim().to_owned())),
                Err(problem) => {
                    self.done = matches!(problem, Problem::Binary(_));
                    return Some(Err(problem));
                }
            }
        }
    }
}

/// One line as text; JSON is UTF-8 by definition. `offset` is where in the file it begins.
fn line(bytes: &[u8], offset: u64) -> Result<&str, Problem> {
    let body = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if offset == 0 && body[..body.len().min(8192)].contains(&0) {
        return Err(Problem::Binary("it holds zero bytes"));
    }
    std::str::from_utf8(body).map_err(|e| {
        let at = e.valid_up_to();
        Problem::Encoding {
            offset: offset + (bytes.len() - body.len() + at) as u64,
            byte: body[at],
        }
    })
}

/// One line's document; `place` names it where it does not name itself.
fn document(line: &str, place: impl Fn() -> String) -> Result<Document, Problem> {
    #[derive(Deserialize)]
    struct Fields<'a> {
        uri: Option<String>,
        #[serde(borrow)]
        text: Cow<'a, str>,
        published: Option<String>,
        language: Option<String>,
        title: Option<String>,
        outlet: Option<String>,
    }
    // The derived reader would take a list of fields in order, too.
    if !line.starts_with('{') {
        return Err(Problem::Json("it is not a JSON object".into()));
    }
    let fields: Fields<'_> = serde_json::from_str(line).map_err(|e| Problem::Json(json_error(&e)))?;
    let document = Document {
        id: digest(line.as_bytes()),
        uri: fields.uri.unwrap_or_else(place),
        text: fields.text.into_owned(),
        title: fields.title,
        outlet: fields.outlet,
        language: fields.language,
        ..Document::default()
    };
    Ok(document.dated(fields.published.as_deref())?)
}

/// The library counts lines from the start of its input, which is always our one line: the column alone is of use.
fn json_error(error: &serde_json::Error) -> String {
    let words = error.to_string();
    let what = words.rsplit_once(" at line ").map_or(words.as_str(), |(what, _)| what);
    format!("{what} (column {})", error.column())
}
