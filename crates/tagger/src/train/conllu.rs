//! Treebanks in CoNLL-U to tagged sentences, in the tokens that the reader makes and the tags that the models have.

use super::{Lcg, Trainer};
use crate::features::Template;
use std::fmt;

/// A tagged sentence: forms and tags.
pub type Sentence = Vec<(String, String)>;

/// What a treebank's rows become.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// Words with Penn tags; all punctuation is `PUNCT`. Hyphens that a treebank cuts words at are seen both ways.
    Penn,
    /// Syllables with `B-`/`I-` and the universal part of speech.
    Syllables,
}

/// A row that is no CoNLL-U.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadRow {
    /// Line number, from 1.
    pub line: usize,
}

impl fmt::Display for BadRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "line {}: a CoNLL-U row has ten columns with a number, a form and a head",
            self.line
        )
    }
}

impl std::error::Error for BadRow {}

/// Sentences of a treebank, as the scheme says. Rows of multiword tokens (`3-4`) and empty nodes (`5.1`) are passed over.
///
/// # Errors
/// When a row has no ten columns, with the line.
///
/// ```
/// use counterclaim_tagger::train::{Scheme, from_conllu};
///
/// let rows = "1\tPháo binh\t_\tNOUN\tN\t_\t2\tnsubj\t_\t_\n2\tbắn\t_\tVERB\tV\t_\t0\troot\t_\t_\n\n";
/// let sentences = from_conllu(rows, Scheme::Syllables).unwrap();
/// let tags: Vec<&str> = sentences[0].iter().map(|(_, tag)| tag.as_str()).collect();
/// assert_eq!(tags, ["B-NOUN", "I-NOUN", "B-VERB"]);
/// ```
pub fn from_conllu(text: &str, scheme: Scheme) -> Result<Vec<Sentence>, BadRow> {
    let make = match scheme {
        Scheme::Penn => penn,
        Scheme::Syllables => syllables,
    };
    Ok(parse(text)?.iter().map(|rows| make(rows)).collect())
}

/// Trains on treebanks as the shipped models are trained: one sentence in eight is seen a second time in capitals, title case or lower case,
/// as headlines and chats are written, and words cut at hyphens are seen whole, too.
///
/// # Errors
/// When a treebank has a row without ten columns.
pub fn train_conllu(treebanks: &[&str], scheme: Scheme) -> Result<Vec<u8>, BadRow> {
    let mut trainer = Trainer::new(match scheme {
        Scheme::Penn => Template::Words,
        Scheme::Syllables => Template::Syllables,
    });
    for treebank in treebanks {
        push_all(&mut trainer, &from_conllu(treebank, scheme)?);
        if scheme == Scheme::Penn {
            let cut = parse(treebank)?
                .into_iter()
                .filter(|rows| rows.iter().any(|row| row.xpos == "HYPH"));
            let joined: Vec<Sentence> = cut.map(|rows| join(&rows)).collect();
            push_all(&mut trainer, &joined);
        }
    }
    Ok(trainer.train())
}

/// One list of rows a sentence.
fn parse(text: &str) -> Result<Vec<Vec<Row<'_>>>, BadRow> {
    let mut sentences = Vec::new();
    let mut rows = Vec::new();
    for (number, line) in text.lines().chain([""]).enumerate() {
        if line.is_empty() {
            if !rows.is_empty() {
                sentences.push(std::mem::take(&mut rows));
            }
        } else if !line.starts_with('#') {
            let bad = BadRow { line: number + 1 };
            let columns: Vec<&str> = line.split('\t').collect();
            let [id, form, _, upos, xpos, _, head, relation, _, _] = columns[..] else {
                return Err(bad);
            };
            if !id.contains(['-', '.']) {
                let head = head.parse().map_err(|_| bad)?;
                rows.push(Row {
                    form,
                    upos,
                    xpos,
                    head,
                    relation,
                });
            }
        }
    }
    Ok(sentences)
}

struct Row<'a> {
    form: &'a str,
    upos: &'a str,
    xpos: &'a str,
    head: usize,
    relation: &'a str,
}

