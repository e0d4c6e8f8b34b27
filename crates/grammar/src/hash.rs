//! The one hash that words are known by, from the vocabulary to the literals of rules: a word is hashed once.

const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
const SEED: u64 = 0x517c_c1b7_2722_0a95;

/// The hash that a literal of a pattern and the words of a sentence are compared by. Letters of ASCII count as small ones; words are parted
/// by single spaces, and [`join_hash`] of the hashes of the words is the hash of all of them. Never 0.
///
/// ```
/// use counterclaim_grammar::{join_hash, word_hash};
/// assert_eq!(word_hash("Each Other"), join_hash(word_hash("each"), word_hash("other")));
/// ```
pub fn word_hash(words: &str) -> u64 {
    let mut parts = words.as_bytes().split(|byte| *byte == b' ').map(one);
    let first = parts.next().unwrap_or(1);
    parts.fold(first, join_hash)
}

/// The hash of words and one word more.
pub fn join_hash(words: u64, word: u64) -> u64 {
    mix(words.rotate_left(23), word) | 1
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
