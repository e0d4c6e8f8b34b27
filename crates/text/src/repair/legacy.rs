//! Codings from before Unicode that show as Latin text: "Ngµy" (TCVN3), "Ngaøy" (VNI), "Nga`y" (VIQR) and their kin, by the table
//! `languages/vi/repair/codings.tsv`. A coding is believed when what it decodes to are syllables and what stands there is none; a
//! line in which whole text of Unicode stands beside it is decoded only where a word can be nothing else.

use super::draft::{Change, Draft};
use super::syllable::{VIET, rows};
use std::collections::HashMap;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

const TABLE: &str = include_str!("../../../../languages/vi/repair/codings.tsv");

struct Coding {
    name: &'static str,
    /// By first character, the longest first.
    table: HashMap<char, Vec<(String, String)>>,
}

static CODINGS: LazyLock<Vec<Coding>> = LazyLock::new(|| {
    let mut codings: Vec<Coding> = Vec::new();
    for row in rows(TABLE) {
        let [name, from, to] = row[..] else { continue };
        let at = codings
            .iter()
            .position(|coding| coding.name == name)
            .unwrap_or_else(|| {
                codings.push(Coding {
                    name,
                    table: HashMap::new(),
                });
                codings.len() - 1
            });
        let from = unescape(from);
        if let Some(first) = from.chars().next() {
            codings[at].table.entry(first).or_default().push((from, unescape(to)));
        }
    }
    for list in codings.iter_mut().flat_map(|coding| coding.table.values_mut()) {
        list.sort_by_key(|(from, _)| std::cmp::Reverse(from.len()));
    }
    codings
});

/// `U+00AD` is the soft hyphen; anything else is itself.
fn unescape(cell: &str) -> String {
    let code = cell
        .strip_prefix("U+")
        .filter(|hex| hex.len() == 4)
        .and_then(|hex| u32::from_str_radix(hex, 16).ok());
    code.and_then(char::from_u32)
        .map_or_else(|| cell.to_owned(), String::from)
}

impl Coding {
    /// Where the table has two readings, the one that makes the commoner word.
    fn decode(&self, chunk: &str) -> String {
        let mut begun = vec![String::with_capacity(chunk.len() * 2)];
        let mut rest = chunk;
        while let Some(c) = rest.chars().next() {
            let found = self
                .table
                .get(&c)
                .and_then(|list| list.iter().find(|(from, _)| rest.starts_with(from.as_str())));
            match found {
                Some((from, to)) => {
                    rest = &rest[from.len()..];
                    if let Some((one, other)) = to.split_once('|').filter(|_| begun.len() < 8) {
                        let others: Vec<String> = begun.iter().map(|begun| format!("{begun}{other}")).collect();
                        begun.iter_mut().for_each(|begun| begun.push_str(one));
                        begun.extend(others);
                    } else {
                        let to = to.split('|').next().unwrap_or(to);
                        begun.iter_mut().for_each(|begun| begun.push_str(to));
                    }
                }
                None => {
                    begun.iter_mut().for_each(|begun| begun.push(c));
                    rest = &rest[c.len_utf8()..];
                }
            }
        }
        let composed: Vec<String> = begun.into_iter().map(|begun| begun.nfc().collect()).collect();
        // The last of equals is taken, so they are gone through from the back.
        composed
            .into_iter()
            .rev()
            .max_by_key(|word| runs(word).map(|run| VIET.frequency(run)).sum::<u32>())
            .unwrap_or_default()
    }
}

/// A stretch between white space, and what a coding makes of it.
struct Chunk {
    start: usize,
    end: usize,
    line: usize,
    now: String,
    weight: Weight,
}

#[derive(Clone, Copy, PartialEq)]
enum Weight {
    /// It can be nothing else.
    Proof,
    /// A syllable as it stands and as it would be.
    Either,
    /// The coding makes nonsense of it.
    Against,
    /// Left alone by the coding, and beyond Latin 1: whole text.
    Unicode,
}

/// So many words must speak for a coding, and so many times as many as speak against it.
const PROOFS: usize = 3;
const TIMES: usize = 4;

/// What speaks for and against a coding in one line.
#[derive(Clone, Copy, Default)]
struct Line {
    proof: usize,
    against: usize,
    unicode: usize,
}

