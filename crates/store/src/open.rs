use crate::Error;
use rusqlite::{Connection, OpenFlags, TransactionBehavior, params};
use std::path::Path;
use std::time::Duration;

/// An open ledger.
pub struct Store {
    pub(crate) db: Connection,
}

/// "CCLM": what marks a SQLite file as one of ours (`PRAGMA application_id`).
const APPLICATION: i64 = 0x4343_4C4D;

/// Every step from an empty file to today's layout; the number of steps taken is the file's `user_version`. A step that
/// has been released is never changed.
const MIGRATIONS: [&str; 1] = [include_str!("migrations/1.sql")];

impl Store {
    /// Opens a ledger to add to it; makes one where there is no file.
    pub fn open(path: &Path) -> Result<Self, Error> {
        Self::prepare(Connection::open(path).map_err(|e| of_file(e, path))?, path)
    }

    /// Opens a ledger that is there.
    pub fn open_existing(path: &Path) -> Result<Self, Error> {
        if !path.exists() {
            return Err(Error::Absent(path.into()));
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        Self::prepare(
            Connection::open_with_flags(path, flags).map_err(|e| of_file(e, path))?,
            path,
        )
    }

    /// A ledger that is gone with the program.
    pub fn in_memory() -> Result<Self, Error> {
        Self::prepare(Connection::open_in_memory()?, Path::new(":memory:"))
    }

    fn prepare(mut db: Connection, path: &Path) -> Result<Self, Error> {
        db.busy_timeout(Duration::from_secs(10))?;
        // Nothing is written before the file is known to be a ledger, or empty.
        check(&db, path).map_err(|e| match e {
            Error::Sql(e) => of_file(e, path),
            other => other,
        })?;
        db.pragma_update(None, "journal_mode", "wal")?;
        // With a write-ahead log this keeps the file sound through a power cut; the last reports may be lost, whole.
        db.pragma_update(None, "synchronous", "normal")?;
        db.pragma_update(None, "foreign_keys", true)?;
        migrate(&mut db)?;
        Ok(Self { db })
    }

    /// Looks through the whole file for damage: what SQLite's own check finds, none when all is well.
    pub fn damage(&self) -> Result<Vec<String>, Error> {
        let mut check = self.db.prepare("PRAGMA integrity_check")?;
        let mut found: Vec<String> = check.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        let mut strays = self.db.prepare("PRAGMA foreign_key_check")?;
        let strays: Vec<String> = strays.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        found.retain(|line| line != "ok");
        found.extend(
            strays
                .into_iter()
                .map(|table| format!("a row of {table} hangs on nothing")),
        );
        Ok(found)
    }
}

/// Whether the file is a ledger that we know, or empty.
fn check(db: &Connection, path: &Path) -> Result<(), Error> {
    let number = |name| db.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let found = number("user_version")?;
    let known = MIGRATIONS.len() as i64;
    let tables: i64 = db.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    match number("application_id")? {
        APPLICATION if found > known => Err(Error::Newer {
            path: path.into(),
            found,
            known,
        }),
        APPLICATION => Ok(()),
        0 if tables == 0 && found == 0 => Ok(()),
        _ => Err(Error::NotALedger(path.into())),
    }
}

fn migrate(db: &mut Connection) -> Result<(), Error> {
    let step = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let done = step.pragma_query_value(None, "user_version", |row| row.get::<_, i64>(0))?;
    if done < MIGRATIONS.len() as i64 {
        step.execute_batch(
            "CREATE TABLE IF NOT EXISTS migration (version INTEGER PRIMARY KEY, at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP) STRICT",
        )?;
        for (version, sql) in (1..).zip(MIGRATIONS).skip(usize::try_from(done).unwrap_or(0)) {
            step.execute_batch(sql)?;
            step.execute("INSERT INTO migration (version) VALUES (?1)", params![version])?;
        }
        step.pragma_update(None, "application_id", APPLICATION)?;
        step.pragma_update(None, "user_version", MIGRATIONS.len() as i64)?;
    }
    Ok(step.commit()?)
}

/// An error of opening, told by the file's name.
fn of_file(error: rusqlite::Error, path: &Path) -> Error {
    match error.sqlite_error_code() {
        Some(rusqlite::ErrorCode::NotADatabase) => Error::NotALedger(path.into()),
        Some(rusqlite::ErrorCode::CannotOpen) if path.is_dir() => Error::NotALedger(path.into()),
        _ => error.into(),
    }
}
