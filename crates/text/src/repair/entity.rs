//! Character references of HTML that stand in text as such: `&#432;`, `&#x1B0;`, `&eacute;`.

use super::draft::{Change, Draft};
use super::page;
use std::collections::HashMap;
use std::sync::LazyLock;

/// Names and what they stand for: those of HTML 4, which tools write. One line a block of code points.
static NAMES: LazyLock<HashMap<&'static str, char>> = LazyLock::new(|| {
    // U+00A0 to U+00FF have names throughout.
    const LATIN1: &str = "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo \
        frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde \
        Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth \
        ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml";
    const OTHERS: &[(&str, char)] = &[
        ("quot", '"'),
        ("amp", '&'),
        ("lt", '<'),
        ("gt", '>'),
        ("apos", '\''),
        ("ndash", '–'),
        ("mdash", '—'),
        ("lsquo", '‘'),
        ("rsquo", '’'),
        ("sbquo", '‚'),
        ("ldquo", '“'),
        ("rdquo", '”'),
        ("bdquo", '„'),
        ("hellip", '…'),
        ("bull", '•'),
        ("lsaquo", '‹'),
        ("rsaquo", '›'),
        ("euro", '€'),
        ("trade", '™'),
        ("OElig", 'Œ'),
        ("oelig", 'œ'),
        ("Scaron", 'Š'),
        ("scaron", 'š'),
        ("Yuml", 'Ÿ'),
        ("dagger", '†'),
        ("Dagger", '‡'),
        ("permil", '‰'),
        ("ensp", '\u{2002}'),
        ("emsp", '\u{2003}'),
        ("thinsp", '\u{2009}'),
        ("minus", '−'),
        ("prime", '′'),
        ("Prime", '″'),
    ];
    let latin1 = LATIN1.split_whitespace().zip('\u{a0}'..='\u{ff}');
    latin1.chain(OTHERS.iter().copied()).collect()
});

/// Reads references where they are. A reference to a reference (`&amp;eacute;`) is read twice.
pub(super) fn mend(draft: &mut Draft) -> bool {
    let mut any = false;
    for _ in 0..2 {
        let text = &draft.text;
        let mut changes = Vec::new();
        let mut at = 0;
        while let Some(found) = text[at..].find('&') {
            let start = at + found;
            match reference(&text[start..]) {
                Some((c, len)) => {
                    changes.push(Change {
                        start,
                        end: start + len,
                        now: c.to_string(),
                        kind: "html-entity",
                        confidence: 1.0,
                    });
                    at = start + len;
                }
                None => at = start + 1,
            }
        }
        if !draft.apply(changes) {
            break;
        }
        any = true;
    }
    any
}

/// The character that a reference at the start of this text stands for, and the reference's length. Only what ends with a semicolon is one.
fn reference(text: &str) -> Option<(char, usize)> {
    let end = text.bytes().take(12).position(|b| b == b';')?;
    let name = &text[1..end];
    let c = match name.strip_prefix('#') {
        Some(number) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            // Pages number the signs of windows-1252 as they stand there.
            match code {
                0x80..=0x9f => page::named("cp1252")?.char(code as u8),
                _ => char::from_u32(code).filter(|c| !c.is_control() || c.is_whitespace())?,
            }
        }
        None => *NAMES.get(name)?,
    };
    Some((c, end + 1))
}
