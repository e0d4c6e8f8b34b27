//! Code pages: which byte a character was, when a byte was shown as that character.

use encoding_rs::{Encoding, ISO_8859_2, KOI8_R, MACINTOSH, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252};
use encoding_rs::{WINDOWS_1253, WINDOWS_1254, WINDOWS_1255, WINDOWS_1256, WINDOWS_1257, WINDOWS_1258};
use std::sync::LazyLock;

/// A single-byte code page, and what repairs of it are called.
pub(super) struct Page {
    pub(super) name: &'static str,
    /// The kind of a repair of UTF-8 that was read as this page.
    pub(super) utf8: &'static str,
    /// Characters of the bytes from 0x80.
    pub(super) chars: [char; 128],
    /// Bytes of the characters up to the arrows and boxes, nought for those that it does not show.
    bytes: Box<[u8; NEAR]>,
    /// Those of the others.
    far: Vec<(char, u8)>,
}

const NEAR: usize = 0x2600;

impl Page {
    fn new(name: &'static str, utf8: &'static str, chars: [char; 128]) -> Page {
        let (mut bytes, mut far) = (Box::new([0; NEAR]), Vec::new());
        // A character that two bytes show is the first one's.
        for (&c, byte) in chars.iter().zip(0x80..=0xff).rev() {
            match bytes.get_mut(c as usize) {
                Some(slot) => *slot = byte,
                None => far.push((c, byte)),
            }
        }
        Page {
            name,
            utf8,
            chars,
            bytes,
            far,
        }
    }

    fn of(name: &'static str, utf8: &'static str, encoding: &'static Encoding) -> Page {
        let mut chars = ['\0'; 128];
        for (slot, byte) in chars.iter_mut().zip(0x80u8..=0xff) {
            let decoded = encoding
                .decode_without_bom_handling_and_without_replacement(std::slice::from_ref(&byte))
                .and_then(|s| s.chars().next());
            // Bytes that a page leaves open are passed through by careless decoders, as control characters.
            *slot = decoded.unwrap_or(char::from(byte));
        }
        Page::new(name, utf8, chars)
    }

    /// The byte that is shown as this character. Control characters U+0080 to U+009F count as themselves: software that knows only Latin 1 leaves them.
    pub(super) fn byte(&self, c: char) -> Option<u8> {
        if c.is_ascii() {
            return Some(c as u8);
        }
        if let '\u{80}'..='\u{9f}' = c {
            return Some(c as u32 as u8);
        }
        self.own_byte(c)
    }

    /// The byte that the page itself shows as this character.
    pub(super) fn own_byte(&self, c: char) -> Option<u8> {
        match self.bytes.get(c as usize) {
            Some(0) => None,
            Some(&byte) => Some(byte),
            None => self.far.iter().rev().find(|(own, _)| *own == c).map(|&(_, byte)| byte),
        }
    }

    /// The character that this byte is shown as.
    pub(super) fn char(&self, byte: u8) -> char {
        if byte < 0x80 {
            char::from(byte)
        } else {
            self.chars[usize::from(byte - 0x80)]
        }
    }
}

/// Code page 437, the console's; `encoding_rs` knows only pages of the web.
const CONSOLE: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}";

/// All pages that text is met misread as, the likeliest first.
pub(super) static PAGES: LazyLock<Vec<Page>> = LazyLock::new(|| {
    let mut console = ['\0'; 128];
    for (slot, c) in console.iter_mut().zip(CONSOLE.chars()) {
        *slot = c;
    }
    vec![
        Page::of("cp1252", "utf8-as-cp1252", WINDOWS_1252),
        Page::of("cp1258", "utf8-as-cp1258", WINDOWS_1258),
        Page::of("cp1251", "utf8-as-cp1251", WINDOWS_1251),
        Page::of("cp1250", "utf8-as-cp1250", WINDOWS_1250),
        Page::of("macroman", "utf8-as-macroman", MACINTOSH),
        Page::of("cp1254", "utf8-as-cp1254", WINDOWS_1254),
        Page::of("cp1256", "utf8-as-cp1256", WINDOWS_1256),
        Page::of("koi8-r", "utf8-as-koi8-r", KOI8_R),
        Page::new("cp437", "utf8-as-cp437", console),
        Page::of("cp1257", "utf8-as-cp1257", WINDOWS_1257),
        Page::of("iso-8859-2", "utf8-as-iso-8859-2", ISO_8859_2),
        Page::of("cp1253", "utf8-as-cp1253", WINDOWS_1253),
        Page::of("cp1255", "utf8-as-cp1255", WINDOWS_1255),
    ]
});

/// The page of that name.
pub(super) fn named(name: &str) -> Option<&'static Page> {
    PAGES.iter().find(|page| page.name == name)
}
