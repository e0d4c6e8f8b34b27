//! Records with PLOVER's events, modes, contexts and fields, as JSON lines.
//!
//! What somebody plainly says happened is a record of the deed. What somebody accuses, denies, asks for, threatens, promises or
//! supports is a record of that act of speech, by the one who speaks: PLOVER codes the accusation and not the accused deed.

use crate::lists::{self, rows};
use crate::sidecar::{Made, Sidecar, Why};
use crate::told::{Modality, span};
use crate::{Error, Format, Material, places, words};
use counterclaim_claims::{
    Certainty, Claim, Event, Family, Harm, Participant, Place, Reading, Sector, Source, Stance, Voice,
};
use counterclaim_ledger::{ClaimRef, days};
use jiff::civil::Date;
use serde::Serialize;
use std::io::Write;

/// A record, its fields in PLOVER's order.
#[derive(Serialize)]
pub(crate) struct Record {
    pub(crate) id: String,
    pub(crate) date: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) enddate: Option<String>,
    pub(crate) actor: Vec<Entity>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) recipient: Vec<Entity>,
    pub(crate) event: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) event_loc: Option<Location>,
    pub(crate) quad_code: u8,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) event_scale: Option<f64>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) mode: Vec<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) context: Vec<&'static str>,
    text: &'static str,
    text_info: TextInfo,
    #[serde(skip_serializing_if = "Size::is_empty")]
    size: Size,
    cite_info: Cite,
    comment: String,
    #[serde(skip)]
    pub(crate) why: Vec<Why>,
}

impl Record {
    /// Outlet or address, day of publication and language of the report it was coded from.
    pub(crate) fn cited(&self) -> (&str, Option<&str>, Option<&str>) {
        let cite = &self.cite_info;
        let source = cite.publication.as_deref().unwrap_or(&cite.url);
        (source, cite.published.as_deref(), cite.language.as_deref())
    }
}

#[derive(Serialize)]
pub(crate) struct Entity {
    #[serde(skip_serializing_if = "str::is_empty")]
    pub(crate) code: String,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub(crate) sector: String,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub(crate) identifier_text: String,
}

#[derive(Serialize)]
pub(crate) struct Location {
    pub(crate) resolved_place: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) lat: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) lon: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) city: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) district: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) province: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) country: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) country_code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    resolution: Option<u8>,
}

#[derive(Serialize)]
struct TextInfo {
    start: usize,
    end: usize,
}

#[derive(Default, Serialize)]
struct Size {
    #[serde(skip_serializing_if = "Option::is_none")]
    dead: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    injured: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    arrested: Option<u64>,
}

impl Size {
    fn is_empty(&self) -> bool {
        self.dead.is_none() && self.injured.is_none() && self.arrested.is_none()
    }

    /// The least of each harm that an event tells of.
    fn of(event: &Event) -> Size {
        let least = |harm| {
            event
                .toll
                .iter()
                .filter(|toll| toll.harm == harm)
                .filter_map(|toll| toll.min)
                .max()
        };
        Size {
            dead: least(Harm::Killed),
            injured: least(Harm::Wounded),
            arrested: least(Harm::Detained),
        }
    }
}

#[derive(Serialize)]
struct Cite {
    citation: String,
    url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    publication: Option<String>,
    /// For POLECAT; PLOVER has no field for it.
    #[serde(skip)]
    published: Option<String>,
}

pub(crate) fn write(material: &Material, out: &mut dyn Write) -> Result<Sidecar, Error> {
    let mut sidecar = Sidecar::new(Format::Plover, material);
    each(material, &mut sidecar, |record| {
        serde_json::to_writer(&mut *out, record)?;
        Ok(writeln!(out)?)
    })?;
    Ok(sidecar)
}

