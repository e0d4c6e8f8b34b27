//! Pass 4, second half: the subjects of verbs, with all that stands between a subject and its verb.
//!
//! "Phil Tarn, a lawyer for the miners, said", "the group, which runs the port, denied", "people familiar with the matter
//! told", and after the verb: "said Phil Tarn, who leads the team". Such a subject is one edge of the chart, so that a rule
//! need only ask for a noun phrase beside its cue. Only languages whose verbs inflect have finite verbs plain enough for most of this.

use crate::bits::*;
use crate::doc::{Doc, Sent};
use crate::phrases::{Kind, Phrase, Phrases};
use counterclaim_lexicon::{Func, PosClass};
use std::ops::Range;

/// A subject is not looked for further away than this many units.
const FAR: usize = 60;

/// Adds the long subjects of a sentence to its phrases, and marks the verb groups that have one before them.
pub(crate) fn subjects(doc: &Doc<'_>, sent: &Sent, phrases: &mut Phrases) {
    if sent.units.len() > 600 {
        return;
    }
    if doc.pack.head_first {
        phrases.subjects = described(doc, sent, phrases);
        return;
    }
    let mut found = Vec::new();
    let mut with_subject = Vec::new();
    let finder = Finder { doc, sent, phrases };
    for (n, vg) in finder.phrases.vgs.iter().enumerate() {
        if vg.bits & FINITE == 0 || vg.bits & (CUE_V | CUE_A | COPULA) == 0 && !next_is_cue(finder.phrases, n) {
            continue;
        }
        if let Some(subject) = finder.before(vg) {
            with_subject.push(n);
            found.push(subject);
        } else if vg.bits & QUOTING != 0
            && let Some(subject) = finder.after(vg)
        {
            found.push(subject);
        }
    }
    for n in with_subject {
        phrases.vgs[n].bits |= SUBJECT;
    }
    phrases.subjects = found;
}

/// "một quan chức cứu hộ nói", "nhiều hãng vận tải, trong đó có X, thông báo", "những người sống gần sân bay kể": where verbs do not
/// inflect, a verb between somebody who opens the clause and a verb of speech tells who it is.
fn described(doc: &Doc<'_>, sent: &Sent, phrases: &Phrases) -> Vec<Phrase> {
    let mut out = Vec::new();
    for cue in phrases
        .vgs
        .iter()
        .filter(|v| v.bits & CUE_V != 0 && v.bits & (PASSIVE | PASSIVE_CUE | WEAK) == 0)
    {
        if let Some(subject) = beside(doc, phrases, cue).or_else(|| opening(doc, sent, phrases, cue)) {
            out.push(subject);
        }
    }
    out
}

/// The subject of the clause that a verb of speech at `end` goes on, in a sentence that begins at `first`.
pub(crate) fn before(doc: &Doc<'_>, phrases: &Phrases, first: usize, end: usize) -> Option<Range<usize>> {
    if let Some(subject) = opening_subject(doc, phrases, first..end) {
        return Some(subject);
    }
    let relative = |v: &Phrase| v.units.start > first && doc.has(v.units.start - 1, REL);
    let vg = phrases
        .vgs
        .iter()
        .rev()
        .filter(|v| v.units.end <= end)
        .find(|v| v.bits & FINITE != 0 && !relative(v))?;
    // "Aram Petrosyan, an aide to the president, showed a video and said": the whole subject, not the name next to the verb.
    let whole = phrases.subjects.iter().filter(|p| p.units.end == vg.units.start);
    if let Some(subject) = whole.max_by_key(|p| p.units.len()) {
        return Some(subject.units.clone());
    }
    let subject = phrases
        .nps
        .iter()
        .rev()
        .filter(|n| n.units.end <= vg.units.start && n.units.start >= first && n.bits & WHO != 0)
        .find(|n| n.bits & (PARTY | PERSON | ORG | PRONOUN | PROPN) != 0)?;
    Some(subject.units.clone())
}

/// "Lực lượng X ở Y tấn công Z, gọi đây là …", "Tổng thống chỉ đạo quân đội truy quét, nhấn mạnh …": where verbs do not inflect, who does
/// the last verb that has its own subject at the head of a clause, what that subject is attached to left aside.
fn opening_subject(doc: &Doc<'_>, phrases: &Phrases, units: Range<usize>) -> Option<Range<usize>> {
    let who = |n: &&Phrase| n.bits & WHO != 0 && units.start <= n.units.start;
    let opens = |at: usize| {
        let dated = phrases.times.iter().any(|t| t.units.end == at);
        at == units.start || dated || doc.has(at - 1, COMMA | CC)
    };
    let verbs = phrases
        .vgs
        .iter()
        .rev()
        .filter(|v| v.bits & FINITE != 0 && v.units.end <= units.end);
    let heads = verbs.filter_map(|v| {
        let before = phrases
            .nps
            .iter()
            .rev()
            .filter(who)
            .filter(|n| n.units.end <= v.units.start);
        let mut at = v.units.start;
        for np in before {
            // Nothing but another's attachment and words for when stand between the subject and its verb.
            let gap = np.units.end..at;
            let near = gap
                .clone()
                .all(|u| doc.has(u, ADP | POSS | ADV | AUX | NOUN | NUM) && !doc.has(u, COMMA | VERB));
            if !near {
                return None;
            }
            if opens(np.units.start) {
                return Some(np.units.clone());
            }
            at = np.units.start;
        }
        None
    });
    heads.into_iter().next().filter(|_| doc.pack.head_first)
}

