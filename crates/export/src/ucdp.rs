//! A table of deadly events with the columns and codes of UCDP's GED.

use crate::acled::no_event;
use crate::claim_row::join;
use crate::figures::{Figure, best, killed};
use crate::lists::{self, fill};
use crate::sidecar::{Made, Sidecar, Why};
use crate::table::{Row, Table};
use crate::told::{Happening, span};
use crate::words;
use crate::{Error, Format, Material, places};
use counterclaim_claims::{Act, Group, Participant, Place, Reading, Sector, Voice};
use counterclaim_ledger::label;
use jiff::Span;
use jiff::civil::Date;
use std::io::Write;

pub(crate) fn write(material: &Material, out: &mut dyn Write) -> Result<Sidecar, Error> {
    let mut sidecar = Sidecar::new(Format::Ucdp, material);
    let mut table = Table::new(Format::Ucdp, out)?;
    for incident in &material.overview.incidents {
        let happening = Happening::of(material, incident);
        let figures = killed(&happening.main);
        let deadly = figures.iter().any(|figure| figure.high > 0);
        if let Some(why) = no_event(&happening).or_else(|| (!deadly).then_some(Why::NoDeaths)) {
            sidecar.leave_out(&incident.id, happening.claims(), why);
            continue;
        }
        let id = sidecar.rows + 1;
        let mut made = Made::of(material, id.to_string(), &happening);
        let least = figures.iter().map(|figure| figure.low).min();
        made.note(
            Why::FiguresDiffer,
            figures.iter().any(|figure| Some(figure.low) != least),
        );
        let vague = figures.iter().flat_map(|figure| &figure.parts).any(|part| part.vague);
        made.note(Why::FigureVague, vague);
        made.note(Why::DateOfTelling, happening.told_by().is_some());
        let mut row = row(material, &happening, &figures);
        row.set("id", id);
        table.row(&row)?;
        sidecar.made(made);
    }
    table.end()?;
    Ok(sidecar)
}

fn row(material: &Material, happening: &Happening<'_>, figures: &[Figure]) -> Row {
    let mut row = Row::default();
    row.set("relid", &happening.incident.id);
    let place = happening.places().first().copied();
    let sides = sides(happening);
    row.set_some("type_of_violence", sides.kind);
    row.set("side_a", sides.a.as_ref().map_or("", |side| &side.name));
    row.set("side_b", sides.b.as_ref().map_or("", |side| &side.name));
    if let (Some(a), Some(b)) = (&sides.a, &sides.b) {
        row.set("dyad_name", fill(lists::ucdp_name("dyad"), &[&a.name, &b.name]));
    }
    row.set_some("gwnoa", sides.a.as_ref().and_then(Side::number));
    row.set_some("gwnob", sides.b.as_ref().and_then(Side::number));
    sources(&mut row, material, happening);
    let days = happening.days();
    // News of unknown day is of the month that ends on the day it was first told of.
    let before = |last: Date| Some((last.checked_sub(Span::new().days(MONTH)).ok()?, last));
    if let Some((from, to)) = days.or_else(|| before(happening.told_by()?)) {
        row.set("year", days.map_or(to, |days| days.0).year());
        let prec = match span(from, to) {
            0 => 1,
            1..6 => 2,
            6 => 3,
            7..31 => 4,
            _ => 5,
        };
        row.set("date_prec", prec);
        row.set("date_start", format!("{from} 00:00:00.000"));
        row.set("date_end", format!("{to} 00:00:00.000"));
    }
    if let Some(place) = place {
        location(&mut row, place);
    }
    let below_state = place.is_some_and(|place| lists::fineness(place).rank < 7);
    let one_day = days.is_some_and(|(from, to)| from == to);
    row.set("event_clarity", if one_day && below_state { 1 } else { 2 });
    deaths(&mut row, figures, &sides);
    row
}

/// So many days before it was told may news have been that nobody gives a day of.
const MONTH: i32 = 30;

/// A side of a row.
struct Side {
    name: String,
    party: Option<String>,
}

impl Side {
    fn of(who: &Participant) -> Option<Side> {
        let name = match (&who.party, &who.name) {
            (Some(party), _) if lists::country(party).is_some() => {
                fill(lists::ucdp_name("government"), &[lists::party_name(party)])
            }
            (Some(party), _) => lists::party_name(party).to_owned(),
            (None, Some(name)) => name.clone(),
            (None, None) => return None,
        };
        Some(Side {
            name,
            party: who.party.clone(),
        })
    }

    fn is_state(&self) -> bool {
        self.number().is_some()
            || self
                .party
                .as_deref()
                .is_some_and(|party| lists::country(party).is_some())
    }

    fn is_group(&self) -> bool {
        self.party.as_deref().is_some_and(lists::is_group)
    }

    fn number(&self) -> Option<u16> {
        lists::country(self.party.as_deref()?)?.gw
    }
}

#[derive(Default)]
struct Sides {
    kind: Option<u8>,
    a: Option<Side>,
    b: Option<Side>,
}

