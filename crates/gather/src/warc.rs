//! Archives of the web: WARC, and WACZ, which is a ZIP archive of WARC files.
//!
//! What a server gave with success and is of a format that is read from files, too, is a report or a list of them: pages, texts, PDF, documents of Word, feeds. All
//! else that a page needs (pictures, styles, redirections, its own data) is passed over.

use crate::document::{Form, Origin};
use crate::error::Place;
use crate::lines::{Line, read_line};
use crate::unpack::unpack;
use crate::{Draft, Format, MAX_REPORT, Problem, Source, coding};
use jiff::Timestamp;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::ops::Range;
use zip::{CompressionMethod, ZipArchive};

type Found = Box<dyn Iterator<Item = Draft>>;

/// The reports of a WARC file, in order.
pub(crate) fn drafts(file: String, from: Box<dyn BufRead>) -> Found {
    let mut records = Records {
        from,
        number: 0,
        offset: 0,
        done: false,
    };
    // What is left of the record that was taken last.
    let mut left: Found = Box::new(std::iter::empty());
    Box::new(std::iter::from_fn(move || {
        loop {
            if let Some(draft) = left.next() {
                return Some(draft);
            }
            let made = records.next()?;
            match made.and_then(|record| record.report(&file, records.number)) {
                Ok(None) => {}
                Ok(Some(report)) => left = report.drafts(file.clone(), records.number),
                Err(problem) => {
                    let place = Place::Part(format!("record {}", records.number));
                    return Some(Draft::failed(problem.at(&file, place)));
                }
            }
        }
    }))
}

/// The reports of all WARC files in a WACZ file.
pub(crate) fn packed(path: &str) -> Found {
    let fail = |problem: Problem| -> Found { Box::new(std::iter::once(Draft::ready(Err(problem.of(path))))) };
    let broken = |e: zip::result::ZipError| Problem::Broken("WACZ archive", e.to_string());
    let archive = match File::open(path)
        .map_err(Problem::from)
        .and_then(|file| ZipArchive::new(BufReader::new(file)).map_err(broken))
    {
        Ok(archive) => archive,
        Err(problem) => return fail(problem),
    };
    let mut parts = Vec::new();
    for number in 0..archive.len() {
        let Some(Ok(name)) = archive.name_for_index(number) else {
            continue;
        };
        let name = name.into_owned();
        if name.ends_with(".warc") || name.ends_with(".warc.gz") {
            parts.push(name);
        }
    }
    if parts.is_empty() {
        return fail(Problem::Broken("WACZ archive", "there is no WARC file in it".into()));
    }
    let path = path.to_owned();
    Box::new(parts.into_iter().flat_map(move |name| {
        let place = format!("{path}/{name}");
        match part(&path, &name) {
            Ok(from) => drafts(place, from),
            Err(problem) => Box::new(std::iter::once(Draft::ready(Err(problem.of(&place))))) as Found,
        }
    }))
}

/// A file of the archive as a stream, read where it lies.
fn part(path: &str, name: &str) -> Result<Box<dyn BufRead>, Problem> {
    let broken = |e: zip::result::ZipError| Problem::Broken("WACZ archive", e.to_string());
    let mut archive = ZipArchive::new(BufReader::new(File::open(path)?)).map_err(broken)?;
    let (start, size, method) = {
        let entry = archive.by_name(name).map_err(broken)?;
        (entry.data_start(), entry.compressed_size(), entry.compression())
    };
    let mut file = File::open(path)?;
    let start = start.ok_or_else(|| Problem::Broken("WACZ archive", format!("{name} has no place in it")))?;
    file.seek(SeekFrom::Start(start))?;
    let raw = BufReader::new(file.take(size));
    let from: Box<dyn BufRead> = match method {
        CompressionMethod::Stored => Box::new(raw),
        CompressionMethod::Deflated => Box::new(BufReader::new(flate2::bufread::DeflateDecoder::new(raw))),
        other => {
            return Err(Problem::Broken(
                "WACZ archive",
                format!("{name} is packed with {other}"),
            ));
        }
    };
    Ok(unpack(from)?)
}

/// A record: its headers in lower case, and its block.
struct Record {
    headers: Headers,
    block: Vec<u8>,
    /// Where the block stands in the file, unpacked.
    place: Range<u64>,
}

#[derive(Default)]
struct Headers(Vec<(String, String)>);

