//! Counted people: a number, its noun and what is attached to them.

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
    pub(super) named: bool,
    /// "six Indian": a number and whose, without a noun.
    pub(super) headless: bool,
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
            headless: false,
        }
    }

    /// "the army", "the gunman": somebody told of before and not counted here.
    pub(crate) fn definite(&self, doc: &crate::doc::Doc<'_>) -> bool {
        self.one() && !self.numbered && !self.named && !doc.is(self.units.start, Func::Single) && !doc.pack.head_first
    }

    pub(super) fn one(&self) -> bool {
        (self.min, self.max) == (Some(1), Some(1))
    }
}

/// Looks for counted people in one clause.
pub(crate) struct Counter<'v, 'a, 't, 'n> {
    pub(crate) view: &'v View<'a, 't>,
    pub(crate) values: &'v Values<'n>,
    pub(crate) bounds: Range<usize>,
}

impl<'a> Counter<'_, 'a, '_, '_> {
    pub(super) fn ending(&self, at: usize) -> Option<&'a Phrase> {
        let nps = &self.view.phrases.nps;
        let n = nps.partition_point(|n| n.units.end < at);
        // "22 people dead": the harm at its end is said of those whom the phrase counts.
        let ends = |n: &Phrase| n.units.end == at || (at..n.units.end).all(|u| self.view.doc.has(u, HARM));
        nps.get(n)
            .filter(|n| n.units.start < at && n.units.start >= self.bounds.start && ends(n))
    }

    pub(super) fn starting(&self, at: usize) -> Option<&'a Phrase> {
        let nps = &self.view.phrases.nps;
        let n = nps.partition_point(|n| n.units.start < at);
        nps.get(n)
            .filter(|n| n.units.start == at && n.units.end <= self.bounds.end)
    }

    /// Whether `at` joins a noun to the one before it: "of".
    pub(super) fn of(&self, at: usize) -> bool {
        let doc = self.view.doc;
        doc.has(at, POSS)
            && !doc.has(at, PASSIVE_WORD | CUE_P | NEG | AGENT)
            && (doc.has(at, ADP) || doc.pack.head_first)
    }

    /// "members of", "one of": entries of the lexicon that are no determiners of their own.
    fn ends_in_of(&self, u: usize) -> bool {
        let doc = self.view.doc;
        let unit = &doc.units[u];
        unit.tokens.len() > 1 && (unit.bits & DET != 0 && unit.class == PosClass::Noun || self.one_of(u))
    }

    /// "one of the guards".
    fn one_of(&self, u: usize) -> bool {
        let doc = self.view.doc;
        doc.is(u, Func::Among) && doc.units[u].class == PosClass::Num
    }

    /// "a family of five", "một gia đình 5 người": one body, told by how many it has.
    fn collective(&self, np: &Phrase) -> bool {
        np.bits & PERSON != 0 && values::at(self.values.numbers, np.units.start).is_some_and(|n| n.max == Some(1))
    }

    /// Of which people the body is that is told right before its number: "một gia đình 5 người".
    pub(super) fn body_before(&self, at: usize) -> Option<Group> {
        if !self.view.doc.pack.head_first {
            return None;
        }
        let np = self.ending(at).filter(|np| self.collective(np))?;
        self.count(np.units.clone(), false)?.group
    }

    /// The phrase that ends at `at`, from its first noun on: "four members of the guard".
    pub(super) fn whole_ending(&self, at: usize) -> Option<Range<usize>> {
        let mut first = self.ending(at)?.units.start;
        for _ in 0..4 {
            let before = if first > self.bounds.start && self.ends_in_of(first - 1) {
                self.ending(first)
            } else if first > self.bounds.start && self.of(first - 1) {
                // "21 more of its guards".
                let more = first >= 2 && self.view.doc.is(first - 2, Func::Other);
                self.ending(first - 1)
                    .or_else(|| self.ending(first - 2).filter(|_| more))
            } else if self.view.doc.pack.head_first {
                let counted = self.is_counted_start(first);
                self.ending(first).filter(|np| !counted || self.collective(np))
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
    pub(super) fn whole_starting(&self, at: usize) -> Option<Range<usize>> {
        let np = self.starting(at)?;
        let mut end = np.units.end;
        for _ in 0..4 {
            let next = if self.ends_in_of(end - 1) {
                self.starting(end)
            } else if end < self.bounds.end && self.of(end) {
                self.starting(end + 1)
            } else if end + 1 < self.bounds.end && self.view.doc.is(end, Func::Other) && self.of(end + 1) {
                self.starting(end + 2)
            } else if self.view.doc.pack.head_first && (!self.is_counted_start(end) || self.collective(np)) {
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
        let first = units.clone().find_map(|i| values::at(self.values.numbers, i))?;
        let held = self.held(first, units);
        let number = held.unwrap_or(first);
        if self.is_money(number) {
            return None;
        }
        if held.is_some() {
            return held.filter(|n| !self.measure(n.units.end));
        }
        if number.units.start < self.bounds.start
            || (units.start..number.units.start).any(|u| {
                doc.has(u, PERSON | ORG | PROPN | MATERIEL) || doc.units[u].class == PosClass::Noun && !self.is_tally(u)
            })
            || number.units.end < self.view.sent.units.end && self.measure(number.units.end)
            || number.units.start > self.bounds.start
                && self.is_tally(number.units.start - 1)
                && !doc.is(number.units.start - 1, Func::Total)
        {
            return None;
        }
        Some(number)
    }

    /// How many a body has: "a total of 19 people", "a family of five", "một gia đình 5 người".
    fn held(&self, first: &Number, units: &Range<usize>) -> Option<&Number> {
        if first.min != Some(1) || first.max != Some(1) {
            return None;
        }
        let follows = |u: &usize| self.of(*u - 1) || self.ends_in_of(*u - 1) || self.view.doc.pack.head_first;
        (first.units.end + 1..units.end)
            .filter(follows)
            .find_map(|u| values::at(self.values.numbers, u).filter(|n| n.units.start == u && n.max != Some(1)))
    }

    /// "$200 million", and millions of nothing: sums, not people.
    fn is_money(&self, number: &Number) -> bool {
        let doc = self.view.doc;
        let led = number.units.start > self.view.sent.units.start
            && matches!(
                doc.words(&(number.units.start - 1..number.units.start)),
                "$" | "€" | "£" | "¥"
            );
        let signed = number
            .units
            .clone()
            .any(|u| doc.words(&(u..u + 1)).contains(['$', '€', '£']));
        let counts = doc.has(number.units.end, WHO | PERSON | HARM | ADJ | NOUN | PROPN);
        // "Displaced more than a million": beside a word of harm a bare number counts people, where words inflect.
        let bare = doc.pack.head_first && !counts;
        led || signed || number.min.or(number.max).is_some_and(|n| n >= 1_000_000) && bare
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
        if self.is_thing(&units) {
            return None;
        }
        let who = who::read(doc, self.values.places, units.clone())
            .into_iter()
            .next()
            .unwrap_or_default();
        let group = self.group(&units, who.sector);
        let people = group.is_some() || who.person.is_some() || self.is_people(&units);
        let tally = self.is_tally(units.start) || self.is_tally(units.start + usize::from(units.len() > 1));
        let after = units.end..(units.end + 1).min(self.bounds.end);
        let other = units.clone().chain(after).any(|u| doc.is(u, Func::Other));
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
            // "12 unlawful killings": a deed that is the death of one counts people.
            let deed = |u: usize| doc.has(u, ACT) && !doc.has(u, HARM);
            let thing = units.clone().any(|u| doc.has(u, MATERIEL | EXHIBIT | TIME) || deed(u));
            let last = doc.has(units.end - 1, MATERIEL) && !units.clone().any(|u| doc.has(u, PERSON));
            if last && !doc.pack.head_first {
                return None;
            }
            // "78 chiếc bị bắn hạ": a word that counts things counts nobody.
            if !people && doc.pack.head_first && doc.is(units.end - 1, Func::Classifier) {
                return None;
            }
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
                headless: units.clone().all(|u| doc.has(u, NUMBER | NUM) || self.adjective(u))
                    && units.clone().any(|u| self.adjective(u)),
                ..base
            });
        }
        if people && self.one_of(units.start) {
            return Some(Counted {
                min: Some(1),
                max: Some(1),
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
            who.person.is_some()
                || units.clone().any(|u| doc.has(u, DET_THIS) || doc.is(u, Func::Single))
                || self.office(&units)
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

    /// The party that a phrase names first.
    pub(super) fn whose(&self, units: Range<usize>) -> Option<String> {
        who::read(self.view.doc, self.values.places, units)
            .into_iter()
            .find_map(|w| w.party)
    }

    /// "14 rebel tanks": the noun that the number counts is a thing, whoever it belongs to.
    fn is_thing(&self, units: &Range<usize>) -> bool {
        let doc = self.view.doc;
        let end = units.clone().find(|&u| self.of(u)).unwrap_or(units.end);
        let noun = |u: &usize| doc.has(*u, NOUN | PERSON | ORG | MATERIEL);
        let head = if doc.pack.head_first {
            (units.start..end).find(noun)
        } else {
            (units.start..end).rev().find(noun)
        };
        head.is_some_and(|u| doc.has(u, MATERIEL) && !doc.has(u, PERSON | ORG | HARM))
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

    pub(super) fn is_people(&self, units: &Range<usize>) -> bool {
        let doc = self.view.doc;
        units.clone().any(|u| {
            doc.senses(u).any(|(s, _)| match s {
                Sense::Org(o) => matches!(o.kind, OrgKind::Title | OrgKind::Role),
                Sense::Party { form, .. } => *form == PartyForm::People,
                Sense::Person { .. } => true,
                _ => false,
            })
        })
    }

    /// "Indian" in "six Indian and four Pakistani soldiers".
    fn adjective(&self, u: usize) -> bool {
        let form = |(s, _): (&Sense, _)| {
            matches!(
                s,
                Sense::Party {
                    form: PartyForm::Adjective,
                    ..
                }
            )
        };
        self.view.doc.senses(u).any(form)
    }

    /// "thị trưởng thành phố": an office that one holds, named without a word for many.
    fn office(&self, units: &Range<usize>) -> bool {
        let doc = self.view.doc;
        let title = |u: usize| {
            doc.senses(u)
                .any(|(s, _)| matches!(s, Sense::Org(o) if o.kind == OrgKind::Title))
        };
        let first = units.clone().find(|&u| doc.has(u, PERSON | ORG));
        first.is_some_and(title) && !self.plural(units)
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

    /// The figure that a tally comes to: "the toll rose to 40", "số người chết là 12".
    pub(crate) fn reached(&self, from: usize) -> Option<&Number> {
        let doc = self.view.doc;
        for u in from..self.bounds.end.min(from + 12) {
            // "Số người chết kể từ tháng 10 đã lên tới 40": since when it is counted stands between.
            if self.view.phrases.times.iter().any(|t| t.units.contains(&u)) {
                continue;
            }
            // "The victims were aged 17 to 18": how old they are, and not how many.
            if doc.has(u, COMMA | CC | SUB | REL) || doc.is(u, Func::Age) {
                return None;
            }
            if let Some(number) = values::at(self.values.numbers, u).filter(|n| n.units.start == u) {
                let led = u > from
                    && (doc.has(u - 1, COPULA | POSS | ADP | ADV | INF | COLON)
                        || doc.is(u - 1, Func::ToGoal)
                        || self.view.phrases.vg_at(u - 1).is_some())
                    || number.units.len() > 1;
                let last = self.next_of_range(number).unwrap_or(number).units.end;
                let measured = self.is_money(number)
                    || [number.units.end, last]
                        .iter()
                        .any(|&end| end < self.view.sent.units.end && self.measure(end));
                // "was a step": no figure but an article.
                let counts = doc
                    .units
                    .get(number.units.end)
                    .is_none_or(|u| u.bits & HARM == 0 && (u.bits & (NOUN | ADJ) == 0 || u.bits & PERSON != 0));
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
