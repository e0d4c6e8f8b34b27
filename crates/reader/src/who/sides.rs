//! Who fights whom in a report: "both sides" are they, and not those who mediate.

use crate::bits::*;
use crate::doc::Doc;
use counterclaim_claims::{Family, Group, Sector, Stance, listed_kind};
use counterclaim_lexicon::{Kind, NameKind, PosClass, Sense};

/// The parties of a report that fight in it: those that it gives forces to, and those that it says are accused. `starts` tells
/// where each sentence begins behind its dateline.
pub(super) fn fighting(doc: &Doc<'_>, starts: &[usize]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for (sent, start) in doc.sents.iter().zip(starts) {
        let units = *start.max(&sent.units.start)..sent.units.end;
        for u in units.clone() {
            if doc.kinds(u) & (Kind::PARTY.bit() | Kind::NAMED.bit()) == 0 {
                continue;
            }
            let own = doc.senses(u).find_map(|(sense, _)| match sense {
                Sense::Party { party, .. } => Some((*party, false)),
                Sense::Named {
                    kind: NameKind::Group,
                    party: Some(party),
                    sector: Sector::Reb | Sector::Mil,
                    ..
                } => Some((*party, true)),
                _ => None,
            });
            let Some((party, armed)) = own else { continue };
            let code = &doc.pack.parties[party as usize];
            if !out.contains(code) && !outsider(code) && (armed || has_forces(doc, u, units.end) || charged(doc, u)) {
                out.push(code.clone());
            }
        }
    }
    out
}

/// Whether a party is a body of states or one that helps: it is nobody's side.
pub(super) fn outsider(party: &str) -> bool {
    matches!(listed_kind(party), Some("igo" | "ngo" | "body"))
}

/// "Chadian troops", "Chad's army", "the Chadian defence ministry"; where modifiers follow, "quân đội Chad".
fn has_forces(doc: &Doc<'_>, party: usize, end: usize) -> bool {
    let military = |u: usize| {
        doc.senses(u).any(|(sense, _)| match sense {
            Sense::Org(org) => org.sector == Some(Sector::Mil),
            Sense::Person { who, .. } => *who == Group::Military,
            _ => false,
        })
    };
    let beside = |u: &usize| {
        let class = doc.units[*u].class;
        matches!(class, PosClass::Noun | PosClass::Propn | PosClass::Adj | PosClass::Part) || doc.has(*u, WHO)
    };
    if doc.pack.head_first {
        let first = doc.sents[doc.sent_of(party)].units.start;
        return (first.max(party.saturating_sub(3))..party)
            .rev()
            .take_while(beside)
            .any(military);
    }
    (party + 1..end.min(party + 5)).take_while(beside).any(military)
}

/// "Accused Chad of": who is accused is a side.
fn charged(doc: &Doc<'_>, party: usize) -> bool {
    let accuses = |u: usize| doc.cue(u).is_some_and(|cue| cue.stance == Stance::Accuses);
    party > 0 && accuses(party - 1)
}

/// The two parties that sentences about fighting name together most often, if they do so more than once and more than any other two.
pub(super) fn opposed(doc: &Doc<'_>) -> Option<[String; 2]> {
    let mut pairs: Vec<([u16; 2], u32)> = Vec::new();
    for sent in &doc.sents {
        let fights = |u: usize| {
            doc.act(u)
                .is_some_and(|a| matches!(a.act.family(), Family::Strike | Family::Battle))
        };
        let mut named: Vec<u16> = Vec::new();
        for (sense, _) in sent.units.clone().flat_map(|u| doc.senses(u)) {
            let party = match sense {
                Sense::Party { party, .. } => *party,
                Sense::Named {
                    kind: NameKind::Group,
                    party: Some(party),
                    ..
                } => *party,
                _ => continue,
            };
            if !named.contains(&party) && !outsider(&doc.pack.parties[party as usize]) {
                named.push(party);
            }
        }
        // A sentence that names many tells of none of them who fights whom.
        if named.len() > 3 || !sent.units.clone().any(fights) {
            continue;
        }
        for (n, &first) in named.iter().enumerate() {
            for &second in &named[n + 1..] {
                let pair = [first.min(second), first.max(second)];
                match pairs.iter_mut().find(|(p, _)| *p == pair) {
                    Some((_, times)) => *times += 1,
                    None => pairs.push((pair, 1)),
                }
            }
        }
    }
    pairs.sort_by_key(|(_, times)| std::cmp::Reverse(*times));
    let (pair, times) = pairs.first()?;
    let alone = pairs.get(1).is_none_or(|(_, next)| next < times);
    (*times > 1 && alone).then(|| pair.map(|p| doc.pack.parties[p as usize].clone()))
}
