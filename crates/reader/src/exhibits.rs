//! Pass 8: media that somebody puts forward.

use crate::attribution::Attribution;
use crate::bits::*;
use crate::claims::Found;
use crate::doc::Doc;
use crate::emit::{Values, Writer};
use crate::phrases::{Phrase, Phrases};
use crate::who::{self, Context, Who};
use counterclaim_claims::{Evidence, Exhibit, ExhibitKind, Publisher, Reading, Sector};
use counterclaim_lexicon::{Func, PosClass, Sense};
use std::ops::Range;

/// Who put forward the media that show something: the doer of the word between medium and cue.
pub(crate) fn publisher(doc: &Doc<'_>, values: &Values<'_>, context: &Context, attribution: &Attribution) -> Vec<Who> {
    let before = attribution.span.start..attribution.anchor;
    let Some(medium) = before.clone().find(|&u| doc.has(u, EXHIBIT)) else {
        return Vec::new();
    };
    // "Footage from the town, posted by the army,": whoever stands behind "by".
    let agent = before
        .clone()
        .skip(1)
        .find(|&u| doc.has(u, AGENT) && !doc.pack.head_first);
    let by = agent.map(|a| a + 1..attribution.anchor).filter(|r| !r.is_empty());
    let by = by.map(|r| {
        r.start
            ..r.clone()
                .find(|&u| doc.has(u, COMMA | VERB | AUX | ADP))
                .unwrap_or(r.end)
    });
    if let Some(by) = by.filter(|r| !r.is_empty()) {
        let named = who::read(doc, values.places, by)
            .into_iter()
            .filter(|w| w.known() || w.role);
        return named.take(1).map(|w| context.resolve(w, None)).collect();
    }
    let named = who::read(doc, values.places, medium + 1..attribution.anchor.max(medium + 2))
        .into_iter()
        .filter(|w| w.known() || w.role);
    named.take(1).map(|w| context.resolve(w, None)).collect()
}

fn kind_at(doc: &Doc<'_>, u: usize) -> Option<ExhibitKind> {
    let of = |e: Evidence| match e {
        Evidence::Video => Some(ExhibitKind::Video),
        Evidence::Photo => Some(ExhibitKind::Photo),
        _ => None,
    };
    let own = doc.senses(u).find_map(|(s, _)| match s {
        Sense::Exhibit { kind, .. } => Some(*kind),
        _ => None,
    });
    own.or_else(|| {
        doc.senses(u).find_map(|(s, _)| match s {
            Sense::Evidence { kind, .. } => of(*kind),
            Sense::Cue(cue) => cue.evidence.and_then(of),
            _ => None,
        })
    })
}

/// A credit: "Photo: AFP", "(Ảnh: AFP/TTXVN)", "Nguồn: Reuters", "Ảnh X" at a line's end, "(Ann Lee/Reuters)". Gives the kind,
/// and the words that name each publisher.
fn credits(doc: &Doc<'_>, sent: &Range<usize>) -> Vec<(ExhibitKind, Range<usize>)> {
    let word = |u: usize| doc.words(&(u..u + 1));
    let label = |u: usize| {
        kind_at(doc, u)
            .filter(|_| doc.senses(u).any(|(s, _)| matches!(s, Sense::Exhibit { .. })))
            .or_else(|| doc.is(u, Func::Credit).then_some(ExhibitKind::Photo))
    };
    let named = |r: &Range<usize>| {
        !r.is_empty()
            && r.len() <= 8
            && doc.units[r.start].capital
            && !doc.has(r.start, ADP | CUE_P)
            && !doc.is(r.start, Func::ToSource)
            && r.clone()
                .all(|u| doc.units[u].class != PosClass::Verb || doc.units[u].capital)
    };
    let mut out = Vec::new();
    let mut add = |kind: ExhibitKind, tail: Range<usize>| {
        let mut from = tail.start;
        for u in tail.clone().chain([tail.end]) {
            let ends = u == tail.end || doc.has(u, COMMA) || word(u) == "/";
            if ends && from < u {
                out.push((kind, from..u));
            }
            if ends {
                from = u + 1;
            }
        }
    };
    for u in sent.clone() {
        let stop = |from: usize| {
            (from..sent.end)
                .find(|&i| matches!(word(i), "." | ")" | "]" | ";"))
                .unwrap_or(sent.end)
        };
        if doc.has(u, COLON) && u > sent.start {
            let mut at = u - 1;
            if matches!(word(at), ")" | "]") {
                at = (sent.start..at)
                    .rev()
                    .find(|&i| matches!(word(i), "(" | "["))
                    .unwrap_or(at);
                at = at.saturating_sub(1).max(sent.start);
            }
            let tail = u + 1..stop(u + 1);
            if let Some(kind) = label(at).filter(|_| named(&tail)) {
                add(kind, tail);
            }
        } else if let Some(kind) = label(u) {
            let opens = u == sent.start || matches!(word(u - 1), "(" | "[" | "." | "-" | "–");
            let tail = u + 1..stop(u + 1);
            let plain = tail
                .clone()
                .all(|i| doc.units[i].capital && doc.units[i].class != PosClass::Verb || word(i) == "/");
            if opens && doc.units[u].capital && tail.len() <= 3 && named(&tail) && plain {
                add(kind, tail);
            }
        } else if matches!(word(u), "(") {
            let tail = u + 1..stop(u + 1);
            let slash = tail.clone().find(|&i| word(i) == "/");
            if let Some(slash) = slash
                && named(&tail)
                && (slash + 1..tail.end).any(|i| doc.has(i, MEDIA))
            {
                add(ExhibitKind::Photo, slash + 1..tail.end);
            }
        }
    }
    out
}

