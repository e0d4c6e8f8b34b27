//! How much speaks for a stretch of text being UTF-8 misread, as log-odds: the figures were set by hand and held against texts damaged and clean.

use super::Decoded;
use crate::repair::page::Page;

#[derive(Clone, Copy)]
pub(super) enum Neighbour {
    Edge,
    Plain(char),
    Sequence(Decoded),
}

impl Neighbour {
    /// The character that would stand there if all sequences were mended.
    fn mended(self) -> Option<char> {
        match self {
            Neighbour::Plain(c) | Neighbour::Sequence(Decoded::Char(c)) => Some(c),
            _ => None,
        }
    }
    fn plain(self) -> Option<char> {
        if let Neighbour::Plain(c) = self { Some(c) } else { None }
    }
    fn touches(self) -> bool {
        matches!(self, Neighbour::Sequence(_))
    }
}

/// A letter of a script without capitals.
fn is_caseless(c: char) -> bool {
    is_letter(c) && !c.is_uppercase() && !c.is_lowercase()
}

/// The ordinal signs are no letters here, whatever Unicode says.
fn is_letter(c: char) -> bool {
    c.is_alphabetic() && !matches!(c, 'ª' | 'º')
}

pub(super) fn is_c1(c: char) -> bool {
    ('\u{80}'..='\u{9f}').contains(&c)
}

