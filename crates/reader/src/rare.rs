//! Names that two bodies share: "JEM" is one group in a report on Darfur, another in one on Kashmir; and those that are a surname, too.

use crate::doc::{Doc, Unit};
use counterclaim_lexicon::{Hit, Kind, NameKind, PosClass, Sense};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// "Thérèse Wagner": behind an unknown name that the tagger goes on with, the name of a group, whose hits start at `hits_from`, is
/// somebody's surname.
pub(crate) fn is_surname(doc: &Doc<'_>, at: usize, hits_from: usize) -> bool {
    let group = |hit: &Hit| {
        matches!(
            doc.pack.senses[hit.sense as usize],
            Sense::Named {
                kind: NameKind::Group,
                ..
            }
        )
    };
    let unknown = |u: &&Unit| u.tokens.end as usize == at && u.hits.is_empty();
    doc.pack.head_first
        && doc.tags[at].2
        && doc
            .units
            .last()
            .filter(unknown)
            .is_some_and(|u| u.capital && u.class == PosClass::Propn)
        && doc.hits[hits_from..].iter().all(group)
}

/// Leaves of the senses that share a name those that fit what else the text is about: a rare sense where its states or
/// its full name are spoken of more than those of the common one, the common sense otherwise.
pub(crate) fn choose(doc: &mut Doc<'_>) {
    let mut shared: Vec<usize> = Vec::new();
    for u in 0..doc.units.len() {
        if doc
            .of_kind(u, Kind::NAMED)
            .any(|sense| matches!(sense, Sense::Named { rare: true, .. }))
        {
            shared.push(u);
        }
    }
    if shared.is_empty() {
        return;
    }
    let about = About::new(doc, &shared);
    for u in shared {
        let (mut rare, mut common) = (0, 0);
        for (sense, _) in doc.senses(u) {
            match sense {
                Sense::Named { rare: true, .. } => rare = rare.max(about.weight(sense)),
                Sense::Named { .. } | Sense::Party { .. } => common = common.max(about.weight(sense)),
                _ => {}
            }
        }
        let weight = rare;
        let takes_rare = rare > common;
        let keep = |sense: &Sense| match sense {
            Sense::Named { rare: true, .. } => takes_rare && about.weight(sense) == weight,
            Sense::Named { .. } | Sense::Party { .. } => !takes_rare,
            _ => true,
        };
        let Range { start, end } = doc.units[u].hits;
        let mut kept = start;
        for i in start..end {
            let hit = doc.hits[i as usize];
            if keep(&doc.pack.senses[hit.sense as usize]) {
                doc.hits[kept as usize] = hit;
                kept += 1;
            }
        }
        doc.set_hits(u, start..kept);
    }
}

/// How often a text speaks of each party and each named group, but for the names in question.
#[derive(Default)]
struct About {
    parties: FxHashMap<u16, u32>,
    names: FxHashMap<u32, u32>,
}

impl About {
    fn new(doc: &Doc<'_>, shared: &[usize]) -> About {
        let mut about = About::default();
        let mut shared = shared.iter().copied().peekable();
        for u in 0..doc.units.len() {
            if shared.next_if_eq(&u).is_some() {
                continue;
            }
            for (sense, _) in doc.senses(u) {
                match sense {
                    Sense::Party { party, .. } => *about.parties.entry(*party).or_default() += 2,
                    Sense::Named {
                        party, states, name, ..
                    } => {
                        if let Some(party) = party {
                            *about.parties.entry(*party).or_default() += 2;
                        }
                        for state in states {
                            *about.parties.entry(*state).or_default() += 1;
                        }
                        if let Some(name) = name {
                            *about.names.entry(*name).or_default() += 3;
                        }
                    }
                    _ => {}
                }
            }
        }
        about
    }

    /// How much the text is about whom a sense means.
    fn weight(&self, sense: &Sense) -> u32 {
        let of = |party: &u16| self.parties.get(party).copied().unwrap_or_default();
        match sense {
            Sense::Party { party, .. } => of(party),
            Sense::Named {
                party, states, name, ..
            } => {
                let named = name.and_then(|n| self.names.get(&n).copied()).unwrap_or_default();
                let about = party.iter().chain(states).map(of).max().unwrap_or_default();
                named.max(about)
            }
            _ => 0,
        }
    }
}
