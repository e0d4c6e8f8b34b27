use crate::Error;
use crate::key::KeyPlace;
use crate::log::Edge;
use crate::write::adopt;
use rusqlite::{Connection, OpenFlags, TransactionBehavior, params};
use signed_note::StandardSigner;
use std::path::Path;
use std::thread::sleep;
use std::time::Duration;

/// Tells the time as RFC 3339 in UTC, for the log.
pub type Clock = Box<dyn Fn() -> String + Send>;

/// An open ledger.
pub struct Store {
    pub(crate) db: Connection,
    pub(crate) clock: Clock,
    pub(crate) key: KeyPlace,
    /// Read from its file when something is written for the first time.
    pub(crate) signer: Option<StandardSigner>,
}

/// "CCLM": what marks a SQLite file as one of ours (`PRAGMA application_id`).
const APPLICATION: i64 = 0x4343_4C4D;

/// Every step from an empty file to today's layout; the number of steps taken is the file's `user_version`. A step that
/// has been released is never changed.
const MIGRATIONS: [&str; 2] = [include_str!("migrations/1.sql"), include_str!("migrations/2.sql")];

/// The first layout that has a log.
const LOGGED: i64 = 2;

impl Store {
    /// Opens a ledger to add to it; makes one, with its key beside it, where there is no file.
    pub fn open(path: &Path) -> Result<Self, Error> {
        Self::open_by(path, system_clock())
    }

    /// The same by another clock than the machine's.
    pub fn open_by(path: &Path, clock: Clock) -> Result<Self, Error> {
        let db = Connection::open(path).map_err(|e| of_file(e, path))?;
        Self::prepare(db, path, KeyPlace::beside(path), clock)
    }

    /// Opens a ledger that is there.
    pub fn open_existing(path: &Path) -> Result<Self, Error> {
        if !path.exists() {
            return Err(Error::Absent(path.into()));
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let db = Connection::open_with_flags(path, flags).map_err(|e| of_file(e, path))?;
        Self::prepare(db, path, KeyPlace::beside(path), system_clock())
    }

    /// Opens a ledger that is there, to be verified: a file of an older layout is not brought up to today's.
    pub fn open_to_verify(path: &Path) -> Result<Self, Error> {
        if !path.exists() {
            return Err(Error::Absent(path.into()));
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut db = Connection::open_with_flags(path, flags).map_err(|e| of_file(e, path))?;
        wait_for_others(&mut db)?;
        let found = check(&db, path).map_err(|e| told(e, path))?;
        if found < MIGRATIONS.len() as i64 {
            return Err(Error::Older(path.into()));
        }
        Ok(Self {
            db,
            clock: system_clock(),
            key: KeyPlace::beside(path),
            signer: None,
        })
    }

    /// A ledger that is gone with the program.
    pub fn in_memory() -> Result<Self, Error> {
        let db = Connection::open_in_memory()?;
        Self::prepare(db, Path::new(":memory:"), KeyPlace::Memory(None), system_clock())
    }

    fn prepare(mut db: Connection, path: &Path, mut key: KeyPlace, clock: Clock) -> Result<Self, Error> {
        wait_for_others(&mut db)?;
        // Nothing is written before the file is known to be a ledger, or empty.
        check(&db, path).map_err(|e| told(e, path))?;
        db.pragma_update(None, "journal_mode", "wal")?;
        // With a write-ahead log this keeps the file sound through a power cut; the last reports may be lost, whole.
        db.pragma_update(None, "synchronous", "normal")?;
        db.pragma_update(None, "foreign_keys", true)?;
        // 64 MB of pages in memory, and 32 MB of log before it goes into the file: large ledgers are added to at one speed.
        db.pragma_update(None, "cache_size", -65_536)?;
        db.pragma_update(None, "wal_autocheckpoint", 8_192)?;
        db.set_prepared_statement_cache_capacity(64);
        migrate(&mut db, &mut key, &clock)?;
        Ok(Self {
            db,
            clock,
            key,
            signer: None,
        })
    }
}

/// How long one program waits for another to be done with the ledger.
const WAIT: Duration = Duration::from_secs(10);
/// How often it looks: one that adds very much leaves the ledger to others for a few milliseconds between its transactions.
const LOOK: Duration = Duration::from_millis(2);

fn wait_for_others(db: &mut Connection) -> Result<(), rusqlite::Error> {
    db.busy_handler(Some(|looked: i32| {
        sleep(LOOK);
        LOOK * looked.unsigned_abs() < WAIT
    }))
}

/// The layout of a ledger that we know, or of an empty file.
fn check(db: &Connection, path: &Path) -> Result<i64, Error> {
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
        APPLICATION => Ok(found),
        0 if tables == 0 && found == 0 => Ok(0),
        _ => Err(Error::NotALedger(path.into())),
    }
}

fn migrate(db: &mut Connection, key: &mut KeyPlace, clock: &Clock) -> Result<(), Error> {
    let known = MIGRATIONS.len() as i64;
    let version = |db: &Connection| db.pragma_query_value(None, "user_version", |row| row.get::<_, i64>(0));
    if version(db)? == known {
        return Ok(());
    }
    let step = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Another program may have been first.
    let done = version(&step)?;
    if done == known {
        return Ok(());
    }
    step.execute_batch(
        "CREATE TABLE IF NOT EXISTS migration (version INTEGER PRIMARY KEY, at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP) STRICT",
    )?;
    for (version, sql) in (1..).zip(MIGRATIONS).skip(usize::try_from(done).unwrap_or(0)) {
        step.execute_batch(sql)?;
        step.execute("INSERT INTO migration (version) VALUES (?1)", params![version])?;
    }
    if done < LOGGED {
        key.make(&step)?;
        let mut edge = Edge::of(&step)?;
        adopt(&step, &mut edge, &clock())?;
        edge.sign(&key.signer(&step)?)?;
    }
    step.pragma_update(None, "application_id", APPLICATION)?;
    step.pragma_update(None, "user_version", known)?;
    Ok(step.commit()?)
}

/// The machine's own clock, to the second.
fn system_clock() -> Clock {
    Box::new(|| jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string())
}

fn told(error: Error, path: &Path) -> Error {
    match error {
        Error::Sql(error) => of_file(error, path),
        other => other,
    }
}

/// An error of opening, told by the file's name.
fn of_file(error: rusqlite::Error, path: &Path) -> Error {
    match error.sqlite_error_code() {
        Some(rusqlite::ErrorCode::NotADatabase) => Error::NotALedger(path.into()),
        Some(rusqlite::ErrorCode::CannotOpen) if path.is_dir() => Error::NotALedger(path.into()),
        _ => error.into(),
    }
}
