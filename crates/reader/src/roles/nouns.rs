//! Who does what to whom around a noun that names an act, and the verb that carries it.

use super::Roles;
use crate::bits::*;
use crate::clauses::View;
use crate::phrases::Phrase;
use counterclaim_claims::Family;
use counterclaim_lexicon::{ActSense, Func};
use std::ops::Range;

impl View<'_, '_> {
    /// Whether a verb only carries the act that its object names.
    pub(crate) fn is_light(&self, u: usize) -> bool {
        self.doc.is(u, Func::Light) || self.doc.is(u, Func::LightUndergo)
    }

    /// Whether a verb that may tell an act of its own only carries the one its object names: "held talks".
    pub(super) fn carries_weakly(&self, u: usize) -> bool {
        self.doc.act(u).is_none_or(|a| a.flags.weak)
    }

    pub(super) fn noun_roles(&self, u: usize, bounds: &Range<usize>, floor: usize) -> Roles {
        let doc = self.doc;
        let mut roles = Roles::default();
        let Some(np) = self.phrases.np_at(u) else {
            self.prepositions(u + 1, bounds, &mut roles);
            return roles;
        };
        let units = np.units.start.max(bounds.start)..np.units.end.min(bounds.end);
        roles.modifiers = Some(if doc.pack.head_first {
            u + 1..units.end
        } else {
            units.start..u
        })
        .filter(|r| !r.is_empty());
        roles.negated =
            units.clone().any(|i| doc.has(i, NEG)) || units.start > bounds.start && doc.has(units.start - 1, NEG);
        let mut at = units.end.max(u + 1);
        // A phrase of names right after, without a preposition.
        if doc.pack.head_first
            && let Some(next) = self
                .phrases
                .nps
                .iter()
                .find(|n| n.units.start == at && n.units.end <= bounds.end)
        {
            roles.object = Some(next.units.clone());
            at = next.units.end;
        }
        self.prepositions(at, bounds, &mut roles);
        // "launched an attack", "tiến hành cuộc không kích"
        let mut governor = units.start;
        while governor > bounds.start
            && (doc.has(governor - 1, ADV | DET | NUMBER) || doc.is(governor - 1, Func::Classifier))
            && self.phrases.vg_at(governor - 1).is_none()
        {
            governor -= 1;
        }
        if let Some(vg) = self
            .phrases
            .vgs
            .iter()
            .find(|v| v.units.end == governor && v.units.start >= bounds.start)
            && !(doc.pack.head_first && doc.has(vg.head, SUB))
            && (self.is_light(vg.head) || vg.bits & (HARM | LOSS | CUE_V) == 0 && self.carries_weakly(vg.head))
            && (vg.bits & PASSIVE == 0 || doc.is(vg.head, Func::LightUndergo))
        {
            roles.subject = self.subject(vg, &(floor..bounds.end), 0);
            // "It was the third raid": a pronoun that stands for the raid makes none.
            let stands = |s: &Range<usize>| doc.has(s.start, IT | DET_THIS) && vg.bits & COPULA != 0;
            roles.subject = roles.subject.filter(|s| doc.pack.head_first || !stands(s));
            roles.light = true;
            roles.made_up = doc.is(vg.head, Func::MadeUp);
            roles.suffered = doc.is(vg.head, Func::LightUndergo);
            roles.has = doc.is(vg.head, Func::AuxHave) || doc.has(vg.head, EXIST);
            roles.negated |= vg.bits & NEG != 0;
        }
        // "Đang hứng chịu tổn thất": a mark of the passive that holds a noun.
        let mark = governor.wrapping_sub(1);
        if doc.pack.head_first && !roles.light && bounds.contains(&mark) && doc.is(mark, Func::LightUndergo) {
            roles.subject = self.subject_from(mark, 0, &(floor..bounds.end), 0);
            (roles.light, roles.suffered) = (true, true);
        }
        let governing = |v: &&Phrase| v.units.end == governor && v.units.start >= bounds.start;
        if let Some(vg) = self
            .phrases
            .vgs
            .iter()
            .find(governing)
            .filter(|v| v.bits & PASSIVE == 0)
        {
            roles.holder = self.subject(vg, &(floor..bounds.end), 0);
        }
        if let Some(vg) = self
            .phrases
            .vgs
            .iter()
            .find(|v| v.units.end == governor && v.units.start >= bounds.start)
            && doc.is(vg.head, Func::Repulse)
        {
            roles.light = false;
            roles.repulsed = self.subject(vg, &(floor..bounds.end), 0);
        } else if let Some(vg) = self.vg_from(units.end).filter(|v| doc.is(v.head, Func::Repulse)) {
            let mut more = Roles::default();
            self.prepositions(vg.units.end, bounds, &mut more);
            roles.repulsed = more.agent;
            roles.beaten = true;
            return roles;
        }
        // "Flew to Oslo for talks", "agreed in principle to a truce": who does the verb before has part in what the noun names.
        let talks = |a: &ActSense| a.act.family() == Family::Talks;
        if roles.subject.is_none()
            && !doc.pack.head_first
            && doc.act(u).is_some_and(talks)
            && governor > bounds.start
            && doc.has(governor - 1, ADP)
        {
            let leads =
                |v: &&Phrase| v.units.start >= bounds.start && v.units.end < governor && governor - v.units.end <= 5;
            let vg = self.phrases.vgs.iter().rev().find(leads);
            let plain = |v: &&Phrase| {
                v.bits & (PASSIVE | HARM | LOSS) == 0
                    && self.carries_weakly(v.head)
                    && !(v.units.end..governor).any(|i| doc.has(i, COMMA | CC | REL))
            };
            if let Some(vg) = vg.filter(plain) {
                roles.subject = self.subject(vg, &(floor..bounds.end), 0);
                roles.light = roles.subject.is_some();
                roles.negated |= vg.bits & NEG != 0;
            }
        }
        // "An ambush blamed on the rebels"
        let blamed = |v: &&Phrase| v.bits & PARTICIPLE != 0 && v.bits & BLAME != 0 && !doc.pack.head_first;
        if let Some(vg) = self.vg_from(units.end).filter(blamed) {
            let mut more = Roles::default();
            self.prepositions(vg.units.end, bounds, &mut more);
            let on = more.others.into_iter().next().map(|(_, whom)| whom);
            roles.agent = roles.agent.or(on);
            return roles;
        }
        // "the attack was carried out by"
        if let Some(vg) = self
            .vg_from(units.end)
            .filter(|v| v.bits & PASSIVE != 0 && v.bits & (ACT | HARM) == 0)
        {
            let mut more = Roles::default();
            self.prepositions(vg.units.end, bounds, &mut more);
            roles.agent = roles.agent.or(more.agent);
            roles.others.extend(more.others);
        }
        if doc.pack.head_first && doc.act(u).is_some_and(talks) {
            self.agreed(units.end, bounds, &mut roles);
        }
        roles
    }
}
