use crate::packed::Packed;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// Phrases by their words: a vocabulary (word → number) and a trie over the numbers, both open-addressed tables that
/// load as they lie.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Names {
    pool: String,
    offsets: Packed<u32>,
    words: Packed<u32>,
    /// `(node << 32 | word)` and the node it leads to, in parallel tables.
    keys: Packed<u64>,
    nodes: Packed<u32>,
    /// Entry number of a node, `u32::MAX` where no phrase ends.
    ends: Packed<u32>,
}

const NONE: u32 = u32::MAX;

impl Names {
    /// The number of a word, whatever its case; 0 for a word that is in no phrase.
    pub fn word(&self, word: &str, buffer: &mut String) -> u32 {
        if self.words.is_empty() {
            return 0;
        }
        let key = fold(word, buffer);
        let mask = self.words.len() - 1;
        let mut slot = hash(key.as_bytes()) as usize & mask;
        loop {
            match self.words[slot] {
                0 => return 0,
                id if self.text(id) == key => return id,
                _ => slot = (slot + 1) & mask,
            }
        }
    }

    fn text(&self, id: u32) -> &str {
        &self.pool[self.offsets[id as usize - 1] as usize..self.offsets[id as usize] as usize]
    }

    /// All phrases that start with `first`, going on with the words that `next` gives; calls `found` with how many
    /// words each has and its entry number, shortest first.
    pub fn walk(&self, mut next: impl FnMut(usize) -> Option<u32>, mut found: impl FnMut(usize, u32)) {
        let mut node = 0u32;
        for depth in 0.. {
            let Some(word) = next(depth).filter(|w| *w != 0) else {
                return;
            };
            let Some(child) = self.child(node, word) else { return };
            node = child;
            let entry = self.ends[node as usize];
            if entry != NONE {
                found(depth + 1, entry);
            }
        }
    }

    fn child(&self, node: u32, word: u32) -> Option<u32> {
        let key = u64::from(node) << 32 | u64::from(word);
        let mask = self.keys.len() - 1;
        let mut slot = mix(key) as usize & mask;
        loop {
            match self.keys[slot] {
                0 => return None,
                k if k == key => return Some(self.nodes[slot]),
                _ => slot = (slot + 1) & mask,
            }
        }
    }
}

/// Lower case, NFC, plain apostrophes and hyphens, nothing invisible: what words are compared by.
pub(crate) fn fold<'b>(word: &'b str, buffer: &'b mut String) -> &'b str {
    let bytes = word.as_bytes();
    if bytes.is_ascii() {
        if !bytes.iter().any(u8::is_ascii_uppercase) {
            return word;
        }
        buffer.clear();
        buffer.push_str(word);
        buffer.make_ascii_lowercase();
        return buffer;
    }
    buffer.clear();
    let composed: Cow<'_, str> = if is_nfc(word) {
        word.into()
    } else {
        word.nfc().collect::<String>().into()
    };
    for c in composed.chars() {
        match c {
            '\u{2019}' | '\u{2bc}' | '\u{ff07}' => buffer.push('\''),
            '\u{2010}' | '\u{2011}' => buffer.push('-'),
            '\u{200b}'..='\u{200f}' | '\u{ad}' | '\u{2060}' | '\u{feff}' => {}
            c => buffer.extend(c.to_lowercase()),
        }
    }
    buffer
}

fn hash(bytes: &[u8]) -> u64 {
    let mut h = 0u64;
    for chunk in bytes.chunks(8) {
        let mut word = [0u8; 8];
        word[..chunk.len()].copy_from_slice(chunk);
        h = (h.rotate_left(5) ^ u64::from_le_bytes(word)).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
    mix(h ^ bytes.len() as u64)
}

fn mix(h: u64) -> u64 {
    let h = (h ^ h >> 32).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    h ^ h >> 29
}

/// Builds [`Names`].
#[derive(Default)]
pub(crate) struct NamesBuilder {
    ids: FxHashMap<String, u32>,
    order: Vec<String>,
    edges: FxHashMap<(u32, u32), u32>,
    ends: Vec<u32>,
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
        let mut buffer = String::new();
        for word in words {
            let key = fold(word, &mut buffer).to_owned();
            let id = match self.ids.get(&key) {
                Some(id) => *id,
                None => {
                    self.order.push(key.clone());
                    let id = self.order.len() as u32;
                    self.ids.insert(key, id);
                    id
                }
            };
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
        let mut names = Names {
            ends: Packed(self.ends),
            offsets: Packed(vec![0]),
            ..Names::default()
        };
        names.words = Packed(vec![0; (self.order.len() * 2 + 1).next_power_of_two()]);
        let mask = names.words.len() - 1;
        for (n, word) in self.order.iter().enumerate() {
            names.pool.push_str(word);
            names.offsets.push(names.pool.len() as u32);
            let mut slot = hash(word.as_bytes()) as usize & mask;
            while names.words[slot] != 0 {
                slot = (slot + 1) & mask;
            }
            names.words[slot] = n as u32 + 1;
        }
        // Sorted, so that the same folder gives the same bytes.
        let mut edges: Vec<_> = self.edges.into_iter().collect();
        edges.sort_unstable();
        let size = (edges.len() * 2 + 1).next_power_of_two();
        (names.keys, names.nodes) = (Packed(vec![0; size]), Packed(vec![0; size]));
        for ((node, word), child) in edges {
            let key = u64::from(node) << 32 | u64::from(word);
            let mut slot = mix(key) as usize & (size - 1);
            while names.keys[slot] != 0 {
                slot = (slot + 1) & (size - 1);
            }
            names.keys[slot] = key;
            names.nodes[slot] = child;
        }
        names
    }
}
