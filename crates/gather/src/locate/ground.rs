//! Where the words of a report are looked for: its text as it stands in the file, with the layers below it.

use super::Stand;
use super::letters::{find, letters};
use crate::bytes::decode;
use crate::document::{Form, Origin};
use crate::trail::Trail;
use crate::{Document, Format, Problem, docx, feed, json, mail, pdf, table, warc};
use encoding_rs::{Encoding, UTF_8};
use std::iter;
use std::ops::Range;

/// A text, and below it:
///
/// 1. the markup or the escapes that its words were read from, where there are any (`words`);
/// 2. the bytes of those, in their encoding (`part`);
/// 3. the bytes that these were made of, where they were packed for the way (`way`), from `at` on in the file.
pub(super) struct Ground {
    /// In words, from the outermost to the innermost: "record 3", "part 2 (text/html, base64)".
    within: Vec<String>,
    text: String,
    /// Whether the text is a page: words stand between its tags.
    page: bool,
    words: Option<Trail>,
    /// The markup, where the text is another one.
    markup: String,
    part: Vec<u8>,
    pub(super) encoding: &'static Encoding,
    way: Option<Trail>,
    at: Option<u64>,
    /// Whether places in the part are worth telling.
    apart: bool,
}

/// Where a report stands.
pub(super) struct Site<'d> {
    pub(super) document: &'d Document,
    /// Its place in a file of many, or in a record.
    pub(super) origin: Option<&'d Origin>,
    pub(super) format: Format,
    pub(super) charset: Option<String>,
    /// What the file is within.
    pub(super) within: Vec<String>,
    /// Where in the file its bytes begin, if they stand there as they are.
    pub(super) at: Option<u64>,
}

/// The places of a stretch of a report's text, and the encoding of its bytes; and the bytes of the first place.
pub(super) type Found = (Vec<Stand>, &'static Encoding, Vec<u8>);

impl Site<'_> {
    /// Finds them in the bytes of the report.
    pub(super) fn find(mut self, bytes: &[u8], stretch: Range<usize>) -> Result<Found, Problem> {
        if let Some(origin) = self.origin {
            self.within.push(origin.place.clone());
        }
        if let Some(Origin {
            form: Form::Record {
                format,
                charset,
                within,
            },
            ..
        }) = self.origin
        {
            return self.in_record(bytes, *format, charset.clone(), within.as_deref(), stretch);
        }
        if self.origin.is_none() && self.format == Format::Pdf {
            return self.in_pages(bytes, stretch);
        }
        let exact = self.origin.is_none() && self.format == Format::Text;
        let document: Vec<char> = self.document.text.chars().collect();
        let ground = self.ground(bytes)?;
        let found: Vec<Range<usize>> = if exact {
            let byte = |point: usize| document[..point].iter().map(|c| c.len_utf8()).sum();
            iter::once(byte(stretch.start)..byte(stretch.end)).collect()
        } else {
            find(|| letters(&ground.text, ground.page), &document, stretch)
        };
        let places: Vec<(Stand, Range<usize>)> = found.into_iter().map(|place| ground.stand(place)).collect();
        let shown = places.first().map(|(_, part)| ground.part[part.clone()].to_vec());
        let shown = shown.ok_or_else(nowhere)?;
        Ok((
            places.into_iter().map(|(stand, _)| stand).collect(),
            ground.encoding,
            shown,
        ))
    }

    /// A record is what is around a file of another format.
    fn in_record(
        self,
        block: &[u8],
        format: Format,
        charset: Option<String>,
        origin: Option<&Origin>,
        stretch: Range<usize>,
    ) -> Result<Found, Problem> {
        let (body, begin) = warc::body(block)?;
        let at = self.at.and_then(|at| Some(at + begin? as u64));
        let (bytes, at) = match origin {
            // Entries are counted from the start of the body.
            Some(origin) => {
                let (start, end) = (origin.bytes.start as usize, origin.bytes.end as usize);
                (
                    body.get(start..end).ok_or_else(nowhere)?,
                    at.map(|at| at + origin.bytes.start),
                )
            }
            None => (&body[..], at),
        };
        let within = self.within;
        let site = Site {
            document: self.document,
            origin,
            format,
            charset,
            within: Vec::new(),
            at,
        };
        let (mut places, encoding, shown) = site.find(bytes, stretch)?;
        for place in &mut places {
            if origin.is_some() {
                // The record's place tells the entry's, too.
                place.within.remove(0);
            }
            place.within = [&within[..], &place.within[..]].concat();
        }
        Ok((places, encoding, shown))
    }

    /// Text of a PDF is drawn, so that its page is all that leads back.
    fn in_pages(self, bytes: &[u8], stretch: Range<usize>) -> Result<Found, Problem> {
        let pages = pdf::pages(bytes)?;
        let document: Vec<char> = self.document.text.chars().collect();
        let letters = || {
            let of = |(number, page): (usize, &pdf::Page)| {
                let letters: Vec<char> = pdf::letters(&page.text).collect();
                letters.into_iter().map(move |c| (c, number..number + 1))
            };
            pages.iter().enumerate().flat_map(of)
        };
        let place = |range: Range<usize>| {
            let told: Vec<&str> = pages[range].iter().map(|page| page.place.as_str()).collect();
            Stand {
                within: [&self.within[..], &[told.join(" to ")]].concat(),
                part: None,
                file: None,
            }
        };
        let mut places: Vec<Stand> = find(letters, &document, stretch).into_iter().map(place).collect();
        places.dedup();
        if places.is_empty() {
            return Err(nowhere());
        }
        Ok((places, UTF_8, Vec::new()))
    }

    fn ground(self, bytes: &[u8]) -> Result<Ground, Problem> {
        let Site {
            origin,
            format,
            charset,
            mut within,
            at,
            ..
        } = self;
        let part = |part: Vec<u8>, charset: Option<&str>, page: bool| {
            let decoded = decode(&part, charset);
            Ground {
                within: Vec::new(),
                text: decoded.text,
                page,
                words: None,
                markup: String::new(),
                part,
                encoding: decoded.encoding,
                way: None,
                at,
                apart: at.is_none(),
            }
        };
        let made = match origin.map(|origin| &origin.form) {
            Some(Form::Object(field)) => {
                // The first line may have the mark of its encoding in front.
                let object = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
                let at = at.map(|at| at + (bytes.len() - object.len()) as u64);
                Ground::read(object, None, json::strings(object, field), *field == json::MARKUP, at)
            }
            Some(Form::Element(charset)) => {
                let markup = decode(bytes, charset.as_deref()).text;
                Ground::read(bytes, charset.as_deref(), feed::words(&markup)?, true, at)
            }
            Some(Form::Cell {
                delimiter,
                column,
                charset,
            }) => {
                let cell = table::cell(bytes, *delimiter, *column);
                let page = crate::html::is_markup(&decode(cell.made(), *charset).text);
                Ground {
                    way: Some(cell),
                    ..part(Vec::new(), None, page)
                }
                .decoded(*charset)
            }
            Some(Form::Record { .. }) | None => match format {
                Format::Mail => {
                    let own = mail::part(bytes)?;
                    within.push(own.place);
                    let declared = own.charset.or_else(|| crate::bytes::declared(own.bytes.made()));
                    Ground {
                        way: Some(own.bytes),
                        apart: true,
                        ..part(Vec::new(), None, own.is_page)
                    }
                    .decoded(declared.as_deref())
                }
                Format::Docx => {
                    let (main, words) = docx::main(bytes)?;
                    within.push(docx::MAIN.to_owned());
                    Ground {
                        apart: true,
                        ..Ground::read(&main, None, words, false, None)
                    }
                }
                Format::Html => {
                    let declared = charset.or_else(|| crate::bytes::declared(bytes));
                    part(bytes.to_vec(), declared.as_deref(), true)
                }
                _ => part(bytes.to_vec(), charset.as_deref(), false),
            },
        };
        Ok(Ground { within, ..made })
    }
}

