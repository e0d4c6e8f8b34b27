//! What is no letter or is a letter in pieces: control characters, signs that cannot be seen, ligatures of the typesetter, letters and marks that
//! Unicode composes.

use super::draft::{COMPOSED, Change, Draft};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

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

/// Control characters U+0080 to U+009F where a sign of windows-1252 was meant: quotation marks, dashes, the euro sign.
pub(super) fn controls_of_1252(draft: &mut Draft) -> bool {
    let Some(page) = super::page::named("cp1252") else {
        return false;
    };
    let change = |(start, c): (usize, char)| {
        let now = ('\u{80}'..='\u{9f}')
            .contains(&c)
            .then(|| page.char(c as u32 as u8))
            .filter(|&now| now != c)?;
        Some(Change {
            start,
            end: start + c.len_utf8(),
            now: now.to_string(),
            kind: "cp1252-as-latin1",
            confidence: 0.9,
        })
    };
    let changes = draft.text.char_indices().filter_map(change).collect();
    draft.apply(changes)
}

/// Composes letters and marks (NFC).
pub(super) fn compose(draft: &mut Draft) -> bool {
    let text = &draft.text;
    let mut changes = Vec::new();
    // A starter and the marks behind it; conjoining Hangul, too, has no other use than to be composed.
    let mut start = 0;
    let mut marks = false;
    let ends = text.char_indices().skip(1).chain([(text.len(), 'x')]);
    let continues = |c: char| is_combining_mark(c) || ('\u{1160}'..='\u{11ff}').contains(&c);
    for (at, c) in ends {
        if continues(c) {
            marks = true;
            continue;
        }
        let piece = &text[start..at];
        // Signs that NFC would replace by another (the Ångström sign, Greek tonos) are left.
        if marks && !unicode_normalization::is_nfc(piece) {
            changes.push(Change {
                start,
                end: at,
                now: piece.nfc().collect(),
                kind: COMPOSED,
                confidence: 1.0,
            });
        }
        start = at;
        marks = false;
    }
    draft.apply(changes)
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
