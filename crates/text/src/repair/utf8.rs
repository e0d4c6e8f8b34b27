//! UTF-8 that was read as a code page: "Ã©" for "é", "Ð´" for "д". Each character was a byte; a lead byte and its trail give one character back. Such pairs also
//! stand in clean text by chance ("VOCÊ…"), so each is weighed: how odd it looks as it stands, how likely is what it decodes to, does that fit
//! its neighbours; and the page that explains most of the document is taken first. What was misread twice is mended in two rounds.

mod spaced;
mod weigh;

use super::draft::{Change, Draft};
use super::gate::{self, Signs};
use super::page::{PAGES, Page};
use weigh::{Neighbour, is_c1, weigh};

/// A stretch of text that is one character in UTF-8 when its characters are taken for bytes.
struct Sequence {
    start: usize,
    end: usize,
    decoded: Decoded,
    score: f32,
    /// It has control characters that the page shows otherwise: the text was read as Latin 1.
    latin1: bool,
}

#[derive(Clone, Copy, PartialEq)]
enum Decoded {
    Char(char),
    /// A byte of it is lost; it was a character of that many bytes.
    Lost,
}

/// A sequence alone is taken at this score.
const ENOUGH: f32 = 2.5;
/// No text was misread more often than this.
const ROUNDS: usize = 4;

/// Mends all of it that is found. Says whether there was any. `signs` are those of the draft as it stands.
pub(super) fn mend(draft: &mut Draft, mut signs: Signs) -> bool {
    let mut any = false;
    for round in 0..ROUNDS {
        if round > 0 {
            signs = gate::look(&draft.text);
        }
        if signs.alone && draft.apply(spaced::lone(&draft.text)) {
            any = true;
            signs = gate::look(&draft.text);
        }
        let candidates = &signs.pairs;
        let pages = candidates.iter().fold(0, |all, candidate| all | candidate.1);
        let mut best: Option<(f32, Vec<Sequence>, &Page)> = None;
        for (number, page) in PAGES.iter().enumerate().filter(|(number, _)| pages >> number & 1 == 1) {
            let own = candidates
                .iter()
                .filter(|candidate| candidate.1 >> number & 1 == 1)
                .map(|candidate| candidate.0);
            let (sum, found) = accepted(page, &draft.text, own, round);
            if sum > best.as_ref().map_or(0.0, |b| b.0 + 0.01) {
                best = Some((sum, found, page));
            }
        }
        let Some((_, found, page)) = best else { break };
        let mut changes = changes(&found, page);
        if found.iter().any(|sequence| sequence.score >= 4.0) {
            spaced::add(&mut changes, &draft.text, page);
        }
        if !draft.apply(changes) {
            break;
        }
        any = true;
    }
    any
}

/// Sequences that touch are one change.
fn changes(found: &[Sequence], page: &Page) -> Vec<Change> {
    let mut changes: Vec<Change> = Vec::new();
    for sequence in found {
        let c = match sequence.decoded {
            Decoded::Char(c) => c,
            Decoded::Lost => char::REPLACEMENT_CHARACTER,
        };
        let kind = if sequence.latin1 && page.name == "cp1252" {
            "utf8-as-latin1"
        } else {
            page.utf8
        };
        let confidence = 1.0 - 0.5 / (1.0 + sequence.score.max(0.0));
        match changes.last_mut() {
            Some(last) if last.end == sequence.start => {
                last.end = sequence.end;
                last.now.push(c);
                last.confidence = last.confidence.min(confidence);
            }
            _ => {
                changes.push(Change {
                    start: sequence.start,
                    end: sequence.end,
                    now: c.to_string(),
                    kind,
                    confidence,
                });
            }
        }
    }
    changes
}

/// The sequences of this page that are taken, and the sum of their scores.
fn accepted(page: &Page, text: &str, candidates: impl Iterator<Item = usize>, round: usize) -> (f32, Vec<Sequence>) {
    let mut found = sequences(page, text, candidates);
    let strong = found.iter().filter(|sequence| sequence.score >= 4.0).count();
    // The document's verdict: where there is much damage, a doubtful pair is damage, too.
    let bonus = (strong as f32 * 0.75).min(4.0) + (strong as f32 * 0.25 - 2.0).clamp(0.0, 3.0);
    // Several doubtful ones speak for one another.
    let weak = found.iter().filter(|sequence| sequence.score >= 1.0).count();
    let bonus = bonus + if weak > 2 { 1.5 } else { 0.0 };
    // What was mended once was likely misread twice.
    let bonus = bonus + if round > 0 { 1.0 } else { 0.0 };
    found.retain(|sequence| sequence.score + bonus >= ENOUGH);
    (found.iter().map(|sequence| sequence.score.max(0.1)).sum(), found)
}

/// The characters of the longest sequence there is.
const LONGEST: usize = 8;

