//! ISO 8859-1 or windows-1252 read as windows-1258, then composed: "t́nh" for "tình", "đă" for "đã". Only letters of Latin 1 suffer (the rest of such a page
//! are character references), so most of the text is whole, and many a damaged word is a word, too ("lư" for "lý").
//!
//! The letters that may have stood there are tried for each word. A word that cannot be one and has a reading that is one proves the damage; once
//! it is proved, words that can be either are read as the commoner of the two.

use super::draft::{Change, Draft};
use super::gate::beyond_ascii;
use super::syllable::{TONES, VIET, rows};
use crate::letters::is_alphabetic;
use std::collections::HashMap;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

const KIND: &str = "cp1252-as-cp1258";
/// No word has more letters that could have been others.
const CANDIDATES: usize = 64;

/// A run of letters and what it may have been.
struct Word<'t> {
    start: usize,
    end: usize,
    was: &'t str,
    now: Option<String>,
    /// As it stands it can hardly be a word.
    proof: bool,
    /// It can be no name of any language either.
    sure: bool,
}

/// Rows of `confusable.tsv` by form.
static CONFUSABLE: LazyLock<HashMap<&'static str, Vec<Row>>> = LazyLock::new(|| {
    let mut table: HashMap<&str, Vec<Row>> = HashMap::new();
    for row in rows(TABLE) {
        if let [form, before, after, reading] = row[..] {
            table.entry(form).or_default().push(Row { before, after, reading });
        }
    }
    table
});

const TABLE: &str = include_str!("../../../../languages/vi/repair/confusable.tsv");

struct Row {
    before: &'static str,
    after: &'static str,
    reading: &'static str,
}

/// Mends such words if the text has any that can be nothing else.
pub(super) fn mend(draft: &mut Draft) -> bool {
    if !is_vietnamese(&draft.text) {
        return false;
    }
    let mut words = words(&draft.text);
    settle(&mut words);
    words.retain(|word| word.now.is_some());
    let mut proofs: Vec<&str> = words
        .iter()
        .filter(|word| word.proof)
        .filter_map(|word| word.now.as_deref())
        .collect();
    let proved = proofs.len();
    proofs.sort_unstable();
    proofs.dedup();
    // One word could be a name; the same rare name all over the text, too. A consonant with a tone cannot.
    let sure = words.iter().any(|word| word.sure)
        || proofs.iter().any(|proof| VIET.frequency(proof) > 3)
        || proofs.len() > 1
        || proved > 2;
    if proofs.is_empty() || !sure {
        return false;
    }
    let change = |word: Word<'_>| {
        let confidence = if word.proof { 0.99 } else { 0.85 };
        word.now.map(|now| Change {
            start: word.start,
            end: word.end,
            now,
            kind: KIND,
            confidence,
        })
    };
    let changes = words.into_iter().filter_map(change).collect();
    draft.apply(changes)
}

/// For the gate: whether the word around this ă, ơ or ư can be none, or can be another.
pub(super) fn suspicious(text: &str, start: usize, end: usize) -> bool {
    let letter = |c: &char| is_alphabetic(*c);
    let after = text[end..].chars().next().filter(letter);
    let before = text[..start].chars().next_back().filter(letter);
    match text[start..end].chars().next() {
        Some('ă' | 'Ă') => {
            let closed = matches!(after, Some('c' | 'm' | 'n' | 'p' | 't' | 'C' | 'M' | 'N' | 'P' | 'T'));
            if !closed || text[end..].starts_with("nh") {
                return true;
            }
        }
        Some('ư' | 'Ư') if after.is_none() && matches!(before, Some('k' | 'K' | 'u' | 'U') | None) => return true,
        _ => {}
    }
    // A word with no other mark may be in the table.
    let from = start - text[..start].bytes().rev().take_while(u8::is_ascii_alphabetic).count();
    let to = end + text[end..].bytes().take_while(u8::is_ascii_alphabetic).count();
    let edge = |c: Option<char>| !c.is_some_and(char::is_alphabetic);
    if to - from > 8 || !edge(text[..from].chars().next_back()) || !edge(text[to..].chars().next()) {
        return false;
    }
    let word = &text[from..to];
    CONFUSABLE.contains_key(word)
        || (word.contains(char::is_uppercase) && CONFUSABLE.contains_key(word.to_lowercase().as_str()))
}

