//! Opening the file, its tables, and what its refusals mean.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};
use tempfile::TempDir;

use crate::{Error, ErrorKind, Result};

/// Name inside the output folder.
const NAME: &str = "journal.sqlite";

/// Version of the tables.
const FORMAT: i64 = 2;

/// How long a reader waits for a writer, or the other way round.
const PATIENCE: Duration = Duration::from_secs(20);

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
        let path = folder.join(NAME);
        let refused = |e| refused(&path, e);
        let db = Connection::open(&path).map_err(refused)?;
        db.busy_timeout(PATIENCE).map_err(refused)?;
        set_log_ahead(&db, &path)?;
        db.pragma_update(None, "synchronous", "FULL").map_err(refused)?;
        let journal = Self { db, path, _copy: None };
        if journal.format()? == 0 {
            journal.create()?;
        }
        journal.check_format()?;
        journal.patient()?;
        Ok(journal)
    }

    /// Opens the journal of an output folder for reading, also while another process writes.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] where there is none; else as for writing.
    pub fn read(folder: &Path) -> Result<Self> {
        let path = folder.join(NAME);
        if !path.is_file() {
            return Err(nothing_begun(folder));
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let db = Connection::open_with_flags(&path, flags).map_err(|e| refused(&path, e))?;
        db.busy_timeout(PATIENCE).map_err(|e| refused(&path, e))?;
        // Readers share a file beside the journal. Where they may make none, nobody writes.
        let journal = if !cannot_be_shared(&db) {
            Self { db, path, _copy: None }
        } else if is_settled(&path) {
            let db = Connection::open_with_flags(immutable(&path), flags | OpenFlags::SQLITE_OPEN_URI)
                .map_err(|e| refused(&path, e))?;
            Self { db, path, _copy: None }
        } else {
            Self::of_copy(path)?
        };
        journal.check_format()?;
        Ok(journal)
    }

    /// Reads a copy, into which the waiting log can be moved.
    fn of_copy(path: PathBuf) -> Result<Self> {
        let copy = tempfile::tempdir().map_err(|e| Error::io(std::env::temp_dir(), "make a folder", e))?;
        for (from, to) in [(path.clone(), NAME.to_owned()), (log_of(&path), format!("{NAME}-wal"))] {
            std::fs::copy(&from, copy.path().join(to))
                .map_err(|e| Error::io(&from, "copy the journal", e))?;
        }
        let db = Connection::open(copy.path().join(NAME)).map_err(|e| refused(&path, e))?;
        Ok(Self { db, path, _copy: Some(copy) })
    }

    /// The output folder that it is of, also where a copy is read.
    pub(in crate::archive) fn folder(&self) -> &Path {
        self.path.parent().unwrap_or(Path::new(""))
    }

    /// True where an output folder holds a journal.
    pub fn exists(folder: &Path) -> bool {
        folder.join(NAME).is_file()
    }

    /// From here on a commit need not reach the disk at once; [`Self::durably`] does.
    fn patient(&self) -> Result<()> {
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
        let sql = format!("BEGIN; {TABLES} PRAGMA user_version = {FORMAT}; COMMIT;");
        self.db.execute_batch(&sql).map_err(|e| self.refused(e))
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
                "the journal has version {found}, this program writes {FORMAT}; use the program that began it"
            ),
        )
        .with_key("error-journal-version")
        .with_arg("found", found)
        .with_arg("expected", FORMAT)
        .with_path(&self.path))
    }
}

/// Sets the mode in which readers never wait for the writer, nor he for them (<https://www.sqlite.org/wal.html>). It
/// takes memory that all of them share, which some network file systems lack; SQLite then stays in another mode without
/// a word.
fn set_log_ahead(db: &Connection, path: &Path) -> Result<()> {
    let set: String = db
        .pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get(0))
        .map_err(|e| refused(path, e))?;
    if set.eq_ignore_ascii_case("wal") {
        return Ok(());
    }
    Err(Error::new(
        ErrorKind::Unsupported,
        format!(
            "this place cannot keep the journal of an archive (SQLite stays in the mode {set}, not WAL); choose an --out \
             on a disk of this computer, and copy the folder to the share when the archive is complete"
        ),
    )
    .with_key("error-journal-place")
    .with_arg("mode", set)
    .with_path(path))
}

/// True where the journal cannot be read because nothing can be written beside it.
fn cannot_be_shared(db: &Connection) -> bool {
    use rusqlite::ErrorCode as Code;
    let read: rusqlite::Result<i64> = db.query_row("SELECT count(*) FROM sqlite_schema", [], |r| r.get(0));
    let code = read.err().and_then(|e| e.sqlite_error_code());
    matches!(code, Some(Code::ReadOnly | Code::PermissionDenied | Code::CannotOpen))
}

/// True where everything stands in the journal proper: no log waits beside it.
fn is_settled(path: &Path) -> bool {
    std::fs::metadata(log_of(path))
        .map_or_else(|e| e.kind() == std::io::ErrorKind::NotFound, |log| log.len() == 0)
}

/// Name of the log beside a journal.
fn log_of(path: &Path) -> PathBuf {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    log.into()
}