/// Somebody, one bare verb, and the verb of speech; an aside that names some of them may stand between.
fn beside(doc: &Doc<'_>, phrases: &Phrases, cue: &Phrase) -> Option<Phrase> {
    let verb = phrases.vgs.iter().rfind(|v| v.units.end <= cue.units.start)?;
    let bare = verb.units.len() == 1 && tells_who(doc, verb);
    let near = bare && includes(doc, &(verb.units.end..cue.units.start));
    let np = phrases.nps.iter().find(|n| near && n.units.end == verb.units.start)?;
    // "Chính phủ được Liên Hợp Quốc công nhận nói": who does what the passive tells says nothing.
    let doer = np.units.start > 0 && doc.has(np.units.start - 1, PASSIVE_WORD);
    (somebody(np) && !doer).then(|| subject(np, verb.units.end))
}

/// Somebody who opens the clause, with a clause about them that goes on to the verb of speech.
fn opening(doc: &Doc<'_>, sent: &Sent, phrases: &Phrases, cue: &Phrase) -> Option<Phrase> {
    let floor = sent.units.start.max(cue.units.start.saturating_sub(FAR));
    let bound = |&u: &usize| doc.has(u, COMMA | CC | COLON | OPEN | CLOSE | SUB | COMP | CUE_P | AGENT | DASH);
    let start = (floor..cue.units.start).rev().find(bound).map_or(floor, |u| u + 1);
    let np = phrases
        .nps
        .iter()
        .find(|n| n.units.start >= start && n.units.end < cue.units.start)?;
    let opens = np.units.start == start && (start == sent.units.start || !doc.has(start - 1, CUE_P | AGENT | OPEN));
    let verb = phrases.vgs.iter().find(|v| v.units.start == np.units.end)?;
    let between = verb.units.start..cue.units.start;
    let other_cue = phrases
        .vgs
        .iter()
        .any(|v| between.contains(&v.units.start) && !tells_who(doc, v));
    let named = np.bits & (PARTY | PROPN) != 0 || between.clone().any(|u| doc.has(u, PRONOUN));
    (opens && somebody(np) && !named && !other_cue && between.len() > 1).then(|| subject(np, cue.units.start))
}

fn somebody(np: &Phrase) -> bool {
    np.bits & (PERSON | ORG) != 0 && np.bits & PRONOUN == 0
}

fn subject(np: &Phrase, end: usize) -> Phrase {
    Phrase {
        kind: Kind::LongNp,
        units: np.units.start..end,
        head: np.head,
        bits: np.bits | SUBJECT,
    }
}

/// Whether a verb can tell who somebody is: it says, is and causes nothing.
fn tells_who(doc: &Doc<'_>, verb: &Phrase) -> bool {
    verb.bits & (CUE_V | COPULA | EXIST | NEG) == 0 && !doc.is(verb.head, Func::Cause)
}

/// Whether a gap is nothing, or an aside that names some of those before it.
fn includes(doc: &Doc<'_>, gap: &Range<usize>) -> bool {
    let aside = gap.len() > 3 && doc.has(gap.start, COMMA) && doc.has(gap.end - 1, COMMA);
    gap.is_empty() || aside && doc.is(gap.start + 1, Func::Including)
}

/// "refused to say": the verb that has the subject is not the cue itself.
fn next_is_cue(phrases: &Phrases, n: usize) -> bool {
    phrases
        .vgs
        .get(n + 1)
        .is_some_and(|v| v.bits & INFINITIVE != 0 && v.bits & CUE_V != 0 && v.units.start == phrases.vgs[n].units.end)
}

struct Finder<'f, 't> {
    doc: &'f Doc<'t>,
    sent: &'f Sent,
    phrases: &'f Phrases,
}

