//! Nouns of harm: "12 deaths", "the deaths of 12 people", "no casualties", "số người chết là 12".

use super::counted::{Counted, is_none};
use super::{Teller, Word, held_as, overlap};
use crate::bits::*;
use crate::phrases::Phrase;
use crate::values;
use counterclaim_claims::{Group, Harm};
use counterclaim_lexicon::{Func, Inflection, Sense};
use std::ops::Range;

impl Teller<'_, '_, '_, '_> {
    /// "12 deaths", "heavy casualties", "the deaths of 12 people", "số người chết là 12", "was among the dead".
    pub(super) fn noun(&mut self, word: &Word, words: &[Word]) {
        let view = self.view;
        let u = word.at;
        if self.out.iter().any(|t| t.victims.contains(&u)) {
            return;
        }
        let np = view.phrases.np_at(u).map_or(u..u + 1, |n| {
            n.units.start.max(self.bounds.start)..n.units.end.min(self.bounds.end).max(u + 1)
        });
        if self
            .out
            .iter()
            .any(|t| t.victims.start < np.end && np.start < t.victims.end)
        {
            return;
        }
        if self.untold(&np) {
            return;
        }
        let end = np.end.max(word.end);
        let mut people = self.counted_by(word, &np, end);
        // "the losses include 105 soldiers killed": told by its own word.
        people.retain(|c| {
            np.start <= c.units.start && c.units.start < end || !self.out.iter().any(|t| overlap(&t.victims, &c.units))
        });
        if people.is_empty() && self.out.is_empty() && self.told_bare(word, &np) {
            people.push(self.figure(np.clone(), Some(2), None));
        }
        for one in people
            .iter_mut()
            .filter(|c| c.group.is_none_or(|g| g == Group::Unknown))
        {
            one.group = self.sufferer(&(np.start..end)).or(one.group);
        }
        if self.purpose(np.start) || (np.start..word.at).any(|u| view.doc.is(u, Func::Unreal)) {
            people.retain(|c| c.max == Some(0));
        }
        let harm = held_as(word, end, words);
        self.push(&Word { harm, ..*word }, people, None);
    }

    /// The people that a noun of harm counts.
    fn counted_by(&self, word: &Word, np: &Range<usize>, end: usize) -> Vec<Counted> {
        let doc = self.view.doc;
        let one = self.counter.count(np.clone(), true);
        if let Some(mut one) = one.clone().filter(|c| c.numbered && c.max != Some(0)) {
            if one.group == Some(Group::Unknown) {
                one.group = self.counter.body_before(np.start).or(one.group);
            }
            let mut people = vec![one];
            // "among the 12 dead were five children"
            let end = end + usize::from(self.among_them_are(np));
            if end > np.end {
                people[0].group = people[0].group.or(Some(Group::Unknown));
                let more = self.counter.parts(end, &mut people[0]);
                people.extend(more);
                return people;
            }
            let more = self.parts(end, &mut people);
            people.extend(more);
            return people;
        }
        if self.none(np) {
            return matches!(word.harm, Harm::Casualties | Harm::Killed | Harm::Wounded)
                .then(|| self.figure(np.clone(), Some(0), Some(0)))
                .into_iter()
                .collect();
        }
        if let Some(some) = self.of_the_dead(np) {
            return vec![some];
        }
        // "the prisoners included Colonel X", "among the dead were two nurses"
        if matches!(
            word.harm,
            Harm::Captured | Harm::Detained | Harm::Killed | Harm::Wounded
        ) && (end < self.bounds.end && doc.is(end, Func::Including) || self.among_them_are(np))
        {
            return self.counter.right(end + 1, false);
        }
        if self.among(np.start) {
            let mut people = self.counter.left(np.start - 1, false);
            let group = one.and_then(|c| c.group);
            for one in people
                .iter_mut()
                .filter(|c| c.group.is_none_or(|g| g == Group::Unknown))
            {
                one.group = group.or(one.group);
            }
            return people;
        }
        if end < self.bounds.end && doc.has(end, POSS) {
            let people = self.counter.right(end + 1, false);
            if !people.is_empty() {
                return people;
            }
        }
        let reached = self.counter.reached(np.end);
        if let Some(number) = reached.or_else(|| self.counter.reached(word.end).filter(|n| n.units.end <= np.end)) {
            // A toll that reaches a figure is that figure, however it is led up to.
            let min = number.min.filter(|m| *m > 0).or(number.max);
            let mut people = vec![self.figure(np.start..number.units.end, min, number.max)];
            let more = self.parts(number.units.end, &mut people);
            people.extend(more);
            return people;
        }
        let mut people = Vec::new();
        if end < self.bounds.end && doc.has(end, ADP) {
            people = self.counter.right(end + 1, false);
            // "losses at 200 dead": told by its own word.
            let harmed = |c: &Counted| {
                let after = self.view.vg_from(c.units.end).is_some_and(|v| v.bits & HARM != 0);
                after || c.units.clone().chain([c.units.end]).any(|u| doc.has(u, HARM))
            };
            people.retain(|c| (c.numbered || c.min == Some(2)) && !harmed(c));
        }
        people
    }

