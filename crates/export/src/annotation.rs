//! An annotation a claim on the words it stands in: the W3C's Web Annotation model, as one collection.

use crate::sidecar::{Made, Sidecar, Why};
use crate::words::{self, code};
use crate::{Error, Format, Material, profile};
use counterclaim_claims::{Claim, Reading};
use serde::Serialize;
use std::io::Write;

/// Code points before and after a quotation that help to find it again.
const AROUND: usize = 32;

/// What our own terms hang on, in annotations and graphs.
pub(crate) const TERMS: &str = "urn:counterclaim:term:";

#[derive(Serialize)]
struct Annotation<'a> {
    id: String,
    r#type: &'static str,
    motivation: &'static str,
    body: Body<'a>,
    target: Target,
}

#[derive(Serialize)]
struct Body<'a> {
    r#type: &'static str,
    purpose: &'static str,
    value: String,
    #[serde(rename = "cc:claim")]
    claim: Fields<'a>,
}

/// The fields of a claim that need no offsets.
#[derive(Serialize)]
struct Fields<'a> {
    #[serde(rename = "cc:id")]
    id: &'a str,
    #[serde(rename = "cc:voice")]
    voice: String,
    #[serde(rename = "cc:claimants")]
    claimants: Vec<String>,
    #[serde(rename = "cc:stance")]
    stance: String,
    #[serde(rename = "cc:certainty")]
    certainty: String,
    #[serde(rename = "cc:evidence")]
    evidence: Vec<String>,
    #[serde(rename = "cc:said")]
    said: Option<&'a str>,
    #[serde(rename = "cc:background")]
    background: bool,
    #[serde(rename = "cc:acts")]
    acts: Vec<&'static str>,
}

#[derive(Serialize)]
struct Target {
    r#type: &'static str,
    source: Resource,
    state: State,
    selector: Vec<Selector>,
}

#[derive(Serialize)]
struct Resource {
    id: String,
    r#type: &'static str,
    format: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<String>,
    #[serde(rename = "cc:uri")]
    uri: String,
    #[serde(rename = "cc:capture")]
    capture: String,
}

#[derive(Serialize)]
struct State {
    r#type: &'static str,
    #[serde(rename = "cc:sha256")]
    sha256: String,
}

#[derive(Serialize)]
#[serde(tag = "type")]
enum Selector {
    TextPositionSelector {
        start: usize,
        end: usize,
    },
    TextQuoteSelector {
        exact: String,
        prefix: String,
        suffix: String,
    },
}

pub(crate) fn write(material: &Material, out: &mut dyn Write) -> Result<Sidecar, Error> {
    let mut sidecar = Sidecar::new(Format::WebAnnotation, material);
    let total = material.claims().count();
    writeln!(
        out,
        r#"{{"@context":["http://www.w3.org/ns/anno.jsonld",{{"cc":"{TERMS}"}}],"id":"urn:counterclaim:annotations","type":"AnnotationCollection","total":{total},"first":{{"id":"urn:counterclaim:annotations:1","type":"AnnotationPage","startIndex":0,"items":["#
    )?;
    let mut first = true;
    for (number, reading) in material.readings.iter().enumerate() {
        if reading.claims.is_empty() {
            continue;
        }
        let digest = material.text_digest(number);
        for claim in &reading.claims {
            let mut made = Made {
                id: annotation_id(reading, claim),
                claims: vec![claim.id.clone()],
                ..Made::default()
            };
            if !first {
                writeln!(out, ",")?;
            }
            first = false;
            serde_json::to_writer(&mut *out, &annotation(material, reading, claim, &digest, &mut made))?;
            sidecar.made(made);
        }
    }
    writeln!(out, "\n]}}}}")?;
    Ok(sidecar)
}

fn annotation<'a>(
    material: &Material,
    reading: &'a Reading,
    claim: &'a Claim,
    digest: &str,
    made: &mut Made,
) -> Annotation<'a> {
    let mut selector = vec![Selector::TextPositionSelector {
        start: claim.start,
        end: claim.end,
    }];
    let exact = reading.slice(claim.start, claim.end);
    let prefix = reading.slice(claim.start.saturating_sub(AROUND), claim.start);
    let suffix = reading.slice(claim.end, claim.end + AROUND);
    let masked = [exact, prefix, suffix].into_iter().any(profile::is_masked);
    let cut = material.cut(exact) != exact;
    made.note(Why::Masked, masked);
    made.note(Why::Cut, cut);
    // What was masked or cut would be found nowhere in the text.
    if !masked && !cut {
        selector.push(Selector::TextQuoteSelector {
            exact: exact.to_owned(),
            prefix: prefix.to_owned(),
            suffix: suffix.to_owned(),
        });
    }
    let claimants = words::claimants(reading, claim);
    let stance = code(&claim.stance);
    Annotation {
        id: annotation_id(reading, claim),
        r#type: "Annotation",
        motivation: "describing",
        body: Body {
            r#type: "TextualBody",
            purpose: "describing",
            value: format!("{}: {stance}", claimants.join(", ")),
            claim: Fields {
                id: &claim.id,
                voice: code(&claim.voice),
                claimants,
                stance,
                certainty: code(&claim.certainty),
                evidence: claim.evidence.iter().map(code).collect(),
                said: claim.said.as_deref(),
                background: claim.background,
                acts: claim.events.iter().map(|event| event.act.code()).collect(),
            },
        },
        target: Target {
            r#type: "SpecificResource",
            source: Resource {
                id: iri(reading),
                r#type: "Text",
                format: "text/plain",
                language: reading.document.language.clone(),
                uri: reading.document.uri.clone(),
                capture: reading.document.id.clone(),
            },
            state: State {
                r#type: "State",
                sha256: digest.to_owned(),
            },
            selector,
        },
    }
}

/// What a claim is called where its report must be told, too: two reports may hold one claim.
pub(crate) fn claim_iri(reading: &Reading, claim: &Claim) -> String {
    format!("urn:counterclaim:{}:{}", urn(&reading.document.id), urn(&claim.id))
}

fn annotation_id(reading: &Reading, claim: &Claim) -> String {
    format!("{}:annotation", claim_iri(reading, claim))
}

/// What a report is called in a graph: its address where it has one, else its digest.
pub(crate) fn iri(reading: &Reading) -> String {
    let uri = &reading.document.uri;
    let address = ["http://", "https://"].iter().any(|scheme| uri.starts_with(scheme));
    let clean = uri
        .chars()
        .all(|c| !c.is_whitespace() && !c.is_control() && !"<>\"{}|\\^`".contains(c));
    if address && clean {
        uri.clone()
    } else {
        format!("urn:counterclaim:{}", urn(&reading.document.id))
    }
}

/// Letters that a name of a URN may have; others are left out.
pub(crate) fn urn(id: &str) -> String {
    id.chars()
        .filter(|c| c.is_ascii_alphanumeric() || "-_:.".contains(*c))
        .collect()
}
