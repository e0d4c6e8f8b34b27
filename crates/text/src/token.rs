use crate::Span;
use crate::letters::{is_alphabetic, is_numeric, is_uppercase, is_whitespace};
use std::collections::HashSet;
use std::ops::Range;

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// Letters, with hyphens, apostrophes and digits inside: `al-Qaeda`, `T-72`, `U.S.`
    Word,
    /// Digits, with `.`, `,`, `/` or `:` between digits: `1.500`, `4/10`.
    Number,
    /// Digits and then letters: `16th`, `5pm`.
    Mixed,
    /// One mark of punctuation or one symbol; an ellipsis or a run of dashes is one.
    Punct,
}

/// The smallest unit that the reader sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Where.
    pub span: Span,
    /// What it is made of.
    pub kind: TokenKind,
    /// Whether white space (or the text's start) stands before it.
    pub spaced: bool,
    /// Whether its first letter is a capital.
    pub capital: bool,
    /// How many line breaks stand before it, at most 2.
    pub breaks: u8,
}

impl Token {
    /// Its characters.
    pub fn of<'t>(&self, text: &'t str) -> &'t str {
        self.span.of(text)
    }
}

/// What the tokeniser must know of a language.
#[derive(Debug, Clone, Default)]
pub struct TokenRules {
    /// Ends of words that are words of their own, with their apostrophe as `'`: `'s`, `n't`.
    pub clitics: Vec<String>,
    /// Words, lower-cased and without their full stop, that keep it: `gen`, `mr`.
    pub abbreviations: HashSet<String>,
}

impl TokenRules {
    fn clitic(&self, word: &str) -> Option<usize> {
        if !word.bytes().any(|b| b == b'\'' || b == 0xE2) {
            return None;
        }
        self.clitics.iter().find_map(|clitic| {
            let mut at = word.len();
            for want in clitic.chars().rev() {
                let got = word[..at].chars().next_back()?;
                let same = if want == '\'' {
                    is_apostrophe(got)
                } else {
                    got.to_ascii_lowercase() == want
                };
                if !same {
                    return None;
                }
                at -= got.len_utf8();
            }
            (at > 0).then_some(at)
        })
    }

    fn is_abbreviation(&self, word: &str) -> bool {
        if word.len() > 12 || self.abbreviations.is_empty() {
            return false;
        }
        self.abbreviations.contains(word) || self.abbreviations.contains(&word.to_lowercase())
    }
}

/// Cuts `text` into tokens, in one pass. White space and control characters are dropped, everything else is
/// in exactly one token.
///
/// ```
/// use counterclaim_text::{tokenize, TokenRules};
/// let text = "Hôm 4/10, T-72 bị phá hủy.";
/// let words: Vec<_> = tokenize(text, &TokenRules::default()).iter().map(|t| t.of(text)).collect();
/// assert_eq!(words, ["Hôm", "4/10", ",", "T-72", "bị", "phá", "hủy", "."]);
/// ```
pub fn tokenize(text: &str, rules: &TokenRules) -> Vec<Token> {
    let mut out = Vec::with_capacity(text.len() / 5 + 8);
    let bytes = text.as_bytes();
    let (mut at, mut spaced, mut breaks) = (0, true, 0u8);
    while at < bytes.len() {
        if bytes[at] == b' ' {
            spaced = true;
            at += 1;
            continue;
        }
        let c = char_at(text, at);
        if c == '\n' || c == '\u{2029}' || c == '\u{2028}' {
            breaks = (breaks + 1).min(2);
        }
        if is_whitespace(c) || is_invisible(c) {
            spaced |= is_whitespace(c);
            at += c.len_utf8();
            continue;
        }
        let (end, kind) = if c.is_ascii_digit() || is_numeric(c) {
            number(text, at)
        } else if is_letter(c) {
            (word(text, at, rules), TokenKind::Word)
        } else {
            (punct(text, at, c), TokenKind::Punct)
        };
        let mut token = Token {
            span: Span::new(at, end),
            kind,
            spaced,
            capital: is_uppercase(c),
            breaks,
        };
        if kind == TokenKind::Word
            && let Some(cut) = rules.clitic(&text[at..end])
        {
            token.span = Span::new(at, at + cut);
            out.push(token);
            token = Token {
                span: Span::new(at + cut, end),
                kind,
                spaced: false,
                capital: false,
                breaks: 0,
            };
        }
        out.push(token);
        (at, spaced, breaks) = (end, false, 0);
    }
    out
}

fn char_at(text: &str, at: usize) -> char {
    let byte = text.as_bytes()[at];
    if byte < 0x80 {
        byte as char
    } else {
        text[at..].chars().next().unwrap_or('\0')
    }
}

