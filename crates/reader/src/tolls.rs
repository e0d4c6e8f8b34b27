//! Pass 7: harm to people and to matériel, counted.

use crate::bits::*;
use crate::clauses::View;
use crate::values::{self, Number};
use crate::who::{self, Who};
use counterclaim_claims::{Group, Harm, Loss, LossHarm, Materiel, Toll};
use counterclaim_lexicon::{Func, HarmFrame, Inflection, Sense};
use std::ops::Range;

/// A toll with the words it stands in.
#[derive(Debug, Clone)]
pub(crate) struct Told {
    pub(crate) toll: Toll,
    /// The harm's word.
    pub(crate) at: usize,
    /// Who did it, where the clause tells.
    pub(crate) doer: Option<Range<usize>>,
    /// The sufferers' phrase.
    pub(crate) victims: Range<usize>,
}

/// People counted in one noun phrase.
#[derive(Debug, Clone)]
struct Counted {
    units: Range<usize>,
    min: Option<u64>,
    max: Option<u64>,
    approx: bool,
    group: Option<Group>,
    party: Option<String>,
}

/// All tolls told in a clause.
pub(crate) fn tolls(view: &View<'_, '_>, values: &crate::emit::Values<'_>, bounds: &Range<usize>) -> Vec<Told> {
    let mut out: Vec<Told> = Vec::new();
    let doc = view.doc;
    let mut skip_until = bounds.start;
    for u in bounds.clone() {
        if u < skip_until {
            continue;
        }
        let Some((harm, frame)) = harm_at(view, u) else {
            continue;
        };
        // "killed or wounded", "chết và bị thương": one figure.
        let mut harm = harm;
        let mut last = u;
        if let Some((second, _, at)) = joined_harm(view, u, bounds)
            && second != harm
        {
            harm = Harm::Casualties;
            last = at;
            skip_until = at + 1;
        }
        let vg = view.phrases.vg_at(u);
        let passive = vg.is_some_and(|v| v.bits & PASSIVE != 0);
        let (people, doer) = match frame {
            HarmFrame::Transitive if vg.is_some() && !passive => {
                let roles = view.roles(u, bounds);
                (
                    chain_right(view, values, vg.map_or(last + 1, |v| v.units.end).max(last + 1), bounds),
                    roles.subject,
                )
            }
            HarmFrame::Transitive | HarmFrame::Intransitive if vg.is_some() => {
                let roles = view.roles(u, bounds);
                let left = chain_left(view, values, vg.map_or(u, |v| v.units.start), bounds);
                (
                    if left.is_empty() {
                        roles
                            .subject
                            .iter()
                            .filter_map(|s| counted(view, values, s.clone()))
                            .collect()
                    } else {
                        left
                    },
                    roles.agent,
                )
            }
            HarmFrame::Noun => (noun_count(view, values, u, bounds), None),
            // "dead rebels", "wounded soldiers"
            HarmFrame::Adjective
                if !doc.pack.head_first && view.phrases.np_at(u).is_some_and(|n| u + 1 < n.units.end) =>
            {
                (
                    view.phrases
                        .np_at(u)
                        .and_then(|n| counted(view, values, n.units.clone()))
                        .into_iter()
                        .collect(),
                    None,
                )
            }
            _ => (chain_left(view, values, u, bounds), None),
        };
        let previous = out.last().map(|t| t.toll.who);
        for person in people {
            let group = person
                .group
                .or(if out.is_empty() { None } else { previous })
                .unwrap_or_default();
            let toll = Toll {
                harm,
                who: group,
                party: person.party,
                min: person.min,
                max: person.max,
                approx: person.approx,
            };
            let again = out
                .iter()
                .any(|t| t.toll.harm == toll.harm && t.victims == person.units);
            if !again {
                out.push(Told {
                    toll,
                    at: u,
                    doer: doer.clone(),
                    victims: person.units,
                });
            }
        }
    }
    out
}

fn harm_at(view: &View<'_, '_>, u: usize) -> Option<(Harm, HarmFrame)> {
    if view.doc.cue(u).is_some() && !view.doc.has(u, HARM) {
        return None;
    }
    view.doc.senses(u).find_map(|(s, _)| {
        if let Sense::Harm { harm, frame, .. } = s {
            Some((*harm, *frame))
        } else {
            None
        }
    })
}

/// A second harm word joined to the first with nothing counted between.
fn joined_harm(view: &View<'_, '_>, u: usize, bounds: &Range<usize>) -> Option<(Harm, HarmFrame, usize)> {
    let mut at = u + 1;
    let mut joined = false;
    while at < bounds.end && at <= u + 5 {
        if view.doc.has(at, CC | COMMA) || view.doc.words(&(at..at + 1)) == "/" {
            joined = true;
        } else if let Some((harm, frame)) = harm_at(view, at) {
            return joined.then_some((harm, frame, at));
        } else if !view.doc.has(at, AUX | PASSIVE_WORD | MODAL | ADV) {
            return None;
        }
        at += 1;
    }
    None
}

