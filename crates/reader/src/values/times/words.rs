//! The words of a sentence as times need them: what the lexicon knows of each as a time or a number, whatever longer
//! entry another file has made of it.
//!
//! Units are cut for claims: "từ năm" is one of them, "mid-1953" another, and the tagger joins syllables that the
//! lexicon does not know. A date may begin inside such a unit, so units that are no time words themselves are cut up again.

use crate::doc::Doc;
use counterclaim_lexicon::{Func, Hit, Kind, NumberKind, NumberSense, PosClass, Sense, TimeClass, TimeSense, key};
use counterclaim_text::{Span, TokenKind};
use std::ops::Range;

/// What a word is for grammar, as far as times ask.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Grammar {
    pub(super) future: bool,
    pub(super) past: bool,
    pub(super) noun: bool,
    pub(super) counted: bool,
    /// It opens a clause of time: "khi".
    pub(super) clause: bool,
    /// A possessive: "his", "its".
    pub(super) owner: bool,
}

/// One word.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word {
    /// The unit it stands in.
    pub(super) unit: usize,
    pub(super) span: Span,
    pub(super) kind: TokenKind,
    /// Whether white space stands before it.
    pub(super) spaced: bool,
    pub(super) capital: bool,
    pub(super) number: Option<NumberSense>,
    pub(super) grammar: Grammar,
    times: [Option<&'static TimeSense>; 5],
    /// A bit for each class of `times`: most words have none, and are asked for many.
    classes: u16,
}

impl Word {
    fn new(unit: usize, span: Span, kind: TokenKind, spaced: bool, capital: bool) -> Word {
        Word {
            unit,
            span,
            kind,
            spaced,
            capital,
            number: None,
            grammar: Grammar::default(),
            times: [None; 5],
            classes: 0,
        }
    }

    /// The value of a word in a class of time words, if it is one.
    pub(super) fn get(&self, class: TimeClass) -> Option<&'static str> {
        if !self.has(class) {
            return None;
        }
        self.times
            .iter()
            .flatten()
            .find(|t| t.class == class)
            .map(|t| t.value.as_str())
    }

    /// The unit that it names, in the plural where it can be one.
    pub(super) fn unit_name(&self) -> Option<&'static str> {
        if !self.has(TimeClass::Unit) {
            return None;
        }
        let units = || self.times.iter().flatten().filter(|t| t.class == TimeClass::Unit);
        units()
            .find(|t| t.value.ends_with('+'))
            .or_else(|| units().next())
            .map(|t| t.value.as_str())
    }

    /// Whether a word has a value in a class of time words.
    pub(super) fn is(&self, class: TimeClass, value: &str) -> bool {
        self.has(class)
            && self
                .times
                .iter()
                .flatten()
                .any(|t| t.class == class && t.value == value)
    }

    fn has(&self, class: TimeClass) -> bool {
        self.classes >> class as u16 & 1 == 1
    }

    /// Whether it belongs to a class of time words other than those that only connect.
    pub(super) fn telling(&self) -> bool {
        self.classes & !(1 << TimeClass::Prep as u16) != 0
    }

    fn add(&mut self, sense: &'static Sense) {
        match sense {
            Sense::Time(time) => {
                if let Some(free) = self.times.iter_mut().find(|t| t.is_none()) {
                    *free = Some(time);
                    self.classes |= 1 << time.class as u16;
                }
            }
            Sense::Number(number) if self.number.is_none() || number.kind != NumberKind::Vague => {
                self.number = Some(*number);
            }
            Sense::Func(Func::Future) => self.grammar.future = true,
            Sense::Func(Func::SubTime) => self.grammar.clause = true,
            Sense::Func(Func::Past) => self.grammar.past = true,
            Sense::Func(Func::PronPossSg | Func::PronPossPl) => self.grammar.owner = true,
            Sense::Person { .. } | Sense::Materiel { .. } | Sense::Harm { .. } => self.grammar.counted = !self.capital,
            _ => {}
        }
    }
}

