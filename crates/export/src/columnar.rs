//! Claims for data frames: Parquet with a geometry column, as GeoParquet 1.1 has it.

use crate::sidecar::Sidecar;
use crate::table::Row;
use crate::{Error, Format, Material, claim_row, places};
use parquet::basic::Compression;
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int64Type};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::parser::parse_message_type;
use std::io::Write;
use std::sync::Arc;

/// Rows that are written together.
const GROUP: usize = 1 << 16;

/// What GeoParquet wants to be told: which column is a geometry, and how it is written. Without a `crs` it is OGC:CRS84,
/// longitude before latitude.
const GEO: &str = r#"{"version":"1.1.0","primary_column":"geometry","columns":{"geometry":{"encoding":"WKB","geometry_types":["Point"]}}}"#;

/// The type of a column.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Words,
    Number,
    Degrees,
    Flag,
    Geometry,
}

impl Kind {
    fn of(column: &str) -> Kind {
        match column {
            "start" | "end" => Kind::Number,
            "latitude" | "longitude" => Kind::Degrees,
            "quoted" | "background" => Kind::Flag,
            "geometry" => Kind::Geometry,
            _ => Kind::Words,
        }
    }

    fn declared(self, column: &str) -> String {
        match self {
            Kind::Words => format!("optional binary {column} (STRING);"),
            Kind::Number => format!("optional int64 {column};"),
            Kind::Degrees => format!("optional double {column};"),
            Kind::Flag => format!("optional boolean {column};"),
            Kind::Geometry => format!("optional binary {column};"),
        }
    }
}

pub(crate) fn write(material: &Material, out: &mut (dyn Write + Send)) -> Result<Sidecar, Error> {
    let mut sidecar = Sidecar::new(Format::Parquet, material);
    let columns = Format::Parquet.columns();
    let declared: String = columns.iter().map(|column| Kind::of(column).declared(column)).collect();
    let schema = Arc::new(parse_message_type(&format!("message claims {{ {declared} }}"))?);
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_key_value_metadata(Some(vec![KeyValue::new("geo".to_owned(), GEO.to_owned())]))
        .build();
    let mut file = SerializedFileWriter::new(out, schema, Arc::new(properties))?;
    let mut rows: Vec<(Row, Option<Vec<u8>>)> = Vec::new();
    for (at, _, claim) in material.claims() {
        let mut row = claim_row::row(material, at);
        if !material.is_public() {
            row.set("claim", serde_json::to_string(claim)?);
        }
        sidecar.made(claim_row::made(&row, claim));
        rows.push((row, claim_row::placed(claim).and_then(places::point).map(wkb)));
        if rows.len() == GROUP {
            group(&mut file, &columns, &rows)?;
            rows.clear();
        }
    }
    if !rows.is_empty() {
        group(&mut file, &columns, &rows)?;
    }
    file.close()?;
    Ok(sidecar)
}

/// A point as well-known binary, little end first.
fn wkb([lon, lat]: [f64; 2]) -> Vec<u8> {
    let mut bytes = vec![1, 1, 0, 0, 0];
    bytes.extend(lon.to_le_bytes());
    bytes.extend(lat.to_le_bytes());
    bytes
}

fn group<W: Write + Send>(
    file: &mut SerializedFileWriter<W>,
    columns: &[&str],
    rows: &[(Row, Option<Vec<u8>>)],
) -> Result<(), Error> {
    let mut group = file.next_row_group()?;
    for column in columns {
        let cells = || {
            rows.iter()
                .map(|(row, _)| row.get(column))
                .map(|cell| (!cell.is_empty()).then_some(cell))
        };
        match Kind::of(column) {
            Kind::Words => put::<ByteArrayType, _>(&mut group, cells().map(|cell| cell.map(ByteArray::from)))?,
            Kind::Number => put::<Int64Type, _>(&mut group, cells().map(|cell| cell?.parse().ok()))?,
            Kind::Degrees => put::<DoubleType, _>(&mut group, cells().map(|cell| cell?.parse().ok()))?,
            Kind::Flag => put::<BoolType, _>(&mut group, cells().map(|cell| cell?.parse().ok()))?,
            Kind::Geometry => {
                let points = rows.iter().map(|(_, point)| point.clone().map(ByteArray::from));
                put::<ByteArrayType, _>(&mut group, points)?;
            }
        }
    }
    group.close()?;
    Ok(())
}

/// Writes the next column; what is not there is null.
fn put<T: DataType, W: Write + Send>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    cells: impl Iterator<Item = Option<T::T>>,
) -> Result<(), Error> {
    let (mut values, mut there) = (Vec::new(), Vec::new());
    for cell in cells {
        there.push(i16::from(cell.is_some()));
        values.extend(cell);
    }
    if let Some(mut column) = group.next_column()? {
        column.typed::<T>().write_batch(&values, Some(&there), None)?;
        column.close()?;
    }
    Ok(())
}
