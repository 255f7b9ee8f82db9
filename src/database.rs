//! A SQLite file beside a result: opened for writing or for looking, and what its refusals mean.
//!
//! Two rooms keep one: the journal of an archive and the decisions of readers. What they hold is theirs; that a place can
//! keep such a file, that it can be looked into on a disk that takes no writing, and which version it has is decided here.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};
use tempfile::TempDir;

use crate::system::address_of;
use crate::{Error, ErrorKind, Result};

/// The code of a refusal, and what it says in English.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Said(pub(crate) &'static str, pub(crate) &'static str);

/// One form of file: its name, its version, and how its refusals are said.
#[derive(Debug)]
pub(crate) struct Form {
    /// Name inside its folder.
    pub(crate) name: &'static str,
    /// Version of the tables.
    pub(crate) version: i64,
    /// How long one process waits for another.
    pub(crate) patience: Duration,
    /// The disk is full.
    pub(crate) full: Said,
    /// It may not be written, or not be read.
    pub(crate) permission: Said,
    /// The disk or share does not answer.
    pub(crate) io: Said,
    /// Another program holds it.
    pub(crate) busy: Said,
    /// It is damaged.
    pub(crate) damaged: Said,
    /// Anything else.
    pub(crate) other: Said,
    /// The place has no memory that processes can share.
    pub(crate) place: Said,
    /// It has another version.
    pub(crate) other_version: Said,
}

/// A file opened for looking.
#[derive(Debug)]
pub(crate) struct Looked {
    pub(crate) db: Connection,
    /// Where a copy is read; it goes with the connection, after it.
    pub(crate) copy: Option<TempDir>,
}

impl Form {
    /// Opens the file in a folder for writing; makes an empty one where there is none. A commit has reached the disk when
    /// it returns.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] where the system refuses; [`ErrorKind::Unsupported`] in a place that cannot keep such a file;
    /// [`ErrorKind::Unreadable`] for a damaged one.
    pub(crate) fn open(&self, folder: &Path) -> Result<Connection> {
        let path = folder.join(self.name);
        let refused = |e| self.refused(&path, e);
        let db = Connection::open(&path).map_err(refused)?;
        db.busy_timeout(self.patience).map_err(refused)?;
        self.set_log_ahead(&db, &path)?;
        db.pragma_update(None, "synchronous", "FULL").map_err(refused)?;
        db.pragma_update(None, "foreign_keys", "ON").map_err(refused)?;
        Ok(db)
    }

