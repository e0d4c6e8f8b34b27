//! The project's own chores, run as `cargo xtask COMMAND`: a file a command.
//!
//! Everything a chore needs on a fresh machine it sets up by itself, or says what it leaves out and why.

#![expect(clippy::print_stdout, reason = "a command line's output")]

mod generated;
mod quality;
mod shell;

use clap::{Parser, Subcommand};
use std::error::Error;
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
    /// Write docs/reading.schema.json from the types of a reading
    Schema {
        /// Write nothing: fail where the file is not as it would be written
        #[arg(long)]
        check: bool,
    },
    /// Measure reading on the sets of ../shared and write the tables of docs/quality.md
    Quality(quality::Args),
}

fn main() -> ExitCode {
    let run = || -> Done {
        std::env::set_current_dir(shell::root())?;
        match Cli::parse().command {
            Command::Schema { check } => generated::schema(check),
            Command::Quality(args) => quality::run(&args),
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
