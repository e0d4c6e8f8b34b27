use crate::{Span, Token, TokenKind};
use std::ops::Range;

/// A sentence: a run of tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// From the first to the last of them.
    pub span: Span,
    /// Number of its paragraph.
    pub paragraph: usize,
}

/// The most tokens of a sentence. What goes on without an end for longer is cut here, so that the time that a text costs does
/// not depend on how it is punctuated.
const LONGEST: usize = 1000;

/// The most closing marks that are looked through for the end of a sentence before them.
const CLOSERS: usize = 8;

/// The sentences of a text and the paragraphs they stand in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Layout {
    /// In text order; every token is in exactly one.
    pub sentences: Vec<Sentence>,
    /// Number of paragraphs.
    pub paragraphs: usize,
}

impl Layout {
    /// Finds sentences and paragraphs. A line break ends a paragraph, unless the text is hard-wrapped: then
    /// only an empty line, or a line cut clearly short after its sentence's end, does.
    pub fn new(text: &str, tokens: &[Token]) -> Layout {
        let wrap = wrap_width(text);
        let mut out = Layout::default();
        let mut start = 0;
        let mut line_start = 0usize;
        for i in 0..tokens.len() {
            if tokens[i].breaks > 0 {
                line_start = tokens[i].span.start as usize;
            }
            let Some(next) = tokens.get(i + 1) else {
                out.push(tokens, start..i + 1);
                out.paragraphs += 1;
                break;
            };
            let closed = ends_sentence(text, tokens, i);
            let width = || text[line_start..tokens[i].span.end as usize].chars().count();
            let paragraph = match next.breaks {
                0 => false,
                1 => match wrap {
                    Some(wrap) => (closed || next.capital) && width() * 10 < wrap * 8,
                    None => closed || next.capital || !starts_lower(text, next),
                },
                _ => true,
            };
            if paragraph || closed || i + 1 - start == LONGEST {
                out.push(tokens, start..i + 1);
                out.paragraphs += usize::from(paragraph);
                start = i + 1;
            }
        }
        out
    }

    fn push(&mut self, tokens: &[Token], range: Range<usize>) {
        if !range.is_empty() {
            let span = tokens[range.start].span.join(tokens[range.end - 1].span);
            self.sentences.push(Sentence {
                tokens: range,
                span,
                paragraph: self.paragraphs,
            });
        }
    }
}

fn starts_lower(text: &str, token: &Token) -> bool {
    token.of(text).chars().next().is_some_and(char::is_lowercase)
}

/// The width a text is wrapped at, if most of its line breaks stand in mid-sentence.
fn wrap_width(text: &str) -> Option<usize> {
    let (mut inside, mut all, mut width, mut previous) = (0, 0, 0, "");
    for line in text.lines() {
        let line = line.trim();
        if line.is_empty() {
            previous = "";
            continue;
        }
        if !previous.is_empty() {
            all += 1;
            let open = previous
                .chars()
                .next_back()
                .is_some_and(|c| c.is_alphanumeric() || c == ',');
            if open && line.starts_with(char::is_lowercase) {
                inside += 1;
            }
        }
        width = width.max(line.chars().count());
        previous = line;
    }
    (inside >= 2 && inside * 4 >= all && width < 140).then_some(width)
}

/// Whether a word that ends in small letters and a word that only begins with a capital, or initials, stand at both sides of a full stop.
fn glued(text: &str, before: &Token, after: &Token) -> bool {
    let before_letters = before.of(text).chars().rev();
    let mut letters = after.of(text).chars();
    before.kind == TokenKind::Word
        && before.of(text).chars().count() > 2
        && before_letters.take(2).all(char::is_lowercase)
        && letters.next().is_some_and(char::is_uppercase)
        && (letters.clone().all(char::is_lowercase)
            || (1..4).contains(&letters.clone().count()) && letters.all(char::is_uppercase))
}

