//! ISO 8859-1 or windows-1252 read as windows-1258, then composed: "t́nh" for "tình", "đă" for "đã". Only letters of Latin 1 suffer (the rest of such a page
//! are character references), so most of the text is whole, and many a damaged word is a word, too ("lư" for "lý").
//!
//! The letters that may have stood there are tried for each word. A word that cannot be one and has a reading that is one proves the damage; once
//! it is proved, words that can be either are read as the commoner of the two.

use super::draft::{Change, Draft};
use super::syllable::{TONES, VIET};
use unicode_normalization::UnicodeNormalization;

const KIND: &str = "cp1252-as-cp1258";
/// No word has more letters that could have been others.
const CANDIDATES: usize = 64;

/// A run of letters and what it may have been.
struct Word {
    start: usize,
    end: usize,
    now: String,
    /// As it stands it can be no word.
    proof: bool,
}

/// Mends such words if the text has any that can be nothing else.
pub(super) fn mend(draft: &mut Draft) -> bool {
    let words = words(&draft.text);
    let mut proofs: Vec<&str> = words
        .iter()
        .filter(|word| word.proof && VIET.frequency(&word.now) > 1)
        .map(|word| word.now.as_str())
        .collect();
    let proved = proofs.len();
    proofs.sort_unstable();
    proofs.dedup();
    // One word could be a name; the same rare name all over the text, too. A consonant with a tone cannot.
    let marked = words
        .iter()
        .any(|word| word.proof && stray_mark(&draft.text[word.start..word.end]));
    if proofs.is_empty()
        || !(marked || proofs.len() > 1 || proved > 2 || VIET.frequency(proofs[0]) > 20)
        || !is_vietnamese(&draft.text)
    {
        return false;
    }
    let change = |word: Word| Change {
        start: word.start,
        end: word.end,
        now: word.now,
        kind: KIND,
        confidence: if word.proof { 0.99 } else { 0.85 },
    };
    draft.apply(words.into_iter().map(change).collect())
}

/// Enough words with letters that only this language has. Romanian has "ă", too.
fn is_vietnamese(text: &str) -> bool {
    text.chars()
        .filter(|c| matches!(c, 'ơ' | 'ư' | 'đ' | 'Đ' | '\u{1ea0}'..='\u{1ef9}'))
        .take(3)
        .count()
        == 3
}

/// A tone mark on a letter that cannot have one.
fn stray_mark(word: &str) -> bool {
    let mut before = ' ';
    word.nfd().any(|c| {
        let stray =
            TONES.contains(&c) && before.is_alphabetic() && !"aeiouyAEIOUY".contains(before) && before != '\u{302}';
        if !matches!(c, '\u{302}' | '\u{306}' | '\u{31b}') {
            before = c;
        }
        stray
    })
}

fn words(text: &str) -> Vec<Word> {
    let mut out = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let inside = c.is_alphabetic() || TONES.contains(&c) || ('\u{300}'..='\u{33f}').contains(&c);
        match start {
            None if inside => start = Some(at),
            Some(from) if !inside => {
                out.extend(read(from, &text[from..at]));
                start = None;
            }
            _ => {}
        }
    }
    out
}

fn read(start: usize, word: &str) -> Option<Word> {
    if word.is_ascii() || word.len() > 40 {
        return None;
    }
    let valid = VIET.valid(word);
    let own = if valid { VIET.frequency(word) as f32 + 0.5 } else { 0.0 };
    let candidates = candidates(word);
    let best = candidates
        .into_iter()
        .filter(|candidate| VIET.valid(candidate))
        .map(|candidate| (VIET.frequency(&candidate) as f32 + 0.25, candidate))
        .max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(&a.1)))?;
    (best.0 > own).then(|| Word {
        start,
        end: start + word.len(),
        now: best.1,
        proof: !valid,
    })
}

/// All words that become this one when they are read as windows-1258 and composed, itself left out.
fn candidates(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.nfc().collect();
    let mut out = vec![String::new()];
    for c in letters {
        let options = options(c);
        if out.len() * options.len() > CANDIDATES {
            return Vec::new();
        }
        out = out
            .iter()
            .flat_map(|begun| options.iter().map(move |option| format!("{begun}{option}")))
            .collect();
    }
    let composed: String = word.nfc().collect();
    out.retain(|candidate| *candidate != composed);
    out
}

/// What one composed letter may have been: itself, another letter, or a letter and one that was taken for its tone mark.
fn options(c: char) -> Vec<String> {
    let mut out = vec![c.to_string()];
    out.extend(other(c).map(String::from));
    let apart: Vec<char> = std::iter::once(c).nfd().collect();
    if let Some(at) = apart.iter().position(|c| TONES.contains(c)) {
        let rest: String = apart
            .iter()
            .enumerate()
            .filter(|&(i, _)| i != at)
            .map(|(_, c)| *c)
            .nfc()
            .collect();
        if let Some(letter) = other(apart[at]) {
            out.push(format!("{rest}{letter}"));
            if let Some(base) = rest
                .chars()
                .next()
                .filter(|_| rest.chars().count() == 1)
                .and_then(other)
            {
                out.push(format!("{base}{letter}"));
            }
        }
    }
    out
}

/// The letter of windows-1252 that windows-1258 shows as this one.
fn other(c: char) -> Option<char> {
    let (read, meant) = (super::page::named("cp1258")?, super::page::named("cp1252")?);
    let byte = (!c.is_ascii()).then(|| read.byte(c)).flatten()?;
    Some(meant.char(byte)).filter(|&m| m != c && m.is_alphabetic())
}
