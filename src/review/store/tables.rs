//! Opening the file, its tables, and what its refusals mean.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use crate::{Error, ErrorKind, Result};

/// Name beside the record, or inside the output folder of an archive.
const NAME: &str = "review.sqlite";

/// Version of the tables.
const FORMAT: i64 = 1;

/// How long one page waits for another.
const PATIENCE: Duration = Duration::from_secs(5);

/// Added to, never changed: a trigger on each table refuses anything else.
const TABLES: &str = "
    CREATE TABLE reading (
        id INTEGER PRIMARY KEY,
        slide TEXT NOT NULL,
        reader TEXT NOT NULL,
        blind INTEGER NOT NULL,
        begun_at TEXT NOT NULL,
        UNIQUE (slide, reader)
    ) STRICT;
    CREATE TABLE decision (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        reading INTEGER NOT NULL REFERENCES reading (id),
        version INTEGER NOT NULL,
        batch INTEGER NOT NULL,
        key TEXT NOT NULL,
        at TEXT NOT NULL,
        body TEXT NOT NULL
    ) STRICT;
    CREATE INDEX decision_of ON decision (reading, seq);
    CREATE INDEX decision_key ON decision (reading, key);
    CREATE TABLE signature (
        reading INTEGER NOT NULL REFERENCES reading (id),
        version INTEGER NOT NULL,
        at TEXT NOT NULL,
        upto INTEGER NOT NULL,
        record_sha256 TEXT NOT NULL,
        result TEXT NOT NULL,
        PRIMARY KEY (reading, version)
    ) STRICT;
    CREATE TABLE correction (
        reading INTEGER NOT NULL REFERENCES reading (id),
        version INTEGER NOT NULL,
        at TEXT NOT NULL,
        reason TEXT NOT NULL,
        PRIMARY KEY (reading, version)
    ) STRICT;
";

const KEPT: [&str; 4] = ["reading", "decision", "signature", "correction"];

/// One connection to a file of decisions.
#[derive(Debug)]
pub struct Store {
    pub(super) db: Connection,
    path: PathBuf,
    writes: bool,
}

impl Store {
    /// Opens the decisions beside a record for adding to them; makes the file where there is none.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] where the system refuses; [`ErrorKind::Unsupported`] for a file of another version;
    /// [`ErrorKind::Unreadable`] for a damaged one. All name it.
    pub fn open(folder: &Path) -> Result<Self> {
        let path = folder.join(NAME);
        let db = Connection::open(&path).map_err(|e| refused(&path, e))?;
        let store = Self { db, path, writes: true };
        let refused = |e| store.refused(e);
        store.db.busy_timeout(PATIENCE).map_err(refused)?;
        store.db.pragma_update(None, "journal_mode", "WAL").map_err(refused)?;
        store.db.pragma_update(None, "synchronous", "FULL").map_err(refused)?;
        store.db.pragma_update(None, "foreign_keys", "ON").map_err(refused)?;
        if store.format()? == 0 {
            store.create()?;
        }
        store.check_format()?;
        Ok(store)
    }

    /// Looks into the decisions beside a record; `None` where nobody made any.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn read(folder: &Path) -> Result<Option<Self>> {
        let path = folder.join(NAME);
        if !path.is_file() {
            return Ok(None);
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let db = Connection::open_with_flags(&path, flags).map_err(|e| refused(&path, e))?;
        let store = Self { db, path, writes: false };
        store.db.busy_timeout(PATIENCE).map_err(|e| store.refused(e))?;
        store.check_format()?;
        Ok(Some(store))
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether it was opened for adding to it.
    pub fn writes(&self) -> bool {
        self.writes
    }

    fn create(&self) -> Result<()> {
        let mut sql = format!("BEGIN IMMEDIATE; {TABLES}");
        for table in KEPT {
            for change in ["UPDATE", "DELETE"] {
                sql.push_str(&format!(
                    "CREATE TRIGGER {table}_no_{change} BEFORE {change} ON {table} \
                     BEGIN SELECT RAISE(ABORT, 'decisions are never changed'); END;"
                ));
            }
        }
        sql.push_str(&format!("PRAGMA user_version = {FORMAT}; COMMIT;"));
        match self.db.execute_batch(&sql) {
            Ok(()) => Ok(()),
            Err(e) => {
                // Where another process was quicker, the tables are there.
                let _ = self.db.execute_batch("ROLLBACK");
                if self.format()? == FORMAT { Ok(()) } else { Err(self.refused(e)) }
            }
        }
    }

    fn format(&self) -> Result<i64> {
        self.db.query_row("PRAGMA user_version", [], |r| r.get(0)).map_err(|e| self.refused(e))
    }

    fn check_format(&self) -> Result<()> {
        let found = self.format()?;
        if found == FORMAT {
            return Ok(());
        }
        Err(Error::new(
            ErrorKind::Unsupported,
            format!(
                "the readers' decisions have version {found}, this program writes {FORMAT}; use the program that made them"
            ),
        )
        .with_key("error-review-version")
        .with_arg("found", found)
        .with_arg("expected", FORMAT)
        .with_path(&self.path))
    }

    pub(super) fn refused(&self, error: rusqlite::Error) -> Error {
        refused(&self.path, error)
    }

    pub(super) fn damaged(&self, reason: impl std::fmt::Display) -> Error {
        damaged(&self.path, &reason.to_string())
    }
}

fn damaged(path: &Path, reason: &str) -> Error {
    Error::new(
        ErrorKind::Unreadable,
        format!("the readers' decisions are damaged ({reason}); take a sound copy"),
    )
    .with_key("error-review-damaged")
    .with_arg("reason", reason)
    .with_path(path)
}

fn refused(path: &Path, error: rusqlite::Error) -> Error {
    use rusqlite::ErrorCode as Code;
    let (kind, key, what) = match error.sqlite_error_code() {
        Some(Code::DiskFull) => {
            (ErrorKind::Io, "error-disk-full", "the disk is full; free some space and decide again")
        }
        Some(Code::ReadOnly | Code::PermissionDenied | Code::CannotOpen) => (
            ErrorKind::Io,
            "error-review-permission",
            "the folder takes no writing; change its rights, or copy it",
        ),
        Some(Code::DatabaseBusy | Code::DatabaseLocked) => (
            ErrorKind::Io,
            "error-review-busy",
            "another program holds the decisions; close it and decide again",
        ),
        Some(Code::DatabaseCorrupt | Code::NotADatabase) => return damaged(path, &error.to_string()),
        _ => (
            ErrorKind::Io,
            "error-review-io",
            "the decision could not be written; check the disk and decide again",
        ),
    };
    Error::new(kind, format!("{what} ({error})"))
        .with_key(key)
        .with_arg("reason", &error)
        .with_path(path)
        .with_source(error)
}
