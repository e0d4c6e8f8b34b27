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
    /// The disk is full.
    #[error("the disk is full: the report was not added, the ledger is as it was")]
    Full,
    /// Somebody else holds the ledger.
    #[error("the ledger is in use by another program; try again when it is done")]
    Busy,
    /// A reading that could not be turned to or from JSON.
    #[error("a claim of the ledger cannot be read: {0}")]
    Json(#[from] serde_json::Error),
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
