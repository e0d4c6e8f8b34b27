//! Where the words of a statement begin and end.

use super::Maker;
use crate::attribution::{Attribution, Content};
use crate::bits::*;
use crate::clauses::is_quote_mark;
use crate::doc::Doc;
use counterclaim_claims::{Evidence, Stance};
use counterclaim_lexicon::{Frames, Func, Inflection, Pos, PosClass, Sense};
use std::ops::Range;

/// "Is accused of", "is believed to": a whole clause with nobody named.
pub(super) fn unnamed(a: &Attribution) -> bool {
    a.source.is_none() && !a.inherits && matches!(a.content, Content::Whole(_))
}

/// "Is believed to": what is thought with nobody named.
pub(super) fn doubt(a: &Attribution) -> bool {
    unnamed(a) && a.hedged && a.stance == Stance::Asserts
}

/// "The attacks, for which Q claimed responsibility": what is claimed stands before the cue, as part of a longer clause.
pub(super) fn points_back(doc: &Doc<'_>, a: &Attribution) -> bool {
    let aside = |u: usize| u > 0 && doc.has(u - 1, COMMA);
    matches!(&a.content, Content::Exact(r) if r.start == a.span.start && !is_quote_mark(doc, r.start) && !aside(r.start))
}

/// The pieces of a clause around the cue and the source that stand inside it.
pub(super) fn middle(a: &Attribution, piece: &Range<usize>) -> Vec<Range<usize>> {
    let Some(source) = a.source.as_ref().filter(|s| s.start > piece.start && s.end < piece.end) else {
        return Vec::new();
    };
    let from = a.cues.iter().map(|c| c.start).fold(source.start, usize::min);
    let to = a.cues.iter().map(|c| c.end).fold(source.end, usize::max);
    if piece.start < from && to < piece.end {
        vec![piece.start..from, to..piece.end]
    } else {
        Vec::new()
    }
}

/// The mark that closes a quotation, begun behind `from`, right before what another attribution's cue says.
fn close_before(doc: &Doc<'_>, other: &Attribution, from: usize) -> Option<usize> {
    let begun = |q: &Range<usize>| q.start >= from;
    let closes = |u: &usize| doc.has(*u, CLOSE) && doc.quote_of(*u).is_some_and(begun);
    let mut before = other.span.start..other.anchor;
    before.find(closes).filter(|_| other.inherits && !doc.pack.head_first)
}

