//! From a document to its claims.
//!
//! In: an [`Input`], one report's text and what is known of it. Out: a [`Reading`]. [`Reader::read`] never fails: what could
//! not be read is told in the reading's notes. The same input gives the same bytes.
//!
//! The way through, a pass a file: the text is mended ([`counterclaim_text::repair`]) and its language told; a text in capitals
//! is read as `recase` writes it; `doc` cuts and tags
//! it; `units` joins tokens to the words of the lexicon; `values` finds numbers, times and places; `phrases` finds verb groups and
//! noun phrases; `attribution` tries the language's rules at every cue; `clauses` and `claims` cut out what each says;
//! `evidence` what each leans on; `events` tells what that asserts; `who` resolves people and pronouns; `exhibits`, `incidents` and `check` look at the report as a whole;
//! `emit` writes it all down in code points, `mentions` what was found whether or not it is claimed. [`Reader::mentions`] does without claims.
//!
//! ```
//! use counterclaim_reader::{Input, Reader};
//!
//! let text = "The defence ministry of Armenia said three barracks had been bombed.";
//! let reading = Reader::embedded().read(&Input { text: text.into(), language: Some("en".into()), ..Input::default() });
//! assert_eq!(reading.claims[0].source[0].party.as_deref(), Some("ARM"));
//! assert_eq!(reading.slice(reading.claims[0].start, reading.claims[0].end), "three barracks had been bombed");
//! ```

mod asides;
mod attribution;
mod bits;
mod check;
mod claims;
mod clauses;
mod doc;
mod emit;
mod events;
mod evidence;
mod exhibits;
mod explain;
mod incidents;
mod layout;
mod losses;
mod mentions;
mod nouns;
mod phrases;
mod rare;
mod recase;
mod retag;
mod roles;
mod short;
mod speech;
mod stance;
mod subjects;
mod tagging;
mod tolls;
mod units;
mod values;
mod weapons;
mod who;

use counterclaim_claims::{Document, Page, Reading, Repair};
use counterclaim_grammar::Chart;
use counterclaim_lexicon::{Gazetteer, Pack};
use counterclaim_text::{langid, repair};
use std::borrow::Cow;

/// One report to be read.
#[derive(Debug, Clone, Default)]
pub struct Input {
    /// `sha256:…` of the captured bytes; worked out from the text where empty.
    pub id: String,
    /// Where it came from.
    pub uri: String,
    /// Its text.
    pub text: String,
    /// Its headline, where that is not the text's first line.
    pub title: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// BCP 47 tag; identified from the text where absent.
    pub language: Option<String>,
    /// EDTF date of publication.
    pub published: Option<String>,
    /// What the page it stood on tells of itself besides.
    pub page: Option<Page>,
    /// Whether every place, time, number, party and piece of matériel is told too.
    pub mentions: bool,
    /// Whether the notes tell how each sentence was read.
    pub explain: bool,
}

/// Reads reports. Cheap to make; what it needs is loaded on first use and shared by all threads.
#[derive(Debug, Clone, Copy, Default)]
pub struct Reader {
    gazetteer: Option<&'static Gazetteer>,
}

impl Reader {
    /// A reader of the languages built into the program.
    pub fn embedded() -> Reader {
        Reader { gazetteer: None }
    }

    /// A reader that resolves places by another gazetteer than the one built into the program.
    pub fn with_gazetteer(gazetteer: &'static Gazetteer) -> Reader {
        Reader {
            gazetteer: Some(gazetteer),
        }
    }

    /// Reads one report.
    pub fn read(&self, input: &Input) -> Reading {
        self.with(input, passes)
    }

    /// Reads the mentions of a report and no claims: what [`Input::mentions`] asks for, in a fraction of the time of [`Reader::read`].
    ///
    /// ```
    /// # use counterclaim_reader::{Input, Reader};
    /// let input = Input { text: "Two villages near Ganja were shelled on 4 October.".into(), ..Input::default() };
    /// let mentions = Reader::embedded().mentions(&input).mentions.unwrap_or_default();
    /// assert_eq!((mentions.places[0].name.as_str(), mentions.times[0].value.as_str()), ("Ganja", "XXXX-10-04"));
    /// ```
    pub fn mentions(&self, input: &Input) -> Reading {
        self.with(input, |text, pack, gazetteer, input, reading| {
            let doc = doc::Doc::new(text, pack, gazetteer, tagging::Tagger::of(pack), published(input));
            let told = Told::new(&doc, &layout::starts(&doc));
            let values = told.values(&doc, true);
            let phrases = found_phrases(&doc, &values, phrases::base);
            let writer = emit::Writer::new(&doc, &values);
            reading.mentions = Some(mentions::mentions(&writer, &phrases, &values));
        })
    }

