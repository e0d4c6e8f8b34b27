//! Which texts are nearly the same: one wire in ten papers, with another headline here and a paragraph less there.
//!
//! A text's runs of four words, whatever their case and the signs between them, are hashed into bins, and each bin keeps the least hash (one-permutation MinHash):
//! the part of the bins in which two sketches agree tells which part of all their runs the two texts share. Sketches that agree in all bins of some band are looked at;
//! so a hundred thousand texts are compared without comparing them all.
//!
//! ```
//! use counterclaim_text::sketch::{Sketch, alike};
//!
//! let wire = "The ministry said on Monday that its forces had left the town and that nobody had been hurt in the fighting there.";
//! let paper = format!("{wire} The other side denied it.");
//! let other = "Two villages were shelled overnight, the governor of the province said, and asked for help for the many who had fled.";
//! let sketches: Vec<Sketch> = [wire, other, &paper].map(Sketch::of).into();
//! assert_eq!(alike(&sketches), [vec![0, 2]]);
//! ```

use crate::letters::is_alphabetic;
use std::borrow::Borrow;
use std::collections::HashMap;

const BINS: usize = 63;
/// Bins that a band has.
const ROWS: usize = 3;
/// Words of a run.
const RUN: usize = 4;
/// A text with fewer runs is like another only if it is the same, word for word.
const FEW: usize = 8;
/// Of all bins, those in which two texts that are nearly the same agree at least.
const AGREE: usize = 32;
/// So many texts that have a band in common are compared with one another, the rest with the first of them.
const CROWD: usize = 64;

/// What is kept of a text to compare it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sketch {
    bins: [u32; BINS],
    length: Length,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Length {
    /// It has no words, and is like no other.
    None,
    /// It has too few for bins: a hash of all of them.
    Few(u64),
    Many,
}

impl Sketch {
    /// The sketch of a text.
    #[must_use]
    pub fn of(text: &str) -> Sketch {
        let mut bins = [u32::MAX; BINS];
        let mut last = [0u64; RUN];
        let (mut count, mut whole) = (0usize, 0u64);
        for word in words(text) {
            whole = mix(whole ^ word);
            last.rotate_left(1);
            last[RUN - 1] = word;
            count += 1;
            if count >= RUN {
                let run = last.iter().fold(0, |sum, word| mix(sum ^ word));
                let bin = (run >> 32) as usize % BINS;
                bins[bin] = bins[bin].min(run as u32);
            }
        }
        let length = match count {
            0 => Length::None,
            n if n < RUN + FEW => Length::Few(whole),
            _ => Length::Many,
        };
        if length == Length::Many {
            fill(&mut bins);
        }
        Sketch { bins, length }
    }

    /// Which part of what the two texts have they share, about.
    #[must_use]
    pub fn shares(&self, other: &Sketch) -> f32 {
        match (self.length, other.length) {
            (Length::Few(one), Length::Few(other)) => f32::from(u8::from(one == other)),
            (Length::Many, Length::Many) => self.agree(other) as f32 / BINS as f32,
            _ => 0.0,
        }
    }

    fn agree(&self, other: &Sketch) -> usize {
        self.bins
            .iter()
            .zip(&other.bins)
            .filter(|(one, other)| one == other)
            .count()
    }
}

/// The hashes of a text's words.
fn words(text: &str) -> impl Iterator<Item = u64> {
    text.split(|c: char| !is_alphabetic(c) && !c.is_numeric())
        .filter(|word| !word.is_empty())
        .map(|word| {
            let fold = |sum: u64, c: char| (sum ^ u64::from(c)).wrapping_mul(0x0000_0100_0000_01b3);
            if word.is_ascii() {
                word.bytes().fold(0xcbf2_9ce4_8422_2325, |sum, b| {
                    fold(sum, char::from(b.to_ascii_lowercase()))
                })
            } else {
                word.chars()
                    .flat_map(char::to_lowercase)
                    .fold(0xcbf2_9ce4_8422_2325, fold)
            }
        })
}

