//! The formats: what each is called, how its files are named, and how they begin.

use crate::bytes::find;

/// How a file holds its reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// The file is one report in plain text.
    Text,
    /// One report in Markdown.
    Markdown,
    /// One page.
    Html,
    /// One message, or a page saved as one.
    Mail,
    /// One document of Word.
    Docx,
    /// One PDF.
    Pdf,
    /// Every line is one report: a JSON object with `uri`, `text` and, if known, `published`, `language`, `title`, `outlet`.
    Jsonl,
    /// Every row is one report: its columns have names.
    Table,
    /// RSS, Atom or RDF: every entry is one report.
    Feed,
    /// JSON Feed, Telegram's export, or a list of reports.
    Json,
    /// An archive of the web.
    Warc,
    /// A ZIP archive of such.
    Wacz,
}

/// What is told of a format.
struct Known {
    format: Format,
    name: &'static str,
    about: &'static str,
    /// Endings of names, of what is in the file when it is unpacked.
    endings: &'static [&'static str],
}

const fn known(format: Format, name: &'static str, endings: &'static [&'static str], about: &'static str) -> Known {
    Known {
        format,
        name,
        about,
        endings,
    }
}

/// All formats, in the order of the enumeration.
const KNOWN: [Known; 12] = [
    known(
        Format::Text,
        "text",
        &["txt"],
        "A file is one report in plain text, of any encoding",
    ),
    known(
        Format::Markdown,
        "markdown",
        &["md", "markdown"],
        "A file is one report in Markdown",
    ),
    known(
        Format::Html,
        "html",
        &["html", "htm", "xhtml"],
        "A file is one page: its main text is read",
    ),
    known(
        Format::Mail,
        "mail",
        &["eml", "mhtml", "mht"],
        "A file is one message (.eml), or a page saved as one (.mhtml)",
    ),
    known(Format::Docx, "docx", &["docx"], "A file is one document of Word"),
    known(Format::Pdf, "pdf", &["pdf"], "A file is one PDF"),
    known(
        Format::Jsonl,
        "jsonl",
        &["jsonl", "ndjson"],
        "A line is one report: {\"uri\", \"text\", \"published\"?, \"language\"?, \"title\"?, \"outlet\"?}",
    ),
    known(
        Format::Table,
        "table",
        &["csv", "tsv"],
        "A row is one report: the first row names the columns (.csv, .tsv)",
    ),
    known(
        Format::Feed,
        "feed",
        &["xml", "rss", "atom"],
        "An entry is one report: RSS, Atom, RDF",
    ),
    known(
        Format::Json,
        "json",
        &["json"],
        "An entry is one report: JSON Feed, Telegram's export, a list of reports",
    ),
    known(
        Format::Warc,
        "warc",
        &["warc"],
        "An archive of the web: what it holds of the others is read as they are",
    ),
    known(Format::Wacz, "wacz", &["wacz"], "The same in a ZIP archive"),
];

impl Format {
    /// All formats, the simplest first.
    ///
    /// ```
    /// use counterclaim_gather::Format;
    ///
    /// let names: Vec<&str> = Format::all().map(Format::name).collect();
    /// assert!(names.starts_with(&["text", "markdown", "html"]));
    /// ```
    pub fn all() -> impl Iterator<Item = Format> {
        KNOWN.iter().map(|known| known.format)
    }

    fn known(self) -> &'static Known {
        &KNOWN[self as usize]
    }

    /// What it is called on a command line.
    pub fn name(self) -> &'static str {
        self.known().name
    }

    /// What a file of it holds, in a line for people.
    pub fn about(self) -> &'static str {
        self.known().about
    }

    /// The format that a file's name tells, whether or not it is packed.
    pub fn of_name(name: &str) -> Option<Format> {
        let name = name.to_ascii_lowercase();
        let name = [".gz", ".zst"]
            .iter()
            .find_map(|end| name.strip_suffix(end))
            .unwrap_or(&name);
        let (_, ending) = name.rsplit_once('.')?;
        KNOWN
            .iter()
            .find(|known| known.endings.contains(&ending))
            .map(|known| known.format)
    }

    /// The format of what a server calls by this media type, where it is one.
    pub(crate) fn of_media(media: &str) -> Option<Format> {
        Some(match media {
            "text/html" | "application/xhtml+xml" => Format::Html,
            "text/plain" => Format::Text,
            "text/markdown" => Format::Markdown,
            "text/csv" | "text/tab-separated-values" => Format::Table,
            "application/rss+xml" | "application/atom+xml" | "application/rdf+xml" | "application/xml" | "text/xml" => {
                Format::Feed
            }
            "application/json" | "application/feed+json" => Format::Json,
            "application/x-ndjson" | "application/jsonl" => Format::Jsonl,
            "application/pdf" => Format::Pdf,
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document" => Format::Docx,
            "message/rfc822" | "multipart/related" => Format::Mail,
            _ => return None,
        })
    }

    /// The format of a file that is said to be of one, or of none, by how it begins: files are often named for something else, a saved page `.xml`, JSON lines
    /// `.json`.
    pub(crate) fn settled(said: Option<Format>, head: &[u8]) -> Format {
        match said {
            None => Format::of_bytes(head),
            Some(Format::Feed) if Format::of_bytes(head) == Format::Html => Format::Html,
            Some(Format::Json) if Format::of_bytes(head) == Format::Jsonl && is_one_line(head) => Format::Jsonl,
            Some(format) => format,
        }
    }

    /// Whether a file of it may hold many reports.
    pub(crate) fn holds_many(self) -> bool {
        use Format::{Feed, Json, Jsonl, Table, Wacz, Warc};
        matches!(self, Jsonl | Table | Feed | Json | Warc | Wacz)
    }

    /// The format that a file's first bytes tell; plain text where they tell none.
    pub(crate) fn of_bytes(head: &[u8]) -> Format {
        let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
        let begins = |with: &[u8]| head.len() >= with.len() && head[..with.len()].eq_ignore_ascii_case(with);
        let holds = |what: &[u8]| find(&head[..head.len().min(4096)].to_ascii_lowercase(), what).is_some();
        let object = head.strip_prefix(b"{").map(<[u8]>::trim_ascii_start);
        if object.is_some_and(|rest| rest.starts_with(b"\"")) {
            // A line is an object as a whole; what is laid out over lines is one object.
            return if head.starts_with(b"{\n") || head.starts_with(b"{\r\n") {
                Format::Json
            } else {
                Format::Jsonl
            };
        }
        let list = head.strip_prefix(b"[").map(<[u8]>::trim_ascii_start);
        if list.is_some_and(|rest| rest.starts_with(b"{")) {
            return Format::Json;
        }
        if head.starts_with(b"WARC/") {
            Format::Warc
        } else if head.starts_with(b"%PDF-") {
            Format::Pdf
        } else if head.starts_with(b"PK\x03\x04") && (holds(b"word/") || holds(b"[content_types].xml")) {
            Format::Docx
        } else if head.starts_with(b"PK\x03\x04") && (holds(b"archive/") || holds(b"datapackage") || holds(b"indexes/"))
        {
            Format::Wacz
        } else if begins(b"<rss") || begins(b"<feed") || begins(b"<rdf:rdf") || (begins(b"<?xml") && !holds(b"<html")) {
            Format::Feed
        } else if begins(b"<!doctype html")
            || begins(b"<html")
            || (head.starts_with(b"<") && (holds(b"<body") || holds(b"<head")))
            || begins(b"<?xml")
        {
            Format::Html
        } else if is_mail(head) {
            Format::Mail
        } else {
            Format::Text
        }
    }
}

