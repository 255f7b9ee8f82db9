//! Opening the file, its tables, and what its refusals mean.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::Connection;
use tempfile::TempDir;

use crate::database::{Form, Looked, Said};
use crate::{Error, Result};

/// The file beside the record, or inside the output folder of an archive, and how its refusals are said.
const FORM: Form = Form {
    name: "review.sqlite",
    version: 1,
    patience: Duration::from_secs(5),
    full: Said("error-review-full", "the disk is full; free some space and decide again"),
    permission: Said(
        "error-review-permission",
        "the folder takes no writing: nothing can be decided here; change its rights, or copy it",
    ),
    io: Said("error-review-io", "the disk does not answer; check that it is connected, then decide again"),
    busy: Said("error-review-busy", "another program holds the decisions; close it and decide again"),
    damaged: Said("error-review-damaged", "the readers' decisions are damaged; take a sound copy"),
    other: Said("error-review-refused", "the decision could not be written; decide again"),
    place: Said(
        "error-review-place",
        "this place cannot keep the readers' decisions; copy the folder to a disk of this computer",
    ),
    other_version: Said(
        "error-review-version",
        "the readers' decisions have another version; use the program that made them",
    ),
};

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
    /// Where a copy is read; it goes with the connection, after it.
    _copy: Option<TempDir>,
}

impl Store {
    /// Opens the decisions beside a record for adding to them; makes the file where there is none.
    ///
    /// # Errors
    /// [`ErrorKind::Io`](crate::ErrorKind::Io) where the system refuses;
    /// [`ErrorKind::Unsupported`](crate::ErrorKind::Unsupported) for a file of another version, or in a place that cannot
    /// keep one; [`ErrorKind::Unreadable`](crate::ErrorKind::Unreadable) for a damaged one. All name it.
    pub fn open(folder: &Path) -> Result<Self> {
        let store = Self { db: FORM.open(folder)?, path: folder.join(FORM.name), writes: true, _copy: None };
        if store.version()? == 0 {
            store.create()?;
        }
        FORM.check_version(&store.db, &store.path)?;
        Ok(store)
    }

    /// Looks into the decisions beside a record, also on a disk that takes no writing; `None` where nobody made any.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn read(folder: &Path) -> Result<Option<Self>> {
        let path = folder.join(FORM.name);
        if !path.is_file() {
            return Ok(None);
        }
        let Looked { db, copy } = FORM.look(&path)?;
        Ok(Some(Self { db, path, writes: false, _copy: copy }))
    }

    /// Whether decisions can be added beside a record: whether its folder takes a new file, and a file of decisions that
    /// is there takes writing.
    pub fn can_be_written(folder: &Path) -> bool {
        let file = std::fs::OpenOptions::new().append(true).open(folder.join(FORM.name));
        let takes_writing = file.map_or_else(|e| e.kind() == std::io::ErrorKind::NotFound, |_| true);
        takes_writing && tempfile::Builder::new().prefix(".hemozoin-").tempfile_in(folder).is_ok()
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
        sql.push_str(&format!("PRAGMA user_version = {}; COMMIT;", FORM.version));
        match self.db.execute_batch(&sql) {
            Ok(()) => Ok(()),
            Err(e) => {
                // Where another process was quicker, the tables are there.
                let _ = self.db.execute_batch("ROLLBACK");
                if self.version()? == FORM.version { Ok(()) } else { Err(self.refused(e)) }
            }
        }
    }

    fn version(&self) -> Result<i64> {
        FORM.version_of(&self.db, &self.path)
    }

    pub(super) fn refused(&self, error: rusqlite::Error) -> Error {
        FORM.refused(&self.path, error)
    }

    pub(super) fn damaged(&self, reason: impl std::fmt::Display) -> Error {
        FORM.damaged(&self.path, &reason)
    }
}
