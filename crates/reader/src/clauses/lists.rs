//! What a comma or a conjunction joins without beginning a clause: two of a kind, parts of a toll, deeds of one doer.

use super::View;
use crate::bits::*;
use crate::phrases::Phrase;
use counterclaim_claims::{Act, Family, Harm};
use counterclaim_lexicon::{Func, PosClass, Sense};
use std::ops::Range;

impl View<'_, '_> {
    /// "Đáp trả vụ pháo kích, quân đội nước này …": a verb that opens its sentence without a subject only leads in the clause
    /// behind the comma.
    pub(super) fn leads_in(&self, start: usize, u: usize) -> bool {
        let opens = |v: &&Phrase| start == self.sent.units.start && v.bits & (CUE_V | EXIST | NEG) == 0;
        let Some(verb) = self.vg_from(start).filter(opens) else {
            return false;
        };
        // "Xung đột ở vùng này bùng phát": a word that has a verb of its own behind it is that verb's subject.
        let own = |i: &usize| self.bits(*i) & (COMP | REL | SUB) == 0 && !self.doc.is(*i, Func::Comp);
        let reach = (verb.units.end..u)
            .take_while(own)
            .last()
            .map_or(verb.units.end, |i| i + 1);
        self.doc.pack.head_first
            && !self.has_finite(verb.units.end..reach)
            && !(start..u).any(|i| self.bits(i) & COMMA != 0)
    }

    /// "Robbed the bank, burned two cars and fled": one of several deeds of one subject, the last of them behind a conjunction.
    pub(super) fn deed_of_list(&self, next: usize, end: usize) -> bool {
        let deed = |v: &&Phrase| v.bits & FINITE != 0 && v.bits & PASSIVE == 0 && v.bits & (ACT | LOSS | HARM) != 0;
        let Some(vg) = self.vg_from(next).filter(deed).filter(|v| v.head == next) else {
            return false;
        };
        let last = (vg.units.end..end).find(|&u| self.bits(u) & CC != 0 && self.vp_at(u + 1, end));
        let apart = |u: &usize| self.bits(*u) & (COMP | REL | SUB) != 0 && self.bits(*u) & ADP == 0;
        !self.doc.pack.head_first && last.is_some_and(|cc| !(vg.units.end..cc).any(|u| apart(&u)))
    }

    /// Whether a verb phrase with its own act begins behind the comma at `u`, in a list of such that a conjunction closes.
    pub(super) fn verb_list(&self, start: usize, u: usize, end: usize) -> bool {
        let deed = |from: usize| {
            self.vg_from(from).is_some_and(|v| {
                v.bits & FINITE != 0 && v.bits & (ACT | LOSS | HARM) != 0 && v.bits & (CUE_V | EXIST) == 0
            })
        };
        let closes = |c: usize| self.bits(c) & CC != 0 && self.vg_from(c + 1).is_some_and(|v| v.bits & FINITE != 0);
        !self.doc.pack.head_first
            && deed(u + 1)
            && self.acts(start..u)
            && !self.verb_before(u)
            && !self.inside_subordinate(start, u)
            && (u + 2..end.saturating_sub(1))
                .take_while(|&i| !(self.bits(i) & COMMA != 0 && self.clause_at(i + 1, end)))
                .any(closes)
    }

    /// "Had entered the town, killed a guard and been driven out": verb phrases of which one has no auxiliary to stand by itself.
    pub(super) fn leaning_list(&self, start: usize, u: usize, end: usize) -> bool {
        let after = |i: usize| i > start && self.bits(i - 1) & (COMMA | CC) != 0;
        let leans = |v: &&Phrase| {
            v.bits & (PARTICIPLE | PASSIVE) == PARTICIPLE | PASSIVE
                && v.units.len() > 1
                && start < v.units.start
                && v.units.start < end
                && after(v.units.start)
        };
        let leaning = self.phrases.vgs.iter().find(leans);
        let joined = self.bits(u) & COMMA != 0 && self.bits(u + 1) & CC != 0;
        let clause = self.clause_at(u + 1, end) || joined && self.clause_at(u + 2, end);
        let subordinate =
            |v: &Phrase| (u.min(v.units.start)..u.max(v.units.start)).any(|i| self.bits(i) & (COMP | SUB) != 0);
        !self.doc.pack.head_first && !clause && leaning.is_some_and(|v| !subordinate(v))
    }

