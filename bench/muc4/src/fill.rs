//! What goes into a slot: names and descriptions as the key has them, dates, places, and on whose side somebody is.

use crate::incidents::Filler;
use crate::roles::{Is, Np};
use crate::template::{Confidence, Effect};
use crate::text::Text;
use counterclaim_claims::{Claim, Group, Sector, Stance, TimeMention, Voice};
use jiff::civil::Date;
use std::ops::Range;

/// On whose side a target is, as far as the task cares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Civilian,
    /// Soldiers, policemen and what is theirs.
    Forces,
    /// Guerrillas and the like.
    Armed,
}

/// Fills slots from a text.
pub(crate) struct Fill<'t, 'r> {
    text: &'t Text<'r>,
    published: Option<Date>,
    /// The persons of the report by their fullest names.
    persons: Vec<Vec<String>>,
    /// Armed groups, by the word that their name begins at.
    groups: Vec<(usize, String)>,
    /// People who do such deeds: "guerrillas", "unidentified men".
    bands: Vec<(usize, Np)>,
}

impl<'t, 'r> Fill<'t, 'r> {
    pub(crate) fn new(text: &'t Text<'r>) -> Fill<'t, 'r> {
        let parties = text.reading.mentions.iter().flat_map(|m| &m.parties);
        let mut persons: Vec<Vec<String>> = parties
            .filter_map(|p| p.person.as_deref().map(|name| (name, p.end)))
            .map(|(name, end)| whole_name(text, name, end))
            .filter(|p| !p.is_empty() && p.len() < 7)
            .collect();
        persons.sort_by_key(|p| std::cmp::Reverse(p.len()));
        persons.dedup();
        let mut out = Fill {
            text,
            groups: Vec::new(),
            bands: Vec::new(),
            published: text.reading.document.published.as_deref().and_then(|d| d.parse().ok()),
            persons,
        };
        for phrase in &text.phrases {
            let words = text.bare(phrase.words.clone());
            let of_group = phrase.party.is_some_and(|p| {
                let named = p.name.as_ref().is_some_and(|n| n.chars().any(char::is_uppercase));
                p.sector == Sector::Reb && p.person.is_none() && (p.party.is_some() || named)
            });
            if of_group && let Some(name) = out.group_name(words.clone()) {
                out.groups.push((phrase.words.start, name));
            }
            if let Some(head) = words.clone().last()
                && out.is_band(&words, head)
            {
                let whole = words.end;
                out.bands.push((phrase.words.start, Np { words, head, whole }));
            }
        }
        out
    }

    /// A group's name without the people, units and papers of the group that follow it.
    fn group_name(&self, words: Range<usize>) -> Option<String> {
        let text = self.text;
        let known = text
            .phrase(words.start)
            .and_then(|p| p.party)
            .and_then(|p| p.name.as_deref());
        // "death squads": the words for the people belong to the name.
        if let Some(name) = known.filter(|n| !n.chars().any(char::is_uppercase)) {
            return text
                .original(words)
                .to_lowercase()
                .contains(name)
                .then(|| name.to_uppercase());
        }
        let plain = |w: usize| {
            ["generic-doer", "enemy", "describes", "of-group"]
                .iter()
                .any(|class| text.is(w, class))
        };
        let mut from = words.start;
        while from < words.end && plain(from) {
            from += 1;
        }
        let end = (from..words.end)
            .find(|&w| plain(w) || text.words[w].text == "'s")
            .unwrap_or(words.end);
        let name = text.original(from..end);
        (name.len() > 2).then_some(name)
    }

    fn is_band(&self, words: &Range<usize>, head: usize) -> bool {
        let text = self.text;
        let several = text.words[head].text.ends_with('s') || text.words[head].text.ends_with("men");
        several
            && !text.is(head, "force")
            && (text.is(head, "enemy")
                || text.is(head, "generic-doer")
                    && words.clone().any(|w| {
                        matches!(
                            text.words[w].text.as_str(),
                            "unidentified"
                                | "armed"
                                | "unknown"
                                | "masked"
                                | "hooded"
                                | "terrorist"
                                | "guerrilla"
                                | "subversive"
                                | "rebel"
                                | "urban"
                        )
                    }))
    }

