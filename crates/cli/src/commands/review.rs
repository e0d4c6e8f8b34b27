use crate::{Outcome, Run, show};
use clap::ValueEnum;
use counterclaim_claims::Claim;
use counterclaim_ledger::{Decision, Ref, Ruling};
use counterclaim_store::Store;
use std::error::Error;
use std::io::{self, BufWriter, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};

const AFTER_HELP: &str = "\
Examples:
  counterclaim review war.ledger accept clm_3a3d1dc8e7600069 --reviewer Ada
  counterclaim review war.ledger correct clm_3a3d1dc8e7600069 --claim claim.json --reviewer Ada --reason 'two were hurt'
  counterclaim review war.ledger join clm_3a3d… --with clm_d2cb…#1 --reviewer Ada --reason 'the same night'
  counterclaim review war.ledger release clm_3a3d1dc8e7600069 --reviewer Bo
  counterclaim review war.ledger redact clm_3a3d1dc8e7600069 --reviewer Bo --reason 'names a private person'
  counterclaim review war.ledger                              what has been decided

A claim is named by its id, an event of it as ID#NUMBER (the first is 0), a report by its id or its address. Every decision is \
kept with who decided, when and why, and stands in the log; what was read stays beside it. A claim is released when two \
people have said so. Redacting takes words out of the file for good.

Exit status: 0 when it was kept, 1 when there is nothing to list, 2 when it could not be kept.";

/// Decide about claims of a ledger, or list what was decided
#[derive(clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct Args {
    /// The ledger, a file
    ledger: PathBuf,
    /// What is decided; all decisions are listed when left out
    #[arg(value_enum, requires = "about", requires = "reviewer")]
    ruling: Option<Kind>,
    /// About what: a claim, an event or a report
    about: Option<String>,
    /// Who decides, by the name that is kept
    #[arg(long, value_name = "NAME")]
    reviewer: Option<String>,
    /// Why; `accept` and `release` need no words
    #[arg(long, value_name = "WORDS", default_value = "")]
    reason: String,
    /// With `join`, the other event; with `split`, those it is not one with (more than once)
    #[arg(long, value_name = "EVENT")]
    with: Vec<String>,
    /// With `correct`, a file with the claim as it should be read, in JSON as `counterclaim help formats` has it; `-` is
    /// standard input
    #[arg(long, value_name = "FILE")]
    claim: Option<PathBuf>,
    /// With `release`: one person's word is to be enough, for the reason given
    #[arg(long)]
    overriding: bool,
    /// With `embargo`: not before this instant (RFC 3339, such as 2020-10-06T08:30:00Z)
    #[arg(long, value_name = "INSTANT")]
    until: Option<String>,
    /// List for people or for programs; on a terminal text, else jsonl
    #[arg(long, value_enum)]
    format: Option<Output>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// It is read right
    Accept,
    /// It should be read so (--claim)
    Correct,
    /// There is no such claim, or the report should not count
    Reject,
    /// Something to remember
    Note,
    /// What is claimed was found to be true
    Verify,
    /// What is claimed was found to be untrue
    Refute,
    /// The event is another happening (than --with; alone where none is named)
    Split,
    /// The event and --with are one happening
    Join,
    /// May be published
    Release,
    /// Not to be published before --until
    Embargo,
    /// Take its words out of the ledger
    Redact,
    /// As if nothing had been decided before
    Reopen,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Output {
    /// A decision on a line
    Text,
    /// A decision on a line, in JSON
    Jsonl,
}

pub(crate) fn run(args: &Args) -> Run {
    let mut store = Store::open_existing(&args.ledger)?;
    let (Some(kind), Some(about), Some(reviewer)) = (args.ruling, &args.about, &args.reviewer) else {
        return list(&store, args);
    };
    let about = named(&store, about)?;
    let what = ruling(args, kind, &store)?;
    let decision = store.decide(reviewer, &args.reason, about, what)?;
    let leaf = store.leaves()?.saturating_sub(1);
    writeln!(io::stdout(), "{} (leaf {leaf})", line(&decision))?;
    Ok(Outcome::Fine)
}

