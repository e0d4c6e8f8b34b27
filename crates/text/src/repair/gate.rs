//! The gate: one look at a text for anything that damage leaves behind, so that clean text is done with at the speed of reading it. What it finds only says which
//! passes have something to look at; they judge.

mod sign;

use super::viet;
pub(super) use sign::sign;
use sign::{Kind, NOTHING};

/// What was seen.
#[derive(Clone, Debug, Default)]
pub(super) struct Signs {
    /// An ampersand that could begin a character reference.
    pub(super) reference: bool,
    /// Where a lead byte of UTF-8 stands before a trail byte, when characters are taken for bytes, and a bit for each page in which it does: clean text has few such
    /// places.
    pub(super) pairs: Vec<(usize, u16)>,
    /// A letter alone that is a lead byte whose trail may have become a space.
    pub(super) alone: bool,
    /// Combining marks or conjoining letters.
    pub(super) marks: bool,
    /// Control characters U+0080 to U+009F.
    pub(super) controls: bool,
    /// Other control characters, invisible signs, ligatures.
    pub(super) junk: bool,
    /// Signs of Latin 1 inside words, or vowels before accented letters, as codings from before Unicode have them all over.
    pub(super) legacy: bool,
    /// Words that windows-1252 read as windows-1258 gives.
    pub(super) viet: bool,
    /// Letters beyond ASCII that are not Vietnamese only, some of them of a page that others are read as.
    pub(super) letters: bool,
    /// Letters side by side as no word has them, or signs that no text has many of.
    pub(super) odd: bool,
}

impl Signs {
    pub(super) fn any(&self) -> bool {
        self.reference
            || !self.pairs.is_empty()
            || self.alone
            || self.marks
            || self.controls
            || self.junk
            || self.legacy
            || self.viet
            || self.letters
    }
}

/// The next byte from `at` on that is not ASCII.
pub(super) fn beyond_ascii(bytes: &[u8], mut at: usize) -> Option<usize> {
    // In Cyrillic or Arabic it is the very next one.
    if bytes.get(at).is_some_and(|b| *b >= 0x80) {
        return Some(at);
    }
    while let Some(chunk) = bytes.get(at..at + 16) {
        let chunk: [u8; 16] = chunk.try_into().expect("sixteen bytes");
        let high = u128::from_le_bytes(chunk) & 0x8080_8080_8080_8080_8080_8080_8080_8080;
        if high != 0 {
            return Some(at + high.trailing_zeros() as usize / 8);
        }
        at += 16;
    }
    bytes.get(at..)?.iter().position(|b| *b >= 0x80).map(|found| at + found)
}

/// Looks.
pub(super) fn look(text: &str) -> Signs {
    let mut signs = ascii(text.as_bytes());
    let bytes = text.as_bytes();
    let (mut vietnamese, mut others, mut paged) = (0usize, 0usize, false);
    let mut line = Line::default();
    // The last character beyond ASCII: what it is, where it began and ended.
    let (mut last, mut began, mut end) = (NOTHING, 0, 0);
    while let Some(first) = beyond_ascii(bytes, end) {
        if bytes[end..first].contains(&b'\n') {
            signs.legacy |= line.is_coded();
            line = Line::default();
        }
        // The byte A0 is a space that does not break, and many a tool makes it a plain one. What a page could not show became a question mark.
        let over = match (first - end, bytes[first.saturating_sub(1)]) {
            (1, b' ') => last.lead & sign(text[first..].chars().next().unwrap_or(' ')).lead,
            (1, b'?') => {
                let next = sign(text[first..].chars().next().unwrap_or(' '));
                last.lead & (next.lead | next.trail)
            }
            _ => 0,
        };
        if over != 0 {
            signs.pairs.push((began, over));
        }
        let mut before = first.checked_sub(1).map_or(NOTHING, |at| sign(char::from(bytes[at])));
        let mut start = first;
        for c in text[first..].chars() {
            let own = sign(c);
            signs.odd |= own.is_odd() || before.clashes(own);
            if c.is_ascii() {
                signs.alone |= c == ' ' && bytes[..start].ends_with(ALONE);
                break;
            }
            let touches = start > first;
            let pages = before.lead & own.trail;
            if touches && pages != 0 {
                signs.pairs.push((began, pages));
            }
            let at = start + c.len_utf8();
            match own.kind {
                Kind::Other => {
                    others += 1;
                    line.others += 1;
                    paged |= own.paged;
                }
                Kind::Common => {}
                Kind::Control | Kind::SoftHyphen => {
                    signs.controls |= own.kind == Kind::Control;
                    signs.junk |= own.kind == Kind::SoftHyphen;
                    line.latin += 1;
                    line.odd += usize::from(between_letters(bytes, start, at));
                }
                Kind::Latin1Sign => {
                    line.latin += 1;
                    line.odd += usize::from(between_letters(bytes, start, at) || touches);
                }
                Kind::Latin1Letter => {
                    line.latin += 1;
                    others += 1;
                    paged = true;
                    line.odd += usize::from(start > 0 && modifies(c, bytes[start - 1], touches));
                }
                Kind::Hooked => signs.viet = signs.viet || viet::suspicious(text, start, at),
                Kind::Vietnamese => {
                    vietnamese += 1;
                    line.vietnamese += 1;
                }
                Kind::Mark => signs.marks = true,
                Kind::Toned => {
                    signs.viet = true;
                    others += 1;
                    paged |= own.paged;
                }
                Kind::Junk => signs.junk = true,
            }
            (before, last, began) = (own, own, start);
            start = at;
        }
        end = start;
    }
    signs.legacy |= line.is_coded();
    // The passes know nothing to mend in a text that has the letters of Vietnamese.
    let foreign = others > 0 && (vietnamese < 3 || vietnamese * 4 < others);
    signs.letters = foreign && paged;
    signs.viet &= vietnamese >= 3 || !foreign;
    signs
}

