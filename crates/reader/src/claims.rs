//! Pass 6, second half: attributions and the words around them become claims, each with its clause cut out.

mod blocks;
mod content;
mod own;
mod quotes;

use crate::attribution::{Attribution, Content};
use crate::bits::*;
use crate::clauses::View;
use crate::doc::Doc;
use crate::evidence;
use crate::phrases::Phrases;
use crate::speech;
use crate::stance;
use content::{doubt, middle, unnamed};
use counterclaim_claims::{Evidence, Stance, Voice};
use counterclaim_lexicon::{Frames, Func};
use std::ops::Range;

/// A claim before its people, events and dates are worked out.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    pub(crate) sent: usize,
    /// The content's units.
    pub(crate) units: Range<usize>,
    pub(crate) voice: Voice,
    /// Number of the attribution in its sentence that made it, with that sentence.
    pub(crate) made_by: Option<(usize, usize)>,
    /// Attributions that hold this one: their sources relay it.
    pub(crate) held_by: Vec<(usize, usize)>,
    pub(crate) parts: Vec<Range<usize>>,
    pub(crate) stance: Stance,
    pub(crate) hedged: bool,
    pub(crate) evidence: Vec<Evidence>,
    pub(crate) rule: String,
    pub(crate) mutual: bool,
    /// Who speaks where no cue tells: the first person of a body's own statement.
    pub(crate) speaker: Option<Range<usize>>,
}

/// Everything the first half found.
pub(crate) struct Found<'a> {
    pub(crate) phrases: &'a [Phrases],
    pub(crate) attributions: &'a [Vec<Attribution>],
    /// Per sentence: whether it is a headline, a caption, a byline or a repetition, and where its text proper begins.
    pub(crate) skip: &'a [bool],
    pub(crate) starts: &'a [usize],
}

/// Makes the claims of a document, in text order.
pub(crate) fn drafts(doc: &Doc<'_>, found: &Found<'_>) -> Vec<Draft> {
    let owners = quotes::owners(doc, found);
    let blocks = blocks::blocks(doc, found);
    let mut out = Vec::new();
    for (s, sent) in doc.sents.iter().enumerate() {
        if found.skip[s] {
            continue;
        }
        let view = View {
            doc,
            sent,
            phrases: &found.phrases[s],
        };
        let mut maker = Maker {
            view,
            s,
            start: found.starts[s],
            found,
            owners: &owners,
            block: blocks[s],
            covered: Vec::new(),
            put_out: None,
            live: vec![true; found.attributions[s].len()],
            out: &mut out,
        };
        maker.run();
    }
    evidence::seen_on(doc, found, &mut out);
    evidence::verification(doc, found, &mut out);
    out.sort_by_key(|d| (d.units.start, d.units.end));
    speech::join(doc, found.attributions, out)
}

struct Maker<'m, 'a, 't> {
    view: View<'m, 't>,
    s: usize,
    start: usize,
    found: &'m Found<'a>,
    owners: &'m [Option<(usize, usize)>],
    /// The attribution that the sentence stands below.
    block: Option<(usize, usize)>,
    covered: Vec<Range<usize>>,
    /// Where words begin that only tell of media put out.
    put_out: Option<usize>,
    /// Which attributions of the sentence state something.
    live: Vec<bool>,
    out: &'m mut Vec<Draft>,
}

