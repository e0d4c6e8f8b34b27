//! Pass 4: verb groups and noun phrases.
//!
//! A *verb group* is a verb with all that stands before it to tell tense, mood, voice and negation. A *noun phrase* is
//! found thrice: its base ("the ministry"), with its attachments ("the ministry of defence of Azerbaijan"), and with an
//! apposition ("Aram Petrosyan, a spokesman for the army,").

mod attach;

use crate::bits::*;
use crate::doc::{Doc, Sent};
use crate::values::{self, Number, PlaceHit, Time};
use counterclaim_lexicon::{Func, Inflection, PosClass, Sense, VerbForm};
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
    let mut finder = Finder {
        doc,
        sent,
        times: values::within(times, sent.units.clone()),
        numbers: values::within(numbers, sent.units.clone()),
        places: values::within(places, sent.units.clone()),
        out: Phrases::default(),
    };
    finder.times();
    finder.verb_groups();
    finder.noun_phrases();
    finder.attach();
    let mut out = finder.out;
    crate::subjects::subjects(doc, sent, &mut out);
    out
}

struct Finder<'d, 't> {
    doc: &'d Doc<'t>,
    sent: &'d Sent,
    times: &'d [Time],
    numbers: &'d [Number],
    places: &'d [PlaceHit],
    out: Phrases,
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

    // ---- verb groups

    fn verb_groups(&mut self) {
        let mut at = self.sent.units.start;
        while at < self.sent.units.end {
            match self.verb_group(at) {
                Some(group) => {
                    at = group.units.end;
                    self.out.vgs.push(group);
                }
                None => at += 1,
            }
        }
    }

    /// A verb group that starts at `at`.
    fn verb_group(&self, at: usize) -> Option<Phrase> {
        let end = self.sent.units.end;
        let (mut i, mut bits, mut passive_word, mut be, mut have, mut last_aux) =
            (at, 0u128, false, false, false, None);
        while i < end && self.time_at(i).is_none() {
            let unit = &self.doc.units[i];
            let aux = unit.class == PosClass::Aux || unit.bits & (AUX | MODAL | PASSIVE_WORD) != 0;
            if aux && unit.bits & (CUE_V | ACT | HARM) == 0 {
                be |= self.doc.is(i, Func::AuxBe);
                have |= self.doc.is(i, Func::AuxHave);
                passive_word |= unit.bits & PASSIVE_WORD != 0;
                bits |= unit.bits & (MODAL | SHOULD | NEG);
                last_aux = Some(i);
                bits |= FINITE;
            } else if unit.bits & NEG != 0 {
                bits |= NEG;
            } else if unit.bits & INF != 0 && i == at {
                bits |= INFINITIVE;
            } else if i > at && unit.class == PosClass::Adv && unit.bits & (CUE_V | CUE_A | ACT | CUE_P | SUB | CC) == 0 {
                // An adverb in the group: "have repeatedly denied".
                bits |= unit.bits & HEDGE;
            } else {
                break;
            }
            i += 1;
        }
        let verbal = |i: usize| {
            let unit = &self.doc.units[i];
            // "thuộc" links two nouns as "của" does, though it is tagged a verb.
            if self.doc.pack.head_first && unit.bits & (POSS | CUE_P) != 0 && unit.bits & CUE_V == 0 {
                return false;
            }
            unit.class == PosClass::Verb
                || (unit.bits & CUE_V != 0
                    && unit.class != PosClass::Noun
                    && unit.class != PosClass::Propn
                    && unit.class != PosClass::Adp)
        };
        let main = (i < end && self.time_at(i).is_none() && verbal(i)).then_some(i);
        let Some(main) = main else {
            // "is", "was not", "là" without a verb: the copula itself.
            let copula = last_aux.or_else(|| (self.bits(at) & (COPULA | EXIST) != 0).then_some(at))?;
            let end = i.max(copula + 1);
            return Some(Phrase {
                kind: Kind::Vg,
                units: at..end,
                head: copula,
                bits: bits | VG | FINITE | COPULA | self.bits(copula) & EXIST,
            });
        };
        let unit = &self.doc.units[main];
        let inflection = self.doc.senses(main).find_map(|(s, f)| {
            matches!(
                s,
                Sense::Cue(_) | Sense::Act(_) | Sense::Harm { .. } | Sense::Loss { .. }
            )
            .then_some(f)
        });
        let participle = unit.form == VerbForm::Participle
            || (matches!(inflection, Some(Inflection::Participle)) && unit.form != VerbForm::Finite);
        // "Forces captured several posts": no participle has an object of its own.
        let participle = participle && !(last_aux.is_none() && self.object_follows(main));
        let gerund = unit.form == VerbForm::Gerund;
        if passive_word && !gerund || (be && participle) {
            bits |= PASSIVE;
        } else if participle && !have && last_aux.is_none() && !self.doc.pack.head_first {
            bits = (bits | PASSIVE | PARTICIPLE) & !FINITE;
        }
        if gerund && last_aux.is_none() {
            bits = (bits | GERUND) & !FINITE;
        } else if bits & (INFINITIVE | PARTICIPLE) == 0 {
            bits |= FINITE;
        }
        if bits & INFINITIVE != 0 {
            bits &= !FINITE;
        }
        bits |= unit.bits & !(VERB | NP | GERUND | PARTICIPLE | COPULA | AUX | OPEN | CLOSE | NEG);
        let mut stop = main + 1;
        // Particles belong to the verb: "gave up", "said again".
        while stop < end
            && self.doc.units[stop].class == PosClass::Part
            && self.bits(stop) & (INF | POSS | NEG) == 0
            && !self.doc.pack.head_first
            && self.doc.words(&(stop..stop + 1)).len() <= 4
            && !self.doc.words(&(stop..stop + 1)).contains('\'')
        {
            stop += 1;
        }
        Some(Phrase {
            kind: Kind::Vg,
            units: at..stop,
            head: main,
            bits: bits | VG,
        })
    }