fn sequences(page: &Page, text: &str, candidates: impl Iterator<Item = usize>) -> Vec<Sequence> {
    let mut raw: Vec<(usize, usize, Decoded)> = Vec::new();
    let mut rest: Vec<char> = Vec::with_capacity(LONGEST);
    for at in candidates {
        if raw.last().is_some_and(|&(_, end, _)| at < end) {
            continue;
        }
        rest.clear();
        rest.extend(text[at..].chars().take(LONGEST));
        let Some(lead) = page.byte(rest[0]) else { continue };
        if let Some((decoded, len)) = decode(page, lead, &rest[1..]) {
            let bytes = rest[..len].iter().map(|c| c.len_utf8()).sum::<usize>();
            raw.push((at, at + bytes, decoded));
        }
    }
    let mut out = Vec::with_capacity(raw.len());
    for (n, &(start, end, decoded)) in raw.iter().enumerate() {
        let before = match n.checked_sub(1).map(|n| raw[n]) {
            Some((_, last, decoded)) if last == start => Neighbour::Sequence(decoded),
            _ => text[..start]
                .chars()
                .next_back()
                .map_or(Neighbour::Edge, Neighbour::Plain),
        };
        let after = match raw.get(n + 1) {
            Some(&(next, _, decoded)) if next == end => Neighbour::Sequence(decoded),
            _ => text[end..].chars().next().map_or(Neighbour::Edge, Neighbour::Plain),
        };
        let own: Vec<char> = text[start..end].chars().collect();
        let latin1 = own.iter().any(|&c| is_c1(c) && page.char(c as u32 as u8) != c);
        let score = weigh(page, &own, decoded, before, after);
        out.push(Sequence {
            start,
            end,
            decoded,
            score,
            latin1,
        });
    }
    out
}

/// What a lead byte and the characters after it decode to, and how many characters that are.
fn decode(page: &Page, lead: u8, rest: &[char]) -> Option<(Decoded, usize)> {
    let trail = |n: usize| {
        rest.get(n)
            .and_then(|&c| if c.is_ascii() { None } else { page.byte(c) })
            .filter(|b| (0x80..0xc0).contains(b))
    };
    let byte = |n: usize| rest.get(n).filter(|c| !c.is_ascii()).and_then(|&c| page.byte(c));
    let is_trail = |n: usize| matches!(byte(n), Some(0x80..=0xbf)) || rest.get(n) == Some(&char::REPLACEMENT_CHARACTER);
    let begins = |n: usize| matches!(byte(n), Some(0xc2..=0xf4)) && is_trail(n + 1);
    // A plain space stands for A0 when damage goes on right behind it: the same block of letters, or after two bytes another sign of three or more.
    let spaced = |n: usize| {
        let block = |n: usize| byte(n).is_some_and(|next| next == lead || next == lead ^ 1);
        let mut next = n + 1;
        while block(next) && rest.get(next + 1) == Some(&' ') {
            next += 2;
        }
        let goes_on = begins(next) && (block(next) || (n > 0 && lead > 0xe0 && byte(next).is_some_and(|b| b > 0xe1)));
        (rest.get(n) == Some(&' ') && goes_on).then_some(0xa0)
    };
    // A byte that is lost shows as the sign for that, or as a question mark with damage right behind it.
    let lost = |n: usize| match rest.get(n) {
        Some(&char::REPLACEMENT_CHARACTER) => true,
        Some('?') => begins(n + 1) || (lead >= 0xe2 && n == 0 && byte(n + 1).is_some_and(|b| b < 0xc0)),
        _ => false,
    };
    let bits = |b: u8| u32::from(b & 0x3f);
    match lead {
        0xc2..=0xdf => match trail(0).or_else(|| if lead >= 0xd0 { spaced(0) } else { None }) {
            Some(a) => Some((Decoded::Char(char::from_u32(u32::from(lead & 0x1f) << 6 | bits(a))?), 2)),
            None => lost(0).then_some((Decoded::Lost, 2)),
        },
        0xe0..=0xef => {
            let Some(a) = trail(0) else {
                return (lost(0) && trail(1).is_some()).then_some((Decoded::Lost, 3));
            };
            if (lead == 0xe0 && a < 0xa0) || (lead == 0xed && a >= 0xa0) {
                return if lead == 0xed { surrogates(page, a, rest) } else { None };
            }
            match trail(1).or_else(|| spaced(1)) {
                Some(b) => Some((
                    Decoded::Char(char::from_u32(u32::from(lead & 0xf) << 12 | bits(a) << 6 | bits(b))?),
                    3,
                )),
                None if lost(1) || (lead == 0xe2 && a == 0x80 && rest.get(1).is_some_and(|&c| c == '?')) => {
                    Some((Decoded::Lost, 3))
                }
                None => None,
            }
        }
        0xf0..=0xf4 => match (trail(0)?, trail(1), trail(2)) {
            (a, Some(b), Some(c)) => char::from_u32(u32::from(lead & 7) << 18 | bits(a) << 12 | bits(b) << 6 | bits(c))
                .filter(|&c| c as u32 >= 0x10000)
                .map(|c| (Decoded::Char(c), 4)),
            (_, Some(_), None) => lost(2).then_some((Decoded::Lost, 4)),
            (_, None, last) => (lost(1) && last.is_some()).then_some((Decoded::Lost, 4)),
        },
        _ => None,
    }
}

/// Two halves of a surrogate pair, each encoded for itself (CESU-8).
fn surrogates(page: &Page, first: u8, rest: &[char]) -> Option<(Decoded, usize)> {
    let byte = |n: usize| rest.get(n).and_then(|&c| page.byte(c)).map(u32::from);
    let (b, lead, d, e) = (byte(1)?, byte(2)?, byte(3)?, byte(4)?);
    if first >= 0xb0
        || lead != 0xed
        || !(0xb0..0xc0).contains(&d)
        || !(0x80..0xc0).contains(&b)
        || !(0x80..0xc0).contains(&e)
    {
        return None;
    }
    let high = 0xd000 | (u32::from(first) & 0x3f) << 6 | (b & 0x3f);
    let low = 0xd000 | (d & 0x3f) << 6 | (e & 0x3f);
    let c = char::from_u32(0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00))?;
    Some((Decoded::Char(c), 6))
}