    /// The people who do such deeds that are told of nearest: in the sentence, else in the paragraph.
    pub(crate) fn band_near(&self, word: usize, victims: &[Np]) -> Option<String> {
        let text = self.text;
        let here = text.sentence_of(word);
        self.bands
            .iter()
            .filter(|(at, np)| {
                let there = text.sentence_of(*at);
                (there == here || there + 1 == here && text.paragraphs[there] == text.paragraphs[here])
                    && !victims.iter().any(|v| v.words.contains(&np.head) || v.head == np.head)
            })
            .min_by_key(|(at, _)| (text.sentence_of(*at).abs_diff(here), at.abs_diff(word)))
            .map(|(_, np)| self.individual(np))
    }

    /// Whether a word for doers says nothing of them: "forces", "elements".
    pub(crate) fn vague(&self, individual: &str) -> bool {
        self.text.lexicon.is("vague-doer", &individual.to_lowercase())
    }

    /// The last group that some words name.
    pub(crate) fn group_in(&self, words: Range<usize>) -> Option<String> {
        let inside = self.groups.iter().rev().find(|(at, _)| words.contains(at));
        inside.map(|(_, name)| name.clone())
    }

    /// The group that a word's sentence names.
    pub(crate) fn group_beside(&self, word: usize) -> Option<String> {
        let here = self.text.sentence_of(word);
        let beside = self.groups.iter().filter(|(at, _)| self.text.sentence_of(*at) == here);
        beside
            .min_by_key(|(at, _)| at.abs_diff(word))
            .map(|(_, name)| name.clone())
    }

    /// The explosive that is told of nearest, in the whole report.
    pub(crate) fn explosive_near(&self, word: usize) -> Option<String> {
        let text = self.text;
        let mut all: Vec<Np> = text.sentences.iter().flat_map(|s| self.weapons(s)).collect();
        all.retain(|np| text.is(np.head, "explosive"));
        all.into_iter()
            .min_by_key(|np| np.head.abs_diff(word))
            .map(|np| self.weapon(&np))
    }

    /// Whether a description is of people whom a group sends.
    pub(crate) fn is_irregular(&self, individual: &str) -> bool {
        let last = individual.rsplit(' ').next().unwrap_or_default().to_lowercase();
        ["enemy", "generic-doer", "person-like"]
            .iter()
            .any(|class| self.text.lexicon.is(class, &last))
            && !self.text.lexicon.is("military", &last)
    }

    /// The group that is told of nearest in the paragraph.
    pub(crate) fn group_near(&self, word: usize) -> Option<String> {
        let text = self.text;
        let here = text.sentence_of(word);
        let near = self
            .groups
            .iter()
            .filter(|(at, _)| {
                text.paragraphs[text.sentence_of(*at)] == text.paragraphs[here]
                    && text.sentence_of(*at).abs_diff(here) < 2
            })
            .min_by_key(|(at, _)| (text.sentence_of(*at).abs_diff(here), at.abs_diff(word)));
        near.map(|(_, name)| name.clone())
    }

    /// A description of doers: guerrillas without their group's name, members with it.
    fn individual(&self, np: &Np) -> String {
        let text = self.text;
        let strip = text.is(np.head, "enemy")
            && np.words.len() > 1
            && self.group_name(np.words.clone()).is_some()
            && self.group(np.words.clone());
        if text.is(np.head, "band-of") && np.whole > np.words.end {
            return text.original(np.words.start..np.whole);
        }
        let mut from = np.words.start;
        if strip {
            from = np.head;
            while from > np.words.start && (text.is(from - 1, "describes") || text.is(from - 1, "generic-doer")) {
                from -= 1;
            }
        }
        text.original(from..np.words.end)
    }

