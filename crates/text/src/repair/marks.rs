//! What is no letter or is a letter in pieces: control characters, signs that cannot be seen, ligatures of the typesetter, letters and marks that
//! Unicode composes.

use super::draft::{COMPOSED, Change, Draft};
use super::gate::beyond_ascii;
use super::page;
use crate::langid::{Counts, FOREIGN, PROFILES, Profile};
use crate::letters::goes_on;
use std::collections::HashMap;
use std::ops::Range;
use unicode_normalization::UnicodeNormalization;

/// Takes out control characters and invisible signs, and sets ligatures apart.
pub(super) fn junk(draft: &mut Draft) -> bool {
    let change = |(start, c): (usize, char)| {
        let (now, kind) = match c {
            '\u{0}'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}' => ("", "control"),
            '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' => ("", "invisible"),
            'ﬀ' => ("ff", "ligature"),
            'ﬁ' => ("fi", "ligature"),
            'ﬂ' => ("fl", "ligature"),
            'ﬃ' => ("ffi", "ligature"),
            'ﬄ' => ("ffl", "ligature"),
            'ﬅ' | 'ﬆ' => ("st", "ligature"),
            _ => return None,
        };
        Some(Change {
            start,
            end: start + c.len_utf8(),
            now: now.to_owned(),
            kind,
            confidence: 1.0,
        })
    };
    let changes = draft.text.char_indices().filter_map(change).collect();
    draft.apply(changes)
}

/// Control characters U+0080 to U+009F where a sign of windows-1252 was meant (quotation marks, dashes, the euro sign), or a letter of MacRoman.
pub(super) fn controls(draft: &mut Draft) -> bool {
    let (Some(windows), Some(mac)) = (page::named("cp1252"), page::named("macroman")) else {
        return false;
    };
    let is_control = |c: char| ('\u{80}'..='\u{9f}').contains(&c);
    let letters = Letters::of(&draft.text);
    let change = |(start, c): (usize, char)| {
        if !is_control(c) {
            return None;
        }
        let byte = c as u32 as u8;
        let (sign, letter) = (windows.char(byte), mac.char(byte));
        let (now, kind) = if letters.meant(&draft.text, start, sign, letter) {
            (letter, "macroman-as-latin1")
        } else {
            (sign, "cp1252-as-latin1")
        };
        (now != c).then(|| Change {
            start,
            end: start + c.len_utf8(),
            now: now.to_string(),
            kind,
            confidence: 0.9,
        })
    };
    let changes = draft.text.char_indices().filter_map(change).collect();
    draft.apply(changes)
}

/// What tells a letter of MacRoman from an apostrophe of windows-1252: the language of the text.
struct Letters(Option<&'static Profile>);

impl Letters {
    fn of(text: &str) -> Letters {
        let spoken = Counts::of(text).explain(|_| true).languages[0];
        Letters(spoken.map(|i| &PROFILES.profiles[i]))
    }

    /// Whether the letter is meant: inside a word, where windows-1252 has a sign that stands in none.
    fn meant(&self, text: &str, at: usize, sign: char, letter: char) -> bool {
        let alphabetic = |c: &char| c.is_alphabetic();
        let before = text[..at].chars().rev().take_while(alphabetic).count();
        let after = text[at..].chars().skip(1).take_while(alphabetic).count();
        let known = self.0.is_some_and(|profile| profile.log(letter) > FOREIGN);
        let fits = match sign {
            '\u{80}'..='\u{9f}' | '–' | '—' | '…' | '•' => false,
            // Languages that have this letter elide no word to more than two letters.
            '‘' | '’' => before > 2,
            sign => !sign.is_alphabetic(),
        };
        fits && known && before > 0 && after > 0 && letter.is_lowercase()
    }
}

/// Composes letters and marks (NFC).
pub(super) fn compose(draft: &mut Draft) -> bool {
    let text = &draft.text;
    // The same few stand in a text again and again.
    let mut known: HashMap<&str, bool> = HashMap::new();
    let mut composes = |piece| {
        if let Some(&composes) = known.get(piece) {
            return composes;
        }
        // Signs that NFC would replace by another (the Ångström sign, Greek tonos) are left.
        let composes = !unicode_normalization::is_nfc(piece);
        if known.len() < KNOWN {
            known.insert(piece, composes);
        }
        composes
    };
    let change = |place: Range<usize>| {
        composes(&text[place.clone()]).then(|| Change {
            now: text[place.clone()].nfc().collect(),
            start: place.start,
            end: place.end,
            kind: COMPOSED,
            confidence: 1.0,
        })
    };
    let changes = marked(text).filter_map(change).collect();
    draft.apply(changes)
}

/// No text has more different letters with marks; one that does is looked at for each of them.
const KNOWN: usize = 1024;

/// Letters with the marks behind them; conjoining Hangul, too, has no other use than to be composed.
fn marked(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let first = beyond_ascii(text.as_bytes(), at)?;
            let mut rest = text[first..].chars();
            let c = rest.next()?;
            at = first + c.len_utf8();
            if !goes_on(c) {
                continue;
            }
            let marks = rest.take_while(|c| goes_on(*c)).map(char::len_utf8).sum::<usize>();
            let letter = text[..first].chars().next_back().map_or(0, char::len_utf8);
            at += marks;
            // A mark alone has nothing to be composed with.
            if letter + marks > 0 {
                return Some(first - letter..at);
            }
        }
    })
}

/// Makes straight what is curly, narrow what is wide, and two letters of what is one sign.
pub(super) fn plain(draft: &mut Draft) -> bool {
    let change = |(start, c): (usize, char)| {
        let (now, kind) = match c {
            '\u{2018}'..='\u{201b}' | '\u{2bc}' => ("'".to_owned(), "curly-quote"),
            '\u{201c}'..='\u{201f}' => ("\"".to_owned(), "curly-quote"),
            '\u{ff01}'..='\u{ff5e}' => (char::from_u32(c as u32 - 0xfee0)?.to_string(), "wide-sign"),
            'ŉ' | 'Ǆ'..='ǌ' | 'Ǳ'..='ǳ' | 'Ĳ' | 'ĳ' => {
                let apart: String = std::iter::once(c).nfkc().collect();
                (apart.replace('\u{2bc}', "'"), "ligature")
            }
            _ => return None,
        };
        Some(Change {
            start,
            end: start + c.len_utf8(),
            now,
            kind,
            confidence: 1.0,
        })
    };
    let changes = draft.text.char_indices().filter_map(change).collect();
    draft.apply(changes)
}
