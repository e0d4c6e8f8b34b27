//! Who does what to whom beside a word of violence.

use crate::nps::{Is, Np};
use crate::text::Text;
use crate::words::{Frame, Trigger};
use counterclaim_claims::Sector;
use std::ops::Range;

/// A word of violence with its doers and targets.
#[derive(Debug, Clone)]
pub(crate) struct Deed<'t> {
    pub(crate) at: usize,
    pub(crate) trigger: &'t Trigger,
    pub(crate) doers: Vec<Np>,
    /// Who or what suffers it.
    pub(crate) targets: Vec<Np>,
    pub(crate) weapons: Vec<Np>,
    /// Denied, planned, threatened.
    pub(crate) unreal: bool,
    passive: bool,
    /// The subject of a verb, whichever role it has.
    subject: Vec<Np>,
}

impl Text<'_> {
    /// The deeds that a sentence tells of.
    pub(crate) fn deeds(&self, sentence: &Range<usize>) -> Vec<Deed<'_>> {
        let mut out = Vec::new();
        let mut at = sentence.start;
        while at < sentence.end {
            let found = self.lexicon.triggers(self.from(at));
            let Some(length) = found.first().map(|t| t.words.len()) else {
                at += 1;
                continue;
            };
            let end = at + length;
            let noun = self.nominal(at, end, sentence);
            let trigger = match found.as_slice() {
                [one] => (!one.verb || !noun || length > 1).then_some(*one),
                many => many.iter().find(|t| t.verb != noun).copied(),
            };
            if let Some(trigger) = trigger {
                let deed = if trigger.verb {
                    self.verb(at, end, trigger, sentence, out.last())
                } else {
                    self.noun(at, end, trigger, sentence)
                };
                out.push(deed);
            }
            at = end;
        }
        out
    }

    /// Whether the word at `at` stands as a noun.
    fn nominal(&self, at: usize, end: usize, sentence: &Range<usize>) -> bool {
        let word = &self.words[at].text;
        if word.ends_with("ed") || at == sentence.start {
            return word.ends_with("ing") && self.next_is(end, "of");
        }
        let before = &self.words[at - 1].text;
        if word.ends_with("ing") {
            return self.next_is(end, "of") || self.is(at - 1, "det") || self.next_is(end, "by");
        }
        if before == "to" || self.is(at - 1, "unreal") || self.is(at - 1, "pronoun") || self.is(at - 1, "pronouns") {
            return before == "this" || before == "that" && self.is(end, "place-prep");
        }
        self.is(at - 1, "det")
            || self.is(at - 1, "prep")
            || self.is(at - 1, "own")
            || self.next_is(end, "of")
            || self.next_is(end, "on")
            || self.next_is(end, "against")
            || self.next_is(end, "by")
    }

    fn verb<'t>(
        &self,
        at: usize,
        end: usize,
        trigger: &'t Trigger,
        sentence: &Range<usize>,
        last: Option<&Deed<'_>>,
    ) -> Deed<'t> {
        let mut deed = Deed {
            at,
            trigger,
            doers: Vec::new(),
            targets: Vec::new(),
            weapons: Vec::new(),
            unreal: false,
            passive: false,
            subject: Vec::new(),
        };
        // The words before the verb that belong to it.
        let mut first = at;
        let mut passive = false;
        while first > sentence.start {
            let w = first - 1;
            let word = &self.words[w].text;
            if self.is(w, "be") {
                passive = true;
            } else if self.is(w, "neg") || self.is(w, "unreal") {
                deed.unreal = true;
            } else if word == "to" {
                deed.unreal |= !(w > sentence.start && self.is(w - 1, "tried"));
            } else if !(self.is(w, "have") || self.is(w, "adverb") || self.is(w, "tried") || word.ends_with("ly")) {
                break;
            }
            first = w;
        }
        let active_form = self.words[at].text.ends_with("ing");
        let reduced = !passive && self.next_is(end, "by") && !active_form;
        passive = (passive && !active_form) || reduced;
        // "the murdered priests": the verb stands before its object's noun.
        let inside = self.phrase(at).filter(|p| p.words.end > end).map(|p| p.words.end);
        // "attacked the town and killed two", "exploded, killing two": the subject of the verb before.
        let joined =
            first > sentence.start && (self.is(first - 1, "conj") || active_form && self.next_is(first - 1, ","));
        let subject = match last.filter(|l| joined && l.trigger.verb) {
            _ if inside.is_some() => Vec::new(),
            Some(last) if passive == last.passive => last.subject.clone(),
            Some(last) if !passive => last.doers.clone(),
            _ => self.before(first, sentence),
        };
        let object = self.list_from(end, sentence);
        let agent = self.agent(end, sentence);
        deed.subject.clone_from(&subject);
        let (mut doers, mut targets) = if passive {
            (agent, subject)
        } else if inside.is_some() {
            (agent, object)
        } else {
            (subject, object)
        };
        match trigger.frame {
            Frame::Suffer => {
                targets = std::mem::take(&mut doers);
            }
            Frame::Weapon => {
                deed.weapons = if passive { targets } else { doers };
                doers = if passive { self.agent(end, sentence) } else { Vec::new() };
                targets = self.located(end, sentence);
            }
            Frame::Plant => {
                deed.weapons = std::mem::take(&mut targets);
                let after = deed.weapons.last().map_or(end, |w| w.whole.max(end));
                targets = self.located(after, sentence);
            }
            Frame::Any if targets.is_empty() => targets = self.located(end, sentence),
            _ => {}
        }
        // Who takes a bomb away did not lay it.
        if ["defus", "deactivat"]
            .iter()
            .any(|stem| self.words[at].text.starts_with(stem))
        {
            doers.clear();
        }
        deed.passive = passive;
        deed.doers = doers;
        deed.targets = targets;
        deed
    }

    fn noun<'t>(&self, at: usize, end: usize, trigger: &'t Trigger, sentence: &Range<usize>) -> Deed<'t> {
        let mut deed = Deed {
            at,
            trigger,
            doers: self.agent(end, sentence),
            targets: Vec::new(),
            weapons: Vec::new(),
            unreal: false,
            passive: false,
            subject: Vec::new(),
        };
        let wanted: &[&str] = match trigger.frame {
            Frame::On => &["on", "against", "at", "in", "of", "near", "outside"],
            _ => &["of"],
        };
        let mut w = end;
        let limit = (end + 10).min(sentence.end);
        while w < limit {
            let word = self.words[w].text.as_str();
            if wanted.contains(&word) {
                let list = self.list_from(w + 1, sentence);
                let good = |np: &Np| match (trigger.frame, word) {
                    (Frame::On, "at" | "in" | "near" | "outside") => self.what(np) == Is::Thing,
                    (Frame::On, "of") => matches!(self.what(np), Is::Thing | Is::Person | Is::People),
                    _ => !matches!(self.what(np), Is::Place),
                };
                if list.iter().any(good) {
                    deed.targets = list.into_iter().filter(good).collect();
                    break;
                }
            } else if matches!(word, "." | "," | ";" | "by") || self.is(w, "rel") {
                break;
            }
            w += 1;
        }
        // Whose: "the guerrillas' attack", "a terrorist attack", "Romero's murder".
        let mut first = at;
        while first > sentence.start && !self.is(first - 1, "prep") && at - first < 5 && !self.stops(first - 1) {
            first -= 1;
        }
        if first < at {
            let words = self.bare(first..at);
            let owner: Vec<usize> = words.clone().filter(|&w| self.words[w].text == "'s").collect();
            if let Some(&own) = owner.last().filter(|o| **o > words.start) {
                let np = self.np(words.start..own);
                if trigger.frame == Frame::Of && deed.targets.is_empty() {
                    deed.targets.push(np);
                } else if deed.doers.is_empty() {
                    deed.doers.push(np);
                }
            } else if deed.doers.is_empty()
                && let Some(w) = words.clone().find(|&w| self.is(w, "enemy") || self.named_group(w))
            {
                deed.doers.push(self.np(w..w + 1));
            }
        }
        if first > sentence.start {
            deed.unreal = self.is(first - 1, "neg") || (first..at).any(|w| self.is(w, "neg"));
        }
        deed
    }

    /// Whether a word alone is a group's name: "FMLN".
    fn named_group(&self, word: usize) -> bool {
        self.phrase(word)
            .and_then(|p| p.party)
            .is_some_and(|p| p.sector == Sector::Reb && p.party.is_some())
            && self.words[word].text.len() > 2
    }

    /// The doers after "by".
    fn agent(&self, from: usize, sentence: &Range<usize>) -> Vec<Np> {
        let limit = (from + 22).min(sentence.end);
        let mut w = from;
        while w < limit {
            let word = self.words[w].text.as_str();
            if word == "by" {
                let mut next = w + 1;
                while self.is(next, "adverb") {
                    next += 1;
                }
                let list = self.list_from(next, sentence);
                if list.iter().any(|np| {
                    matches!(self.what(np), Is::Person | Is::People | Is::Body)
                        || self.is(np.head, "enemy")
                        || self.is(np.head, "generic-doer")
                }) {
                    return list;
                }
            }
            if word == ";"
                || w > from && !self.lexicon.triggers(self.from(w)).is_empty() && self.words[w].text.ends_with("ed")
            {
                break;
            }
            w += 1;
        }
        Vec::new()
    }

    /// The thing at, in or in front of which something happens.
    fn located(&self, from: usize, sentence: &Range<usize>) -> Vec<Np> {
        let limit = (from + 18).min(sentence.end);
        let mut w = from;
        while w < limit {
            let front = self.lexicon.fixed("front", self.from(w));
            if front > 0 || self.is(w, "place-prep") {
                let list = self.list_from(w + front.max(1), sentence);
                let good: Vec<Np> = list
                    .into_iter()
                    .filter(|np| matches!(self.what(np), Is::Thing | Is::Person | Is::People))
                    .filter(|np| {
                        self.what(np) == Is::Thing || matches!(self.words[w].text.as_str(), "at" | "against" | "on")
                    })
                    .collect();
                if !good.is_empty() {
                    return good;
                }
            }
            if self.words[w].text == ";" {
                break;
            }
            w += 1;
        }
        Vec::new()
    }

    /// The subjects before a verb whose first word is `at`: the nearest noun phrase that no preposition stands before, and
    /// the list that it ends.
    fn before(&self, at: usize, sentence: &Range<usize>) -> Vec<Np> {
        let mut out: Vec<Np> = Vec::new();
        let mut w = at;
        let floor = sentence.start.max(at.saturating_sub(30));
        while w > floor {
            let last = w - 1;
            if self.is(last, "pronoun") {
                out.push(Np {
                    words: last..w,
                    head: last,
                    whole: w,
                });
                return out;
            }
            if self.is(last, "report") && !self.is(last, "be") && w != at {
                return out;
            }
            if self.stops(last) {
                w = last;
                if self.words[last].text == "that" && last > floor && self.is(last - 1, "report") {
                    return out;
                }
                if !out.is_empty() {
                    let text = self.words[last].text.as_str();
                    let joins = text == "," || self.is(last, "conj");
                    if !joins {
                        return out;
                    }
                }
                continue;
            }
            let mut first = last;
            while first > floor && !self.stops(first - 1) {
                first -= 1;
            }
            let mut np = self.np(first..w);
            np.whole = np.whole.max(np.words.end);
            let preposition = first > floor && (self.is(first - 1, "prep"));
            let fits = !matches!(self.what(&np), Is::Place) && !np.words.is_empty();
            if !preposition && fits {
                out.insert(0, np);
            } else if !out.is_empty() {
                return out;
            }
            w = first;
            if out.len() > 6 {
                return out;
            }
        }
        out
    }
}
