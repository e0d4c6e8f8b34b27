//! What a character is, from a table: the standard library looks it up in ways that are too slow for every character of every text.

use std::sync::LazyLock;
use unicode_normalization::char::is_combining_mark;

const ALPHABETIC: u8 = 1;
const LOWER: u8 = 2;
const UPPER: u8 = 4;
const ODD: u8 = 8;
const NUMERIC: u8 = 16;
const SPACE: u8 = 32;

/// Characters up to the arrows and boxes are in the table: all alphabets and the common punctuation.
static FLAGS: LazyLock<Vec<u8>> = LazyLock::new(|| ('\0'..'\u{2600}').map(flags).collect());

fn flags(c: char) -> u8 {
    u8::from(c.is_alphabetic()) * ALPHABETIC
        + u8::from(c.is_lowercase()) * LOWER
        + u8::from(c.is_uppercase()) * UPPER
        + u8::from(odd(c)) * ODD
        + u8::from(c.is_numeric()) * NUMERIC
        + u8::from(c.is_whitespace()) * SPACE
}

fn has(c: char, flag: u8) -> bool {
    // Surrogates are no characters, so up to them place and code point agree.
    match FLAGS.get(c as usize) {
        Some(own) => own & flag != 0,
        None => flags(c) & flag != 0,
    }
}

pub(crate) fn is_alphabetic(c: char) -> bool {
    has(c, ALPHABETIC)
}

pub(crate) fn is_lowercase(c: char) -> bool {
    has(c, LOWER)
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

/// Signs other than the punctuation of the world.
pub(crate) fn is_odd(c: char) -> bool {
    has(c, ODD)
}

fn odd(c: char) -> bool {
    let common = "‘’“”„‚…–—«»‹›·•€£§°№¡´";
    let block = matches!(c, '\u{2010}'..='\u{2027}' | '\u{200b}'..='\u{200f}' | '\u{559}'..='\u{55f}' | '\u{589}' | '\u{58a}' | '\u{591}'..='\u{5f4}' | '\u{600}'..='\u{6d4}');
    let number = c.is_numeric() && !matches!(c, '¹' | '²' | '³');
    !c.is_ascii()
        && !c.is_alphabetic()
        && !number
        && !c.is_whitespace()
        && !block
        && !is_combining_mark(c)
        && !common.contains(c)
}