impl Headers {
    fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(own, _)| own == name)
            .map(|(_, value)| value.as_str())
    }

    fn push(&mut self, line: &[u8]) {
        let line = String::from_utf8_lossy(line);
        if let Some((name, value)) = line.split_once(':') {
            self.0.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
}

struct Records {
    from: Box<dyn BufRead>,
    number: u64,
    /// Bytes before what is read next.
    offset: u64,
    done: bool,
}

/// No header is longer.
const LINE: usize = 1 << 16;

impl Iterator for Records {
    type Item = Result<Record, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.done {
            return None;
        }
        let made = self.advance().transpose();
        // Behind a record that is too long the next one stands; behind other mistakes nobody knows.
        self.done = matches!(
            made,
            None | Some(Err(Problem::Io(_)
                | Problem::Cut(_)
                | Problem::Broken(..)
                | Problem::Bomb(_)))
        );
        made
    }
}

impl Records {
    fn advance(&mut self) -> Result<Option<Record>, Problem> {
        let mut line = Vec::new();
        loop {
            match self.line(&mut line)? {
                Line::End => return Ok(None),
                Line::TooLong(_) => {
                    return Err(Problem::Broken(
                        "WARC file",
                        "a record does not begin where one should".into(),
                    ));
                }
                Line::Whole(_) if line.trim_ascii().is_empty() => {}
                Line::Whole(_) => break,
            }
        }
        self.number += 1;
        if !line.starts_with(b"WARC/") {
            return Err(Problem::Broken(
                "WARC file",
                "a record does not begin where one should".into(),
            ));
        }
        let mut headers = Headers::default();
        loop {
            match self.line(&mut line)? {
                Line::End => return Err(Problem::Cut(" of a record's headers".into())),
                Line::TooLong(_) => {}
                Line::Whole(_) if line.trim_ascii().is_empty() => break,
                Line::Whole(_) => headers.push(&line),
            }
        }
        let length = headers
            .get("content-length")
            .and_then(|length| length.parse::<u64>().ok());
        let length = length.ok_or_else(|| Problem::Broken("WARC file", "a record does not tell its length".into()))?;
        let wanted = matches!(headers.get("warc-type"), Some("response" | "resource" | "conversion"));
        let mut block = Vec::new();
        let place = self.offset..self.offset.saturating_add(length);
        self.offset = place.end;
        let mut body = self.from.by_ref().take(length);
        let read = if wanted && length <= MAX_REPORT as u64 {
            body.read_to_end(&mut block)? as u64
        } else {
            io::copy(&mut body, &mut io::sink())?
        };
        if read < length {
            return Err(Problem::Cut(format!(
                " of a record: {read} of {length} bytes are there"
            )));
        }
        if wanted && length > MAX_REPORT as u64 {
            return Err(Problem::TooLong);
        }
        Ok(Some(Record { headers, block, place }))
    }

    fn line(&mut self, line: &mut Vec<u8>) -> io::Result<Line> {
        let read = read_line(&mut self.from, line, LINE)?;
        if let Line::Whole(taken) | Line::TooLong(taken) = read {
            self.offset += taken;
        }
        Ok(read)
    }
}

impl Record {
    /// Its report, if it is one, or the list of reports that it is.
    fn report(self, file: &str, number: u64) -> Result<Option<Report>, Problem> {
        let address = self.headers.get("warc-target-uri");
        let address = address.map(|uri| uri.trim_matches(['<', '>']).to_owned());
        let uri = address.unwrap_or_else(|| format!("{file}#{number}"));
        let body = match self.headers.get("warc-type") {
            Some("response") if uri.starts_with("http") => answer(&self.block)?,
            Some("resource" | "conversion") => Some(Body {
                kind: self.headers.get("content-type").unwrap_or_default().to_owned(),
                bytes: self.block,
                at: Some(0),
            }),
            _ => None,
        };
        let Some(body) = body.filter(|body| !body.bytes.trim_ascii().is_empty()) else {
            return Ok(None);
        };
        let (kind, charset) = coding::media(&body.kind);
        let Some(format) = format(&kind, &body.bytes).filter(|_| !uri.ends_with("/robots.txt")) else {
            return Ok(None);
        };
        let at = self
            .headers
            .get("warc-date")
            .and_then(|at| at.parse::<Timestamp>().ok());
        Ok(Some(Report {
            uri,
            format,
            // Data that a page fetches for itself looks like a list of reports until it is read.
            sure: !matches!(
                kind.as_str(),
                "application/json" | "application/xml" | "text/xml" | "text/csv"
            ),
            charset,
            captured: at.map(|at| at.to_string()),
            body: body.bytes,
            place: self.place,
        }))
    }
}

/// The format of what a server called by this media type, where it may be a report or a list of them. Where it called it nothing, the bytes tell.
fn format(kind: &str, body: &[u8]) -> Option<Format> {
    match kind {
        "" | "application/octet-stream" | "binary/octet-stream" => Some(Format::of_bytes(body))
            .filter(|format| matches!(format, Format::Html | Format::Pdf | Format::Docx | Format::Feed)),
        kind => Format::of_media(kind),
    }
}

