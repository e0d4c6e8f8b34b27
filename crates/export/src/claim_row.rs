//! A claim as one flat row: what our own table and Parquet have alike.

use crate::sidecar::{Made, Why, toll_code};
use crate::table::Row;
use crate::words::{self, code};
use crate::{Material, lists, places, profile};
use counterclaim_claims::{Claim, Event, Loss, Participant, Place, Reading};
use counterclaim_ledger::{Checked, ClaimRef, Finding, Review, label};

/// Columns of the report that a claim stands in.
pub(crate) fn report(row: &mut Row, reading: &Reading) {
    let document = &reading.document;
    row.set("report", &document.id);
    row.set("uri", &document.uri);
    row.set_some("outlet", document.outlet.as_ref());
    row.set_some("title", document.title.as_ref());
    row.set_some("language", document.language.as_ref());
    row.set_some("published", document.published.as_ref());
}

/// The row of a claim.
pub(crate) fn row(material: &Material, at: ClaimRef) -> Row {
    let (reading, claim) = at.of(&material.readings);
    let mut row = Row::default();
    report(&mut row, reading);
    row.set("claim_id", &claim.id);
    row.set("start", claim.start);
    row.set("end", claim.end);
    row.set("words", material.words(reading, claim));
    row.set("voice", code(&claim.voice));
    row.set("claimants", join(claim.source.iter().map(label::source)));
    let parties = claim
        .source
        .iter()
        .map(|source| label::codes(source.party.as_deref(), source.sector));
    row.set("parties", join(parties));
    row.set("via", join(claim.via.iter().map(label::source)));
    row.set("stance", code(&claim.stance));
    row.set("certainty", code(&claim.certainty));
    row.set("evidence", join(claim.evidence.iter().map(code)));
    row.set_some("said", claim.said.as_ref());
    row.set("quoted", claim.quoted);
    row.set("background", claim.background);
    events(&mut row, claim);
    let incidents = material.incidents_of.get(&at).into_iter().flatten();
    row.set(
        "incidents",
        join(incidents.map(|&n| material.overview.incidents[n].id.clone())),
    );
    let disputes = material.disputes_of.get(&at).into_iter().flatten();
    let dispute = |&n: &usize| {
        let dispute = &material.overview.disputes[n];
        let other = if dispute.a == at { dispute.b } else { dispute.a };
        format!("{} with {}", dispute.kind.code(), other.of(&material.readings).1.id)
    };
    row.set("disputes", join(disputes.map(dispute)));
    row.set("rule", &claim.rule);
    row.set("review", material.reviews.get(&at).map_or_else(String::new, reviewed));
    row
}

/// What the sidecar tells of a claim's row.
pub(crate) fn made(row: &Row, claim: &Claim) -> Made {
    let mut made = Made {
        id: claim.id.clone(),
        claims: vec![claim.id.clone()],
        ..Made::default()
    };
    let masked = ["words", "claimants"]
        .iter()
        .any(|column| profile::is_masked(row.get(column)));
    made.note(Why::Masked, masked);
    made.note(Why::Cut, row.get("words").ends_with('…'));
    made
}

/// How people left a claim.
fn reviewed(review: &Review) -> String {
    let reading = match review.reading {
        Checked::Accepted => "accepted",
        Checked::Corrected => "corrected",
        Checked::Unreviewed | Checked::Rejected => "",
    };
    let finding = match review.finding {
        Some(Finding::Verified) => "verified",
        Some(Finding::Refuted) => "refuted",
        None => "",
    };
    join([reading, finding].into_iter().map(str::to_owned))
}

fn events(row: &mut Row, claim: &Claim) {
    let each = |of: fn(&Event) -> String| join(claim.events.iter().map(of));
    let people = |who: &[Participant]| who.iter().map(label::participant).collect::<Vec<_>>().join(", ");
    row.set(
        "acts",
        each(|event| match event.negated {
            true => format!("not {}", event.act.code()),
            false => event.act.code().to_owned(),
        }),
    );
    row.set("doers", join(claim.events.iter().map(|event| people(&event.actor))));
    row.set("targets", join(claim.events.iter().map(|event| people(&event.target))));
    let all = || claim.events.iter().flat_map(|event| &event.place);
    row.set("places", join(all().map(|place| place.name.clone())));
    if let Some([lon, lat]) = placed(claim).and_then(places::point) {
        row.set("latitude", lat);
        row.set("longitude", lon);
    }
    row.set(
        "times",
        join(claim.events.iter().filter_map(|event| event.time.clone())),
    );
    let weapons = claim.events.iter().flat_map(|event| &event.weapon);
    row.set("weapons", join(weapons.map(|class| class.code().to_owned())));
    row.set(
        "tolls",
        join(claim.events.iter().flat_map(|event| &event.toll).map(toll_code)),
    );
    row.set(
        "losses",
        join(claim.events.iter().flat_map(|event| &event.losses).map(loss)),
    );
}

/// The finest place with a point, of the first event that has one.
pub(crate) fn placed(claim: &Claim) -> Option<&Place> {
    let of = |event: &'_ Event| -> Option<usize> {
        let with = event
            .place
            .iter()
            .enumerate()
            .filter(|(_, place)| places::point(place).is_some());
        with.min_by_key(|(_, place)| lists::fineness(place).rank)
            .map(|(n, _)| n)
    };
    claim.events.iter().find_map(|event| of(event).map(|n| &event.place[n]))
}

fn loss(loss: &Loss) -> String {
    let party = loss
        .party
        .as_ref()
        .map_or_else(String::new, |party| format!(" {party}"));
    let range = label::range(loss.min, loss.max, false);
    format!("{} {}{party} {range}", loss.class.code(), words::code(&loss.harm))
}

/// Values without empty ones and repeats, joined as all our columns of lists are.
pub(crate) fn join(values: impl Iterator<Item = String>) -> String {
    let mut seen: Vec<String> = Vec::new();
    for value in values.filter(|value| !value.is_empty()) {
        if !seen.contains(&value) {
            seen.push(value);
        }
    }
    seen.join("; ")
}
