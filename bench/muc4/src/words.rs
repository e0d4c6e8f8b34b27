//! The adapter's own data: words of violence and closed classes.

use crate::template::{Effect, Kind};
use std::collections::{HashMap, HashSet};

/// Where doer and target stand beside a word of violence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Frame {
    /// A verb whose object is people.
    People,
    /// A verb whose object is a thing.
    Thing,
    /// A verb whose object is either.
    Any,
    /// A verb whose subject suffers.
    Suffer,
    /// A verb whose subject is the weapon.
    Weapon,
    /// A verb whose object is the weapon: to plant a bomb.
    Plant,
    /// A noun with its target after "of".
    Of,
    /// A noun with a thing after "of".
    OfThing,
    /// A noun with its target after "on", "against", "at".
    On,
}

/// A word of violence.
#[derive(Debug, Clone)]
pub(crate) struct Trigger {
    pub(crate) words: Vec<String>,
    pub(crate) verb: bool,
    pub(crate) kind: Kind,
    pub(crate) frame: Frame,
    /// The word is a plural: it tells of several happenings at once.
    pub(crate) many: bool,
    pub(crate) effect: Option<Effect>,
    /// Tells more of an incident that is known, and opens none.
    pub(crate) joins: bool,
}

/// The tables of `data/`.
#[derive(Debug, Default)]
pub(crate) struct Words {
    /// By their first word, longest first.
    triggers: HashMap<String, Vec<Trigger>>,
    classes: HashMap<&'static str, HashSet<&'static str>>,
    /// Fixed expressions of a class, of several words.
    fixed: HashMap<&'static str, Vec<Vec<&'static str>>>,
}

impl Words {
    /// Reads the tables.
    pub(crate) fn new() -> Words {
        let mut out = Words::default();
        for row in rows(include_str!("../data/triggers.tsv")) {
            let [forms, pos, kind, frame, effect] = row[..] else {
                continue;
            };
            let Some(kind) = Kind::from_name(kind) else { continue };
            let (frame, many) = match frame.strip_suffix("-many") {
                Some(frame) => (frame, true),
                None => (frame, false),
            };
            let frame = match frame {
                "people" => Frame::People,
                "thing" => Frame::Thing,
                "suffer" => Frame::Suffer,
                "weapon" => Frame::Weapon,
                "plant" => Frame::Plant,
                "of" => Frame::Of,
                "of-thing" => Frame::OfThing,
                "on" => Frame::On,
                _ => Frame::Any,
            };
            let joins = effect == "JOINS";
            let effect = match effect {
                "DEATH" => Some(Effect::Death),
                "INJURY" => Some(Effect::Injury),
                "DESTROYED" => Some(Effect::Destroyed),
                "SOME DAMAGE" => Some(Effect::SomeDamage),
                _ => None,
            };
            for form in forms.split('|') {
                let words: Vec<String> = form.split(' ').map(str::to_owned).collect();
                let trigger = Trigger {
                    words,
                    verb: pos == "V",
                    kind,
                    frame,
                    many,
                    effect,
                    joins,
                };
                out.triggers.entry(trigger.words[0].clone()).or_default().push(trigger);
            }
        }
        out.triggers
            .values_mut()
            .for_each(|list| list.sort_by_key(|t| std::cmp::Reverse(t.words.len())));
        for row in rows(include_str!("../data/words.tsv")) {
            let [class, words] = row[..] else { continue };
            for word in words.split('|') {
                if word.contains(' ') {
                    out.fixed.entry(class).or_default().push(word.split(' ').collect());
                } else {
                    out.classes.entry(class).or_default().insert(word);
                }
            }
        }
        out
    }

    /// Whether a word, in small letters, is of a class.
    pub(crate) fn is(&self, class: &str, word: &str) -> bool {
        self.classes.get(class).is_some_and(|set| set.contains(word))
    }

    /// How many words from the start of `words` are a fixed expression of a class.
    pub(crate) fn fixed<'w>(&self, class: &str, words: impl Iterator<Item = &'w str> + Clone) -> usize {
        let hit = |fixed: &&Vec<&str>| words.clone().take(fixed.len()).eq(fixed.iter().copied());
        self.fixed
            .get(class)
            .into_iter()
            .flatten()
            .find(hit)
            .map_or(0, Vec::len)
    }

    /// The readings of a word of violence: verb and noun of one form are two.
    pub(crate) fn triggers<'w>(&self, words: impl Iterator<Item = &'w str> + Clone) -> Vec<&Trigger> {
        let Some(first) = words.clone().next() else {
            return Vec::new();
        };
        let fits = |t: &&Trigger| words.clone().take(t.words.len()).eq(t.words.iter().map(String::as_str));
        let mut found: Vec<&Trigger> = self.triggers.get(first).into_iter().flatten().filter(fits).collect();
        let longest = found.first().map_or(0, |t| t.words.len());
        found.retain(|t| t.words.len() == longest);
        found
    }
}

fn rows(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    text.lines()
        .filter(|l| !l.starts_with('#') && !l.is_empty())
        .skip(1)
        .map(|l| l.split('\t').collect())
}