/// Lets the neighbours decide where the table knows them.
fn settle(words: &mut [Word<'_>]) {
    for i in 0..words.len() {
        if !words[i].was.contains(['ă', 'Ă', 'ơ', 'Ơ', 'ư', 'Ư']) {
            continue;
        }
        let own = lower(words[i].was);
        let Some(rows) = CONFUSABLE.get(own.as_str()) else {
            continue;
        };
        let before = i.checked_sub(1).map_or(String::new(), |i| lower(words[i].was));
        let after = words.get(i + 1).map_or(String::new(), |word| lower(word.was));
        let fits = |row: &&Row| {
            (row.before.is_empty() || row.before == before) && (row.after.is_empty() || row.after == after)
        };
        let Some(row) = rows.iter().find(fits) else { continue };
        if row.reading == own {
            words[i].now = None;
            words[i].proof = false;
        } else {
            let first = words[i].was.starts_with(char::is_uppercase);
            let mut reading = row.reading.chars();
            let head = reading
                .next()
                .map(|c| if first { c.to_uppercase().next().unwrap_or(c) } else { c });
            words[i].now = Some(head.into_iter().chain(reading).collect());
            words[i].proof = true;
        }
    }
}

fn lower(word: &str) -> String {
    word.nfc().flat_map(char::to_lowercase).collect()
}

/// Enough letters that this language has and few others have, and one that none has: Romanian has "ă", Croatian "đ", Yoruba and Igbo have "ẹ" and "ị", Guarani "ẽ".
fn is_vietnamese(text: &str) -> bool {
    let (mut letters, mut own) = (0, false);
    let mut at = 0;
    while let Some(first) = beyond_ascii(text.as_bytes(), at) {
        let Some(c) = text[first..].chars().next() else { break };
        at = first + c.len_utf8();
        let shared = matches!(
            c,
            'đ' | 'Đ' | 'ẹ' | 'Ẹ' | 'ọ' | 'Ọ' | 'ị' | 'Ị' | 'ụ' | 'Ụ' | 'ẽ' | 'Ẽ' | 'ỹ' | 'Ỹ'
        );
        let one = !shared && matches!(c, 'ơ' | 'ư' | '\u{1ea0}'..='\u{1ef9}');
        own |= one;
        letters += usize::from(one || shared);
        if own && letters >= 3 {
            return true;
        }
    }
    false
}

/// A tone mark on a letter that cannot have one.
fn stray_mark(word: &str) -> bool {
    let mut before = ' ';
    word.chars().any(|c| {
        let composed = matches!(
            c,
            'ŕ' | 'ń'
                | 'ǵ'
                | 'ḿ'
                | 'ǹ'
                | 'ĺ'
                | 'ć'
                | 'ś'
                | 'ź'
                | 'Ŕ'
                | 'Ń'
                | 'Ǵ'
                | 'Ḿ'
                | 'Ĺ'
                | 'Ć'
                | 'Ś'
                | 'Ź'
                | '\u{1e00}'..='\u{1e9f}'
        );
        let stray = composed || (TONES.contains(&c) && is_consonant(before));
        before = if matches!(c, '\u{302}' | '\u{306}' | '\u{31b}') {
            before
        } else {
            c
        };
        stray
            && (!composed
                || std::iter::once(c)
                    .nfd()
                    .nth(1)
                    .is_some_and(|mark| TONES.contains(&mark)))
    })
}

/// All runs of letters.
fn words(text: &str) -> Vec<Word<'_>> {
    let mut out = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let inside = is_alphabetic(c) || ('\u{300}'..='\u{33f}').contains(&c);
        match start {
            None if inside => start = Some(at),
            Some(from) if !inside => {
                out.push(read(from, &text[from..at]));
                start = None;
            }
            _ => {}
        }
    }
    out
}

fn read(start: usize, was: &str) -> Word<'_> {
    let mut word = Word {
        start,
        end: start + was.len(),
        was,
        now: None,
        proof: false,
        sure: false,
    };
    if was.is_ascii() || was.len() > 40 || !(was.contains(['ă', 'Ă', 'ơ', 'Ơ', 'ư', 'Ư']) || stray_mark(was)) {
        return word;
    }
    let valid = VIET.valid(was);
    let own = if valid { VIET.frequency(was) as f32 + 0.5 } else { 0.0 };
    let best = candidates(was)
        .into_iter()
        .filter(|candidate| VIET.valid(candidate))
        .map(|candidate| (VIET.frequency(&candidate) as f32 + 0.25, candidate))
        .max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(&a.1)));
    if let Some((score, now)) = best.filter(|best| best.0 > own) {
        word.sure = !valid && stray_mark(was);
        word.proof = !valid && (word.sure || score > 2.0);
        word.now = Some(now);
    }
    // Two words with the space lost: a đ begins a word wherever it stands.
    if word.now.is_none()
        && !valid
        && let Some(at) = was.rfind(['đ', 'Đ']).filter(|&at| at > 0)
    {
        let second = read(start + at, &was[at..]);
        word.now = second.now.map(|now| format!("{}{now}", &was[..at]));
    }
    word
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

/// What one composed letter may have been: itself, another letter, or a consonant and a letter that was taken for its tone mark.
fn options(c: char) -> Vec<String> {
    let mut out = vec![c.to_string()];
    out.extend(other(c).map(String::from));
    let apart: Vec<char> = std::iter::once(c).nfd().collect();
    if let [base, mark] = apart[..]
        && is_consonant(base)
        && let Some(letter) = other(mark)
    {
        out.push(format!("{base}{letter}"));
    }
    out
}

fn is_consonant(c: char) -> bool {
    is_alphabetic(c) && !"aeiouyAEIOUY".contains(c)
}

/// The letter of windows-1252 that windows-1258 shows as this one.
fn other(c: char) -> Option<char> {
    let (read, meant) = (super::page::named("cp1258")?, super::page::named("cp1252")?);
    let byte = (!c.is_ascii()).then(|| read.byte(c)).flatten()?;
    Some(meant.char(byte)).filter(|&m| m != c && m.is_alphabetic())
}