/// Counted people to the left of `end`, back through commas and conjunctions.
fn chain_left(
    view: &View<'_, '_>,
    values: &crate::emit::Values<'_>,
    end: usize,
    bounds: &Range<usize>,
) -> Vec<Counted> {
    let mut out = Vec::new();
    let mut at = end;
    let mut gap = 0;
    while at > bounds.start && gap < 5 {
        let np = view
            .phrases
            .nps
            .iter()
            .find(|n| n.units.end == at && n.units.start >= bounds.start);
        match np {
            Some(np) => {
                let count = counted(view, values, np.units.clone());
                let numbered = count
                    .as_ref()
                    .is_some_and(|_| np.units.clone().any(|u| values::at(values.numbers, u).is_some()));
                if !out.is_empty() && !numbered {
                    // "a row of", "in the clashes": what stands before is no longer counted people.
                    if view.doc.has(np.units.end, POSS | ADP) {
                        at = np.units.start;
                        gap += 1;
                        continue;
                    }
                    break;
                }
                if let Some(count) = count {
                    out.push(count);
                    gap = 0;
                } else {
                    gap += 1;
                }
                at = np.units.start;
            }
            None => {
                if !out.is_empty() && !view.doc.has(at - 1, CC | COMMA) {
                    break;
                }
                if view.phrases.vg_at(at - 1).is_some_and(|v| {
                    v.bits & FINITE != 0
                        && out.is_empty()
                        && v.bits & (HARM | COPULA) == 0
                        && !view.doc.is(v.head, Func::Cause)
                }) {
                    break;
                }
                at -= 1;
                gap += 1;
            }
        }
    }
    out.reverse();
    out
}

/// Counted people to the right of `start`.
fn chain_right(
    view: &View<'_, '_>,
    values: &crate::emit::Values<'_>,
    start: usize,
    bounds: &Range<usize>,
) -> Vec<Counted> {
    let mut out = Vec::new();
    let mut at = start;
    while at < bounds.end && view.doc.has(at, ADV) {
        at += 1;
    }
    while let Some(np) = view
        .phrases
        .nps
        .iter()
        .find(|n| n.units.start == at && n.units.end <= bounds.end)
    {
        let numbered = np.units.clone().any(|u| values::at(values.numbers, u).is_some());
        if !out.is_empty() && !numbered {
            break;
        }
        out.extend(counted(view, values, np.units.clone()));
        at = np.units.end;
        let before = at;
        while at < bounds.end && view.doc.has(at, CC | COMMA) {
            at += 1;
        }
        if at == before {
            break;
        }
    }
    out
}

/// "12 deaths", "heavy casualties", "the deaths of 12 people", "số người chết là 12".
fn noun_count(view: &View<'_, '_>, values: &crate::emit::Values<'_>, u: usize, bounds: &Range<usize>) -> Vec<Counted> {
    let Some(np) = view.phrases.np_at(u) else {
        return vague(u);
    };
    let own = np.units.start.max(bounds.start)..np.units.end;
    let number = own
        .clone()
        .find_map(|i| values::at(values.numbers, i))
        .filter(|n| n.units.start >= bounds.start);
    if let Some(number) = number {
        let who = people(view, values, own.clone());
        return vec![with_number(own, number, who)];
    }
    // "deaths of 12 people"
    let after = np.units.end;
    if after < bounds.end && view.doc.has(after, POSS | ADP) {
        let chain = chain_right(view, values, after + 1, bounds);
        if chain.iter().any(|c| c.max.is_some()) {
            return chain;
        }
    }
    if view.doc.has(own.start, NEG) || own.start > bounds.start && view.doc.has(own.start - 1, NEG) {
        return vec![Counted {
            units: own,
            min: Some(0),
            max: Some(0),
            approx: false,
            group: None,
            party: None,
        }];
    }
    vague(u)
}

fn vague(u: usize) -> Vec<Counted> {
    vec![Counted {
        units: u..u + 1,
        min: Some(2),
        max: None,
        approx: false,
        group: None,
        party: None,
    }]
}

fn people(view: &View<'_, '_>, values: &crate::emit::Values<'_>, units: Range<usize>) -> Who {
    who::read(view.doc, values.places, units)
        .into_iter()
        .next()
        .unwrap_or_default()
}

fn with_number(units: Range<usize>, number: &Number, who: Who) -> Counted {
    Counted {
        units,
        min: number.min,
        max: number.max,
        approx: number.approx,
        group: who.group,
        party: who.party,
    }
}

