//! Pass 5: where clauses end, and where a clause is two.

mod lists;

use crate::bits::*;
use crate::doc::{Doc, Sent};
use crate::phrases::{Phrase, Phrases};
use counterclaim_lexicon::{Frame, Func, HarmFrame, PosClass, Sense};
use std::ops::Range;

/// A sentence with its phrases, as the later passes look at it.
pub(crate) struct View<'a, 't> {
    pub(crate) doc: &'a Doc<'t>,
    pub(crate) sent: &'a Sent,
    pub(crate) phrases: &'a Phrases,
}

impl View<'_, '_> {
    /// The first finite verb of a clause.
    pub(crate) fn main_verb(&self, bounds: &Range<usize>) -> Option<&Phrase> {
        let finite = |v: &&Phrase| v.bits & FINITE != 0 && bounds.contains(&v.units.start);
        self.phrases.vgs.iter().find(finite)
    }

    fn bits(&self, u: usize) -> u128 {
        self.doc.units.get(u).map_or(0, |unit| unit.bits)
    }

    /// The verb group that starts at `u`.
    pub(crate) fn vg_from(&self, u: usize) -> Option<&crate::phrases::Phrase> {
        self.phrases.vgs.iter().find(|v| v.units.start == u)
    }

    /// Whether a finite verb stands in the range.
    pub(crate) fn has_finite(&self, range: Range<usize>) -> bool {
        self.phrases
            .vgs
            .iter()
            .any(|v| v.bits & FINITE != 0 && range.start <= v.units.start && v.units.end <= range.end)
    }

    /// The range without punctuation, conjunctions and the like at its ends. Quotation marks stay where their
    /// quotation lies inside.
    pub(crate) fn trim(&self, mut range: Range<usize>) -> Range<usize> {
        let doc = self.doc;
        loop {
            let before = range.clone();
            if range.start < range.end {
                let u = range.start;
                let opens = is_quote_mark(doc, u) && doc.quote_of(u).is_some_and(|q| q.start == u);
                let stray_quote = !opens && is_quote_mark(doc, u);
                if !opens
                    && (doc.units[u].class == PosClass::Punct && !matches!(doc.words(&(u..u + 1)), "(" | "[")
                        || doc.has(u, CC) && !doc.has(u, WHO | NUMBER)
                        || stray_quote)
                {
                    range.start += 1;
                }
            }
            if range.start < range.end {
                let u = range.end - 1;
                let closes = doc.has(u, CLOSE) && doc.quote_of(u).is_some_and(|q| q.end == u + 1);
                let bracket = matches!(doc.words(&(u..u + 1)), ")" | "]")
                    && range.clone().any(|i| matches!(doc.words(&(i..i + 1)), "(" | "["));
                let mark = doc.units[u].class == PosClass::Punct && !doc.is(u, Func::Measure);
                if !closes && !bracket && (mark || doc.has(u, CC) && !doc.has(u, WHO)) {
                    range.end -= 1;
                }
            }
            if range == before {
                return range;
            }
        }
    }

    /// Cuts a clause into its coordinated parts that each have an act of their own.
    pub(crate) fn cut(&self, range: Range<usize>, verb_phrases: bool) -> Vec<Range<usize>> {
        let mut out = Vec::new();
        let mut start = range.start;
        let mut depth = 0i32;
        for u in range.clone() {
            match self.doc.words(&(u..u + 1)) {
                "(" | "[" => depth += 1,
                ")" | "]" => depth -= 1,
                _ => {}
            }
            if depth != 0 || u <= start {
                continue;
            }
            if let Some(next) = self.boundary(u, start, range.end, verb_phrases) {
                out.push(start..u);
                start = next;
            }
        }
        out.push(start..range.end);
        out.into_iter()
            .map(|r| self.trim(r))
            .filter(|r| !r.is_empty())
            .collect()
    }