/// How much speaks for damage, as log-odds.
pub(super) fn weigh(page: &Page, own: &[char], decoded: Decoded, before: Neighbour, after: Neighbour) -> f32 {
    let mut score = match own.len() {
        2 => 0.0,
        3 => 3.0,
        _ => 6.0,
    };
    let controls = own[1..].iter().any(|&c| is_c1(c));
    if controls {
        score += 4.0;
    }
    // The lead bytes of Latin 1's own letters are by far the commonest.
    if matches!(page.byte(own[0]), Some(0xc2 | 0xc3)) {
        score += 1.0;
    }
    let letter = |n: Option<char>| n.is_some_and(char::is_alphabetic);
    let lower_before = before.plain().is_some_and(char::is_lowercase);
    if lower_before && own[0].is_uppercase() {
        score += 2.5;
    }
    let last = own[own.len() - 1];
    let symbols = own[1..]
        .iter()
        .filter(|c| !c.is_alphabetic() && !c.is_whitespace())
        .count();
    let inside = letter(after.plain()) || after.touches();
    if own.len() == 2
        && last == '\u{a0}'
        && !matches!(page.byte(own[0]), Some(0xc2 | 0xc3))
        && !before.touches()
        && !after.touches()
    {
        // Two words and a space that does not break.
        score -= 3.0;
    }
    if symbols > 0 && inside {
        // A sign between letters.
        score += 2.0;
    } else if own.len() == 2
        && trails_words(last)
        && !inside
        && !lower_before
        && !before.touches()
        && !is_capital_with_sign(own, before, decoded)
        && !is_price(page, own, after)
    {
        score -= 2.5;
    }
    if own.iter().all(|c| c.is_alphabetic()) && !(lower_before && own[0].is_uppercase()) && own.len() == 2 {
        score -= 1.5;
        // Case that no word has: small letter, then capital; or two capitals, then small letters.
        let follows = after.plain().is_some_and(char::is_lowercase);
        if own[0].is_lowercase() && own[1].is_uppercase() || own[0].is_uppercase() && own[1].is_uppercase() && follows {
            score += 1.5;
        }
    }
    if own.len() >= 3 && own.iter().all(|&c| is_letter(c)) && script(own[1]) == script(own[0]) {
        // Letters only: a text of another page altogether, unless no word has its letters in such case.
        let odd_case = own
            .windows(2)
            .any(|pair| pair[0].is_lowercase() && pair[1].is_uppercase());
        let sign = matches!(
            decoded,
            Decoded::Char('\u{2010}'..='\u{203a}' | '\u{1ea0}'..='\u{1ef9}')
        );
        score -= if odd_case && sign { 0.0 } else { 4.0 + own.len() as f32 };
    }
    if symbols == 1 && own.len() == 2 && !trails_words(last) && !is_caseless(own[0]) {
        // A sign that does not stand behind words.
        score += 1.5;
    }
    if own[1..].iter().any(|&c| is_c1(c) && page.char(c as u32 as u8) != c) {
        // A page that has such characters itself explains them better.
        score -= 0.25;
    }
    let strange = |n: Neighbour| n.plain().is_some_and(|c| !c.is_ascii() && is_letter(c));
    if own[1..].iter().any(|&c| is_letter(c)) && (strange(before) || strange(after)) {
        // A word of such letters all over: again, another page.
        score -= 3.0;
    }
    if is_caseless(own[0]) {
        // Arabic and Hebrew as they are.
        score -= 4.0;
    }
    // Lines of boxes: alone they are drawings, with letters they are bytes.
    let boxes = own.iter().filter(|c| ('\u{2500}'..='\u{259f}').contains(*c)).count();
    if boxes > 0 {
        let letter = matches!(decoded, Decoded::Char(c) if c.is_alphabetic());
        score += if boxes == own.len() && own.len() == 2 && letter {
            -4.5
        } else {
            2.0
        };
    }
    if own[0] == 'Ã'
        && own.len() == 2
        && matches!(last, '\u{2018}'..='\u{201d}')
        && !before.touches()
        && before.plain().is_none_or(|c| !c.is_alphabetic())
    {
        // The letter itself, in quotation marks or with an apostrophe.
        score -= 4.0;
    }
    if own.len() == 2 && own[1] == '\u{a0}' && page.byte(own[0]) == Some(0xc3) && own[0].is_uppercase() {
        // A capital that is no word, and a space that does not break: "à" alone.
        let before_space = !matches!(before.plain(), Some(c) if !c.is_whitespace());
        if before_space && !before.touches() && !after.plain().is_some_and(char::is_uppercase) {
            score += 5.0;
        }
    }
    if own.len() == 3 && own.contains(&'\u{a0}') && !controls && !before.touches() && !after.touches() {
        // "à «": a word, a space that does not break, a quotation.
        score -= 3.0;
    }
    score += 1.5 * f32::from(u8::from(before.touches()) + u8::from(after.touches()));
    match decoded {
        // Half of it is gone: a small letter may as well be whole, and what follows it lost.
        Decoded::Lost if own.len() == 2 && own[0].is_lowercase() => score - 8.0,
        Decoded::Lost => score - if own.len() == 2 { 2.0 } else { 0.0 },
        Decoded::Char(c) => score + likelihood(c) + fits(c, before, after),
    }
}

/// "OÃ™" in a word of capitals: the one lead byte that is hardly ever a letter at the end of a word.
fn is_capital_with_sign(own: &[char], before: Neighbour, decoded: Decoded) -> bool {
    let upper = matches!(decoded, Decoded::Char(c) if c.is_uppercase());
    own[0] == 'Ã' && upper && before.plain().is_some_and(char::is_uppercase)
}

/// "Â£5".
fn is_price(page: &Page, own: &[char], after: Neighbour) -> bool {
    page.byte(own[0]) == Some(0xc2) && after.plain().is_some_and(|c| c.is_ascii_digit())
}

/// Signs that often stand right behind a word in clean text.
fn trails_words(c: char) -> bool {
    matches!(
        c,
        '…' | '\u{2018}'
            ..='\u{201e}'
                | '™'
                | '®'
                | '©'
                | '°'
                | 'º'
                | 'ª'
                | '\u{a0}'
                | '–'
                | '—'
                | '«'
                | '»'
                | '‹'
                | '›'
                | '•'
                | '£'
                | '€'
                | '´'
                | '¨'
                | '¿'
                | '¡'
                | '·'
                | '\u{ad}'
                | '!'
    )
}