    /// Whether a noun of harm is told to have none: "no casualties", "không có thương vong", "no reports of casualties".
    fn none(&self, np: &Range<usize>) -> bool {
        let (view, doc) = (self.view, self.view.doc);
        let nothing = |r: Range<usize>| r.into_iter().any(|i| doc.has(i, NEG) || is_none(view, i));
        if nothing(np.clone()) {
            return true;
        }
        let Some(before) = np.start.checked_sub(1).filter(|b| *b >= self.bounds.start) else {
            return false;
        };
        let of_nothing = || {
            let np = view.phrases.nps.iter().find(|n| n.units.end == before);
            doc.has(before, POSS) && np.is_some_and(|n| nothing(n.units.clone()))
        };
        nothing(before..before + 1)
            || view.phrases.vg_at(before).is_some_and(|v| v.bits & NEG != 0)
            // "không có dấu hiệu … gây thương vong": said of the whole clause.
            || doc.pack.head_first && self.first_word().is_some_and(|u| nothing(u..u + 1))
            || of_nothing()
            || self.nobody_before(before)
    }

    fn first_word(&self) -> Option<usize> {
        self.bounds.clone().find(|&u| !self.view.doc.has(u, PUNCT | OPEN))
    }

    /// "neither side reported": a subject that is nobody.
    fn nobody_before(&self, verb: usize) -> bool {
        let vg = self.view.phrases.vg_at(verb);
        let subject = vg.and_then(|v| self.view.np_ending(v.units.start, &self.bounds));
        subject.is_some_and(|s| {
            s.into_iter()
                .any(|u| self.view.doc.has(u, NEG) || is_none(self.view, u))
        })
    }

    /// Whether a noun of harm only says what nobody gives: "no word on casualties", "no casualty figures were released".
    fn untold(&self, np: &Range<usize>) -> bool {
        let (view, doc) = (self.view, self.view.doc);
        let nothing = |r: &Range<usize>| r.clone().any(|i| doc.has(i, NEG) || is_none(view, i));
        let gives = |v: &Phrase| v.units.clone().any(|u| doc.is(u, Func::Publish));
        let given = view.vg_from(np.end).filter(|v| v.bits & PASSIVE != 0 && gives(v));
        if given.is_some_and(|v| v.bits & NEG != 0 || nothing(np)) {
            return true;
        }
        let Some(before) = np.start.checked_sub(1).filter(|b| *b >= self.bounds.start) else {
            return false;
        };
        // "chưa rõ thương vong", "chưa có báo cáo về thương vong"
        let asks = |v: &Phrase| v.bits & HEDGE != 0 || v.bits & NEG != 0 && (gives(v) || v.bits & PREP != 0);
        let nobody = |v: &Phrase| gives(v) && self.nobody_before(before);
        if view.phrases.vg_at(before).is_some_and(|v| asks(v) || nobody(v)) {
            return true;
        }
        let topic = doc.has(before, ADP) && !doc.has(before, POSS);
        let np = view.phrases.nps.iter().find(|n| n.units.end == before);
        topic
            && np.is_some_and(|n| {
                let start = n.units.start;
                let said = start > self.bounds.start
                    && (nothing(&(start - 1..start))
                        || view.phrases.vg_at(start - 1).is_some_and(|v| v.bits & NEG != 0));
                nothing(&n.units) || said
            })
    }