    /// Whether a new coordinated clause begins at `u` (a comma, semicolon or conjunction), and where.
    fn boundary(&self, u: usize, start: usize, end: usize, verb_phrases: bool) -> Option<usize> {
        let semicolon = self.doc.words(&(u..u + 1)) == ";";
        let comma = self.bits(u) & COMMA != 0;
        let cc = self.bits(u) & CC != 0;
        if cc && self.shown_at(start, u) && self.shown_at(u + 1, end) {
            return Some(u + 1);
        }
        if !(semicolon || comma || cc) || !self.has_finite(start..u) || self.then_behind_subject(u, start, end) {
            return None;
        }
        let mut next = u + 1;
        let mut joined = cc;
        if comma && next < end && self.bits(next) & CC != 0 {
            joined = true;
            next += 1;
        }
        // "The towns that were shelled and where nine people died": one more clause about what stands before it.
        let relative = |i: usize| self.bits(i) & REL != 0 && !self.doc.said_that(i);
        if joined && next < end && !self.doc.pack.head_first && relative(next) && (start..u).any(relative) {
            return None;
        }
        // "… was going on but that Y had left"
        if joined && next < end && self.bits(next) & COMP != 0 && self.clause_at(next + 1, end) {
            return Some(next + 1);
        }
        // "a battle between the army and gunmen ended"
        if cc
            && (start..u)
                .rev()
                .take(10)
                .take_while(|&i| self.bits(i) & CC == 0)
                .any(|i| self.doc.is(i, Func::ToBetween))
        {
            return None;
        }
        // "to send guards and to find those who fired"
        if joined
            && self.vg_from(next).is_some_and(|v| v.bits & INFINITIVE != 0)
            && self.acts(start..u)
            && self.acts(next..end.min(next + 8))
        {
            return Some(next);
        }
        // "A and B" inside one noun phrase.
        if self
            .phrases
            .long
            .iter()
            .chain(&self.phrases.nps)
            .any(|n| n.units.start < u && u + 1 < n.units.end && n.units.contains(&u))
            && !self.vp_at(next, end)
            && !self.clause_at(next, end)
        {
            return None;
        }
        // "quickly and well": how, not what.
        if self.adjectives(u, next, end) {
            return None;
        }
        let manner = cc
            && u > start
            && self.doc.units[u - 1].class == PosClass::Adj
            && self.bits(next) & (WHO | NUMBER | MATERIEL | PLACE | DET | ACT) == 0
            && self.vg_from(next).is_none();
        if manner && self.doc.pack.head_first {
            return None;
        }
        if cc && (self.doc.is(u, Func::CcOr) || self.same_kind(u, next, end) || self.listed(u, next)) {
            return None;
        }
        if (self.toll(start, u) || self.ends_toll(start, u)) && self.toll(next, end) && !self.each_its_own(u, next)
            || self.after_parts(start..u, next)
        {
            return None;
        }
        // "Các cuộc không kích và pháo kích của": a verb with an owner behind it stands as a noun.
        let deed = |v: &Phrase| v.units.len() == 1 && v.bits & ACT != 0;
        if cc
            && self.doc.pack.head_first
            && self.vg_from(next).is_some_and(deed)
            && self.bits(next + 1) & POSS != 0
            && self.bits(next + 1) & AGENT == 0
        {
            return None;
        }
        if self.leaning_list(start, u, end) {
            return None;
        }
        // "Had taken the port, burned two barracks and fled": each verb phrase of a list has its own act.
        if comma && !joined && verb_phrases && self.verb_list(start, u, end) {
            return Some(next);
        }
        if joined && self.blows_up(start..u, next) {
            return None;
        }
        let contrast = cc && self.doc.is(u, Func::CcContrast) || joined && self.doc.is(next - 1, Func::CcContrast);
        if semicolon || joined {
            // "Giết 20 hải tặc cùng những kẻ liên quan": what goes along with the one is no clause.
            let along = cc && self.doc.is(u, Func::Along) && self.doc.pack.head_first;
            if self.clause_at(next, end) && !along {
                return Some(next);
            }
            let price = (next..end.min(next + 4)).any(|i| self.doc.is(i, Func::Price));
            let own_act = !self.doc.pack.head_first || (self.acts(next..end) || price) && !self.doc.is(u, Func::Along);
            if (contrast || verb_phrases && own_act)
                && self.vp_at(next, end)
                && !self.results(start..u, next)
                && (!self.verb_before(u) || self.complete(u) && self.goes_further(u, next))
                && (self.acts(start..u) || contrast && !self.doc.pack.head_first)
                && !self.inside_subordinate(start, u)
            {
                return Some(next);
            }
            return None;
        }
        // Clauses set side by side with nothing but a comma, as languages without inflection do.
        let opener = (self.bits(start) & (ADP | SUB) != 0 || self.doc.is(start, Func::ToPlace))
            && !self.doc.is(start, Func::Sub)
            && !(start..u).any(|i| self.bits(i) & COMMA != 0 && !self.within_address(i, u))
            || self.leads_in(start, u);
        // A clause with its own subject after nothing but a comma, its verb marked as one: "two were killed, the others were captured".
        if comma && self.doc.pack.head_first && !opener && self.marked_clause_at(next, end) {
            return Some(next);
        }
        if comma
            && self.doc.pack.head_first
            && !opener
            && verb_phrases
            && self.vp_at(next, end)
            && self.acts(start..u)
            && (!self.verb_before(u) || self.complete(u))
            && self.bits(next) & (REL | BACKGROUND) == 0
        {
            let vg = self.vg_from(next)?;
            return (vg.bits & (ACT | LOSS | HARM) != 0
                && !self.comes_of_a_strike(start..u, vg)
                && !self.doc.is(vg.head, Func::Cause)
                && !self.doc.is(next, Func::Cause))
            .then_some(next);
        }
        let listed = comma && verb_phrases && self.acts(start..u) && !self.verb_before(u);
        (listed && self.deed_of_list(next, end) && !self.inside_subordinate(start, u)).then_some(next)
    }