/// What is a report in an archive, or a list of them.
struct Report {
    uri: String,
    format: Format,
    /// Whether it is one by all that was told of it: mistakes in what is not are none.
    sure: bool,
    charset: Option<String>,
    /// When it was captured.
    captured: Option<String>,
    body: Vec<u8>,
    /// Where its record's block stands.
    place: Range<u64>,
}

impl Report {
    /// Its reports, as they would come of a file of its format.
    fn drafts(self, file: String, number: u64) -> Found {
        let source = Source::of_bytes(&self.uri, self.body, Some(self.format));
        let format = source.format();
        let charset = self.charset.clone();
        let place = self.place;
        let drafts = source.declared(self.charset).drafts().map(move |draft| {
            let (file, charset, place) = (file.clone(), charset.clone(), place.clone());
            let draft = draft.then(move |made| {
                let record = format!("record {number}");
                let mut document = made.map_err(|error| {
                    let place = Place::Part(format!("{record}{}", error.place));
                    error.problem.at(&file, place)
                })?;
                let within = document.origin.take();
                let inner = within.as_ref().map(|origin| format!(", {}", origin.place));
                document.origin = Some(Origin {
                    place: record + &inner.unwrap_or_default(),
                    bytes: place,
                    form: Form::Record {
                        format,
                        charset,
                        within: within.map(Box::new),
                    },
                });
                Ok(document)
            });
            match &self.captured {
                Some(at) => draft.captured(at.clone()),
                None => draft,
            }
        });
        if self.sure || !format.holds_many() {
            return Box::new(drafts);
        }
        let mut drafts = drafts.map(Draft::document).peekable();
        if !matches!(drafts.peek(), Some(Ok(_))) {
            return Box::new(std::iter::empty());
        }
        Box::new(drafts.map(Draft::ready))
    }
}

/// What a server sent.
struct Body {
    kind: String,
    bytes: Vec<u8>,
    /// Where in the record's block it stands just so, if it does.
    at: Option<usize>,
}

/// What a server answered, as it was before it was packed for the way. Nothing where it was no success, or cannot be a report.
fn answer(block: &[u8]) -> Result<Option<Body>, Problem> {
    let mut from = block;
    let mut line = Vec::new();
    let mut headers = Headers::default();
    read_line(&mut from, &mut line, LINE)?;
    let status = String::from_utf8_lossy(&line).split(' ').nth(1).map(str::to_owned);
    if status.as_deref() != Some("200") {
        return Ok(None);
    }
    while !matches!(read_line(&mut from, &mut line, LINE)?, Line::End) && !line.trim_ascii().is_empty() {
        headers.push(&line);
    }
    let kind = headers.get("content-type").unwrap_or_default().to_owned();
    let (media, _) = coding::media(&kind);
    let unnamed = media.is_empty() || media.ends_with("/octet-stream");
    if !unnamed && format(&media, &[]).is_none() {
        return Ok(None);
    }
    let chunked = headers
        .get("transfer-encoding")
        .is_some_and(|coding| coding.eq_ignore_ascii_case("chunked"));
    let whole = chunked.then(|| dechunk(from)).flatten();
    let at = whole.is_none().then_some(block.len() - from.len());
    let sent = whole.unwrap_or_else(|| from.to_vec());
    let bytes = coding::undo(headers.get("content-encoding").unwrap_or_default(), sent, MAX_REPORT)?;
    let at = at.filter(|_| bytes == from);
    Ok(Some(Body { kind, bytes, at }))
}

/// What a record holds, and where in its block that stands just so, if it does.
pub(crate) fn body(block: &[u8]) -> Result<(Vec<u8>, Option<usize>), Problem> {
    if !block.starts_with(b"HTTP/") {
        return Ok((block.to_vec(), Some(0)));
    }
    let body = answer(block)?.ok_or(Problem::NoText(""))?;
    Ok((body.bytes, body.at))
}

/// A body in chunks as one; nothing where it is in none.
fn dechunk(mut from: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(from.len());
    loop {
        let end = crate::bytes::find(from, b"\r\n").filter(|end| *end <= 32)?;
        let size = std::str::from_utf8(&from[..end]).ok()?;
        let size = usize::from_str_radix(size.split(';').next()?.trim(), 16).ok()?;
        from = &from[end + 2..];
        if size == 0 {
            return Some(out);
        }
        out.extend_from_slice(from.get(..size)?);
        from = from.get(size..)?.strip_prefix(b"\r\n")?;
    }
}