/// Media that somebody puts out without a word of what they show: "the ministry published a recording", "footage released by
/// the army", "a video that circulated", "was shown on television". Gives kind, publisher's words and place.
fn published(
    doc: &Doc<'_>,
    sent: &Range<usize>,
    phrases: &Phrases,
    attributions: &[Attribution],
) -> Vec<(ExhibitKind, Option<Range<usize>>, Range<usize>)> {
    let mut out = Vec::new();
    let publishes = |v: &Phrase| v.units.clone().any(|u| doc.is(u, Func::Publish));
    for np in &phrases.nps {
        if np.units.start < sent.start || np.bits & EXHIBIT == 0 {
            continue;
        }
        let Some(kind) = np
            .units
            .clone()
            .find_map(|u| kind_at(doc, u))
            .filter(|k| matches!(k, ExhibitKind::Video | ExhibitKind::Photo | ExhibitKind::Audio))
        else {
            continue;
        };
        let before = phrases.vgs.iter().rev().find(|v| v.units.end <= np.units.start);
        let governs = before.filter(|v| publishes(v) && np.units.start - v.units.end <= 1);
        if let Some(vg) = governs {
            let subject = phrases
                .nps
                .iter()
                .rev()
                .find(|n| n.units.end <= vg.units.start && n.bits & WHO != 0)
                .filter(|_| vg.bits & PASSIVE == 0);
            // "Chad said its army had won and published a video": the speaker did.
            let joined = vg.units.start > sent.start && doc.has(vg.units.start - 1, CC) && !doc.pack.head_first;
            let speaks = |a: &&Attribution| joined && a.anchor < vg.units.start && !a.silent;
            let speaker = attributions.iter().find(speaks).and_then(|a| a.source.clone());
            let subject = speaker.or_else(|| subject.map(|n| n.units.clone()));
            out.push((kind, subject, vg.units.start..np.units.end));
            continue;
        }
        let after = phrases.vgs.iter().find(|v| v.units.start >= np.units.end);
        if let Some(vg) = after.filter(|v| publishes(v) && v.units.start <= np.units.end + 8) {
            let doer = |r: Range<usize>| {
                r.clone().find(|&u| doc.has(u, AGENT)).and_then(|a| {
                    phrases
                        .nps
                        .iter()
                        .find(|n| n.units.start > a && n.units.start <= a + 2 && n.bits & WHO != 0)
                })
            };
            let agent =
                doer(np.units.end..vg.units.start).or_else(|| doer(vg.units.end..sent.end.min(vg.units.end + 3)));
            out.push((kind, agent.map(|n| n.units.clone()), np.units.start..vg.units.end));
        }
    }
    out
}

/// Whether words for media bring in new ones: "a video", "two photos".
fn named_anew(doc: &Doc<'_>, units: Range<usize>) -> bool {
    units
        .into_iter()
        .any(|u| doc.has(u, NUMBER | NUM) || doc.is(u, Func::Single))
}