    /// The fullest name of which a name is a part.
    fn full(&self, name: &str) -> String {
        let words = own_name(self.text, name);
        if words.is_empty() {
            return String::new();
        }
        let found = self.persons.iter().find(|p| words.iter().all(|w| p.contains(w)));
        found.unwrap_or(&words).join(" ")
    }

    /// The person that a pronoun means: the last one named before it.
    fn before(&self, word: usize) -> Option<String> {
        let last =
            self.text.phrases.iter().rev().find(|p| {
                p.words.end <= word && p.party.is_some_and(|p| p.person.is_some()) && word - p.words.end < 80
            })?;
        last.party?.person.as_deref().map(|p| self.full(p))
    }

    pub(crate) fn victim(&self, np: &Np, effect: Option<Effect>) -> Option<Filler> {
        let text = self.text;
        let side = self.side(np);
        let filler = |name: String, named: bool| Filler {
            name,
            effect,
            side,
            named,
        };
        if text.is(np.head, "pronoun") {
            return self
                .before(np.head)
                .filter(|n| !n.is_empty())
                .map(|name| filler(name, true));
        }
        let phrase = text.phrase(np.head);
        if let Some(person) = phrase.and_then(|p| p.party).and_then(|p| p.person.as_deref()) {
            let full = self.full(person);
            if !full.is_empty() {
                return Some(filler(full, true));
            }
        }
        // "the mayor of Oro, Juan Gomez": the name beside the description.
        let after = if text.words.get(np.whole).is_some_and(|w| w.text == ",") {
            np.whole + 1
        } else {
            np.whole
        };
        let beside = text.phrase(after).filter(|p| p.words.start == after);
        let before = (np.words.start > 1 && text.words[np.words.start - 1].text == ",")
            .then(|| text.phrase(np.words.start - 2))
            .flatten();
        if let Some(person) = [beside, before]
            .into_iter()
            .flatten()
            .filter_map(|p| p.party?.person.as_deref())
            .map(|p| self.full(p))
            .find(|n| !n.is_empty())
            && !text.words[np.head].text.ends_with('s')
        {
            return Some(filler(person, true));
        }
        if text.is(np.head, "pronouns") || text.is(np.head, "nothing") || !self.particular(np) {
            return None;
        }
        let name = text.original(self.described(np));
        Some(filler(name, false))
    }

    /// Whether a phrase says again who the person named before it is: "Juan Gomez, a teacher".
    pub(crate) fn says_again(&self, before: &Np, np: &Np) -> bool {
        let text = self.text;
        let person = |np: &Np| {
            text.phrase(np.head)
                .and_then(|p| p.party)
                .is_some_and(|p| p.person.is_some())
        };
        person(before)
            && !person(np)
            && !text.words[np.head].text.ends_with('s')
            && before.whole <= np.words.start
            && !(before.whole..np.words.start).any(|w| text.is(w, "conj"))
    }

    /// Whether a phrase means certain people or things: a name, a number, "the" before it.
    pub(crate) fn definite(&self, np: &Np) -> bool {
        let text = self.text;
        let before = np.words.start.checked_sub(1);
        text.what(np) == Is::Person
            || text.is(np.words.start, "own")
            || before
                .is_some_and(|w| text.words[w].text == "the" || text.is(w, "number") && text.words[w].text != "some")
    }

    /// Whether a description is of particular people: "two civilians", not "civilians" or "the population".
    fn particular(&self, np: &Np) -> bool {
        let text = self.text;
        let before = np.words.start.checked_sub(1);
        let number = before.is_some_and(|w| {
            let word = text.words[w].text.as_str();
            text.is(w, "number") || word.chars().all(|c| c.is_ascii_digit())
        });
        let alone = np.words.len() == 1;
        if text.is(np.head, "mass") {
            return number && alone;
        }
        !(alone && text.is(np.head, "counted"))
            || number
            || !before.is_some_and(|w| text.is(w, "det")) && !text.words[np.head].text.ends_with('s')
    }