impl Line {
    fn is_coded(self) -> bool {
        self.proof > 0 && self.proof >= TIMES * self.against && self.proof > 2 * self.unicode
    }
}

/// Decodes the coding that the text is in, or that some of its lines are in.
pub(super) fn mend(draft: &mut Draft) -> bool {
    let mut best: Option<(usize, &Coding, Vec<Chunk>, Vec<Line>)> = None;
    for coding in CODINGS.iter() {
        let chunks = chunks(coding, &draft.text);
        let mut lines = vec![Line::default(); chunks.last().map_or(0, |chunk| chunk.line) + 1];
        for chunk in &chunks {
            let line = &mut lines[chunk.line];
            match chunk.weight {
                Weight::Proof => line.proof += 1,
                Weight::Against => line.against += 1,
                Weight::Unicode => line.unicode += 1,
                Weight::Either => {}
            }
        }
        let coded = lines.iter().filter(|line| line.is_coded());
        let (proof, against) = coded.fold((0, 0), |sum, line| (sum.0 + line.proof, sum.1 + line.against));
        if proof >= PROOFS && best.as_ref().is_none_or(|best| proof - against > best.0) {
            best = Some((proof - against, coding, chunks, lines));
        }
    }
    let Some((_, coding, chunks, lines)) = best else {
        return false;
    };
    // Where all lines are coded, those that prove nothing are, too.
    let throughout = lines
        .iter()
        .all(|line| line.is_coded() || (line.unicode == 0 && line.against == 0));
    let changes = chunks.into_iter().filter_map(|chunk| {
        let coded = lines[chunk.line].is_coded();
        let taken = match chunk.weight {
            Weight::Proof => coded,
            Weight::Either => coded || throughout,
            // Plain letters are decoded only to words: "goddess" is no Vietnamese.
            Weight::Against => {
                coded
                    && draft.text[chunk.start..chunk.end]
                        .contains(|c: char| !c.is_ascii() || matches!(c, '^' | '+' | '`' | '~'))
            }
            Weight::Unicode => false,
        };
        let confidence = if chunk.weight == Weight::Proof { 0.98 } else { 0.9 };
        taken.then_some(Change {
            start: chunk.start,
            end: chunk.end,
            now: chunk.now,
            kind: coding.name,
            confidence,
        })
    });
    let changes = changes.collect();
    draft.apply(changes)
}

/// The chunks that the coding would change or that it should have changed.
fn chunks(coding: &Coding, text: &str) -> Vec<Chunk> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut line = 0;
    let bytes = text.as_bytes();
    while start < bytes.len() {
        if bytes[start].is_ascii_whitespace() {
            line += usize::from(bytes[start] == b'\n');
            start += 1;
            continue;
        }
        let end = start
            + bytes[start..]
                .iter()
                .position(u8::is_ascii_whitespace)
                .unwrap_or(bytes.len() - start);
        let chunk = &text[start..end];
        if let Some((now, weight)) = judge(coding, chunk, text[end..].trim_start()) {
            out.push(Chunk {
                start,
                end,
                line,
                now,
                weight,
            });
        }
        start = end;
    }
    out
}

fn judge(coding: &Coding, chunk: &str, next: &str) -> Option<(String, Weight)> {
    if chunk.len() > 120 {
        return None;
    }
    if chunk.chars().any(is_of_unicode) {
        return Some((chunk.to_owned(), Weight::Unicode));
    }
    let now = decode_between_signs(coding, chunk, next);
    if now == chunk {
        // A letter beyond ASCII that the coding does not have speaks against it.
        let foreign = chunk.chars().any(|c| !c.is_ascii() && c.is_alphabetic()) && !all_valid(chunk);
        return foreign.then_some((now, Weight::Against));
    }
    let weight = match (all_valid(&now), all_valid(chunk)) {
        (true, true) => Weight::Either,
        (true, false) if is_proof(chunk, &now) => Weight::Proof,
        (true, false) if chunk.contains(char::is_alphabetic) || VIET.frequency(&now) > 2 => Weight::Either,
        (true, false) => return None,
        // Abbreviations are no syllables, and URLs and e-mail addresses are not words.
        (false, _) if now.chars().all(|c| !c.is_lowercase()) => Weight::Either,
        (false, _) => Weight::Against,
    };
    Some((now, weight))
}

