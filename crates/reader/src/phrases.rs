//! Pass 4: verb groups and noun phrases.
//!
//! A *verb group* is a verb with all that stands before it to tell tense, mood, voice and negation. A *noun phrase* is
//! found thrice: its base ("the ministry"), with its attachments ("the ministry of defence of Azerbaijan"), and with an
//! apposition ("Phil Tarn, a lawyer for the miners,").

mod attach;
mod verbs;

use crate::bits::*;
use crate::doc::{Doc, Sent};
use crate::values::{self, Number, PlaceHit, Time};
use counterclaim_lexicon::{Func, PosClass, VerbForm};
use std::ops::Range;

/// What a phrase is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A noun phrase without what is attached to it.
    Np,
    /// A noun phrase with its attachments or apposition.
    LongNp,
    /// A verb group.
    Vg,
    /// A time expression with its preposition.
    Time,
}

/// A phrase of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Phrase {
    pub(crate) kind: Kind,
    /// Its units.
    pub(crate) units: Range<usize>,
    /// The unit that decides what it is: the main verb, the noun.
    pub(crate) head: usize,
    pub(crate) bits: u128,
}

/// The phrases of one sentence, in text order.
#[derive(Debug, Clone, Default)]
pub(crate) struct Phrases {
    pub(crate) nps: Vec<Phrase>,
    pub(crate) long: Vec<Phrase>,
    pub(crate) vgs: Vec<Phrase>,
    /// Subjects that are more than the noun phrase beside their verb.
    pub(crate) subjects: Vec<Phrase>,
    pub(crate) times: Vec<Phrase>,
}

impl Phrases {
    /// The verb group that covers a unit.
    pub(crate) fn vg_at(&self, unit: usize) -> Option<&Phrase> {
        covering(&self.vgs, unit)
    }

    /// The base noun phrase that covers a unit.
    pub(crate) fn np_at(&self, unit: usize) -> Option<&Phrase> {
        covering(&self.nps, unit)
    }

    /// The longest noun phrase that starts at a unit.
    pub(crate) fn longest_from(&self, unit: usize) -> Option<&Phrase> {
        self.long
            .iter()
            .filter(|n| n.units.start == unit)
            .max_by_key(|n| n.units.end)
            .or_else(|| self.nps.iter().find(|n| n.units.start == unit))
    }
}

/// The phrase that covers a unit, of phrases that stand apart in text order.
fn covering(phrases: &[Phrase], unit: usize) -> Option<&Phrase> {
    let at = phrases.partition_point(|p| p.units.end <= unit);
    phrases.get(at).filter(|p| p.units.start <= unit)
}

/// Finds the phrases of a sentence.
pub(crate) fn phrases(doc: &Doc<'_>, sent: &Sent, times: &[Time], numbers: &[Number], places: &[PlaceHit]) -> Phrases {
    let mut finder = Finder::new(doc, sent, times, numbers, places);
    finder.times();
    finder.attach();
    let mut out = finder.out;
    crate::subjects::subjects(doc, sent, &mut out);
    out
}

/// Finds the verb groups and base noun phrases of a sentence alone: mentions need no more.
pub(crate) fn base(doc: &Doc<'_>, sent: &Sent, times: &[Time], numbers: &[Number], places: &[PlaceHit]) -> Phrases {
    Finder::new(doc, sent, times, numbers, places).out
}

struct Finder<'d, 't> {
    doc: &'d Doc<'t>,
    sent: &'d Sent,
    times: &'d [Time],
    numbers: &'d [Number],
    places: &'d [PlaceHit],
    out: Phrases,
}

impl<'d, 't> Finder<'d, 't> {
    /// Finds verb groups and base noun phrases.
    fn new(
        doc: &'d Doc<'t>,
        sent: &'d Sent,
        times: &'d [Time],
        numbers: &'d [Number],
        places: &'d [PlaceHit],
    ) -> Finder<'d, 't> {
        let mut finder = Finder {
            doc,
            sent,
            times: values::within(times, sent.units.clone()),
            numbers: values::within(numbers, sent.units.clone()),
            places: values::within(places, sent.units.clone()),
            out: Phrases::default(),
        };
        finder.verb_groups();
        finder.noun_phrases();
        finder
    }
}

