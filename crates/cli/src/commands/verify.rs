use super::stamp;
use crate::{Outcome, Run, show};
use counterclaim_store::{Stamp, Store};
use std::error::Error;
use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;

const AFTER_HELP: &str = "\
Examples:
  counterclaim verify war.ledger
  counterclaim verify war.ledger --checkpoint > kept-elsewhere.txt
  counterclaim verify war.ledger --against kept-elsewhere.txt --key counterclaim/ledger/…+…+…
  counterclaim verify war.ledger --proof 17 > leaf-17.txt
  counterclaim verify war.ledger --authorities authorities.pem

Everything in the ledger is held against its log, and the log against its signatures, and so are the time stamps that lie \
in LEDGER.stamps/; the first thing that is wrong is named. `counterclaim help custody` says what that proves. docs/verify holds a second verifier, a page of Python.

Exit status: 0 when all is as it was signed, 1 when something is not, 2 when the ledger could not be opened.";

/// Check that a ledger is what its signed log says
#[derive(clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct Args {
    /// The ledger, a file
    ledger: PathBuf,
    /// A checkpoint of this ledger that was kept elsewhere: check that the log goes on from it
    #[arg(long, value_name = "FILE")]
    against: Option<PathBuf>,
    /// The ledger's public key as it was noted elsewhere: check that it is this one
    #[arg(long, value_name = "KEY")]
    key: Option<String>,
    /// Print the last signed checkpoint and nothing else, to be kept elsewhere
    #[arg(long, conflicts_with_all = ["against", "key", "proof"])]
    checkpoint: bool,
    /// Print the proof that the leaf of this number stands in the log (C2SP tlog-proof) and nothing else
    #[arg(long, value_name = "LEAF", conflicts_with_all = ["against", "key"])]
    proof: Option<u64>,
    /// Certificates (PEM) of the authorities whose time stamps count: check that each stamp is by one of them
    #[arg(long, value_name = "FILE", conflicts_with_all = ["checkpoint", "proof"])]
    authorities: Option<PathBuf>,
}

pub(crate) fn run(args: &Args) -> Run {
    let store = Store::open_to_verify(&args.ledger)?;
    let mut out = io::stdout().lock();
    if args.checkpoint {
        out.write_all(store.checkpoint()?.unwrap_or_default().as_bytes())?;
        return Ok(Outcome::Fine);
    }
    if let Some(leaf) = args.proof {
        out.write_all(store.proof(leaf)?.as_bytes())?;
        return Ok(Outcome::Fine);
    }
    let found = store.verify()?;
    let mut wrong = found.wrong;
    if let Some(key) = args.key.as_deref().filter(|_| wrong.is_none()) {
        let is = store.key()?;
        wrong = (key.trim() != is).then(|| format!("the ledger's key is {is}"));
    }
    let mut goes_on = String::new();
    if let Some(path) = args.against.as_ref().filter(|_| wrong.is_none()) {
        let note = fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
        match store.goes_on_from(&note)? {
            Ok(size) => goes_on = format!("; the log goes on from its first {size} leaves"),
            Err(what) => wrong = Some(format!("{}: {what}", path.display())),
        }
    }
    let mut stamped = Stamped::default();
    if wrong.is_none() {
        match stamps(&store, args)? {
            Ok(found) => stamped = found,
            Err(what) => wrong = Some(what),
        }
    }
    let ledger = args.ledger.display();
    if let Some(wrong) = wrong {
        writeln!(out, "{}", show::line(&format!("{ledger}: WRONG: {wrong}")))?;
        return Ok(Outcome::Nothing);
    }
    let redacted = match found.redacted {
        0 => String::new(),
        n => format!(" ({n} redacted)"),
    };
    writeln!(
        out,
        "{ledger}: {} reports{redacted}, {} decisions, {} leaves, {} checkpoints: all as it was signed{goes_on}",
        found.reports, found.decisions, found.leaves, found.checkpoints
    )?;
    writeln!(out, "key {}", store.key()?)?;
    if let Some(first) = &stamped.first {
        let trust = if args.authorities.is_some() {
            ""
        } else {
            "; whether to trust them, --authorities tells"
        };
        let told = format!(
            "time stamps: {}, and all hold; {} leaves were there by {}, says {}{trust}",
            stamped.count, first.size, first.at, first.by
        );
        writeln!(out, "{}", show::line(&told))?;
    }
    Ok(Outcome::Fine)
}

/// The time stamps that hold.
#[derive(Default)]
struct Stamped {
    count: usize,
    /// That of the latest head; of several, the earliest.
    first: Option<Stamp>,
}

/// Holds the stamps beside a ledger against it, or tells what is wrong with the first that is not as it should be.
fn stamps(store: &Store, args: &Args) -> Result<Result<Stamped, String>, Box<dyn Error + Send + Sync>> {
    let read = |path: &PathBuf| fs::read(path).map_err(|e| format!("{}: {e}", path.display()));
    let authorities = args.authorities.as_ref().map(read).transpose()?;
    let mut stamped = Stamped::default();
    for path in stamp::kept(&args.ledger)? {
        let one = match store.stamp(&read(&path)?, authorities.as_deref())? {
            Ok(one) => one,
            Err(what) => return Ok(Err(format!("{}: {what}", path.display()))),
        };
        stamped.count += 1;
        let earlier = |first: &Stamp| (one.size, &first.at) > (first.size, &one.at);
        if stamped.first.as_ref().is_none_or(earlier) {
            stamped.first = Some(one);
        }
    }
    if args.authorities.is_some() && stamped.count == 0 {
        return Ok(Err(format!("{}.stamps holds no time stamp", args.ledger.display())));
    }
    Ok(Ok(stamped))
}