fn penn(rows: &[Row<'_>]) -> Sentence {
    rows.iter()
        .map(|row| (row.form.to_owned(), penn_tag(row.form, row.xpos).to_owned()))
        .collect()
}

/// Penn's tags and the TreeTagger's (which tells *be*, *have* and other verbs apart) to the project's set.
fn penn_tag<'a>(form: &str, xpos: &'a str) -> &'a str {
    match xpos {
        "NP" => "NNP",
        "NPS" => "NNPS",
        "PP" => "PRP",
        "PP$" => "PRP$",
        "IN/that" => "IN",
        "VV" | "VH" => "VB",
        "VVD" | "VHD" => "VBD",
        "VVG" | "VHG" => "VBG",
        "VVN" | "VHN" => "VBN",
        "VVP" | "VHP" => "VBP",
        "VVZ" | "VHZ" => "VBZ",
        "$" => "SYM",
        "ADD" => "NNP",
        "AFX" => "JJ",
        "GW" | "XX" => "FW",
        "LS" => "CD",
        "." | "," | ":" | "(" | ")" | "-LRB-" | "-RRB-" | "``" | "''" | "HYPH" | "NFP" | "SENT" => "PUNCT",
        _ if !form.contains(char::is_alphanumeric) && xpos == "_" => "PUNCT",
        _ => xpos,
    }
}