impl Finder<'_, '_> {
    /// The subject that stands before a verb group, where it is more than the noun phrase beside the verb.
    fn before(&self, vg: &Phrase) -> Option<Phrase> {
        let doc = self.doc;
        let end = self.skip_back(vg.units.start);
        let from = self.clause_start(end);
        if from >= end {
            return None;
        }
        let mut segments = self.segments(from, end);
        let aside_before_verb = doc.has(end - 1, COMMA);
        if aside_before_verb {
            segments.pop();
        }
        let last = segments.len().checked_sub(1)?;
        let mut chosen = None;
        if aside_before_verb {
            // Leftwards over asides to the segment that the subject begins.
            let mut m = last;
            while m > 0 && self.is_aside(&segments, m) {
                m -= 1;
                if self.can_begin(&segments[m]) {
                    chosen = Some(m);
                }
            }
        } else {
            chosen = self.can_begin(&segments[last]).then_some(last);
        }
        let start = self.list_start(segments[chosen?].start);
        let start = (start..end).find(|&u| self.np_from(u).is_some())?;
        self.phrase(start..end)
    }

    /// "The presidents of Kenya, Uganda and Rwanda said": where the list of names begins whose later part begins at `from`.
    fn list_start(&self, from: usize) -> usize {
        let coordinated = |n: &Phrase| n.bits & PARTY != 0 && n.units.clone().any(|u| self.doc.has(u, CC));
        let holds = |n: &&Phrase| n.units.start < from && from < n.units.end && coordinated(n);
        let list = self.phrases.long.iter().filter(holds).map(|n| n.units.start).min();
        let Some(list) = list else { return from };
        let headed = list
            .checked_sub(1)
            .filter(|&u| u > self.sent.units.start && self.doc.has(u, POSS));
        let head = headed.and_then(|of| self.phrases.nps.iter().find(|n| n.units.end == of && n.bits & WHO != 0));
        head.map_or(list, |n| n.units.start)
    }

    /// The subject that follows an inverted verb: "said Phil Tarn, who runs the port".
    fn after(&self, vg: &Phrase) -> Option<Phrase> {
        let doc = self.doc;
        let before = vg.units.start.checked_sub(1)?;
        if before < self.sent.units.start || !(doc.has(before, COMMA | CLOSE) || doc.quote_of(before).is_some()) {
            return None;
        }
        let start = vg.units.end;
        let np = self.phrases.longest_from(start)?;
        let stop = self.sent.units.end.min(start + FAR);
        let mut end = np.units.end;
        // ", who …", ", a spokesman for …", ", 25,"
        loop {
            if end < stop && doc.has(end, REL) && !doc.has(end, SUB) {
                end = self.relative_end(end, stop);
                continue;
            }
            if end + 1 >= stop || !doc.has(end, COMMA) {
                break;
            }
            let next = end + 1;
            if doc.has(next, REL) && !doc.has(next, SUB) {
                end = self.relative_end(next, stop);
            } else if let Some(more) = self.np_from(next).filter(|p| {
                p.bits & PRONOUN == 0
                    && !self
                        .phrases
                        .vgs
                        .iter()
                        .any(|v| v.units.start == p.units.end && v.bits & FINITE != 0)
            }) {
                end = self
                    .phrases
                    .longest_from(more.units.start)
                    .map_or(more.units.end, |l| l.units.end);
            } else {
                break;
            }
        }
        while end > start && doc.has(end - 1, COMMA) {
            end -= 1;
        }
        (end > np.units.end).then(|| self.phrase(start..end)).flatten()
    }

    /// Where a relative clause that begins at `rel` ends: at the comma after its verb, or where the sentence does.
    fn relative_end(&self, rel: usize, stop: usize) -> usize {
        let doc = self.doc;
        let mut verb = false;
        for u in rel + 1..stop {
            verb |= self.phrases.vg_at(u).is_some();
            let unit = &doc.units[u];
            if verb && unit.bits & COMMA != 0
                || unit.class == PosClass::Punct
                    && unit.bits & (COMMA | DASH | OPEN | CLOSE) == 0
                    && doc.quote_of(u).is_none()
                || unit.bits & OPEN != 0
            {
                return u;
            }
        }
        stop
    }

    fn phrase(&self, units: Range<usize>) -> Option<Phrase> {
        let first = self.np_from(units.start)?;
        let mut bits = first.bits & !(NUMBER | ACT | HARM) | SUBJECT;
        for np in self
            .phrases
            .nps
            .iter()
            .filter(|n| n.units.start > first.units.start && n.units.end <= units.end)
        {
            bits |= np.bits & (WHO | PARTY) & if first.bits & (PROPN | WHO) != 0 { !0 } else { PARTY };
        }
        Some(Phrase {
            kind: Kind::LongNp,
            units,
            head: first.head,
            bits,
        })
    }

    fn np_from(&self, u: usize) -> Option<&Phrase> {
        let at = self.phrases.nps.partition_point(|n| n.units.start < u);
        self.phrases.nps.get(at).filter(|n| n.units.start == u)
    }