/// Counts of one line: a text may be coded in some lines only.
#[derive(Default)]
struct Line {
    latin: usize,
    odd: usize,
    vietnamese: usize,
    /// Letters of other scripts, and of Latin beyond Latin 1.
    others: usize,
}

/// A lead byte of windows-1252 whose trail byte A0 may have become a space.
const ALONE: &[u8] = "Ã".as_bytes();

impl Line {
    fn is_coded(&self) -> bool {
        self.odd >= 3 && self.odd * 6 >= self.latin && self.odd > self.vietnamese && self.odd * 2 > self.others
    }
}

/// Looks at what is ASCII, in blocks that the compiler makes vectors of.
fn ascii(bytes: &[u8]) -> Signs {
    let mut signs = Signs::default();
    let (mut modifiers, mut ampersand) = (0usize, false);
    for block in bytes.chunks(1024) {
        let mut controls = 0u32;
        let mut ands = 0u32;
        let mut mods = 0u32;
        for &b in block {
            controls += u32::from((b < 0x20 && b != b'\n' && b != b'\t' && b != b'\r') || b == 0x7f);
            ands += u32::from(b == b'&');
            mods += u32::from(b == b'^' || b == b'+' || b == b'(');
        }
        signs.junk |= controls > 0;
        ampersand |= ands > 0;
        modifiers += mods as usize;
    }
    signs.reference = ampersand
        && bytes
            .windows(3)
            .any(|w| w[0] == b'&' && (w[1] == b'#' || w[1].is_ascii_alphabetic() && w[2].is_ascii_alphabetic()));
    // In VIQR one letter in twenty has a hook or a hat.
    signs.legacy = modifiers >= 3 && modifiers * 200 > bytes.len() && {
        let hats = bytes
            .windows(2)
            .filter(|w| {
                matches!(
                    (w[0] | 0x20, w[1]),
                    (b'a' | b'e' | b'o', b'^') | (b'o' | b'u', b'+') | (b'a', b'(')
                )
            })
            .count();
        hats >= 3
    };
    signs
}

/// Whether this letter after that byte could be a tone or a hat, as in VNI or in windows-1258 shown as windows-1252.
fn modifies(c: char, before: u8, touches: bool) -> bool {
    let vowel = before | 0x20;
    match c {
        'ì' | 'Ì' | 'ò' | 'Ò' | 'Þ' => touches || matches!(vowel, b'a' | b'e' | b'i' | b'o' | b'u' | b'y'),
        'ø' | 'ù' | 'û' | 'õ' | 'ï' | 'Ø' | 'Ù' | 'Û' | 'Õ' | 'Ï' => {
            touches || matches!(vowel, b'a' | b'e' | b'o' | b'u' | b'y')
        }
        'â' | 'á' | 'à' | 'å' | 'ã' | 'ä' | 'Â' | 'Á' | 'À' | 'Å' | 'Ã' | 'Ä' => {
            matches!(vowel, b'a' | b'e' | b'o')
        }
        'ê' | 'é' | 'è' | 'ú' | 'ü' | 'ë' | 'Ê' | 'É' | 'È' | 'Ú' | 'Ü' | 'Ë' => vowel == b'a',
        _ => false,
    }
}

fn between_letters(bytes: &[u8], start: usize, end: usize) -> bool {
    let letter = |b: Option<&u8>| b.is_some_and(|b| b.is_ascii_alphabetic() || *b >= 0x80);
    start > 0 && letter(bytes.get(start - 1)) && letter(bytes.get(end))
}
