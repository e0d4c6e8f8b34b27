use crate::lines::{Line, read_line};
use crate::{Error, MAX_REPORT, Problem, date};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

/// A report as it came in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document {
    /// `sha256:` and the lower-case hex digest of the captured bytes: the file, or the line of a file of JSON lines.
    pub id: String,
    /// Where it came from: the path as given, or the line's own `uri`.
    pub uri: String,
    /// The text, unchanged but for a byte order mark.
    pub text: String,
    /// The headline, where the line tells it.
    pub title: Option<String>,
    /// Who published it, where the line tells it.
    pub outlet: Option<String>,
    /// Its language, where the line tells it.
    pub language: Option<String>,
    /// EDTF date of publication, where the line tells it.
    pub published: Option<String>,
}

/// How a file holds its documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// The file is one report in plain text.
    Text,
    /// Every line is one report: a JSON object with `uri`, `text` and, if known, `published`, `language`, `title`, `outlet`.
    Jsonl,
}

/// An opened file of a known format.
pub struct Source {
    file: String,
    from: Box<dyn BufRead>,
    format: Format,
}

impl Source {
    /// Opens a path, or standard input for `-`. Without a format it is guessed: by the name's ending (`.jsonl`,
    /// `.ndjson`, `.txt`), else by whether the first line begins like a JSON object.
    pub fn open(path: &str, format: Option<Format>) -> Result<Self, Error> {
        let fail = |e| Error {
            file: path.to_owned(),
            line: None,
            problem: Problem::Io(e),
        };
        if path == "-" {
            return Self::guessed(path, Box::new(BufReader::new(io::stdin())), format).map_err(fail);
        }
        let file = File::open(path).map_err(fail)?;
        if file.metadata().map_err(fail)?.is_dir() {
            return Err(fail(io::ErrorKind::IsADirectory.into()));
        }
        let ending = Path::new(path)
            .extension()
            .and_then(|e| e.to_str())
            .unwrap_or_default()
            .to_ascii_lowercase();
        let format = format.or(match ending.as_str() {
            "jsonl" | "ndjson" => Some(Format::Jsonl),
            "txt" => Some(Format::Text),
            _ => None,
        });
        Self::guessed(path, Box::new(BufReader::with_capacity(1 << 16, file)), format).map_err(fail)
    }

    /// Reads from anything, under the name that errors are to give.
    pub fn from_reader(name: &str, from: impl Read + 'static, format: Option<Format>) -> Self {
        let mut from: Box<dyn BufRead> = Box::new(BufReader::new(from));
        // What cannot be looked at now is told when it is read.
        let format = format.or_else(|| guess(&mut from).ok()).unwrap_or(Format::Text);
        Self {
            file: name.to_owned(),
            from,
            format,
        }
    }

    fn guessed(file: &str, mut from: Box<dyn BufRead>, format: Option<Format>) -> io::Result<Self> {
        let format = match format {
            Some(format) => format,
            None => guess(&mut from)?,
        };
        Ok(Self {
            file: file.to_owned(),
            from,
            format,
        })
    }

    /// Its documents, in order.
    pub fn documents(self) -> Documents {
        match self.format {
            Format::Text => Documents::Whole(Some(self)),
            Format::Jsonl => Documents::Lines(self.lines()),
        }
    }

    /// Its lines, for formats that this crate does not know.
    pub fn lines(self) -> Lines {
        Lines {
            file: self.file,
            from: self.from,
            line: 0,
            offset: 0,
            any: false,
            done: false,
            buffer: Vec::new(),
        }
    }

    /// The whole file as one document.
    fn whole(mut self) -> Result<Document, Error> {
        let told = |line, problem| Error {
            file: self.file.clone(),
            line,
            problem,
        };
        let mut bytes = Vec::new();
        let read = self.from.by_ref().take(MAX_REPORT as u64 + 1).read_to_end(&mut bytes);
        read.map_err(|e| told(None, Problem::Io(e)))?;
        if bytes.len() > MAX_REPORT {
            return Err(told(None, Problem::TooLong));
        }
        let text = text(&bytes, 0).map_err(|problem| match problem {
            Problem::Encoding { offset, .. } => told(Some(line_of(&bytes, offset)), problem),
            _ => told(None, problem),
        })?;
        if text.trim().is_empty() {
            return Err(told(None, Problem::Empty));
        }
        Ok(Document {
            id: digest(&bytes),
            text: text.to_owned(),
            uri: self.file,
            ..Document::default()
        })
    }
}