    /// Opens the file for looking, also while another process writes, and on a disk that takes no writing.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub(crate) fn look(&self, path: &Path) -> Result<Looked> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let refused = |e| self.refused(path, e);
        let db = Connection::open_with_flags(path, flags).map_err(refused)?;
        db.busy_timeout(self.patience).map_err(refused)?;
        // Readers share a file beside it. Where they may make none, nobody writes.
        let looked = if !cannot_be_shared(&db) {
            Looked { db, copy: None }
        } else if is_settled(path) {
            let address = immutable(path);
            let db =
                Connection::open_with_flags(address, flags | OpenFlags::SQLITE_OPEN_URI).map_err(refused)?;
            Looked { db, copy: None }
        } else {
            self.copy(path)?
        };
        self.check_version(&looked.db, path)?;
        Ok(looked)
    }

    /// Reads a copy, into which the waiting log can be moved.
    pub(crate) fn copy(&self, path: &Path) -> Result<Looked> {
        let copy = tempfile::tempdir().map_err(|e| Error::io(std::env::temp_dir(), "make a folder", e))?;
        for (from, to) in
            [(path.to_path_buf(), self.name.to_owned()), (log_of(path), format!("{}-wal", self.name))]
        {
            std::fs::copy(&from, copy.path().join(to)).map_err(|e| Error::io(&from, "copy", e))?;
        }
        let db = Connection::open(copy.path().join(self.name)).map_err(|e| self.refused(path, e))?;
        Ok(Looked { db, copy: Some(copy) })
    }

    /// Sets the mode in which readers never wait for the writer, nor he for them (<https://www.sqlite.org/wal.html>). It
    /// takes memory that all of them share, which some network file systems lack; SQLite then stays in another mode
    /// without a word.
    fn set_log_ahead(&self, db: &Connection, path: &Path) -> Result<()> {
        let set: String = db
            .pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get(0))
            .map_err(|e| self.refused(path, e))?;
        if set.eq_ignore_ascii_case("wal") {
            return Ok(());
        }
        let Said(key, what) = self.place;
        Err(Error::new(ErrorKind::Unsupported, format!("{what} (SQLite stays in the mode {set}, not WAL)"))
            .with_key(key)
            .with_arg("mode", set)
            .with_path(path))
    }

    /// The version of a file; 0 for an empty one.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub(crate) fn version_of(&self, db: &Connection, path: &Path) -> Result<i64> {
        db.query_row("PRAGMA user_version", [], |r| r.get(0)).map_err(|e| self.refused(path, e))
    }

    /// Refuses a file of another version.
    ///
    /// # Errors
    /// [`ErrorKind::Unsupported`] naming both; else as [`Self::open`].
    pub(crate) fn check_version(&self, db: &Connection, path: &Path) -> Result<()> {
        let (found, expected) = (self.version_of(db, path)?, self.version);
        if found == expected {
            return Ok(());
        }
        let Said(key, what) = self.other_version;
        Err(Error::new(
            ErrorKind::Unsupported,
            format!("{what} (found version {found}, this program writes {expected})"),
        )
        .with_key(key)
        .with_arg("found", found)
        .with_arg("expected", expected)
        .with_path(path))
    }

    /// What SQLite refused, in our terms: a full disk, a share that went away and a damaged file are told apart.
    pub(crate) fn refused(&self, path: &Path, error: rusqlite::Error) -> Error {
        use rusqlite::ErrorCode as Code;
        let (kind, Said(key, what)) = match error.sqlite_error_code() {
            Some(Code::DiskFull) => (ErrorKind::Io, self.full),
            // Some of what SQLite writes beside the file is refused with other codes.
            Some(Code::SystemIoFailure) if is_full(path) => (ErrorKind::Io, self.full),
            Some(Code::ReadOnly | Code::PermissionDenied | Code::CannotOpen) => {
                (ErrorKind::Io, self.permission)
            }
            Some(Code::SystemIoFailure | Code::FileLockingProtocolFailed) => (ErrorKind::Io, self.io),
            Some(Code::DatabaseBusy | Code::DatabaseLocked) => (ErrorKind::Io, self.busy),
            Some(Code::DatabaseCorrupt | Code::NotADatabase) => (ErrorKind::Unreadable, self.damaged),
            _ => (ErrorKind::Internal, self.other),
        };
        Error::new(kind, format!("{what} ({error})"))
            .with_key(key)
            .with_arg("reason", &error)
            .with_path(path)
            .with_source(error)
    }

    /// It holds what this program cannot have written.
    pub(crate) fn damaged(&self, path: &Path, reason: &dyn std::fmt::Display) -> Error {
        let Said(key, what) = self.damaged;
        Error::new(ErrorKind::Unreadable, format!("{what} ({reason})"))
            .with_key(key)
            .with_arg("reason", reason)
            .with_path(path)
    }
}

/// True where the disk of the file takes no more.
fn is_full(path: &Path) -> bool {
    /// As much as SQLite adds at once.
    const MORE: usize = 64 << 10;
    let folder = path.parent().unwrap_or(Path::new(""));
    let tried = tempfile::tempfile_in(folder).and_then(|mut file| file.write_all(&[0; MORE]));
    tried.is_err_and(|e| {
        matches!(e.kind(), std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded)
    })
}

/// True where the file cannot be read because nothing can be written beside it.
fn cannot_be_shared(db: &Connection) -> bool {
    use rusqlite::ErrorCode as Code;
    let read: rusqlite::Result<i64> = db.query_row("SELECT count(*) FROM sqlite_schema", [], |r| r.get(0));
    let code = read.err().and_then(|e| e.sqlite_error_code());
    matches!(code, Some(Code::ReadOnly | Code::PermissionDenied | Code::CannotOpen))
}

/// True where everything stands in the file proper: no log waits beside it.
pub(crate) fn is_settled(path: &Path) -> bool {
    std::fs::metadata(log_of(path))
        .map_or_else(|e| e.kind() == std::io::ErrorKind::NotFound, |log| log.len() == 0)
}

