//! Verb groups.

use super::{Finder, Kind, Phrase};
use crate::bits::*;
use crate::values;
use counterclaim_lexicon::{Func, Inflection, PosClass, Sense, VerbForm};

impl Finder<'_, '_> {
    pub(super) fn verb_groups(&mut self) {
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
        self.main_verb();
    }

    /// "Washington imposed sanctions": where no verb of a sentence is finite, one that was taken for a participle is, if it has its
    /// subject before it and an object behind.
    fn main_verb(&mut self) {
        if self.doc.pack.head_first || self.out.vgs.iter().any(|v| v.bits & FINITE != 0) {
            return;
        }
        let (doc, sent) = (self.doc, self.sent);
        let nominal = |u: usize| matches!(doc.units[u].class, PosClass::Noun | PosClass::Propn | PosClass::Pron);
        let main = self.out.vgs.iter_mut().find(|v| {
            let (start, next) = (v.units.start, v.units.end);
            v.bits & PARTICIPLE != 0
                && start > sent.units.start
                && nominal(start - 1)
                && next < sent.units.end
                && (nominal(next) || matches!(doc.units[next].class, PosClass::Det | PosClass::Num))
        });
        if let Some(vg) = main {
            vg.bits = (vg.bits | FINITE) & !(PARTICIPLE | PASSIVE);
        }
    }