fn mix(mut x: u64) -> u64 {
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

/// Gives an empty bin what the next full one has, changed by how far that is, as it would be in the other text.
fn fill(bins: &mut [u32; BINS]) {
    let full = *bins;
    for at in 0..BINS {
        if full[at] == u32::MAX {
            let found = (1..BINS)
                .map(|far| (far, full[(at + far) % BINS]))
                .find(|(_, hash)| *hash != u32::MAX);
            if let Some((far, hash)) = found {
                bins[at] = mix(u64::from(hash) << 8 | far as u64) as u32;
            }
        }
    }
}

/// The groups of texts that are nearly the same, each in order; texts like no other are left out.
#[must_use]
pub fn alike<S: Borrow<Sketch>>(sketches: &[S]) -> Vec<Vec<usize>> {
    let sketches: Vec<&Sketch> = sketches.iter().map(S::borrow).collect();
    let mut groups = Groups((0..sketches.len()).collect());
    let mut same: HashMap<u64, usize> = HashMap::new();
    for (n, sketch) in sketches.iter().enumerate() {
        if let Length::Few(whole) = sketch.length {
            groups.join(*same.entry(whole).or_insert(n), n);
        }
    }
    for band in 0..BINS / ROWS {
        let mut met: HashMap<&[u32], Vec<usize>> = HashMap::new();
        for (n, sketch) in sketches
            .iter()
            .enumerate()
            .filter(|(_, sketch)| sketch.length == Length::Many)
        {
            let before = met.entry(&sketch.bins[band * ROWS..(band + 1) * ROWS]).or_default();
            for &other in before.iter() {
                if groups.first(other) != groups.first(n) && sketches[other].agree(sketch) >= AGREE {
                    groups.join(other, n);
                }
            }
            if before.len() < CROWD {
                before.push(n);
            }
        }
    }
    let mut found: Vec<Vec<usize>> = vec![Vec::new(); sketches.len()];
    for n in 0..sketches.len() {
        found[groups.first(n)].push(n);
    }
    found.retain(|group| group.len() > 1);
    found
}

/// Sets that grow together, each known by its first.
struct Groups(Vec<usize>);

impl Groups {
    fn first(&mut self, mut n: usize) -> usize {
        while self.0[n] != n {
            self.0[n] = self.0[self.0[n]];
            n = self.0[n];
        }
        n
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.first(one), self.first(other));
        self.0[one.max(other)] = one.min(other);
    }
}

#[cfg(test)]
mod tests {
    use super::{Sketch, alike};
    use std::fmt::Write;

    /// A text of so many made-up words.
    fn text(seed: u64, words: usize) -> String {
        let mut x = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        let mut out = String::new();
        for _ in 0..words {
            x ^= x << 13;
            x ^= x >> 7;
            x ^= x << 17;
            let _ = write!(out, "w{} ", x % 3_000);
        }
        out
    }

    #[test]
    fn light_edits_are_seen_and_other_texts_are_not() {
        let wire = text(1, 400);
        let shorter = wire[..wire.len() * 7 / 10].to_owned();
        let framed = format!("{} {wire} {}", text(2, 30), text(3, 40));
        let edited: String = wire
            .split(' ')
            .enumerate()
            .map(|(n, word)| if n % 40 == 7 { "other " } else { word }.to_owned() + " ")
            .collect();
        let mut texts = vec![wire, shorter, framed, edited.to_uppercase()];
        texts.extend((10..200).map(|seed| text(seed, 400)));
        let sketches: Vec<Sketch> = texts.iter().map(|text| Sketch::of(text)).collect();
        assert_eq!(alike(&sketches), [vec![0, 1, 2, 3]]);
        assert!(sketches[0].shares(&sketches[2]) > 0.7);
        assert!(sketches[0].shares(&sketches[4]) < 0.1);
    }

    #[test]
    fn short_texts_are_alike_when_their_words_are() {
        let sketches: Vec<Sketch> = ["Baku denied it.", "“BAKU denied it”", "Baku denied all.", "", " "]
            .map(Sketch::of)
            .into();
        assert_eq!(alike(&sketches), [vec![0, 1]]);
    }
}
