//! A graph of claims in JSON-LD: who makes them (PROV-O, schema.org), in which report they stand, what they say happened, and
//! what stands against what. No claim is rated: schema.org's ClaimReview has no place here.

use crate::annotation::{TERMS, claim_iri, iri, urn};
use crate::sidecar::{Made, Sidecar, Why};
use crate::words::code;
use crate::{Error, Format, Material, places, profile};
use counterclaim_claims::{Event, Reading, Source, Voice};
use counterclaim_ledger::{ClaimRef, Who, days, label};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::io::Write;

/// A node that is another.
#[derive(Serialize)]
struct Node {
    #[serde(rename = "@id")]
    id: String,
}

fn node(id: String) -> Node {
    Node { id }
}

#[derive(Serialize)]
struct Report<'a> {
    #[serde(rename = "@id")]
    id: String,
    #[serde(rename = "@type")]
    kinds: [&'static str; 2],
    #[serde(rename = "schema:identifier")]
    digest: &'a str,
    #[serde(rename = "schema:url")]
    uri: &'a str,
    #[serde(rename = "schema:headline", skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    #[serde(rename = "schema:publisher", skip_serializing_if = "Option::is_none")]
    outlet: Option<&'a str>,
    #[serde(rename = "schema:inLanguage", skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    #[serde(rename = "schema:datePublished", skip_serializing_if = "Option::is_none")]
    published: Option<&'a str>,
}

#[derive(Serialize)]
struct Agent<'a> {
    #[serde(rename = "@id")]
    id: String,
    #[serde(rename = "@type")]
    kinds: [&'static str; 2],
    #[serde(rename = "schema:name")]
    name: String,
    #[serde(rename = "cc:party", skip_serializing_if = "Option::is_none")]
    party: Option<&'a str>,
    #[serde(rename = "cc:sector")]
    sector: &'static str,
}

#[derive(Serialize)]
struct ClaimNode<'a> {
    #[serde(rename = "@id")]
    id: String,
    #[serde(rename = "@type")]
    kinds: [&'static str; 2],
    #[serde(rename = "schema:identifier")]
    number: &'a str,
    #[serde(rename = "schema:text")]
    text: String,
    #[serde(rename = "schema:inLanguage", skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    #[serde(rename = "schema:author", skip_serializing_if = "Vec::is_empty")]
    author: Vec<Node>,
    #[serde(rename = "schema:appearance")]
    appearance: Node,
    #[serde(rename = "schema:datePublished", skip_serializing_if = "Option::is_none")]
    said: Option<&'a str>,
    #[serde(rename = "prov:wasQuotedFrom")]
    quoted_from: Node,
    #[serde(rename = "prov:wasAttributedTo", skip_serializing_if = "Vec::is_empty")]
    attributed: Vec<Node>,
    #[serde(rename = "prov:wasGeneratedBy")]
    generated: Node,
    #[serde(rename = "schema:about", skip_serializing_if = "Vec::is_empty")]
    about: Vec<EventNode<'a>>,
    #[serde(rename = "cc:relayedBy", skip_serializing_if = "Vec::is_empty")]
    via: Vec<Node>,
    #[serde(rename = "cc:voice")]
    voice: String,
    #[serde(rename = "cc:stance")]
    stance: String,
    #[serde(rename = "cc:certainty")]
    certainty: String,
    #[serde(rename = "cc:evidence", skip_serializing_if = "Vec::is_empty")]
    evidence: Vec<String>,
    #[serde(rename = "cc:background")]
    background: bool,
    #[serde(rename = "cc:start")]
    start: usize,
    #[serde(rename = "cc:end")]
    end: usize,
    #[serde(rename = "cc:rule")]
    rule: &'a str,
}

