//! What belongs to a noun phrase: prepositional attachments, coordinations of names, appositions.

use super::{Finder, Kind, Phrase};
use crate::bits::*;
use counterclaim_lexicon::{Func, PosClass};

impl Finder<'_, '_> {
    /// Noun phrases with their prepositional attachments, coordinations of names, and appositions.
    pub(super) fn attach(&mut self) {
        for first in 0..self.out.nps.len() {
            let base = self.out.nps[first].clone();
            let (mut end, mut bits, mut n) = (base.units.end, base.bits, first);
            let mut attached = 0;
            // "Tổ chức (ICG) đặt trụ sở tại Bỉ": what describes who stands before the bracket.
            let close = self.after_bracket(end);
            if self.doc.pack.head_first && close > end && self.doc.is(close, Func::Described) {
                let described = (n + 1..self.out.nps.len()).find(|&k| self.out.nps[k].units.start == close);
                if let Some(k) = described.filter(|_| base.bits & WHO != 0) {
                    (end, n, attached) = (self.out.nps[k].units.end, k, attached + 1);
                    self.out.long.push(Phrase {
                        kind: Kind::LongNp,
                        units: base.units.start..end,
                        head: base.head,
                        bits,
                    });
                }
            }
            while let Some(next) = self.out.nps.get(n + 1) {
                if attached >= 6 || !self.attaches(end, next, &base) {
                    break;
                }
                end = next.units.end;
                bits |= next.bits & (PARTY | PLACE);
                n += 1;
                attached += 1;
                self.out.long.push(Phrase {
                    kind: Kind::LongNp,
                    units: base.units.start..end,
                    head: base.head,
                    bits,
                });
            }
            for (end, n) in std::iter::once((base.units.end, first)).chain((attached > 0).then_some((end, n))) {
                if let Some((stop, more)) = self.apposition(&base, end, n) {
                    self.out.long.push(Phrase {
                        kind: Kind::LongNp,
                        units: base.units.start..stop,
                        head: base.head,
                        bits: bits | more,
                    });
                }
            }
        }
    }

    /// Whether the noun phrase `next` belongs to what ends at `end`.
    fn attaches(&self, end: usize, next: &Phrase, base: &Phrase) -> bool {
        let gap = end..next.units.start;
        if gap.is_empty() {
            return self.doc.pack.head_first
                && base.bits & (WHO | EXHIBIT) != 0
                && next.bits & (PARTY | PROPN | PLACE) != 0
                && next.bits & (PRONOUN | NUMBER) == 0;
        }
        if gap.len() > 2 {
            return false;
        }
        let link = gap.end - 1;
        // "Nhóm X liên kết với Y chiếm": whom they stand by belongs to who they are.
        if gap.len() == 1 && self.doc.pack.head_first && self.doc.is(link, Func::Tied) {
            let verb = |v: &Phrase| v.units.start == next.units.end && v.bits & FINITE != 0;
            return base.bits & WHO != 0 && next.bits & (PARTY | WHO) != 0 && self.out.vgs.iter().any(verb);
        }
        if self.out.vg_at(link).is_some() {
            return false;
        }
        let unit = &self.doc.units[gap.start];
        let clause_follows = || {
            self.out
                .vgs
                .iter()
                .any(|v| v.units.start == next.units.end && v.bits & FINITE != 0)
        };
        // "vùng đất do quân đội kiểm soát": the doer of what follows, and no owner.
        if gap.len() == 1 && unit.bits & POSS != 0 {
            return unit.bits & AGENT == 0 || !clause_follows();
        }
        // "Chuyển tên lửa cho Houthi": who gets a thing is none of it.
        let given = self.doc.pack.head_first
            && self.doc.is(gap.start, Func::ToGoal)
            && base.bits & (WHO | EXHIBIT | CUE_N) == 0;
        if given {
            return false;
        }
        if gap.len() == 1
            && unit.class == PosClass::Adp
            && unit.bits & (AGENT | CUE_P | COMP) == 0
            && !(unit.bits & SUB != 0 && clause_follows())
        {
            return base.bits & (WHO | EXHIBIT | CUE_N) != 0 || base.bits & PRONOUN == 0;
        }
        // "police and hospital officials", "Russia, France and the US": names of one kind side by side.
        let cc = unit.bits & CC != 0 && gap.len() == 1;
        // "ở Syria, Moscow phủ nhận": a place before a comma, somebody after it.
        let placed = self.doc.pack.head_first
            && base.units.start > self.sent.units.start
            && (self.doc.units[base.units.start - 1].class == PosClass::Adp
                && self.bits(base.units.start - 1) & SUB == 0
                || self.bits(base.units.start - 1) & CUE_P != 0)
            && self.bits(link) & CC == 0;
        // "… chứa chấp phiến quân X, Islamabad phủ nhận": behind what a verb is done to, who speaks begins a clause.
        let verbs = |at: usize, ends: bool, bits: u128| {
            let there = |v: &Phrase| if ends { v.units.end == at } else { v.units.start == at };
            self.out.vgs.iter().any(|v| there(v) && v.bits & bits != 0)
        };
        let speaks =
            self.doc.pack.head_first && verbs(base.units.start, true, FINITE) && verbs(next.units.end, false, CUE_V);
        // "Theo ông Aram, phía Mali mất 40 binh sĩ": a man and a state are no list.
        let apart = self.doc.pack.head_first
            && base.bits & PERSON != next.bits & PERSON
            && verbs(next.units.end, false, FINITE);
        let comma =
            unit.bits & COMMA != 0 && !placed && !speaks && !apart && (gap.len() == 1 || self.bits(link) & CC != 0);
        // "Near the army's post, Kenyan aircraft landed": a list goes on, or closes with a conjunction.
        let closes = self.doc.pack.head_first
            || self.bits(link) & CC != 0
            || next.units.end < self.sent.units.end && self.bits(next.units.end) & (COMMA | CC) != 0;
        // "Denied it had troops in Congo, and Congo's army said", "accusing Rwanda, President Kaunda said": a comma joins no two
        // names without a third, and no list without a conjunction.
        let third = self.doc.pack.head_first
            || gap.len() == 1 && self.list_closes(next.units.end)
            || (base.units.start..end).any(|u| self.bits(u) & COMMA != 0)
            || base.units.start > self.sent.units.start && self.bits(base.units.start - 1) & COMMA != 0;
        let comma = comma && closes && third;
        // "a second Eritrean push on the town, Ethiopia said": the offensive is nobody.
        let listed = comma && (self.doc.pack.head_first || self.bits(base.head) & WHO != 0);
        // "Giữa Chad – Niger": two states side by side.
        let dash = self.doc.pack.head_first && gap.len() == 1 && unit.bits & DASH != 0;
        if dash && base.units.len() == 1 && next.units.len() == 1 && base.bits & next.bits & PARTY != 0 {
            return true;
        }
        (cc || listed && next.bits & (PARTY | MEDIA) != 0 && base.bits & (PARTY | MEDIA) != 0)
            && base.bits & WHO != 0
            && next.bits & WHO != 0
            && next.bits & PRONOUN == 0
            && base.bits & PRONOUN == 0
    }