    /// "Soldiers burning a barn and lorries entering the town": somebody or something at a deed, as media show it.
    fn shown_at(&self, u: usize, end: usize) -> bool {
        let subject = self
            .phrases
            .nps
            .iter()
            .find(|n| n.units.start == u && n.units.end < end);
        let deed = subject.and_then(|n| self.vg_from(n.units.end));
        !self.doc.pack.head_first
            && subject.is_some_and(|n| n.bits & (WHO | MATERIEL | PERSON) != 0)
            && deed.is_some_and(|v| v.bits & GERUND != 0 && v.bits & ACT != 0 && v.units.end <= end)
            && !self.has_finite(u..end)
    }

    /// A clause with its own subject whose verb is told to be one by what stands before it (tense, passive, aspect).
    fn marked_clause_at(&self, u: usize, end: usize) -> bool {
        let leads = self.bits(u) & (REL | SUB | EXHIBIT | ADP) != 0 || self.doc.is(u, Func::ToPlace);
        if leads && self.bits(u) & WHO == 0 {
            return false;
        }
        let Some(subject) = self.phrases.longest_from(u) else {
            return false;
        };
        // ", loại vũ khí bị cấm": a bare noun behind a comma says what stands before it, and begins no clause.
        let definite = |i: usize| {
            let classes = [Func::Plural, Func::Tally, Func::Det, Func::Other];
            classes.iter().any(|class| self.doc.is(i, *class))
        };
        let bare = subject.bits & (NUMBER | PARTY | PLACE | PROPN | DET_THIS | PRONOUN) == 0
            && self.doc.units[u].class == PosClass::Noun
            && !subject.units.clone().any(definite);
        if bare {
            return false;
        }
        let ends = self
            .phrases
            .long
            .iter()
            .chain(&self.phrases.nps)
            .filter(|n| n.units.start == subject.units.start);
        ends.map(|n| self.past_adverbs(n.units.end, end)).any(|after| {
            self.vg_from(after).is_some_and(|v| {
                let exists = v.bits & EXIST != 0 && v.units.len() > 1;
                let marked = v.head > v.units.start || exists || self.doc.starts_with(v.head, Func::Passive);
                // ", phần còn lại nằm trong tay đối phương": the rest needs no mark, and a mark makes "có" a verb. Nor does
                // most of something: ", phần lớn thủ đô mất điện".
                let most = |i: usize| self.doc.is(i, Func::Det) && self.bits(i) & NUMBER == 0;
                let part = |i: usize| self.doc.is(i, Func::Other) || most(i);
                let tells = if subject.units.clone().any(|i| self.doc.is(i, Func::Other)) {
                    ACT | HARM | LOSS
                } else {
                    ACT | LOSS
                };
                let rest = v.bits & tells != 0 && subject.units.clone().any(part);
                let lists = v.bits & EXIST != 0 && self.bits(v.units.start) & AUX == 0;
                v.bits & (FINITE | EXIST) != 0 && !lists && v.units.end <= end && (marked || rest)
            })
        })
    }