#[derive(Serialize)]
struct EventNode<'a> {
    #[serde(rename = "@id")]
    id: String,
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "cc:act")]
    act: &'static str,
    #[serde(rename = "cc:negated")]
    negated: bool,
    #[serde(rename = "schema:location", skip_serializing_if = "Vec::is_empty")]
    location: Vec<PlaceNode<'a>>,
    #[serde(rename = "schema:startDate", skip_serializing_if = "Option::is_none")]
    from: Option<String>,
    #[serde(rename = "schema:endDate", skip_serializing_if = "Option::is_none")]
    to: Option<String>,
    #[serde(rename = "cc:time", skip_serializing_if = "Option::is_none")]
    time: Option<&'a str>,
    #[serde(rename = "cc:doer", skip_serializing_if = "Vec::is_empty")]
    doer: Vec<String>,
    #[serde(rename = "cc:target", skip_serializing_if = "Vec::is_empty")]
    target: Vec<String>,
    #[serde(rename = "cc:toll", skip_serializing_if = "Vec::is_empty")]
    toll: Vec<TollNode<'a>>,
}

#[derive(Serialize)]
struct PlaceNode<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "schema:name")]
    name: &'a str,
    #[serde(rename = "schema:addressCountry", skip_serializing_if = "Option::is_none")]
    country: Option<&'a str>,
    #[serde(rename = "schema:geo", skip_serializing_if = "Option::is_none")]
    geo: Option<Geo>,
}

#[derive(Serialize)]
struct Geo {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "schema:latitude")]
    lat: f64,
    #[serde(rename = "schema:longitude")]
    lon: f64,
}

#[derive(Serialize)]
struct TollNode<'a> {
    #[serde(rename = "cc:harm")]
    harm: String,
    #[serde(rename = "cc:who")]
    who: String,
    #[serde(rename = "cc:party", skip_serializing_if = "Option::is_none")]
    party: Option<&'a str>,
    #[serde(rename = "cc:min", skip_serializing_if = "Option::is_none")]
    min: Option<u64>,
    #[serde(rename = "cc:max", skip_serializing_if = "Option::is_none")]
    max: Option<u64>,
    #[serde(rename = "cc:approximate")]
    approx: bool,
}

#[derive(Serialize)]
struct Group<'a> {
    #[serde(rename = "@id")]
    id: String,
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "cc:kind", skip_serializing_if = "Option::is_none")]
    dispute: Option<&'a str>,
    #[serde(rename = "cc:claim")]
    claims: Vec<Node>,
}

/// The reading that made all claims.
const READING: &str = "urn:counterclaim:reading";

pub(crate) fn write(material: &Material, out: &mut dyn Write) -> Result<Sidecar, Error> {
    let mut sidecar = Sidecar::new(Format::JsonLd, material);
    write!(
        out,
        r#"{{"@context":{{"schema":"https://schema.org/","prov":"http://www.w3.org/ns/prov#","cc":"{TERMS}"}},"@graph":[
{{"@id":"{READING}","@type":"prov:Activity","schema:name":"counterclaim"}}"#
    )?;
    let mut put = |value: &dyn erased::Json| -> Result<(), Error> {
        writeln!(out, ",")?;
        value.write(out)
    };
    let mut known = BTreeSet::new();
    for (number, reading) in material.readings.iter().enumerate() {
        put(&report(reading))?;
        for (n, claim) in reading.claims.iter().enumerate() {
            for source in claim.source.iter().chain(&claim.via) {
                let agent = agent(source);
                if known.insert(agent.id.clone()) {
                    put(&agent)?;
                }
            }
            let at = ClaimRef {
                reading: number,
                claim: n,
            };
            let made = claim_node(material, at);
            let mut note = Made {
                id: made.id.clone(),
                claims: vec![claim.id.clone()],
                ..Made::default()
            };
            note.note(Why::Masked, profile::is_masked(&made.text));
            note.note(Why::Cut, made.text.ends_with('…'));
            put(&made)?;
            sidecar.made(note);
        }
    }
    let named = |at: &ClaimRef| {
        let (reading, claim) = at.of(&material.readings);
        claim_iri(reading, claim)
    };
    for incident in &material.overview.incidents {
        let claims: BTreeSet<String> = incident.mentions.iter().map(|mention| named(&mention.at)).collect();
        put(&Group {
            id: format!("urn:counterclaim:{}", urn(&incident.id)),
            kind: "cc:Incident",
            dispute: None,
            claims: claims.into_iter().map(node).collect(),
        })?;
    }
    for dispute in &material.overview.disputes {
        put(&Group {
            id: format!("urn:counterclaim:{}", urn(&dispute.id)),
            kind: "cc:Dispute",
            dispute: Some(dispute.kind.code()),
            claims: [dispute.a, dispute.b].iter().map(named).map(node).collect(),
        })?;
    }
    writeln!(out, "\n]}}")?;
    Ok(sidecar)
}

