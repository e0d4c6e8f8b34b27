use crate::packed::Table;
use counterclaim_grammar::word_hash;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;
use unicode_normalization::char::canonical_combining_class;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Phrases by their words: a vocabulary (word → number) and a trie over the numbers, in tables that are read where they lie.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names {
    /// Open addressing over the keys of words: of each the upper bits of its key and its number, 0 where the slot is empty.
    words: Table<u64>,
    /// Per word number the step that a phrase begins with, 0 where no phrase begins with it; and above it a bit for each word that may be
    /// the phrase's second, so that most steps need not be looked up.
    firsts: Table<u64>,
    /// Open addressing over the further steps: `(node << 32 | word)` and the step, in parallel tables.
    keys: Table<u64>,
    steps: Table<u32>,
    /// Entry number of a node, `u32::MAX` where no phrase ends.
    ends: Table<u32>,
}

const NONE: u32 = u32::MAX;

/// A word's number takes this many bits of its slot, and its key the others: of unknown words one in a million million is taken for another.
const NUMBER: u32 = 24;

/// A step leads to a node; its lowest bit tells whether steps lead on from there.
const MORE: u32 = 1;

impl Names {
    /// The number of a word, whatever its case; 0 for a word that is in no phrase.
    pub fn word(&self, word: &str, buffer: &mut String) -> u32 {
        self.number(key(word, buffer))
    }

    /// The number of the word that has this [`key`]; 0 for a word that is in no phrase.
    pub fn number(&self, key: u64) -> u32 {
        let Some(mask) = self.words.len().checked_sub(1) else {
            return 0;
        };
        let mut slot = key as usize & mask;
        loop {
            match self.words.at(slot) {
                0 => return 0,
                word if (word ^ key) >> NUMBER == 0 => return word as u32 & ((1 << NUMBER) - 1),
                _ => slot = (slot + 1) & mask,
            }
        }
    }

    /// All phrases that start with the first of the words that `next` gives, as long as it gives any; calls `found` with how many words
    /// each has and its entry number, shortest first.
    #[inline]
    pub fn walk(&self, mut next: impl FnMut(usize) -> Option<u32>, mut found: impl FnMut(usize, u32)) {
        let Some(first) = next(0).filter(|w| *w != 0) else {
            return;
        };
        let first = self.firsts.at(first as usize);
        let (mut step, mut seconds) = (first as u32, (first >> 32) as u32);
        for depth in 1.. {
            if step == 0 {
                return;
            }
            let node = step >> 1;
            let entry = self.ends.at(node as usize);
            if entry != NONE {
                found(depth, entry);
            }
            if step & MORE == 0 {
                return;
            }
            let Some(word) = next(depth).filter(|w| *w != 0 && seconds & second(*w) != 0) else {
                return;
            };
            seconds = u32::MAX;
            step = self.step(node, word);
        }
    }

    fn step(&self, node: u32, word: u32) -> u32 {
        let key = u64::from(node) << 32 | u64::from(word);
        let mask = self.keys.len() - 1;
        let mut slot = mix(key) as usize & mask;
        loop {
            match self.keys.at(slot) {
                0 => return 0,
                k if k == key => return self.steps.at(slot),
                _ => slot = (slot + 1) & mask,
            }
        }
    }

    pub(crate) fn sections(&self) -> [&[u8]; 5] {
        [
            self.words.bytes(),
            self.firsts.bytes(),
            self.keys.bytes(),
            self.steps.bytes(),
            self.ends.bytes(),
        ]
    }

    pub(crate) fn lying([words, firsts, keys, steps, ends]: [&'static [u8]; 5]) -> Names {
        Names {
            words: Table::lying(words),
            firsts: Table::lying(firsts),
            keys: Table::lying(keys),
            steps: Table::lying(steps),
            ends: Table::lying(ends),
        }
    }
}

/// What a word is known by, in lexicons and in rules: [`word_hash`] of the word in lower case, NFC, with plain apostrophes and
/// hyphens and nothing invisible. `buffer` is scratch space.
pub fn key(word: &str, buffer: &mut String) -> u64 {
    if word.is_ascii() {
        word_hash(word)
    } else {
        fold(word, buffer);
        word_hash(buffer)
    }
}

/// Letters as words are compared by them, for characters below [`FOLDED`]: the small letter, [`DROPPED`], or [`ODD`] where it is not told by
/// the character alone.
static FOLD: LazyLock<Vec<char>> = LazyLock::new(|| {
    let entry = |c: char| {
        let mut small = folded(c);
        let first = small.next();
        if is_nfc_quick(std::iter::once(c)) != IsNormalized::Yes || canonical_combining_class(c) != 0 {
            ODD
        } else {
            match (first, small.next()) {
                (None, _) => DROPPED,
                (Some(first), None) => first,
                _ => ODD,
            }
        }
    };
    ('\0'..FOLDED).map(entry).collect()
});

/// The small letter as words are compared by it; none where the character alone does not tell it, or is no letter or digit.
pub(crate) fn small(c: char) -> Option<char> {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric().then(|| c.to_ascii_lowercase());
    }
    let latin = matches!(c, '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}') && !matches!(c, '×' | '÷');
    FOLD.get(c as usize)
        .copied()
        .filter(|small| latin && *small != ODD && *small != DROPPED)
}

