//! Counted people: a number, its noun and what is attached to them; and lists of them to the left and right of a word.

use crate::bits::*;
use crate::clauses::View;
use crate::emit::Values;
use crate::phrases::Phrase;
use crate::values::{self, Number};
use crate::who;
use counterclaim_claims::{Group, Sector};
use counterclaim_lexicon::{Func, Inflection, OrgKind, PartyForm, PosClass, Sense};
use std::ops::Range;

/// People that one phrase counts.
#[derive(Debug, Clone)]
pub(crate) struct Counted {
    pub(crate) units: Range<usize>,
    pub(crate) min: Option<u64>,
    pub(crate) max: Option<u64>,
    pub(crate) approx: bool,
    /// Which people; none where a number stands without its noun.
    pub(crate) group: Option<Group>,
    pub(crate) party: Option<String>,
    /// A number was told.
    pub(crate) numbered: bool,
    /// Others of those counted before: "another 12", "58 more".
    pub(crate) other: bool,
    /// Some of those that the list's total counts.
    pub(crate) part: bool,
    /// "the number of people": the figure stands after the verb.
    pub(crate) tally: bool,
    /// A person by name or title.
    named: bool,
}

impl Counted {
    /// Nobody in particular.
    pub(crate) fn of(units: Range<usize>) -> Counted {
        Counted {
            units,
            min: None,
            max: None,
            approx: false,
            group: None,
            party: None,
            numbered: false,
            other: false,
            part: false,
            tally: false,
            named: false,
        }
    }

    /// "the army", "the gunman": somebody told of before and not counted here.
    pub(crate) fn definite(&self, doc: &crate::doc::Doc<'_>) -> bool {
        self.one() && !self.named && !doc.is(self.units.start, Func::Single) && !doc.pack.head_first
    }

    fn one(&self) -> bool {
        !self.numbered && self.min == Some(1) && self.max == Some(1)
    }
}

/// Looks for counted people in one clause.
pub(crate) struct Counter<'v, 'a, 't, 'n> {
    pub(crate) view: &'v View<'a, 't>,
    pub(crate) values: &'v Values<'n>,
    pub(crate) bounds: Range<usize>,
}

/// How far a list may reach from its word, in steps.
const REACH: usize = 40;

