//! Which gazetteer places are resolved by: the one given, the one beside the program, the one inside it.

use counterclaim_lexicon::Gazetteer;
use counterclaim_reader::Reader;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// The file that is taken where it lies in the program's own folder.
pub(crate) const BESIDE: &str = "places.gaz";

/// Where to find places.
#[derive(clap::Args)]
pub(crate) struct Choice {
    /// A gazetteer file, made by `counterclaim gazetteer import`; else `places.gaz` beside the program, else the one inside it
    #[arg(long, value_name = "FILE")]
    gazetteer: Option<PathBuf>,
}

impl Choice {
    /// A reader with that gazetteer.
    pub(crate) fn reader(&self) -> Result<Reader, String> {
        let beside = || {
            let file = env::current_exe().ok()?.with_file_name(BESIDE);
            file.is_file().then_some(file)
        };
        match self.gazetteer.clone().or_else(beside) {
            Some(file) => Ok(Reader::with_gazetteer(open(&file)?)),
            None => Ok(Reader::embedded()),
        }
    }
}

/// Opens a gazetteer file. It is held to the program's end.
fn open(file: &Path) -> Result<&'static Gazetteer, String> {
    let bytes = fs::read(file).map_err(|e| format!("{}: cannot be read: {e}", file.display()))?;
    let gazetteer = Gazetteer::open(bytes.leak()).map_err(|e| format!("{}: {e}", file.display()))?;
    Ok(Box::leak(Box::new(gazetteer)))
}
