//! Archives of the web: WARC, and WACZ, which is a ZIP archive of WARC files.
//!
//! Pages and plain texts that a server gave with success are reports; all else that a page needs (pictures, styles, redirections) is passed over.

use crate::error::Place;
use crate::lines::{Line, read_line};
use crate::unpack::unpack;
use crate::{Document, Draft, Format, MAX_REPORT, Problem, coding, html, text};
use jiff::Timestamp;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use zip::{CompressionMethod, ZipArchive};

type Found = Box<dyn Iterator<Item = Draft>>;

/// The reports of a WARC file, in order.
pub(crate) fn drafts(file: String, from: Box<dyn BufRead>) -> Found {
    let mut records = Records {
        from,
        number: 0,
        done: false,
    };
    Box::new(std::iter::from_fn(move || {
        loop {
            let made = records.next()?;
            let place = Place::Part(format!("record {}", records.number));
            match made.and_then(|record| record.report(&file, records.number)) {
                Ok(None) => {}
                Ok(Some(report)) => {
                    let (file, weight) = (file.clone(), report.body.len());
                    let captured = report.captured.clone();
                    let make = move || report.document().map_err(|problem| problem.at(&file, place));
                    let draft = Draft::later(weight, make);
                    return Some(match captured {
                        Some(at) => draft.captured(at),
                        None => draft,
                    });
                }
                Err(problem) => return Some(Draft::ready(Err(problem.at(&file, place)))),
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
            match read_line(&mut self.from, &mut line, LINE)? {
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
            match read_line(&mut self.from, &mut line, LINE)? {
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
        Ok(Some(Record { headers, block }))
    }
}

impl Record {
    /// Its report, if it is one.
    fn report(self, file: &str, number: u64) -> Result<Option<Report>, Problem> {
        let address = self.headers.get("warc-target-uri");
        let address = address.map(|uri| uri.trim_matches(['<', '>']).to_owned());
        let uri = address.unwrap_or_else(|| format!("{file}#{number}"));
        let (kind, body) = match self.headers.get("warc-type") {
            Some("response") if uri.starts_with("http") => match answer(&self.block)? {
                Some(found) => found,
                None => return Ok(None),
            },
            Some("resource" | "conversion") => (
                self.headers.get("content-type").unwrap_or_default().to_owned(),
                self.block,
            ),
            _ => return Ok(None),
        };
        let (kind, charset) = coding::media(&kind);
        let page = match kind.as_str() {
            "text/html" | "application/xhtml+xml" => true,
            "text/plain" if !uri.ends_with("robots.txt") => false,
            _ => return Ok(None),
        };
        let at = self
            .headers
            .get("warc-date")
            .and_then(|at| at.parse::<Timestamp>().ok());
        let captured = at.map(|at| at.to_string());
        let report = Report {
            uri,
            page,
            charset,
            captured,
            body,
        };
        Ok(Some(report).filter(|report| !report.body.trim_ascii().is_empty()))
    }
}

/// What is a report in an archive: a page or a plain text.
struct Report {
    uri: String,
    page: bool,
    charset: Option<String>,
    /// When it was captured.
    captured: Option<String>,
    body: Vec<u8>,
}

impl Report {
    fn document(&self) -> Result<Document, Problem> {
        if self.page {
            html::document(&self.uri, &self.body, self.charset.as_deref())
        } else {
            text::document(&self.uri, &self.body, self.charset.as_deref())
        }
    }
}

/// What a server answered: the kind of the body, and the body as it was before it was packed for the way. Nothing where it was no success.
fn answer(block: &[u8]) -> Result<Option<(String, Vec<u8>)>, Problem> {
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
    let mut kind = headers.get("content-type").unwrap_or_default().to_owned();
    if !kind.is_empty() && !kind.starts_with("text/") && !kind.starts_with("application/xhtml") {
        return Ok(None);
    }
    let chunked = headers
        .get("transfer-encoding")
        .is_some_and(|coding| coding.eq_ignore_ascii_case("chunked"));
    let body = if chunked {
        dechunk(from).unwrap_or_else(|| from.to_vec())
    } else {
        from.to_vec()
    };
    let body = coding::undo(headers.get("content-encoding").unwrap_or_default(), body)?;
    // What a server does not call anything may still be a page.
    if kind.is_empty() && Format::of_bytes(&body) == Format::Html {
        kind = "text/html".into();
    }
    Ok(Some((kind, body)))
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
