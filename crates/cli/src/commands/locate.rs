use crate::feed::Form;
use crate::{Outcome, Run, show};
use counterclaim_gather::{MOST_PLACES, Source, locate};
use counterclaim_text::repair;
use std::io::{self, Write};

const AFTER_HELP: &str = "\
START and END are those of a claim, a source or a mention in what `read --format jsonl` prints of the file: code points of
document.text, the end exclusive. What is told can be held against the file with any tool:
  tail -c +(FIRST + 1) FILE | head -c (END - FIRST)

Of plain text every character leads back to its bytes, through its encoding and through what was mended. In a page or in
Markdown the words are looked for between the marks. Of messages, PDF, documents of Word, and of files with many reports,
only the digest leads back.

Example:
  counterclaim locate report.txt 10 90

Exit status: 0 when the words were found, 2 when not.";

/// Tell which bytes of a file some words of its report were
#[derive(clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct Args {
    /// The file, which holds one report
    file: String,
    /// The first code point of the words
    start: usize,
    /// The code point behind the last
    end: usize,
    /// How the file holds its report; guessed by name and content when left out
    #[arg(long, value_enum, value_name = "FORMAT")]
    from: Option<Form>,
}

/// So many bytes are shown.
const SHOWN: usize = 48;

pub(crate) fn run(args: &Args) -> Run {
    let format = args.from.map(|form| form.0);
    let mut documents = Source::open(&args.file, format)?.documents();
    let document = documents.next().ok_or("the file holds no report")??;
    let mended = repair::mend(&document.text);
    let length = mended.text.chars().count();
    if args.start >= args.end || args.end > length {
        return Err(format!(
            "{}–{} is no stretch of the text, which has {length} code points",
            args.start, args.end
        )
        .into());
    }
    let stretch = repair::before(&mended, args.start..args.end);
    let cut = |text: &str, from: usize, to: usize| -> String { text.chars().skip(from).take(to - from).collect() };
    let (now, was) = (
        cut(&mended.text, args.start, args.end),
        cut(&document.text, stretch.start, stretch.end),
    );
    let found = locate(&args.file, format, stretch)?;
    let mut out = io::stdout();
    writeln!(
        out,
        "file      {}{}",
        show::clean(&args.file),
        if found.packed { ", unpacked" } else { "" }
    )?;
    writeln!(out, "digest    {}", found.id)?;
    writeln!(out, "encoding  {}", found.encoding)?;
    writeln!(out, "words     {}", show::clean(&now))?;
    if was != now {
        writeln!(out, "were      {}", show::clean(&was))?;
    }
    for place in &found.places {
        writeln!(out, "bytes     {} to {}", place.start, place.end)?;
    }
    if found.places.len() == MOST_PLACES {
        writeln!(out, "          and perhaps in more places")?;
    }
    let shown: Vec<String> = found.bytes.iter().take(SHOWN).map(|b| format!("{b:02x}")).collect();
    let more = if found.bytes.len() > SHOWN { " …" } else { "" };
    writeln!(out, "          {}{more}", shown.join(" "))?;
    Ok(Outcome::Fine)
}
