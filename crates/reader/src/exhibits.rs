//! Pass 8: media that somebody puts forward.

use crate::attribution::Attribution;
use crate::bits::*;
use crate::claims::Found;
use crate::doc::Doc;
use crate::emit::{Values, Writer};
use crate::who::{self, Context, Who};
use counterclaim_claims::{Evidence, Exhibit, ExhibitKind, Publisher, Reading, Sector};
use counterclaim_lexicon::Sense;
use std::ops::Range;

/// Who put forward the media that show something: the doer of the word between medium and cue.
pub(crate) fn publisher(doc: &Doc<'_>, values: &Values<'_>, context: &Context, attribution: &Attribution) -> Vec<Who> {
    let before = attribution.span.start..attribution.anchor;
    let Some(medium) = before.clone().find(|&u| doc.has(u, EXHIBIT)) else {
        return Vec::new();
    };
    let named = who::read(doc, values.places, medium + 1..attribution.anchor.max(medium + 2))
        .into_iter()
        .filter(|w| w.known() || w.role);
    named.take(1).map(|w| context.resolve(w, None)).collect()
}

fn kind_at(doc: &Doc<'_>, u: usize) -> Option<ExhibitKind> {
    doc.senses(u).find_map(|(s, _)| {
        if let Sense::Exhibit { kind, .. } = s {
            Some(*kind)
        } else {
            None
        }
    })
}

/// Finds the exhibits of a document.
pub(crate) fn exhibits(
    writer: &Writer<'_, '_>,
    found: &Found<'_>,
    values: &Values<'_>,
    spoke: &[Vec<Option<Vec<Who>>>],
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
        // Credits: "Photo: AFP", "Đồ họa: RFE/RL."
        for u in sent.units.clone() {
            if !doc.has(u, COLON) || u == sent.units.start || u + 1 >= sent.units.end {
                continue;
            }
            let Some(kind) = kind_at(doc, u - 1).filter(|_| sent.units.len() < 14) else {
                continue;
            };
            let name_units = u + 1..sent.units.end;
            let end = (name_units.clone())
                .find(|&i| doc.words(&(i..i + 1)) == ".")
                .unwrap_or(sent.units.end);
            if end <= u + 1 {
                continue;
            }
            let mut who = who::read(doc, values.places, u + 1..end)
                .into_iter()
                .next()
                .unwrap_or_default();
            if who.party.is_none() {
                who.name = Some(doc.words(&(u + 1..end)).to_owned());
            }
            push(kind, vec![who], sent.units.clone(), None, reading);
        }
        if found.skip[s] {
            continue;
        }
        for (a, attribution) in found.attributions[s].iter().enumerate() {
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
            let published = crate::values::within(values.times, attribution.span.clone())
                .iter()
                .find_map(|t| t.edtf.clone());
            push(kind, whom, attribution.span.clone(), published, reading);
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
