//! The model in memory, and tagging with it.

use crate::features::{self, Case, Context, MAX_FEATURES, Template, Word};
use crate::format::{self, Error, MAX_TAGS, Parts, Weight};

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
    /// Open addressing over the keys of frequent words that have one tag: no need to ask the weights. A tag of
    /// [`NONE`] marks an empty slot.
    dictionary: Vec<(u64, u8)>,
    /// A bit for each feature that has weights, at its upper bits: most features of a token have none, and this says so without a look
    /// into the large table.
    filter: Vec<u64>,
    /// Open addressing over the features.
    features: Vec<Slot>,
    /// Weights of features that have more than [`INLINE`].
    more: Vec<Weight>,
}

/// Most features have two to four weights: they stand in the table itself, so that one look into memory is enough.
const INLINE: usize = 4;

/// A feature and its weights. The table is looked into some fifteen times a token, and memory is what the time goes into.
#[derive(Clone, Copy)]
#[repr(align(16))]
struct Slot {
    feature: u32,
    /// Where in `more` its further weights begin (24 bits), and how many they are (8 bits). [`Slot::FREE`] marks an empty slot.
    more: u32,
    weights: [Weight; INLINE],
}

impl Slot {
    const FREE: u32 = u32::MAX;
    const EMPTY: Slot = Slot {
        feature: 0,
        more: Slot::FREE,
        weights: [Weight { tag: 0, value: 0 }; INLINE],
    };
}

/// The filter has two to the power of this many bits.
const FILTER_BITS: u32 = 21;

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

    pub(crate) fn from_parts(parts: Parts) -> Model {
        let slots = (parts.dictionary.len() * 2 + 1).next_power_of_two();
        let mut dictionary = vec![(0, NONE); slots];
        for (key, tag) in parts.dictionary {
            let mut slot = key as usize & (slots - 1);
            while dictionary[slot].1 != NONE {
                slot = (slot + 1) & (slots - 1);
            }
            dictionary[slot] = (key, tag);
        }
        let slots = (parts.features.len() * 5 / 4 + 1).next_power_of_two();
        let mut features = vec![Slot::EMPTY; slots];
        let mut filter = vec![0u64; 1 << (FILTER_BITS - 6)];
        let mut more = Vec::new();
        let mut rest = &parts.weights[..];
        for (feature, count) in parts.features {
            let (own, others) = rest.split_at(usize::from(count));
            rest = others;
            let mut at = feature as usize & (slots - 1);
            while features[at].more != Slot::FREE {
                at = (at + 1) & (slots - 1);
            }
            let (first, further) = own.split_at(own.len().min(INLINE));
            let slot = &mut features[at];
            slot.feature = feature;
            slot.more = (more.len() as u32) << 8 | further.len() as u32;
            slot.weights[..first.len()].copy_from_slice(first);
            more.extend_from_slice(further);
            let bit = feature >> (32 - FILTER_BITS);
            filter[(bit >> 6) as usize] |= 1 << (bit & 63);
        }
        Model {
            template: parts.template,
            tags: parts.tags,
            dictionary,
            filter,
            features,
            more,
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
        let mask = self.dictionary.len() - 1;
        let mut slot = key as usize & mask;
        loop {
            let (stored, tag) = self.dictionary[slot];
            if tag == NONE {
                return None;
            }
            if stored == key {
                return Some(tag);
            }
            slot = (slot + 1) & mask;
        }
    }

    fn score(&self, context: &Context<'_>) -> u8 {
        let mut found = [0u32; MAX_FEATURES];
        let count = features::features(self.template, context, &mut found);
        let mut hits = [0u32; MAX_FEATURES];
        let mut len = 0;
        for &feature in &found[..count] {
            let bit = feature >> (32 - FILTER_BITS);
            hits[len] = feature;
            len += (self.filter[(bit >> 6) as usize] >> (bit & 63) & 1) as usize;
        }
        // First all slots are fetched, then all are read: the fetches do not wait for one another.
        let mask = self.features.len() - 1;
        let mut slots = [Slot::EMPTY; MAX_FEATURES];
        for (slot, &feature) in slots.iter_mut().zip(&hits[..len]) {
            *slot = self.features[feature as usize & mask];
        }
        // 28 features of at most 127 each: far within sixteen bits.
        let mut scores = [0i16; MAX_TAGS];
        for (slot, &feature) in slots.iter().zip(&hits[..len]) {
            let mut slot = slot;
            let mut at = feature as usize;
            while slot.feature != feature && slot.more != Slot::FREE {
                at += 1;
                slot = &self.features[at & mask];
            }
            if slot.more == Slot::FREE {
                continue;
            }
            add(&mut scores, &slot.weights);
            let begin = (slot.more >> 8) as usize;
            add(&mut scores, &self.more[begin..begin + (slot.more & 0xff) as usize]);
        }
        best(&scores[..self.tags.len()])
    }
}

#[inline(always)]
fn add(scores: &mut [i16; MAX_TAGS], weights: &[Weight]) {
    for weight in weights {
        // No tag is that large: the mask only tells the compiler so.
        scores[usize::from(weight.tag) & (MAX_TAGS - 1)] += i16::from(weight.value);
    }
}

/// The first of the best.
fn best(scores: &[i16]) -> u8 {
    let top = scores.iter().copied().max().unwrap_or(0);
    scores.iter().position(|&score| score == top).unwrap_or(0) as u8
}
