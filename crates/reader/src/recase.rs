//! Before pass 1: a text in capitals is read in the letters that running text would have.
//!
//! Every letter keeps its place and its length in bytes, so that spans found in one text hold in the other.

use counterclaim_claims::Reading;
use counterclaim_lexicon::{Pack, key};
use counterclaim_text::{Token, TokenKind, tokenize};

/// The text in running case, where nearly all its letters are capitals and its language tells which words are small.
pub(crate) fn recase(text: &str, pack: &Pack) -> Option<String> {
    if !pack.knows_case() || !shouts(text) {
        return None;
    }
    let tokens = tokenize(text, pack.token_rules());
    let mut buffer = String::new();
    let words: Vec<u32> = tokens.iter().map(|t| pack.word(key(t.of(text), &mut buffer))).collect();
    let mut out = String::with_capacity(text.len());
    let (mut at, mut written) = (0, 0);
    while at < tokens.len() {
        let (length, capitals) = entry(text, pack, &tokens, &words, at);
        for i in 0..length {
            let token = &tokens[at + i];
            out.push_str(&text[written..token.span.start as usize]);
            written = token.span.end as usize;
            let first = begins(text, &tokens, at + i);
            write(token.of(text), &capitals(i), first, &mut out);
        }
        at += length;
    }
    out.push_str(&text[written..]);
    Some(out)
}

/// How a word is to be written.
enum Case {
    Small,
    Name,
    /// As it stands: acronyms, numbers.
    Same,
}

/// How many tokens from `at` are decided together, and how each is written.
fn entry<'p>(
    text: &'p str,
    pack: &'p Pack,
    tokens: &'p [Token],
    words: &[u32],
    at: usize,
) -> (usize, Box<dyn Fn(usize) -> Case + 'p>) {
    let (mut length, mut masks, mut alone) = (1, (0u16, u16::MAX), None);
    pack.entries_at(
        |depth| words.get(at + depth).copied(),
        |n, hits| {
            let any = hits.iter().fold(0, |m, h| m | h.capitals);
            let all = hits.iter().fold(u16::MAX, |m, h| m & h.capitals);
            if n > 1 && (any != 0 || all == 0) {
                (length, masks) = (n, (any, all));
            } else if n == 1 {
                alone = Some((any, all));
            }
        },
    );
    if length > 1 && masks.1 != 0 {
        let mask = masks.1;
        return (
            length,
            Box::new(move |i| {
                let word = tokens[at + i].of(text);
                if i < 16 && (mask >> i) & 1 == 1 {
                    if acronym(word) { Case::Same } else { Case::Name }
                } else {
                    word_alone(pack, word, None, false)
                }
            }),
        );
    }
    let digits = |i: Option<usize>| {
        i.and_then(|i| tokens.get(i))
            .is_some_and(|t| t.kind == TokenKind::Number)
    };
    let dated = digits(at.checked_sub(1)) || digits(Some(at + 1));
    (
        1,
        Box::new(move |i| word_alone(pack, tokens[at + i].of(text), alone, dated)),
    )
}

/// How a word that stands in no longer entry is written; `known` are the capitals of its entry, any and always.
fn word_alone(pack: &Pack, word: &str, known: Option<(u16, u16)>, dated: bool) -> Case {
    if !word.chars().any(char::is_alphabetic) || word.chars().any(|c| c.is_ascii_digit()) {
        return Case::Same;
    }
    let lower = word.to_lowercase();
    let small = is_small(pack, &lower);
    match known {
        Some((any, _)) if any != 0 && dated => Case::Name,
        Some((_, 0)) => Case::Small,
        _ if small => Case::Small,
        Some((1.., _)) if word.chars().count() <= 5 => Case::Same,
        _ if acronym(word) => Case::Same,
        _ => Case::Name,
    }
}

pub(crate) fn is_small(pack: &Pack, word: &str) -> bool {
    let stem = |end: &str, instead: &str| {
        word.strip_suffix(end)
            .is_some_and(|s| s.len() > 2 && pack.is_small(&format!("{s}{instead}")))
    };
    pack.is_small(word)
        || word.chars().count() == 1
        || word.starts_with(['\'', '’'])
        || stem("s", "")
        || stem("es", "")
        || stem("ies", "y")
        || stem("ed", "")
        || stem("ed", "e")
        || stem("ied", "y")
        || stem("ing", "")
        || stem("ing", "e")
        || stem("ly", "")
        || word
            .split_once('-')
            .is_some_and(|(a, b)| is_small(pack, a) && b.split('-').all(|b| is_small(pack, b)))
}

/// Words that are read letter by letter: dots between letters, or no vowel.
fn acronym(word: &str) -> bool {
    let vowel = |c: char| matches!(c.to_ascii_lowercase(), 'a' | 'e' | 'i' | 'o' | 'u' | 'y') || !c.is_ascii();
    word.len() > 1
        && (word[..word.len() - 1].contains('.') || word.len() <= 5 && !word.contains('.') && !word.chars().any(vowel))
}

/// Whether a sentence begins with the token.
fn begins(text: &str, tokens: &[Token], at: usize) -> bool {
    tokens[at].breaks > 1
        || at == 0
        || matches!(tokens[at - 1].of(text), "." | "!" | "?" | "--")
        || tokens[at - 1].of(text) == "]" && at > 1 && tokens[at - 2].of(text) == "TEXT"
}

fn write(word: &str, case: &Case, first: bool, out: &mut String) {
    match case {
        Case::Same => out.push_str(word),
        Case::Small | Case::Name => {
            let mut keep = matches!(case, Case::Name) || first;
            for c in word.chars() {
                let mut small = c.to_lowercase();
                match (small.next(), small.next()) {
                    (Some(s), None) if !keep && s.len_utf8() == c.len_utf8() => out.push(s),
                    _ => out.push(c),
                }
                // A name's part after a hyphen has its own capital: "Saint-Just".
                keep = keep && !c.is_alphabetic() || matches!(case, Case::Name) && c == '-';
            }
        }
    }
}

/// Puts the document's own letters in the place of the recased ones wherever a reading quotes the document.
pub(crate) fn quote(text: &str, reading: &mut Reading) {
    let bytes: Vec<usize> = text.char_indices().map(|(i, _)| i).chain([text.len()]).collect();
    for claim in &mut reading.claims {
        for source in claim.source.iter_mut().chain(&mut claim.via) {
            if let Some(mark) = source.mark {
                source.text = text[bytes[mark.start]..bytes[mark.end]].to_owned();
            }
        }
    }
    if let Some(title) = &mut reading.document.title
        && let Some(at) = text
            .to_lowercase()
            .find(&title.to_lowercase())
            .filter(|_| text.is_ascii())
    {
        *title = text[at..at + title.len()].to_owned();
    }
}

/// Whether nearly all letters of a text are capitals.
fn shouts(text: &str) -> bool {
    const MOST: usize = 2000;
    let (mut upper, mut lower) = (0usize, 0usize);
    for c in text.chars().filter(|c| c.is_alphabetic()).take(MOST) {
        upper += usize::from(c.is_uppercase());
        lower += usize::from(c.is_lowercase());
        // However many capitals follow, these are too many small letters: nearly every text is told by its first lines.
        if lower * 12 >= MOST {
            return false;
        }
    }
    upper > 60 && lower * 12 < upper
}