fn nowhere() -> Problem {
    Problem::NoWay("the words do not stand in it as one piece")
}

impl Ground {
    /// One whose words were read from markup or from between escapes.
    fn read(bytes: &[u8], charset: Option<&str>, words: Trail, page: bool, at: Option<u64>) -> Ground {
        let decoded = decode(bytes, charset);
        Ground {
            within: Vec::new(),
            text: words.text(),
            page,
            words: Some(words),
            markup: decoded.text,
            part: bytes.to_vec(),
            encoding: decoded.encoding,
            way: None,
            at,
            apart: at.is_none(),
        }
    }

    /// The same with the text of what its way leads from.
    fn decoded(self, charset: Option<&str>) -> Ground {
        let part = self.way.as_ref().map_or(&[][..], Trail::made).to_vec();
        let decoded = decode(&part, charset);
        Ground {
            text: decoded.text,
            encoding: decoded.encoding,
            part,
            ..self
        }
    }

    /// The place of a stretch of the text, given in bytes of it; and where in the part it stands.
    fn stand(&self, stretch: Range<usize>) -> (Stand, Range<usize>) {
        let (markup, stretch) = match &self.words {
            Some(words) => (self.markup.as_str(), words.below(stretch)),
            None => (self.text.as_str(), stretch),
        };
        let points = |end: usize| markup.get(..end).unwrap_or(markup).chars().count();
        let part = super::bytes_of(&self.part, self.encoding, points(stretch.start)..points(stretch.end));
        let below = self.way.as_ref().map_or(part.clone(), |way| way.below(part.clone()));
        let file = self.at.map(|at| {
            let at = at as usize;
            below.start + at..below.end + at
        });
        let stand = Stand {
            within: self.within.clone(),
            part: Some(part.clone()).filter(|_| self.apart),
            file,
        };
        (stand, part)
    }
}