    /// "Tại Istanbul, Thổ Nhĩ Kỳ, …": whether the comma at `i` only parts a place from the land that it lies in, up to `u`.
    fn within_address(&self, i: usize, u: usize) -> bool {
        let place = |n: &Phrase| n.bits & (PLACE | PARTY) != 0;
        let nps = &self.phrases.nps;
        self.doc.pack.head_first
            && nps.iter().any(|n| n.units.end == i && place(n))
            && nps
                .iter()
                .any(|n| n.units.start == i + 1 && n.units.end == u && place(n))
    }

    /// "Con tàu trúng ngư lôi rồi nổ tung": what blows up after it was hit, is lost by that.
    fn blows_up(&self, left: Range<usize>, next: usize) -> bool {
        let bursts = |v: &Phrase| {
            let act = self.doc.act(v.head);
            v.bits & LOSS != 0
                && act.is_some_and(|a| a.flags.weak && matches!(a.frame, Frame::Intransitive | Frame::Undergo))
        };
        let hit = |v: &Phrase| left.contains(&v.units.start) && v.bits & LOSS != 0 && v.bits & FINITE != 0;
        self.doc.pack.head_first && self.vg_from(next).is_some_and(bursts) && self.phrases.vgs.iter().any(hit)
    }

    /// Where a verb may stand behind a subject that ends at `at`: ", tất cả mục tiêu đều bị bắn trúng", ", 40 người trong số này bị
    /// giết", ", hai người sau đó được thả".
    fn past_adverbs(&self, mut at: usize, end: usize) -> usize {
        while at < end && (self.vg_from(at).is_none() || self.doc.is(at, Func::Tied)) {
            // ", nhóm X có liên hệ với Y đã …": by whom somebody stands.
            let tied = self
                .doc
                .is(at, Func::Tied)
                .then(|| self.phrases.longest_from(at + 1))
                .flatten();
            if let Some(np) = tied {
                at = np.units.end;
                continue;
            }
            let among = self.doc.is(at, Func::Including);
            if self.doc.units[at].class != PosClass::Adv && !among && !self.then(at) {
                break;
            }
            at += 1;
        }
        at
    }

    /// "Sau đó": a word that joins clauses, and tells when besides.
    fn then(&self, u: usize) -> bool {
        let later = |(s, _): (&Sense, _)| matches!(s, Sense::Time(_));
        self.bits(u) & CC != 0 && self.doc.pack.head_first && self.doc.senses(u).any(later)
    }

    /// ", hai người sau đó được thả": between the subject of a clause and its verb a word that joins clauses elsewhere joins none.
    fn then_behind_subject(&self, u: usize, start: usize, end: usize) -> bool {
        let opens = |n: &&Phrase| {
            n.units.end == u && (n.units.start == start || self.bits(n.units.start - 1) & (COMMA | CC) != 0)
        };
        self.then(u) && self.vp_at(u + 1, end) && self.phrases.long.iter().chain(&self.phrases.nps).any(|n| opens(&n))
    }

    /// Whether the verb stands right before `u`: "killed or wounded" is one act.
    fn verb_before(&self, u: usize) -> bool {
        u > 0 && self.phrases.vg_at(u - 1).is_some_and(|v| v.units.end == u)
    }

    /// Whether the verb right before `u` takes no object: "đã phản kích, giải cứu 29 lính".
    fn complete(&self, u: usize) -> bool {
        let Some(verb) = self.phrases.vg_at(u - 1) else {
            return false;
        };
        let falls = |(s, _): (&Sense, _)| {
            matches!(
                s,
                Sense::Harm {
                    frame: HarmFrame::Intransitive,
                    ..
                }
            )
        };
        let act = self.doc.act(verb.head);
        act.is_some_and(|a| matches!(a.frame, Frame::Intransitive | Frame::Mutual | Frame::Undergo))
            || act.is_none() && self.doc.pack.head_first && self.doc.senses(verb.head).any(falls)
    }