fn ruling(args: &Args, kind: Kind, store: &Store) -> Result<Ruling, Box<dyn Error + Send + Sync>> {
    let with = || {
        args.with
            .iter()
            .map(|name| named(store, name))
            .collect::<Result<Vec<Ref>, _>>()
    };
    Ok(match kind {
        Kind::Accept => Ruling::Accept,
        Kind::Correct => Ruling::Correct(Box::new(claim(args.claim.as_deref())?)),
        Kind::Reject => Ruling::Reject,
        Kind::Note => Ruling::Note,
        Kind::Verify => Ruling::Verify,
        Kind::Refute => Ruling::Refute,
        Kind::Split => Ruling::Split(with()?),
        Kind::Join => match &with()?[..] {
            [other] => Ruling::Join(other.clone()),
            _ => return Err("join needs the other event: --with ID#NUMBER, once".into()),
        },
        Kind::Release => Ruling::Release {
            overriding: args.overriding,
        },
        Kind::Embargo => {
            let until = args.until.as_deref().unwrap_or_default();
            let instant: jiff::Timestamp = until.parse().map_err(|_| {
                format!("embargo needs --until with an instant such as 2020-10-06T08:30:00Z, not '{until}'")
            })?;
            Ruling::Embargo(instant.to_string())
        }
        Kind::Redact => Ruling::Redact,
        Kind::Reopen => Ruling::Reopen,
    })
}

/// What a name means; `#` and a number after it name an event.
fn named(store: &Store, name: &str) -> Result<Ref, counterclaim_store::Error> {
    let event = name
        .rsplit_once('#')
        .and_then(|(claim, n)| Some((claim, n.parse().ok()?)));
    match (store.find(name), event) {
        (Err(_), Some((claim, event))) => Ok(Ref {
            event: Some(event),
            ..store.find(claim)?
        }),
        (found, _) => found,
    }
}

fn claim(path: Option<&Path>) -> Result<Claim, Box<dyn Error + Send + Sync>> {
    let path = path.ok_or("correct needs the claim as it should be read: --claim FILE")?;
    let mut words = String::new();
    let read = if path == Path::new("-") {
        io::stdin().read_to_string(&mut words).map(|_| ())
    } else {
        std::fs::read_to_string(path).map(|text| words = text)
    };
    read.map_err(|e| format!("{}: {e}", path.display()))?;
    serde_json::from_str(&words).map_err(|e| format!("{}: is no claim: {e}", path.display()).into())
}

fn list(store: &Store, args: &Args) -> Run {
    let decisions = store.decisions()?;
    let terminal = io::stdout().is_terminal();
    let output = args
        .format
        .unwrap_or(if terminal { Output::Text } else { Output::Jsonl });
    let mut out = BufWriter::new(io::stdout());
    for decision in &decisions {
        match output {
            Output::Text => writeln!(out, "{}", line(decision))?,
            Output::Jsonl => writeln!(out, "{}", serde_json::to_string(decision)?)?,
        }
    }
    out.flush()?;
    Ok(if decisions.is_empty() {
        Outcome::Nothing
    } else {
        Outcome::Fine
    })
}

/// A decision for people.
fn line(decision: &Decision) -> String {
    let about = &decision.about;
    let name = about.claim.as_deref().unwrap_or(&about.document);
    let event = about.event.map(|n| format!("#{n}")).unwrap_or_default();
    let reason = Some(&decision.reason).filter(|reason| !reason.is_empty());
    let reason = reason.map(|reason| format!(": {reason}")).unwrap_or_default();
    show::line(&format!(
        "{} {} {name}{event} by {}{reason}",
        decision.at,
        decision.what.code(),
        decision.reviewer
    ))
}
