//! The model in memory, and tagging with it.

use crate::features::{self, Case, Context, Features, Template, Word};
use crate::format::{self, Error, MAX_TAGS, Parts};
use crate::known::Known;
use crate::table::{LANES, Scores, Sums, Table, add};
use std::borrow::Cow;

/// A token as it stands in the text, in its own case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token<'t> {
    /// The token's characters.
    pub text: &'t str,
}

/// A tag: an index into [`Model::tags`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Tag(pub u8);

/// A trained tagger. See the [crate] for an example.
pub struct Model {
    template: Template,
    tags: Vec<String>,
    /// Open addressing over the keys of frequent words that have one tag: no need to ask the weights. Eight bytes a key and one byte
    /// the tag; a tag of [`NONE`] marks an empty slot.
    dictionary: Cow<'static, [u8]>,
    table: Table,
    /// What tags say of the one after them.
    pairs: Vec<[i16; LANES]>,
}

/// Bytes of a slot of the dictionary.
const ENTRY: usize = 9;

const NONE: u8 = u8::MAX;
/// Marks a tag that the words and the order of tags suggest; no model has so many tags.
const GUESS: u8 = 1 << 7;

/// What tagging writes into and what it remembers of words, kept from sentence to sentence.
pub struct Scratch {
    words: Vec<Word>,
    /// Tags by the dictionary; else what the words and the order of tags suggest.
    first: Vec<u8>,
    known: Known,
    of_words: Sums,
    of_tags: Sums,
    again: Sums,
}

impl Default for Scratch {
    fn default() -> Scratch {
        Scratch::NEW
    }
}

impl Scratch {
    /// Empty, as at first.
    pub const NEW: Scratch = Scratch {
        words: Vec::new(),
        first: Vec::new(),
        known: Known::NEW,
        of_words: Sums::NEW,
        of_tags: Sums::NEW,
        again: Sums::NEW,
    };
}

impl Model {
    /// Reads a model's file.
    ///
    /// # Errors
    /// When the bytes are no model, or a damaged one.
    ///
    /// ```
    /// use counterclaim_tagger::Model;
    /// assert!(Model::from_bytes(b"no model").is_err());
    /// ```
    pub fn from_bytes(bytes: &[u8]) -> Result<Model, Error> {
        format::read(bytes).map(Model::from_parts)
    }

    /// Takes a model from what [`Model::prepared`] gave. Nothing is copied: its tables are read where they lie.
    ///
    /// # Errors
    /// When the bytes are no prepared model.
    pub fn from_prepared(bytes: &'static [u8]) -> Result<Model, Error> {
        let (template, tags, [dictionary, table @ ..]) = format::read_prepared(bytes)?;
        let table = Table::lying(tags.len(), table);
        Ok(Model {
            template,
            dictionary: dictionary.into(),
            pairs: pairs(&table, tags.len()),
            table,
            tags,
        })
    }

    /// The model as it lies in memory, larger than its file and ready for use.
    #[must_use]
    pub fn prepared(&self) -> Vec<u8> {
        let [a, b, c, d] = self.table.sections();
        format::write_prepared(self.template, &self.tags, [&self.dictionary, a, b, c, d])
    }

    pub(crate) fn from_parts(parts: Parts) -> Model {
        let slots = (parts.dictionary.len() * 2 + 1).next_power_of_two();
        let mut dictionary = vec![NONE; slots * ENTRY];
        for (key, tag) in parts.dictionary {
            let mut slot = key as usize & (slots - 1);
            while dictionary[slot * ENTRY + 8] != NONE {
                slot = (slot + 1) & (slots - 1);
            }
            let entry = &mut dictionary[slot * ENTRY..][..ENTRY];
            entry[..8].copy_from_slice(&key.to_le_bytes());
            entry[8] = tag;
        }
        let table = Table::new(parts.tags.len(), &parts.features, &parts.weights);
        Model {
            template: parts.template,
            dictionary: dictionary.into(),
            pairs: pairs(&table, parts.tags.len()),
            table,
            tags: parts.tags,
        }
    }

    /// The names of the tags, in the order of their numbers.
    #[must_use]
    pub fn tags(&self) -> &[String] {
        &self.tags
    }

    /// The name of a tag of this model; empty for a number that is none of its tags.
    #[must_use]
    pub fn name(&self, tag: Tag) -> &str {
        self.tags.get(usize::from(tag.0)).map_or("", String::as_str)
    }

    /// The tag of that name.
    #[must_use]
    pub fn tag_named(&self, name: &str) -> Option<Tag> {
        self.tags.iter().position(|tag| tag == name).map(|at| Tag(at as u8))
    }

    /// What a token is to this model: a word or a syllable.
    #[must_use]
    pub fn template(&self) -> Template {
        self.template
    }

