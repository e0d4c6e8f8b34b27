//! PLOVER's records in the table of POLECAT: forty columns between tabs, without text or offsets.

use crate::claim_row::join;
use crate::plover::{Entity, Record, each};
use crate::sidecar::Sidecar;
use crate::table::Row;
use crate::{Error, Format, Material};
use std::io::Write;

pub(crate) fn write(material: &Material, out: &mut dyn Write) -> Result<Sidecar, Error> {
    let mut sidecar = Sidecar::new(Format::Polecat, material);
    let columns = Format::Polecat.columns();
    writeln!(out, "{}", columns.join("\t"))?;
    each(material, &mut sidecar, |record| {
        let row = row(record);
        let cells: Vec<String> = columns.iter().map(|column| plain(row.get(column))).collect();
        Ok(writeln!(out, "{}", cells.join("\t"))?)
    })?;
    Ok(sidecar)
}

/// A cell between tabs: there is no way to quote one, so that tabs and line ends in it become spaces.
fn plain(cell: &str) -> String {
    let cell = cell.split(['\t', '\r', '\n']).collect::<Vec<_>>().join(" ");
    crate::table::guarded(&cell)
}

fn row(record: &Record) -> Row {
    let mut row = Row::default();
    row.set("Event ID", &record.id);
    row.set("Event Date", &record.date);
    row.set("Event Type", record.event.join("; "));
    row.set("Event Mode", record.mode.join("; "));
    row.set_some("Intensity", record.event_scale);
    row.set("Quad Code", record.quad_code);
    row.set("Contexts", record.context.join("; "));
    let columns = [
        ["Actor Name", "Actor Country", "Primary Actor Sector", "Actor Sectors"],
        [
            "Recipient Name",
            "Recipient Country",
            "Primary Recipient Sector",
            "Recipient Sectors",
        ],
    ];
    for ([name, country, primary, sectors], entities) in columns.into_iter().zip([&record.actor, &record.recipient]) {
        let each = |of: fn(&Entity) -> &String| join(entities.iter().map(|entity| of(entity).clone()));
        row.set(name, each(|entity| &entity.identifier_text));
        row.set(country, each(|entity| &entity.code));
        row.set(sectors, each(|entity| &entity.sector));
        row.set_some(primary, entities.first().map(|entity| &entity.sector));
    }
    if let Some(place) = &record.event_loc {
        row.set("Placename", &place.resolved_place);
        row.set_some("City", place.city.as_ref());
        row.set_some("District", place.district.as_ref());
        row.set_some("Province", place.province.as_ref());
        row.set_some("Country", place.country);
        row.set_some("Latitude", place.lat);
        row.set_some("Longitude", place.lon);
    }
    let (source, published, language) = record.cited();
    row.set("Source", source);
    row.set_some("Publication Date", published);
    row.set_some("Language", language);
    row
}
