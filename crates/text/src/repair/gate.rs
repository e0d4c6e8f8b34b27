//! The gate: one look at a text for anything that damage leaves behind, so that clean text is done with at the speed of reading it. What it finds only says which
//! passes have something to look at; they judge.

use super::viet;

/// What was seen.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Signs {
    /// An ampersand that could begin a character reference.
    pub(super) reference: bool,
    /// A pair of characters beyond ASCII.
    pub(super) pairs: bool,
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
    /// Letters beyond ASCII that are not Vietnamese only.
    pub(super) letters: bool,
}

impl Signs {
    pub(super) fn any(self) -> bool {
        self.reference
            || self.pairs
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
    let (mut vietnamese, mut others) = (0usize, 0usize);
    let mut line = Line::default();
    let (mut at, mut end) = (0, usize::MAX);
    while let Some(start) = beyond_ascii(bytes, at) {
        let Some(c) = text[start..].chars().next() else { break };
        at = start + c.len_utf8();
        let touches = end == start;
        if !touches && bytes[line.end.min(start)..start].contains(&b'\n') {
            signs.legacy |= line.is_coded();
            line = Line::default();
        }
        line.end = at;
        signs.pairs |= touches;
        end = at;
        match c {
            '\u{80}'..='\u{9f}' => {
                signs.controls = true;
                line.latin += 1;
                line.odd += usize::from(between_letters(bytes, start, at));
            }
            '\u{ad}' => {
                signs.junk = true;
                line.latin += 1;
                line.odd += usize::from(between_letters(bytes, start, at));
            }
            '\u{a1}'..='\u{bf}' => {
                line.latin += 1;
                line.odd += usize::from(between_letters(bytes, start, at) || touches);
            }
            '\u{c0}'..='\u{ff}' => {
                line.latin += 1;
                others += 1;
                line.odd += usize::from(start > 0 && modifies(c, bytes[start - 1], touches));
            }
            'ă' | 'Ă' | 'ơ' | 'Ơ' | 'ư' | 'Ư' => signs.viet = signs.viet || viet::suspicious(text, start, at),
            'đ' | 'Đ' | '\u{1ea0}'..='\u{1ef9}' => {
                vietnamese += 1;
                line.vietnamese += 1;
            }
            '\u{300}'..='\u{36f}' | '\u{1100}'..='\u{11ff}' | '\u{900}'..='\u{dff}' => signs.marks = true,
            '\u{591}'..='\u{5c7}' | '\u{64b}'..='\u{65f}' => signs.marks = true,
            // Letters with a tone that cannot have one, composed.
            'ŕ' | 'ń' | 'ǵ' | 'ḿ' | 'ǹ' | 'ś' | 'ź' | 'ĺ' | 'ć' | '\u{1e00}'..='\u{1e9f}' => {
                signs.viet = true;
                others += 1;
            }
            '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{fb00}'..='\u{fb06}' => signs.junk = true,
            '\u{2000}'..='\u{206f}' => {}
            _ => others += 1,
        }
    }
    signs.legacy |= line.is_coded();
    // The passes know nothing to mend in a text that has the letters of Vietnamese.
    signs.letters = others > 0 && (vietnamese < 3 || vietnamese * 4 < others);
    signs.viet &= vietnamese >= 3 || !signs.letters;
    signs
}

/// Counts of one line: a text may be coded in some lines only.
#[derive(Default)]
struct Line {
    latin: usize,
    odd: usize,
    vietnamese: usize,
    /// Where its last character beyond ASCII ended.
    end: usize,
}

impl Line {
    fn is_coded(&self) -> bool {
        self.odd >= 3 && self.odd * 6 >= self.latin && self.odd > self.vietnamese
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
