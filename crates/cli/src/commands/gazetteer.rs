use crate::{Outcome, Run, gazetteer};
use counterclaim_lexicon::compile::GeoNames;
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

const AFTER_HELP: &str = "\
Examples:
  counterclaim gazetteer import allCountries.txt alternateNamesV2.txt admin1CodesASCII.txt
  counterclaim gazetteer import --floor 500 -o small.gaz cities500.txt
  counterclaim read --gazetteer places.gaz report.txt

The files are those of https://download.geonames.org/export/dump/, unpacked (GeoNames, CC BY 4.0).";

/// Make a gazetteer file of the places of GeoNames
#[derive(clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(clap::Subcommand)]
enum Command {
    /// Add the places of a GeoNames dump to those that the program carries
    Import(Import),
}

#[derive(clap::Args)]
struct Import {
    /// Places, 19 columns: allCountries.txt, or a state's or the cities' file of the same layout
    places: PathBuf,
    /// Other names, alternateNamesV2.txt
    names: Option<PathBuf>,
    /// First-level divisions, admin1CodesASCII.txt
    divisions: Option<PathBuf>,
    /// The file to write
    #[arg(short, long, value_name = "FILE", default_value = gazetteer::BESIDE)]
    out: PathBuf,
    /// Leave out towns of fewer people
    #[arg(long, default_value_t = 0)]
    floor: u32,
    /// Languages of other names (ISO 639), parted by commas
    #[arg(long, value_delimiter = ',', default_value = "en,vi")]
    languages: Vec<String>,
}

pub(crate) fn run(args: &Args) -> Run {
    let Command::Import(import) = &args.command;
    let languages: Vec<&str> = import.languages.iter().map(String::as_str).collect();
    let mut dump = GeoNames::new(counterclaim_packs::gazetteer(), import.floor, &languages);
    lines(&import.places, |line| dump.place(line))?;
    if let Some(file) = &import.names {
        lines(file, |line| dump.name(line))?;
    }
    if let Some(file) = &import.divisions {
        lines(file, |line| dump.division(line))?;
    }
    let places = dump.len();
    let bytes = dump.build();
    fs::write(&import.out, &bytes).map_err(|e| format!("{}: cannot be written: {e}", import.out.display()))?;
    crate::tell(&format_args!(
        "{}: {places} places, {:.1} MB",
        import.out.display(),
        bytes.len() as f64 / 1e6
    ));
    Ok(Outcome::Fine)
}

/// Gives every line of a file; what is wrong with one is told with file and line.
fn lines(file: &Path, mut take: impl FnMut(&str) -> Result<(), String>) -> Result<(), String> {
    let from = File::open(file).map_err(|e| format!("{}: cannot be read: {e}", file.display()))?;
    let mut from = BufReader::with_capacity(1 << 18, from);
    let mut line = String::new();
    for number in 1u64.. {
        line.clear();
        let problem = |what: String| format!("{}:{number}: {what}", file.display());
        let read = from
            .read_line(&mut line)
            .map_err(|e| problem(format!("cannot be read: {e}")))?;
        if read == 0 {
            break;
        }
        let words = line.trim_end_matches(['\n', '\r']);
        if !words.is_empty() && !words.starts_with('#') {
            take(words).map_err(problem)?;
        }
    }
    Ok(())
}