    fn with(&self, input: &Input, passes: Passes) -> Reading {
        let mended = repair::mend(&input.text);
        let mut reading = Reading {
            document: Document {
                id: if input.id.is_empty() {
                    emit::digest(input.text.as_bytes())
                } else {
                    input.id.clone()
                },
                uri: input.uri.clone(),
                title: input.title.clone(),
                outlet: input.outlet.clone(),
                language: None,
                published: input.published.clone(),
                text: String::new(),
                repairs: mended
                    .edits
                    .into_iter()
                    .map(|e| Repair {
                        start: e.start,
                        end: e.end,
                        was: e.was,
                        now: e.now,
                        kind: e.kind.to_owned(),
                    })
                    .collect(),
                page: input.page.clone(),
            },
            ..Reading::default()
        };
        let language = match &input.language {
            Some(tag) => Cow::Borrowed(tag.split('-').next().unwrap_or(tag)),
            None => {
                let found = langid::identify(&mended.text);
                let doubtful = found.undiacritised || counterclaim_packs::pack(found.tag).is_none();
                let short = doubtful
                    .then(|| short::language(&mended.text, found.undiacritised))
                    .flatten();
                if found.undiacritised && short.is_none() {
                    let told = format!(
                        "the text is in `{}` written without its marks: words that need them are missed or misread",
                        found.tag
                    );
                    reading.notes.push(told);
                }
                Cow::Borrowed(short.unwrap_or(found.tag))
            }
        };
        reading.document.language = Some(input.language.clone().unwrap_or_else(|| language.to_string()));
        match counterclaim_packs::pack(&language) {
            Some(pack) => {
                let gazetteer = self.gazetteer.unwrap_or_else(counterclaim_packs::gazetteer);
                match recase::recase(&mended.text, pack) {
                    Some(text) => {
                        passes(&text, pack, gazetteer, input, &mut reading);
                        recase::quote(&mended.text, &mut reading);
                    }
                    None => passes(&mended.text, pack, gazetteer, input, &mut reading),
                }
            }
            None => {
                let known: Vec<&str> = counterclaim_packs::languages().collect();
                reading.notes.push(format!(
                    "no claims read: the text is in `{language}`, and the languages known are {}",
                    known.join(", ")
                ));
            }
        }
        reading.document.text = mended.text;
        reading
    }
}

/// What is done with a text once its language is known.
type Passes = fn(&str, &'static Pack, &'static Gazetteer, &Input, &mut Reading);

fn passes(text: &str, pack: &'static Pack, gazetteer: &'static Gazetteer, input: &Input, reading: &mut Reading) {
    let doc = doc::Doc::new(text, pack, gazetteer, tagging::Tagger::of(pack), published(input));
    let (skip, starts, title) = layout::layout(&doc);
    let told = Told::new(&doc, &starts);
    let values = told.values(&doc, input.mentions);
    let phrases = found_phrases(&doc, &values, phrases::phrases);
    let mut chart = Chart::default();
    let attributions: Vec<_> = doc
        .sents
        .iter()
        .enumerate()
        .map(|(s, sent)| {
            if skip[s] {
                Vec::new()
            } else {
                attribution::attributions(&doc, sent, &phrases[s], &mut chart, |_, _, _| ())
            }
        })
        .collect();
    let found = claims::Found {
        phrases: &phrases,
        attributions: &attributions,
        skip: &skip,
        starts: &starts,
    };
    let drafts = claims::drafts(&doc, &found);
    if let (Some(s), None) = (title, &reading.document.title) {
        reading.document.title = Some(doc.sents[s].span.of(text).to_owned());
    }
    emit::reading(&doc, &found, &values, drafts, input, reading);
    if input.explain {
        reading.notes.extend(explain::explain(&doc, &found));
    }
}

fn published(input: &Input) -> Option<jiff::civil::Date> {
    input.published.as_deref()?.get(..10)?.parse().ok()
}

/// The values of a document.
struct Told {
    times: Vec<values::Time>,
    numbers: Vec<values::Number>,
    places: Vec<values::PlaceHit>,
}

impl Told {
    fn new(doc: &doc::Doc<'_>, starts: &[usize]) -> Told {
        let times = values::times(doc, starts);
        Told {
            numbers: values::numbers(doc, &times),
            places: values::places(doc),
            times,
        }
    }

    fn values(&self, doc: &doc::Doc<'_>, mentions: bool) -> emit::Values<'_> {
        emit::Values {
            times: &self.times,
            numbers: &self.numbers,
            places: &self.places,
            associated: if mentions {
                values::associated(doc, &self.places, &self.times)
            } else {
                Vec::new()
            },
        }
    }
}

/// Finds the phrases of one sentence, all of them or those that are asked for.
type Find = fn(&doc::Doc<'_>, &doc::Sent, &[values::Time], &[values::Number], &[values::PlaceHit]) -> phrases::Phrases;

fn found_phrases(doc: &doc::Doc<'_>, values: &emit::Values<'_>, find: Find) -> Vec<phrases::Phrases> {
    doc.sents
        .iter()
        .map(|sent| find(doc, sent, values.times, values.numbers, values.places))
        .collect()
}