/// The address of a journal that nobody writes (<https://www.sqlite.org/uri.html>).
fn immutable(path: &Path) -> String {
    let bytes = path.as_os_str().as_encoded_bytes();
    // A drive letter would be taken for the name of a machine.
    let mut address = if bytes.get(1) == Some(&b':') { "file:///" } else { "file:" }.to_owned();
    for byte in bytes {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' | b'~' => {
                address.push(char::from(*byte));
            }
            b'\\' if cfg!(windows) => address.push('/'),
            b':' if cfg!(windows) => address.push(':'),
            other => address.push_str(&format!("%{other:02x}")),
        }
    }
    address + "?immutable=1"
}

pub(super) fn nothing_begun(folder: &Path) -> Error {
    Error::new(
        ErrorKind::Usage,
        "no archive was begun here; begin one with: hemozoin archive run ROOT --out DIR",
    )
    .with_key("error-archive-nothing-begun")
    .with_path(folder)
}

/// What SQLite refused, in our terms: a full disk, a share that went away and a damaged file are told apart.
pub(in crate::archive) fn refused(path: &Path, error: rusqlite::Error) -> Error {
    use rusqlite::ErrorCode as Code;
    let code = error.sqlite_error_code();
    let (kind, key) = match code {
        Some(Code::DiskFull) => (ErrorKind::Io, "error-disk-full"),
        Some(Code::ReadOnly | Code::PermissionDenied | Code::CannotOpen) => {
            (ErrorKind::Io, "error-permission")
        }
        Some(Code::SystemIoFailure | Code::FileLockingProtocolFailed) => (ErrorKind::Io, "error-journal-io"),
        Some(Code::DatabaseBusy | Code::DatabaseLocked) => (ErrorKind::Io, "error-journal-busy"),
        Some(Code::DatabaseCorrupt | Code::NotADatabase) => (ErrorKind::Unreadable, "error-journal-damaged"),
        _ => (ErrorKind::Internal, "error-journal"),
    };
    let what = match key {
        "error-disk-full" => "the disk is full; free some space and resume",
        "error-permission" => "no permission to write the journal; change the rights or choose another --out",
        "error-journal-io" => "the disk or share does not answer; check that it is connected, then resume",
        "error-journal-busy" => "another program holds the journal; close it and resume",
        "error-journal-damaged" => "the journal is damaged; begin again with a new --out",
        _ => "the journal refused",
    };
    Error::new(kind, format!("{what} ({error})"))
        .with_key(key)
        .with_arg("reason", &error)
        .with_path(path)
        .with_source(error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_leads_to_its_journal_whatever_the_folder_is_called() {
        let dir = tempfile::tempdir().expect("a folder");
        let folder = dir.path().join("résultats 50%?a=1#2");
        std::fs::create_dir(&folder).expect("a folder");
        Journal::open(&folder).expect("begun").settle().expect("settled");
        let path = folder.join(NAME);
        assert!(is_settled(&path));
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
        let db = Connection::open_with_flags(immutable(&path), flags).expect("opens");
        let version: i64 = db.query_row("PRAGMA user_version", [], |r| r.get(0)).expect("a version");
        assert_eq!(version, FORMAT);
        // Not even a reader's file may lie beside it.
        assert_eq!(std::fs::read_dir(&folder).expect("a folder").count(), 1);
    }

    /// Locks by a file beside the journal, as where no memory can be shared.
    #[cfg(unix)]
    #[test]
    fn a_place_without_shared_memory_is_refused() {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join(NAME);
        let db =
            Connection::open_with_flags_and_vfs(&path, OpenFlags::default(), c"unix-dotfile").expect("opens");
        let error = set_log_ahead(&db, &path).expect_err("no shared memory");
        assert_eq!((error.kind(), error.key()), (ErrorKind::Unsupported, Some("error-journal-place")));
        assert!(error.message().contains("--out"), "{error}");
    }

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

    #[test]
    fn a_journal_whose_log_waits_is_not_settled() {
        let dir = tempfile::tempdir().expect("a folder");
        let held = Journal::open(dir.path()).expect("begun");
        assert!(!is_settled(&held.path));
        drop(held);
        assert!(is_settled(&dir.path().join(NAME)));
    }

    #[test]
    fn what_waits_in_the_log_is_read_from_a_copy() {
        let dir = tempfile::tempdir().expect("a folder");
        let held = Journal::open(dir.path()).expect("begun");
        held.db.execute("INSERT INTO meta (name, value) VALUES ('planned', '7')", []).expect("written");
        let files = || std::fs::read_dir(dir.path()).expect("a folder").count();
        let before = files();
        let copy = Journal::of_copy(held.path.clone()).expect("copied");
        assert!(copy.is_planned().expect("readable"));
        assert_eq!(
            (copy.path.as_path(), files()),
            (held.path.as_path(), before),
            "nothing beside the journal"
        );
        let place = copy._copy.as_ref().expect("a copy").path().to_owned();
        drop(copy);
        assert!(!place.exists());
    }

    /// Rights bind everybody but the administrator; run it as another user to see it.
    #[cfg(unix)]
    #[test]
    fn a_folder_that_may_only_be_read_is_enough() {
        use std::os::unix::fs::PermissionsExt as _;
        let dir = tempfile::tempdir().expect("a folder");
        drop(Journal::open(dir.path()).expect("begun"));
        let allow = |mode| {
            std::fs::set_permissions(dir.path(), std::fs::Permissions::from_mode(mode)).expect("rights");
        };
        allow(0o555);
        let read = Journal::read(dir.path());
        allow(0o755);
        assert_eq!(read.expect("readable").format().expect("a version"), FORMAT);
    }
}
