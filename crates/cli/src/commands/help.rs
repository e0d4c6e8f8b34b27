use crate::{Cli, Outcome, Run};
use clap::CommandFactory;
use std::fmt::Write as _;
use std::io::{self, Write};

/// Explain a topic, or a command
#[derive(clap::Args)]
#[command(disable_help_flag = true)]
pub(crate) struct Args {
    /// A topic or a command; all are listed when left out
    topic: Option<String>,
}

/// Topics: name, what it is about, text.
const TOPICS: [(&str, &str, &str); 6] = [
    (
        "formats",
        "what goes in and what comes out",
        include_str!("../topics/formats.txt"),
    ),
    (
        "exit-status",
        "what scripts can tell from the exit status",
        include_str!("../topics/exit-status.txt"),
    ),
    (
        "ledger",
        "what a ledger is and what it keeps",
        include_str!("../topics/ledger.txt"),
    ),
    (
        "network",
        "what is fetched, how, and what is refused",
        include_str!("../topics/network.txt"),
    ),
    (
        "custody",
        "what the ledger's log records and proves",
        include_str!("../topics/custody.txt"),
    ),
    (
        "languages",
        "which languages are read and written",
        include_str!("../topics/languages.txt"),
    ),
];

/// The reference in Markdown that docs/cli.md is made of. It is for the project itself and not listed.
const REFERENCE: &str = "reference";

pub(crate) fn run(args: &Args) -> Run {
    let text = match args.topic.as_deref() {
        None => overview(),
        Some(REFERENCE) => reference(),
        Some(name) => match TOPICS.iter().find(|(topic, ..)| *topic == name) {
            Some((.., text)) => (*text).to_owned(),
            None => {
                let mut cli = Cli::command();
                cli.build();
                let command = cli.find_subcommand_mut(name).ok_or_else(|| {
                    let topics: Vec<_> = TOPICS.iter().map(|(topic, ..)| *topic).collect();
                    format!("there is no topic '{name}'; topics are {}", topics.join(", "))
                })?;
                command.render_long_help().to_string()
            }
        },
    };
    io::stdout().write_all(text.as_bytes())?;
    Ok(Outcome::Fine)
}

fn overview() -> String {
    let mut out = Cli::command().render_long_help().to_string();
    out += "\n\nTopics (counterclaim help TOPIC):\n";
    for (topic, about, _) in TOPICS {
        let _ = writeln!(out, "  {topic:<12} {about}");
    }
    out
}

fn reference() -> String {
    // The reference is the same on every terminal.
    let mut cli = Cli::command().term_width(100);
    cli.build();
    let mut out =
        String::from("# The command line\n\n<!-- Made by `cargo xtask docs` from the program's own help. -->\n");
    let mut section = |title: &str, text: &str| {
        let text: Vec<_> = text.lines().map(str::trim_end).collect();
        let _ = write!(out, "\n## `{title}`\n\n```text\n{}\n```\n", text.join("\n").trim());
    };
    section("counterclaim", &cli.render_long_help().to_string());
    for command in cli.get_subcommands_mut().filter(|command| command.get_name() != "help") {
        let help = command.render_long_help().to_string();
        section(&format!("counterclaim {}", command.get_name()), &help);
    }
    for (topic, _, text) in TOPICS {
        section(&format!("counterclaim help {topic}"), text);
    }
    out
}
