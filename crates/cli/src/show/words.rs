//! Text wrapped to a width, with marks drawn under it.

use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// What lies under a letter; a later one covers an earlier one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Mark {
    /// Who says it.
    Source,
    /// The word that makes it a statement.
    Cue,
    /// What is claimed.
    Content,
}

impl Mark {
    fn sign(self) -> char {
        match self {
            Mark::Source => '-',
            Mark::Cue => '~',
            Mark::Content => '^',
        }
    }
}

/// One line of wrapped text: its words, and the signs under them, cut after the last sign.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) words: String,
    pub(crate) signs: String,
}

/// One letter as a reader sees it, with all that combines with it.
struct Letter {
    shown: String,
    width: usize,
    mark: Option<Mark>,
    space: bool,
}

/// Wraps `text` at `width` columns, with the marks (ranges of code points) drawn under it. Letters of two columns get two
/// signs, combining characters none of their own.
pub(crate) fn wrap(text: &str, marks: &[(Range<usize>, Mark)], width: usize) -> Vec<Line> {
    let width = width.max(2);
    let letters = letters(text, marks);
    let mut lines = Vec::new();
    let mut rest = &letters[..];
    while !rest.is_empty() {
        let (line, next) = rest.split_at(cut(rest, width));
        lines.push(draw(line));
        let spaces = next.iter().take_while(|letter| letter.space).count();
        rest = &next[spaces..];
    }
    lines
}

/// How many letters go on the first line: up to the last space that fits, or as many as fit where a word is too long.
fn cut(letters: &[Letter], width: usize) -> usize {
    let mut used = 0;
    let mut space = None;
    for (n, letter) in letters.iter().enumerate() {
        if letter.space {
            space = Some(n);
        }
        used += letter.width;
        if used > width {
            return space.filter(|&n| n > 0).unwrap_or(n.max(1));
        }
    }
    letters.len()
}

fn letters(text: &str, marks: &[(Range<usize>, Mark)]) -> Vec<Letter> {
    let mut at = 0;
    text.graphemes(true)
        .map(|letter| {
            let range = at..at + letter.chars().count();
            at = range.end;
            let mark = marks
                .iter()
                .filter(|(m, _)| m.start < range.end && range.start < m.end)
                .map(|(_, m)| *m)
                .max();
            let shown = plain(letter);
            Letter {
                width: shown.width(),
                space: shown == " ",
                shown,
                mark,
            }
        })
        .collect()
}

/// A letter that cannot command a terminal: no control characters, and none that turn the direction of what follows.
fn plain(letter: &str) -> String {
    if letter.chars().all(char::is_whitespace) {
        return " ".into();
    }
    let unsafe_here = |c: char| {
        c.is_control()
            || matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
    };
    letter
        .chars()
        .map(|c| if unsafe_here(c) { '\u{FFFD}' } else { c })
        .collect()
}

fn draw(letters: &[Letter]) -> Line {
    let mut line = Line {
        words: String::new(),
        signs: String::new(),
    };
    for letter in letters {
        line.words.push_str(&letter.shown);
        let sign = letter.mark.map_or(' ', Mark::sign);
        line.signs.extend(std::iter::repeat_n(sign, letter.width));
    }
    line.words.truncate(line.words.trim_end().len());
    line.signs.truncate(line.signs.trim_end().len());
    line
}

/// A name or note that may hold anything, made safe to print.
pub(crate) fn clean(text: &str) -> String {
    text.graphemes(true).map(plain).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(text: &str, marks: &[(Range<usize>, Mark)], width: usize) -> String {
        wrap(text, marks, width)
            .into_iter()
            .flat_map(|l| [l.words + "\n", l.signs + "\n"])
            .collect()
    }

    #[test]
    fn words_wrap_at_spaces_and_marks_go_with_them() {
        let marks = [(0..4, Mark::Source), (5..11, Mark::Cue), (12..30, Mark::Content)];
        assert_eq!(
            drawn("Baku denied any strike there.", &marks, 16),
            "Baku denied any\n---- ~~~~~~ ^^^\nstrike there.\n^^^^^^^^^^^^^\n"
        );
    }

    #[test]
    fn a_word_too_long_is_cut() {
        assert_eq!(
            drawn("abcdefgh i", &[(2..7, Mark::Content)], 4),
            "abcd\n  ^^\nefgh\n^^^\ni\n\n"
        );
    }

    #[test]
    fn wide_letters_take_two_signs_and_combining_ones_none() {
        assert_eq!(drawn("汉字 a", &[(1..2, Mark::Content)], 20), "汉字 a\n  ^^\n");
        assert_eq!(
            drawn("đi\u{323} về", &[(4..6, Mark::Content)], 20),
            "đi\u{323} về\n   ^^\n"
        );
        assert_eq!(drawn("汉字", &[], 1), "汉\n\n字\n\n");
    }

    #[test]
    fn a_later_mark_covers_an_earlier_one() {
        assert_eq!(
            drawn("ab", &[(0..2, Mark::Content), (0..1, Mark::Source)], 9),
            "ab\n^^\n"
        );
    }

    #[test]
    fn hostile_text_cannot_command_the_terminal() {
        assert_eq!(clean("\u{1b}[31mred\u{202e}\r\nx"), "\u{fffd}[31mred\u{fffd} x");
    }
}
