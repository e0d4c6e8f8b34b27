//! What a report says in its own voice: the clauses that no attribution covers and that tell of something.

use super::Maker;
use crate::bits::*;
use crate::layout::credit_at;
use crate::speech;
use crate::stance;
use counterclaim_claims::{Evidence, Voice};
use counterclaim_lexicon::{Func, NumberKind, Scope, Sense};
use std::ops::Range;

impl Maker<'_, '_, '_> {
    /// What nobody is said to say is the report's own, where it tells of the conflict.
    pub(super) fn report(&mut self) {
        let mut sent = self.start.max(self.view.sent.units.start)..self.view.sent.units.end;
        let doc = self.view.doc;
        sent.end = credit_at(doc, sent.clone()).unwrap_or(sent.end);
        sent.end = self.put_out.map_or(sent.end, |u| u.min(sent.end));
        let mut free: Vec<Range<usize>> = Vec::new();
        let mut at = sent.start;
        while at < sent.end {
            if self.covered.iter().any(|c| c.contains(&at)) {
                at += 1;
                continue;
            }
            let from = at;
            while at < sent.end && !self.covered.iter().any(|c| c.contains(&at)) {
                at += 1;
            }
            free.push(from..at);
        }
        let whole = self.covered.is_empty();
        let mut told_to = sent.start;
        for range in free {
            // "Fired at what it called a base at nine in the morning": what goes on behind what is attributed was told with what
            // stands before it.
            if range.start < told_to {
                continue;
            }
            // "The arrests came an hour after the court said …": the clause goes on through what is attributed. Where clauses are
            // joined without inflection, what has its own source is left out.
            let subordinate = range.end > range.start
                && range.end < sent.end
                && (doc.has(range.end - 1, SUB | COMP | ADP) || self.opens_time(range.end - 1));
            let range = if subordinate && doc.pack.head_first {
                let mut end = range.end;
                while end > range.start && doc.has(end - 1, SUB | COMP | ADP) {
                    end -= 1;
                }
                let main = self
                    .view
                    .phrases
                    .vgs
                    .iter()
                    .rfind(|v| v.bits & FINITE != 0 && v.units.end <= end && range.start <= v.units.start);
                // "Pháo kích còn diễn ra khi X nói": a deed that goes on is told of.
                let deed = |v: usize| (range.start..v).any(|u| doc.has(u, ACT));
                if main.is_some_and(|v| v.bits & EXIST != 0 && !deed(v.units.start)) {
                    continue;
                }
                range.start..end
            } else if subordinate && self.view.has_finite(range.clone()) {
                told_to = sent.end;
                range.start..sent.end
            } else {
                range
            };
            // What opens or closes a sentence about somebody's words tells when or where they were said.
            let aside = doc.pack.head_first
                && !whole
                && doc.has(range.start, ADP | SUB)
                && (range.start == sent.start && range.end < sent.end && !self.clause_follows(&range)
                    || range.start > sent.start && range.end + 1 >= sent.end);
            let follows = range.start > sent.start;
            let trimmed = self.view.trim(range);
            // "P, he said, as officials met": a clause that hangs on what was said is no claim of its own.
            let hangs = follows
                && !doc.pack.head_first
                && (doc.has(trimmed.start, SUB) || self.dates(trimmed.start))
                && !doc.has(trimmed.start, CC)
                && !self.main_clause_later(&trimmed);
            if aside || hangs || trimmed.len() < 3 && !(doc.pack.head_first && self.view.has_finite(trimmed.clone())) {
                continue;
            }
            let mut before = false;
            for piece in self.view.cut(trimmed, true) {
                // "Took the bridge and entered the town": a deed that shares the subject of one that tells of the conflict.
                let shares = self
                    .view
                    .vg_from(piece.start)
                    .is_some_and(|v| v.bits & (ACT | FINITE) == ACT | FINITE);
                let told = self.tells(&piece, whole) || before && shares && !doc.pack.head_first;
                before = told;
                if !told && (self.block.is_none() || !self.view.has_finite(piece.clone())) {
                    continue;
                }
                let draft = self.draft(piece, Voice::Report, format!("{}/report/clause", doc.pack.tag));
                let draft = stance::in_person(&self.view, draft);
                match self.block.filter(|_| draft.voice == Voice::Report) {
                    Some((s, a)) => {
                        let by = &self.found.attributions[s][a];
                        self.attributed(draft.units, by, (s, a), Vec::new(), None);
                    }
                    None => self.out.push(draft),
                }
            }
        }
    }

    /// "A day after": a word for when something was, that a clause follows.
    fn opens_time(&self, u: usize) -> bool {
        let doc = self.view.doc;
        let last = doc.units[u].tokens.end as usize - 1;
        !doc.pack.head_first && !doc.has(u, PUNCT | NOUN) && doc.word_is(last, Func::SubTime)
    }

    /// Whether a main clause follows the comma that closes what opens a range.
    pub(super) fn clause_follows(&self, range: &Range<usize>) -> bool {
        range
            .clone()
            .find(|&u| self.view.doc.has(u, COMMA))
            .is_some_and(|comma| self.view.has_finite(comma + 1..range.end))
    }

    /// Whether a clause of the report's own states something about the conflict.
    pub(super) fn tells(&self, piece: &Range<usize>, whole: bool) -> bool {
        let doc = self.view.doc;
        let any = |bits: u128| piece.clone().any(|u| doc.has(u, bits));
        let finite = self.view.has_finite(piece.clone());
        let strong = |u: usize| doc.act(u).is_some_and(|a| !a.flags.weak) || doc.has(u, HARM | LOSS);
        if any(EVIDENCE) && piece.len() < 14 && !piece.clone().any(strong) {
            return false;
        }
        // "There was no independent confirmation of the raid": a sentence about what is known of others' claims.
        let unconfirmed = |u: usize| {
            doc.senses(u).any(|(s, _)| {
                matches!(
                    s,
                    Sense::Evidence {
                        kind: Evidence::NotVerified,
                        scope: Scope::All
                    }
                )
            })
        };
        if !doc.pack.head_first
            && ((piece.start..piece.end.min(piece.start + 3)).any(unconfirmed) || self.withheld(piece))
        {
            return false;
        }
        // Verbs without inflection are not all known: a clause about somebody of the conflict tells of it.
        let about = doc.pack.head_first
            && whole
            && piece.len() > 4
            && any(PARTY | PERSON | MATERIEL)
            && !any(IT | HEDGE)
            && !doc.has(piece.start, EXHIBIT | ADP | SUB)
            && self.view.clause_at(piece.start, piece.end);
        speech::tells(doc, piece) && (finite || whole && doc.pack.head_first) || about || whole && self.arms(piece)
    }

    /// "The junta has not published a toll", "no figures were issued": a clause that only tells of what was not told.
    fn withheld(&self, piece: &Range<usize>) -> bool {
        let doc = self.view.doc;
        let Some(verb) = self.view.main_verb(piece).filter(|v| v.bits & PUBLISHES != 0) else {
            return false;
        };
        let none = |u: usize| {
            let number = |s: &Sense| matches!(s, Sense::Number(n) if n.kind == NumberKind::None);
            doc.has(u, NEG) || doc.senses(u).any(|(s, _)| number(s))
        };
        // "Neither side has released figures".
        let neither = doc.word_is(doc.units[piece.start].tokens.start as usize, Func::Neg);
        let (told, negated) = if verb.bits & PASSIVE != 0 {
            (
                piece.start..verb.units.start,
                (piece.start..verb.units.start.min(piece.start + 2)).any(none),
            )
        } else {
            (
                verb.units.end..piece.end.min(verb.units.end + 6),
                none(verb.units.end) || neither,
            )
        };
        let words =
            |u: usize| doc.has(u, EXHIBIT | CUE_N) || doc.has(u, HARM) && doc.has(u, NOUN) || doc.is(u, Func::Tally);
        (verb.bits & NEG != 0 || negated) && told.into_iter().any(words)
    }

    /// "The brigade has 30 tanks": a clause that tells what somebody fights with.
    pub(super) fn arms(&self, piece: &Range<usize>) -> bool {
        let doc = self.view.doc;
        let main = self.view.main_verb(piece).filter(|v| doc.is(v.head, Func::AuxHave));
        !doc.pack.head_first
            && main.is_some_and(|v| {
                let owner = (piece.start..v.units.start).any(|u| doc.has(u, ORG | PARTY));
                let what = self.view.phrases.longest_from(v.units.end);
                owner
                    && what.is_some_and(|w| w.bits & MATERIEL != 0 && w.units.clone().any(|u| doc.has(u, NUM | NUMBER)))
            })
    }
}
