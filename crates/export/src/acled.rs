//! A table of events with ACLED's columns and codes. Its rules are those of its codebook and of its FAQ on fatalities; each
//! is a test in `tests/rules.rs`.

use crate::figures::{Figure, killed};
use crate::lists::{self, fill};
use crate::sidecar::{Made, Sidecar, Why};
use crate::table::{Row, Table};
use crate::told::{Happening, Modality, span};
use crate::{Error, Format, Material, places, words};
use counterclaim_claims::{Act, Participant, Place, Sector};
use jiff::civil::Date;
use std::io::Write;

pub(crate) fn write(material: &Material, out: &mut dyn Write) -> Result<Sidecar, Error> {
    let mut sidecar = Sidecar::new(Format::Acled, material);
    let mut table = Table::new(Format::Acled, out)?;
    for incident in &material.overview.incidents {
        let happening = Happening::of(material, incident);
        match left_out(&happening) {
            Some(why) => sidecar.leave_out(&incident.id, happening.claims(), why),
            None => {
                let mut made = Made::of(material, incident.id.clone(), &happening);
                made.note(Why::DateOfTelling, happening.told_by().is_some());
                table.row(&row(material, &happening, &mut made))?;
                sidecar.made(made);
            }
        }
    }
    table.end()?;
    Ok(sidecar)
}

/// Why an incident that is no event for ACLED or UCDP has no row.
pub(crate) fn no_event(happening: &Happening<'_>) -> Option<Why> {
    match happening.modality {
        Modality::Denied => Some(Why::DeniedOnly),
        Modality::Foreseen => Some(Why::ForeseenOnly),
        Modality::Affirmed => happening.background().then_some(Why::Background),
    }
}

fn left_out(happening: &Happening<'_>) -> Option<Why> {
    no_event(happening).or_else(|| act(happening).is_none().then_some(Why::NoType))
}

/// The act told by most that ACLED has a type for.
fn act(happening: &Happening<'_>) -> Option<Act> {
    happening
        .acts()
        .into_iter()
        .find(|act| !lists::crossing(*act).acled.is_empty())
}

fn row(material: &Material, happening: &Happening<'_>, made: &mut Made) -> Row {
    let mut row = Row::default();
    let place = happening.places().first().copied();
    row.set("event_id_cnty", &happening.incident.id);
    date(&mut row, happening.days(), happening.told_by());
    let sub_event = sub_event(happening, place, made);
    if let Some((event, disorder)) = lists::acled_types(sub_event) {
        row.set("disorder_type", disorder);
        row.set("event_type", event);
        row.set("sub_event_type", sub_event);
    }
    actors(&mut row, happening, place, made);
    if let Some(place) = place {
        location(&mut row, place);
    }
    row.set("source", sources(happening));
    let figures = killed(&happening.main);
    let differ = fatalities(&mut row, &figures, made);
    row.set("notes", words::notes(material, happening, differ));
    let tags: Vec<String> = happening
        .dispute_kinds()
        .iter()
        .map(|kind| format!("dispute={kind}"))
        .collect();
    row.set("tags", tags.join("; "));
    row
}

/// The day of an event: the first that is possible, or the middle of a month of which no more is told. An event whose time nobody
/// tells stands under the day it was first told of, with the coarsest precision.
fn date(row: &mut Row, days: Option<(Date, Date)>, told_by: Option<Date>) {
    let Some((from, to)) = days else {
        if let Some(day) = told_by {
            row.set("year", day.year());
            row.set("event_date", day);
            row.set("time_precision", 3);
        }
        return;
    };
    let days = span(from, to);
    let day = match days {
        0..27 => Some((
            from,
            if days == 0 {
                1
            } else if days < 7 {
                2
            } else {
                3
            },
        )),
        27..31 => from
            .checked_add(jiff::Span::new().days(days / 2))
            .ok()
            .map(|day| (day, 3)),
        _ => None,
    };
    row.set("year", from.year());
    if let Some((day, precision)) = day {
        row.set("event_date", day);
        row.set("time_precision", precision);
    }
}

