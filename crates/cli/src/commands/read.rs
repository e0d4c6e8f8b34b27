use crate::feed::{Feed, Form, Item};
use crate::show::{self, Color, Progress};
use crate::{Outcome, Run, gazetteer, ordered, tell};
use counterclaim_reader::Input;
use std::io::{self, BufWriter, IsTerminal, Write};

const AFTER_HELP: &str = "\
Examples:
  counterclaim read report.txt
  counterclaim read --published 2020-10-05 --format jsonl report.txt
  counterclaim read page.html statement.docx wire.rss saved-pages/
  counterclaim read --from jsonl --mentions feed.jsonl > readings.jsonl

Exit status: 0 when claims were found, 1 when none were, 2 when a file or line could not be read (the others were).";

/// Read reports and print who claims what in them
#[derive(clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct Args {
    #[command(flatten)]
    feed: Feed,
    #[command(flatten)]
    places: gazetteer::Choice,
    /// How the files hold their reports; guessed by name and content when left out
    #[arg(long, value_enum, value_name = "FORMAT")]
    from: Option<Form>,
    /// Print for people or for programs; on a terminal text, else jsonl
    #[arg(long, value_enum)]
    format: Option<Output>,
    /// Put out every place, time, number, party and piece of matériel found, too (jsonl only)
    #[arg(long)]
    mentions: bool,
    /// Say in the notes how each sentence was read: tags, phrases, clauses, rules tried
    #[arg(long)]
    explain: bool,
    /// When to use colour; NO_COLOR turns `auto` off
    #[arg(long, value_enum, default_value_t = Color::Auto)]
    color: Color,
    /// Columns of the text format; the terminal's or COLUMNS when left out
    #[arg(long, value_parser = clap::value_parser!(u16).range(20..))]
    width: Option<u16>,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Output {
    /// Each claim with its words underlined
    Text,
    /// One reading a line, as `counterclaim help formats` describes
    Jsonl,
}

pub(crate) fn run(args: &Args) -> Run {
    let terminal = io::stdout().is_terminal();
    let output = args
        .format
        .unwrap_or(if terminal { Output::Text } else { Output::Jsonl });
    let page = show::Page::new(args.width.map(usize::from), args.color);
    let reader = args.places.reader()?;
    let progress = Progress::new(args.feed.len());
    let (mut found, mut told, mut reports) = (false, false, 0);

    // Results are made into lines on the worker, which has the time; the writer only writes.
    let work = |item: Item| {
        let made = item.draft.document().map(|document| {
            let input = args.feed.input(document);
            let reading = reader.read(&Input {
                mentions: args.mentions,
                explain: args.explain,
                ..input
            });
            let lines = match output {
                Output::Jsonl => serde_json::to_string(&reading)
                    .map(|line| line + "\n")
                    .map_err(io::Error::from),
                Output::Text => Ok(page.reading(&reading)),
            };
            (!reading.claims.is_empty(), lines)
        });
        (item.file, made)
    };
    let mut out = BufWriter::new(io::stdout());
    let sink = |(file, made): (usize, Result<(bool, io::Result<String>), _>)| {
        match made {
            Ok((any, lines)) => {
                found |= any;
                out.write_all(lines?.as_bytes())?;
                // A feed that is still open wants its lines now, a person too.
                out.flush()?;
            }
            Err(error) => {
                told = true;
                progress.aside(|| tell(&error));
            }
        }
        reports += 1;
        progress.report(file, reports);
        Ok::<(), io::Error>(())
    };
    ordered::map(
        args.feed.documents(args.from.map(|form| form.0)),
        Item::weight,
        work,
        sink,
    )?;
    progress.done();
    Ok(match (told, found) {
        (true, _) => Outcome::Told,
        (false, true) => Outcome::Fine,
        (false, false) => Outcome::Nothing,
    })
}
