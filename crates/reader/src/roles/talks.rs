//! Who has part in talks and truces that a noun names, where languages put its verb and doers behind it.

use super::Roles;
use crate::bits::*;
use crate::clauses::View;
use counterclaim_claims::Family;
use counterclaim_lexicon::Func;
use std::ops::Range;

impl View<'_, '_> {
    /// "Hiệp ước đạt được với X", "lệnh ngừng bắn được X và Y thống nhất": the sides that stand behind the verb.
    pub(super) fn agreed(&self, from: usize, bounds: &Range<usize>, roles: &mut Roles) {
        let bare = |v: &&crate::phrases::Phrase| self.tells_nothing(v) || v.bits & EXIST != 0;
        if let Some(vg) = self.vg_from(from).filter(bare) {
            let mut more = Roles::default();
            self.prepositions(vg.units.end, bounds, &mut more);
            more.others.retain(|(m, _)| self.doc.is(*m, Func::ToWith));
            roles.others.extend(more.others);
        }
        if roles.agent.is_none() {
            roles.agent = self.agreed_by(from, bounds);
        }
    }

    /// "Lệnh ngừng bắn được Chad và Niger thống nhất": who agreed on it stands between the mark of the passive and its verb.
    fn agreed_by(&self, from: usize, bounds: &Range<usize>) -> Option<Range<usize>> {
        let doc = self.doc;
        let near = from..bounds.end.min(from + 10);
        let mark = near
            .take_while(|&i| !doc.has(i, COMMA | REL))
            .find(|&i| doc.has(i, PASSIVE_WORD))?;
        let doer = self
            .phrases
            .longest_from(mark + 1)
            .filter(|n| n.bits & (PARTY | WHO) != 0)?;
        let vg = self.vg_from(doer.units.end).filter(|v| v.units.end <= bounds.end)?;
        let agrees = doc
            .act(vg.head)
            .is_none_or(|a| a.flags.weak || a.act.family() == Family::Talks);
        (agrees && vg.bits & (HARM | LOSS | BACKED) == 0).then(|| doer.units.clone())
    }

    /// Where a bracket that opens at `at` has closed, else `at`.
    pub(super) fn after_bracket(&self, at: usize, end: usize) -> usize {
        let word = |u: usize| self.doc.words(&(u..u + 1));
        if !matches!(word(at), "(" | "[") || !self.doc.pack.head_first {
            return at;
        }
        let close = (at + 1..end.min(at + 12)).find(|&u| matches!(word(u), ")" | "]"));
        close.filter(|c| c + 1 < end).map_or(at, |c| c + 1)
    }
}
