//! The key: reports and the templates that people filled in for them.

use crate::template::{Kind, Template};
use serde::Deserialize;
use std::collections::BTreeMap;

/// The slots that are scored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Slot {
    Incident,
    Individual,
    Organisation,
    Target,
    Victim,
    Weapon,
}

impl Slot {
    /// All of them, in the order in which [`Filled`] holds them.
    pub const ALL: [Slot; 6] = [
        Slot::Incident,
        Slot::Individual,
        Slot::Organisation,
        Slot::Target,
        Slot::Victim,
        Slot::Weapon,
    ];

    /// How it is called in a table.
    pub fn name(self) -> &'static str {
        match self {
            Slot::Incident => "incident type",
            Slot::Individual => "perpetrator individual",
            Slot::Organisation => "perpetrator organisation",
            Slot::Target => "target",
            Slot::Victim => "victim",
            Slot::Weapon => "weapon",
        }
    }
}

/// Somebody or something in a slot: the ways in which it may be called, normalised.
pub type Entity = Vec<String>;

/// A template as it is scored: the entities of each slot.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filled(pub [Vec<Entity>; 6]);

/// A report of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keyed {
    /// Its name.
    pub id: String,
    /// Its text.
    pub text: String,
    /// What is to be found.
    pub templates: Vec<Filled>,
}

#[derive(Deserialize)]
struct Line {
    docid: String,
    text: String,
    templates: Vec<BTreeMap<String, Vec<String>>>,
}

/// Reads a line of a key's JSON Lines.
pub fn keyed(line: &str) -> serde_json::Result<Keyed> {
    let line: Line = serde_json::from_str(line)?;
    Ok(Keyed {
        id: line.docid,
        text: line.text,
        templates: line.templates.iter().map(filled).collect(),
    })
}

fn filled(template: &BTreeMap<String, Vec<String>>) -> Filled {
    let fillers = |slot: &str| template.get(slot).map(Vec::as_slice).unwrap_or_default();
    let plain = |slot: &str| -> Vec<Entity> {
        fillers(slot)
            .iter()
            .map(|f| mentions(f))
            .filter(|e| !e.is_empty())
            .collect()
    };
    let kinds: Entity = fillers("INCIDENT: TYPE")
        .iter()
        .flat_map(|f| f.split('/'))
        .filter_map(Kind::from_name)
        .map(|k| k.name().to_lowercase())
        .collect();
    Filled([
        vec![kinds],
        plain("PERP: INDIVIDUAL ID"),
        plain("PERP: ORGANIZATION ID"),
        plain("PHYS TGT: ID"),
        victims(fillers("HUM TGT: NAME"), fillers("HUM TGT: DESCRIPTION")),
        plain("INCIDENT: INSTRUMENT ID"),
    ])
}

/// Names, and descriptions: a description that is cross-referenced to a name tells of the same person.
fn victims(names: &[String], descriptions: &[String]) -> Vec<Entity> {
    let mut out: Vec<Entity> = names.iter().map(|n| mentions(n)).filter(|e| !e.is_empty()).collect();
    for description in descriptions {
        let (own, of) = cross_reference(description);
        let (own, of) = (mentions(own), of.map(mentions).unwrap_or_default());
        match out.iter_mut().find(|e| e.iter().any(|m| of.contains(m))) {
            Some(entity) => entity.extend(own),
            None if own.is_empty() => {}
            None => out.push(own.into_iter().chain(of).collect()),
        }
    }
    out
}

/// Cuts `"x" / "y": "NAME"` at its colon, which stands outside quotation marks.
fn cross_reference(filler: &str) -> (&str, Option<&str>) {
    let mut inside = false;
    for (at, c) in filler.char_indices() {
        match c {
            '"' => inside = !inside,
            ':' if !inside => return (&filler[..at], Some(&filler[at + 1..])),
            _ => {}
        }
    }
    (filler, None)
}

/// The alternatives of a filler: `? "A" / "B"` has two.
fn mentions(filler: &str) -> Entity {
    let filler = filler.replace("\\\"", "'");
    let quoted: Vec<&str> = filler.split('"').skip(1).step_by(2).collect();
    let all = if quoted.is_empty() {
        let bare = filler.trim_start_matches(['?', ' ']).trim();
        if matches!(bare, "" | "-" | "*") {
            Vec::new()
        } else {
            bare.split(" / ").collect()
        }
    } else {
        quoted
    };
    let mut out: Entity = all.into_iter().map(normal).filter(|m| !m.is_empty()).collect();
    out.dedup();
    out
}

/// Lower case, without articles and punctuation.
pub fn normal(mention: &str) -> String {
    let lower = mention.to_lowercase();
    let kept: String = lower
        .chars()
        .filter(|c| c.is_alphanumeric() || c.is_whitespace())
        .collect();
    let words: Vec<&str> = kept
        .split_whitespace()
        .filter(|w| !matches!(*w, "a" | "an" | "the"))
        .collect();
    words.join(" ")
}

impl From<&Template> for Filled {
    fn from(template: &Template) -> Filled {
        let one = |name: &String| vec![normal(name)];
        Filled([
            vec![vec![template.kind.name().to_lowercase()]],
            template.individuals.iter().map(one).collect(),
            template.organisations.iter().map(|(name, _)| one(name)).collect(),
            template.targets.iter().map(|(name, _)| one(name)).collect(),
            template.victims.iter().map(|(name, _)| one(name)).collect(),
            template.weapons.iter().map(one).collect(),
        ])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filler_has_its_alternatives() {
        assert_eq!(mentions(r#"? "THE RED HAND" / "R.H.""#), ["red hand", "rh"]);
        assert_eq!(mentions("-"), Entity::new());
        assert_eq!(mentions("*"), Entity::new());
    }

    #[test]
    fn names_and_descriptions_of_one_person_are_one_entity() {
        let names = [r#""JUAN GOMEZ""#.to_owned()];
        let descriptions = [
            r#""MAYOR": "JUAN GOMEZ""#.to_owned(),
            r#""PEASANTS" / "THREE PEASANTS""#.to_owned(),
        ];
        assert_eq!(
            victims(&names, &descriptions),
            [vec!["juan gomez", "mayor"], vec!["peasants", "three peasants"]]
        );
    }
}