/// Name of the log beside a file.
fn log_of(path: &Path) -> PathBuf {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    log.into()
}

/// The address of a file that nobody writes (<https://www.sqlite.org/uri.html>).
fn immutable(path: &Path) -> String {
    address_of(path) + "?immutable=1"
}

#[cfg(test)]
mod tests {
    use super::*;

    const FORM: Form = Form {
        name: "some.sqlite",
        version: 3,
        patience: Duration::from_secs(1),
        full: Said("full", "full"),
        permission: Said("permission", "permission"),
        io: Said("io", "io"),
        busy: Said("busy", "busy"),
        damaged: Said("damaged", "damaged"),
        other: Said("other", "other"),
        place: Said("place", "choose another disk"),
        other_version: Said("version", "use the program that made it"),
    };

    fn made(folder: &Path) -> Connection {
        let db = FORM.open(folder).expect("opened");
        db.execute_batch("CREATE TABLE some (value INTEGER) STRICT; PRAGMA user_version = 3;").expect("made");
        db
    }

    #[test]
    fn an_address_leads_to_its_file_whatever_the_folder_is_called() {
        let dir = tempfile::tempdir().expect("a folder");
        let folder = dir.path().join("résultats 50%?a=1#2");
        std::fs::create_dir(&folder).expect("a folder");
        drop(made(&folder));
        let path = folder.join(FORM.name);
        assert!(is_settled(&path));
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
        let db = Connection::open_with_flags(immutable(&path), flags).expect("opens");
        assert_eq!(FORM.version_of(&db, &path).expect("a version"), 3);
        // Not even a reader's file may lie beside it.
        assert_eq!(std::fs::read_dir(&folder).expect("a folder").count(), 1);
    }

    /// Locks by a file beside the database, as where no memory can be shared.
    #[cfg(unix)]
    #[test]
    fn a_place_without_shared_memory_is_refused() {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join(FORM.name);
        let db =
            Connection::open_with_flags_and_vfs(&path, OpenFlags::default(), c"unix-dotfile").expect("opens");
        let error = FORM.set_log_ahead(&db, &path).expect_err("no shared memory");
        assert_eq!((error.kind(), error.key()), (ErrorKind::Unsupported, Some("place")));
        assert!(error.message().contains("choose another disk"), "{error}");
    }

    #[test]
    fn another_version_is_refused() {
        let dir = tempfile::tempdir().expect("a folder");
        made(dir.path()).execute_batch("PRAGMA user_version = 4").expect("set");
        let error = FORM.look(&dir.path().join(FORM.name)).expect_err("another version");
        assert_eq!((error.kind(), error.key()), (ErrorKind::Unsupported, Some("version")));
        assert!(error.message().contains('4') && error.message().contains('3'), "{error}");
    }

    #[test]
    fn a_file_whose_log_waits_is_not_settled_and_is_read_from_a_copy() {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join(FORM.name);
        let held = made(dir.path());
        held.execute("INSERT INTO some (value) VALUES (7)", []).expect("written");
        assert!(!is_settled(&path));
        let files = || std::fs::read_dir(dir.path()).expect("a folder").count();
        let before = files();
        let looked = FORM.copy(&path).expect("copied");
        let value: i64 = looked.db.query_row("SELECT value FROM some", [], |r| r.get(0)).expect("a value");
        assert_eq!((value, files()), (7, before), "nothing beside the file");
        let place = looked.copy.as_ref().expect("a copy").path().to_owned();
        drop(looked);
        assert!(!place.exists());
        drop(held);
        assert!(is_settled(&path));
    }

    /// Rights bind everybody but the administrator; `tests/command/review.rs` asks as another user.
    #[cfg(unix)]
    #[test]
    fn a_folder_that_may_only_be_read_is_enough() {
        use std::os::unix::fs::PermissionsExt as _;
        let dir = tempfile::tempdir().expect("a folder");
        drop(made(dir.path()));
        let allow = |mode| {
            std::fs::set_permissions(dir.path(), std::fs::Permissions::from_mode(mode)).expect("rights");
        };
        allow(0o555);
        let looked = FORM.look(&dir.path().join(FORM.name));
        allow(0o755);
        looked.expect("readable");
    }
}