    /// Over adverbs and times that stand before a verb.
    fn skip_back(&self, mut at: usize) -> usize {
        let floor = self.sent.units.start;
        while at > floor {
            if let Some(time) = self.phrases.times.iter().find(|t| t.units.end == at) {
                at = time.units.start;
            } else if self.doc.units[at - 1].class == PosClass::Adv && !self.doc.has(at - 1, SUB | CC | REL | CUE_P) {
                at -= 1;
            } else {
                break;
            }
        }
        at
    }

    /// Where the clause that `end` stands in begins: after a quotation, a conjunction between clauses, a colon.
    fn clause_start(&self, end: usize) -> usize {
        let doc = self.doc;
        let floor = self.sent.units.start.max(end.saturating_sub(FAR));
        let mut depth = 0usize;
        for u in (floor..end).rev() {
            let unit = &doc.units[u];
            let words = doc.words(&(u..u + 1));
            match words {
                ")" | "]" => depth += 1,
                "(" | "[" => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth > 0 {
                continue;
            }
            let mark = unit.bits & (OPEN | CLOSE) != 0 && crate::clauses::is_quote_mark(doc, u);
            let stop = unit.class == PosClass::Punct && matches!(words, ";" | ":" | "?" | "!" | "…");
            // A dateline's dash may have been lost on the way.
            let dash = unit.bits & DASH != 0 && doc.tokens[unit.tokens.start as usize].spaced || words == "\u{fffd}";
            let conjunction = unit.bits & COMP != 0 && unit.bits & REL == 0
                || unit.bits & CC != 0 && !self.in_list(u) && (self.finite_in(floor..u) || u == floor);
            if mark || stop || dash || conjunction {
                return u + 1;
            }
        }
        floor
    }

    /// "Which does not tell civilians and fighters apart": a conjunction between two of a kind behind a preposition or verb.
    fn in_list(&self, u: usize) -> bool {
        let covers = |n: &&Phrase| n.units.start < u && u + 1 < n.units.end;
        let list = self.phrases.long.iter().filter(covers).max_by_key(|n| n.units.end);
        let verb = |end: usize| {
            self.phrases
                .vgs
                .iter()
                .any(|v| v.units.start == end && v.bits & FINITE != 0)
        };
        list.is_some_and(|n| !verb(n.units.end))
    }

    fn segments(&self, from: usize, end: usize) -> Vec<Range<usize>> {
        let mut out = Vec::new();
        let mut start = from;
        for u in from..end {
            if self.doc.has(u, COMMA) {
                out.push(start..u);
                start = u + 1;
            }
        }
        out.push(start..end);
        out
    }

    fn finite_in(&self, range: Range<usize>) -> bool {
        self.phrases
            .vgs
            .iter()
            .any(|v| v.bits & FINITE != 0 && range.start <= v.units.start && v.units.end <= range.end)
    }

    /// Whether a segment has no finite verb but in a relative clause.
    fn verbless(&self, segment: &Range<usize>) -> bool {
        let rel = segment.clone().find(|&u| self.doc.has(u, REL) && u > segment.start);
        let until = rel.unwrap_or(segment.end);
        !self.finite_in(segment.start..until) && rel.is_none_or(|r| self.finite_in(r..segment.end))
    }

    /// Whether the subject can begin in a segment: it opens with a noun phrase and has no verb of its own.
    fn can_begin(&self, segment: &Range<usize>) -> bool {
        let doc = self.doc;
        let mut at = segment.start;
        while at < segment.end
            && (doc.has(at, CC) && !doc.has(at, WHO) || doc.units[at].class == PosClass::Adv && !doc.has(at, SUB | REL))
            && self.np_from(at).is_none()
        {
            at += 1;
        }
        self.np_from(at).is_some_and(|n| n.units.end <= segment.end)
            && !self.phrases.times.iter().any(|t| t.units.contains(&at))
            && self.verbless(&(at..segment.end))
    }

    /// Whether a segment between commas only says more of what stands before it.
    fn is_aside(&self, segments: &[Range<usize>], m: usize) -> bool {
        let doc = self.doc;
        let segment = &segments[m];
        if segment.is_empty() {
            return false;
        }
        let first = segment.start;
        if doc.has(first, REL) && !doc.has(first, DET_THIS) {
            return true;
        }
        if doc.has(first, CC | COMP) || !self.verbless(segment) {
            return false;
        }
        let unit = &doc.units[first];
        let loose = self
            .phrases
            .vgs
            .iter()
            .any(|v| v.units.start == first && v.bits & (GERUND | PARTICIPLE) != 0);
        let time = self.phrases.times.iter().any(|t| t.units.contains(&first));
        loose
            || time
            || self.np_from(first).is_some()
            || matches!(
                unit.class,
                PosClass::Adp | PosClass::Adv | PosClass::Num | PosClass::Adj
            )
    }
}
