use crate::{Outcome, Run, tell};
use counterclaim_store::Store;
use std::io::{self, Write};
use std::path::PathBuf;

const AFTER_HELP: &str = "\
Examples:
  counterclaim serve war.ledger
  counterclaim serve war.ledger --port 9000

The pages are served to this machine only, at 127.0.0.1, until the program is stopped with Ctrl-C. They need no script.

Exit status: 0 when stopped, 2 when the ledger could not be opened or the port is taken.";

/// Show a ledger's reports and claims in the browser
#[derive(clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct Args {
    /// The ledger, a file
    ledger: PathBuf,
    /// The port; 0 takes a free one
    #[arg(long, default_value_t = 8017)]
    port: u16,
}

pub(crate) fn run(args: &Args) -> Run {
    let store = Store::open_existing(&args.ledger)?;
    let started = |address| {
        // A script may wait for this line to learn the port.
        if writeln!(io::stdout(), "http://{address}/")
            .and_then(|()| io::stdout().flush())
            .is_err()
        {
            tell(&format_args!("serving at http://{address}/"));
        }
    };
    counterclaim_web::serve(store, args.port, started).map_err(|e| match e.kind() {
        io::ErrorKind::AddrInUse => format!("port {} is taken; choose another with --port", args.port).into(),
        _ => Box::<dyn std::error::Error + Send + Sync>::from(e),
    })?;
    Ok(Outcome::Fine)
}
