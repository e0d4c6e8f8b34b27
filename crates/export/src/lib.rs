//! A ledger in the formats of others, each with a record of what the format loses.
//!
//! In: the readings of a ledger and a [`Profile`]. Out: bytes in a [`Format`], and a [`Sidecar`] that tells field by field how
//! ours was mapped, what has no place there, which claims each row was made from, and what got no row and why.
//!
//! 1. [`Material::new`] makes readings ready: for the public it masks private persons, rounds coordinates and cuts words,
//!    before anything is written;
//! 2. [`write`] puts out one format. Formats whose rows are events take an incident a row and put together what is told of
//!    it; the others take a claim a row;
//! 3. [`csv_lines`] reads our own table back.
//!
//! - A claim stays a claim: columns of notes say who says what in the report's words, and that sources differ. Nothing is
//!   said in the program's own voice.
//! - Figures of different sources never meet in a sum or a mean: each format's rule picks one source's figure.
//! - What is not told stays empty.
//! - Columns, codes and what is lost are data: `fields/` (a table a format), `lists/` (code lists, with where each is from).
//! - The same readings give the same bytes.
//!
//! ```
//! use counterclaim_claims::Reading;
//! use counterclaim_export::{Format, Material, Profile, write};
//! use jiff::Timestamp;
//!
//! let line = r#"{"document":{"uri":"a.txt","text":"Ganja was shelled."},"claims":[{"start":0,"end":17,
//!     "events":[{"act":"shelling","time":"2020-10-04","place":[{"name":"Ganja","country":"AZE","lat":40.68,"lon":46.36,"kind":"city"}]}]}]}"#;
//! let reading: Reading = serde_json::from_str(line)?;
//! let mut out = Vec::new();
//! let sidecar = write(Format::Acled, &Material::new(vec![reading], &[], Profile::Full, Timestamp::UNIX_EPOCH), &mut out)?;
//! assert!(String::from_utf8(out)?.contains("Explosions/Remote violence,Shelling/artillery/missile attack"));
//! assert_eq!(sidecar.rows, 1);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod acled;
mod annotation;
mod claim_row;
mod columnar;
mod error;
mod figures;
mod format;
mod held;
mod lines;
mod linked;
mod lists;
mod map;
mod own;
mod places;
mod plover;
mod polecat;
mod profile;
mod sidecar;
mod table;
mod told;
mod ucdp;
mod words;

pub use error::Error;
pub use format::Format;
pub use own::{RowError, RowProblem, csv_lines};
pub use profile::{Material, Profile};
pub use sidecar::{Disputed, Field, LeftOut, Made, NotCarried, ProfileNote, Sidecar, SourceToll, Why};

/// Writes an export, and gives what it lost.
pub fn write(format: Format, material: &Material, out: &mut (dyn std::io::Write + Send)) -> Result<Sidecar, Error> {
    let sidecar = match format {
        Format::Acled => acled::write(material, out),
        Format::Ucdp => ucdp::write(material, out),
        Format::GeoJson => map::write(material, out),
        Format::Csv => own::write(material, out),
        Format::Parquet => columnar::write(material, out),
        Format::Plover => plover::write(material, out),
        Format::Polecat => polecat::write(material, out),
        Format::WebAnnotation => annotation::write(material, out),
        Format::JsonLd => linked::write(material, out),
        Format::Jsonl => lines::write(material, out),
    }?;
    Ok(sidecar.explained())
}