impl<'a> Counter<'_, 'a, '_, '_> {
    fn ending(&self, at: usize) -> Option<&'a Phrase> {
        let nps = &self.view.phrases.nps;
        let n = nps.partition_point(|n| n.units.end < at);
        nps.get(n)
            .filter(|n| n.units.end == at && n.units.start >= self.bounds.start)
    }

    fn starting(&self, at: usize) -> Option<&'a Phrase> {
        let nps = &self.view.phrases.nps;
        let n = nps.partition_point(|n| n.units.start < at);
        nps.get(n)
            .filter(|n| n.units.start == at && n.units.end <= self.bounds.end)
    }

    /// Whether `at` joins a noun to the one before it: "of".
    fn of(&self, at: usize) -> bool {
        let doc = self.view.doc;
        doc.has(at, POSS)
            && !doc.has(at, PASSIVE_WORD | CUE_P | NEG | AGENT)
            && (doc.has(at, ADP) || doc.pack.head_first)
    }

    /// "members of", an entry of the lexicon that is no determiner of its own.
    fn ends_in_of(&self, u: usize) -> bool {
        let doc = self.view.doc;
        doc.is(u, Func::Det) && doc.units[u].class == PosClass::Noun && doc.units[u].tokens.len() > 1
    }

    /// The phrase that ends at `at`, from its first noun on: "four members of the guard".
    fn whole_ending(&self, at: usize) -> Option<Range<usize>> {
        let mut first = self.ending(at)?.units.start;
        for _ in 0..4 {
            let before = if first > self.bounds.start && self.ends_in_of(first - 1) {
                self.ending(first)
            } else if first > self.bounds.start && self.of(first - 1) {
                self.ending(first - 1)
            } else if self.view.doc.pack.head_first && !self.is_counted_start(first) {
                self.ending(first)
            } else {
                None
            };
            match before {
                Some(np) => first = np.units.start,
                None => break,
            }
        }
        Some(first..at)
    }

    /// The phrase that starts at `at`, with what hangs on it.
    fn whole_starting(&self, at: usize) -> Option<Range<usize>> {
        let mut end = self.starting(at)?.units.end;
        for _ in 0..4 {
            let next = if self.ends_in_of(end - 1) {
                self.starting(end)
            } else if end < self.bounds.end && self.of(end) {
                self.starting(end + 1)
            } else if self.view.doc.pack.head_first && !self.is_counted_start(end) {
                self.starting(end)
            } else {
                None
            };
            match next {
                Some(np) => end = np.units.end,
                None => break,
            }
        }
        Some(at..end)
    }

    fn is_counted_start(&self, at: usize) -> bool {
        values::at(self.values.numbers, at).is_some_and(|n| n.max != Some(1))
            || self.view.doc.has(at, PRONOUN | PROPN)
            || self.view.doc.is(at, Func::Plural)
    }

    /// The number that counts a phrase's first noun, with nothing that it names or measures.
    fn number(&self, units: &Range<usize>) -> Option<&Number> {
        let doc = self.view.doc;
        let number = units.clone().find_map(|i| values::at(self.values.numbers, i))?;
        if number.units.start < self.bounds.start
            || (units.start..number.units.start).any(|u| {
                doc.has(u, PERSON | ORG | PROPN | MATERIEL) || doc.units[u].class == PosClass::Noun && !self.is_tally(u)
            })
            || number.units.end < self.view.sent.units.end && self.measure(number.units.end)
            || number.units.start > self.bounds.start && self.is_tally(number.units.start - 1)
        {
            return None;
        }
        Some(number)
    }

    fn measure(&self, u: usize) -> bool {
        let doc = self.view.doc;
        doc.is(u, Func::Measure)
            || doc.words(&(u..u + 1)) == "%"
            || doc
                .senses(u)
                .any(|(s, _)| matches!(s, Sense::Time(t) if t.class == counterclaim_lexicon::TimeClass::Unit))
    }

    fn is_tally(&self, u: usize) -> bool {
        self.view.doc.is(u, Func::Tally)
    }

    /// The people that a phrase counts, if it counts people. With `any` a number before whatever noun counts.
    pub(crate) fn count(&self, units: Range<usize>, any: bool) -> Option<Counted> {
        let doc = self.view.doc;
        let who = who::read(doc, self.values.places, units.clone())
            .into_iter()
            .next()
            .unwrap_or_default();
        let group = self.group(&units, who.sector);
        let people = group.is_some() || who.person.is_some() || self.is_people(&units);
        let tally = self.is_tally(units.start) || self.is_tally(units.start + usize::from(units.len() > 1));
        let other = units.clone().any(|u| doc.is(u, Func::Other));
        let base = Counted {
            group: group.or(people.then_some(Group::Unknown)),
            party: who.party.clone(),
            other,
            tally,
            named: who.person.is_some(),
            ..Counted::of(units.clone())
        };
        if let Some(number) = self.number(&units) {
            let alone = units
                .clone()
                .all(|u| number.units.contains(&u) || doc.is(u, Func::Other) || doc.has(u, DET) && !doc.has(u, NOUN));
            let alone = alone
                && doc
                    .units
                    .get(units.end)
                    .is_none_or(|u| u.bits & (NOUN | PROPN | ADJ | DASH) == 0 || u.bits & HARM != 0);
            let thing = units.clone().any(|u| doc.has(u, MATERIEL | ACT | EXHIBIT | TIME));
            if !people && !alone && (thing || !any) {
                return None;
            }
            return Some(Counted {
                min: number.min,
                max: number.max,
                approx: number.approx,
                group: if alone && !people {
                    None
                } else {
                    base.group.or(Some(Group::Unknown))
                },
                numbered: true,
                ..base
            });
        }
        if !people || who.anaphor && who.group.is_none() || doc.has(units.start, PRONOUN) {
            return None;
        }
        let none = units.clone().any(|u| doc.has(u, NEG) || is_none(self.view, u))
            || units.start > self.bounds.start && doc.has(units.start - 1, NEG);
        let singular = if doc.pack.head_first {
            who.person.is_some() || units.clone().any(|u| doc.has(u, DET_THIS) || doc.is(u, Func::Single))
        } else {
            !who.plural && !self.plural(&units)
        };
        let (min, max) = match (none, singular) {
            (true, _) => (Some(0), Some(0)),
            (_, true) => (Some(1), Some(1)),
            _ => (Some(2), None),
        };
        Some(Counted { min, max, ..base })
    }

    /// Which people: what the head noun says, else what is attached to it, else the body that they belong to.
    fn group(&self, units: &Range<usize>, sector: Sector) -> Option<Group> {
        let doc = self.view.doc;
        let of_unit = |u: usize| {
            doc.senses(u).find_map(|(s, _)| match s {
                Sense::Person { who, .. } => Some(*who),
                _ => None,
            })
        };
        let known = |u: usize| of_unit(u).filter(|g| *g != Group::Unknown);
        let head = units.clone().find(|&u| self.of(u)).unwrap_or(units.end);
        let first = units.start..head;
        let named = if doc.pack.head_first {
            units.clone().find_map(known)
        } else {
            first
                .rev()
                .find_map(known)
                .or_else(|| (head..units.end).find_map(known))
        };
        let told = units.clone().find_map(of_unit);
        named
            .or(match sector {
                Sector::Mil | Sector::Reb => Some(Group::Military),
                Sector::Pol => Some(Group::Police),
                Sector::Med | Sector::Ngo | Sector::Igo | Sector::Cvl if told.is_none() => Some(Group::Civilian),
                _ => None,
            })
            .or(told)
    }

    fn is_people(&self, units: &Range<usize>) -> bool {
        let doc = self.view.doc;
        units.clone().any(|u| {
            doc.senses(u).any(|(s, _)| match s {
                Sense::Org(o) => o.kind != OrgKind::Place && o.kind != OrgKind::Org,
                Sense::Party { form, .. } => *form == PartyForm::People,
                Sense::Person { .. } => true,
                _ => false,
            })
        })
    }

    fn plural(&self, units: &Range<usize>) -> bool {
        let doc = self.view.doc;
        units.clone().any(|u| {
            doc.is(u, Func::Plural)
                || doc.senses(u).any(|(s, i)| match s {
                    Sense::Person { plural, .. } => *plural || i == Inflection::Plural,
                    Sense::Org(_) => i == Inflection::Plural,
                    _ => false,
                })
        })
    }

    /// Counted people to the left of `end`, the nearest verb's subject: back over what only says when and where, through
    /// relative clauses, parts ("among them two children") and coordinations.
    pub(crate) fn left(&self, end: usize, any: bool) -> Vec<Counted> {
        let doc = self.view.doc;
        let mut out: Vec<Counted> = Vec::new();
        let (mut at, mut linked, mut listed, mut total_due) = (end, false, false, false);
        for _ in 0..REACH {
            if at <= self.bounds.start {
                break;
            }
            let before = at - 1;
            if doc.is(before, Func::Including) && (!out.is_empty() || at < end) {
                for one in &mut out {
                    one.part = true;
                }
                (at, total_due) = (before, true);
                continue;
            }
            if let Some(units) = self.whole_ending(at) {
                let placed = units.start > self.bounds.start
                    && doc.has(units.start - 1, ADP | AGENT)
                    && !doc.has(units.start - 1, SUB)
                    && !self.of(units.start - 1)
                    && !doc.is(units.start - 1, Func::Including)
                    && !doc.is(units.start - 1, Func::Along);
                let found = if placed { None } else { self.count(units.clone(), any) };
                if found.is_some()
                    && out.is_empty()
                    && at < end
                    && let Some(rel) = self.inside_relative(&units)
                {
                    at = rel;
                    continue;
                }
                if !out.is_empty() && units.clone().any(|u| doc.has(u, HARM)) {
                    break;
                }
                match found {
                    Some(mut one) if out.is_empty() || linked || total_due => {
                        // "the commander, General X, was killed": one person told twice.
                        let again = !total_due && linked && !listed && !out.is_empty();
                        if again && one.one() && out.first().is_some_and(Counted::one) {
                            let known = &mut out[0];
                            if known.group.is_none_or(|g| g == Group::Unknown) {
                                known.group = one.group;
                            }
                            known.units.start = one.units.start;
                        } else if again && !one.numbered && !one.named {
                            break;
                        } else if listed && one.numbered && self.shares(&one, &out[0]) {
                            // "350 soldiers and civilians": one number for both.
                            let second = out.remove(0);
                            if second.group != one.group {
                                one.group = Some(Group::Mixed);
                            }
                            one.units.end = second.units.end;
                            out.insert(0, one);
                        } else {
                            one.part = false;
                            out.insert(0, one);
                        }
                        (at, linked, total_due) = (units.start, false, false);
                        continue;
                    }
                    _ if out.is_empty() || total_due => {
                        at = units.start;
                        continue;
                    }
                    _ => break,
                }
            }
            if let Some(time) = self.view.phrases.times.iter().find(|t| t.units.end == at) {
                at = time.units.start.max(self.bounds.start);
                continue;
            }
            if doc.has(before, CC) || doc.is(before, Func::Along) {
                (linked, listed, at) = (true, !out.is_empty(), before);
                continue;
            }
            if doc.has(before, COMMA) {
                (linked, at) = (true, before);
                continue;
            }
            if !out.is_empty() && !total_due {
                break;
            }
            if let Some(vg) = self.view.phrases.vg_at(before) {
                if vg.bits & FINITE != 0 && !self.view.doc.is(vg.head, Func::Cause) && vg.bits & (COPULA | HARM) == 0 {
                    // A relative clause between the people and their verb.
                    let floor = self.bounds.start.max(vg.units.start.saturating_sub(12));
                    let Some(rel) = (floor..vg.units.start).rev().find(|&u| doc.has(u, REL)) else {
                        break;
                    };
                    at = rel;
                    continue;
                }
                if vg.bits & FINITE != 0 && doc.is(vg.head, Func::Cause) && at < end {
                    break;
                }
                at = vg.units.start.max(self.bounds.start);
                continue;
            }
            if doc.has(before, SUB) && !doc.has(before, ADP) && at < end {
                break;
            }
            at = before;
        }
        settle(out, &self.bounds)
    }

    /// Counted people to the right of `start`: a verb's object and the list that goes on from it.
    pub(crate) fn right(&self, start: usize, any: bool) -> Vec<Counted> {
        let doc = self.view.doc;
        let mut out: Vec<Counted> = Vec::new();
        let mut at = start;
        while at < self.bounds.end
            && self.starting(at).is_none()
            && at < start + 3
            && (doc.has(at, ADV | POSS | DET) || doc.is(at, Func::Plural) || doc.has(at, OPEN))
        {
            at += 1;
        }
        let (mut linked, mut part) = (true, false);
        for _ in 0..REACH {
            if at >= self.bounds.end {
                break;
            }
            if doc.is(at, Func::Including) && !out.is_empty() {
                (part, linked, at) = (true, true, at + 1);
                continue;
            }
            if doc.has(at, CC | COMMA) || doc.is(at, Func::Along) {
                if doc.has(at, CC) || doc.is(at, Func::Along) || self.list_goes_on(at) {
                    linked = true;
                }
                at += 1;
                continue;
            }
            let Some(units) = self.whole_starting(at).filter(|_| linked) else {
                break;
            };
            // "… and the commander said": the next clause's subject.
            if !out.is_empty() && self.view.vg_from(units.end).is_some_and(|v| v.bits & FINITE != 0) {
                break;
            }
            let Some(mut one) = self.count(units.clone(), any) else {
                break;
            };
            if !out.is_empty() && !one.numbered && !part && one.group.is_none_or(|g| g == Group::Unknown) && !one.one()
            {
                break;
            }
            if let Some(before) = out.last_mut().filter(|_| !part)
                && before.numbered
                && self.shares(before, &one)
                && doc.has(units.start - 1, CC)
            {
                if before.group != one.group {
                    before.group = Some(Group::Mixed);
                }
                before.units.end = units.end;
                (at, linked) = (units.end, false);
                continue;
            }
            one.part = part;
            out.push(one);
            (at, linked) = (units.end, false);
            if part || self.followed_by_parts(at) {
                continue;
            }
        }
        settle(out, &self.bounds)
    }

    /// The parts of a total, from `start` on; the total itself is told already.
    pub(crate) fn parts(&self, start: usize, total: &Counted) -> Vec<Counted> {
        let mut list = self.right(start, false);
        for one in &mut list {
            one.part = true;
        }
        list.insert(0, total.clone());
        let mut list = settle(list, &self.bounds);
        list.remove(0);
        list
    }

    /// Whether a plural without a number goes on with the number before it.
    fn shares(&self, first: &Counted, second: &Counted) -> bool {
        first.max != Some(1) && !second.numbered && !second.named && second.min == Some(2) && second.max.is_none()
    }

    /// Where the relative clause begins that a phrase stands in, after its verb: "men who attacked the guards".
    fn inside_relative(&self, units: &Range<usize>) -> Option<usize> {
        let doc = self.view.doc;
        let floor = self.bounds.start.max(units.start.saturating_sub(12));
        let rel = (floor..units.start)
            .rev()
            .take_while(|&u| !doc.has(u, COMMA))
            .find(|&u| doc.has(u, REL) && !doc.is(u, Func::Including))?;
        let verb = self
            .view
            .phrases
            .vgs
            .iter()
            .any(|v| v.bits & FINITE != 0 && v.units.start > rel && v.units.end <= units.start);
        (verb && rel > self.bounds.start && self.ending(rel).is_some()).then_some(rel)
    }

    /// ", 3 soldiers": a comma and then a number.
    fn list_goes_on(&self, comma: usize) -> bool {
        let next = comma + 1;
        next < self.bounds.end
            && (values::at(self.values.numbers, next).is_some()
                || self.view.doc.is(next, Func::Including)
                || self.view.doc.has(next, CC))
    }

    fn followed_by_parts(&self, at: usize) -> bool {
        let doc = self.view.doc;
        at < self.bounds.end
            && (doc.is(at, Func::Including)
                || doc.has(at, COMMA) && at + 1 < self.bounds.end && doc.is(at + 1, Func::Including))
    }

    /// The figure that a tally comes to: "the toll rose to 40", "số người chết là 12".
    pub(crate) fn reached(&self, from: usize) -> Option<&Number> {
        let doc = self.view.doc;
        for u in from..self.bounds.end.min(from + 12) {
            if doc.has(u, COMMA | CC | SUB | REL) {
                return None;
            }
            if let Some(number) = values::at(self.values.numbers, u).filter(|n| n.units.start == u) {
                let led = u > from
                    && (doc.has(u - 1, COPULA | POSS | ADP | INF | COLON)
                        || doc.is(u - 1, Func::ToGoal)
                        || self.view.phrases.vg_at(u - 1).is_some())
                    || number.units.len() > 1;
                let measured = number.units.end < self.view.sent.units.end && self.measure(number.units.end);
                // "was a step": no figure but an article.
                let counts = doc
                    .units
                    .get(number.units.end)
                    .is_none_or(|u| u.bits & (NOUN | ADJ) == 0 || u.bits & PERSON != 0);
                if led && !measured && counts {
                    // "from 12 to 15": the last is the toll.
                    return self.next_of_range(number).or(Some(number));
                }
            }
        }
        None
    }

    fn next_of_range(&self, number: &Number) -> Option<&Number> {
        let to = number.units.end;
        (to + 1 < self.bounds.end && (self.view.doc.has(to, INF) || self.view.doc.is(to, Func::ToGoal)))
            .then(|| values::at(self.values.numbers, to + 1))
            .flatten()
    }
}

