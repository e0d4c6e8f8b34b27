//! Lead bytes whose trail byte A0, the space that does not break, became a plain space or is gone: "Ã " is "à", "Å veices" is "Šveices", "lÃ m" is "làm".

use super::super::draft::Change;
use super::super::page::Page;
use super::super::syllable::{VIET, rows};
use std::cmp::Ordering::{Equal, Greater, Less};
use std::sync::LazyLock;

/// What is written as one word with an "à" before it.
static JOINED: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    const TABLE: &str = include_str!("../../../../../languages/shared/joined.tsv");
    rows(TABLE).filter_map(|row| row.first().copied()).collect()
});

/// "voilÃ le": no word ends with a small letter and this capital. Its trail byte was A0, and is gone or the space.
pub(super) fn lone(text: &str) -> Vec<Change> {
    let found = text
        .match_indices("Ã ")
        .filter(|(at, _)| text[..*at].ends_with(|c: char| c.is_ascii_lowercase()));
    // Lead bytes of the letters that only Vietnamese has.
    let syllables = text.contains("áº") || text.contains("á»");
    let change = |(start, found): (usize, &str)| {
        let (before, after) = (&text[..start], &text[start + found.len()..]);
        let byte = after.starts_with(' ') || (syllables && is_one_syllable(before, after));
        Change {
            start,
            end: start + found.len() - usize::from(!byte),
            now: "à".to_owned(),
            kind: "utf8-as-cp1252",
            confidence: 0.8,
        }
    };
    found
        .filter(|(at, _)| text[at + 3..].trim_start_matches(' ').starts_with(char::is_lowercase))
        .map(change)
        .collect()
}

/// Where damage is proved by the changes that stand there, adds those that a space hides.
pub(super) fn add(changes: &mut Vec<Change>, text: &str, page: &Page) {
    let syllables = changes.iter().any(|change| {
        change
            .now
            .contains(|c| matches!(c, '\u{1ea0}'..='\u{1ef9}' | 'đ' | 'ư' | 'ơ'))
    }) || text.contains(|c| matches!(c, '\u{1ea0}'..='\u{1ef9}'));
    let mut more = Vec::new();
    for (start, c) in text.char_indices().filter(|(_, c)| !c.is_ascii()) {
        let end = start + c.len_utf8();
        let Some(tail) = text[end..].strip_prefix(' ') else {
            continue;
        };
        let taken = |change: &Change| {
            if change.end <= start {
                Less
            } else if change.start > start {
                Greater
            } else {
                Equal
            }
        };
        if changes.binary_search_by(taken).is_ok() {
            continue;
        }
        if let Some((now, len)) = hidden(page, page.byte(c), &text[..start], tail, syllables) {
            more.push(Change {
                start,
                end: end + len,
                now: now.to_string(),
                kind: page.utf8,
                confidence: 0.8,
            });
        }
    }
    changes.extend(more);
    changes.sort_by_key(|change| change.start);
}

/// The character of a lead byte and a space, and how many bytes of what follows the lead were part of it.
fn hidden(page: &Page, lead: Option<u8>, before: &str, tail: &str, syllables: bool) -> Option<(char, usize)> {
    let last = before.chars().next_back();
    let begins = !last.is_some_and(char::is_alphanumeric);
    let lower = tail.starts_with(char::is_lowercase);
    match lead? {
        0xc3 if syllables && last.is_some_and(char::is_lowercase) && lower => {
            Some(('à', usize::from(is_one_syllable(before, tail))))
        }
        // The space between the words is left; where there were two, one of them was the byte.
        0xc3 if begins && (lower || tail.starts_with(' ')) => {
            let (word, rest) = tail.split_at(tail.find(|c: char| !c.is_alphabetic()).unwrap_or(tail.len()));
            let elided = rest.starts_with(['\'', '’']);
            let byte = tail.starts_with(' ') || (JOINED.contains(&word) && !elided);
            Some(('à', usize::from(byte)))
        }
        0xc2 => Some(('\u{a0}', 1)),
        0xc5 if begins && lower => Some(('Š', 1)),
        // The empty pattern of Braille, with which pages make room.
        0xe2 if begins => {
            let sign = tail
                .chars()
                .next()
                .filter(|c| !c.is_alphanumeric() && page.byte(*c) == Some(0x80))?;
            let ends = !tail[sign.len_utf8()..].starts_with(char::is_alphanumeric);
            ends.then_some(('\u{2800}', 1 + sign.len_utf8()))
        }
        _ => None,
    }
}

/// Whether the letters on both sides of an "à" make a commoner syllable with it than those before it do without those behind it.
fn is_one_syllable(before: &str, after: &str) -> bool {
    let head = before.len() - before.bytes().rev().take_while(u8::is_ascii_alphabetic).count();
    let tail = after.bytes().take_while(u8::is_ascii_alphabetic).count();
    // A letter beyond ASCII goes on the word: "Ã n" is followed by nothing, "là gì" by more.
    if after[tail..].starts_with(|c: char| c.is_alphabetic()) || tail > 2 {
        return false;
    }
    let (joined, apart) = (format!("{}à{}", &before[head..], &after[..tail]), &after[..tail]);
    VIET.valid(&joined) && VIET.frequency(&joined) >= VIET.frequency(apart)
}
