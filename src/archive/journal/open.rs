//! Opening the file, its tables, and what its refusals mean.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::Connection;
use tempfile::TempDir;

use crate::database::{Form, Looked, Said};
use crate::{Error, ErrorKind, Result};

/// The file, and how its refusals are said.
const FORM: Form = Form {
    name: "journal.sqlite",
    version: 2,
    patience: Duration::from_secs(20),
    full: Said("error-disk-full", "the disk is full; free some space and resume"),
    permission: Said(
        "error-permission",
        "no permission to write the journal; change the rights or choose another --out",
    ),
    io: Said(
        "error-journal-io",
        "the disk or share does not answer; check that it is connected, then resume",
    ),
    busy: Said("error-journal-busy", "another program holds the journal; close it and resume"),
    damaged: Said("error-journal-damaged", "the journal is damaged; begin again with a new --out"),
    other: Said("error-journal", "the journal refused"),
    place: Said(
        "error-journal-place",
        "this place cannot keep the journal of an archive; choose an --out on a disk of this computer, and copy the folder \
         to the share when the archive is complete",
    ),
    other_version: Said(
        "error-journal-version",
        "the journal has another version; use the program that began it",
    ),
};

const TABLES: &str = "
    CREATE TABLE meta (name TEXT PRIMARY KEY NOT NULL, value ANY NOT NULL) WITHOUT ROWID, STRICT;
    CREATE TABLE slide (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        -- File names must differ where upper and lower case do not.
        record_name TEXT NOT NULL UNIQUE COLLATE NOCASE,
        plan TEXT NOT NULL,
        files INTEGER NOT NULL,
        scales TEXT,
        ended INTEGER NOT NULL DEFAULT 0,
        suspect INTEGER,
        unfit INTEGER,
        urgency INTEGER,
        density REAL,
        row TEXT,
        fields BLOB,
        ended_at TEXT
    ) STRICT;
    CREATE INDEX unended ON slide (number) WHERE ended = 0;
    CREATE TABLE file (
        slide INTEGER NOT NULL,
        number INTEGER NOT NULL,
        film TEXT NOT NULL,
        -- Bytes where the system's paths are bytes, else text.
        path ANY NOT NULL,
        name TEXT NOT NULL,
        bytes INTEGER,
        modified_ns INTEGER,
        sha256 TEXT,
        done INTEGER NOT NULL DEFAULT 0,
        fault TEXT,
        PRIMARY KEY (slide, number)
    ) WITHOUT ROWID, STRICT;
    CREATE TABLE outcome (slide INTEGER NOT NULL, number INTEGER NOT NULL, body BLOB NOT NULL) STRICT;
    CREATE UNIQUE INDEX outcome_of ON outcome (slide, number);
    -- Signed readings, appended; the last of a slide speaks for it.
    CREATE TABLE reading (version INTEGER PRIMARY KEY, slide INTEGER NOT NULL, body TEXT NOT NULL) STRICT;
    CREATE INDEX reading_of ON reading (slide, version);
";

/// One connection to the journal of an archive.
#[derive(Debug)]
pub struct Journal {
    pub(super) db: Connection,
    pub(super) path: PathBuf,
    /// Where a copy is read; it goes with the connection, after it.
    _copy: Option<TempDir>,
}

impl Journal {
    /// Opens the journal of an output folder for writing; creates it where there is none.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] where the system refuses; [`ErrorKind::Unsupported`] for one of another version, or in a place
    /// that cannot keep a journal; [`ErrorKind::Unreadable`] for a damaged one.
    pub(in crate::archive) fn open(folder: &Path) -> Result<Self> {
        let journal = Self { db: FORM.open(folder)?, path: folder.join(FORM.name), _copy: None };
        if FORM.version_of(&journal.db, &journal.path)? == 0 {
            journal.create()?;
        }
        FORM.check_version(&journal.db, &journal.path)?;
        journal.patient()?;
        Ok(journal)
    }

    /// Opens the journal of an output folder for reading, also while another process writes.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] where there is none; else as for writing.
    pub fn read(folder: &Path) -> Result<Self> {
        let path = folder.join(FORM.name);
        if !path.is_file() {
            return Err(nothing_begun(folder));
        }
        let Looked { db, copy } = FORM.look(&path)?;
        Ok(Self { db, path, _copy: copy })
    }

    /// The output folder that it is of, also where a copy is read.
    pub(in crate::archive) fn folder(&self) -> &Path {
        self.path.parent().unwrap_or(Path::new(""))
    }

    /// True where an output folder holds a journal.
    pub fn exists(folder: &Path) -> bool {
        folder.join(FORM.name).is_file()
    }

    /// From here on a commit need not reach the disk at once; [`Self::durably`] does.
    pub(super) fn patient(&self) -> Result<()> {
        self.db.pragma_update(None, "synchronous", "NORMAL").map_err(|e| self.refused(e))
    }

    /// Runs `work` in one transaction that has reached the disk when this returns.
    pub(super) fn durably<T>(&mut self, work: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T> {
        self.db.pragma_update(None, "synchronous", "FULL").map_err(|e| self.refused(e))?;
        let done = self.at_once(work);
        self.patient()?;
        done
    }

    /// Runs `work` in one transaction.
    pub(super) fn at_once<T>(&mut self, work: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T> {
        let path = &self.path;
        let transaction = self.db.transaction().map_err(|e| refused(path, e))?;
        let done = work(&transaction).map_err(|e| refused(path, e))?;
        transaction.commit().map_err(|e| refused(path, e))?;
        Ok(done)
    }

    /// Moves the log into the journal proper, so that the folder can be copied.
    pub(in crate::archive) fn settle(&self) -> Result<()> {
        self.db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).map_err(|e| self.refused(e))
    }

    pub(super) fn refused(&self, error: rusqlite::Error) -> Error {
        refused(&self.path, error)
    }

    fn create(&self) -> Result<()> {
        let sql = format!("BEGIN; {TABLES} PRAGMA user_version = {}; COMMIT;", FORM.version);
        self.db.execute_batch(&sql).map_err(|e| self.refused(e))
    }
}

pub(super) fn nothing_begun(folder: &Path) -> Error {
    Error::new(
        ErrorKind::Usage,
        "no archive was begun here; begin one with: hemozoin archive run ROOT --out DIR",
    )
    .with_key("error-archive-nothing-begun")
    .with_path(folder)
}

/// What SQLite refused, in our terms.
pub(in crate::archive) fn refused(path: &Path, error: rusqlite::Error) -> Error {
    FORM.refused(path, error)
}

/// The journal holds what this program cannot have written.
pub(in crate::archive) fn damaged(path: &Path, why: &dyn std::fmt::Display) -> Error {
    FORM.damaged(path, why)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_takes_only_what_it_is_for() {
        let dir = tempfile::tempdir().expect("a folder");
        let journal = Journal::open(dir.path()).expect("begun");
        let strict = "SELECT count(*) FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND \
                      name NOT LIKE 'sqlite_%' AND strict = 0";
        let loose: i64 = journal.db.query_row(strict, [], |row| row.get(0)).expect("a list");
        assert_eq!(loose, 0);
        let put = "INSERT INTO outcome (slide, number, body) VALUES ('one', 1, x'00')";
        assert!(journal.db.execute(put, []).is_err(), "a word is no number");
    }
}