    /// The words that describe somebody, with "of" where the noun alone says little.
    fn described(&self, np: &Np) -> Range<usize> {
        if self.text.is(np.head, "role") && np.whole > np.words.end {
            np.words.start..np.whole
        } else {
            np.words.clone()
        }
    }

    /// A phrase that the reading knows nothing of, where people must stand: a name, if anything.
    pub(crate) fn name_alone(&self, np: &Np, effect: Option<Effect>) -> Option<Filler> {
        let name = self.text.original(np.words.clone());
        let known = self
            .persons
            .iter()
            .any(|p| name.split_whitespace().all(|w| p.iter().any(|q| q == w)));
        known.then(|| Filler {
            name: self.full(&name),
            effect,
            side: Side::Civilian,
            named: true,
        })
    }

    /// A body that is attacked: its people.
    pub(crate) fn body(&self, np: &Np) -> Option<Filler> {
        let side = self.side(np);
        (side == Side::Forces).then(|| Filler {
            name: self.text.original(np.words.clone()),
            effect: None,
            side,
            named: false,
        })
    }

    pub(crate) fn target(&self, np: &Np, effect: Option<Effect>) -> Option<Filler> {
        if np.words.is_empty() || self.text.is(np.head, "settlement") || self.text.is(np.head, "nothing") {
            return None;
        }
        let effect = effect.map(|e| match e {
            Effect::Death => Effect::Destroyed,
            Effect::Injury => Effect::SomeDamage,
            e => e,
        });
        let of = np.whole > np.words.end;
        let place = self
            .text
            .phrase(np.whole - 1)
            .is_some_and(|p| p.place && p.party.is_none());
        let words = if of && !place {
            np.words.start..np.whole
        } else {
            np.words.clone()
        };
        let name = self.text.original(words);
        name.chars().any(char::is_alphanumeric).then(|| Filler {
            name,
            effect,
            side: self.side(np),
            named: false,
        })
    }

    fn side(&self, np: &Np) -> Side {
        let text = self.text;
        let phrase = text.phrase(np.head);
        let has = |class: &str| np.words.clone().any(|w| text.is(w, class));
        if text.is(np.head, "enemy") || phrase.is_some_and(|p| p.sector() == Sector::Reb && !p.object()) {
            return Side::Armed;
        }
        let retired = has("retired")
            || np
                .words
                .clone()
                .any(|w| matches!(text.words[w].text.as_str(), "retired" | "former"));
        let forces = has("military")
            || has("police")
            || matches!(phrase.and_then(|p| p.group()), Some(Group::Military | Group::Police));
        if forces && !retired {
            Side::Forces
        } else {
            Side::Civilian
        }
    }

    /// The doer as an individual, and as an organisation.
    pub(crate) fn doer(&self, np: &Np) -> (Option<String>, Option<String>) {
        let text = self.text;
        if ["pronoun", "pronouns", "nobody", "nothing"]
            .iter()
            .any(|class| text.is(np.head, class))
        {
            return (None, None);
        }
        let phrase = text.phrase(np.head);
        match text.what(np) {
            Is::Person => {
                let person = phrase.and_then(|p| p.party).and_then(|p| p.person.as_deref());
                (person.map(|p| self.full(p)).filter(|n| !n.is_empty()), None)
            }
            Is::People | Is::Unknown
                if text.is(np.head, "generic-doer") || text.is(np.head, "enemy") || text.is(np.head, "person-like") =>
            {
                let own = self
                    .group(np.words.clone())
                    .then(|| self.group_name(np.words.clone()))
                    .flatten();
                let of = (np.whole > np.words.end)
                    .then(|| text.bare(np.words.end + 1..np.whole))
                    .filter(|w| self.group(w.clone()))
                    .and_then(|w| self.group_name(w));
                (Some(self.individual(np)), own.or(of))
            }
            Is::Body => {
                let sector = phrase.map(|p| p.sector());
                let named = phrase
                    .and_then(|p| p.party)
                    .is_some_and(|p| p.party.is_some() || p.name.is_some());
                let force = matches!(sector, Some(Sector::Mil | Sector::Pol)) && text.is(np.head, "force");
                let organisation = force
                    || named
                        && matches!(
                            sector,
                            Some(Sector::Reb | Sector::Mil | Sector::Pol | Sector::Gov | Sector::Opp)
                        )
                    || self.group(np.words.clone());
                let name = || match sector {
                    Some(Sector::Reb) => self.group_name(np.words.clone()),
                    _ => Some(text.original(np.words.clone())),
                };
                (None, organisation.then(name).flatten())
            }
            Is::People => (Some(text.original(np.words.clone())), None),
            _ => (None, None),
        }
    }

