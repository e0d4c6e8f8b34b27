//! What was fetched, as evidence: bytes, headers, digest, time, in a file of its own that any tool for archives of the web reads.

use crate::document::{digest, digest_of};
use crate::error::Error;
use crate::source::Source;
use crate::whole::write_whole;
use crate::{Draft, Format, MAX_FETCHED_TEXT, Problem};
use flate2::Compression;
use flate2::write::GzEncoder;
use jiff::Timestamp;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// What a server gave, with its headers and the time.
#[derive(Debug, Clone)]
pub struct Capture {
    /// The address that was asked for.
    pub address: String,
    /// Where its redirections led: the same, where there were none.
    pub uri: String,
    /// When it was fetched, to the second.
    pub at: Timestamp,
    /// Names in lower case and values of the answer's headers, as they came.
    pub headers: Vec<(String, Vec<u8>)>,
    /// The format that the headers tell, if they do.
    pub(super) format: Option<Format>,
    pub(super) charset: Option<String>,
    /// The content, unpacked from what it was packed in for the way.
    pub body: Vec<u8>,
}

impl Capture {
    /// What it is known by: `sha256:` and the digest of its bytes. A page's document has the same id.
    pub fn id(&self) -> String {
        digest(&self.body)
    }

    /// A header, where it came and is text.
    pub fn header(&self, name: &str) -> Option<&str> {
        let (_, value) = self.headers.iter().find(|(own, _)| own == name)?;
        std::str::from_utf8(value).ok()
    }

    /// Whether it is a list of reports, such as a feed, though it may have one entry only.
    pub fn is_list(&self) -> bool {
        Format::settled(self.format, &self.body).holds_many()
    }

    /// Its reports: one of a page, one an entry of a feed. All know when they were captured.
    pub fn drafts(self) -> impl Iterator<Item = Draft> {
        let Capture {
            uri,
            at,
            format,
            charset,
            body,
            ..
        } = self;
        let source = Source::of_bytes(&uri, body, format).declared(charset);
        source.drafts().map(move |draft| {
            let uri = uri.clone();
            let draft = draft.then(move |made| match made {
                Ok(document) if document.text.len() > MAX_FETCHED_TEXT => Err(Problem::TooWordy.of(&uri)),
                made => made,
            });
            draft.captured(at.to_string())
        })
    }

    /// Writes the records of an archive of the web (WARC 1.1), each packed for itself: the answer, and the address that was asked for where it is another one.
    fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut head = b"HTTP/1.1 200 OK\r\n".to_vec();
        for (name, value) in &self.headers {
            // The body is unpacked, so what tells of its packing gets another name, as crawlers with a browser inside do it.
            let way = ["content-encoding", "content-length", "transfer-encoding"].contains(&name.as_str());
            head.extend_from_slice(if way { b"x-orig-" } else { b"" });
            head.extend_from_slice(name.as_bytes());
            head.extend_from_slice(b": ");
            head.extend_from_slice(value);
            head.extend_from_slice(b"\r\n");
        }
        head.extend_from_slice(format!("content-length: {}\r\n\r\n", self.body.len()).as_bytes());
        let more = format!("WARC-Payload-Digest: {}\r\n", self.id());
        let content = "application/http;msgtype=response";
        let response = self.record(out, "response", content, &more, &[&head, &self.body])?;
        if self.address != self.uri {
            let more = format!("WARC-Concurrent-To: <{response}>\r\n");
            let via = format!("via: {}\r\n", self.address);
            self.record(out, "metadata", "application/warc-fields", &more, &[via.as_bytes()])?;
        }
        Ok(())
    }

    /// Writes one record, and gives its name.
    fn record(
        &self,
        out: &mut dyn Write,
        kind: &str,
        content: &str,
        more: &str,
        block: &[&[u8]],
    ) -> io::Result<String> {
        let (date, digest) = (self.at.to_string(), digest_of(block));
        let urn = urn(&[kind, &self.uri, &date, &digest]);
        let length: usize = block.iter().map(|part| part.len()).sum();
        let mut packed = GzEncoder::new(out, Compression::default());
        write!(
            packed,
            "WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <{urn}>\r\nWARC-Date: {date}\r\nWARC-Target-URI: {}\r\n\
             WARC-Block-Digest: {digest}\r\n{more}Content-Type: {content}\r\nContent-Length: {length}\r\n\r\n",
            self.uri
        )?;
        for part in block {
            packed.write_all(part)?;
        }
        packed.write_all(b"\r\n\r\n")?;
        packed.finish()?;
        Ok(urn)
    }
}

/// A name that no other record has, made of what it is the name of: RFC 9562, version 8.
fn urn(parts: &[&str]) -> String {
    let hex = digest(parts.join("\n").as_bytes());
    let hex = hex.trim_start_matches("sha256:");
    format!(
        "urn:uuid:{}-{}-8{}-8{}-{}",
        &hex[..8],
        &hex[8..12],
        &hex[13..16],
        &hex[17..20],
        &hex[20..32]
    )
}

/// The folder beside a ledger that keeps what was fetched for it: `war.ledger.captures/2020-10-05/083000Z-DIGEST.warc.gz`. A file is there whole or not at
/// all, and none is ever changed; one that has to go is taken away alone, and its digest in the ledger still says what it was.
#[derive(Debug, Clone)]
pub struct Archive {
    folder: PathBuf,
}

impl Archive {
    /// The one of this ledger. It is made when the first capture is kept.
    pub fn beside(ledger: &Path) -> Archive {
        let mut name = ledger.as_os_str().to_owned();
        name.push(".captures");
        Archive { folder: name.into() }
    }

    /// Keeps a capture, and says in which file.
    pub fn keep(&self, capture: &Capture) -> Result<PathBuf, Error> {
        let at = capture.at.to_string().replace(':', "");
        let (day, time) = at.split_once('T').unwrap_or(("", &at));
        let id = capture.id();
        let name = format!("{time}-{}", id.trim_start_matches("sha256:"));
        let mut path = self.folder.join(day).join(format!("{name}.warc.gz"));
        // The same bytes in the same second from another address.
        for number in 2.. {
            if !path.exists() {
                break;
            }
            path.set_file_name(format!("{name}-{number}.warc.gz"));
        }
        let fail = |e: io::Error| Problem::Unkept(e).of(&path.to_string_lossy());
        fs::create_dir_all(self.folder.join(day)).map_err(fail)?;
        write_whole(&path, |out| capture.write(out)).map_err(fail)?;
        Ok(path)
    }
}
