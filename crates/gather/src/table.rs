//! A table with named columns (`.csv`, `.tsv`): a row is a report.

use crate::bytes::{decode, of_head};
use crate::document::{Document, Form, Origin, digest, some};
use crate::error::{Error, Place};
use crate::trail::Trail;
use crate::{MAX_REPORT, Problem, date, html};
use csv::{ByteRecord, ReaderBuilder};
use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::rc::Rc;

/// Names that columns have, by what they hold; the more telling first.
const COLUMNS: [(Column, &[&str]); 8] = [
    (
        Column::Text,
        &[
            "text",
            "body",
            "content",
            "article",
            "full_text",
            "fulltext",
            "notes",
            "description",
            "message",
            "summary",
        ],
    ),
    (
        Column::Uri,
        &[
            "uri",
            "url",
            "link",
            "source_url",
            "sourceurl",
            "documentidentifier",
            "address",
            "id",
        ],
    ),
    (
        Column::Published,
        &[
            "published",
            "published_at",
            "publish_date",
            "publication_date",
            "pubdate",
            "date",
            "timestamp",
            "created_at",
            "event_date",
        ],
    ),
    (Column::Language, &["language", "lang", "locale"]),
    (Column::Title, &["title", "headline", "heading", "subject"]),
    (
        Column::Outlet,
        &[
            "outlet",
            "source",
            "source_name",
            "publisher",
            "publication",
            "site",
            "domain",
            "channel",
        ],
    ),
    (Column::Author, &["author", "authors", "byline", "creator"]),
    (
        Column::Modified,
        &["modified", "updated", "updated_at", "date_modified"],
    ),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Column {
    Text,
    Uri,
    Published,
    Language,
    Title,
    Outlet,
    Author,
    Modified,
}

/// The reports of a table, in order.
pub(crate) fn documents(file: String, mut from: Box<dyn BufRead>) -> Box<dyn Iterator<Item = Result<Document, Error>>> {
    let (delimiter, charset) = match from.fill_buf() {
        Ok(head) => (delimiter(head), of_head(head)),
        Err(e) => return Box::new(std::iter::once(Err(Problem::from(e).of(&file)))),
    };
    let left = Rc::new(Cell::new(MAX_REPORT));
    let bounded = Bounded {
        from,
        left: left.clone(),
    };
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .from_reader(bounded);
    let head = match reader.byte_headers() {
        Ok(head) => head.clone(),
        Err(e) => return Box::new(std::iter::once(Err(problem(e).of(&file)))),
    };
    let names: Vec<String> = head
        .iter()
        .map(|name| {
            decode(name, charset)
                .text
                .trim()
                .trim_start_matches('\u{feff}')
                .to_ascii_lowercase()
        })
        .collect();
    let of = |column: Column| {
        let known = COLUMNS
            .iter()
            .find(|(own, _)| *own == column)
            .map_or(&[][..], |(_, known)| known);
        known
            .iter()
            .find_map(|known| names.iter().position(|name| name == known))
    };
    let places = COLUMNS.map(|(column, _)| (column, of(column)));
    if names.iter().all(String::is_empty) {
        return Box::new(std::iter::once(Err(Problem::Empty.of(&file))));
    }
    let column = of(Column::Text);
    if column.is_none() {
        return Box::new(std::iter::once(Err(
            Problem::Columns(names.join(", ")).at(&file, Place::Line(1))
        )));
    }
    let mut row = ByteRecord::new();
    let mut done = false;
    Box::new(std::iter::from_fn(move || {
        while !done {
            left.set(MAX_REPORT);
            let read = reader.read_byte_record(&mut row);
            let line = row.position().map_or(0, csv::Position::line);
            match read {
                Ok(false) => return None,
                Ok(true) => {
                    let place = format!("{file}:{line}");
                    match document(&row, &places, charset, place) {
                        Ok(Some(mut document)) => {
                            document.origin = Some(Origin {
                                place: format!("line {line}"),
                                bytes: row.position().map_or(0, csv::Position::byte)..reader.position().byte(),
                                form: Form::Cell {
                                    delimiter,
                                    column: column.unwrap_or_default(),
                                    charset,
                                },
                            });
                            return Some(Ok(document));
                        }
                        Ok(None) => {}
                        Err(problem) => return Some(Err(problem.at(&file, Place::Line(line)))),
                    }
                }
                Err(e) => {
                    // Where a row that is too long ends nobody knows.
                    done = true;
                    let line = reader.position().line();
                    return Some(Err(problem(e).at(&file, Place::Line(line))));
                }
            }
        }
        None
    }))
}

/// The report of a row; a row without text is none.
fn document(
    row: &ByteRecord,
    places: &[(Column, Option<usize>)],
    charset: Option<&str>,
    place: String,
) -> Result<Option<Document>, Problem> {
    let cell = |column: Column| {
        let at = places.iter().find(|(own, _)| *own == column)?.1?;
        row.get(at).map(|cell| decode(cell, charset))
    };
    let of = |column: Column| cell(column).and_then(|cell| some(cell.text));
    let Some(text) = cell(Column::Text).filter(|cell| !cell.text.trim().is_empty()) else {
        return Ok(None);
    };
    let whole: Vec<u8> = row.iter().collect::<Vec<_>>().join(&b'\x1f');
    let mut document = Document {
        id: digest(&whole),
        uri: of(Column::Uri).unwrap_or(place),
        title: of(Column::Title),
        outlet: of(Column::Outlet),
        language: of(Column::Language),
        ..Document::default()
    };
    document.about.charset = text.charset();
    document.about.author = of(Column::Author);
    document.about.modified = of(Column::Modified).as_deref().and_then(date::any);
    document.text = if html::is_markup(&text.text) {
        html::fragment(&text.text)
    } else {
        text.text
    };
    if let Some(published) = of(Column::Published) {
        document = match date::any(&published) {
            Some(published) => Document {
                published: Some(published),
                ..document
            },
            None => document.dated(Some(&published))?,
        };
    }
    Ok(Some(document))
}

/// A cell of a row, by its number, with the way back to the row's bytes.
pub(crate) fn cell(row: &[u8], delimiter: u8, number: usize) -> Trail {
    let mut trail = Trail::default();
    // Empty lines may stand in front.
    let mut at = row.iter().take_while(|b| matches!(b, b'\r' | b'\n')).count();
    let mut cells = 0;
    let mut quoted = row.get(at) == Some(&b'"');
    at += usize::from(quoted);
    while at < row.len() && cells <= number {
        let wanted = cells == number;
        match row[at] {
            b'"' if quoted && row.get(at + 1) == Some(&b'"') => {
                if wanted {
                    trail.push(b"\"", at..at + 2);
                }
                at += 1;
            }
            b'"' if quoted => quoted = false,
            byte if !quoted && byte == delimiter => {
                cells += 1;
                quoted = row.get(at + 1) == Some(&b'"');
                at += usize::from(quoted);
            }
            b'\r' | b'\n' if !quoted => break,
            byte if wanted => trail.copy(&[byte], at),
            _ => {}
        }
        at += 1;
    }
    trail
}

/// The sign that stands most often in the first line.
fn delimiter(head: &[u8]) -> u8 {
    let line = head.split(|b| *b == b'\n').next().unwrap_or_default();
    let count = |sign: u8| line.iter().filter(|b| **b == sign).count();
    *[b',', b';', b'\t', b'|']
        .iter()
        .rev()
        .max_by_key(|sign| count(**sign))
        .unwrap_or(&b',')
}

fn problem(error: csv::Error) -> Problem {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error.into(),
        other => Problem::Broken("table", format!("{other:?}")),
    }
}

/// Gives out no more than a report's worth between two rows.
struct Bounded {
    from: Box<dyn BufRead>,
    left: Rc<Cell<usize>>,
}

impl Read for Bounded {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let n = self.from.read(into)?;
        // The reader takes a block ahead, which belongs to the next row.
        self.left.set(
            self.left
                .get()
                .checked_sub(n)
                .ok_or_else(|| io::Error::other(crate::error::TooLong))?,
        );
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn cells_lead_back_to_the_row() {
        let row = b"\n1,\"He said \"\"no\"\", twice\",,end\r\n";
        let told = |number| cell(row, b',', number).text();
        assert_eq!([0, 1, 2, 3, 4].map(told), ["1", "He said \"no\", twice", "", "end", ""]);
        let trail = cell(row, b',', 1);
        let at = trail.text().find('"').unwrap();
        assert_eq!(&row[trail.below(at..at + 4)], b"\"\"no\"\"");
        assert_eq!(&row[cell(row, b',', 3).below(0..3)], b"end");
    }
}