/// The sentence with the words joined that a treebank cut at a hyphen. A joined word that stands before the noun it belongs to is an
/// adjective, as Penn has it; otherwise it is what its head is.
fn join(rows: &[Row<'_>]) -> Sentence {
    let mut out = Sentence::new();
    let mut at = 0;
    while at < rows.len() {
        let mut end = at + 1;
        while end + 1 < rows.len() && rows[end].xpos == "HYPH" && end > at {
            end += 2;
        }
        let group = &rows[at..end];
        let form: String = group.iter().map(|row| row.form).collect();
        // Numbers count from 1; the group's head is the row whose own head lies outside.
        let top = group
            .iter()
            .find(|row| row.xpos != "HYPH" && !(at + 1..=end).contains(&row.head))
            .unwrap_or(&group[0]);
        let tag = match penn_tag(top.form, top.xpos) {
            tag if group.len() == 1 || tag.starts_with("NNP") || tag == "CD" => tag,
            _ if matches!(top.relation, "amod" | "compound" | "nmod" | "acl") && top.head > end => "JJ",
            tag => tag,
        };
        out.push((form, tag.to_owned()));
        at = end;
    }
    out
}

fn syllables(rows: &[Row<'_>]) -> Sentence {
    let mut out = Sentence::new();
    for row in rows {
        if row.upos == "PUNCT" || row.xpos == "." {
            out.push((row.form.to_owned(), "PUNCT".to_owned()));
            continue;
        }
        let mut begun = false;
        for token in number_joined(row.form).split(' ').flat_map(cut) {
            let letters = token.contains(char::is_alphanumeric);
            // A sign after the number it measures is a word of its own, and so is a second word after a number.
            let tag = match () {
                () if token == "%" => "B-NOUN".to_owned(),
                () if !letters && (!begun || row.form.ends_with(token)) && row.upos != "SYM" => "PUNCT".to_owned(),
                () if begun && row.upos != "NUM" => format!("I-{}", row.upos),
                () => format!("B-{}", row.upos),
            };
            begun = true;
            out.push((token.to_owned(), tag));
        }
    }
    out
}

/// Some parts of the treebank have spaces inside figures ("84 . 4", "17 - 3 – 2004"): they are taken out.
fn number_joined(form: &str) -> String {
    let mut out = String::with_capacity(form.len());
    let pieces: Vec<&str> = form.split(' ').collect();
    let digit = |piece: Option<&&str>, end: bool| {
        piece.is_some_and(|p| {
            if end {
                p.ends_with(|c: char| c.is_ascii_digit())
            } else {
                p.starts_with(|c: char| c.is_ascii_digit())
            }
        })
    };
    let sign = |piece: Option<&&str>| piece.is_some_and(|p| matches!(*p, "." | "," | "/" | "-" | "–"));
    for (i, piece) in pieces.iter().enumerate() {
        let before = i.checked_sub(1).and_then(|i| pieces.get(i));
        let before2 = i.checked_sub(2).and_then(|i| pieces.get(i));
        let after_sign = sign(before) && digit(before2, true) && digit(Some(piece), false);
        let is_sign = sign(Some(piece)) && digit(before, true) && digit(pieces.get(i + 1), false);
        let ends_sign = before.is_some_and(|p| p.ends_with(',') && p.len() > 1) && digit(Some(piece), false);
        if i > 0 && !after_sign && !is_sign && !ends_sign {
            out.push(' ');
        }
        out.push_str(if *piece == "–" && is_sign { "-" } else { piece });
    }
    out
}

/// Cuts punctuation off as the tokeniser does: not inside figures, not hyphens inside words.
fn cut(piece: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut begin = 0;
    let chars: Vec<(usize, char)> = piece.char_indices().collect();
    for (i, &(at, c)) in chars.iter().enumerate() {
        if c.is_alphanumeric() {
            continue;
        }
        let before = i.checked_sub(1).map(|i| chars[i].1);
        let after = chars.get(i + 1).map(|&(_, c)| c);
        let inside = |kind: fn(char) -> bool| before.is_some_and(kind) && after.is_some_and(kind);
        let kept = match c {
            '.' | ',' | '/' => inside(|c| c.is_ascii_digit()),
            '-' => inside(char::is_alphanumeric),
            _ => !c.is_ascii_punctuation(),
        };
        if !kept {
            if begin < at {
                out.push(&piece[begin..at]);
            }
            out.push(&piece[at..at + c.len_utf8()]);
            begin = at + c.len_utf8();
        }
    }
    if begin < piece.len() {
        out.push(&piece[begin..]);
    }
    out
}

/// Word segmentation of syllable tags against gold: (words in both, words given, words in gold). A word is its stretch of syllables; punctuation counts as words, as it
/// does for the published segmenters.
#[must_use]
pub fn segmentation<'a>(
    given: impl Iterator<Item = &'a str>,
    gold: impl Iterator<Item = &'a str>,
) -> (usize, usize, usize) {
    let begins = |tag: &str| !tag.starts_with("I-");
    let (mut both, mut in_given, mut in_gold) = (0, 0, 0);
    // Whether the words running now began at the same syllable in both.
    let mut together = false;
    for (given, gold) in given.zip(gold) {
        let (a, b) = (begins(given), begins(gold));
        in_given += usize::from(a);
        in_gold += usize::from(b);
        if a || b {
            both += usize::from(together && a && b);
            together = a && b;
        }
    }
    (both + usize::from(together), in_given, in_gold)
}

/// One sentence in this many is seen a second time, written otherwise.
const RECASED: usize = 8;

/// Pushes sentences, and with them a share written otherwise: in capitals, in title case, in lower case, as headlines and chats are.
fn push_all(trainer: &mut Trainer, sentences: &[Sentence]) {
    let mut random = Lcg(0xca5e);
    for sentence in sentences {
        let plain: Vec<(&str, &str)> = sentence
            .iter()
            .map(|(form, tag)| (form.as_str(), tag.as_str()))
            .collect();
        trainer.push(&plain);
        if random.below(RECASED) != 0 {
            continue;
        }
        let how = random.below(3);
        let forms: Vec<String> = sentence.iter().map(|(form, _)| recase(form, how)).collect();
        let pairs: Vec<(&str, &str)> = forms
            .iter()
            .zip(sentence)
            .map(|(form, (_, tag))| (form.as_str(), tag.as_str()))
            .collect();
        trainer.push(&pairs);
    }
}

fn recase(form: &str, how: usize) -> String {
    match how {
        0 => form.to_uppercase(),
        1 => form.to_lowercase(),
        _ => {
            // Headlines in title case leave the short words as they are.
            let mut chars = form.chars();
            match chars.next() {
                Some(first) if form.chars().count() > 3 => first.to_uppercase().chain(chars).collect(),
                _ => form.to_owned(),
            }
        }
    }
}