/// Makes all records, and keeps the account of them.
pub(crate) fn each(
    material: &Material,
    sidecar: &mut Sidecar,
    mut put: impl FnMut(&Record) -> Result<(), Error>,
) -> Result<(), Error> {
    for (at, reading, claim) in material.claims() {
        let mut take = |id: String, made: Result<Record, Why>| -> Result<(), Error> {
            match made {
                Ok(record) => {
                    put(&record)?;
                    let mut made = Made {
                        id,
                        claims: vec![claim.id.clone()],
                        ..Made::default()
                    };
                    made.why.extend(record.why.iter().copied());
                    sidecar.made(made);
                }
                Err(why) => sidecar.leave_out(&id, vec![claim.id.clone()], why),
            }
            Ok(())
        };
        if claim.stance == Stance::Asserts {
            for n in 0..claim.events.len() {
                let id = format!("{}/{n}", claim.id);
                take(id.clone(), deed(material, at, n, id))?;
            }
        } else {
            let id = format!("{}/speech", claim.id);
            take(id.clone(), speech(reading, claim, id))?;
        }
    }
    Ok(())
}

/// The record of what somebody says was done.
fn deed(material: &Material, at: ClaimRef, number: usize, id: String) -> Result<Record, Why> {
    let (reading, claim) = at.of(&material.readings);
    let event = &claim.events[number];
    if Modality::of(claim, event) != Modality::Affirmed {
        return Err(Why::Negated);
    }
    let to = lists::crossing(event.act);
    if to.plover.is_empty() {
        return Err(Why::NoType);
    }
    let dates = event
        .time
        .as_deref()
        .and_then(days)
        .or_else(|| of_incident(material, at, number));
    let dates = dates.ok_or(Why::NoDate)?;
    let recipient = entities(event.target.iter().map(Who::of));
    if recipient.is_empty() && requires_recipient(to.plover) {
        return Err(Why::NoRecipient);
    }
    let mut actor = entities(event.actor.iter().map(Who::of));
    if actor.is_empty() {
        actor.push(Entity {
            code: String::new(),
            sector: "UNK".into(),
            identifier_text: String::new(),
        });
    }
    let forces = event
        .actor
        .iter()
        .chain(&event.target)
        .any(|who| who.sector == Sector::Mil);
    let mut record = record(reading, claim, id, dates, to.plover, to.mode);
    record.context.extend(forces.then_some("military"));
    record
        .context
        .extend(Some(to.context).filter(|context| !(context.is_empty() || forces && *context == "military")));
    note_sovereigns(
        &mut record,
        event.actor.iter().chain(&event.target).map(|who| who.party.as_deref()),
    );
    record.actor = actor;
    record.recipient = recipient;
    record.event_loc = finest(event).map(location);
    record.size = Size::of(event);
    Ok(record)
}

