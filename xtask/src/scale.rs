//! `cargo xtask scale`: how the cost of a ledger grows with what is in it.

use crate::shell::{command, output};
use crate::{Done, generated};
use serde_json::Value;
use std::path::Path;
use std::process::Command;

/// The sizes that docs/quality.md tells of.
const SIZES: [&str; 4] = ["1000", "10000", "100000", "1000000"];

/// What to measure.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Numbers of events; docs/quality.md is written when left out
    events: Vec<String>,
    /// The profile of Cargo.toml to build with
    #[arg(long, default_value = "release")]
    profile: String,
}

/// Works out the overview of made-up readings, from a thousand events to a million.
pub(crate) fn run(args: &Args) -> Done {
    let run = [
        "run",
        "--quiet",
        "--package",
        "counterclaim-ledger",
        "--example",
        "scale",
        "--profile",
        &args.profile,
        "--",
    ];
    let mut lines = Vec::new();
    let sizes: Vec<&str> = if args.events.is_empty() {
        SIZES.to_vec()
    } else {
        args.events.iter().map(String::as_str).collect()
    };
    // A process a size, so that each has its own memory.
    for size in sizes {
        let told: Value = serde_json::from_str(&output(command("cargo", run).arg(size))?)?;
        let line = format!(
            "| {} | {} | {} s | {} ms | {} | {} | {} MB, {} of them the readings | `cargo xtask scale` |",
            told["events"],
            told["reports"],
            told["seconds"],
            told["report_ms"],
            told["incidents"],
            told["disputes"],
            told["megabytes"],
            told["readings"]
        );
        println!("{line}");
        lines.push(line);
    }
    if args.events.is_empty() {
        let commit = output(Command::new("git").args(["describe", "--always", "--dirty=+"])).unwrap_or_default();
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let day = jiff::Timestamp::now().strftime("%Y-%m-%d").to_string();
        let head = format!(
            "Measured on {day} at commit {}, on {cores} cores; memory is the most that the process had, and a report more is put into the incidents of all others.\n\n\
             | events | reports | overview | a report more | incidents | disputes | memory | command |\n| --- | --- | --- | --- | --- | --- | --- | --- |\n",
            commit.trim()
        );
        generated::section(Path::new("docs/quality.md"), "scale", &(head + &lines.join("\n")))?;
    }
    Ok(())
}