impl Finder<'_, '_> {
    fn bits(&self, unit: usize) -> u128 {
        self.doc.units[unit].bits
    }

    fn time_at(&self, unit: usize) -> Option<&Range<usize>> {
        values::at(self.times, unit).map(|t| &t.outer)
    }

    fn times(&mut self) {
        for time in values::within(self.times, self.sent.units.clone()) {
            if time.outer.is_empty() {
                continue;
            }
            let end = time.outer.end.min(self.sent.units.end);
            self.out.times.push(Phrase {
                kind: Kind::Time,
                units: time.outer.start..end,
                head: time.units.start,
                bits: TIME,
            });
        }
    }

    fn noun_phrases(&mut self) {
        let mut at = self.sent.units.start;
        while at < self.sent.units.end {
            match self.noun_phrase(at) {
                Some(np) => {
                    at = np.units.end;
                    self.out.nps.push(np);
                }
                None => at += 1,
            }
        }
    }

    /// Whether a unit can be a word of a noun phrase, and whether it can be its head.
    fn nominal(&self, i: usize, inside: bool) -> Option<bool> {
        let unit = &self.doc.units[i];
        if self.time_at(i).is_none() && values::at(self.numbers, i).is_some_and(|n| n.units.start < i) {
            // All words of a number are one: "between three and nine".
            return Some(true);
        }
        if self.time_at(i).is_some()
            || unit.bits & (COMMA | CC | REL | COMP | AGENT | PASSIVE_WORD | MODAL | NEG | COPULA) != 0
                && unit.bits & (WHO | NUMBER) == 0
            || self.doc.pack.head_first && unit.bits & SUB != 0 && unit.bits & (WHO | ACT | MATERIEL) == 0
        {
            return None;
        }
        if self
            .out
            .vg_at(i)
            .is_some_and(|v| v.head != i || !inside || unit.class == PosClass::Verb && v.bits & FINITE != 0)
        {
            let vg = self.out.vg_at(i)?;
            // An "-ing" or "-ed" word before a noun is part of its phrase: "advancing troops", "the captured town".
            let modifier = vg.units.len() == 1
                && vg.bits & (GERUND | PARTICIPLE) != 0
                && inside
                && self.doc.units.get(i + 1).is_some_and(|n| {
                    i + 1 < self.sent.units.end && matches!(n.class, PosClass::Noun | PosClass::Propn)
                });
            return modifier.then_some(false);
        }
        // "Iranian forces captured several posts": after a noun a verb is none of its phrase's words.
        if inside
            && !self.doc.pack.head_first
            && self.out.vg_at(i).is_some_and(|v| v.bits & (ACT | HARM | LOSS) != 0)
            && self.bits(i - 1) & NOUN != 0
        {
            return None;
        }
        // "a town that …": the pronoun begins a clause.
        if unit.bits & REL != 0
            && !self.doc.pack.head_first
            && i > self.sent.units.start
            && (self.bits(i - 1) & COMMA != 0
                || matches!(self.doc.units[i - 1].class, PosClass::Noun | PosClass::Propn))
        {
            return None;
        }
        if values::at(self.numbers, i).is_some() {
            return Some(true);
        }
        if values::at(self.places, i).is_some() {
            return Some(true);
        }
        // "cái chết của ông": whose it is stands after the noun, as one word of the lexicon.
        if inside && self.doc.pack.head_first && (self.doc.is(i, Func::PronPossSg) || self.doc.is(i, Func::PronPossPl))
        {
            return Some(false);
        }
        match unit.class {
            PosClass::Noun | PosClass::Propn | PosClass::Pron => Some(true),
            PosClass::Num => Some(true),
            // "the general said": an office that is an adjective elsewhere.
            PosClass::Adj => {
                let next = self.doc.units.get(i + 1).map(|n| n.class);
                let before_noun = matches!(next, Some(PosClass::Noun | PosClass::Propn | PosClass::Adj));
                Some(inside && !self.doc.pack.head_first && unit.bits & (PERSON | ORG) != 0 && !before_noun)
            }
            PosClass::Det => Some(false),
            // "the captured town", and not "the town captured".
            PosClass::Verb => {
                let noun_follows = self.doc.units[i + 1..self.sent.units.end]
                    .first()
                    .is_some_and(|n| matches!(n.class, PosClass::Noun | PosClass::Propn | PosClass::Adj));
                (inside && noun_follows && matches!(unit.form, VerbForm::Gerund | VerbForm::Participle))
                    .then_some(false)
            }
            _ if unit.bits & (WHO | DET_THIS | EXHIBIT | MATERIEL) != 0 => Some(unit.bits & DET_THIS == 0),
            PosClass::Part if inside && self.doc.words(&(i..i + 1)).starts_with(['\'', '’']) => Some(false),
            PosClass::Punct if inside && self.joins(i) => Some(false),
            PosClass::Other
                if unit.bits == 0
                    && !self.doc.units[i].tokens.is_empty()
                    && self.doc.words(&(i..i + 1)).chars().all(char::is_alphanumeric) =>
            {
                Some(true)
            }
            _ => None,
        }
    }

