//! What a claim leans on: media, witnesses, documents, figures; evidence withheld, and claims that nobody could verify.

use crate::attribution::Attribution;
use crate::bits::*;
use crate::claims::{Draft, Found};
use crate::clauses::View;
use crate::doc::Doc;
use counterclaim_claims::{Evidence, Stance, Voice};
use counterclaim_lexicon::{Frames, Func, Kind, Scope, Sense};
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
    // "In its first casualty list from the front, the ministry said": what opens the sentence belongs to what was said.
    let opened = !doc.pack.head_first && a.span.start > from && doc.has(a.span.start - 1, COMMA);
    let leads = |u: usize| u >= from && u < a.span.start && (opened || a.span.start - from.min(a.span.start) < 12);
    let near = |u: &usize| a.span.contains(u) || (units.end..next).contains(u) || leads(*u);
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
    // "citing satellite images": what is cited, where that is nobody.
    let cited = view.sent.units.clone().filter(|u| near(u) && doc.has(*u, RELAY));
    let cited = cited.flat_map(|u| {
        (u + 1..view.sent.units.end)
            .take(4)
            .take_while(|&i| !doc.has(i, COMMA | VERB))
    });
    out.extend(cited.filter_map(|u| medium(doc, u)));
    // "video emerged that shows P", inside what somebody says.
    let inner = found.attributions[s]
        .iter()
        .filter(|o| o.shows && units.contains(&o.anchor));
    out.extend(inner.filter_map(|o| shown(doc, o)));
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
    let is_paper = |u: usize| !doc.has(u, CUE_N) && doc.senses(u).any(|(s, _)| paper(s));
    let listed = opened && doc.has(from, ADP) && (from..a.span.start).any(is_paper);
    if (listed || a.source.as_ref().is_some_and(|s| s.clone().any(is_paper))) && !out.contains(&Evidence::Document) {
        out.push(Evidence::Document);
    }
    // "residents said": who was there tells what was seen.
    let witness = a
        .source
        .as_ref()
        .is_some_and(|s| s.clone().any(|u| doc.is(u, Func::Witness) && !doc.has(u, ADJ)));
    if witness && a.stance == Stance::Asserts {
        out.push(Evidence::Witness);
    }
    out
}

/// Evidence that stands in a claim's own words: who saw it, that it was verified.
pub(crate) fn inside(doc: &Doc<'_>, units: &Range<usize>) -> Vec<Evidence> {
    let own = |s: &Sense| match s {
        Sense::Evidence {
            kind: kind @ (Evidence::Verified | Evidence::Witness | Evidence::Video),
            scope: Scope::Claim,
        } => Some(*kind),
        _ => None,
    };
    let mut out: Vec<Evidence> = units
        .clone()
        .flat_map(|u| doc.of_kind(u, Kind::EVIDENCE).filter_map(own))
        .collect();
    // "The video was filmed near the town": what is said of footage leans on it.
    let about = units.clone().take(2).any(|u| doc.senses(u).any(|(s, _)| is_video(s)));
    // What is yet to be filmed or sent shows nothing.
    let ahead = units.clone().take(5).any(|u| doc.is(u, Func::Future));
    if about && !ahead && !out.contains(&Evidence::Video) {
        out.push(Evidence::Video);
    }
    out.sort();
    out.dedup();
    out
}

/// What a video shows goes on through the paragraph that it opens, and through those after it that nobody known speaks in and that
/// point back to it: what is told there is seen in it too.
pub(crate) fn seen_on(doc: &Doc<'_>, found: &Found<'_>, drafts: &mut [Draft]) {
    let mut seen = vec![false; doc.sents.len()];
    let (mut first, mut on) = (0, false);
    while first < doc.sents.len() {
        let paragraph = doc.sents[first].paragraph;
        let end = first + doc.sents[first..].partition_point(|s| s.paragraph == paragraph);
        let opens = found.attributions[first].iter().any(|a| {
            (a.shows || a.cues.iter().all(|c| !doc.has(c.start, CUE_V)))
                && shown(doc, a) == Some(Evidence::Video)
                && a.span.start <= doc.sents[first].units.start + 2
        });
        on = opens || on && goes_on(doc, found, first..end);
        seen[first..end].fill(on);
        first = end;
    }
    for draft in drafts.iter_mut().filter(|d| seen[d.sent] && d.evidence.is_empty()) {
        let by_known = draft
            .made_by
            .is_some_and(|(s, a)| known_speaker(doc, &found.attributions[s][a]));
        if !by_known {
            draft.evidence.push(Evidence::Video);
        }
    }
}