    /// Whether a weapon's word is one here: "charges" are explosive only by name.
    fn armed(&self, at: usize, from: usize) -> bool {
        let text = self.text;
        !text.is(at, "weapon-beside")
            || (from..at).any(|w| text.is(w, "weapon") || text.words[w].text.starts_with("explosive"))
    }

    /// Whether words name a group or a force.
    fn group(&self, words: Range<usize>) -> bool {
        let text = self.text;
        words.clone().any(|w| {
            text.phrase(w).and_then(|p| p.party).is_some_and(|p| {
                matches!(p.sector, Sector::Reb | Sector::Mil | Sector::Pol) && (p.party.is_some() || p.name.is_some())
            })
        }) && !words.clone().all(|w| text.phrase(w).is_some_and(|p| p.place))
            && words.clone().any(|w| !text.is(w, "generic-doer"))
    }

    /// The weapons that a sentence names.
    pub(crate) fn weapons(&self, sentence: &Range<usize>) -> Vec<Np> {
        let text = self.text;
        let mut out: Vec<Np> = Vec::new();
        if sentence.clone().any(|w| text.is(w, "found")) {
            return out;
        }
        let mut at = sentence.start;
        while at < sentence.end {
            if text.is(at, "weapon") && !text.is(at + 1, "weapon") && !text.is(at + 1, "not-weapon") {
                let mut first = at;
                while first > sentence.start && !text.stops(first - 1) {
                    first -= 1;
                }
                if self.armed(at, first) {
                    let words = text.bare(first..at + 1);
                    out.push(Np {
                        head: at,
                        whole: at + 1,
                        words,
                    });
                }
            }
            at += 1;
        }
        out
    }

    pub(crate) fn weapon(&self, np: &Np) -> String {
        let text = self.text;
        let mut from = np.head;
        while from > np.words.start
            && (text.is(from - 1, "weapon") || text.is(from - 1, "weapon-kind") || text.words[from - 1].text == "-")
        {
            from -= 1;
        }
        text.original(from..np.words.end)
    }