fn is_letter(c: char) -> bool {
    is_alphabetic(c) || ('\u{300}'..='\u{36f}').contains(&c)
}

/// Characters that take no room and part no words.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{ad}')
        || c.is_control()
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{2bc}' | '\u{ff07}')
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

fn word(text: &str, start: usize, rules: &TokenRules) -> usize {
    let bytes = text.as_bytes();
    let mut at = start;
    while at < text.len() {
        if bytes[at].is_ascii_alphanumeric() {
            at += 1;
            continue;
        }
        // A space ends most words.
        if bytes[at] == b' ' {
            break;
        }
        let c = char_at(text, at);
        let next = at + c.len_utf8();
        if is_letter(c) || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}') {
            at = next;
            continue;
        }
        let follows = next < text.len() && {
            let f = char_at(text, next);
            is_letter(f) || (is_hyphen(c) && f.is_ascii_digit())
        };
        // "Mi-24", "Jama'a", "U.S": inside a word only between letters.
        let inside = (is_hyphen(c)
            || is_apostrophe(c)
            || (c == '.' && after_capital(text, at) && single_letters(&text[start..at]))
            || c == '&')
            && follows;
        if inside {
            at = next;
            continue;
        }
        if c == '.' {
            let so_far = &text[start..at];
            if (so_far.contains('.') && single_letters(so_far))
                || rules.is_abbreviation(so_far)
                || is_initial(so_far, text, start..next)
            {
                return next;
            }
        }
        break;
    }
    at
}

fn after_capital(text: &str, at: usize) -> bool {
    text[..at].chars().next_back().is_some_and(is_uppercase)
}

/// `U.S`, `a.m`: letters one by one between full stops.
fn single_letters(word: &str) -> bool {
    word.len() <= 32 && word.split('.').all(|part| part.chars().count() == 1)
}

/// `J` of "J. Smith": one capital, a full stop, a space and another capital. The platform of "wrote on X. The army" is none.
fn is_initial(word: &str, text: &str, at: Range<usize>) -> bool {
    let mut chars = word.chars();
    let one = chars.next().is_some_and(char::is_uppercase) && chars.next().is_none();
    let mut rest = text[at.end..].chars();
    let before = text[..at.start].trim_end().chars().next_back();
    let platform = word == "X" && before.is_some_and(char::is_lowercase);
    one && !platform && rest.next() == Some(' ') && rest.next().is_some_and(char::is_uppercase)
}

fn number(text: &str, start: usize) -> (usize, TokenKind) {
    let mut at = start;
    while at < text.len() {
        let c = char_at(text, at);
        let next = at + c.len_utf8();
        let joins = matches!(c, '.' | ',' | '/' | ':') && next < text.len() && char_at(text, next).is_ascii_digit();
        if c.is_ascii_digit() || is_numeric(c) || joins {
            at = next;
        } else if is_letter(c) {
            let mut end = next;
            while end < text.len() && is_letter(char_at(text, end)) {
                end += char_at(text, end).len_utf8();
            }
            return (end, TokenKind::Mixed);
        } else {
            break;
        }
    }
    (at, TokenKind::Number)
}

fn punct(text: &str, start: usize, c: char) -> usize {
    let mut at = start + c.len_utf8();
    // Typewriters make a double quotation mark of two single ones.
    if matches!(c, '\'' | '`') && text[at..].starts_with(c) {
        at += 1;
    }
    // A table's quoting doubles marks: `""`.
    if matches!(c, '.' | '-' | '"') {
        while at < text.len() && char_at(text, at) == c {
            at += 1;
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        let rules = TokenRules {
            clitics: ["n't", "'s"].map(str::to_owned).to_vec(),
            abbreviations: ["gen", "lt"].map(str::to_owned).into(),
        };
        tokenize(text, &rules).iter().map(|t| t.of(text)).collect()
    }

    #[test]
    fn words_keep_what_belongs_to_them() {
        assert_eq!(
            words("al-Qaeda's U.S. didn’t"),
            ["al-Qaeda", "'s", "U.S.", "did", "n’t"]
        );
        assert_eq!(
            words("Lt. Gen. J. Smith fell. No."),
            ["Lt.", "Gen.", "J.", "Smith", "fell", ".", "No", "."]
        );
        assert_eq!(
            words("16th, 1.500; 27-9 5pm"),
            ["16th", ",", "1.500", ";", "27", "-", "9", "5pm"]
        );
        assert_eq!(words("wait... -- x"), ["wait", "...", "--", "x"]);
    }
}