    /// Tags one sentence: appends one tag a token to `out`, which is not cleared. Takes time linear in the text. `scratch` is of this model alone.
    ///
    /// The tag before decides with the words, so one token can be tagged only after the other. But what the words say is added up for all
    /// tokens together, and so is what the tags before would say if they were those that the words and the order of tags suggest. Only where they are not is it
    /// asked for again.
    pub fn tag(&self, tokens: &[Token<'_>], scratch: &mut Scratch, out: &mut Vec<Tag>) {
        let Scratch { words, first, .. } = scratch;
        words.clear();
        words.extend([Word::EDGE; 2]);
        words.extend(tokens.iter().map(|token| features::word(self.template, token.text)));
        words.extend([Word::EDGE; 2]);
        let inner = &words[2..words.len() - 2];
        let case = features::case(inner.iter().take(features::CASE_TOKENS).map(|word| word.shape));
        first.clear();
        first.extend(inner.iter().map(|word| self.known(word.key()).unwrap_or(NONE)));
        self.weigh(case, scratch);
        self.decide(case, scratch, out);
    }

    /// Adds up what the words say of all tokens that the dictionary does not know, and what the tags before those would if the words and the
    /// order of tags alone decided.
    fn weigh(&self, case: Case, scratch: &mut Scratch) {
        let Scratch {
            words,
            first,
            known,
            of_words,
            of_tags,
            ..
        } = scratch;
        let (table, template, edge) = (&self.table, self.template, self.tags.len() as u8);
        known.look_up(table, template, words, case);
        of_words.clear();
        of_tags.clear();
        let mut found = Features::NONE;
        for (at, words) in words.array_windows().enumerate().filter(|(at, _)| first[*at] == NONE) {
            found.clear();
            let previous = [edge; 2];
            found.of_words(template, &Context { words, previous, case });
            known.say(table, at, of_words.push(table, &found));
        }
        of_words.add(table);
        let (mut previous, mut number) = ([edge; 2], 0);
        let mut scores = [[0; LANES]; MAX_TAGS / LANES];
        let scores = &mut scores[..table.lanes()];
        for (words, first) in words.array_windows().zip(first) {
            if *first == NONE {
                found.clear();
                found.of_tags(template, &Context { words, previous, case });
                let pair = self.pair(previous);
                add(of_tags.push(table, &found), pair);
                scores.copy_from_slice(of_words.of(table, number));
                add(scores, pair);
                *first = table.best(scores) | GUESS;
                number += 1;
            }
            previous = [*first & !GUESS, previous[0]];
        }
        of_tags.add(table);
    }

    /// Tags the tokens one after the other.
    fn decide(&self, case: Case, scratch: &mut Scratch, out: &mut Vec<Tag>) {
        let Scratch {
            words,
            first,
            of_words,
            of_tags,
            again,
            ..
        } = scratch;
        let (table, edge) = (&self.table, self.tags.len() as u8);
        let (mut previous, mut guessed, mut number) = ([edge; 2], [edge; 2], 0);
        let mut found = Features::NONE;
        let mut scores = [[0; LANES]; MAX_TAGS / LANES];
        let scores = &mut scores[..table.lanes()];
        out.reserve(first.len());
        for (words, first) in words.array_windows().zip(&*first) {
            let mut tag = *first & !GUESS;
            if first & GUESS != 0 {
                scores.copy_from_slice(of_words.of(table, number));
                if previous == guessed {
                    add(scores, of_tags.of(table, number));
                } else {
                    again.clear();
                    found.clear();
                    found.of_tags(self.template, &Context { words, previous, case });
                    again.push(table, &found);
                    again.add(table);
                    add(scores, again.of(table, 0));
                    add(scores, self.pair(previous));
                }
                tag = table.best(scores);
                number += 1;
            }
            guessed = [first & !GUESS, guessed[0]];
            previous = [tag, previous[0]];
            out.push(Tag(tag));
        }
    }

    /// What the two tags before say alone.
    fn pair(&self, [one, two]: [u8; 2]) -> &Scores {
        let lanes = self.table.lanes();
        let number = usize::from(one) * (self.tags.len() + 1) + usize::from(two);
        &self.pairs[number * lanes..][..lanes]
    }

    fn known(&self, key: u64) -> Option<u8> {
        let mask = self.dictionary.len() / ENTRY - 1;
        let mut slot = key as usize & mask;
        loop {
            let entry: &[u8; ENTRY] = self.dictionary[slot * ENTRY..].first_chunk()?;
            let [key_bytes @ .., tag] = entry;
            if *tag == NONE {
                return None;
            }
            if u64::from_le_bytes(*key_bytes) == key {
                return Some(*tag);
            }
            slot = (slot + 1) & mask;
        }
    }
}

/// What each two tags say that stand before a token, the one right before it first; the number of tags stands for the sentence's start.
fn pairs(table: &Table, tags: usize) -> Vec<[i16; LANES]> {
    let mut sums = Sums::NEW;
    for one in 0..=tags as u8 {
        for two in 0..=tags as u8 {
            let mut found = Features::NONE;
            found.of_pair([one, two]);
            sums.push(table, &found);
        }
    }
    sums.add(table);
    (0..sums.len).flat_map(|n| sums.of(table, n).to_vec()).collect()
}
