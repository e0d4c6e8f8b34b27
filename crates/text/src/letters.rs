//! What a character is, from a table: the standard library looks it up in ways that are too slow for every character of every text.

use std::sync::LazyLock;
use unicode_normalization::char::is_combining_mark;

pub(crate) const ALPHABETIC: u8 = 1;
pub(crate) const LOWER: u8 = 2;
pub(crate) const UPPER: u8 = 4;
pub(crate) const ODD: u8 = 8;
const NUMERIC: u8 = 16;
const SPACE: u8 = 32;
const MARK: u8 = 64;

/// The characters of the table: up to the arrows and boxes, which are all alphabets and the common punctuation, and kana and the punctuation of East Asia.
pub(crate) fn tabled() -> impl Iterator<Item = char> {
    ('\0'..NEAR).chain(KANA..=LAST_KANA).chain(WIDE..=LAST_WIDE)
}

const NEAR: char = '\u{2600}';
const KANA: char = '\u{3000}';
const LAST_KANA: char = '\u{30ff}';
const WIDE: char = '\u{ff00}';
const LAST_WIDE: char = '\u{ffef}';

/// Where a character stands in a table of [`tabled`] ones.
pub(crate) fn place(c: char) -> Option<usize> {
    let (near, code) = (NEAR as usize, c as usize);
    match c {
        // Surrogates are no characters, so up to them place and code point agree.
        '\0'..NEAR => Some(code),
        KANA..=LAST_KANA => Some(near + code - KANA as usize),
        WIDE..=LAST_WIDE => Some(near + (LAST_KANA as usize + 1 - KANA as usize) + code - WIDE as usize),
        _ => None,
    }
}

static FLAGS: LazyLock<Vec<u8>> = LazyLock::new(|| tabled().map(flags).collect());

fn flags(c: char) -> u8 {
    u8::from(c.is_alphabetic()) * ALPHABETIC
        + u8::from(c.is_lowercase()) * LOWER
        + u8::from(c.is_uppercase()) * UPPER
        + u8::from(odd(c)) * ODD
        + u8::from(c.is_numeric()) * NUMERIC
        + u8::from(c.is_whitespace()) * SPACE
        + u8::from(is_combining_mark(c) || ('\u{1160}'..='\u{11ff}').contains(&c)) * MARK
}

fn has(c: char, flag: u8) -> bool {
    all(c) & flag != 0
}

/// Whether it is of the great blocks of Han and Hangul, in which there are letters only, and none of them has a case.
pub(crate) fn is_east_asian(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
}

/// All flags of a character.
pub(crate) fn all(c: char) -> u8 {
    match place(c) {
        Some(place) => FLAGS[place],
        None if is_east_asian(c) => ALPHABETIC,
        None => flags(c),
    }
}

pub(crate) fn is_alphabetic(c: char) -> bool {
    has(c, ALPHABETIC)
}

pub(crate) fn is_uppercase(c: char) -> bool {
    has(c, UPPER)
}

pub(crate) fn is_numeric(c: char) -> bool {
    has(c, NUMERIC)
}

pub(crate) fn is_whitespace(c: char) -> bool {
    has(c, SPACE)
}

/// Whether it goes on with the letter before it: a combining mark, or a vowel or end of conjoining Hangul.
pub(crate) fn goes_on(c: char) -> bool {
    has(c, MARK)
}

/// Signs that no text has many of and that code pages have: what code pages do not have is punctuation of somebody's.
pub(crate) fn is_odd(c: char) -> bool {
    has(c, ODD)
}

fn odd(c: char) -> bool {
    let common = "‘’“”„‚…–—«»‹›·•€£§°№¡´";
    let block = matches!(c, '\u{2010}'..='\u{2027}' | '\u{200b}'..='\u{200f}' | '\u{559}'..='\u{55f}' | '\u{589}' | '\u{58a}' | '\u{591}'..='\u{5f4}' | '\u{600}'..='\u{6d4}');
    let number = c.is_numeric() && !matches!(c, '¹' | '²' | '³');
    !c.is_ascii()
        && !matches!(c, '\u{900}'..='\u{1fff}' | '\u{2c00}'..='\u{f8fe}' | '\u{fb03}'..='\u{fffc}' | '\u{10000}'..)
        && !c.is_alphabetic()
        && !number
        && !c.is_whitespace()
        && !block
        && !is_combining_mark(c)
        && !common.contains(c)
}
