use crate::{Outcome, Run, show};
use counterclaim_store::Store;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

const AFTER_HELP: &str = "\
Somebody else's word for when the log was as it is, by RFC 3161: the authority is told a digest of the last signed head, \
and nothing of the ledger. Its answer is kept in LEDGER.stamps/ as it came, so that any program can check it, and \
`counterclaim verify` checks it with the rest.

Example:
  counterclaim stamp war.ledger > head.tsq
  curl -H content-type:application/timestamp-query --data-binary @head.tsq -o head.tsr https://…
  counterclaim stamp war.ledger head.tsr

Exit status: 0 when the request was printed or the answer kept, 1 when the answer is no stamp of this ledger.";

/// Have the log's head stamped with the time by an authority
#[derive(clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct Args {
    /// The ledger, a file
    ledger: PathBuf,
    /// The authority's answer, to be kept; without it, what to ask for is printed
    answer: Option<PathBuf>,
}

pub(crate) fn run(args: &Args) -> Run {
    let store = Store::open_to_verify(&args.ledger)?;
    let mut out = io::stdout().lock();
    let Some(path) = &args.answer else {
        out.write_all(&store.stamp_request()?)?;
        return Ok(Outcome::Fine);
    };
    let answer = fs::read(path).map_err(|e| format!("{}: {e}", path.display()))?;
    match store.stamp(&answer, None)? {
        Ok(stamp) => {
            let folder = folder(&args.ledger);
            fs::create_dir_all(&folder)?;
            let time: String = stamp.at.chars().filter(char::is_ascii_alphanumeric).collect();
            let kept = folder.join(format!("{}-{time}.tsr", stamp.size));
            fs::write(&kept, answer).map_err(|e| format!("{}: {e}", kept.display()))?;
            let told = format!(
                "{}: {} leaves by {}, says {}",
                kept.display(),
                stamp.size,
                stamp.at,
                stamp.by
            );
            writeln!(out, "{}", show::line(&told))?;
            Ok(Outcome::Fine)
        }
        Err(what) => {
            writeln!(
                out,
                "{}",
                show::line(&format!("{}: {what}; it was not kept", path.display()))
            )?;
            Ok(Outcome::Nothing)
        }
    }
}

/// The stamps that are kept beside a ledger, in the order of their names.
pub(crate) fn kept(ledger: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = match fs::read_dir(folder(ledger)) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut paths = entries.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
    paths.retain(|path| path.extension().is_some_and(|end| end == "tsr"));
    paths.sort();
    Ok(paths)
}

fn folder(ledger: &Path) -> PathBuf {
    let mut name = ledger.as_os_str().to_owned();
    name.push(".stamps");
    name.into()
}