/// Finds the exhibits of a document.
pub(crate) fn exhibits(
    writer: &Writer<'_, '_>,
    found: &Found<'_>,
    values: &Values<'_>,
    spoke: &[Vec<Option<Vec<Who>>>],
    context: &Context,
    reading: &mut Reading,
) {
    let doc = writer.doc;
    let push =
        |kind: ExhibitKind, whom: Vec<Who>, units: Range<usize>, published: Option<String>, reading: &mut Reading| {
            let mark = writer.units(&units);
            let sentence = writer.units(&doc.sents[doc.sent_of(units.start)].units);
            let mut whom = whom;
            if whom.is_empty() {
                whom.push(Who::default());
            }
            for who in whom {
                let publisher = Publisher {
                    party: who.party.clone(),
                    sector: who.sector,
                    name: if who.party.is_some() && who.sector != Sector::Med {
                        None
                    } else {
                        who.name.clone()
                    },
                };
                // Exhibits are found sentence by sentence: one that is alike is of the same.
                let mut beside = reading.exhibits.iter().rev().take_while(|x| x.start >= sentence.start);
                if beside.any(|x| {
                    x.kind == kind
                        && x.publisher.party == publisher.party
                        && x.publisher.name == publisher.name
                        && x.start == mark.start
                }) {
                    continue;
                }
                let first = reading.claims.partition_point(|c| c.start < sentence.start);
                let shows = reading.claims[first..]
                    .iter()
                    .take_while(|c| c.start < sentence.end)
                    .filter(|c| c.evidence.iter().any(|e| shows_as(*e, kind)))
                    .map(|c| c.id.clone())
                    .collect();
                reading.exhibits.push(Exhibit {
                    kind,
                    publisher,
                    published: published.clone(),
                    start: mark.start,
                    end: mark.end,
                    shows,
                });
            }
        };
    for (s, sent) in doc.sents.iter().enumerate() {
        for (kind, name) in credits(doc, &sent.units) {
            let mut who = who::read(doc, values.places, name.clone())
                .into_iter()
                .next()
                .unwrap_or_default();
            if who.party.is_none() || who.sector == Sector::Med {
                // As it is printed there: "AP", "NY Post". Whose agency it is does not make the picture its state's.
                who = Who {
                    name: Some(doc.words(&name).to_owned()),
                    ..Who::default()
                };
            }
            push(kind, vec![who], sent.units.clone(), None, reading);
        }
        if found.skip[s] {
            continue;
        }
        let mut spans: Vec<Range<usize>> = Vec::new();
        for (a, attribution) in found.attributions[s].iter().enumerate() {
            let shown = attribution.shows
                || attribution.cue.frames.has(counterclaim_lexicon::Frames::SHOW)
                || attribution.span.clone().any(|u| doc.is(u, Func::Publish));
            if !shown {
                continue;
            }
            let Some(medium) = attribution.span.clone().find(|&u| {
                kind_at(doc, u).is_some()
                    && doc
                        .cue(u)
                        .is_none_or(|c| c.frames.has(counterclaim_lexicon::Frames::SHOW))
            }) else {
                continue;
            };
            let Some(kind) = kind_at(doc, medium).filter(|k| !matches!(k, ExhibitKind::Document)) else {
                continue;
            };
            let whom = spoke[s].get(a).cloned().flatten().unwrap_or_default();
            // "Video shows …": one told of before; "Photo shows … (Photo: AP)": the one that the credit tells of.
            let sentence = writer.units(&sent.units);
            let credited = |x: &Exhibit| x.kind == kind && x.start >= sentence.start && x.start < sentence.end;
            let before = |x: &Exhibit| x.kind == kind && x.start < sentence.start;
            let again = !named_anew(doc, attribution.span.start..medium + 1) && reading.exhibits.iter().any(before);
            if whom.is_empty() && (again || reading.exhibits.iter().any(credited)) {
                continue;
            }
            let published = crate::values::within(values.times, attribution.span.clone())
                .iter()
                .find_map(|t| t.edtf.clone());
            spans.push(attribution.span.clone());
            push(kind, whom, attribution.span.clone(), published, reading);
        }
        for (kind, publisher, units) in published(doc, &sent.units, &found.phrases[s], &found.attributions[s]) {
            let inside = spans.iter().any(|r| r.start < units.end && units.start < r.end);
            // "the video appeared days after": one told of before.
            let told = publisher.is_none()
                && !named_anew(doc, units.clone())
                && reading.exhibits.iter().any(|x| x.kind == kind);
            if inside || told {
                continue;
            }
            let whom = publisher
                .map(|r| who::read(doc, values.places, r))
                .unwrap_or_default()
                .into_iter()
                .map(|w| context.resolve(w, None))
                .take(1)
                .collect();
            let date = crate::values::within(values.times, units.clone())
                .iter()
                .find_map(|t| t.edtf.clone());
            push(kind, whom, units, date, reading);
        }
    }
}

fn shows_as(evidence: Evidence, kind: ExhibitKind) -> bool {
    matches!(
        (evidence, kind),
        (Evidence::Video, ExhibitKind::Video)
            | (Evidence::Photo, ExhibitKind::Photo)
            | (Evidence::Document, ExhibitKind::Document)
    )
}