    /// "Bốn người chết và làm tê liệt cảng", and not "buông súng và ra hàng": whether the verb at `next` tells more than the one
    /// that ends at `u`.
    fn goes_further(&self, u: usize, next: usize) -> bool {
        let act = |v: &Phrase| self.doc.act(v.head).map(|a| a.act);
        let before = self.phrases.vg_at(u - 1).and_then(act);
        let verb = self.vg_from(next);
        self.doc.pack.head_first && verb.is_some_and(|v| v.bits & HARM == 0 && (before.is_none() || act(v) != before))
    }

    fn acts(&self, range: Range<usize>) -> bool {
        range.into_iter().any(|u| self.bits(u) & (ACT | HARM | LOSS) != 0)
    }

    /// A finite verb phrase without a subject of its own.
    fn vp_at(&self, mut u: usize, end: usize) -> bool {
        while u < end
            && (self.doc.units[u].class == PosClass::Adv || self.phrases.times.iter().any(|t| t.units.contains(&u)))
            && self.vg_from(u).is_none()
        {
            u += 1;
        }
        // "… và không có ai bị thương": that there is something is told without a subject.
        let tells = |v: &Phrase| v.bits & FINITE != 0 || self.doc.pack.head_first && v.bits & EXIST != 0;
        u < end && self.vg_from(u).is_some_and(tells)
    }

    /// A clause with its own subject and finite verb.
    pub(crate) fn clause_at(&self, mut u: usize, end: usize) -> bool {
        while u < end
            && (self.doc.units[u].class == PosClass::Adv || self.phrases.times.iter().any(|t| t.units.contains(&u)))
            && self.phrases.np_at(u).is_none()
        {
            u += 1;
        }
        let Some(subject) = self.phrases.longest_from(u) else {
            return false;
        };
        // "màu vàng và xanh": how, not what.
        if self.doc.pack.head_first && subject.units.len() == 1 && self.doc.units[u].class == PosClass::Adj {
            return false;
        }
        let first = &subject.units;
        let mut candidates: Vec<usize> = self
            .phrases
            .long
            .iter()
            .filter(|n| n.units.start == first.start)
            .map(|n| n.units.end)
            .collect();
        candidates.extend(
            self.phrases
                .nps
                .iter()
                .filter(|n| n.units.start == first.start)
                .map(|n| n.units.end),
        );
        // "tanks and guns were left": a subject of two.
        if let Some(longest) = candidates.iter().max().copied()
            && longest < end
            && self.bits(longest) & CC != 0
            && let Some(second) = self.phrases.longest_from(longest + 1)
        {
            candidates.push(second.units.end);
        }
        // "bằng UAV và tên lửa sang Jordan": where verbs do not inflect, a word for where things go makes no clause of them.
        let goes = |v: &Phrase| {
            self.doc.pack.head_first
                && subject.bits & MATERIEL != 0
                && v.units.len() == 1
                && self.doc.is(v.head, Func::ToTarget)
                && v.bits & (ACT | HARM | LOSS) == 0
        };
        candidates.into_iter().any(|mut after| {
            while after < end
                && (self.doc.units[after].class == PosClass::Adv
                    // "và họ “đã sẵn sàng”": the quotation begins with the verb.
                    || self.doc.pack.head_first && self.bits(after) & OPEN != 0
                    || self.doc.pack.head_first && self.doc.units[after].class == PosClass::Adj
                    || self.doc.pack.head_first && self.doc.is(after, Func::Including)
                    || self.phrases.times.iter().any(|t| t.units.contains(&after)))
                && self.vg_from(after).is_none()
            {
                after += 1;
            }
            after < end && self.vg_from(after).is_some_and(|v| v.bits & FINITE != 0 && !goes(v))
        })
    }
}

pub(crate) fn is_quote_mark(doc: &Doc<'_>, u: usize) -> bool {
    let mark = doc.words(&(u..u + 1));
    mark.starts_with('"') || matches!(mark, "''" | "``" | "“" | "”" | "«" | "»" | "‘" | "’" | "'" | "„")
}