/// Whether a word of more than one letter comes of more than punctuation: a quotation mark or full stop beside a word proves nothing.
fn is_proof(chunk: &str, now: &str) -> bool {
    let inner = chunk.trim_matches(|c: char| {
        matches!(
            c,
            '\u{2010}'..='\u{203a}' | '"' | '\'' | '.' | '?' | '(' | ')' | '«' | '»'
        )
    });
    let coded = if inner.is_ascii() {
        inner.contains(['^', '+', '('])
    } else {
        true
    };
    coded && now.chars().filter(|c| c.is_alphabetic()).count() > 1
}

/// Letters that no Latin-1 text has and Vietnamese in Unicode cannot do without.
fn is_of_unicode(c: char) -> bool {
    matches!(c, 'ă' | 'Ă' | 'đ' | 'Đ' | 'ĩ' | 'Ĩ' | 'ũ' | 'Ũ' | 'ơ' | 'Ơ' | 'ư' | 'Ư' | '\u{1ea0}'..='\u{1ef9}' | '\u{300}'..='\u{323}')
}

/// Decodes, leaving at either end what may be a quotation mark or a full stop when that makes the better word.
fn decode_between_signs(coding: &Coding, chunk: &str, next: &str) -> String {
    let whole = coding.decode(chunk);
    let inner = chunk.trim_matches(['«', '»', '"', '\'', '(', ')', '`']);
    if inner.len() < chunk.len() && !inner.is_empty() && !all_valid(&whole) {
        let at = chunk.len() - chunk.trim_start_matches(['«', '»', '"', '\'', '(', ')', '`']).len();
        let trimmed = format!(
            "{}{}{}",
            &chunk[..at],
            decode_to_stop(coding, inner, next),
            &chunk[at + inner.len()..]
        );
        if all_valid(&trimmed) {
            return trimmed;
        }
    }
    decode_to_stop(coding, chunk, next)
}

/// In VIQR a last "." or "?" may be a tone or a full stop: the likelier word decides, and whether a sentence may end here.
fn decode_to_stop(coding: &Coding, chunk: &str, next: &str) -> String {
    let whole = coding.decode(chunk);
    let Some(stop) = chunk.chars().last().filter(|c| matches!(c, '.' | '?' | '\'')) else {
        return whole;
    };
    let without = coding.decode(&chunk[..chunk.len() - 1]);
    if whole.ends_with(stop) {
        return whole;
    }
    let ends = match stop {
        '.' if next.is_empty() || next.starts_with(char::is_uppercase) => 0.4,
        '.' => 0.005,
        '?' => 0.003,
        _ => 0.002,
    };
    let of = |word: &str| {
        runs(word).last().map_or(0.0, |run| {
            if VIET.valid(run) {
                VIET.frequency(run) as f32 + 0.2
            } else {
                0.0
            }
        })
    };
    let body = &chunk[..chunk.len() - 1];
    // "1A.", "VI.": no words that could have a tone.
    let numeral =
        body.contains(|c: char| c.is_ascii_digit()) || (body.len() > 1 && body.chars().all(|c| c.is_ascii_uppercase()));
    let nonsense = of(&whole) == 0.0
        && chunk.is_ascii()
        && runs(&without)
            .last()
            .is_some_and(|run| run.len() > 1 || of(&without) == 0.0);
    if nonsense || numeral || of(&without) * ends > of(&whole) {
        format!("{without}{stop}")
    } else {
        whole
    }
}

/// Runs of letters.
fn runs(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphabetic() && !('\u{300}'..='\u{323}').contains(&c))
        .filter(|run| !run.is_empty())
}

/// Whether all runs of letters that are not plain ASCII are syllables, and there is one. Abbreviations do not count.
fn all_valid(text: &str) -> bool {
    let mut any = false;
    runs(text).filter(|run| !run.is_ascii()).all(|run| {
        let valid = VIET.valid(run);
        any |= valid;
        valid || (run.chars().count() > 1 && !run.contains(char::is_lowercase))
    }) && any
}