impl Maker<'_, '_, '_> {
    fn run(&mut self) {
        let sent = self.view.sent.units.clone();
        let doc = self.view.doc;
        let list = &self.found.attributions[self.s];
        // "Spoke on Monday" says nothing, and is no boundary to what is said beside it.
        for n in 0..list.len() {
            self.live[n] = !list[n].in_passing && (list[n].silent || self.content(&list[n], list).is_some());
        }
        let ranges: Vec<Option<Range<usize>>> = (0..list.len())
            .map(|n| self.live[n].then(|| self.content(&list[n], list)).flatten())
            .collect();
        // Quotations with an owner: all of this sentence that lies inside is the owner's.
        for q in doc.quotes_in(&sent) {
            let quote = &doc.quotes[q];
            let inside = quote.start.max(sent.start)..quote.end.min(sent.end);
            if let Some((os, oa)) = self.owners[q] {
                let owner = &self.found.attributions[os][oa];
                // The words before the quotation are the same statement's.
                let begun = |from: usize| os == self.s && from < inside.start;
                if matches!(owner.content, Content::Right(from) if begun(from)) {
                    continue;
                }
                self.covered.push(inside.clone());
                let silent = list.iter().any(|a| {
                    // "I don't know what happened", "their reasons don't hold": somebody speaks.
                    let speaks = !doc.pack.head_first && a.cue.frames != Frames::SILENT;
                    a.silent && !speaks && inside.contains(&a.anchor) && !self.view.has_finite(inside.start..a.anchor)
                });
                let inner = self.inner(&inside, (os == self.s).then_some(oa), list, &ranges);
                if owner.silent || silent || inner.is_some_and(|m| !self.performs(&list[m]) && !unnamed(&list[m])) {
                    continue;
                }
                // "“Tôi muốn khẳng định rằng P”": what the speaker says of saying it is no part of it.
                let stated = list.iter().zip(&ranges).find_map(|(a, range)| {
                    let range = range.clone()?;
                    let opens = inside.contains(&a.anchor) && !self.view.has_finite(inside.start..a.span.start);
                    (opens && self.states_itself(a) && range.end + 2 > inside.end).then_some((range, a.stance))
                });
                if let Some((range, stance)) = stated {
                    let stance = (stance != Stance::Asserts).then_some(stance);
                    self.attributed(range, owner, (os, oa), Vec::new(), stance);
                    continue;
                }
                // "“Chúng tôi hy vọng P”": a hope of who is quoted anyway.
                let hopes = |m: &usize| {
                    let opens = list[*m].span.start <= inside.start + 2 && inside.contains(&list[*m].anchor);
                    doc.pack.head_first && opens && self.performs(&list[*m])
                };
                let performed = inner.or_else(|| (0..list.len()).find(hopes));
                self.attributed(inside, owner, (os, oa), Vec::new(), performed.map(|m| list[m].stance));
            }
        }
        for (n, attribution) in list.iter().enumerate() {
            let inside_owned = self.covered.iter().any(|c| c.contains(&attribution.anchor));
            if !self.live[n] {
                continue;
            }
            self.covered.push(attribution.span.clone());
            let Some(range) = ranges[n].clone() else { continue };
            // What is denied behind a comma is still said by whoever says it.
            if !matches!(attribution.content, Content::Told(_)) {
                self.covered.push(range.clone());
            }
            if self
                .puts_out(range.end.saturating_sub(1), sent.end)
                .is_some_and(|u| u == range.end)
            {
                self.put_out = Some(range.end);
            }
            if attribution.silent || inside_owned && (attribution.inherits || self.own_thought(attribution)) {
                continue;
            }
            if let Content::Exact(_) = attribution.content
                && self.owners[doc.quotes_in(&sent)].contains(&Some((self.s, n)))
            {
                continue;
            }
            let outer = |m: usize| {
                m != n && ranges[m].as_ref().is_some_and(|r| r.contains(&attribution.anchor)) && !list[m].silent
            };
            let held = inside_owned || (0..list.len()).any(outer);
            // "P is alleged, Reuters reported": who tells it is the one who accuses.
            let told = unnamed(attribution)
                && (0..list.len()).any(|m| {
                    list[m].source.is_some()
                        && ranges[m]
                            .as_ref()
                            .is_some_and(|r| self.inner(r, Some(m), list, &ranges) == Some(n))
                });
            if told {
                continue;
            }
            // What is merely thought to be so is a doubt of the one who tells it.
            let echoes = |m: usize| {
                m != n
                    && ranges[m]
                        .as_ref()
                        .is_some_and(|r| self.echoes(&list[m], attribution, r))
            };
            let own = self.performs(attribution) || self.own_thought(attribution) || (0..list.len()).any(echoes);
            // What nobody is named for, inside what somebody says, is what that one says.
            let nameless = attribution.source.is_none() && (attribution.shows || doc.has(attribution.anchor, CUE_N));
            let nameless = nameless || !self.speaks(attribution);
            let nameless = nameless && !doc.pack.head_first && (inside_owned || (0..list.len()).any(outer));
            // "X denied the claim that P": nobody is named for the claim.
            let denied =
                |m: usize| m != n && list[m].stance == Stance::Denies && list[m].span.contains(&attribution.anchor);
            let bare = attribution.source.is_none() && doc.has(attribution.anchor, CUE_N);
            if bare && doc.pack.head_first && (0..list.len()).any(denied) {
                continue;
            }
            if held && (evidence::is_evidence(doc, attribution) || own || nameless || doubt(attribution)) {
                continue;
            }
            // "X denied Y's claim that P": X denies P, and Y asserts it.
            let claimed = self.nominal(&range, n, list).and_then(|m| ranges[m].clone());
            if let Some(denied) = claimed.filter(|_| attribution.stance == Stance::Denies) {
                self.attributed(denied, attribution, (self.s, n), Vec::new(), Some(Stance::Denies));
                continue;
            }
            // Nested speech is one claim by the innermost speaker.
            let inner = self.inner(&range, Some(n), list, &ranges);
            let speaks = inner.is_some_and(|m| !self.performs(&list[m]) && !unnamed(&list[m]));
            if speaks && !matches!(attribution.content, Content::Whole(_)) {
                continue;
            }
            // "He said he rejected the charge": he does so by saying it.
            let echoed = (0..list.len())
                .find(|&m| m != n && self.echoes(attribution, &list[m], &range))
                .map(|m| list[m].stance)
                .filter(|stance| matches!(stance, Stance::Denies | Stance::Accuses));
            let hedged = (0..list.len())
                .any(|m| m != n && list[m].hedged && range.contains(&list[m].anchor) && self.own_thought(&list[m]));
            let mut holders: Vec<(usize, usize)> = list
                .iter()
                .enumerate()
                .filter(|(m, outer)| {
                    *m != n
                        && ranges[*m].as_ref().is_some_and(|r| r.contains(&attribution.anchor))
                        && !outer.silent
                        && !(outer.stance == Stance::Denies
                            && doc.has(attribution.anchor, CUE_N)
                            && !doc.pack.head_first)
                        && outer.anchor != attribution.anchor
                })
                .map(|(m, _)| (self.s, m))
                .collect();
            let owner = doc
                .quotes
                .iter()
                .position(|q| q.contains(&attribution.anchor))
                .and_then(|q| self.owners[q]);
            holders.extend(owner.filter(|o| *o != (self.s, n) && !holders.contains(o)));
            let from = self.out.len();
            let performed = inner.map(|m| list[m].stance).or(echoed);
            self.attributed(range, attribution, (self.s, n), holders, performed);
            self.out[from..].iter_mut().for_each(|d| d.hedged |= hedged);
        }
        self.report();
    }

    /// The attribution that fills `range` but for what opens it: "on Monday the army said P".
    fn inner(
        &self,
        range: &Range<usize>,
        by: Option<usize>,
        list: &[Attribution],
        ranges: &[Option<Range<usize>>],
    ) -> Option<usize> {
        (0..list.len()).find(|&m| {
            let inner = &list[m];
            Some(m) != by
                && !inner.silent
                && (inner.source.is_some() || matches!(inner.content, Content::Whole(_)) && !doubt(inner))
                && range.contains(&inner.anchor)
                && (self.view.doc.pack.head_first || !content::points_back(self.view.doc, inner))
                && !evidence::is_evidence(self.view.doc, inner)
                && !self.own_thought(inner)
                && self.speaks(inner)
                && !by.is_some_and(|n| self.echoes(&list[n], inner, range))
                && (inner.span.start <= range.start + 1
                    || self.view.doc.pack.head_first
                        && !self.view.has_finite(range.start..inner.span.start.max(range.start)))
                && ranges[m].as_ref().is_some_and(|r| {
                    self.closes(r.end, range.end) || r.len() * 2 > range.end - inner.span.start.max(range.start)
                })
        })
    }

    /// The claim that a noun near the head of `range` tells of.
    fn nominal(&self, range: &Range<usize>, n: usize, list: &[Attribution]) -> Option<usize> {
        let doc = self.view.doc;
        (0..list.len()).find(|&m| {
            let near = range.start <= list[m].span.start && list[m].span.start <= range.start + 2;
            m != n && !doc.pack.head_first && near && doc.has(list[m].anchor, CUE_N) && list[m].wants_clause
        })
    }

    /// Whether a statement is one of words, and not a plan, a thought or a deed that somebody else tells of: "X said Y planned P".
    fn speaks(&self, a: &Attribution) -> bool {
        use Frames as F;
        let words = [F::QUOTE, F::ADDRESSEE, F::SOURCE, F::AS, F::PREP];
        let said = words.iter().any(|&frame| a.cue.frames.has(frame)) && !a.cue.weak;
        let takes_sides = !a.cue.weak && !matches!(a.stance, Stance::Asserts | Stance::Promises | Stance::Supports);
        self.view.doc.pack.head_first
            || said
            || takes_sides
            || a.shows
            || a.via.is_some()
            || !self.view.doc.has(a.anchor, CUE_V)
    }

    /// Whether nothing but punctuation stands between two ends.
    fn closes(&self, from: usize, to: usize) -> bool {
        from >= to || !self.view.doc.pack.head_first && (from..to).all(|u| self.view.doc.has(u, PUNCT))
    }

    /// "We condemn P", "we hope for P": who speaks does it by saying so, and says no more than that.
    fn performs(&self, a: &Attribution) -> bool {
        let doc = self.view.doc;
        let first_person = |u: usize| doc.is(u, Func::Pron1Sg) || doc.is(u, Func::Pron1Pl);
        let said_that = a.span.clone().any(|u| doc.has(u, COMP) && u > a.anchor);
        a.source.as_ref().is_some_and(|s| s.clone().any(first_person)) && a.stance != Stance::Asserts && !said_that
    }

    /// "I can say that P", "we warned that P": a strong word for speech, by whoever is speaking anyway.
    fn states_itself(&self, a: &Attribution) -> bool {
        let doc = self.view.doc;
        let first_person = |u: usize| doc.is(u, Func::Pron1Sg) || doc.is(u, Func::Pron1Pl);
        doc.pack.head_first
            && !a.cue.weak
            && !a.silent
            && a.source.as_ref().is_some_and(|s| s.clone().all(first_person))
            && a.span.clone().any(|u| u >= a.anchor && doc.said_that(u))
    }

    /// A pronoun's thought inside somebody's speech is that speech: "he said he believes", "“I think …”".
    fn own_thought(&self, inner: &Attribution) -> bool {
        let doc = self.view.doc;
        inner.source.as_ref().is_some_and(|s| {
            let first_person = || doc.is(s.start, Func::Pron1Sg) || doc.is(s.start, Func::Pron1Pl);
            s.len() == 1
                && doc.has(s.start, PRONOUN)
                && (inner.cue.weak || inner.cue.frames.has(Frames::SHOW) && !inner.shows || first_person())
        })
    }

    /// "The general said he had ordered P": the pronoun that opens what somebody says is that somebody.
    fn echoes(&self, outer: &Attribution, inner: &Attribution, range: &Range<usize>) -> bool {
        let doc = self.view.doc;
        let (Some(speaker), Some(pronoun)) = (&outer.source, &inner.source) else {
            return false;
        };
        let (first, any) = (pronoun.start, |bits: u128| speaker.clone().any(|u| doc.has(u, bits)));
        if doc.pack.head_first
            || pronoun.len() != 1
            || !range.contains(&first)
            || first > range.start + 1
            || doc.quote_of(first) != doc.quote_of(outer.anchor)
        {
            return false;
        }
        let same = |func: Func| doc.is(first, func) && speaker.len() == 1 && doc.is(speaker.start, func);
        same(Func::PronSg)
            || same(Func::PronIt)
            || same(Func::PronPl)
            || doc.is(first, Func::PronSg) && any(PERSON | PROPN | ORG) && !any(CC)
            || doc.is(first, Func::PronIt) && any(ORG | PARTY) && !any(PERSON)
            || doc.is(first, Func::PronPl) && any(CC)
    }

    fn attributed(
        &mut self,
        range: Range<usize>,
        a: &Attribution,
        made_by: (usize, usize),
        held_by: Vec<(usize, usize)>,
        performed: Option<Stance>,
    ) {
        let doc = self.view.doc;
        let range = self.view.trim(range);
        if range.is_empty() {
            return;
        }
        let cuts = match (&a.content, a.stance) {
            // "Theo X, P, Q": what stands on one side of the attribution is cut as ever.
            (Content::Around(to, from), _) if !doc.pack.head_first || range.start < *to && *from < range.end => {
                vec![range.clone()]
            }
            (_, Stance::CallsFor | Stance::Threatens | Stance::Promises) => self.view.cut(range.clone(), false),
            _ => self.view.cut(range.clone(), true),
        };
        let mut before = None;
        for piece in cuts {
            let parts = match &a.content {
                // "Is accused by lawyers of P": who accuses stands in the middle.
                Content::Whole(_) => middle(a, &piece),
                Content::Around(to, from) if piece.start < *to && *from < piece.end => {
                    vec![self.view.trim(piece.start..*to), self.view.trim(*from..piece.end)]
                }
                _ => Vec::new(),
            };
            let voice = if a.reported { Voice::Report } else { Voice::Source };
            let mut draft = self.draft(piece, voice, a.rule.clone());
            draft.made_by = Some(made_by);
            draft.held_by.clone_from(&held_by);
            draft.parts = parts;
            draft.hedged |= a.hedged;
            // "It is vital that P, and that Q": the same is said of both.
            let goes_on = piece_follows(doc, &draft.units, before.as_ref()).filter(|_| !doc.pack.head_first);
            let own = || match a.reported {
                true => Stance::Asserts,
                false => stance::stance(&self.view, &draft.units, a),
            };
            draft.stance = performed.or(goes_on).unwrap_or_else(own);
            before = Some((draft.units.end, draft.stance));
            draft.mutual = a.mutual;
            draft
                .evidence
                .extend(evidence::told(&self.view, self.found, self.start, a, &draft.units));
            draft.evidence.extend(a.cue.evidence);
            if a.shows || a.cue.frames.has(Frames::SHOW) {
                draft.evidence.extend(evidence::shown(doc, a));
            }
            draft.evidence.sort();
            draft.evidence.dedup();
            self.out.push(draft);
        }
    }

    fn draft(&self, units: Range<usize>, voice: Voice, rule: String) -> Draft {
        let doc = self.view.doc;
        // "3 May" is a day.
        let dated = |u: usize| self.view.phrases.times.iter().any(|t| t.units.contains(&u));
        let hedged = units
            .clone()
            .any(|u| (doc.has(u, HEDGE) || doc.is(u, Func::ModalMay)) && !dated(u));
        Draft {
            sent: self.s,
            voice,
            made_by: None,
            held_by: Vec::new(),
            parts: Vec::new(),
            stance: Stance::Asserts,
            hedged,
            evidence: evidence::inside(doc, &units),
            rule,
            mutual: false,
            speaker: None,
            units,
        }
    }
}

/// The stance of the clause before, where one more clause of the same kind goes on with it.
fn piece_follows(doc: &Doc<'_>, units: &Range<usize>, before: Option<&(usize, Stance)>) -> Option<Stance> {
    let (end, stance) = before?;
    (units.start > *end && doc.has(units.start - 1, COMP)).then_some(*stance)
}