/// The record of an act of speech.
fn speech(reading: &Reading, claim: &Claim, id: String) -> Result<Record, Why> {
    let first = claim.events.first();
    let to = first.map_or(lists::crossing(counterclaim_claims::Act::Other), |event| {
        lists::crossing(event.act)
    });
    let harm = first.is_some_and(|event| {
        matches!(
            event.act.family(),
            Family::Strike | Family::Battle | Family::Control | Family::Abuse | Family::Pressure
        )
    });
    let (event, mode) = match claim.stance {
        Stance::Accuses => ("ACCUSE", "allege"),
        Stance::Denies => ("REJECT", ""),
        Stance::CallsFor => ("REQUEST", to.request),
        Stance::Threatens => ("THREATEN", to.threat),
        Stance::Promises if harm => ("THREATEN", to.threat),
        Stance::Promises => ("AGREE", ""),
        Stance::Supports => ("SUPPORT", ""),
        Stance::Asserts | Stance::Warns => return Err(Why::NoType),
    };
    let said = claim.said.as_deref().or(reading.document.published.as_deref());
    let dates = said.and_then(days).ok_or(Why::NoDate)?;
    let mut record = record(reading, claim, id, dates, event, mode);
    record.actor = match claim.voice {
        Voice::Source => entities(claim.source.iter().map(Who::of_source)),
        Voice::Report => vec![Entity {
            code: String::new(),
            sector: "JRN".into(),
            identifier_text: words::outlet(reading).to_owned(),
        }],
    };
    if record.actor.is_empty() {
        record.actor.push(Entity {
            code: String::new(),
            sector: "UNK".into(),
            identifier_text: String::new(),
        });
    }
    let own: Vec<&str> = claim
        .source
        .iter()
        .filter_map(|source| source.party.as_deref())
        .collect();
    let about = claim
        .events
        .iter()
        .flat_map(|event| event.actor.iter().chain(&event.target));
    let others: Vec<&Participant> = about
        .filter(|who| !who.party.as_deref().is_some_and(|p| own.contains(&p)))
        .collect();
    // Whom it is about: who is said to do it, or to whom the speaker would do it.
    let first = others.first().map(|who| (who.party.clone(), who.sector));
    let same = |who: &&&Participant| first.as_ref().is_some_and(|(party, _)| who.party == *party);
    record.recipient = entities(others.iter().filter(same).map(|who| Who::of(who)));
    record
        .context
        .extend(Some(to.context).filter(|context| !context.is_empty()));
    note_sovereigns(
        &mut record,
        others
            .iter()
            .map(|who| who.party.as_deref())
            .chain(own.iter().map(|p| Some(*p))),
    );
    record.event_loc = claim.events.iter().find_map(finest).map(location);
    Ok(record)
}

fn record(
    reading: &Reading,
    claim: &Claim,
    id: String,
    dates: (Date, Date),
    event: &'static str,
    mode: &'static str,
) -> Record {
    let (from, to) = dates;
    let (quad_code, scale) = quad_and_scale(event, mode);
    let document = &reading.document;
    let certainty = match claim.certainty {
        Certainty::Plain => String::new(),
        Certainty::Hedged => format!("; certainty={}", words::code(&claim.certainty)),
    };
    let who = words::claimants(reading, claim).join(", ");
    Record {
        id,
        date: from.to_string(),
        enddate: (span(from, to) != 0).then(|| to.to_string()),
        actor: Vec::new(),
        recipient: Vec::new(),
        event: vec![event],
        event_loc: None,
        quad_code,
        event_scale: scale,
        mode: Some(mode).filter(|mode| !mode.is_empty()).into_iter().collect(),
        context: Vec::new(),
        text: "",
        text_info: TextInfo {
            start: claim.start,
            end: claim.end,
        },
        size: Size::default(),
        cite_info: Cite {
            citation: document.id.clone(),
            url: document.uri.clone(),
            title: document.title.clone(),
            language: document
                .language
                .as_ref()
                .map(|tag| tag.split('-').next().unwrap_or(tag).to_owned()),
            publication: document.outlet.clone(),
            published: document
                .published
                .clone()
                .filter(|day| days(day).is_some_and(|(from, to)| from == to)),
        },
        comment: format!(
            "claim={}; stance={}; by={who}{certainty}",
            claim.id,
            words::code(&claim.stance)
        ),
        why: (event == "ACCUSE" && mode.is_empty())
            .then_some(Why::ScoreAsPrinted)
            .into_iter()
            .collect(),
    }
}

/// The quad category of an event, and the score printed for its mode, else for itself.
pub(crate) fn quad_and_scale(event: &str, mode: &str) -> (u8, Option<f64>) {
    let row = rows(include_str!("../lists/plover_events.tsv")).find(|row| row[0] == event);
    let (quad, scale) = row.map_or(("", ""), |row| (row[1], row[3]));
    let of_mode = rows(include_str!("../lists/plover_modes.tsv")).find(|row| row[0] == event && row[1] == mode);
    let scale = of_mode.map_or(scale, |row| row[2]);
    (quad.parse().unwrap_or_default(), scale.parse().ok())
}

fn requires_recipient(event: &str) -> bool {
    rows(include_str!("../lists/plover_events.tsv")).any(|row| row[0] == event && row[2] == "Yes")
}