/// Whether a paragraph still tells of footage: nobody known speaks in it, and it names the footage, points back, or opens with a voice.
fn goes_on(doc: &Doc<'_>, found: &Found<'_>, sents: Range<usize>) -> bool {
    let units = doc.sents[sents.start].units.start..doc.sents[sents.end - 1].units.end;
    let opening = units.start..units.end.min(units.start + 5);
    let footage = |u: usize| medium(doc, u) == Some(Evidence::Video);
    let spoken = found.attributions[sents]
        .iter()
        .flatten()
        .any(|a| known_speaker(doc, a));
    !spoken
        && (units.clone().any(footage) || opening.clone().any(|u| doc.has(u, DET_THIS)) || doc.has(units.start, OPEN))
}

fn known_speaker(doc: &Doc<'_>, a: &Attribution) -> bool {
    let known = |u: usize| doc.has(u, PARTY | ORG | MEDIA | PRONOUN | PROPN);
    a.source.as_ref().is_some_and(|s| !a.shows && s.clone().any(known))
}

fn is_video(sense: &Sense) -> bool {
    matches!(
        sense,
        Sense::Exhibit {
            kind: counterclaim_claims::ExhibitKind::Video,
            ..
        }
    )
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
    a.span.clone().find_map(|u| medium(doc, u))
}

/// Which evidence a medium is.
fn medium(doc: &Doc<'_>, u: usize) -> Option<Evidence> {
    use counterclaim_claims::ExhibitKind;
    // "Ảnh chụp từ video": a picture out of footage shows what the footage does.
    let footage = |s: &Sense| {
        matches!(
            s,
            Sense::Evidence {
                kind: Evidence::Video,
                ..
            }
        )
    };
    if doc.has(u, EXHIBIT) && doc.senses(u).any(|(s, _)| footage(s)) {
        return Some(Evidence::Video);
    }
    doc.senses(u).find_map(|(s, _)| match s {
        Sense::Exhibit { kind, .. } => match kind {
            ExhibitKind::Video => Some(Evidence::Video),
            ExhibitKind::Photo => Some(Evidence::Photo),
            ExhibitKind::Document => Some(Evidence::Document),
            _ => None,
        },
        _ => None,
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
                let alone = !doc.pack.head_first && drafts[..to].last().is_none_or(|d| d.sent < s);
                let from = match scope {
                    // "Their account was not confirmed": a sentence that states nothing else speaks of the one before.
                    Scope::Claim if alone && *kind == Evidence::NotVerified => {
                        drafts.partition_point(|d| d.sent + 1 < s)
                    }
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
                        named(doc, u + 2..sent.units.end, &mut drafts[..to], s, *kind);
                        drafts.partition_point(|d| d.sent < s)
                    }
                    Scope::All => drafts.partition_point(|d| d.sent + 3 < s),
                };
                // "Could not verify the footage": of what the footage shows.
                let media = [Evidence::Video, Evidence::Photo, Evidence::Document];
                let shows = |d: &Draft| d.evidence.iter().any(|e| media.contains(e));
                let beside = u.saturating_sub(3).max(sent.units.start)..sent.units.end.min(u + 4);
                let of_media = !doc.pack.head_first
                    && beside.into_iter().any(|i| i != u && medium(doc, i).is_some())
                    && drafts[from..to].iter().any(shows);
                for draft in drafts[from..to]
                    .iter_mut()
                    .filter(|d| states(d) && !d.evidence.contains(kind) && (!of_media || shows(d)))
                {
                    draft.evidence.push(*kind);
                }
            }
        }
    }
}

/// Whether somebody says that something is so: what is called for or promised cannot be verified.
fn states(draft: &Draft) -> bool {
    let wished = [Stance::CallsFor, Stance::Promises, Stance::Threatens];
    draft.voice == Voice::Source && !wished.contains(&draft.stance)
}

/// "No independent confirmation of the raid on the tanker": marks the claims before that tell of the same.
fn named(doc: &Doc<'_>, units: Range<usize>, drafts: &mut [Draft], s: usize, kind: Evidence) {
    const FAR: usize = 8;
    let thing = |u: usize| doc.has(u, NOUN | PROPN) && doc.has(u, ACT | MATERIEL | PROPN | LOSS | HARM);
    let from = drafts.partition_point(|d| d.sent + FAR < s);
    for draft in drafts[from..].iter_mut().filter(|d| d.sent < s && states(d)) {
        let told = |u: usize| {
            thing(u)
                && units
                    .clone()
                    .any(|n| thing(n) && doc.units[n].word == doc.units[u].word)
        };
        if draft.units.clone().any(told) && !draft.evidence.contains(&kind) {
            draft.evidence.push(kind);
        }
    }
}