impl Maker<'_, '_, '_> {
    /// The content of an attribution, cut at what is no longer its own.
    pub(super) fn content(&self, a: &Attribution, list: &[Attribution]) -> Option<Range<usize>> {
        let sent = self.start.max(self.view.sent.units.start)..self.view.sent.units.end;
        let range = match &a.content {
            Content::Below => return None,
            Content::Exact(range) => range.clone(),
            Content::Right(from) => *from..self.right_end(*from, a, list),
            Content::Left(to) => self.left_start(*to, a, list)..*to,
            Content::Told(to) => self.told_from(*to, a, list)..*to,
            Content::Around(to, from) => {
                let start = self.left_start(*to, a, list);
                let end = self.right_end(*from, a, list);
                // What follows has a source of its own, or only hangs on what stands before.
                let alone = self.adds(start..*to, *from) || end <= *from + 1;
                start..if alone { *to } else { end }
            }
            Content::Whole(from) => *from..self.right_end(a.span.end.max(from + 1), a, list),
        };
        let range = self.view.trim(range.start.max(sent.start)..range.end.min(sent.end));
        let doc = self.view.doc;
        // "bác bỏ điều này": words that point back by more than a pronoun are the content's own.
        let points = |u: usize| doc.has(u, IT) && doc.units[u].tokens.len() > 1;
        if range.len() < 2 && !range.clone().any(|u| doc.has(u, NOUN | VERB | PROPN) || points(u)) {
            return None;
        }
        let first = range.start;
        // "said their account was not confirmed": of what was told before.
        let withheld = doc.has(range.end, EVIDENCE) && self.view.phrases.vg_at(range.end).is_some();
        if withheld
            && matches!(a.content, Content::Right(_))
            && !doc.pack.head_first
            && !self.view.has_finite(range.clone())
        {
            return None;
        }
        // "Kyiv denied it, saying Q": what follows the comma has a word of its own that makes it a statement.
        if let Content::Right(from) = a.content
            && doc.has(from, COMMA)
            && self.view.vg_from(from + 1).is_some_and(|v| v.bits & CUE_V != 0)
        {
            return None;
        }
        // "spread information this way": no content begins with a word that points back.
        if matches!(a.content, Content::Right(_))
            && doc.has(first, DET_THIS)
            && !doc.has(first, WHO | COMP)
            && doc.pack.head_first
        {
            return None;
        }
        if a.wants_clause
            && doc.pack.head_first
            && !matches!(a.content, Content::Exact(_))
            && !self.view.has_finite(range.clone())
            && !range.clone().any(|u| doc.has(u, HARM | LOSS | OPEN))
            && !range
                .clone()
                .any(|u| doc.act(u).is_some_and(|act| act.pos == Pos::Fixed))
        {
            return None;
        }
        // Nothing stated: "said on Monday", "said after the talks", "in her book, she noted".
        if matches!(a.content, Content::Left(_))
            && !doc.pack.head_first
            && !self.view.phrases.vgs.iter().any(|v| range.contains(&v.units.start))
            && !range.clone().any(|u| doc.has(u, ACT | HARM | LOSS | OPEN | NUMBER))
        {
            return None;
        }
        // "verified videos and photographs": what media are told of shows nothing yet.
        let medium_only = |u: usize| doc.has(u, EXHIBIT | CC | DET | ADJ | NUM | COMMA);
        if matches!(a.content, Content::Right(_)) && !doc.pack.head_first && !a.shows && range.clone().all(medium_only)
        {
            return None;
        }
        // "the mayor showed courage": what somebody shows without saying so.
        let medium = |s: &Range<usize>| s.clone().any(|u| doc.has(u, EXHIBIT | CUE_N | MEDIA));
        if matches!(a.content, Content::Right(_))
            && !doc.pack.head_first
            && a.cue.frames.has(Frames::SHOW)
            && !a.shows
            && a.source.as_ref().is_some_and(|s| !medium(s))
            && !self.view.has_finite(range.clone())
        {
            return None;
        }
        // "demonstrate a disregard", "said enough": a cue that takes a clause, and none.
        if matches!(a.content, Content::Right(_))
            && !doc.pack.head_first
            && a.wants_clause
            && !self.view.phrases.vgs.iter().any(|v| range.contains(&v.units.start))
            && !range.clone().any(|u| doc.has(u, HARM | LOSS | ACT | OPEN))
        {
            return None;
        }
        if matches!(a.content, Content::Right(_) | Content::Left(_))
            && (doc.has(first, SUB) && !doc.has(first, COMP | NUMBER)
                || doc.has(first, PUNCT) && !is_quote_mark(doc, first))
            && !self.main_clause_later(&range)
        {
            return None;
        }
        Some(range)
    }

    /// "Three were hurt, he said, as the crowd fled": what follows the attribution is the report's own.
    fn adds(&self, left: Range<usize>, from: usize) -> bool {
        let doc = self.view.doc;
        let loose = self.view.vg_from(from).is_some_and(|v| {
            v.bits & (GERUND | PARTICIPLE) != 0 && !(v.bits & GERUND != 0 && v.bits & (ACT | HARM | LOSS) != 0)
        });
        // "The port was shelled, he said, killing nine": what came of it is told with it.
        // "…, he said, because Q" goes on with what he said, and so does "though P, he said, Q".
        let said =
            doc.is(from, Func::SubCause) && self.view.has_finite(from..self.view.sent.units.end) || doc.has(from, INF);
        let whole = self.view.has_finite(left.clone()) && !doc.has(left.start, SUB);
        // "Three were hurt, he said, in the third raid": a phrase without a verb is no more than where and when.
        let phrase = doc.units.get(from).is_some_and(|u| u.class == PosClass::Adp);
        // "…, he said, a day after the raid".
        let later = self.dates(from);
        let hangs = later
            || doc.has(from, SUB | REL) && !doc.has(from, CC)
            || phrase && (doc.pack.head_first || self.view.has_finite(from..self.view.sent.units.end))
            || loose;
        from < self.view.sent.units.end && hangs && whole && (doc.pack.head_first || !said)
    }

    /// "A day after the raid": a clause that only tells when.
    pub(super) fn dates(&self, from: usize) -> bool {
        let doc = self.view.doc;
        let dated = self.view.phrases.times.iter().find(|t| t.units.start == from);
        !doc.pack.head_first
            && dated.is_some_and(|t| doc.word_is(doc.units[t.units.end - 1].tokens.end as usize - 1, Func::SubTime))
    }

    /// "…, if the attack goes on, the city will fall": a subordinate clause first, then the main one.
    pub(super) fn main_clause_later(&self, range: &Range<usize>) -> bool {
        range
            .clone()
            .find(|&u| self.view.doc.has(u, COMMA))
            .is_some_and(|comma| self.view.has_finite(comma + 1..range.end))
    }

    fn right_end(&self, from: usize, a: &Attribution, list: &[Attribution]) -> usize {
        let doc = self.view.doc;
        let mut end = self.view.sent.units.end;
        // Inside a quotation the content ends with it.
        if let Some(quote) = doc
            .quote_of(from)
            .filter(|q| q.start < from && is_quote_mark(doc, q.start))
        {
            end = end.min(quote.end.saturating_sub(usize::from(doc.has(quote.end - 1, CLOSE))));
        }
        // "denied striking the port, and we saw nothing": what has no verb of its own ends before the next clause.
        let next_clause = (from..end.saturating_sub(2)).find(|&u| {
            doc.has(u, COMMA) && doc.has(u + 1, CC) && self.view.clause_at(u + 2, end) && doc.quote_of(u).is_none()
        });
        // "Blamed Chad for the raid and declared a curfew": what has no verb of its own ends where its speaker's next verb begins.
        let past = |v: &crate::phrases::Phrase| {
            let past = |(_, form)| matches!(form, Inflection::Past | Inflection::PastOrParticiple);
            v.bits & FINITE != 0 && v.head == v.units.start && doc.senses(v.head).any(past)
        };
        let next_verb = (from + 2..end.saturating_sub(2))
            .find(|&u| doc.has(u, CC) && doc.quote_of(u).is_none() && self.view.vg_from(u + 1).is_some_and(past));
        if let Some(u) = next_verb.filter(|&u| {
            let verb = self
                .view
                .phrases
                .vgs
                .iter()
                .any(|v| from <= v.units.start && v.units.end <= u);
            !doc.pack.head_first && (a.cue.frames.has(Frames::NP_CLAUSE) || a.cue.frames.has(Frames::AS)) && !verb
        }) {
            end = u;
        }
        if let Some(verb) = self.verb_of_noun(from, a) {
            end = end.min(verb);
        }
        if let Some(main) = self.main_after(from, a.span.start, end) {
            end = main;
        }
        if let Some(put_out) = self.puts_out(from, end) {
            end = put_out;
        }
        if let Some(u) = next_clause.filter(|&u| !doc.pack.head_first && !self.view.has_finite(from..u)) {
            end = u;
        }
        let others = list.iter().zip(&self.live).filter(|(o, live)| {
            **live
                && o.anchor != a.anchor
                && o.span.start > from
                && (doc.pack.head_first || !self.own_thought(o) && !points_back(doc, o))
        });
        for (other, _) in others {
            let opener = other.span.start;
            // A cause is part of what is said: "P because few believed Q".
            let cause =
                |u: usize| doc.is(u, Func::SubCause) && !doc.pack.head_first && !doc.has(u.saturating_sub(1), COMMA);
            let opens = |u: usize| doc.has(u, SUB) && !doc.is(u, Func::SubCond) && !cause(u);
            let breaks = |u: usize| doc.has(u, COMMA | CC | COLON | DASH) || opens(u) || doc.words(&(u..u + 1)) == ";";
            if doubt(other) {
                continue;
            }
            let own = other.source.is_some()
                || other.silent
                || matches!(other.content, Content::Whole(_))
                || doc.has(other.anchor, FIXED);
            if let Some(close) = close_before(doc, other, from) {
                // `said "P," adding Q`
                end = end.min(close + 1);
            } else if (doc.has(opener, COMMA | CC) || opens(opener))
                && doc.quote_of(opener).is_none_or(|q| q.start < from)
            {
                end = end.min(opener);
            } else if opener > from + 1
                && doc.has(opener, CUE_N)
                && doc.has(opener - 1, ADP)
                && doc.has(opener - 2, COMMA)
            {
                // ", with reports of fires"
                end = end.min(opener - 2);
            } else if own && (breaks(opener - 1) || doc.has(opener - 1, COMP) && opener > from + 1 && opens(opener - 2))
            {
                // "…, after the ministry said Q", "bất chấp việc X kêu gọi Q": what has its own source is no part of P.
                let mut cut = opener - 1;
                while cut > from && breaks(cut - 1) {
                    cut -= 1;
                }
                end = end.min(cut);
            }
        }
        // Evidence withheld is told of the claim and is no part of it.
        for u in from..end {
            // "The charges were unsubstantiated": what somebody says of them.
            let said = !doc.pack.head_first
                && (doc.has(u - 1, COPULA) || doc.quote_of(u).is_some_and(|q| q.start > from))
                && doc.units[u].tokens.len() == 1;
            if doc.has(u, EVIDENCE)
                && !said
                && doc.senses(u).any(|(s, _)| {
                    matches!(
                        s,
                        Sense::Evidence {
                            kind: Evidence::NoneOffered | Evidence::NotVerified,
                            ..
                        }
                    )
                })
            {
                let mut cut = u;
                while cut > from + 1 && !doc.has(cut - 1, COMMA | CC) && u - cut < 8 {
                    cut -= 1;
                }
                if doc.has(cut - 1, COMMA | CC) {
                    while cut > from + 1 && doc.has(cut - 1, COMMA | CC) {
                        cut -= 1;
                    }
                } else {
                    cut = u;
                }
                end = end.min(cut);
                break;
            }
        }
        end
    }

    /// "The rebels' claim to have won was dismissed": the verb that the noun of saying is the subject of ends its infinitive.
    fn verb_of_noun(&self, from: usize, a: &Attribution) -> Option<usize> {
        let doc = self.view.doc;
        let infinitive = self.view.vg_from(from).is_some_and(|v| v.bits & INFINITIVE != 0);
        if doc.pack.head_first || !infinitive || !doc.has(a.anchor, CUE_N) {
            return None;
        }
        let mut finite = self.view.phrases.vgs.iter().filter(|v| v.bits & FINITE != 0);
        let main = finite.find(|v| v.units.start > from)?;
        // "A region threatened by drought", "the men who fled"
        let own = doc.has(main.units.start - 1, REL | COMP | PRONOUN)
            || main.units.len() == 1 && doc.has(main.units.end, AGENT);
        (!own).then_some(main.units.start)
    }

    /// "Although the army said P, shelling went on": the comma behind P, where the attribution stands in a clause that opens its
    /// sentence and hangs on another.
    fn main_after(&self, from: usize, attribution: usize, end: usize) -> Option<usize> {
        let doc = self.view.doc;
        let opener = attribution
            .checked_sub(1)
            .filter(|&u| u == self.start.max(self.view.sent.units.start))?;
        let hangs = doc.has(opener, SUB)
            || matches!(
                doc.tags[doc.units[opener].tokens.start as usize].0,
                PosClass::Sconj | PosClass::Adp
            );
        let main = |&u: &usize| {
            doc.has(u, COMMA)
                && doc.quote_of(u).is_none()
                && self.view.has_finite(from..u)
                && self.view.clause_at(u + 1, end)
        };
        (from..end).find(main).filter(|_| hangs && !doc.pack.head_first)
    }

    /// "Its army had taken the hill and published a video": where words begin that tell of media put out. They are the
    /// speaker's deed, and nothing that is said.
    pub(super) fn puts_out(&self, from: usize, end: usize) -> Option<usize> {
        let doc = self.view.doc;
        let publishes = |at: usize| {
            let at = at + usize::from(doc.has(at, PRONOUN));
            let verb = self
                .view
                .vg_from(at)
                .filter(|v| v.bits & (PUBLISHES | PASSIVE | INFINITIVE) == PUBLISHES);
            let object = verb.and_then(|v| self.view.phrases.nps.iter().find(|n| n.units.start >= v.units.end));
            verb.zip(object)
                .is_some_and(|(v, n)| n.units.start <= v.units.end + 1 && n.bits & EXHIBIT != 0)
        };
        let joins = |&u: &usize| doc.has(u, CC) && doc.quote_of(u).is_none() && publishes(u + 1);
        let cc = (from + 1..end.saturating_sub(2))
            .find(joins)
            .filter(|_| !doc.pack.head_first)?;
        Some(cc - usize::from(doc.has(cc - 1, COMMA)))
    }

    /// Where the words begin that end before `to`: those of the statement that they belong to, else the clause.
    fn told_from(&self, to: usize, a: &Attribution, list: &[Attribution]) -> usize {
        let said = list
            .iter()
            .rev()
            .filter(|o| o.anchor != a.anchor && !o.silent)
            .find_map(|o| match o.content {
                Content::Right(from) if o.span.end <= to && from < to => Some(from),
                _ => None,
            });
        said.unwrap_or_else(|| self.left_start(to, a, list))
    }

    fn left_start(&self, to: usize, a: &Attribution, list: &[Attribution]) -> usize {
        let doc = self.view.doc;
        let mut start = self.start.max(self.view.sent.units.start);
        for other in list
            .iter()
            .filter(|o| o.anchor != a.anchor && o.span.end <= to)
            .filter(|o| !matches!(o.content, Content::Right(_)) && !unnamed(o))
        {
            start = start.max(other.span.end);
        }
        // "X accused Y of P, which Y denied": what is denied is what was said, and not that it was.
        let relative = doc.has(a.span.start, COMMA) && doc.has(a.span.start + 1, REL);
        let said = list.iter().filter_map(|o| match o.content {
            Content::Right(from) if o.anchor != a.anchor && from < to => Some(from),
            _ => None,
        });
        if let Some(from) = said.max().filter(|_| relative && !doc.pack.head_first) {
            start = start.max(from);
        }
        (start..to)
            .rev()
            .find(|&u| doc.words(&(u..u + 1)) == ";")
            .map_or(start, |u| u + 1)
    }
}
