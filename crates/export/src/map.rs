//! A map: GeoJSON (RFC 7946), a feature an incident. Properties that map tools filter and label by are plain; who says what
//! stands in a list.

use crate::claim_row::join;
use crate::sidecar::{Made, Sidecar};
use crate::told::{Happening, labels};
use crate::words::{self, code};
use crate::{Error, Format, Material, figures, places};
use counterclaim_claims::Harm;
use serde::Serialize;
use std::io::Write;

#[derive(Serialize)]
struct Feature<'a> {
    r#type: &'static str,
    id: &'a str,
    geometry: Option<Point>,
    properties: Properties<'a>,
}

#[derive(Serialize)]
struct Point {
    r#type: &'static str,
    coordinates: [f64; 2],
}

#[derive(Serialize)]
struct Properties<'a> {
    act: Option<&'static str>,
    acts: String,
    modality: &'static str,
    background: bool,
    from: Option<String>,
    to: Option<String>,
    doers: String,
    targets: String,
    place: Option<&'a str>,
    place_kind: Option<&'a str>,
    country: Option<&'a str>,
    places: String,
    disputes: String,
    killed: String,
    claimants: String,
    reports: String,
    notes: String,
    claims: Vec<Told<'a>>,
}

#[derive(Serialize)]
struct Told<'a> {
    id: &'a str,
    report: &'a str,
    start: usize,
    end: usize,
    claimants: Vec<String>,
    stance: String,
    certainty: String,
    evidence: Vec<String>,
}

pub(crate) fn write(material: &Material, out: &mut dyn Write) -> Result<Sidecar, Error> {
    let mut sidecar = Sidecar::new(Format::GeoJson, material);
    write!(out, "{{\"type\":\"FeatureCollection\",\"features\":[")?;
    for (n, incident) in material.overview.incidents.iter().enumerate() {
        let happening = Happening::of(material, incident);
        writeln!(out, "{}", if n == 0 { "" } else { "," })?;
        serde_json::to_writer(&mut *out, &feature(material, &happening))?;
        sidecar.made(Made::of(material, incident.id.clone(), &happening));
    }
    writeln!(out, "\n]}}")?;
    Ok(sidecar)
}

fn feature<'a>(material: &Material, happening: &'a Happening<'_>) -> Feature<'a> {
    let told = happening.places();
    // The finest place that has a point.
    let place = told
        .iter()
        .find(|place| places::point(place).is_some())
        .or(told.first())
        .copied();
    let acts = happening.acts();
    let days = happening.days();
    let differ = figures::killed(&happening.main);
    let differ = differ.iter().any(|figure| figure.low != differ[0].low);
    let mut seen = Vec::new();
    let mut claims = Vec::new();
    for one in &happening.all {
        if seen.contains(&one.at.at) {
            continue;
        }
        seen.push(one.at.at);
        claims.push(Told {
            id: &one.claim.id,
            report: &one.reading.document.uri,
            start: one.claim.start,
            end: one.claim.end,
            claimants: words::claimants(one.reading, one.claim),
            stance: code(&one.claim.stance),
            certainty: code(&one.claim.certainty),
            evidence: one.claim.evidence.iter().map(code).collect(),
        });
    }
    Feature {
        r#type: "Feature",
        id: &happening.incident.id,
        geometry: place.and_then(places::point).map(|coordinates| Point {
            r#type: "Point",
            coordinates,
        }),
        properties: Properties {
            act: acts.first().map(|act| act.code()),
            acts: join(acts.iter().map(|act| act.code().to_owned())),
            modality: happening.modality.code(),
            background: happening.background(),
            from: days.map(|(from, _)| from.to_string()),
            to: days.map(|(_, to)| to.to_string()),
            doers: labels(&happening.doers()).join("; "),
            targets: labels(&happening.targets()).join("; "),
            place: place.map(|place| place.name.as_str()),
            place_kind: place.and_then(|place| place.kind.as_deref()),
            country: place.and_then(|place| place.country.as_deref()),
            places: join(told.iter().map(|place| place.name.clone())),
            disputes: happening.dispute_kinds().join("; "),
            killed: words::tolls(&happening.main, |toll| toll.harm == Harm::Killed).join("; "),
            claimants: join(claims.iter().flat_map(|claim| claim.claimants.iter().cloned())),
            reports: join(claims.iter().map(|claim| claim.report.to_owned())),
            notes: words::notes(material, happening, differ),
            claims,
        },
    }
}
