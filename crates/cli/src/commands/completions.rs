use crate::{Outcome, Run};
use clap::CommandFactory;
use std::io::{self, Write};

const AFTER_HELP: &str = "\
Examples:
  counterclaim completions bash > ~/.local/share/bash-completion/completions/counterclaim
  counterclaim completions fish > ~/.config/fish/completions/counterclaim.fish";

/// Print completions for a shell
#[derive(clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct Args {
    /// The shell
    #[arg(value_enum)]
    shell: clap_complete::Shell,
}

pub(crate) fn run(args: &Args) -> Run {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut crate::Cli::command(), "counterclaim", &mut script);
    io::stdout().write_all(&script)?;
    Ok(Outcome::Fine)
}
