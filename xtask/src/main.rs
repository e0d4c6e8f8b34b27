//! The project's own chores, run as `cargo xtask COMMAND`: a file a command.
//!
//! Everything a chore needs on a fresh machine it sets up by itself, or says what it leaves out and why.

#![expect(clippy::print_stdout, reason = "a command line's output")]

mod bench;
mod custody;
mod demo;
mod gazetteer;
mod generated;
mod ledgers;
mod phenomena;
mod quality;
mod scale;
mod shell;
mod test;
mod tidy;
mod train;

use clap::{Parser, Subcommand};
use std::error::Error;
use std::path::Path;
use std::process::ExitCode;

/// What a chore gives: nothing, or why it could not be done.
type Done = Result<(), Box<dyn Error>>;

#[derive(Parser)]
#[command(bin_name = "cargo xtask", max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build, fill a ledger from corpus/demo, print its round-up and serve its pages
    Demo(demo::Args),
    /// Check everything: formatting, lints, tests, generated files, tidiness, licences
    Test,
    /// Measure reading on the sets of ../shared and write the tables of docs/quality.md
    Quality(quality::Args),
    /// Measure how fast reading is, or a ledger
    Bench(bench::Args),
    /// Measure how the cost of a ledger grows with what is in it
    Scale(scale::Args),
    /// Build gazetteer/places.tsv from the packages of GeoNames, or a larger gazetteer file
    Gazetteer(gazetteer::Args),
    /// Train the taggers of languages/ on the treebanks of ../shared
    Train,
    /// Write docs/reading.schema.json from the types of a reading
    Schema {
        /// Write nothing: fail where the file is not as it would be written
        #[arg(long)]
        check: bool,
    },
    /// Write docs/cli.md from the program's own help
    Docs {
        /// Write nothing: fail where the file is not as it would be written
        #[arg(long)]
        check: bool,
    },
}

fn main() -> ExitCode {
    let run = || -> Done {
        std::env::set_current_dir(shell::root())?;
        match Cli::parse().command {
            Command::Demo(args) => demo::run(&args),
            Command::Test => test::all(),
            Command::Quality(args) => quality::run(&args),
            Command::Bench(args) => bench::run(&args),
            Command::Scale(args) => scale::run(&args),
            Command::Gazetteer(args) => gazetteer::run(&args),
            Command::Train => train::run(Path::new(quality::SHARED)),
            Command::Schema { check } => generated::schema(check),
            Command::Docs { check } => generated::docs(check),
        }
    };
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(e) => {
            eprintln!("xtask: {e}");
            ExitCode::FAILURE
        }
    }
}
