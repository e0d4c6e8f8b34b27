//! Who and what suffers: names and descriptions as the key has them, and on whose side somebody is.

use crate::incidents::Filler;
use crate::nps::{Is, Np};
use crate::template::Effect;
use crate::text::Text;
use counterclaim_claims::{Group, Sector};
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
    pub(crate) text: &'t Text<'r>,
    pub(crate) published: Option<Date>,
    /// The persons of the report by their fullest names.
    persons: Vec<Vec<String>>,
    /// Armed groups, by the word that their name begins at.
    pub(crate) groups: Vec<(usize, String)>,
    /// People who do such deeds: "guerrillas", "unidentified men".
    pub(crate) bands: Vec<(usize, Np)>,
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

    /// The fullest name of which a name is a part.
    pub(crate) fn full(&self, name: &str) -> String {
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
        let several = text.words[np.head].text.ends_with('s');
        // "the leader" is somebody told of before; "leaders" are nobody in particular.
        let the = before.is_some_and(|w| text.words[w].text == "the");
        if alone && (several && !number || !several && the && np.whole == np.words.end) {
            return false;
        }
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

    pub(crate) fn side(&self, np: &Np) -> Side {
        let text = self.text;
        let phrase = text.phrase(np.head);
        let has = |class: &str| np.words.clone().any(|w| text.is(w, class));
        if text.is(np.head, "enemy") || phrase.is_some_and(|p| p.sector() == Sector::Reb && !p.object()) {
            return Side::Armed;
        }
        let retired = has("retired");
        let forces = has("military")
            || has("police")
            || matches!(phrase.and_then(|p| p.group()), Some(Group::Military | Group::Police));
        if forces && !retired {
            Side::Forces
        } else {
            Side::Civilian
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
