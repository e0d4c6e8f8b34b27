use crate::lists::rows;

/// A format of others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// A table of events with ACLED's columns and codes.
    Acled,
    /// A table of deadly events with the columns and codes of UCDP's GED.
    Ucdp,
    /// A record a deed or act of speech with PLOVER's events, modes and fields, as JSON lines.
    Plover,
    /// The same records in POLECAT's table.
    Polecat,
    /// A map: a GeoJSON feature an incident (RFC 7946).
    GeoJson,
    /// Our own table, a claim a row (RFC 4180); it can be read back.
    Csv,
    /// The same columns for data frames: Parquet with a geometry (GeoParquet 1.1).
    Parquet,
    /// An annotation a claim on the text it stands in (W3C Web Annotation).
    WebAnnotation,
    /// A graph of claims, who makes them and where they are from (JSON-LD with PROV-O and schema.org).
    JsonLd,
    /// Our own readings whole, a line a report; they can be read back.
    Jsonl,
}

impl Format {
    /// All formats.
    pub const ALL: &'static [Format] = &[
        Format::Acled,
        Format::Ucdp,
        Format::Plover,
        Format::Polecat,
        Format::GeoJson,
        Format::Csv,
        Format::Parquet,
        Format::WebAnnotation,
        Format::JsonLd,
        Format::Jsonl,
    ];

    /// Its name on the command line.
    pub fn code(self) -> &'static str {
        match self {
            Format::Acled => "acled",
            Format::Ucdp => "ucdp",
            Format::Plover => "plover",
            Format::Polecat => "polecat",
            Format::GeoJson => "geojson",
            Format::Csv => "csv",
            Format::Parquet => "parquet",
            Format::WebAnnotation => "webannotation",
            Format::JsonLd => "jsonld",
            Format::Jsonl => "jsonl",
        }
    }

    /// Whether it is bytes that no terminal should be sent.
    pub fn is_binary(self) -> bool {
        self == Format::Parquet
    }

    fn table(self) -> &'static str {
        match self {
            Format::Acled => include_str!("../fields/acled.tsv"),
            Format::Ucdp => include_str!("../fields/ucdp.tsv"),
            Format::Plover => include_str!("../fields/plover.tsv"),
            Format::Polecat => include_str!("../fields/polecat.tsv"),
            Format::GeoJson => include_str!("../fields/geojson.tsv"),
            Format::Csv => include_str!("../fields/csv.tsv"),
            Format::Parquet => include_str!("../fields/parquet.tsv"),
            Format::WebAnnotation => include_str!("../fields/webannotation.tsv"),
            Format::JsonLd => include_str!("../fields/jsonld.tsv"),
            Format::Jsonl => include_str!("../fields/jsonl.tsv"),
        }
    }

    /// Rows of its table of fields: theirs (empty for what it has no place for), ours, how, what is lost.
    pub fn fields(self) -> impl Iterator<Item = Vec<&'static str>> {
        rows(self.table())
    }

    /// Its columns in order.
    pub fn columns(self) -> Vec<&'static str> {
        self.fields()
            .map(|row| row[0])
            .filter(|theirs| !theirs.is_empty())
            .collect()
    }

    /// Its table of fields in Markdown, as `docs/exports.md` shows it.
    pub fn markdown(self) -> String {
        let mut out = String::from("| theirs | ours | how | lost |\n| --- | --- | --- | --- |\n");
        for row in self.fields() {
            let cell = |n: usize, code: bool| match row[n].replace('|', "\\|") {
                cell if cell.is_empty() => String::new(),
                cell if code => format!("`{cell}`"),
                cell => cell,
            };
            let (theirs, ours) = (cell(0, true), cell(1, false));
            out += &format!("| {theirs} | {ours} | {} | {} |\n", cell(2, false), cell(3, false));
        }
        out
    }
}