/// The days that another claim tells of the same incident.
fn of_incident(material: &Material, at: ClaimRef, event: usize) -> Option<(Date, Date)> {
    let of = material.incidents_of.get(&at)?;
    let own = |n: &&usize| {
        let mentions = &material.overview.incidents[**n].mentions;
        mentions
            .iter()
            .any(|mention| mention.at == at && mention.event == event)
    };
    let incident = &material.overview.incidents[*of.iter().find(own)?];
    crate::told::Happening::of(material, incident).days()
}

/// Somebody, whatever they are in the contract.
struct Who<'a> {
    party: Option<&'a str>,
    sector: Sector,
    name: Option<&'a str>,
}

impl<'a> Who<'a> {
    fn of(who: &'a Participant) -> Who<'a> {
        Who {
            party: who.party.as_deref(),
            sector: who.sector,
            name: who.name.as_deref(),
        }
    }

    fn of_source(who: &'a Source) -> Who<'a> {
        Who {
            party: who.party.as_deref(),
            sector: who.sector,
            name: who.person.as_deref().or(who.name.as_deref()),
        }
    }
}

/// One entity each; they stay one list and are not paired off.
fn entities<'a>(all: impl Iterator<Item = Who<'a>>) -> Vec<Entity> {
    let mut entities: Vec<Entity> = Vec::new();
    for entity in all.map(|who| entity(&who)) {
        let same = |known: &Entity| {
            (&known.code, &known.sector, &known.identifier_text)
                == (&entity.code, &entity.sector, &entity.identifier_text)
        };
        if !entities.iter().any(same) {
            entities.push(entity);
        }
    }
    entities
}

fn entity(who: &Who<'_>) -> Entity {
    let own = rows(include_str!("../lists/plover_sector_of.tsv")).find(|row| row[0] == who.sector.code());
    let sector = own.map_or("", |row| row[1]);
    let party = who.party.unwrap_or_default();
    let known = rows(include_str!("../lists/plover_entities.tsv")).find(|row| row[0] == party);
    let (code, sector) = match &known {
        // Sectors of three signs each may stand one behind the other.
        Some(row) if row[2] == "PRE" => (row[1], format!("PRE{}", if sector == "UNK" { "" } else { sector })),
        Some(row) => (row[1], row[2].to_owned()),
        None if lists::country(party).is_some() => (party, sector.to_owned()),
        None => ("", sector.to_owned()),
    };
    let named = known.is_some() || (!party.is_empty() && code.is_empty());
    Entity {
        code: code.to_owned(),
        sector,
        identifier_text: match who.name {
            Some(name) => name.to_owned(),
            None if named => lists::party_name(party).to_owned(),
            None => String::new(),
        },
    }
}

fn note_sovereigns<'a>(record: &mut Record, parties: impl Iterator<Item = Option<&'a str>>) {
    let partial =
        |party: &str| rows(include_str!("../lists/plover_entities.tsv")).any(|row| row[0] == party && row[2] == "PRE");
    if parties.flatten().any(partial) {
        record.why.push(Why::Sovereign);
    }
}

fn finest(event: &Event) -> Option<&Place> {
    event.place.iter().min_by_key(|place| lists::fineness(place).rank)
}

fn location(place: &Place) -> Location {
    let point = places::point(place);
    let town = matches!(place.kind.as_deref(), Some("city" | "capital" | "town" | "village"));
    Location {
        resolved_place: place.name.clone(),
        lat: point.map(|[_, lat]| lat),
        lon: point.map(|[lon, _]| lon),
        city: town.then(|| place.name.clone()),
        district: places::division(place, 2).map(str::to_owned),
        province: places::division(place, 1).map(str::to_owned),
        country: places::country(place).map(|country| country.name),
        country_code: place.country.clone(),
        resolution: lists::fineness(place).plover.parse().ok(),
    }
}