    /// The time mention nearest to a word in its sentence.
    fn time(&self, word: usize) -> Option<&'r TimeMention> {
        let text = self.text;
        let sentence = text.sentences[text.sentence_of(word)].clone();
        let times = text.reading.mentions.iter().flat_map(|m| &m.times);
        times
            .filter(|t| matches!(t.kind.as_str(), "DATE" | "TIME") && t.value.len() >= 4)
            .filter_map(|t| {
                let words = text.words_of(&(t.start..t.end));
                (sentence.contains(&words.start) && !words.is_empty()).then(|| (words.start.abs_diff(word), t))
            })
            .min_by_key(|(distance, _)| *distance)
            .map(|(_, t)| t)
    }

    pub(crate) fn date(&self, word: usize) -> Option<String> {
        let value = self.time(word)?.value.get(..10)?;
        value.parse::<Date>().ok().map(|d| d.to_string())
    }

    /// Whether a deed is told as history: more than two months before the report.
    pub(crate) fn old(&self, word: usize) -> bool {
        let Some(published) = self.published else { return false };
        let Some(value) = self.time(word).map(|t| t.value.as_str()) else {
            return false;
        };
        let days = |d: Date| (published - d).get_days();
        if let Some(date) = value.get(..10).and_then(|d| d.parse::<Date>().ok()) {
            return days(date) > 62;
        }
        let year = value.get(..4).and_then(|y| y.parse::<i16>().ok());
        let month = value.get(5..7).and_then(|m| m.parse::<i8>().ok());
        match (year, month) {
            (Some(year), Some(month)) => Date::new(year, month, 28).is_ok_and(|d| days(d) > 62),
            (Some(year), None) => year < published.year() - i16::from(published.month() < 3),
            _ => false,
        }
    }

    /// The finest place of the sentence, nearest after the word.
    pub(crate) fn place(&self, word: usize) -> Option<String> {
        let text = self.text;
        let sentence = text.sentences[text.sentence_of(word)].clone();
        let places = text.reading.mentions.iter().flat_map(|m| &m.places);
        places
            .filter(|p| p.literal && !matches!(p.kind.as_deref(), Some("country" | "continent")))
            .filter_map(|p| {
                let words = text.words_of(&(p.start..p.end));
                (sentence.contains(&words.start) && words.start > sentence.start)
                    .then(|| (words.start.abs_diff(word), p.name.clone()))
            })
            .min_by_key(|(distance, _)| *distance)
            .map(|(_, name)| name)
    }

    /// How surely the report lays a deed to its doer, by the claim that tells it.
    pub(crate) fn confidence(&self, word: usize) -> Confidence {
        let at = self.text.words[word].span.start;
        let claim: Option<&Claim> = self
            .text
            .reading
            .claims
            .iter()
            .filter(|c| c.start <= at && at < c.end)
            .min_by_key(|c| c.end - c.start);
        let Some(claim) = claim else {
            return Confidence::ReportedAsFact;
        };
        let own = claim.source.iter().any(|s| {
            claim
                .events
                .iter()
                .flat_map(|e| &e.actor)
                .any(|a| a.party.is_some() && a.party == s.party)
        });
        let authority = claim
            .source
            .iter()
            .any(|s| matches!(s.sector, Sector::Gov | Sector::Mil | Sector::Pol | Sector::Jud));
        let doubt = claim.certainty == counterclaim_claims::Certainty::Hedged || claim.stance == Stance::Accuses;
        match (claim.voice, own, doubt, authority) {
            (Voice::Source, true, ..) => Confidence::ClaimedOrAdmitted,
            (_, _, true, true) => Confidence::SuspectedOrAccusedByAuthorities,
            (_, _, true, false) => Confidence::SuspectedOrAccused,
            _ => Confidence::ReportedAsFact,
        }
    }
}

/// A person's name without the titles before it.
fn own_name(text: &Text<'_>, name: &str) -> Vec<String> {
    let words: Vec<&str> = name.split_whitespace().collect();
    let titled = |w: &&&str| {
        let small = w.to_lowercase();
        let small = small.trim_end_matches('.');
        text.lexicon.is("title", small) || text.lexicon.is("person-like", small) || text.lexicon.is("role", small)
    };
    let from = words.iter().take_while(titled).count();
    words[from..].iter().map(|w| w.to_uppercase()).collect()
}

/// A person's name with what follows it and is no word of another kind: a second surname that the reading took for a place.
fn whole_name(text: &Text<'_>, name: &str, end: usize) -> Vec<String> {
    let mut out = own_name(text, name);
    let mut next = text.words_of(&(0..end)).end;
    let other = |w: usize| {
        text.stops(w)
            || text.words[w].text.starts_with('\'')
            || text
                .phrase(w)
                .is_some_and(|p| p.party.is_some() || p.materiel.is_some())
            || [
                "title",
                "role",
                "person-like",
                "thing",
                "weapon",
                "place-like",
                "nothing",
                "enemy",
                "det",
            ]
            .iter()
            .any(|class| text.is(w, class))
            || !text.lexicon.triggers(text.from(w)).is_empty()
    };
    while !out.is_empty() && out.len() < 5 && !other(next) && text.phrase(next).is_some_and(|p| p.place) {
        out.push(text.words[next].text.to_uppercase());
        next += 1;
    }
    out
}