    /// Hyphens and quotation marks of single words inside a phrase: `Deir al - Zor`, `the "security belt"`.
    fn joins(&self, i: usize) -> bool {
        // "VOA - Tổng thống": the paper's name before the text.
        let byline = i == self.sent.units.start + 1 && self.bits(i - 1) & MEDIA != 0;
        let spaced = || self.doc.tokens[self.doc.units[i].tokens.start as usize].spaced;
        let joins = matches!(self.doc.words(&(i..i + 1)), "-" | "/" | "&");
        if !self.doc.pack.head_first && (self.counts_quoted(i) || self.names_quoted(i)) {
            return true;
        }
        !byline && joins && (self.doc.pack.head_first || self.bits(i) & DASH == 0 || !spaced())
    }

    /// The marks around the word that a number counts: `40 "terrorists"`.
    fn counts_quoted(&self, i: usize) -> bool {
        let number = |u: usize| values::at(self.numbers, u).is_some();
        let quote = |from: usize| {
            let quote = self.doc.quote_of(from)?;
            (quote.start == from && quote.len() == 3).then_some(quote.end)
        };
        let opens = |from: usize| from > self.sent.units.start && number(from - 1) && quote(from).is_some();
        opens(i) || i > self.sent.units.start + 2 && opens(i - 2) && quote(i - 2) == Some(i + 1)
    }

    /// The marks around a name behind an article: `the "Dune Council"`.
    fn names_quoted(&self, i: usize) -> bool {
        let doc = self.doc;
        let Some(quote) = doc
            .quote_of(i)
            .filter(|q| (4..8).contains(&q.len()) && q.start > self.sent.units.start)
        else {
            return false;
        };
        let name = |u: usize| matches!(doc.units[u].class, PosClass::Noun | PosClass::Propn | PosClass::Adj);
        let inner = quote.start + 1..quote.end - 1;
        (i == quote.start || i + 1 == quote.end)
            && doc.units[quote.start - 1].class == PosClass::Det
            && inner.clone().all(name)
            && inner.clone().any(|u| doc.units[u].capital || doc.has(u, ORG))
    }