    /// Whether what a verb takes follows it, where the language puts objects behind and has participles: a noun phrase after a
    /// deed; after a verb of speech a clause or, where the verb names no thing ("said"), anything but an infinitive.
    fn object_follows(&self, verb: usize) -> bool {
        let next = verb + 1;
        if self.doc.pack.head_first || next >= self.sent.units.end {
            return false;
        }
        let deed = self.bits(verb) & (ACT | HARM | LOSS) != 0;
        let speech = [CUE_V, CLAUSE, QUOTING].iter().all(|&bit| self.bits(verb) & bit != 0);
        if let Some(time) = self.time_at(next) {
            // "said today P"; and not "the toll announced today".
            let behind = time.end < self.sent.units.end && self.bits(time.end) & COMP != 0;
            return speech && (self.bits(verb) & NAMES == 0 || behind);
        }
        // "the ministry released new pictures"; and not "the released pictures".
        let media = (next..self.sent.units.end.min(next + 4)).any(|u| self.bits(u) & EXHIBIT != 0);
        if self.bits(verb) & PUBLISHES != 0
            && verb > self.sent.units.start
            && self.bits(verb - 1) & (WHO | PRON) != 0
            && media
        {
            return true;
        }
        // "videos appeared to show soldiers"
        if self.bits(verb) & SHOW != 0 && self.doc.units[verb].tokens.len() > 1 {
            return true;
        }
        // "complained to the police", "spoke at length": nobody is complained.
        let intransitive = self.bits(verb) & (NAMES | NAMES_CLAUSE | PASSIVE_CUE | SHOW) == 0;
        if speech && intransitive && self.bits(next) & AGENT == 0 {
            return true;
        }
        if speech
            && (self.bits(next) & COMP != 0
                || self.bits(verb) & NAMES == 0 && self.bits(next) & (INF | AGENT | PUNCT) == 0)
        {
            return true;
        }
        // "Kigali urged residents to leave", "the bishop called for more aid"; and not "the accused men".
        let names = self.bits(verb) & CUE_V != 0
            && self.bits(verb) & (NAMES | NAMES_CLAUSE | AS) != 0
            && verb > self.sent.units.start
            && matches!(
                self.doc.units[verb - 1].class,
                PosClass::Noun | PosClass::Propn | PosClass::Pron | PosClass::Punct
            );
        (deed || speech || names)
            && (matches!(self.doc.units[next].class, PosClass::Num | PosClass::Propn)
                || (deed || names) && self.doc.units[next].class == PosClass::Adj
                || names && matches!(self.doc.units[next].class, PosClass::Noun | PosClass::Pron)
                || self.doc.units[next].class == PosClass::Det && self.bits(next) & (REL | COMP) == 0
                || self.bits(next) & NUMBER != 0
                || values::at(self.numbers, next).is_some())
    }

    // ---- noun phrases

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
        matches!(self.doc.words(&(i..i + 1)), "-" | "/" | "&")
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
            let after_pronoun = unit.bits & PRONOUN == 0 && head.is_some_and(|h| self.bits(h) & PRONOUN != 0);
            if i > at && (unit.class == PosClass::Pron || after_pronoun) {
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
        while stop > at + 1 && matches!(self.doc.units[stop - 1].class, PosClass::Punct | PosClass::Part) {
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

    /// A number that names rather than counts: "lữ đoàn 36", "Su-25", "Route 9".
    fn is_label(&self, i: usize) -> bool {
        i + 1 >= self.sent.units.end
            || !matches!(self.doc.units[i + 1].class, PosClass::Noun)
            || self.bits(i + 1) & (PERSON | MATERIEL) == 0 && !self.doc.is(i + 1, Func::Classifier)
    }
}