fn guess(from: &mut dyn BufRead) -> io::Result<Format> {
    let head = from.fill_buf()?;
    let head = head.strip_prefix(BOM).unwrap_or(head).trim_ascii_start();
    let inside = head.strip_prefix(b"{").map(<[u8]>::trim_ascii_start);
    Ok(if inside.is_some_and(|rest| rest.starts_with(b"\"")) {
        Format::Jsonl
    } else {
        Format::Text
    })
}

const BOM: &[u8] = b"\xEF\xBB\xBF";

/// The documents of one file, in order, and what went wrong between them.
pub enum Documents {
    /// A file that is one report, until it has been read.
    Whole(Option<Source>),
    /// A file with a report on each line.
    Lines(Lines),
}

impl Iterator for Documents {
    type Item = Result<Document, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        match self {
            Documents::Whole(source) => source.take().map(Source::whole),
            Documents::Lines(lines) => Some(lines.next()?.and_then(|words| {
                let place = || format!("{}:{}", lines.file, lines.line);
                document(&words, place).map_err(|problem| lines.error(problem))
            })),
        }
    }
}

/// The lines of one file that are not blank, as text, and what went wrong between them.
pub struct Lines {
    file: String,
    from: Box<dyn BufRead>,
    line: u64,
    /// Bytes before the current line.
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
    /// An error in the line that was given last.
    pub fn error(&self, problem: Problem) -> Error {
        let of_file = matches!(problem, Problem::Io(_) | Problem::Empty | Problem::Binary(_));
        Error {
            file: self.file.clone(),
            line: (!of_file).then_some(self.line),
            problem,
        }
    }

    fn next_line(&mut self) -> Option<Result<String, Problem>> {
        loop {
            let begin = self.offset;
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
                    return Some(Err(Problem::Io(e)));
                }
            }
            match text(&self.buffer, begin) {
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
    let published = fields.published.filter(|words| !words.trim().is_empty());
    Ok(Document {
        id: digest(line.as_bytes()),
        uri: fields.uri.unwrap_or_else(place),
        text: fields.text.into_owned(),
        title: fields.title,
        outlet: fields.outlet,
        language: fields.language,
        published: published.map(|words| date(&words)).transpose()?,
    })
}

/// The library counts lines from the start of its input, which is always our one line: the column alone is of use.
fn json_error(error: &serde_json::Error) -> String {
    let words = error.to_string();
    let what = words.rsplit_once(" at line ").map_or(words.as_str(), |(what, _)| what);
    format!("{what} (column {})", error.column())
}

/// What a document is known by: `sha256:` and the digest of its bytes in lower-case hex.
pub fn digest(bytes: &[u8]) -> String {
    let hex: String = Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect();
    format!("sha256:{hex}")
}

/// The bytes as text, or why they are none. `offset` is where in the file they begin.
fn text(bytes: &[u8], offset: u64) -> Result<&str, Problem> {
    let body = bytes.strip_prefix(BOM).unwrap_or(bytes);
    for (magic, name) in MAGIC {
        if offset == 0 && body.starts_with(magic) {
            return Err(Problem::Binary(name));
        }
    }
    // As git and grep do: a zero byte near the start is the mark of a file that is no text in any encoding.
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

/// The formats people hand over by mistake, by their first bytes.
const MAGIC: [(&[u8], &str); 6] = [
    (b"\xFF\xFE", "it looks like UTF-16"),
    (b"\xFE\xFF", "it looks like UTF-16"),
    (b"%PDF-", "it looks like a PDF"),
    (b"PK\x03\x04", "it looks like a ZIP archive or an office document"),
    (b"\x1F\x8B", "it looks compressed with gzip"),
    (b"SQLite format 3\0", "it looks like a ledger"),
];

/// The line, from 1, in which a byte stands.
fn line_of(bytes: &[u8], offset: u64) -> u64 {
    bytes.iter().zip(0..offset).filter(|(b, _)| **b == b'\n').count() as u64 + 1
}