/// The kinds of senses that [`Word::add`] takes up.
const TOLD: u128 = Kind::TIME.bit()
    | Kind::NUMBER.bit()
    | Kind::PERSON.bit()
    | Kind::MATERIEL.bit()
    | Kind::HARM.bit()
    | Kind::func(Func::Future).bit()
    | Kind::func(Func::SubTime).bit()
    | Kind::func(Func::Past).bit()
    | Kind::func(Func::PronPossSg).bit()
    | Kind::func(Func::PronPossPl).bit();

/// Whether a sentence can hold a time at all: a quick look at its units.
pub(super) fn promising(doc: &Doc<'_>, units: Range<usize>) -> bool {
    units.clone().any(|u| is_timely(doc, u)) || units.into_iter().any(|u| holds_time(doc, u))
}

/// Whether a unit by itself can open a time.
fn is_timely(doc: &Doc<'_>, u: usize) -> bool {
    let unit = &doc.units[u];
    let first = doc.tokens[unit.tokens.start as usize];
    if matches!(first.kind, TokenKind::Number | TokenKind::Mixed) {
        return true;
    }
    if unit.hits.is_empty() {
        return unit.tokens.len() > 1
            && doc.tokens[unit.tokens.start as usize..unit.tokens.end as usize]
                .iter()
                .any(|t| t.kind == TokenKind::Number)
            || first.kind == TokenKind::Word && unit.span.of(doc.text).bytes().any(|b| b == b'-');
    }
    doc.of_kind(u, Kind::TIME).any(tells_time)
}

/// Whether words of a longer entry of another file tell a time: "former president", "từ năm".
fn holds_time(doc: &Doc<'_>, u: usize) -> bool {
    let unit = &doc.units[u];
    let tokens = unit.tokens.start as usize..unit.tokens.end as usize;
    let mut found = false;
    if unit.hits.is_empty() || tokens.len() < 2 {
        return false;
    }
    for at in tokens.clone() {
        let token = doc.tokens[at];
        // Parts of a word are looked up when it is cut up.
        if token.kind != TokenKind::Word || token.of(doc.text).bytes().any(|b| b == b'-') {
            return true;
        }
        doc.pack.entries_at(
            |depth| doc.words[at..tokens.end].get(depth).copied(),
            |_, hits| {
                found |= hits
                    .iter()
                    .any(|h| h.kind == Kind::TIME && tells_time(&doc.pack.senses[h.sense as usize]));
            },
        );
    }
    found
}

fn tells_time(sense: &Sense) -> bool {
    matches!(sense, Sense::Time(t) if !matches!(t.class, TimeClass::Prep | TimeClass::Modifier | TimeClass::Ordinal))
}

/// Fills `out` with the words of a sentence.
pub(super) fn words(doc: &Doc<'_>, units: Range<usize>, out: &mut Vec<Word>, buffer: &mut String) {
    out.clear();
    for u in units {
        let unit = &doc.units[u];
        let tokens = unit.tokens.start as usize..unit.tokens.end as usize;
        let first = doc.tokens[tokens.start];
        let timely = unit.kinds & (Kind::TIME.bit() | Kind::NUMBER.bit()) != 0;
        let cut = match first.kind {
            TokenKind::Mixed => true,
            TokenKind::Word if !timely => tokens.len() > 1 || unit.span.of(doc.text).bytes().any(|b| b == b'-'),
            _ => tokens.len() > 1 && !timely,
        };
        // Syllables that the tagger joined to a word of its own are no time words, unless digits stand among them.
        let cut = cut
            && (!unit.hits.is_empty()
                || tokens.len() == 1
                || doc.tokens[tokens.clone()].iter().any(|t| t.kind == TokenKind::Number));
        let noun = matches!(unit.class, PosClass::Noun | PosClass::Propn | PosClass::Adj);
        let from = out.len();
        if cut {
            cut_up(doc, u, tokens, out, buffer);
        } else {
            let mut word = Word::new(u, unit.span, first.kind, first.spaced, first.capital);
            if unit.kinds & TOLD != 0 {
                doc.senses(u).for_each(|(sense, _)| word.add(sense));
            }
            out.push(word);
        }
        for word in &mut out[from..] {
            word.grammar.noun = noun;
        }
    }
}