    /// Whether a list of names goes on at `at` and has a conjunction before its last.
    fn list_closes(&self, mut at: usize) -> bool {
        while at + 1 < self.sent.units.end {
            if self.bits(at) & CC != 0 || self.bits(at) & COMMA != 0 && self.bits(at + 1) & CC != 0 {
                return true;
            }
            let next = self.out.nps.iter().find(|n| n.units.start == at + 1);
            match next.filter(|n| self.bits(at) & COMMA != 0 && n.bits & WHO != 0) {
                Some(np) => at = np.units.end,
                None => return false,
            }
        }
        false
    }

    /// Where a bracket that opens at `at` has closed, else `at`.
    fn after_bracket(&self, at: usize) -> usize {
        let end = self.sent.units.end;
        if at >= end || !matches!(self.doc.words(&(at..at + 1)), "(" | "[") {
            return at;
        }
        let closes = |&i: &usize| matches!(self.doc.words(&(i..i + 1)), ")" | "]");
        (at + 1..end.min(at + 12)).find(closes).map_or(at, |close| close + 1)
    }

    /// ", a spokesman for the army," and "(PAF)" after a phrase that ends at `end`.
    fn apposition(&self, base: &Phrase, end: usize, n: usize) -> Option<(usize, u128)> {
        let mark = self.doc.units.get(end).filter(|_| end < self.sent.units.end)?;
        let text = mark.span.of(self.doc.text);
        if text == "(" || text == "[" {
            let close = self.after_bracket(end);
            return (close > end).then_some((close, 0));
        }
        if mark.bits & COMMA == 0 || base.bits & WHO == 0 {
            return None;
        }
        // "… ít nhất 12 người chết, cảnh sát cho biết": the dead who are counted say nothing.
        if self.doc.pack.head_first && base.bits & NUMBER != 0 && base.bits & HARM != 0 {
            return None;
        }
        let next = self.out.nps.get(n + 1).filter(|p| p.units.start == end + 1)?;
        if next.bits & WHO == 0 || next.bits & (PRONOUN | NUMBER) != 0 {
            return None;
        }
        // "Theo thông cáo của nhóm, tướng Aram, tư lệnh, bị bắt": a man is no body.
        if self.doc.pack.head_first && base.bits & PERSON == 0 && base.bits & ORG != 0 && next.bits & ORG == 0 {
            return None;
        }
        // With its own attachments.
        let (mut stop, mut m) = (next.units.end, n + 1);
        while let Some(more) = self.out.nps.get(m + 1) {
            let gap = stop..more.units.start;
            let linked = gap.len() == 1
                && (self.bits(gap.start) & POSS != 0
                    || self.doc.units[gap.start].class == PosClass::Adp && self.bits(gap.start) & (AGENT | SUB) == 0)
                || gap.is_empty() && self.doc.pack.head_first && more.bits & (PARTY | PROPN) != 0;
            if !linked || m > n + 6 {
                break;
            }
            stop = more.units.end;
            m += 1;
        }
        stop = self.after_bracket(stop);
        // Closed by a comma, or at the end of the sentence.
        match self.doc.units.get(stop).filter(|_| stop < self.sent.units.end) {
            Some(unit) if unit.bits & COMMA != 0 => Some((stop + 1, next.bits & (PERSON | ORG | PARTY))),
            // "người phát ngôn quân đội, ông Aram, nói": a title, the name, the verb of saying.
            Some(_)
                if self.doc.pack.head_first
                    && base.bits & next.bits & PERSON != 0
                    && self
                        .out
                        .vgs
                        .iter()
                        .any(|v| v.units.start == stop && v.bits & CUE_V != 0) =>
            {
                Some((stop, next.bits & (PERSON | ORG | PARTY)))
            }
            Some(unit) if unit.class == PosClass::Punct => Some((stop, next.bits & (PERSON | ORG | PARTY))),
            None => Some((stop, next.bits & (PERSON | ORG | PARTY))),
            _ => None,
        }
    }
}