/// The people that a noun phrase counts, if it counts people.
fn counted(view: &View<'_, '_>, values: &crate::emit::Values<'_>, units: Range<usize>) -> Option<Counted> {
    let doc = view.doc;
    let who = people(view, values, units.clone());
    let number = units.clone().find_map(|i| values::at(values.numbers, i));
    let is_people = who.group.is_some()
        || who.person.is_some()
        || units.clone().any(|u| {
            doc.senses(u).any(|(s, _)| {
                matches!(s, Sense::Org(o) if o.kind != counterclaim_lexicon::OrgKind::Place)
                    || matches!(
                        s,
                        Sense::Party {
                            form: counterclaim_lexicon::PartyForm::People,
                            ..
                        }
                    )
            })
        });
    if let Some(number) = number {
        // A number alone, or with a noun that is no matériel and no measure.
        let bare = units.len() <= number.units.len() + 1;
        let other = units.clone().any(|u| doc.has(u, MATERIEL | ACT | EXHIBIT)) && !is_people;
        if is_people || bare && !other {
            return Some(with_number(units, number, who));
        }
        return None;
    }
    if !is_people || who.anaphor && who.group.is_none() {
        return None;
    }
    let plural = who.plural
        || units.clone().any(|u| {
            doc.is(u, Func::Plural)
                || doc
                    .senses(u)
                    .any(|(s, i)| matches!(s, Sense::Person { .. }) && i == Inflection::Plural)
        });
    let none = units.clone().any(|u| doc.has(u, NEG));
    let (min, max) = match (none, plural) {
        (true, _) => (Some(0), Some(0)),
        (_, true) => (Some(2), None),
        _ => (Some(1), Some(1)),
    };
    Some(Counted {
        units,
        min,
        max,
        approx: false,
        group: who.group.or(who.person.as_ref().map(|_| Group::Unknown)),
        party: who.party,
    })
}

/// Matériel in a noun phrase and what follows it in a list, as losses.
pub(crate) fn losses(
    view: &View<'_, '_>,
    values: &crate::emit::Values<'_>,
    units: &Range<usize>,
    bounds: &Range<usize>,
    harm: LossHarm,
    owner: Option<&str>,
) -> Vec<Loss> {
    let doc = view.doc;
    let mut out: Vec<Loss> = Vec::new();
    let mut end = units.end;
    // On through the list: "5 máy bay, 1 trực thăng và 8 xe tăng".
    while end < bounds.end && doc.has(end, COMMA | CC) {
        let mut next = end + 1;
        while next < bounds.end && doc.has(next, CC) {
            next += 1;
        }
        match view
            .phrases
            .longest_from(next)
            .filter(|n| n.units.end <= bounds.end && n.units.clone().any(|u| doc.has(u, MATERIEL)))
        {
            Some(np) => end = np.units.end,
            None => break,
        }
    }
    let party = who::read(doc, values.places, units.start..end)
        .into_iter()
        .find_map(|w| w.party)
        .or_else(|| owner.map(str::to_owned));
    let mut count: Option<(Option<u64>, Option<u64>)> = None;
    let mut plural = false;
    for u in units.start..end {
        if doc.has(u, COMMA | CC) {
            (count, plural) = (None, false);
        }
        if let Some(number) = values::at(values.numbers, u) {
            count = Some((number.min, number.max));
        }
        plural |= doc.is(u, Func::Plural);
        let found = doc.senses(u).find_map(|(s, i)| {
            if let Sense::Materiel {
                class, object: true, ..
            } = s
            {
                Some((*class, i))
            } else {
                None
            }
        });
        if let Some((class, inflection)) = found {
            let (min, max) = count.unwrap_or(if plural || inflection == Inflection::Plural {
                (Some(2), None)
            } else if doc.pack.head_first {
                (Some(1), None)
            } else {
                (Some(1), Some(1))
            });
            if !out.iter().any(|l| l.class == class && l.min == min) {
                out.push(Loss {
                    class,
                    harm,
                    party: party.clone(),
                    min,
                    max,
                });
            }
        }
    }
    out
}

/// What the words of a range say an attack is made with.
pub(crate) fn weapons(view: &View<'_, '_>, units: Range<usize>) -> Vec<Materiel> {
    let mut out: Vec<Materiel> = Vec::new();
    for u in units {
        for (sense, _) in view.doc.senses(u) {
            let class = match sense {
                Sense::Materiel {
                    class, weapon: true, ..
                } => *class,
                Sense::Act(act) => match act.weapon.filter(|w| told_by(act.act, *w)) {
                    Some(class) => class,
                    None => continue,
                },
                _ => continue,
            };
            if !out.contains(&class) {
                out.push(class);
            }
        }
    }
    out
}

/// Whether an act's word names its weapon, and does not just imply it: "bombed" tells of bombs, "shelled" of no gun.
pub(crate) fn told_by(act: counterclaim_claims::Act, weapon: Materiel) -> bool {
    use counterclaim_claims::Act;
    !matches!(
        (act, weapon),
        (Act::Shelling, Materiel::Artillery)
            | (Act::Airstrike, Materiel::Aircraft)
            | (Act::Shooting | Act::Clash, Materiel::SmallArms)
            | (Act::DroneStrike, Materiel::Drone)
            | (Act::ShootDown, Materiel::AirDefence)
    )
}