    /// "…, giết chết bảy dân thường, làm bị thương 15 người": what a strike told before has done to people is told with it.
    pub(super) fn comes_of_a_strike(&self, left: Range<usize>, vg: &Phrase) -> bool {
        let strikes = |a: &counterclaim_lexicon::ActSense| {
            a.act.family() == Family::Strike && a.act != Act::Attack || a.act == Act::Shooting
        };
        let struck = left.clone().any(|u| self.doc.act(u).is_some_and(strikes));
        let falls = left.into_iter().any(|u| self.bits(u) & HARM != 0);
        vg.bits & HARM != 0 && (struck || falls && vg.bits & ACT == 0)
    }

    /// "…, khiến một công nhân tử vong": what a verb of bringing about has done to people after the deed that did.
    pub(super) fn results(&self, left: Range<usize>, next: usize) -> bool {
        let causes = |v: &Phrase| self.doc.is(v.head, Func::Cause) && v.bits & (ACT | LOSS) == 0;
        self.doc.pack.head_first && self.acts(left) && self.vg_from(next).is_some_and(causes)
    }

    /// "the brutal and senseless attack": two adjectives of one noun on both sides of `u`; one after a copula ends its clause.
    pub(super) fn adjectives(&self, u: usize, next: usize, end: usize) -> bool {
        let adjective = |i: usize| self.doc.units[i].class == PosClass::Adj;
        if self.doc.pack.head_first || self.bits(u) & CC == 0 || next >= end || !adjective(u - 1) || !adjective(next) {
            return false;
        }
        let before = (self.sent.units.start..u)
            .rev()
            .find(|&i| !matches!(self.doc.units[i].class, PosClass::Adj | PosClass::Adv));
        before.is_some_and(|i| self.phrases.vg_at(i).is_none())
    }

    /// "các cuộc pháo kích của Chad và Niger đã giảm", "gồm người Tuareg và vài nhóm được Chad huấn luyện": two names behind one
    /// preposition, or what a list goes on with.
    pub(super) fn listed(&self, u: usize, next: usize) -> bool {
        let nps = &self.phrases.nps;
        let left = nps
            .iter()
            .find(|n| n.units.end == u && n.units.start > self.sent.units.start);
        let right = nps.iter().find(|n| n.units.start == next);
        let (Some(left), Some(right)) = (left, right) else {
            return false;
        };
        let before = left.units.start - 1;
        let names = left.units.len() == 1 && right.units.len() == 1 && left.bits & right.bits & (PARTY | PLACE) != 0;
        // "Được Chad, Mali và Niger thống nhất": those who do it stand between the mark of the passive and the verb.
        let mut first = before;
        while names
            && self.bits(first) & COMMA != 0
            && first > self.sent.units.start + 1
            && self.bits(first - 1) & PARTY != 0
        {
            first -= 2;
        }
        let doers = names && self.bits(first) & (PASSIVE_WORD | AGENT) != 0;
        let owners = names && self.bits(before) & POSS != 0;
        self.doc.pack.head_first && (self.doc.is(before, Func::Including) || owners || doers)
    }

