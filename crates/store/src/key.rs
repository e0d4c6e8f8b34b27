use crate::Error;
use rand_core::OsRng;
use rusqlite::Connection;
use signed_note::{Signer as _, StandardSigner, StandardVerifier, Verifier as _, generate_key};
use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// Where the half of a ledger's key that signs lies: never in the ledger, so that who can change the file cannot sign
/// the change.
pub(crate) enum KeyPlace {
    /// A file beside the ledger, with `.key` after the ledger's name.
    File(PathBuf),
    /// Nowhere: the ledger is gone with the program, and so is its key.
    Memory(Option<Pair>),
}

/// Both halves, as C2SP signed-note writes them.
#[derive(Clone)]
pub(crate) struct Pair {
    secret: String,
    public: String,
}

impl Pair {
    /// A new key, named so that no two logs have one name.
    fn fresh() -> Self {
        let (secret, _) = generate_key(&mut OsRng, "unnamed");
        let id = StandardSigner::new(&secret).map_or(0, |signer| signer.key_id());
        let (secret, public) = generate_key(&mut OsRng, &format!("counterclaim/ledger/{id:08x}"));
        Self { secret, public }
    }

    /// What signs, when the halves fit each other.
    fn signer(&self) -> Option<StandardSigner> {
        let signer = StandardSigner::new(&self.secret).ok()?;
        let verifier = StandardVerifier::new(&self.public).ok()?;
        let probe = signer.sign(b"probe").ok()?;
        (verifier.name() == signer.name() && verifier.verify(b"probe", &probe)).then_some(signer)
    }
}

impl KeyPlace {
    /// Of the ledger at that path.
    pub(crate) fn beside(ledger: &Path) -> Self {
        let mut path = ledger.as_os_str().to_owned();
        path.push(".key");
        KeyPlace::File(path.into())
    }

    /// Makes a key for a ledger that has none, and writes its public half into the ledger. Whoever calls holds the
    /// ledger for writing. A key file that a stopped program left is taken as it is, and nothing that lies in its place is replaced.
    pub(crate) fn make(&mut self, db: &Connection) -> Result<(), Error> {
        let pair = match self {
            KeyPlace::File(path) if path.symlink_metadata().is_ok() => read(path)?,
            KeyPlace::File(path) => {
                let pair = Pair::fresh();
                write(path, &pair).map_err(|error| bad(path, format!("cannot be written: {error}")))?;
                pair
            }
            KeyPlace::Memory(place) => place.insert(Pair::fresh()).clone(),
        };
        db.execute("INSERT INTO key (public) VALUES (?1)", [pair.public])?;
        Ok(())
    }

    /// What signs for this ledger.
    pub(crate) fn signer(&self, db: &Connection) -> Result<StandardSigner, Error> {
        let (pair, path) = match self {
            KeyPlace::File(path) => (read(path)?, path.as_path()),
            KeyPlace::Memory(pair) => (pair.clone().unwrap_or_else(Pair::fresh), Path::new("")),
        };
        if pair.public != public(db)? {
            return Err(bad(path, "is the key of another ledger"));
        }
        pair.signer().ok_or_else(|| bad(path, "is no signing key"))
    }
}

/// The public half as it stands in the ledger.
pub(crate) fn public(db: &Connection) -> Result<String, Error> {
    Ok(db.query_row("SELECT public FROM key", [], |row| row.get(0))?)
}

fn bad(path: &Path, what: impl Into<String>) -> Error {
    Error::Key {
        path: path.into(),
        what: what.into(),
    }
}

fn read(path: &Path) -> Result<Pair, Error> {
    let words = fs::read_to_string(path).map_err(|error| match error.kind() {
        ErrorKind::NotFound => bad(path, "is missing"),
        _ => bad(path, format!("cannot be read: {error}")),
    })?;
    let mut lines = words.lines().map(str::to_owned);
    match (lines.next(), lines.next()) {
        (Some(secret), Some(public)) => Ok(Pair { secret, public }),
        _ => Err(bad(path, "is no signing key")),
    }
}

/// Writes the file whole, for its owner's eyes only, and has it on the disk before the ledger names the key.
fn write(path: &Path, pair: &Pair) -> io::Result<()> {
    let mut draft = path.as_os_str().to_owned();
    draft.push("-new");
    if fs::symlink_metadata(&draft).is_ok_and(|there| there.is_file()) {
        // What a stopped program left: others may be allowed to read it.
        fs::remove_file(&draft)?;
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&draft)?;
    write!(file, "{}\n{}\n", pair.secret, pair.public)?;
    file.sync_all()?;
    fs::rename(draft, path)
}