    fn noun_phrase(&self, at: usize) -> Option<Phrase> {
        let end = self.sent.units.end;
        self.nominal(at, false)
            .filter(|_| self.doc.units[at].class != PosClass::Punct)?;
        let (mut i, mut head, mut bits) = (at, None, 0u128);
        while i < end {
            let Some(can_head) = self.nominal(i, i > at) else { break };
            let unit = &self.doc.units[i];
            // A determiner after a noun begins another phrase.
            if i > at
                && !self.doc.pack.head_first
                && matches!(unit.class, PosClass::Det)
                && values::at(self.numbers, i).is_none_or(|n| n.units.start >= i)
                && head.is_some()
                && unit.bits & DET_THIS == 0
            {
                break;
            }
            // "After the talks the two sides agreed": they begin a phrase of their own.
            if i > at && !self.doc.pack.head_first && head.is_some() && unit.bits & BOTH_SIDES != 0 {
                break;
            }
            let after_pronoun = unit.bits & PRONOUN == 0 && head.is_some_and(|h| self.bits(h) & PRONOUN != 0);
            // "Ba em", "hai ông": counted, a word for somebody is no pronoun.
            let counted = self.doc.pack.head_first && i == at + 1 && values::at(self.numbers, at).is_some();
            if i > at && (unit.class == PosClass::Pron && !counted || after_pronoun) {
                break;
            }
            // "A charge Minsk rejects": who says something of a statement begins a clause about it.
            if !self.doc.pack.head_first && head.is_some() && self.bits(i) & PARTY != 0 && self.begins_relative(i) {
                break;
            }
            // "Send Ukraine 4,000 drones": a count behind a state's name begins what it is given.
            if !self.doc.pack.head_first
                && i == at + 1
                && self.bits(at) & PARTY != 0
                && unit.class == PosClass::Num
                && !self.is_label(i)
            {
                break;
            }
            if self.doc.pack.head_first && head.is_some() && i > at {
                // "ba người" after a finished phrase is a new one; so is a pronoun or a role after a name.
                let counted = values::at(self.numbers, i).is_some_and(|n| n.units.start == i)
                    && head.is_some_and(|h| values::at(self.numbers, h).is_none());
                let plural = self.doc.is(i, Func::Plural);
                if counted && !self.is_label(i) || plural {
                    break;
                }
            }
            if can_head && (unit.class != PosClass::Num || head.is_none()) {
                head = Some(match (head, self.doc.pack.head_first) {
                    (Some(h), true)
                        if values::at(self.numbers, h).is_none() && self.doc.units[h].class != PosClass::Num =>
                    {
                        h
                    }
                    _ => i,
                });
            }
            bits |= unit.bits
                & (WHO
                    | PERSON
                    | ORG
                    | PARTY
                    | RECIP
                    | BOTH_SIDES
                    | PRONOUN
                    | MEDIA
                    | EXHIBIT
                    | MATERIEL
                    | CUE_N
                    | HARM
                    | NUMBER
                    | DET_THIS
                    | IT
                    | ACT
                    | OPEN);
            if values::at(self.places, i).is_some() {
                bits |= PLACE;
            }
            if unit.class == PosClass::Propn {
                bits |= PROPN;
            }
            i += 1;
        }
        let head = head?;
        let mut stop = i;
        while stop > at + 1
            && matches!(self.doc.units[stop - 1].class, PosClass::Punct | PosClass::Part)
            && !(self.bits(stop - 1) & CLOSE != 0 && self.counts_quoted(stop - 1))
        {
            stop -= 1;
        }
        if !self.doc.pack.head_first {
            // Modifiers stand before the noun: what follows the last noun is no longer the phrase.
            while stop > head + 1
                && !matches!(
                    self.doc.units[stop - 1].class,
                    PosClass::Noun | PosClass::Propn | PosClass::Num | PosClass::Pron
                )
                && self.bits(stop - 1) & (WHO | MATERIEL) == 0
            {
                stop -= 1;
            }
        }
        // A person's name alone is somebody.
        if bits & PROPN != 0 && self.doc.units[head].class == PosClass::Propn {
            bits |= WHO;
        }
        if head >= stop {
            None
        } else {
            Some(Phrase {
                kind: Kind::Np,
                units: at..stop,
                head,
                bits: bits | NP,
            })
        }
    }

    /// Whether a name right behind a noun of saying, or behind "something" after a comma, is the subject of a verb of saying.
    fn begins_relative(&self, i: usize) -> bool {
        let speaks = |v: &Phrase| v.units.start == i + 1 && v.bits & FINITE != 0 && v.bits & CUE_V != 0;
        let start = self.sent.units.start;
        let aside = i > start + 1 && self.bits(i - 2) & COMMA != 0;
        let noun = self.doc.units[i - 1].class == PosClass::Noun && (self.bits(i - 1) & CUE_N != 0 || aside);
        i > start && noun && self.bits(i - 1) & WHO == 0 && self.out.vgs.iter().any(speaks)
    }

    /// A number that names rather than counts: "lữ đoàn 36", "Su-25", "Route 9".
    fn is_label(&self, i: usize) -> bool {
        // "Nói với Reuters hơn 30 lính": what is counted stands behind all words of the number.
        let next = values::at(self.numbers, i).map_or(i + 1, |n| n.units.end.max(i + 1));
        next >= self.sent.units.end
            || !matches!(self.doc.units[next].class, PosClass::Noun)
            || self.bits(next) & (PERSON | MATERIEL) == 0 && !self.doc.is(next, Func::Classifier)
    }
}
