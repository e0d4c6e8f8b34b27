use crate::{Layout, Token};
use std::ops::Range;

/// A quotation: the tokens from its opening mark to its closing one, both included. One that runs over paragraphs,
/// each opened anew, is one quotation; one that is never closed ends with its paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quotation {
    /// Its tokens, marks included.
    pub tokens: Range<usize>,
    /// Whether a closing mark was found.
    pub closed: bool,
}

/// Finds the quotations of a text, in order, not nested: marks inside marks belong to the outer one.
///
/// ```
/// use counterclaim_text::{quotations, tokenize, Layout, TokenRules};
/// let text = "“The bridge is gone,” she said. “We turned back.";
/// let tokens = tokenize(text, &TokenRules::default());
/// let found = quotations(text, &tokens, &Layout::new(text, &tokens));
/// assert_eq!(found.len(), 2);
/// assert!(found[0].closed && !found[1].closed);
/// ```
pub fn quotations(text: &str, tokens: &[Token], layout: &Layout) -> Vec<Quotation> {
    let mut out: Vec<Quotation> = Vec::new();
    let mut open: Option<(usize, char)> = None;
    let mut paragraph = 0;
    for (n, sentence) in layout.sentences.iter().enumerate() {
        if sentence.paragraph != paragraph {
            paragraph = sentence.paragraph;
            if let Some((start, mark)) = open.take() {
                let first = first_char(text, &tokens[sentence.tokens.start]);
                if first == mark || goes_on(text, tokens, layout, n, mark) {
                    // The next paragraph goes on with the same quotation, with a mark at its head or without one.
                    open = Some((start, mark));
                } else {
                    out.push(Quotation {
                        tokens: start..sentence.tokens.start,
                        closed: false,
                    });
                }
            }
        }
        for i in sentence.tokens.clone() {
            let c = first_char(text, &tokens[i]);
            match open {
                Some((start, mark))
                    if closes(mark, c) && !(c == mark && opens_here(tokens, i, sentence.tokens.start)) =>
                {
                    out.push(Quotation {
                        tokens: start..i + 1,
                        closed: true,
                    });
                    open = None;
                }
                None if matches!(c, '“' | '«' | '„' | '"' | '‟')
                    || (c == '”' && opens_here(tokens, i, sentence.tokens.start)) =>
                {
                    open = Some((i, c));
                }
                None if c == '‘' && tokens[i].spaced && closes_soon(text, tokens, i, sentence.tokens.end) => {
                    open = Some((i, c));
                }
                _ => {}
            }
        }
    }
    if let Some((start, _)) = open {
        out.push(Quotation {
            tokens: start..tokens.len(),
            closed: false,
        });
    }
    out
}

/// Whether a quotation that is open at sentence `n`, the first of its paragraph, is closed further on: the next mark in
/// this paragraph or one of the few after it is one that closes. Texts set a sentence a line leave quotations so.
fn goes_on(text: &str, tokens: &[Token], layout: &Layout, n: usize, mark: char) -> bool {
    const SENTENCES: usize = 6;
    for sentence in layout.sentences[n..].iter().take(SENTENCES) {
        for i in sentence.tokens.clone() {
            let c = first_char(text, &tokens[i]);
            if closes(mark, c) {
                let next = tokens.get(i + 1).filter(|_| i + 1 < sentence.tokens.end);
                let before_stop = next.is_none_or(|t| matches!(first_char(text, t), ',' | '.' | '-' | '–' | '—' | '('));
                let glued_before = i > sentence.tokens.start && !tokens[i].spaced;
                return c == '”' || before_stop || glued_before && next.is_some_and(|t| t.spaced);
            }
            if matches!(c, '“' | '«' | '„' | '"' | '‟') {
                return false;
            }
        }
    }
    false
}

/// The token's first character; two single quotation marks are a double one.
fn first_char(text: &str, token: &Token) -> char {
    match token.of(text) {
        "''" | "``" => '"',
        word => word.chars().next().unwrap_or('\0'),
    }
}

fn closes(mark: char, c: char) -> bool {
    match mark {
        // Typists close a curly quotation with whatever is at hand, its own opening mark included.
        '“' | '„' | '‟' | '”' => matches!(c, '”' | '“' | '"'),
        '«' => c == '»',
        '‘' => c == '’',
        _ => matches!(c, '"' | '”'),
    }
}

/// Whether a mark at `i` opens: it begins its sentence, a space before it and none after.
fn opens_here(tokens: &[Token], i: usize, sentence_start: usize) -> bool {
    let glued_after = tokens.get(i + 1).is_some_and(|t| !t.spaced);
    i == sentence_start && tokens[i].spaced && glued_after
}

/// How many tokens a quotation in single marks may have.
const SOON: usize = 250;

fn closes_soon(text: &str, tokens: &[Token], i: usize, end: usize) -> bool {
    tokens[i + 1..end.min(i + SOON)]
        .iter()
        .any(|t| first_char(text, t) == '’' && !t.spaced)
}
