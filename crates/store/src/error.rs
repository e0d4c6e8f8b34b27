use std::path::PathBuf;

/// Why a ledger could not be opened, read or written.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such file.
    #[error("{}: there is no such ledger; `counterclaim add` makes one", .0.display())]
    Absent(PathBuf),
    /// The file is something else.
    #[error("{}: is not a ledger; it was left as it is", .0.display())]
    NotALedger(PathBuf),
    /// The file was written by a later version of the program.
    #[error("{}: was written by a newer version (its layout is {found}, this program knows up to {known}); update the program", .path.display())]
    Newer {
        /// The ledger.
        path: PathBuf,
        /// The number of its layout.
        found: i64,
        /// The newest that this program knows.
        known: i64,
    },
    /// The file was written by an earlier version, which kept no log.
    #[error("{}: was written by an older version, which kept no log of what it did; `counterclaim add` brings it up to date", .0.display())]
    Older(PathBuf),
    /// The key that signs the ledger's log cannot be used.
    #[error("{}: {what}; nothing can be added without the key that signs this ledger's log: put back the file that was made with the ledger", .path.display())]
    Key {
        /// The key's file.
        path: PathBuf,
        /// What is wrong with it.
        what: String,
    },
    /// The disk is full.
    #[error("the disk is full: the report was not added, the ledger is as it was")]
    Full,
    /// Somebody else holds the ledger.
    #[error("the ledger is in use by another program; try again when it is done")]
    Busy,
    /// A reading that could not be turned to or from JSON.
    #[error("a claim of the ledger cannot be read: {0}")]
    Json(#[from] serde_json::Error),
    /// The log does not hang together.
    #[error("the ledger's log cannot be used: {0}; `counterclaim verify` tells what is wrong")]
    Log(String),
    /// Words or a date to look for that nothing can be made of.
    #[error("{0}")]
    Ask(String),
    /// Anything else that the database says.
    #[error("the ledger cannot be used: {0}")]
    Sql(rusqlite::Error),
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode::{DatabaseBusy, DatabaseLocked, DiskFull};
        match error.sqlite_error_code() {
            Some(DiskFull) => Error::Full,
            Some(DatabaseBusy | DatabaseLocked) => Error::Busy,
            _ => Error::Sql(error),
        }
    }
}

impl From<tlog_tiles::Error> for Error {
    fn from(error: tlog_tiles::Error) -> Self {
        Error::Log(error.to_string())
    }
}

impl From<signed_note::NoteError> for Error {
    fn from(error: signed_note::NoteError) -> Self {
        Error::Log(error.to_string())
    }
}