/// Whether a unit says that there is none.
pub(crate) fn is_none(view: &View<'_, '_>, u: usize) -> bool {
    view.doc
        .senses(u)
        .any(|(s, _)| matches!(s, Sense::Number(n) if n.kind == counterclaim_lexicon::NumberKind::None))
}

/// Bounds and groups that a list's members share: "at least A and B" holds for both; a total of soldiers and civilians is
/// mixed; parts are told only where they differ from the total.
fn settle(mut list: Vec<Counted>, bounds: &Range<usize>) -> Vec<Counted> {
    list.retain(|c| c.units.end > bounds.start);
    if let Some(first) = list.first()
        && first.numbered
        && first.max.is_none()
    {
        for one in list
            .iter_mut()
            .skip(1)
            .filter(|c| c.numbered && !c.part && c.min == c.max)
        {
            one.max = None;
        }
    }
    let parts: Vec<Group> = list.iter().filter(|c| c.part).filter_map(|c| c.group).collect();
    if let Some(total) = list.iter_mut().find(|c| !c.part)
        && !parts.is_empty()
        && total.group.is_none_or(|g| g == Group::Unknown)
    {
        let has = |g: Group| parts.contains(&g);
        let armed = has(Group::Military) || has(Group::Police);
        if armed && has(Group::Civilian) {
            total.group = Some(Group::Mixed);
        } else if parts.len() > 1 && parts.iter().all(|g| *g == Group::Civilian) {
            total.group = Some(Group::Civilian);
        }
    }
    let total = list.iter().find(|c| !c.part).cloned();
    if let Some(total) = total {
        list.retain(|c| {
            !c.part
                || c.numbered
                    && (c.group.is_some_and(|g| g != Group::Unknown && Some(g) != total.group)
                        || c.party.is_some() && c.party != total.party)
        });
    }
    list
}
