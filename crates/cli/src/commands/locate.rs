use crate::feed::Form;
use crate::{Outcome, Run, show};
use counterclaim_gather::{Located, MOST_PLACES, Stand, locate, report};
use counterclaim_text::repair;
use std::io::{self, Write};

const AFTER_HELP: &str = "\
START and END are those of a claim, a source or a mention in what `read --format jsonl` prints of
the file: code points of document.text, the end exclusive. What is told can be held against the
file with any tool (zcat FILE | … where it is packed):
  tail -c +$((FIRST + 1)) FILE | head -c $((END - FIRST))

Of plain text every character leads back to its bytes, through its encoding and through what was
mended. Elsewhere the words are looked for where the format keeps them, as near to their line as
it allows, and led back through all that they were wrapped in:
  pages, Markdown    bytes between the marks
  messages, .mhtml   the part; its bytes without base64 or quoted-printable; bytes of the file
  tables, feeds,     the line or entry; bytes of the file, with the quotation marks and escapes
  JSON, Telegram     that stand in them
  WARC               the record, and what is in it by its own format (a WACZ: unpack it first)
  documents of Word  the file in the archive (word/document.xml); bytes in that
  PDF                the page, its object and where that begins: words are drawn, not written
A file of many reports is asked with --report.

Examples:
  counterclaim locate report.txt 10 90
  counterclaim locate feed.xml 10 90 --report https://a.example/statement
  counterclaim locate war.ledger.captures/2020-10-05/083000Z-….warc.gz 10 90

Exit status: 0 when the words were found, 2 when not.";

/// Tell which bytes of a file some words of its report were
#[derive(clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct Args {
    /// The file
    file: String,
    /// The first code point of the words
    start: usize,
    /// The code point behind the last
    end: usize,
    /// Which report of a file that holds many: its document.id, or its document.uri
    #[arg(long, value_name = "ID")]
    report: Option<String>,
    /// How the file holds its reports; guessed by name and content when left out
    #[arg(long, value_enum, value_name = "FORMAT")]
    from: Option<Form>,
}

/// So many bytes are shown.
const SHOWN: usize = 48;

pub(crate) fn run(args: &Args) -> Run {
    let format = args.from.map(|form| form.0);
    let document = report(&args.file, format, args.report.as_deref())?;
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
    let found = locate(&args.file, format, &document, stretch)?;
    let mut out = io::stdout();
    writeln!(
        out,
        "file      {}{}",
        show::clean(&args.file),
        if found.packed { ", unpacked" } else { "" }
    )?;
    writeln!(out, "digest    {}", document.id)?;
    writeln!(out, "encoding  {}", found.encoding)?;
    writeln!(out, "words     {}", show::clean(&now))?;
    if was != now {
        writeln!(out, "were      {}", show::clean(&was))?;
    }
    places(&found, &mut out)?;
    Ok(Outcome::Fine)
}

fn places(found: &Located, out: &mut impl Write) -> io::Result<()> {
    let mut before: &[String] = &[];
    for Stand { within, part, file } in &found.places {
        if within.as_slice() != before {
            writeln!(out, "in        {}", show::clean(&within.join(", ")))?;
        }
        if let Some(part) = part {
            writeln!(out, "there     {} to {}", part.start, part.end)?;
        }
        if let Some(file) = file {
            writeln!(out, "bytes     {} to {}", file.start, file.end)?;
        }
        before = within;
    }
    if found.places.len() == MOST_PLACES {
        writeln!(out, "          and perhaps in more places")?;
    }
    if !found.bytes.is_empty() {
        let shown: Vec<String> = found.bytes.iter().take(SHOWN).map(|b| format!("{b:02x}")).collect();
        let more = if found.bytes.len() > SHOWN { " …" } else { "" };
        writeln!(out, "          {}{more}", shown.join(" "))?;
    }
    Ok(())
}