/// How likely a character is to be met in a text at all, as log-odds.
fn likelihood(c: char) -> f32 {
    match c as u32 {
        0x80..=0x9f => -1.0,
        0xa0..=0xbf => 1.0,
        0xc0..=0xff => 1.0,
        0x149 | 0x17f => -3.0,
        0x100..=0x17e => 0.75,
        0x18f | 0x1a0 | 0x1a1 | 0x1af | 0x1b0 | 0x259 => 1.0,
        0x218..=0x21b => 0.75,
        0x192 => 0.0,
        0x180..=0x24f => -2.0,
        0x250..=0x2ff => -3.0,
        0x300..=0x36f => -0.5,
        0x384..=0x3ce => 0.75,
        0x400..=0x45f => 1.0,
        0x490 | 0x491 => 1.0,
        0x460..=0x52f => -2.5,
        0x531..=0x58a => 0.25,
        0x5b0..=0x5f4 => 0.75,
        0x600..=0x6ff => 0.75,
        0x700..=0x8ff => -3.0,
        0x900..=0x10ff => 0.5,
        0x1ea0..=0x1ef9 => 1.5,
        0x2010..=0x2027 | 0x2030..=0x203a => 2.0,
        0x20a0..=0x20bf | 0x2116 | 0x2122 => 1.5,
        0x2190..=0x27bf => 1.0,
        0x3000..=0x30ff | 0x4e00..=0x9fff | 0xac00..=0xd7a3 => 1.0,
        // Signs for reading Chinese as Japanese, strokes, and ideographs that hardly any text has.
        0x3190..=0x31ef | 0x3400..=0x4dbf => -4.0,
        0xe000..=0xf8ff => -6.0,
        0xfb00..=0xfb06 | 0xfe0f | 0xff01..=0xff5e | 0xfeff | 0xfffd => 1.0,
        0x1f000..=0x1faff => 2.0,
        0x10000.. => -6.0,
        _ => -0.5,
    }
}

/// Whether a letter fits the letters beside it: their script, their case.
fn fits(c: char, before: Neighbour, after: Neighbour) -> f32 {
    if !c.is_alphabetic() {
        return 0.0;
    }
    let mut score = 0.0;
    let neighbours = [before.mended(), after.mended()];
    let mut alone = true;
    for n in neighbours.into_iter().flatten().filter(|n| n.is_alphabetic()) {
        alone = false;
        score += match (script(n), script(c)) {
            (a, b) if a == b => 0.75,
            // Greek letters are symbols among Latin ones.
            (0, 1) => 0.0,
            _ => -2.0,
        };
    }
    if alone && script(c) != 0 {
        score -= 2.0;
    }
    let [b, a] = neighbours;
    let upper = |n: Option<char>| n.is_some_and(char::is_uppercase);
    let lower = |n: Option<char>| n.is_some_and(char::is_lowercase);
    if c.is_lowercase() && upper(b) && upper(a) {
        score -= 3.0;
    }
    if c.is_lowercase() && upper(b) && !lower(a) && b != a {
        score -= 1.0;
    }
    if c.is_uppercase() && lower(b) {
        score -= 2.5;
    }
    if c.is_uppercase() && (upper(b) || upper(a)) && !lower(b) {
        score += 1.0;
    }
    score
}

/// A number for a letter's script; nought for Latin.
fn script(c: char) -> u32 {
    match c as u32 {
        0..=0x2ff | 0x1e00..=0x1eff | 0xfb00..=0xfb06 => 0,
        0x370..=0x3ff | 0x1f00..=0x1fff => 1,
        0x400..=0x52f => 2,
        0x531..=0x58f => 3,
        0x590..=0x5ff => 4,
        0x600..=0x6ff => 5,
        other => 6 + (other >> 12),
    }
}
