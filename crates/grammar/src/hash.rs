//! The one hash that words are known by, from the vocabulary to the literals of rules: a word is hashed once.

use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
const SEED: u64 = 0x517c_c1b7_2722_0a95;

/// The hash that a literal of a pattern and the words of a sentence are compared by. Letters of ASCII count as small ones; words are parted
/// by single spaces, and [`join_hash`] of the hashes of the words is the hash of all of them. A mark of tone counts over whichever letter of
/// its syllable it stands, since writers differ in that. Never 0.
///
/// ```
/// use counterclaim_grammar::{join_hash, word_hash};
/// assert_eq!(word_hash("Each Other"), join_hash(word_hash("each"), word_hash("other")));
/// assert_eq!(word_hash("hoà"), word_hash("hòa"));
/// ```
pub fn word_hash(words: &str) -> u64 {
    let mut parts = words.split(' ').map(|word| match word.is_ascii() {
        true => one(word.as_bytes()),
        false => toned(word),
    });
    let first = parts.next().unwrap_or(1);
    parts.fold(first, join_hash)
}

/// The hash of words and one word more.
pub fn join_hash(words: u64, word: u64) -> u64 {
    mix(words.rotate_left(23), word) | 1
}

/// The letter and the mark of tone that a character is made of, for characters below [`TONED`] that carry one of the marks that Vietnamese
/// tells tones with; any other character stands with no mark.
static TONES: LazyLock<Vec<(char, Option<char>)>> = LazyLock::new(|| {
    let tone = |c: &char| matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}');
    let entry = |c: char| {
        let mark = std::iter::once(c).nfd().find(tone);
        let mut bare = std::iter::once(c).nfd().filter(|c| !tone(c)).nfc();
        match (bare.next(), bare.next()) {
            (Some(letter), None) => (letter, mark),
            _ => (c, None),
        }
    };
    ('\0'..TONED).map(entry).collect()
});

const TONED: char = '\u{1f00}';

/// No word is longer, in bytes, whose marks of tone are looked at.
const LONGEST: usize = 64;

/// The hash of a word whose marks of tone are put behind its letters.
fn toned(word: &str) -> u64 {
    let (mut bytes, mut end) = ([0u8; 3 * LONGEST], 0);
    let (mut marks, mut marked) = (['\0'; 4], 0);
    if word.len() > LONGEST {
        return one(word.as_bytes());
    }
    let mut push = |c: char| end += c.encode_utf8(&mut bytes[end..]).len();
    for c in word.chars() {
        match TONES.get(c as usize) {
            Some(&(letter, Some(mark))) if marked < marks.len() => {
                push(letter);
                marks[marked] = mark;
                marked += 1;
            }
            _ => push(c),
        }
    }
    marks[..marked].iter().for_each(|mark| push(*mark));
    one(&bytes[..end])
}

fn one(word: &[u8]) -> u64 {
    let mut hash = SEED;
    let mut rest = word;
    while let Some((chunk, more)) = rest.split_first_chunk() {
        hash = mix(hash, small(u64::from_le_bytes(*chunk)));
        rest = more;
    }
    mix(mix(hash, small(tail(rest))), word.len() as u64) | 1
}

/// Fewer than eight bytes as one number; which number they give depends on all of them.
fn tail(bytes: &[u8]) -> u64 {
    match (bytes.first_chunk::<4>(), bytes.last_chunk::<4>(), bytes) {
        (Some(first), Some(last), _) => {
            u64::from(u32::from_le_bytes(*first)) | u64::from(u32::from_le_bytes(*last)) << 32
        }
        (_, _, [a, b, c]) => u64::from(*a) | u64::from(*b) << 8 | u64::from(*c) << 16,
        (_, _, [a, b]) => u64::from(*a) | u64::from(*b) << 8,
        (_, _, [a]) => u64::from(*a),
        _ => 0,
    }
}

/// Eight bytes with the capitals of ASCII made small.
fn small(bytes: u64) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x80 * ONES;
    let seven = bytes & !HIGH;
    let from_a = seven + (0x80 - b'A' as u64) * ONES;
    let past_z = seven + (0x7f - b'Z' as u64) * ONES;
    bytes | (from_a & !past_z & !bytes & HIGH) >> 2
}

fn mix(a: u64, b: u64) -> u64 {
    let product = u128::from(a ^ b.wrapping_mul(SEED)) * u128::from(FACTOR);
    product as u64 ^ (product >> 64) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tone_may_stand_on_any_vowel_of_its_syllable() {
        for (a, b) in [("lưả", "lửa"), ("hoà", "hòa"), ("đaị", "đại"), ("thuỷ lôi", "thủy lôi")] {
            assert_eq!(word_hash(a), word_hash(b), "{a}");
        }
        for (a, b) in [("ha", "hâ"), ("hoa", "hòa"), ("hóa", "hỏa")] {
            assert_ne!(word_hash(a), word_hash(b), "{a}");
        }
        assert_ne!(word_hash(&"ă".repeat(40)), word_hash(&"a".repeat(40)));
    }

    #[test]
    fn small_letters_and_large_ones_are_alike() {
        for (a, b) in [
            ("ABCXYZ[@`{", "abcxyz[@`{"),
            ("Đà NẴNG", "Đà nẴng"),
            ("A", "a"),
            ("USSR", "ussr"),
        ] {
            assert_eq!(word_hash(a), word_hash(b), "{a}");
        }
        let all: Vec<String> = (0..4000).map(|n| "w".repeat(n % 11) + &n.to_string()).collect();
        let mut hashes: Vec<u64> = all.iter().map(|w| word_hash(w)).collect();
        hashes.sort_unstable();
        hashes.dedup();
        assert_eq!(hashes.len(), all.len());
    }
}