/// Nodes of all shapes on their way out.
mod erased {
    use crate::Error;
    use std::io::Write;

    pub(super) trait Json {
        fn write(&self, out: &mut dyn Write) -> Result<(), Error>;
    }

    impl<T: serde::Serialize> Json for T {
        fn write(&self, out: &mut dyn Write) -> Result<(), Error> {
            Ok(serde_json::to_writer(out, self)?)
        }
    }
}

fn report(reading: &Reading) -> Report<'_> {
    let document = &reading.document;
    Report {
        id: iri(reading),
        kinds: ["schema:Article", "prov:Entity"],
        digest: &document.id,
        uri: &document.uri,
        title: document.title.as_deref(),
        outlet: document.outlet.as_deref(),
        language: document.language.as_deref(),
        published: document.published.as_deref(),
    }
}

/// One agent a speaker: the same party and part of it is the same agent only under the same name.
fn agent(source: &Source) -> Agent<'_> {
    let name = label::source(source);
    let whole = format!("{:?} {name}", Who::of_source(source));
    let digest: String = Sha256::digest(whole)
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    Agent {
        id: format!("urn:counterclaim:agent:{digest}"),
        kinds: match source.person {
            Some(_) => ["schema:Person", "prov:Agent"],
            None => ["schema:Organization", "prov:Agent"],
        },
        name,
        party: source.party.as_deref(),
        sector: source.sector.code(),
    }
}

fn claim_node(material: &Material, at: ClaimRef) -> ClaimNode<'_> {
    let (reading, claim) = at.of(&material.readings);
    let agents = |sources: &[Source]| sources.iter().map(|source| node(agent(source).id)).collect::<Vec<_>>();
    let id = claim_iri(reading, claim);
    ClaimNode {
        number: &claim.id,
        kinds: ["schema:Claim", "prov:Entity"],
        text: material.words(reading, claim),
        language: reading.document.language.as_deref(),
        author: agents(&claim.source),
        appearance: node(iri(reading)),
        said: claim.said.as_deref(),
        quoted_from: node(iri(reading)),
        attributed: match claim.voice {
            Voice::Source => agents(&claim.source),
            Voice::Report => Vec::new(),
        },
        generated: node(READING.to_owned()),
        about: claim
            .events
            .iter()
            .enumerate()
            .map(|(n, event)| event_node(&id, n, event))
            .collect(),
        via: agents(&claim.via),
        voice: code(&claim.voice),
        stance: code(&claim.stance),
        certainty: code(&claim.certainty),
        evidence: claim.evidence.iter().map(code).collect(),
        background: claim.background,
        start: claim.start,
        end: claim.end,
        rule: &claim.rule,
        id,
    }
}

fn event_node<'a>(claim: &str, number: usize, event: &'a Event) -> EventNode<'a> {
    let days = event.time.as_deref().and_then(days);
    let location = |place: &'a counterclaim_claims::Place| PlaceNode {
        kind: "schema:Place",
        name: &place.name,
        country: place.country.as_deref(),
        geo: places::point(place).map(|[lon, lat]| Geo {
            kind: "schema:GeoCoordinates",
            lat,
            lon,
        }),
    };
    let toll = |toll: &'a counterclaim_claims::Toll| TollNode {
        harm: code(&toll.harm),
        who: code(&toll.who),
        party: toll.party.as_deref(),
        min: toll.min,
        max: toll.max,
        approx: toll.approx,
    };
    EventNode {
        id: format!("{claim}:event:{number}"),
        kind: "schema:Event",
        act: event.act.code(),
        negated: event.negated,
        location: event.place.iter().map(location).collect(),
        from: days.map(|(from, _)| from.to_string()),
        to: days.map(|(_, to)| to.to_string()),
        time: event.time.as_deref(),
        doer: event.actor.iter().map(label::participant).collect(),
        target: event.target.iter().map(label::participant).collect(),
        toll: event.toll.iter().map(toll).collect(),
    }
}
