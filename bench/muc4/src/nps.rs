//! Noun phrases: where they begin and end, and what they are.

use crate::text::Text;
use counterclaim_claims::Sector;
use std::ops::Range;

/// A noun phrase, from its first word after determiners to its noun, and on through "of".
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Np {
    pub(crate) words: Range<usize>,
    /// Its noun.
    pub(crate) head: usize,
    /// Where it ends with what is attached by "of".
    pub(crate) whole: usize,
}

/// What an [`Np`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Is {
    Person,
    People,
    /// A body or group without a word for its people.
    Body,
    Thing,
    Weapon,
    Place,
    Unknown,
}

impl Text<'_> {
    /// The noun phrases of a list that begins at `from`.
    pub(crate) fn list_from(&self, from: usize, sentence: &Range<usize>) -> Vec<Np> {
        let mut out: Vec<Np> = Vec::new();
        let mut at = from;
        while out.len() < 8
            && let Some(np) = self.np_from(at, sentence)
        {
            at = np.whole;
            // What a verb follows is the subject of a clause of its own.
            if !out.is_empty() && (self.is(at, "be") || self.is(at, "have") || self.is(at, "report")) {
                break;
            }
            out.push(np);
            if self.next_is(at, ",") {
                at += 1;
            }
            if self.is(at, "conj") {
                at += 1;
            }
            if at == out[out.len() - 1].whole {
                break;
            }
        }
        out
    }

    /// The noun phrase that begins at `from`, after determiners and adverbs.
    pub(crate) fn np_from(&self, from: usize, sentence: &Range<usize>) -> Option<Np> {
        let mut at = from;
        while at < sentence.end && self.is(at, "adverb") {
            at += 1;
        }
        // "her" before a noun is whose.
        if self.is(at, "pronoun") && (self.stops(at + 1) || !self.is(at, "own")) {
            return (at < sentence.end).then(|| Np {
                words: at..at + 1,
                head: at,
                whole: at + 1,
            });
        }
        let mut end = at;
        while end < sentence.end && (!self.stops(end) || self.counts(end) && end == at) {
            end += 1;
        }
        (at < end).then(|| self.np(at..end)).filter(|np| !np.words.is_empty())
    }

    fn counts(&self, word: usize) -> bool {
        self.words[word].text.chars().all(|c| c.is_ascii_digit() || c == ',')
    }

    /// Whether a noun phrase cannot go on over a word.
    pub(crate) fn stops(&self, word: usize) -> bool {
        let Some(w) = self.words.get(word) else { return true };
        let inside = self
            .phrase(word)
            .filter(|p| p.words.start < word)
            .is_some_and(|p| p.party.is_some() || p.materiel.is_some());
        if w.punct && w.text != "-" && w.text != "\"" {
            return true;
        }
        if inside {
            return false;
        }
        [
            "prep", "conj", "rel", "be", "have", "report", "adverb", "neg", "unreal", "tried", "pronouns", "verb",
        ]
        .iter()
        .any(|class| self.is(word, class))
            && (!self.is(word, "det") || self.is(word, "rel"))
            || w.text.ends_with("ed")
                && w.text.len() > 4
                && self.phrase(word).is_none()
                && !self.is(word, "det")
                && !self.is(word, "participle-before")
            || (w.text.ends_with("ly") || w.text.ends_with("ing") && w.text.len() > 5) && self.phrase(word).is_none()
    }

    /// A noun phrase of some words, determiners left out, with what "of" attaches to it.
    pub(crate) fn np(&self, words: Range<usize>) -> Np {
        let mut words = self.bare(self.own_phrase(words));
        // A possessive before it is not it: "the army's barracks" is kept whole, "yesterday's" is not.
        while words.end > words.start
            && (self.words[words.end - 1].text == "'s" || self.words[words.end - 1].text == "\"")
        {
            words.end -= 1;
        }
        if let Some(cut) = words
            .clone()
            .rev()
            .skip(1)
            .find(|&w| self.is(w, "prep") && self.words[w].text != "of")
        {
            words = self.bare(cut + 1..words.end);
        }
        let head = words.end.saturating_sub(1).max(words.start);
        let mut whole = words.end;
        if self.next_is(whole, "of") && !words.is_empty() {
            let mut end = whole + 1;
            while end < self.words.len() && end < whole + 9 && (!self.stops(end) || self.next_is(end, "of")) {
                end += 1;
            }
            if end > whole + 1 {
                whole = end;
            }
        }
        Np { words, head, whole }
    }

    /// The words from the start of the phrase that the reading has at their end, where it has one.
    fn own_phrase(&self, words: Range<usize>) -> Range<usize> {
        match self.phrase(words.end - 1) {
            Some(p) if (p.party.is_some() || p.materiel.is_some()) && p.words.start > words.start => {
                // "unidentified gunmen": what the reading takes for no part of a phrase of people still describes them.
                let mut from = p.words.start;
                while from > words.start && (self.is(from - 1, "describes") || self.words[from - 1].text == "-") {
                    from -= 1;
                }
                from..words.end
            }
            _ => words,
        }
    }

    /// The words without determiners, counts and their like at the start.
    pub(crate) fn bare(&self, words: Range<usize>) -> Range<usize> {
        let mut from = words.start;
        while from + 1 < words.end
            && (self.is(from, "det")
                || self.counts(from)
                || self.words[from].text.ends_with("ly")
                || self.words[from].text == "\"")
        {
            from += 1;
        }
        if from + 1 == words.end && self.is(from, "det") && !self.is(from, "alone") {
            from += 1;
        }
        from..words.end
    }

    /// What a noun phrase is.
    pub(crate) fn what(&self, np: &Np) -> Is {
        if np.words.is_empty() {
            return Is::Unknown;
        }
        let head = self.words[np.head].text.as_str();
        let phrase = self.phrase(np.head);
        if self.is(np.head, "pronoun") {
            return Is::Person;
        }
        if self.is(np.head, "weapon") && !np.words.clone().any(|w| self.is(w, "not-weapon")) {
            return Is::Weapon;
        }
        if self.is(np.head, "force")
            && (phrase.is_some_and(|p| matches!(p.sector(), Sector::Mil | Sector::Pol))
                || np.head > np.words.start && self.is(np.head - 1, "force-of"))
        {
            return Is::Body;
        }
        if self.is(np.head, "person-like") || self.is(np.head, "enemy") {
            let named = phrase.is_some_and(|p| p.party.is_some_and(|p| p.person.is_some()));
            return if named { Is::Person } else { Is::People };
        }
        if self.is(np.head, "thing") || self.lexicon.fixed("thing", self.from(np.head)) > 0 {
            return Is::Thing;
        }
        if self.is(np.head, "place-like") || self.is(np.head, "nothing") {
            return Is::Place;
        }
        match phrase {
            Some(p) if p.object() => Is::Thing,
            Some(p) if p.party.is_some_and(|p| p.person.is_some()) => Is::Person,
            Some(p) if p.people() => Is::People,
            Some(p) if p.place && p.party.is_none_or(|p| p.group.is_none() && p.person.is_none()) => Is::Place,
            Some(p) if p.party.is_some() => Is::Body,
            Some(p) if p.materiel.is_some() => Is::Weapon,
            _ if self.is(np.head, "generic-doer") => Is::People,
            _ if head.chars().all(|c| c.is_ascii_digit()) => Is::Place,
            _ => Is::Unknown,
        }
    }

    pub(crate) fn next_is(&self, at: usize, word: &str) -> bool {
        self.words.get(at).is_some_and(|w| w.text == word)
    }
}