fn cut_up(doc: &Doc<'_>, unit: usize, tokens: Range<usize>, out: &mut Vec<Word>, buffer: &mut String) {
    let mut at = tokens.start;
    while at < tokens.end {
        let token = doc.tokens[at];
        let text = token.of(doc.text);
        match token.kind {
            TokenKind::Mixed => {
                let digits = text
                    .find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',' | ':' | '/')))
                    .unwrap_or(text.len());
                let start = token.span.start as usize;
                let mut number = Word::new(
                    unit,
                    Span::new(start, start + digits),
                    TokenKind::Number,
                    token.spaced,
                    false,
                );
                number.grammar.counted = false;
                out.push(number);
                piece(
                    doc,
                    unit,
                    Span::new(start + digits, token.span.end as usize),
                    false,
                    out,
                    buffer,
                );
                at += 1;
            }
            TokenKind::Word => {
                let length = entry(doc, at..tokens.end, out, unit);
                if length > 0 {
                    at += length;
                    continue;
                }
                if text.bytes().any(|b| b == b'-') {
                    let mut start = token.span.start as usize;
                    for (n, part) in text.split('-').enumerate() {
                        let span = Span::new(start, start + part.len());
                        start += part.len() + 1;
                        if !part.is_empty() {
                            piece(doc, unit, span, n == 0 && token.spaced, out, buffer);
                        }
                    }
                } else {
                    out.push(Word::new(unit, token.span, token.kind, token.spaced, token.capital));
                }
                at += 1;
            }
            _ => {
                out.push(Word::new(unit, token.span, token.kind, token.spaced, token.capital));
                at += 1;
            }
        }
    }
}

/// A part of a token as a word of its own.
fn piece(doc: &Doc<'_>, unit: usize, span: Span, spaced: bool, out: &mut Vec<Word>, buffer: &mut String) {
    let text = span.of(doc.text);
    let kind = if text.bytes().all(|b| b.is_ascii_digit()) {
        TokenKind::Number
    } else {
        TokenKind::Word
    };
    let capital = text.chars().next().is_some_and(char::is_uppercase);
    let mut word = Word::new(unit, span, kind, spaced, capital);
    if kind == TokenKind::Word {
        let known = doc.pack.word(key(text, buffer));
        doc.pack.entries_at(
            |depth| (depth == 0 && known != 0).then_some(known),
            |_, hits| take(doc, &mut word, hits, |i| i > 0 || capital),
        );
    }
    out.push(word);
}

/// The longest time or number entry at a token; how many tokens it has, 0 if there is none.
fn entry(doc: &Doc<'_>, tokens: Range<usize>, out: &mut Vec<Word>, unit: usize) -> usize {
    let first = doc.tokens[tokens.start];
    let mut found: Option<(usize, Word)> = None;
    doc.pack.entries_at(
        |depth| doc.words[tokens.clone()].get(depth).copied(),
        |length, hits| {
            let last = doc.tokens[tokens.start + length - 1];
            let mut word = Word::new(
                unit,
                first.span.join(last.span),
                first.kind,
                first.spaced,
                first.capital,
            );
            take(doc, &mut word, hits, |i| doc.tokens[tokens.start + i].capital);
            if word.number.is_some() || word.times[0].is_some() || word.grammar.future {
                found = Some((length, word));
            }
        },
    );
    found.map_or(0, |(length, word)| {
        out.push(word);
        length
    })
}

fn take(doc: &Doc<'_>, word: &mut Word, hits: &[Hit], capital: impl Fn(usize) -> bool) {
    for hit in hits {
        if doc.all_caps || hit.fits(&capital) {
            word.add(&doc.pack.senses[hit.sense as usize]);
        }
    }
}