    /// "21 of the dead were rebels".
    fn of_the_dead(&self, np: &Range<usize>) -> Option<Counted> {
        let of = np.start.checked_sub(1)?;
        if of <= self.bounds.start || !self.counter.of(of) {
            return None;
        }
        let number = values::at(self.counter.values.numbers, of - 1)?;
        let mut some = self.figure(number.units.start..np.end, number.min, number.max);
        let are = self.view.vg_from(np.end).filter(|v| v.bits & COPULA != 0);
        let whom = are.and_then(|v| self.counter.right(v.units.end, false).first().and_then(|c| c.group));
        some.group = whom.or(some.group);
        Some(some)
    }

    /// "among the dead were", "trong số người chết có": the word after is a verb of being.
    fn among_them_are(&self, np: &Range<usize>) -> bool {
        let doc = self.view.doc;
        let are = self.view.vg_from(np.end);
        np.start > self.bounds.start
            && (doc.is(np.start - 1, Func::Among) || doc.is(np.start - 1, Func::ToBetween))
            && are.is_some_and(|v| v.bits & (COPULA | EXIST) != 0 && v.units.len() == 1)
    }

    /// "was among the dead".
    pub(super) fn among(&self, at: usize) -> bool {
        at > self.bounds.start && self.view.doc.is(at - 1, Func::Among)
    }

    /// "heavy casualties" with nobody named: told where the word itself is a count of people.
    fn told_bare(&self, word: &Word, np: &Range<usize>) -> bool {
        let doc = self.view.doc;
        let plural = doc.pack.head_first
            || doc
                .senses(word.at)
                .any(|(s, i)| matches!(s, Sense::Harm { .. }) && i == Inflection::Plural);
        let purpose = (np.start.saturating_sub(3).max(self.bounds.start)..np.start).any(|u| {
            self.view
                .phrases
                .vg_at(u)
                .is_some_and(|v| v.bits & (MODAL | INFINITIVE | NEG) != 0 || self.purpose(v.units.start))
        });
        (word.harm == Harm::Casualties || word.second.is_some())
            && plural
            && self.view.vg_from(np.end).is_none_or(|v| v.bits & COPULA == 0)
            && !purpose
            && !np.clone().any(|u| doc.has(u, DET_THIS))
    }

    /// Whose "losses" they are: the subject of "suffered", the object of "inflicted … on", those "among" whom they were.
    fn sufferer(&self, np: &Range<usize>) -> Option<Group> {
        let (view, doc) = (self.view, self.view.doc);
        let after = |at: usize| {
            let leads = |at: usize| doc.has(at, ADP) || doc.is(at, Func::ToGoal) || doc.is(at, Func::ToTarget);
            (at < self.bounds.end && leads(at))
                .then(|| self.counter.right(at + 1, false).first().and_then(|c| c.group))
                .flatten()
        };
        if let Some(vg) = view.vg_from(np.end).filter(|v| v.bits & PASSIVE != 0) {
            return after(vg.units.end);
        }
        after(np.end).or_else(|| {
            let governor = view.phrases.vgs.iter().rev().find(|v| {
                v.units.end <= np.start && v.units.start >= self.bounds.start && v.units.end + 2 >= np.start
            })?;
            let suffers = doc.is(governor.head, Func::LightUndergo)
                || doc.is(governor.head, Func::AuxHave)
                || doc.has(governor.head, HARM | LOSS | CUE_V);
            if !suffers {
                return None;
            }
            let subject = view.subject(governor, &self.bounds, 0)?;
            self.counter
                .count(subject, false)?
                .group
                .filter(|g| *g == Group::Military)
        })
    }
}