    /// A verb group that starts at `at`.
    fn verb_group(&self, at: usize) -> Option<Phrase> {
        let end = self.sent.units.end;
        let (mut i, mut bits, mut passive_word, mut be, mut have, mut last_aux) =
            (at, 0u128, false, false, false, None);
        let mut leaning = false;
        while i < end && self.time_at(i).is_none() {
            let unit = &self.doc.units[i];
            let aux = unit.class == PosClass::Aux || unit.bits & (AUX | MODAL | PASSIVE_WORD) != 0;
            let aux = aux || self.shortened(i);
            if aux && unit.bits & (CUE_V | ACT | HARM) == 0 {
                be |= self.doc.is(i, Func::AuxBe);
                have |= self.doc.is(i, Func::AuxHave);
                passive_word |= unit.bits & PASSIVE_WORD != 0;
                bits |= unit.bits & (MODAL | SHOULD | NEG);
                last_aux = Some(i);
                // "Been driven out": a participle that leans on an auxiliary told before is no verb of its own.
                let leans = i == at && unit.form == VerbForm::Participle && !self.doc.pack.head_first;
                leaning |= leans;
                bits |= if leans { 0 } else { FINITE };
            } else if unit.bits & NEG != 0 {
                bits |= NEG;
            } else if unit.bits & INF != 0 && i == at {
                bits |= INFINITIVE;
            } else if i > at && unit.class == PosClass::Adv && unit.bits & (CUE_V | CUE_A | ACT | CUE_P | SUB | CC) == 0
            {
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
        let marked = i + 2 < end
            && !self.doc.pack.head_first
            && self.scare_quoted(i)
            && (last_aux.is_some() || i == at && self.quoted_deed(i));
        let verb = i + usize::from(marked);
        let main = (verb < end && self.time_at(verb).is_none() && verbal(verb)).then_some(verb);
        let Some(main) = main else {
            // "is", "was not", "là" without a verb: the copula itself.
            let copula = last_aux.or_else(|| (self.bits(at) & (COPULA | EXIST) != 0).then_some(at))?;
            let end = i.max(copula + 1);
            return Some(Phrase {
                kind: Kind::Vg,
                units: at..end,
                head: copula,
                bits: bits | VG | if leaning { PARTICIPLE } else { FINITE } | COPULA | self.bits(copula) & EXIST,
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
        let past = || self.object_follows(main) || crate::retag::happens(self.doc, self.sent.units.start, main);
        let participle = participle && !(last_aux.is_none() && (marked || past()));
        let gerund = unit.form == VerbForm::Gerund;
        if passive_word && !gerund || (be && participle) {
            bits |= PASSIVE;
        } else if participle && !have && last_aux.is_none() && !self.doc.pack.head_first {
            bits = (bits | PASSIVE | PARTICIPLE) & !FINITE;
        }
        if gerund && last_aux.is_none() {
            bits = (bits | GERUND) & !FINITE;
        } else if bits & (INFINITIVE | PARTICIPLE) == 0 && !leaning {
            bits |= FINITE;
        } else if leaning {
            bits = (bits | PARTICIPLE) & !FINITE;
        }
        if bits & INFINITIVE != 0 {
            bits &= !FINITE;
        }
        bits |= unit.bits & !(VERB | NP | GERUND | PARTICIPLE | COPULA | AUX | OPEN | CLOSE | NEG);
        let mut stop = main + 1 + usize::from(marked);
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

    /// "He's claiming": a shortened auxiliary before an "-ing" word.
    fn shortened(&self, i: usize) -> bool {
        let unit = &self.doc.units[i];
        unit.class == PosClass::Verb
            && !self.doc.pack.head_first
            && self.doc.words(&(i..i + 1)).starts_with(['\'', '’'])
            && i + 1 < self.sent.units.end
            && self.doc.units[i + 1].form == VerbForm::Gerund
    }

    /// Whether no verb group before tells what its clause states.
    fn first_verb(&self) -> bool {
        !self.out.vgs.iter().any(|v| v.bits & FINITE != 0)
    }

    /// "The", "a": what follows belongs to a noun.
    fn article(&self, i: usize) -> bool {
        self.doc.is(i, Func::Det)
            && self.bits(i) & (WHO | PRONOUN | REL | COMP) == 0
            && matches!(self.doc.units.get(i + 2), Some(u) if matches!(u.class, PosClass::Noun | PosClass::Propn | PosClass::Adj))
    }

    /// The marks around one word: `had "neutralised" forty`.
    fn scare_quoted(&self, i: usize) -> bool {
        self.bits(i) & OPEN != 0 && self.doc.quote_of(i).is_some_and(|q| q.start == i && q.len() == 3)
    }

    /// `The army "liberated" two villages`: a deed in marks, with its object behind them.
    fn quoted_deed(&self, open: usize) -> bool {
        let (units, verb) = (&self.doc.units, open + 1);
        let subject = open > self.sent.units.start
            && matches!(
                units[open - 1].class,
                PosClass::Noun | PosClass::Propn | PosClass::Pron | PosClass::Cconj
            );
        let object = units.get(open + 3).is_some_and(|u| {
            matches!(
                u.class,
                PosClass::Num | PosClass::Det | PosClass::Propn | PosClass::Noun
            )
        });
        subject && object && units[verb].class == PosClass::Verb && self.bits(verb) & (ACT | HARM | LOSS) != 0
    }

    /// Whether what a verb takes follows it, where the language puts objects behind and has participles: a noun phrase after a
    /// deed; after a verb of speech a clause or, where the verb names no thing ("said"), anything but an infinitive.
    fn object_follows(&self, verb: usize) -> bool {
        let next = verb + 1;
        if self.doc.pack.head_first || next >= self.sent.units.end {
            return false;
        }
        // "The outlawed Red Lions"
        if verb > self.sent.units.start && self.article(verb - 1) {
            return false;
        }
        let deed = self.bits(verb) & (ACT | HARM | LOSS) != 0;
        let speech = [CUE_V, CLAUSE, QUOTING].iter().all(|&bit| self.bits(verb) & bit != 0);
        if let Some(time) = self.time_at(next) {
            // "said today P"; and not "the toll announced today".
            // "Called on Friday for a truce"
            let takes = [CUE_V, PREP].iter().all(|&bit| self.bits(verb) & bit != 0)
                && time.end < self.sent.units.end
                && self.doc.units[time.end].class == PosClass::Adp
                && self.bits(time.end) & AGENT == 0
                && verb > self.sent.units.start
                && matches!(
                    self.doc.units[verb - 1].class,
                    PosClass::Noun | PosClass::Propn | PosClass::Pron
                );
            if takes {
                return true;
            }
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
        let adverb = verb > self.sent.units.start + 1 && self.doc.units[verb - 1].class == PosClass::Adv;
        let names = self.bits(verb) & CUE_V != 0
            && self.bits(verb) & (NAMES | NAMES_CLAUSE | AS) != 0
            && verb > self.sent.units.start
            && matches!(
                self.doc.units[verb - 1 - usize::from(adverb)].class,
                PosClass::Noun | PosClass::Propn | PosClass::Pron | PosClass::Punct | PosClass::Cconj
            );
        // "And suggested that the port was lost"
        if self.bits(verb) & (CUE_V | CLAUSE) == CUE_V | CLAUSE
            && verb > self.sent.units.start
            && self.bits(verb - 1) & CC != 0
            && self.bits(next) & COMP != 0
        {
            return true;
        }
        // "And appealed for an end to the raids": what takes a preposition takes no passive beside it.
        let takes = [CUE_V, PREP].iter().all(|&bit| self.bits(verb) & bit != 0)
            && self.bits(verb) & (NAMES | NAMES_CLAUSE | AS) == 0
            && verb > self.sent.units.start
            && (self.bits(verb - 1) & CC != 0 || self.bits(verb - 1) & COMMA != 0 && self.first_verb())
            && self.doc.units[next].class == PosClass::Adp
            && self.bits(next) & AGENT == 0;
        if takes {
            return true;
        }
        // "Attacked ten times": how often is no object.
        let number = (next..self.sent.units.end.min(next + 4))
            .take_while(|&u| self.bits(u) & NUMBER != 0 || self.doc.units[u].class == PosClass::Num)
            .last();
        if number.is_some_and(|n| n + 1 < self.sent.units.end && self.doc.is(n + 1, Func::Measure)) {
            return false;
        }
        (deed || speech || names)
            && (matches!(self.doc.units[next].class, PosClass::Num | PosClass::Propn)
                || (deed || names) && self.doc.units[next].class == PosClass::Adj
                || names && matches!(self.doc.units[next].class, PosClass::Noun | PosClass::Pron)
                || self.doc.units[next].class == PosClass::Det && self.bits(next) & (REL | COMP) == 0
                || self.bits(next) & NUMBER != 0 && self.doc.units[next].class != PosClass::Adp
                || values::at(self.numbers, next).is_some())
    }
}