/// Whether the sentence ends with token `i`: at a full stop and the like, or at the quotation mark or bracket
/// that closes after one, before something that can begin a sentence.
fn ends_sentence(text: &str, tokens: &[Token], i: usize) -> bool {
    let next = &tokens[i + 1];
    // Words and numbers end none, but for abbreviations and the apostrophe of "the troops'".
    let own = tokens[i].of(text);
    if tokens[i].kind != TokenKind::Punct && !own.ends_with('.') && !own.starts_with(['\'', '’']) {
        return false;
    }
    let mut j = i;
    let mut quoted = false;
    while j > i.saturating_sub(CLOSERS)
        && is_closer(tokens[j].of(text))
        && (!tokens[j].spaced || !next.spaced || is_closer_only(tokens[j].of(text)))
    {
        j -= 1;
        quoted = true;
    }
    let last = tokens[j].of(text);
    let ellipsis = last == "…" || (last.len() > 1 && last.starts_with('.'));
    let full = matches!(last, "." | "!" | "?" | "。" | "؟" | "۔" | "।") || ellipsis;
    if !full {
        // An abbreviation's own full stop may end the sentence too: "in the U.S. The army"
        return last.len() > 2
            && last.ends_with('.')
            && tokens[j].kind == TokenKind::Word
            && last[..last.len() - 1].contains('.')
            && next.spaced
            && next.capital
            && next.breaks > 0;
    }
    // The closing mark belongs to the sentence: wait for it.
    let follows = next.of(text);
    if !next.spaced && is_closer(follows) {
        return false;
    }
    // A mark set apart by spaces on both sides closes too where it can only be a closer: `… . ”`
    if is_closer_only(follows) && next.breaks == 0 {
        return false;
    }
    if !next.spaced && next.breaks == 0 {
        // "…the border area.The army": the space was lost.
        return last == "."
            && !quoted
            && j > 0
            && glued(text, &tokens[j - 1], next)
            && tokens.get(i + 2).is_none_or(|t| t.spaced || t.kind == TokenKind::Punct);
    }
    let opens = next.capital
        || next.kind == TokenKind::Number
        || next.kind == TokenKind::Mixed
        || next.breaks > 0
        || (next.kind == TokenKind::Punct && !matches!(follows, "," | ";" | ":" | ")" | "-" | "--" | "–" | "—"))
        || !starts_lower(text, next) && next.kind == TokenKind::Word;
    if ellipsis || quoted || matches!(last, "!" | "?") {
        // `"Stop!" he said` goes on; so does `... with more thrusts`.
        return opens && !starts_lower(text, next);
    }
    opens
}

fn is_closer(s: &str) -> bool {
    s.starts_with('"') || matches!(s, "''" | "”" | "’" | "'" | "»" | ")" | "]" | "“")
}

fn is_closer_only(s: &str) -> bool {
    matches!(s, "”" | "»" | ")" | "]")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{TokenRules, tokenize};

    fn cut(text: &str) -> Vec<&str> {
        let tokens = tokenize(text, &TokenRules::default());
        Layout::new(text, &tokens)
            .sentences
            .iter()
            .map(|s| s.span.of(text))
            .collect()
    }

    #[test]
    fn sentences_end_where_a_reader_would_end_them() {
        assert_eq!(
            cut("It fell. \"We saw it.\" Then he said: \"Stop!\" and left."),
            ["It fell.", "\"We saw it.\"", "Then he said: \"Stop!\" and left."]
        );
        assert_eq!(cut("Mất 2.5 km. Hôm 4.10 rút."), ["Mất 2.5 km.", "Hôm 4.10 rút."]);
        assert_eq!(
            cut("A headline\nThe body runs.\nAnother line."),
            ["A headline", "The body runs.", "Another line."]
        );
    }

    #[test]
    fn wrapped_lines_are_one_sentence() {
        let text = "The army said on Tuesday that two\nvillages had been taken by its men and\nthat the road was closed.\nNobody was hurt, it said, in the\nlong night.";
        assert_eq!(cut(text).len(), 2);
    }
}
