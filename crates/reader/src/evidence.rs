//! What a claim leans on: media, witnesses, documents, figures; evidence withheld, and claims that nobody could verify.

use crate::attribution::Attribution;
use crate::bits::*;
use crate::claims::{Draft, Found};
use crate::clauses::View;
use crate::doc::Doc;
use counterclaim_claims::{Evidence, Stance, Voice};
use counterclaim_lexicon::{Frames, Func, Scope, Sense};
use std::ops::Range;

/// Evidence told in the attribution's own words, and evidence withheld that is told right after the content.
pub(crate) fn told(
    view: &View<'_, '_>,
    found: &Found<'_>,
    from: usize,
    a: &Attribution,
    units: &Range<usize>,
) -> Vec<Evidence> {
    let doc = view.doc;
    let s = doc.sent_of(view.sent.units.start);
    let starts = found.attributions[s].iter().map(|o| o.span.start);
    let next = starts
        .filter(|&start| start >= units.end)
        .min()
        .unwrap_or(view.sent.units.end);
    let near = |u: &usize| {
        let leads = *u >= from && *u < a.span.start && a.span.start - from.min(a.span.start) < 12;
        a.span.contains(u) || (units.end..next).contains(u) || leads
    };
    let kind = |s: &Sense| match s {
        Sense::Evidence {
            kind,
            scope: Scope::Claim | Scope::All,
        } => Some(*kind),
        _ => None,
    };
    let mut out: Vec<Evidence> = view
        .sent
        .units
        .clone()
        .filter(near)
        .flat_map(|u| doc.senses(u).filter_map(move |(s, _)| kind(s)))
        .collect();
    out.extend(inside(doc, units));
    // "a list of casualties said": the paper is what the claim leans on.
    let paper = |s: &Sense| {
        matches!(
            s,
            Sense::Exhibit {
                kind: counterclaim_claims::ExhibitKind::Document,
                ..
            }
        )
    };
    if a.source.as_ref().is_some_and(|s| {
        s.clone()
            .any(|u| !doc.has(u, CUE_N) && doc.senses(u).any(|(s, _)| paper(s)))
    }) && !out.contains(&Evidence::Document)
    {
        out.push(Evidence::Document);
    }
    // "residents said": who was there tells what was seen.
    let witness = a
        .source
        .as_ref()
        .is_some_and(|s| s.clone().any(|u| doc.is(u, Func::Witness)));
    if witness && a.stance == Stance::Asserts {
        out.push(Evidence::Witness);
    }
    out
}

/// Evidence that stands in a claim's own words: who saw it, that it was verified.
pub(crate) fn inside(doc: &Doc<'_>, units: &Range<usize>) -> Vec<Evidence> {
    let own = |s: &Sense| match s {
        Sense::Evidence {
            kind: kind @ (Evidence::Verified | Evidence::Witness),
            scope: Scope::Claim,
        } => Some(*kind),
        _ => None,
    };
    units
        .clone()
        .flat_map(|u| doc.senses(u).filter_map(move |(s, _)| own(s)))
        .collect()
}

/// What a video shows goes on through the paragraph that it opens: the sentences after it that nobody else says are seen in it too.
pub(crate) fn seen_on(doc: &Doc<'_>, found: &Found<'_>, drafts: &mut [Draft]) {
    let shows = |s: usize| {
        let first = s == 0 || doc.sents[s - 1].paragraph != doc.sents[s].paragraph;
        first
            && found.attributions[s].iter().any(|a| {
                a.shows && shown(doc, a) == Some(Evidence::Video) && a.span.start <= doc.sents[s].units.start + 2
            })
    };
    let mut opened = None;
    let seen: Vec<bool> = (0..doc.sents.len())
        .map(|s| {
            if shows(s) {
                opened = Some(doc.sents[s].paragraph);
            }
            opened == Some(doc.sents[s].paragraph)
        })
        .collect();
    for draft in drafts.iter_mut() {
        if seen[draft.sent] && draft.voice == Voice::Report && draft.evidence.is_empty() {
            draft.evidence.push(Evidence::Video);
        }
    }
}

/// "Preliminary reports indicated": what a speaker leans on, and no speaker.
pub(crate) fn is_evidence(doc: &Doc<'_>, a: &Attribution) -> bool {
    a.cue.frames.has(Frames::SHOW)
        && a.source.as_ref().is_some_and(|s| {
            s.clone().any(|u| doc.has(u, CUE_N | EXHIBIT)) && !s.clone().any(|u| doc.has(u, PARTY | PERSON | PRONOUN))
        })
}

/// The medium that shows something.
pub(crate) fn shown(doc: &Doc<'_>, a: &Attribution) -> Option<Evidence> {
    use counterclaim_claims::ExhibitKind;
    a.span.clone().find_map(|u| {
        doc.senses(u).find_map(|(s, _)| match s {
            Sense::Exhibit {
                kind: ExhibitKind::Video,
                ..
            } => Some(Evidence::Video),
            Sense::Exhibit {
                kind: ExhibitKind::Photo,
                ..
            } => Some(Evidence::Photo),
            Sense::Exhibit {
                kind: ExhibitKind::Document,
                ..
            } => Some(Evidence::Document),
            _ => None,
        })
    })
}

/// "These claims could not be independently verified" marks the sentence before.
pub(crate) fn verification(doc: &Doc<'_>, found: &Found<'_>, drafts: &mut [Draft]) {
    for (s, sent) in doc.sents.iter().enumerate() {
        if found.skip[s] {
            continue;
        }
        for u in sent.units.clone() {
            for (sense, _) in doc.senses(u) {
                let Sense::Evidence { kind, scope } = sense else {
                    continue;
                };
                let to = drafts.partition_point(|d| d.sent <= s);
                let from = match scope {
                    Scope::Claim => continue,
                    // Of what its own sentence says before it, else of the last sentence or two that say something.
                    Scope::Previous => {
                        let from = |back: usize| drafts.partition_point(|d| d.sent + back < s);
                        let said = |at: &usize| drafts[*at..to].iter().any(|d| d.voice == Voice::Source);
                        let own = Some(from(0)).filter(|&at| drafts[at..to].iter().any(|d| d.units.end <= u));
                        own.or_else(|| (1..3).map(from).find(said)).unwrap_or(to)
                    }
                    // "no independent confirmation of the other raids": of what it names, and of nothing before.
                    Scope::All if doc.has(u + 1, POSS) && u + 1 < sent.units.end => {
                        drafts.partition_point(|d| d.sent < s)
                    }
                    Scope::All => drafts.partition_point(|d| d.sent + 3 < s),
                };
                for draft in drafts[from..to]
                    .iter_mut()
                    .filter(|d| d.voice == Voice::Source && !d.evidence.contains(kind))
                {
                    draft.evidence.push(*kind);
                }
            }
        }
    }
}