/// The two sides and what kind of violence that makes. Where sources name different doers nothing is said of them.
fn sides(happening: &Happening<'_>) -> Sides {
    if happening.doer_disputed() {
        return Sides::default();
    }
    let (doers, targets) = (happening.doers(), happening.targets());
    let act = happening.acts().first().copied().unwrap_or_default();
    let civilians = !targets.is_empty() && targets.iter().all(|target| target.sector == Sector::Cvl);
    let a = doers.iter().find_map(|who| Side::of(who));
    let by_hand = matches!(
        act,
        Act::Attack
            | Act::Shooting
            | Act::Execution
            | Act::Torture
            | Act::SexualViolence
            | Act::Abduction
            | Act::Bombing
            | Act::SuicideBombing
    );
    if civilians && by_hand {
        let b = Some(Side {
            name: lists::ucdp_name("civilians").to_owned(),
            party: None,
        });
        return Sides {
            kind: a.as_ref().map(|_| 3),
            a,
            b,
        };
    }
    let own = a.as_ref().and_then(|side| side.party.clone());
    let other = |who: &&&Participant| who.party.is_some() && who.party != own;
    let b = targets
        .iter()
        .filter(other)
        .chain(doers.iter().filter(other))
        .find_map(|who| Side::of(who));
    let (a, b) = match (a, b) {
        // UCDP puts the state first.
        (Some(a), Some(b)) if b.is_state() && !a.is_state() => (Some(b), Some(a)),
        sides => sides,
    };
    let kind = match (&a, &b) {
        (Some(a), Some(b)) if a.is_state() && (b.is_state() || b.is_group()) => Some(1),
        (Some(a), Some(b)) if a.is_group() && b.is_group() => Some(2),
        _ => None,
    };
    Sides { kind, a, b }
}

fn sources(row: &mut Row, material: &Material, happening: &Happening<'_>) {
    let mut numbers: Vec<usize> = happening.all.iter().map(|told| told.at.at.reading).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let copied = |n: &usize| {
        let own = |copies: &&counterclaim_ledger::Copies| copies.reports.contains(n);
        let copies = material.overview.copies.iter().find(own);
        copies.is_some_and(|copies| copies.reports.iter().any(|other| other < n && numbers.contains(other)))
    };
    row.set("number_of_sources", numbers.iter().filter(|n| !copied(n)).count());
    let each = |of: fn(&Reading) -> String| join(numbers.iter().map(|&n| of(&material.readings[n])));
    row.set(
        "source_article",
        each(|reading| {
            let document = &reading.document;
            let parts = [
                Some(words::outlet(reading)),
                document.published.as_deref(),
                document.title.as_deref(),
            ];
            parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
        }),
    );
    row.set(
        "source_office",
        each(|reading| reading.document.outlet.clone().unwrap_or_default()),
    );
    row.set(
        "source_date",
        each(|reading| reading.document.published.clone().unwrap_or_default()),
    );
    row.set(
        "source_headline",
        each(|reading| reading.document.title.clone().unwrap_or_default()),
    );
    let attributed = happening.all.iter().filter(|told| told.claim.voice == Voice::Source);
    let speakers = attributed.flat_map(|told| &told.claim.source).map(label::source);
    row.set("source_original", join(speakers));
}

fn location(row: &mut Row, place: &Place) {
    row.set("where_prec", lists::fineness(place).ucdp);
    row.set("where_coordinates", &place.name);
    row.set_some("adm_1", places::division(place, 1));
    row.set_some("adm_2", places::division(place, 2));
    if let Some([lon, lat]) = places::point(place) {
        row.set("latitude", lat);
        row.set("longitude", lon);
        row.set("geom_wkt", format!("POINT ({lon} {lat})"));
        // PRIO-GRID numbers cells of half a degree from the south-west, row by row, from 1.
        let cell = |degrees: f64, most: f64| ((degrees + most) * 2.0).floor().clamp(0.0, most * 4.0 - 1.0);
        row.set("priogrid_gid", cell(lat, 90.0) * 720.0 + cell(lon, 180.0) + 1.0);
    }
    if let Some(country) = places::country(place) {
        row.set("country", country.name);
        row.set_some("country_id", country.gw);
        row.set_some("region", country.ucdp_region());
    }
}

fn deaths(row: &mut Row, figures: &[Figure], sides: &Sides) {
    let Some(own) = best(figures) else { return };
    let best = own.low;
    let mut left = best;
    let of_side = |side: &Option<Side>| {
        let party = side.as_ref().and_then(|side| side.party.as_deref());
        let parts = own
            .parts
            .iter()
            .filter(|part| party.is_some() && part.party.as_deref() == party && !matches!(part.group, Group::Civilian));
        // A party's total stands beside its parts; it is not added to them.
        let totals = parts
            .clone()
            .filter(|part| matches!(part.group, Group::Mixed | Group::Unknown));
        let total = totals.map(|part| part.low).max().unwrap_or(0);
        let sum: u64 = parts
            .filter(|part| !matches!(part.group, Group::Mixed | Group::Unknown))
            .map(|part| part.low)
            .sum();
        total.max(sum)
    };
    let civilians = own
        .parts
        .iter()
        .filter(|part| part.group == Group::Civilian)
        .map(|part| part.low)
        .sum();
    for (column, told) in [
        ("deaths_civilians", civilians),
        ("deaths_a", of_side(&sides.a)),
        ("deaths_b", of_side(&sides.b)),
    ] {
        let part = left.min(told);
        left -= part;
        row.set(column, part);
    }
    row.set("deaths_unknown", left);
    row.set("best", best);
    row.set("low", figures.iter().map(|figure| figure.low).min().unwrap_or(best));
    row.set("high", figures.iter().map(|figure| figure.high).max().unwrap_or(best));
}
