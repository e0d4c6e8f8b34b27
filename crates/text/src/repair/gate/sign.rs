//! What the gate and the passes behind it want to know of a character, in one look at a table.

use crate::langid::script;
use crate::letters::{self, ALPHABETIC, LOWER, ODD, UPPER, is_east_asian, place, tabled};
use crate::repair::page::PAGES;
use crate::repair::swap;
use std::sync::LazyLock;
use unicode_normalization::{IsNormalized, is_nfc_quick};

/// A character.
#[derive(Clone, Copy)]
pub(in crate::repair) struct Sign {
    /// A bit for each page in which it is a lead byte of UTF-8.
    pub(in crate::repair) lead: u16,
    /// A bit for each page in which it is a trail byte.
    pub(in crate::repair) trail: u16,
    pub(super) kind: Kind,
    /// Whether a page that others are read as shows it.
    pub(super) paged: bool,
    flags: u8,
    script: u8,
}

/// What it may be a sign of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Nothing: a letter.
    Other,
    /// A control character U+0080 to U+009F.
    Control,
    SoftHyphen,
    /// A sign of Latin 1.
    Latin1Sign,
    /// A letter of Latin 1.
    Latin1Letter,
    /// A vowel with a hook or breve, which Vietnamese has and damage makes.
    Hooked,
    /// A letter that only Vietnamese has.
    Vietnamese,
    /// A combining mark, or a letter that Unicode composes with others.
    Mark,
    /// A letter with a tone that cannot have one.
    Toned,
    /// A sign that cannot be seen, or a ligature of the typesetter.
    Junk,
    /// Punctuation.
    Common,
}

/// Nothing that damage leaves.
pub(super) const NOTHING: Sign = Sign {
    lead: 0,
    trail: 0,
    kind: Kind::Common,
    paged: false,
    flags: 0,
    script: 0,
};

static SIGNS: LazyLock<Vec<Sign>> = LazyLock::new(|| tabled().map(make).collect());

/// Looks a character up.
pub(in crate::repair) fn sign(c: char) -> Sign {
    match place(c) {
        Some(place) => SIGNS[place],
        // The writing of East Asia is on no page.
        None if is_east_asian(c) => Sign {
            kind: Kind::Other,
            flags: ALPHABETIC,
            script: u8::try_from(script(c)).unwrap_or(u8::MAX),
            ..NOTHING
        },
        None => make(c),
    }
}

impl Sign {
    /// Whether it is a sign that no text has many of.
    pub(in crate::repair) fn is_odd(self) -> bool {
        self.flags & ODD != 0
    }

    /// Whether the two stand side by side as in no word: a capital behind a small letter (names in plain ASCII have such), or letters of two scripts.
    pub(in crate::repair) fn clashes(self, next: Sign) -> bool {
        let case = self.flags & LOWER != 0 && next.flags & UPPER != 0;
        case || (self.flags & next.flags & ALPHABETIC != 0 && self.script != next.script)
    }
}

fn make(c: char) -> Sign {
    let (mut lead, mut trail) = (0, 0);
    if c == char::REPLACEMENT_CHARACTER {
        trail = u16::MAX;
    } else if !c.is_ascii() {
        for (number, page) in PAGES.iter().enumerate() {
            match page.byte(c) {
                Some(0xc2..=0xf4) => lead |= 1 << number,
                Some(0x80..=0xbf) => trail |= 1 << number,
                _ => {}
            }
        }
    }
    let mut flags = letters::all(c);
    if c.is_ascii() {
        // Names such as McGregor.
        flags &= !UPPER;
    }
    Sign {
        lead,
        trail,
        kind: kind(c),
        paged: swap::is_read(c),
        flags,
        script: u8::try_from(script(c)).unwrap_or(u8::MAX),
    }
}

fn kind(c: char) -> Kind {
    match c {
        '\0'..='\u{7f}' | '\u{a0}' => Kind::Common,
        '\u{80}'..='\u{9f}' => Kind::Control,
        '\u{ad}' => Kind::SoftHyphen,
        '\u{a1}'..='\u{bf}' => Kind::Latin1Sign,
        '\u{c0}'..='\u{ff}' => Kind::Latin1Letter,
        'ă' | 'Ă' | 'ơ' | 'Ơ' | 'ư' | 'Ư' => Kind::Hooked,
        'đ' | 'Đ' | '\u{1ea0}'..='\u{1ef9}' => Kind::Vietnamese,
        '\u{300}'..='\u{36f}' | '\u{1100}'..='\u{11ff}' => Kind::Mark,
        // Of the scripts of India, whose vowels are marks throughout, only what may be composed.
        '\u{900}'..='\u{dff}' if is_nfc_quick(std::iter::once(c)) != IsNormalized::Yes => Kind::Mark,
        '\u{591}'..='\u{5c7}' | '\u{64b}'..='\u{65f}' => Kind::Mark,
        'ŕ' | 'ń' | 'ǵ' | 'ḿ' | 'ǹ' | 'ś' | 'ź' | 'ĺ' | 'ć' | '\u{1e00}'..='\u{1e9f}' => Kind::Toned,
        '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{fb00}'..='\u{fb06}' => Kind::Junk,
        '\u{2000}'..='\u{206f}' => Kind::Common,
        _ => Kind::Other,
    }
}
