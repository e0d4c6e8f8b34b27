//! `cargo xtask demo`: the main job on the project's own reports.

use crate::Done;
use crate::shell::{self, command};
use std::fs;
use std::path::{Path, PathBuf};

const REPORTS: &str = "corpus/demo";

/// How far to go.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Stop after the round-up
    #[arg(long)]
    no_serve: bool,
    /// The profile of Cargo.toml to build with
    #[arg(long, default_value = "release")]
    profile: String,
    /// The port to serve at
    #[arg(long, default_value_t = 8017)]
    port: u16,
}

/// Fills `target/demo.ledger` from the demonstration reports, prints its round-up, and serves it.
pub(crate) fn run(args: &Args) -> Done {
    let binary = shell::binary(&args.profile)?;
    let binary = binary.to_string_lossy();
    let ledger = shell::target().join("demo.ledger");
    // What an earlier demonstration left would be found unchanged, though the reader may have changed.
    for ending in ["", "-wal", "-shm"] {
        let _ = fs::remove_file(format!("{}{ending}", ledger.display()));
    }
    for (report, day) in reports(Path::new(REPORTS))? {
        let added = command(
            &binary,
            [
                "add".as_ref(),
                ledger.as_os_str(),
                "--published".as_ref(),
                day.as_ref(),
                report.as_os_str(),
            ],
        )
        .stdout(std::process::Stdio::null())
        .status()?;
        if !added.success() {
            return Err(format!("{} could not be added", report.display()).into());
        }
    }
    let ledger = ledger.to_string_lossy();
    shell::run(&binary, &["brief", &ledger])?;
    if args.no_serve {
        return Ok(());
    }
    println!("\nThe pages are served until you press Ctrl-C:");
    shell::run(&binary, &["serve", &ledger, "--port", &args.port.to_string()])
}

/// The reports of a folder in order, each with the day that its name begins with.
pub(crate) fn reports(folder: &Path) -> Result<Vec<(PathBuf, String)>, Box<dyn std::error::Error>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.ends_with(".txt") {
            let day = name
                .get(.."2020-10-04".len())
                .ok_or_else(|| format!("{name}: the name begins with no day"))?;
            found.push((path.clone(), day.to_owned()));
        }
    }
    found.sort();
    Ok(found)
}
