//! Plain text, and Markdown made plain.

use crate::bytes::decode;
use crate::document::{About, Document, digest, some};
use crate::{Problem, date};

/// The report in a file of plain text.
pub(crate) fn document(uri: &str, bytes: &[u8], charset: Option<&str>) -> Result<Document, Problem> {
    let decoded = text(bytes, charset)?;
    Ok(Document {
        id: digest(bytes),
        uri: uri.to_owned(),
        about: About {
            charset: decoded.charset(),
            ..About::default()
        },
        text: decoded.text,
        ..Document::default()
    })
}

fn text(bytes: &[u8], charset: Option<&str>) -> Result<crate::bytes::Decoded, Problem> {
    for (magic, name) in MAGIC {
        if bytes.starts_with(magic) {
            return Err(Problem::Binary(name));
        }
    }
    let decoded = decode(bytes, charset);
    // As git and grep do: a zero near the start is the mark of a file that is no text in any encoding.
    if decoded.text.bytes().take(8192).any(|b| b == 0) {
        return Err(Problem::Binary("it holds zero bytes"));
    }
    if decoded.text.trim().is_empty() {
        return Err(Problem::Empty);
    }
    Ok(decoded)
}

/// The formats people hand over by mistake, by their first bytes.
const MAGIC: [(&[u8], &str); 8] = [
    (b"SQLite format 3\0", "it looks like a ledger"),
    (
        b"\xD0\xCF\x11\xE0",
        "it looks like a document of Word 97: save it as .docx",
    ),
    (b"PK\x03\x04", "it looks like a ZIP archive"),
    (b"%PDF-", "it looks like a PDF"),
    (b"\x1F\x8B", "it looks packed several times over"),
    (b"\x89PNG", "it looks like a picture"),
    (b"\xFF\xD8\xFF", "it looks like a picture"),
    (b"{\\rtf", "it looks like RTF: save it as .docx or .txt"),
];

/// The report in a file of Markdown: its marks are taken away, its first heading is the headline, and what stands above it between lines of dashes is told apart.
pub(crate) fn markdown(uri: &str, bytes: &[u8]) -> Result<Document, Problem> {
    let decoded = text(bytes, None)?;
    let mut document = Document {
        id: digest(bytes),
        uri: uri.to_owned(),
        ..Document::default()
    };
    document.about.charset = decoded.charset();
    let whole = decoded.text.replace("\r\n", "\n");
    let body = front_matter(&whole, &mut document);
    let mut lines: Vec<String> = Vec::new();
    let mut fenced = false;
    for line in body.lines() {
        let bare = line.trim();
        if bare.starts_with("```") || bare.starts_with("~~~") {
            fenced = !fenced;
            continue;
        }
        if fenced {
            lines.push(line.to_owned());
            continue;
        }
        if let Some(heading) = heading(bare) {
            let words = inline(heading, &mut document.about.captions);
            if document.title.is_none() && lines.iter().all(String::is_empty) {
                document.title = some(words);
            } else {
                lines.push(words);
            }
            continue;
        }
        // A comment, or where a link's name leads.
        if bare.starts_with("<!--") && bare.ends_with("-->") || is_definition(bare) {
            continue;
        }
        // A rule, or the line under a heading or the head of a table.
        if bare.len() >= 3
            && bare
                .bytes()
                .all(|b| matches!(b, b'-' | b'=' | b'*' | b'_' | b'|' | b':' | b' '))
        {
            let over = lines.last().is_some_and(|last| !last.is_empty());
            let underlines = bare.bytes().all(|b| b == b'=');
            if over
                && underlines
                && document.title.is_none()
                && lines.iter().filter(|line| !line.is_empty()).count() == 1
            {
                document.title = lines.pop();
            }
            continue;
        }
        lines.push(inline(block(bare), &mut document.about.captions));
    }
    document.text = lines.join("\n").trim().to_owned();
    if document.text.is_empty() {
        return Err(Problem::NoText(""));
    }
    Ok(document)
}

/// `[name]: address`.
fn is_definition(line: &str) -> bool {
    line.starts_with('[')
        && line
            .split_once("]: ")
            .is_some_and(|(_, address)| !address.trim().contains(' '))
}

/// What stands before the text: `title: …`, `date: …`.
fn front_matter<'t>(text: &'t str, document: &mut Document) -> &'t str {
    let Some((head, body)) = text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")) else {
        return text;
    };
    for line in head.lines() {
        let Some((key, value)) = line.split_once(':') else {
            continue;
        };
        let value = some(value.trim().trim_matches(['"', '\'']));
        match key.trim().to_ascii_lowercase().as_str() {
            "title" => document.title = value,
            "date" | "published" => document.published = value.as_deref().and_then(date::any),
            "modified" | "updated" | "lastmod" => document.about.modified = value.as_deref().and_then(date::any),
            "author" => document.about.author = value,
            "outlet" | "source" | "publisher" => document.outlet = value,
            "lang" | "language" => document.language = value,
            "url" | "link" | "canonical" => document.about.address = value,
            _ => {}
        }
    }
    body
}

fn heading(line: &str) -> Option<&str> {
    let rest = line.trim_start_matches('#');
    let level = line.len() - rest.len();
    ((1..=6).contains(&level) && rest.starts_with(' ')).then(|| rest.trim().trim_end_matches('#').trim_end())
}

/// A line without the marks of quotations and lists.
fn block(mut line: &str) -> &str {
    while let Some(rest) = line.strip_prefix('>') {
        line = rest.trim_start();
    }
    ["- ", "* ", "+ "]
        .iter()
        .find_map(|mark| line.strip_prefix(mark))
        .unwrap_or(line)
}

/// A line without the marks of stress, links and code. Words of pictures are captions.
fn inline(line: &str, captions: &mut Vec<String>) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        let picture = rest.strip_prefix("![").and_then(link);
        if let Some((words, after)) = picture {
            captions.extend(some(words));
            rest = after;
        } else if let Some((words, after)) = rest.strip_prefix('[').and_then(link) {
            out.push_str(&inline(words, captions));
            rest = after;
        } else if let Some((address, after)) = rest
            .strip_prefix('<')
            .and_then(|rest| rest.split_once('>'))
            .filter(|(inside, _)| inside.starts_with("http"))
        {
            out.push_str(address);
            rest = after;
        } else if let Some(after) = rest.strip_prefix("**").or_else(|| rest.strip_prefix("__")) {
            rest = after;
        } else if c == '*' || c == '`' || (c == '_' && !joins(&out, &rest[1..])) {
            rest = &rest[1..];
        } else if let Some(after) = rest
            .strip_prefix('\\')
            .filter(|after| after.starts_with(|c: char| c.is_ascii_punctuation()))
        {
            out.push_str(&after[..1]);
            rest = &after[1..];
        } else {
            out.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    out
}

/// Whether a low line stands in a word.
fn joins(before: &str, after: &str) -> bool {
    before.ends_with(char::is_alphanumeric) && after.starts_with(char::is_alphanumeric)
}

/// Behind an opening bracket: `words](address)` or `words][name]`, and what follows.
fn link(rest: &str) -> Option<(&str, &str)> {
    let (words, rest) = rest.split_once(']')?;
    if words.contains('[') || words.len() > 2_000 {
        return None;
    }
    let after = match rest.strip_prefix('(') {
        Some(rest) => rest.split_once(')')?.1,
        None => rest.strip_prefix('[')?.split_once(']')?.1,
    };
    Some((words, after))
}
