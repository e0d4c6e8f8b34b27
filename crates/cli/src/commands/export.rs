use crate::{Outcome, Run};
use clap::ValueEnum;
use clap::builder::PossibleValue;
use counterclaim_export::{Format, Material, Profile, Sidecar, write};
use counterclaim_gather::{is_stream, write_whole};
use counterclaim_ledger::{Contract, Overview};
use counterclaim_store::Store;
use jiff::Timestamp;
use std::ffi::OsString;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

const AFTER_HELP: &str = "\
Examples:
  counterclaim export war.ledger > war.json
  counterclaim export war.ledger --to acled --output war.csv
  counterclaim export war.ledger --to geojson --profile public --output war.geojson
  counterclaim export war.ledger --to csv | counterclaim add copy.ledger --from contract -

Beside FILE a second one, FILE.loss.json, tells field by field how ours was mapped, what the format \
loses, and for each row its claims; docs/exports.md has the first two as tables. ACLED, UCDP, PLOVER \
and POLECAT are other people's data sets: these are tables in their shape, of what was claimed. \
Without --to it is what the ledger makes of its claims, as `counterclaim help formats` describes it.

Exit status: 0, or 1 when the ledger holds no claims.";

/// Put out a ledger in the formats of others
#[derive(clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct Args {
    /// The ledger, a file
    ledger: PathBuf,
    /// The format
    #[arg(long, value_name = "FORMAT", value_enum, default_value = "contract")]
    to: To,
    /// The file to write; standard output when left out
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Where to tell what the format loses; FILE.loss.json beside --output when left out, if that is a file
    #[arg(long, value_name = "FILE")]
    sidecar: Option<PathBuf>,
    /// For whom it is
    #[arg(long, value_enum, default_value = "full")]
    profile: For,
    /// Round coordinates to multiples of so many degrees (public profile; 0.1 is about 11 km)
    #[arg(long, value_name = "DEGREES", default_value = "0.1", value_parser = degrees)]
    coarsen: f64,
}

/// What comes out: what the ledger makes of its claims, or a format of others.
#[derive(Clone, Copy, PartialEq, Eq)]
enum To {
    Contract,
    Other(Format),
}

impl ValueEnum for To {
    fn value_variants<'a>() -> &'a [Self] {
        static ALL: LazyLock<Vec<To>> = LazyLock::new(|| {
            let others = Format::ALL.iter().map(|format| To::Other(*format));
            [To::Contract].into_iter().chain(others).collect()
        });
        &ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self {
            To::Contract => {
                PossibleValue::new("contract").help("Incidents, disputes and tolls by source, as one JSON object")
            }
            To::Other(format) => PossibleValue::new(format.code()).help(match format {
                Format::Acled => "A row an incident, with the columns and codes of ACLED (CSV)",
                Format::Ucdp => "A row an incident with deaths, with the columns and codes of UCDP GED (CSV)",
                Format::Plover => "A record a deed or act of speech, with PLOVER's events and fields (JSON lines)",
                Format::Polecat => "The same records in POLECAT's forty columns (between tabs)",
                Format::GeoJson => "A feature an incident, for maps (GeoJSON)",
                Format::Csv => "A row a claim, our own columns; `add --from contract` reads it back",
                Format::Parquet => "The same columns with a point, for data frames (GeoParquet 1.1)",
                Format::WebAnnotation => "An annotation a claim on the text it stands in (W3C Web Annotation)",
                Format::JsonLd => "A graph of claims, speakers and reports (JSON-LD with PROV-O and schema.org)",
                Format::Jsonl => "A reading a line, whole; `add --from contract` reads it back",
            }),
        })
    }
}

#[derive(Clone, Copy, ValueEnum)]
enum For {
    /// For the desk: everything
    Full,
    /// For everybody: only what was released where anybody decided anything, private persons masked, coordinates rounded, words
    /// cut to 200 characters
    Public,
}

fn degrees(words: &str) -> Result<f64, String> {
    let degrees = words.parse().map_err(|_| "not a number".to_owned())?;
    if (0.001..=10.0).contains(&degrees) {
        Ok(degrees)
    } else {
        Err("between 0.001 and 10".to_owned())
    }
}

pub(crate) fn run(args: &Args) -> Run {
    let store = Store::open_existing(&args.ledger)?;
    let (readings, decisions) = (store.readings()?, store.decisions()?);
    let any = readings.iter().any(|reading| !reading.claims.is_empty());
    match args.to {
        To::Contract => {
            if args.sidecar.is_some() || matches!(args.profile, For::Public) {
                return Err(
                    "contract loses nothing and is for the desk alone: leave out --sidecar and --profile".into(),
                );
            }
            let (readings, overview) = Overview::of_decided(readings, &decisions);
            let contract = Contract::of(&overview, &readings);
            put(args.output.as_deref(), |out| {
                serde_json::to_writer_pretty(&mut *out, &contract)?;
                Ok(writeln!(out)?)
            })?;
        }
        To::Other(format) => {
            if format.is_binary() && args.output.is_none() && io::stdout().is_terminal() {
                return Err(format!(
                    "{} is no text for a terminal: say where to write it with --output",
                    format.code()
                )
                .into());
            }
            let profile = match (args.profile, Profile::PUBLIC) {
                (For::Public, Profile::Public { quote, .. }) => Profile::Public {
                    degrees: args.coarsen,
                    quote,
                },
                _ => Profile::Full,
            };
            let material = Material::new(readings, &decisions, profile, Timestamp::now());
            let sidecar = put(args.output.as_deref(), |out| Ok(write(format, &material, out)?))?;
            if let Some(path) = beside(args) {
                put(Some(&path), |out| told(&sidecar, out))?;
            }
        }
    }
    Ok(if any { Outcome::Fine } else { Outcome::Nothing })
}

fn told(sidecar: &Sidecar, out: &mut (dyn Write + Send)) -> Result<(), Failure> {
    serde_json::to_writer_pretty(&mut *out, sidecar)?;
    Ok(writeln!(out)?)
}

/// Where the sidecar goes, if anywhere: nothing lies beside a device or a pipe.
fn beside(args: &Args) -> Option<PathBuf> {
    args.sidecar.clone().or_else(|| {
        let mut name = OsString::from(args.output.as_deref().filter(|output| !is_stream(output))?);
        name.push(".loss.json");
        Some(name.into())
    })
}

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Writes to a file or standard output. A file is there whole or, on an error, as it was before.
fn put<T>(path: Option<&Path>, make: impl FnOnce(&mut (dyn Write + Send)) -> Result<T, Failure>) -> Result<T, Failure> {
    let Some(path) = path else {
        let mut out = BufWriter::new(io::stdout());
        let made = make(&mut out)?;
        out.flush()?;
        return Ok(made);
    };
    write_whole(path, make).map_err(|e| format!("{}: {e}", path.display()).into())
}