const FOLDED: char = '\u{2100}';
const DROPPED: char = char::MAX;
const ODD: char = '\u{10fffe}';

/// Puts the word into `buffer` as words are compared.
fn fold(word: &str, buffer: &mut String) {
    buffer.clear();
    let table = &*FOLD;
    for c in word.chars() {
        match table.get(c as usize) {
            Some(&DROPPED) => {}
            Some(&small) if small != ODD => buffer.push(small),
            _ => {
                buffer.clear();
                buffer.extend(word.nfc().flat_map(folded));
                return;
            }
        }
    }
}

fn folded(c: char) -> impl Iterator<Item = char> {
    let c = match c {
        '\u{2019}' | '\u{2bc}' | '\u{ff07}' => Some('\''),
        '\u{2010}' | '\u{2011}' => Some('-'),
        '\u{200b}'..='\u{200f}' | '\u{ad}' | '\u{2060}' | '\u{feff}' => None,
        c => Some(c),
    };
    c.into_iter().flat_map(char::to_lowercase)
}

/// The bit of a word among the seconds of phrases.
fn second(word: u32) -> u32 {
    1 << (word & 31)
}

fn mix(h: u64) -> u64 {
    let h = (h ^ h >> 32).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    h ^ h >> 29
}

/// Builds [`Names`].
#[derive(Default)]
pub(crate) struct NamesBuilder {
    /// Words by their keys, numbered from 1.
    ids: FxHashMap<u64, u32>,
    edges: FxHashMap<(u32, u32), u32>,
    ends: Vec<u32>,
    buffer: String,
}

impl NamesBuilder {
    pub(crate) fn new() -> Self {
        NamesBuilder {
            ends: vec![NONE],
            ..Self::default()
        }
    }

    /// Adds a phrase, given as its words; returns its entry number, `fresh` if the phrase is new.
    pub(crate) fn insert(&mut self, words: &[&str], fresh: u32) -> u32 {
        let mut node = 0;
        for word in words {
            let next = self.ids.len() as u32 + 1;
            let id = *self.ids.entry(key(word, &mut self.buffer)).or_insert(next);
            let new = self.ends.len() as u32;
            node = *self.edges.entry((node, id)).or_insert(new);
            if node == new {
                self.ends.push(NONE);
            }
        }
        let end = &mut self.ends[node as usize];
        if *end == NONE {
            *end = fresh;
        }
        *end
    }

    pub(crate) fn build(self) -> Names {
        // Sorted, so that the same folder gives the same bytes.
        let mut ids: Vec<(u64, u32)> = self.ids.into_iter().collect();
        ids.sort_unstable_by_key(|(_, id)| *id);
        assert!(ids.len() < 1 << NUMBER, "more words than a vocabulary can number");
        let mut words = vec![0u64; (ids.len() * 3 / 2 + 1).next_power_of_two()];
        for (key, id) in &ids {
            let mut slot = *key as usize & (words.len() - 1);
            while words[slot] != 0 {
                slot = (slot + 1) & (words.len() - 1);
            }
            words[slot] = key >> NUMBER << NUMBER | u64::from(*id);
        }
        let mut more = vec![0; self.ends.len()];
        self.edges.keys().for_each(|(node, _)| more[*node as usize] = MORE);
        let mut edges: Vec<_> = self.edges.into_iter().collect();
        edges.sort_unstable();
        let mut firsts = vec![0u64; ids.len() + 1];
        let mut starts = vec![0; self.ends.len()];
        for ((_, word), child) in edges.iter().filter(|((node, _), _)| *node == 0) {
            starts[*child as usize] = *word;
        }
        let further = edges.iter().filter(|((node, _), _)| *node != 0).count();
        let size = (further * 3 / 2 + 1).next_power_of_two();
        let (mut keys, mut steps) = (vec![0u64; size], vec![0u32; size]);
        for ((node, word), child) in edges {
            let step = child << 1 | more[child as usize];
            if node == 0 {
                firsts[word as usize] |= u64::from(step);
                continue;
            }
            if starts[node as usize] != 0 {
                firsts[starts[node as usize] as usize] |= u64::from(second(word)) << 32;
            }
            let key = u64::from(node) << 32 | u64::from(word);
            let mut slot = mix(key) as usize & (size - 1);
            while keys[slot] != 0 {
                slot = (slot + 1) & (size - 1);
            }
            keys[slot] = key;
            steps[slot] = step;
        }
        Names {
            words: Table::new(&words),
            firsts: Table::new(&firsts),
            keys: Table::new(&keys),
            steps: Table::new(&steps),
            ends: Table::new(&self.ends),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::key;

    #[test]
    fn words_are_known_however_they_are_written() {
        let mut buffer = String::new();
        for (a, b) in [
            ("BÁC BỎ", "bác bỏ"),
            ("ba\u{301}c bo\u{309}", "bác bỏ"),
            ("didn\u{2019}t", "didn't"),
            ("al\u{2011}Qa\u{ad}eda", "Al-Qaeda"),
            ("ΣΑΣ", "σασ"),
        ] {
            assert_eq!(key(a, &mut buffer), key(b, &mut buffer), "{a}");
        }
        assert_ne!(key("bo", &mut buffer), key("bỏ", &mut buffer));
    }
}
