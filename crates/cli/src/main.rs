//! The `counterclaim` binary: a file a command, in `commands/`.
//!
//! Every command is parsed here, run there, and ends in an [`Outcome`]: what scripts see as the exit status.

mod commands;
mod contract;
mod feed;
mod gazetteer;
mod network;
mod ordered;
mod show;

use clap::{Parser, Subcommand};
use std::error::Error;
use std::io::{self, Write};
use std::process::ExitCode;

/// Reading takes and gives back many small pieces of memory on all cores at once, which this does in two thirds of the time.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

const AFTER_HELP: &str = "\
Examples:
  counterclaim read report.txt                      claims of a report, for people
  counterclaim read --published 2020-10-05 *.txt    relative dates read against that day
  cat feed.jsonl | counterclaim read - > out.jsonl  one reading a line, for programs
  counterclaim add war.ledger *.txt                 keep them in a ledger
  counterclaim brief war.ledger                     who claims what, who says otherwise
  counterclaim search war.ledger --claimant AZE     its claims by claimant, words, place and day
  counterclaim verify war.ledger                    whether it is as it was signed
  counterclaim help formats                         what goes in and what comes out

Exit status: 0 fine, 1 nothing found, 2 something went wrong and was told.";

/// Reads conflict reporting and keeps the ledger of who claims what, and who says otherwise.
#[derive(Parser)]
#[command(version, after_help = AFTER_HELP, disable_help_subcommand = true, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Read(commands::read::Args),
    Mend(commands::mend::Args),
    Locate(commands::locate::Args),
    Add(commands::add::Args),
    Watch(commands::watch::Args),
    Brief(commands::brief::Args),
    Search(commands::search::Args),
    Review(commands::review::Args),
    Stamp(commands::stamp::Args),
    Verify(commands::verify::Args),
    Export(commands::export::Args),
    Serve(commands::serve::Args),
    Gazetteer(commands::gazetteer::Args),
    Completions(commands::completions::Args),
    Help(commands::help::Args),
}

/// How a command ended, when it could be carried out at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Fine,
    /// There was nothing to find, or a check found trouble.
    Nothing,
    /// Something was wrong with the input and has been told on standard error.
    Told,
}

/// What a command gives: an outcome, or the one reason why it could not go on.
type Run = Result<Outcome, Box<dyn Error + Send + Sync>>;

fn main() -> ExitCode {
    let run = match Cli::parse().command {
        Command::Read(args) => commands::read::run(&args),
        Command::Mend(args) => commands::mend::run(&args),
        Command::Locate(args) => commands::locate::run(&args),
        Command::Add(args) => commands::add::run(&args),
        Command::Watch(args) => commands::watch::run(&args),
        Command::Brief(args) => commands::brief::run(&args),
        Command::Search(args) => commands::search::run(&args),
        Command::Review(args) => commands::review::run(&args),
        Command::Stamp(args) => commands::stamp::run(&args),
        Command::Verify(args) => commands::verify::run(&args),
        Command::Export(args) => commands::export::run(&args),
        Command::Serve(args) => commands::serve::run(&args),
        Command::Gazetteer(args) => commands::gazetteer::run(&args),
        Command::Completions(args) => commands::completions::run(&args),
        Command::Help(args) => commands::help::run(&args),
    };
    match run {
        Ok(Outcome::Fine) => ExitCode::SUCCESS,
        Ok(Outcome::Nothing) => ExitCode::from(1),
        Ok(Outcome::Told) => ExitCode::from(2),
        // Whoever reads our output has had enough: `counterclaim read … | head`.
        Err(e)
            if e.downcast_ref::<io::Error>()
                .is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe) =>
        {
            ExitCode::SUCCESS
        }
        Err(e) => {
            tell(&e);
            ExitCode::from(2)
        }
    }
}

/// A line for the person at the keyboard. That standard error is closed is no reason to stop.
fn tell(words: &dyn std::fmt::Display) {
    let _ = writeln!(io::stderr(), "counterclaim: {words}");
}