    /// "36 civilians and hundreds of soldiers": two of a kind on both sides of `u`, the first without a verb that needs it.
    pub(super) fn same_kind(&self, u: usize, next: usize, end: usize) -> bool {
        const KINDS: u128 = PERSON | PARTY | MATERIEL | PLACE;
        let Some(left) = self.phrases.nps.iter().find(|n| n.units.end == u) else {
            return false;
        };
        let Some(right) = self.phrases.nps.iter().find(|n| n.units.start == next) else {
            return false;
        };
        // "đưa xe tăng và hàng nghìn binh sĩ vào": forces of two kinds that are moved together.
        let moves = |v: &Phrase| {
            v.units.end == left.units.start && self.doc.act(v.head).is_some_and(|a| a.act == Act::Mobilise)
        };
        if self.doc.pack.head_first && self.phrases.vgs.iter().any(moves) && right.bits & (PERSON | MATERIEL) != 0 {
            return true;
        }
        if left.bits & right.bits & KINDS == 0 {
            return false;
        }
        // "dùng tên lửa và bom chùm tấn công": what a deed is done with.
        let deed = |v: &Phrase| v.bits & ACT != 0;
        if self.used(&left.units, self.sent.units.start).is_some()
            && left.bits & right.bits & MATERIEL != 0
            && self.vg_from(right.units.end).is_some_and(deed)
        {
            return true;
        }
        // "đưa nông dân và những người bị thương": the harm only tells which people.
        let told_by_harm = self.doc.pack.head_first
            && left.bits & right.bits & PERSON != 0
            && (self.doc.is(next, Func::Plural) || self.doc.starts_with(next, Func::Plural))
            && (right.units.clone().any(|i| self.bits(i) & HARM != 0) && self.ends(right.units.end, end)
                || self
                    .vg_from(right.units.end)
                    .is_some_and(|v| v.bits & HARM != 0 && v.units.len() == 1 && self.ends(v.units.end, end)));
        if told_by_harm {
            return true;
        }
        let comma = left.units.start.checked_sub(1).filter(|&c| self.bits(c) & COMMA != 0);
        let in_list = comma.is_some_and(|c| self.phrases.nps.iter().any(|n| n.units.end == c));
        // "phá hủy bệ phóng và kho đạn giấu trong nhà dân": a bare verb that states nothing only tells which things.
        let told_by_verb = self.doc.pack.head_first
            && left.bits & right.bits & (MATERIEL | PLACE) != 0
            && self.vg_from(right.units.end).is_some_and(|v| {
                (v.units.len() == 1 || in_list) && v.bits & (ACT | HARM | LOSS | CUE_V | COPULA | EXIST) == 0
            });
        if told_by_verb {
            return true;
        }
        let mut before = left.units.start;
        while before > self.sent.units.start {
            if let Some(vg) = self.phrases.vgs.iter().find(|v| v.units.end == before) {
                return self.doc.is(vg.head, Func::Cause) || vg.bits & FINITE == 0;
            }
            match self.phrases.nps.iter().find(|n| n.units.end == before) {
                Some(np) => before = np.units.start,
                None if self.bits(before - 1) & (COMMA | CC | POSS | ADP | AUX | PASSIVE_WORD) != 0 => before -= 1,
                None => break,
            }
        }
        true
    }

    /// Whether nothing but punctuation stands between two ends.
    pub(super) fn ends(&self, from: usize, end: usize) -> bool {
        (from..end).all(|u| self.doc.units[u].class == PosClass::Punct)
    }

    /// Whether a subordinate clause that follows a main one runs up to `u`: "it flared up when rebels fired and were hit back".
    pub(super) fn inside_subordinate(&self, start: usize, u: usize) -> bool {
        let mut finite = self
            .phrases
            .vgs
            .iter()
            .filter(|v| v.bits & FINITE != 0 && v.units.end <= u);
        let Some(main) = finite.find(|v| v.units.start >= start) else {
            return false;
        };
        // What is quoted before `u` opens no clause around it.
        let same = |i: usize| !self.doc.pack.head_first || self.doc.quote_of(i) == self.doc.quote_of(u);
        let opener = |i: &usize| self.bits(*i) & (SUB | REL) != 0 && self.bits(*i) & ADP == 0 && same(*i);
        (main.units.end..u)
            .rev()
            .find(opener)
            .is_some_and(|s| self.has_finite(s + 1..u))
    }

