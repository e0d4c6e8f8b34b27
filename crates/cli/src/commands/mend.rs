use crate::feed::{Feed, Form, Item};
use crate::show::Progress;
use crate::{Outcome, Run, ordered, tell};
use counterclaim_claims::Repair;
use counterclaim_text::repair;
use serde::Serialize;
use std::io::{self, BufWriter, Write};

const AFTER_HELP: &str = "\
Examples:
  counterclaim mend damaged.txt > mended.txt
  counterclaim mend --format jsonl feed.jsonl

Exit status: 0 when something was mended, 1 when nothing needed it, 2 when a file or line could not be read.";

/// Mend text whose encoding is damaged, and nothing else
#[derive(clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct Args {
    #[command(flatten)]
    feed: Feed,
    /// How the files hold their texts; guessed by name and content when left out
    #[arg(long, value_enum, value_name = "FORMAT")]
    from: Option<Form>,
    /// Print the text alone, or {"uri", "text", "repairs"} a line
    #[arg(long, value_enum, default_value_t = Output::Text)]
    format: Output,
    /// Change what is no damage, too: make curly quotation marks straight and wide signs narrow
    #[arg(long)]
    aggressive: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Output {
    /// The mended text
    Text,
    /// One text a line with its repairs, which undone from last to first give the input back
    Jsonl,
}

#[derive(Serialize)]
struct Mended {
    uri: String,
    text: String,
    repairs: Vec<Repair>,
}

pub(crate) fn run(args: &Args) -> Run {
    let progress = Progress::new(args.feed.len());
    let (mut any, mut told, mut done) = (false, false, 0);
    let work = |item: Item| {
        let made = item.draft.document().map(|document| {
            let (text, repairs) = mend(&document.text, args.aggressive);
            let any = !repairs.is_empty();
            let lines = match args.format {
                Output::Text => Ok(text),
                Output::Jsonl => serde_json::to_string(&Mended {
                    uri: document.uri,
                    text,
                    repairs,
                })
                .map(|line| line + "\n"),
            };
            (any, lines)
        });
        (item.file, made)
    };
    let mut out = BufWriter::new(io::stdout());
    let sink = |(file, made): (usize, Result<(bool, serde_json::Result<String>), _>)| {
        match made {
            Ok((mended, lines)) => {
                any |= mended;
                out.write_all(lines?.as_bytes())?;
                out.flush()?;
            }
            Err(error) => {
                told = true;
                progress.aside(|| tell(&error));
            }
        }
        done += 1;
        progress.report(file, done);
        Ok::<(), io::Error>(())
    };
    ordered::map(
        args.feed.documents(args.from.map(|form| form.0)),
        Item::weight,
        work,
        sink,
    )?;
    progress.done();
    Ok(match (told, any) {
        (true, _) => Outcome::Told,
        (false, true) => Outcome::Fine,
        (false, false) => Outcome::Nothing,
    })
}

fn mend(text: &str, aggressive: bool) -> (String, Vec<Repair>) {
    let repair::Mended { text, edits } = repair::mend_with(text, repair::Options { aggressive });
    let repair = |e: repair::Edit| Repair {
        start: e.start,
        end: e.end,
        was: e.was,
        now: e.now,
        kind: e.kind.to_owned(),
    };
    (text, edits.into_iter().map(repair).collect())
}
