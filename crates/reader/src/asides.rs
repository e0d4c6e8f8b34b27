//! Pass 7, first half: the subject of a verb that something about it parts from the verb, in languages whose verbs inflect.

use crate::bits::*;
use crate::clauses::View;
use crate::phrases::Phrase;
use counterclaim_lexicon::PosClass;
use std::ops::Range;

/// How far back a subject stands whose relative clause runs up to its verb.
const FAR: usize = 30;

impl View<'_, '_> {
    /// "The rebels, who hold the port, have attacked", "troops that guard the dam fired", "the council, backed by Accra, took": whom
    /// an aside or a relative clause that ends at `at` tells of.
    pub(crate) fn past_aside(&self, at: usize, bounds: &Range<usize>) -> Option<Range<usize>> {
        let doc = self.doc;
        if doc.pack.head_first || at <= bounds.start + 1 || doc.has(at - 1, CC) {
            return None;
        }
        if doc.has(at - 1, COMMA) {
            return self.before_aside(at - 1, bounds);
        }
        let near = bounds.start.max(at.saturating_sub(FAR));
        let rel = (near..at)
            .rev()
            .take_while(|&u| !doc.has(u, COMMA | COLON | OPEN | CLOSE))
            .find(|&u| doc.has(u, REL) && !doc.has(u, SUB))?;
        let whom = self.np_ending(rel, bounds)?;
        (self.finite_between(rel + 1, at) == 1).then_some(whom)
    }

    /// Whom the aside tells of that a comma at `close` ends.
    fn before_aside(&self, close: usize, bounds: &Range<usize>) -> Option<Range<usize>> {
        let doc = self.doc;
        let near = bounds.start.max(close.saturating_sub(FAR));
        for open in (near + 1..close.saturating_sub(1)).rev().filter(|&u| doc.has(u, COMMA)) {
            if doc.has(open + 1, REL) && !doc.has(open + 1, DET_THIS) {
                return self.np_ending(open, bounds);
            }
            if self.finite_between(open + 1, close) > 0 {
                continue;
            }
            let loose = |v: &Phrase| v.bits & PARTICIPLE != 0 && v.bits & FINITE == 0;
            let hangs = self.vg_from(open + 1).is_some_and(loose) || doc.units[open + 1].class == PosClass::Adp;
            if hangs && let Some(whom) = self.np_ending(open, bounds) {
                return Some(whom);
            }
        }
        None
    }

    /// "Troops backed by helicopters seized": whom a participle tells of whose doer stands behind `by`.
    pub(crate) fn led_by(&self, by: usize, bounds: &Range<usize>) -> Option<Range<usize>> {
        let passive = |v: &&Phrase| v.units.end == by && v.bits & PARTICIPLE != 0 && v.bits & FINITE == 0;
        let verb = self.phrases.vgs.iter().find(passive)?;
        let near = verb.units.start > bounds.start && !self.doc.has(verb.units.start - 1, COMMA | CC | ADP | SUB);
        if self.doc.pack.head_first || !near {
            return None;
        }
        self.np_ending(verb.units.start, bounds)
    }

    /// "…, the envoy said, and has sent": who speaks in the middle of a clause is none of it.
    pub(crate) fn is_inserted(&self, verb: &Phrase, bounds: &Range<usize>) -> bool {
        let doc = self.doc;
        let closes = verb.bits & CUE_V != 0 && doc.has(verb.units.end, COMMA);
        let subject = self
            .np_ending(verb.units.start, bounds)
            .filter(|_| closes && !doc.pack.head_first);
        subject.is_some_and(|s| s.start > bounds.start && doc.has(s.start - 1, COMMA))
    }

    fn finite_between(&self, from: usize, to: usize) -> usize {
        let inside = |v: &&Phrase| v.bits & FINITE != 0 && from <= v.units.start && v.units.end <= to;
        self.phrases.vgs.iter().filter(inside).count()
    }
}