fn sub_event(happening: &Happening<'_>, place: Option<&Place>, made: &mut Made) -> &'static str {
    let Some(act) = act(happening) else { return "" };
    let to = lists::crossing(act);
    if !to.acled_civilians.is_empty() && only_civilians(happening) {
        return to.acled_civilians;
    }
    if to.acled_own_state.is_empty() {
        return to.acled;
    }
    // Who takes ground makes the type: the state whose it is, or anybody else.
    let doer = happening.doers().first().and_then(|doer| doer.party.as_deref());
    let land = place.and_then(|place| place.country.as_deref());
    match (doer, land) {
        (Some(doer), Some(land)) if doer == land => to.acled_own_state,
        (Some(doer), Some(_)) if lists::country(doer).is_some() => to.acled,
        (Some(doer), _) if lists::is_group(doer) => to.acled,
        _ => {
            made.note(Why::TerritoryUnknown, true);
            lists::crossing(Act::Clash).acled
        }
    }
}

fn only_civilians(happening: &Happening<'_>) -> bool {
    let targets = happening.targets();
    !targets.is_empty() && targets.iter().all(|target| target.sector == Sector::Cvl)
}

/// An actor as ACLED names it, with the number of its type where that is told.
struct Actor {
    name: String,
    kind: Option<&'static str>,
}

fn actor(who: &Participant, act: Act, doer: bool, place: Option<&Place>) -> Actor {
    let land = place.and_then(|place| place.country.as_deref());
    let state = who.party.as_deref().filter(|party| lists::country(party).is_some());
    // Who fights or strikes as a state is its forces; to be a target as a state's is not to be one of any kind.
    let fights = doer
        && matches!(
            act.family(),
            counterclaim_claims::Family::Strike | counterclaim_claims::Family::Battle
        );
    let sector = match who.sector {
        Sector::Unk | Sector::Gov if fights && state.is_some() => Sector::Mil,
        Sector::Unk if who.party.as_deref().is_some_and(lists::is_group) => Sector::Reb,
        Sector::Unk if who.party.as_deref().is_some_and(lists::is_body) => Sector::Igo,
        sector => sector,
    };
    let protests = doer && matches!(act, Act::Protest | Act::Riot);
    let known = lists::acled_actor(sector);
    let kind = known.map(|known| match (state, land) {
        _ if protests && act == Act::Riot => "5",
        _ if protests => "6",
        (Some(state), Some(land)) if state != land => known.types[1],
        (Some(_), _) => known.types[0],
        (None, _) => known.types[2],
    });
    let form = known.map_or("", |known| known.form);
    let civilians = sector == Sector::Cvl;
    let name = match (&who.name, state.or(land.filter(|_| civilians && who.party.is_none()))) {
        (Some(name), None) => name.clone(),
        (None, None) if who.party.is_none() && civilians => lists::ucdp_name("civilians").to_owned(),
        (_, Some(state)) if !form.is_empty() => fill(form, &[lists::party_name(state)]),
        (_, None) if kind == Some("7") && who.party.is_some() => {
            fill(form, &[lists::party_name(who.party.as_deref().unwrap_or_default())])
        }
        _ => who
            .party
            .as_deref()
            .map_or_else(String::new, |party| lists::party_name(party).to_owned()),
    };
    Actor { name, kind }
}

fn actors(row: &mut Row, happening: &Happening<'_>, place: Option<&Place>, made: &mut Made) {
    let act = act(happening).unwrap_or_default();
    let disputed = happening.doer_disputed();
    let mut doers: Vec<Actor> = happening
        .doers()
        .iter()
        .map(|who| actor(who, act, true, place))
        .collect();
    let mut targets: Vec<Actor> = happening
        .targets()
        .iter()
        .map(|who| actor(who, act, false, place))
        .collect();
    if disputed {
        doers.clear();
    }
    doers.retain(|one| !one.name.is_empty());
    targets.retain(|one| !one.name.is_empty());
    dedup(&mut doers);
    dedup(&mut targets);
    // Both sides of a fight are its doers.
    let mutual = matches!(act, Act::Clash | Act::Talks | Act::Agreement | Act::PrisonerExchange);
    if targets.is_empty() && mutual && doers.len() > 1 {
        targets = doers.split_off(1);
    }
    let first = side(row, ["actor1", "assoc_actor_1", "inter1"], doers, made);
    let second = side(row, ["actor2", "assoc_actor_2", "inter2"], targets, made);
    if second.is_none() {
        row.set("inter2", 0);
    }
    if let Some(first) = first {
        let second = second.unwrap_or(0);
        let number = match second {
            0 => first * 10,
            second => first.min(second) * 10 + first.max(second),
        };
        row.set("interaction", number);
    }
    if only_civilians(happening) {
        row.set("civilian_targeting", "Civilian targeting");
    }
}

/// Puts the first actor of a known type into its column and the others beside it. Gives its type.
fn side(row: &mut Row, columns: [&'static str; 3], mut actors: Vec<Actor>, made: &mut Made) -> Option<u8> {
    let at = actors.iter().position(|actor| actor.kind.is_some());
    let main = at.map(|at| actors.remove(at));
    made.note(Why::ActorTypeUnknown, actors.iter().any(|actor| actor.kind.is_none()));
    let others: Vec<String> = actors.into_iter().map(|actor| actor.name).collect();
    row.set(columns[1], others.join("; "));
    let main = main?;
    let kind = main.kind?;
    row.set(columns[0], main.name);
    row.set(columns[2], kind);
    kind.parse().ok()
}

fn dedup(actors: &mut Vec<Actor>) {
    let mut seen = Vec::new();
    actors.retain(|actor| {
        let new = !seen.contains(&actor.name);
        seen.push(actor.name.clone());
        new
    });
}

fn location(row: &mut Row, place: &Place) {
    match places::country(place) {
        Some(country) => {
            row.set("iso", country.numeric);
            row.set("region", country.region);
            row.set("country", country.name);
        }
        None if places::is_water(place) => row.set("country", &place.name),
        None => {}
    }
    row.set_some("admin1", places::division(place, 1));
    row.set_some("admin2", places::division(place, 2));
    row.set("location", &place.name);
    if let Some([lon, lat]) = places::point(place) {
        row.set("latitude", lat);
        row.set("longitude", lon);
    }
    row.set("geo_precision", lists::fineness(place).acled);
}

/// Outlets of the reports that tell of it.
fn sources(happening: &Happening<'_>) -> String {
    let mut outlets: Vec<&str> = Vec::new();
    for told in &happening.all {
        let outlet = words::outlet(told.reading);
        if !outlets.contains(&outlet) {
            outlets.push(outlet);
        }
    }
    outlets.join("; ")
}

/// The most conservative figure. Gives whether sources differ.
fn fatalities(row: &mut Row, figures: &[Figure], made: &mut Made) -> bool {
    let Some(least) = figures.iter().map(|figure| figure.low).min() else {
        return false;
    };
    row.set("fatalities", least);
    let differ = figures.iter().any(|figure| figure.low > least || figure.high > least);
    made.note(Why::FiguresDiffer, differ && figures.len() > 1);
    let vague = figures.iter().flat_map(|figure| &figure.parts).any(|part| part.vague);
    made.note(Why::FigureVague, vague);
    differ && figures.len() > 1
}