/// Whether the first line is an object as a whole.
fn is_one_line(head: &[u8]) -> bool {
    let line = head.split(|b| *b == b'\n').next().unwrap_or_default();
    line.len() < head.len() && serde_json::from_slice::<serde::de::IgnoredAny>(line).is_ok()
}

/// A message begins with headers, and says somewhere among them that it is one.
fn is_mail(head: &[u8]) -> bool {
    let first = head.split(|b| *b == b'\n').next().unwrap_or_default();
    let name = first.split(|b| *b == b':').next().unwrap_or_default();
    let named =
        name.len() < first.len() && !name.is_empty() && name.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'-');
    let head = head[..head.len().min(8192)].to_ascii_lowercase();
    named
        && [
            &b"\nmime-version:"[..],
            b"\nmessage-id:",
            b"\nsnapshot-content-location:",
        ]
        .iter()
        .any(|mark| find(&head, mark).is_some())
}

#[cfg(test)]
mod tests {
    use super::{Format, KNOWN};

    #[test]
    fn the_list_stands_in_the_order_of_the_enumeration() {
        for (number, known) in KNOWN.iter().enumerate() {
            assert_eq!(known.format as usize, number);
        }
        assert_eq!(Format::of_name("a/B.HTML.gz"), Some(Format::Html));
        assert_eq!(Format::of_name("a/b"), None);
    }
}