    /// "149 civilians died", "58 wounded": a clause from `from` on that counts people, tells their harm, and has no other verb
    /// before it. Two such side by side are one claim about one happening.
    pub(super) fn toll(&self, from: usize, to: usize) -> bool {
        let harms = |u: usize| {
            self.doc.senses(u).any(|(s, _)| {
                matches!(
                    s,
                    Sense::Harm {
                        harm: Harm::Killed | Harm::Wounded | Harm::Casualties | Harm::Missing,
                        ..
                    }
                )
            })
        };
        let counts = |before: usize| {
            (from..before).any(|u| self.bits(u) & NUMBER != 0 || self.doc.units[u].class == PosClass::Num)
        };
        // "killed 13 soldiers and wounded 56": the same, told of the one who did it.
        let counted = |vg: &crate::phrases::Phrase| {
            vg.bits & PASSIVE == 0
                && !self.doc.pack.head_first
                && (vg.units.end..to.min(vg.units.end + 4))
                    .any(|u| self.bits(u) & NUMBER != 0 || self.doc.units[u].class == PosClass::Num)
        };
        // "80 người bị thương ở Nyala kể từ lúc …": the harm is in the noun, whatever verb comes later.
        if self.doc.pack.head_first && (from..to.min(from + 4)).find(|u| harms(*u)).is_some_and(counts) {
            return true;
        }
        let verb = self
            .phrases
            .vgs
            .iter()
            .find(|v| v.units.start >= from && (v.bits & FINITE != 0 && v.bits & EXIST == 0 || v.bits & HARM != 0));
        match verb {
            // "another 289 captured": with nothing but a number it goes with what stands before.
            Some(vg) if vg.bits & FINITE == 0 && vg.units.start <= from + 2 => counts(vg.units.start),
            Some(vg) if vg.units.end <= to => harms(vg.head) && (counts(vg.units.start) || counted(vg)),
            // "3 người bị thương", "two dead": the harm is in the noun.
            _ => (from..to.min(from + 4)).find(|u| harms(*u)).is_some_and(counts),
        }
    }

    /// "the army killed 30 and the rebels wounded 12": two who did it on both sides of `u`.
    pub(super) fn each_its_own(&self, u: usize, next: usize) -> bool {
        let doer = |vg: Option<&crate::phrases::Phrase>| {
            vg.is_some_and(|v| {
                v.bits & HARM != 0 && v.bits & (PASSIVE | FINITE) == FINITE && self.doc.act(v.head).is_some()
            })
        };
        let first = self.phrases.vgs.iter().rev().find(|v| v.units.end <= u);
        !self.doc.pack.head_first
            && self.vg_from(next).is_none()
            && doer(first)
            && doer(self.phrases.vgs.iter().find(|v| v.units.start > next))
    }

    /// "reports say that 8 were killed": the same where another verb leads up to it.
    pub(super) fn ends_toll(&self, from: usize, to: usize) -> bool {
        let last = self.phrases.vgs.iter().rev().find(|v| v.units.end <= to);
        last.is_some_and(|v| {
            let before = self.phrases.vgs.iter().rev().find(|w| w.units.end <= v.units.start);
            let floor = before.map_or(from, |w| w.units.end).max(from);
            // "…, làm 12 người chết": the count stands behind the verb that brings it about.
            let causes = self.doc.pack.head_first && self.doc.is(v.head, Func::Cause);
            let at = if causes {
                v.units.end
            } else {
                v.units.start.saturating_sub(4).max(floor)
            };
            v.units.start > from && self.toll(at, to)
        })
    }

    /// "làm 2 người, trong đó có 1 trẻ em, thiệt mạng": a verb of harm after the list that is its subject.
    pub(super) fn after_parts(&self, left: Range<usize>, next: usize) -> bool {
        self.vg_from(next).is_some_and(|v| v.bits & HARM != 0) && left.clone().any(|u| self.doc.is(u, Func::Including))
    }
}
