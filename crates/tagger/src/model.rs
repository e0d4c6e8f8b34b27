//! The model in memory, and tagging with it.

use crate::features::{self, Case, Context, MAX_FEATURES, Template, Word};
use crate::format::{self, Error, MAX_TAGS, Parts};
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
    /// For the features that share their upper [`BUCKET_BITS`] bits four bytes with a bit for each that has weights, told by its further
    /// bits (many features of a token have none, and this says so without a look into the large table), and four bytes for where in
    /// `rows` they begin; one more at the end.
    buckets: Cow<'static, [u8]>,
    /// Features in ascending order: two bytes the lower bits, one byte how many weights, per weight a byte the tag and a byte the
    /// value. Looked into some ten times a token: it is small so that the caches hold it.
    rows: Cow<'static, [u8]>,
}

const BUCKET_BITS: u32 = 16;
/// Bytes of a bucket: its filter and its start.
const BUCKET: usize = 8;
/// Bytes of a row of two weights: three features in four have just these, one for a tag and one against another.
const FIRST: usize = 7;
/// Bytes of a slot of the dictionary.
const ENTRY: usize = 9;

const NONE: u8 = u8::MAX;

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
        let (template, tags, [dictionary, buckets, rows]) = format::read_prepared(bytes)?;
        Ok(Model {
            template,
            tags,
            dictionary: dictionary.into(),
            buckets: buckets.into(),
            rows: rows.into(),
        })
    }

    /// The model as it lies in memory, larger than its file and ready for use.
    #[must_use]
    pub fn prepared(&self) -> Vec<u8> {
        format::write_prepared(self.template, &self.tags, [&self.dictionary, &self.buckets, &self.rows])
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
        let mut buckets = Vec::with_capacity(BUCKET * ((1 << BUCKET_BITS) + 1));
        let mut rows = Vec::new();
        let mut rest = &parts.weights[..];
        let mut features = parts.features.into_iter().peekable();
        for bucket in 0..=1u32 << BUCKET_BITS {
            let (start, mut filter) = (rows.len() as u32, 0u32);
            while let Some((feature, count)) = features.next_if(|(f, _)| f >> (32 - BUCKET_BITS) == bucket) {
                let (own, others) = rest.split_at(usize::from(count));
                rest = others;
                rows.extend_from_slice(&(feature as u16).to_le_bytes());
                rows.push(count);
                own.iter().for_each(|w| rows.extend([w.tag, w.value as u8]));
                filter |= 1 << filter_bit(feature);
            }
            buckets.extend_from_slice(&filter.to_le_bytes());
            buckets.extend_from_slice(&start.to_le_bytes());
        }
        Model {
            template: parts.template,
            tags: parts.tags,
            dictionary: dictionary.into(),
            buckets: buckets.into(),
            rows: rows.into(),
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

    /// Tags one sentence: appends one tag a token to `out`, which is not cleared. Takes no memory but what `out` grows by, and time linear in
    /// the text.
    pub fn tag(&self, tokens: &[Token<'_>], out: &mut Vec<Tag>) {
        out.reserve(tokens.len());
        let case = self.case(tokens);
        let read = |at: usize| tokens.get(at).map_or(Word::EDGE, |token| features::word(token.text));
        let start = self.tags.len() as u8;
        let mut words = [Word::EDGE, Word::EDGE, Word::EDGE, read(0), read(1)];
        let mut previous = [start, start];
        for at in 0..tokens.len() {
            words.rotate_left(1);
            words[4] = read(at + 2);
            let tag = self.known(words[2].key()).unwrap_or_else(|| {
                self.score(&Context {
                    words: &words,
                    previous,
                    case,
                })
            });
            previous = [tag, previous[0]];
            out.push(Tag(tag));
        }
    }

    /// How the sentence is written.
    fn case(&self, tokens: &[Token<'_>]) -> Case {
        features::case(
            tokens
                .iter()
                .take(features::CASE_TOKENS)
                .map(|token| features::letters(token.text)),
        )
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

    fn score(&self, context: &Context<'_>) -> u8 {
        let mut found = [0u32; MAX_FEATURES];
        let count = features::features(self.template, context, &mut found);
        // First all buckets are fetched, then the first row of each, then all are read: the fetches do not wait for one another.
        let mut hits = [(0u32, 0u32, 0u32); MAX_FEATURES];
        let mut len = 0;
        for &feature in &found[..count] {
            let at = (feature >> (32 - BUCKET_BITS)) as usize * BUCKET;
            let both: &[u8; 2 * BUCKET] = self.buckets[at..].first_chunk().unwrap_or(&[0; 2 * BUCKET]);
            let both = u128::from_le_bytes(*both);
            hits[len] = (feature, (both >> 32) as u32, (both >> 96) as u32);
            len += usize::from((both as u32) >> filter_bit(feature) & 1 == 1);
        }
        let hits = &hits[..len];
        let mut firsts = [[0u8; FIRST]; MAX_FEATURES];
        for (first, &(_, start, _)) in firsts.iter_mut().zip(hits) {
            let row = self.rows.get(start as usize..).and_then(<[u8]>::first_chunk);
            *first = *row.unwrap_or(&[0; FIRST]);
        }
        // 28 features of at most 127 each: far within sixteen bits.
        let mut scores = [0i16; MAX_TAGS];
        for (first, &(feature, start, end)) in firsts.iter().zip(hits) {
            if let [low, high, 2, weights @ ..] = first
                && u16::from_le_bytes([*low, *high]) == feature as u16
                && start < end
            {
                add(&mut scores, weights);
                continue;
            }
            let mut bucket = self.rows.get(start as usize..end as usize).unwrap_or_default();
            while let Some((&[low, high, weights], rest)) = bucket.split_first_chunk() {
                let Some((weights, rest)) = rest.split_at_checked(usize::from(weights) * 2) else {
                    break;
                };
                if u16::from_le_bytes([low, high]) == feature as u16 {
                    add(&mut scores, weights);
                    break;
                }
                bucket = rest;
            }
        }
        best(&scores[..self.tags.len()])
    }
}

/// Which bit of its bucket's filter a feature has.
fn filter_bit(feature: u32) -> u32 {
    feature >> (27 - BUCKET_BITS) & 31
}

#[inline(always)]
fn add(scores: &mut [i16; MAX_TAGS], weights: &[u8]) {
    for weight in weights.chunks_exact(2) {
        // No tag is that large: the mask only tells the compiler so.
        scores[usize::from(weight[0]) & (MAX_TAGS - 1)] += i16::from(weight[1] as i8);
    }
}

/// The first of the best.
fn best(scores: &[i16]) -> u8 {
    let top = scores.iter().copied().max().unwrap_or(0);
    scores.iter().position(|&score| score == top).unwrap_or(0) as u8
}
