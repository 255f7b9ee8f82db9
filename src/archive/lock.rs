//! One process per output folder.
//!
//! The lock is the operating system's, so it ends with the process that holds it, however that process ends: a
//! stale lock does not exist. The file also names its holder for the one who is refused.

use std::fs::{File, TryLockError};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::time::Duration;

use crate::{Error, ErrorKind, Result};

const NAME: &str = "archive.lock";

/// How often a lock that is held is tried again, and after which time.
const TRIES: u32 = 5;
const MOMENT: Duration = Duration::from_millis(20);

/// Held as long as it lives.
#[derive(Debug)]
pub(super) struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock of an output folder.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] where another process holds it, naming that process; [`ErrorKind::Io`] where the
    /// folder cannot be written.
    pub(super) fn take(folder: &Path) -> Result<Self> {
        let path = folder.join(NAME);
        let io = |e| Error::io(&path, "write", e);
        let mut file =
            File::options().read(true).write(true).create(true).truncate(false).open(&path).map_err(io)?;
        let mut tries = 0;
        loop {
            match file.try_lock() {
                Ok(()) => break,
                // Whoever only asks whether it is held holds it for a moment.
                Err(TryLockError::WouldBlock) if tries < TRIES => std::thread::sleep(MOMENT),
                Err(TryLockError::WouldBlock) => return Err(busy(folder, &mut file)),
                Err(TryLockError::Error(e)) => return Err(io(e)),
            }
            tries += 1;
        }
        file.set_len(0).map_err(io)?;
        file.seek(SeekFrom::Start(0)).map_err(io)?;
        writeln!(file, "{}", std::process::id()).map_err(io)?;
        Ok(Self { _file: file })
    }
}

/// Does `work` while no other process is at work on an output folder; `None` where one is.
///
/// # Errors
/// [`ErrorKind::Io`] where the folder cannot be written; whatever `work` refuses.
pub fn while_free<T>(folder: &Path, work: impl FnOnce() -> Result<T>) -> Result<Option<T>> {
    match Lock::take(folder) {
        Ok(_held) => work().map(Some),
        Err(refused) if refused.key() == Some("error-archive-busy") => Ok(None),
        Err(refused) => Err(refused),
    }
}

/// Number of the process that is at work on an output folder, empty where it cannot be told; `None` where none is, and
/// where the system does not say.
pub fn at_work(folder: &Path) -> Option<String> {
    let mut file = File::open(folder.join(NAME)).ok()?;
    match file.try_lock_shared() {
        Err(TryLockError::WouldBlock) => Some(holder(&mut file)),
        _ => None,
    }
}

fn holder(file: &mut File) -> String {
    let mut holder = String::new();
    // Who it is helps, but is not needed.
    let _ = file.take(32).read_to_string(&mut holder);
    holder.trim().to_owned()
}

fn busy(folder: &Path, file: &mut File) -> Error {
    let holder = holder(file);
    Error::new(
        ErrorKind::Usage,
        format!("process {holder} is working on this output; wait for it, or choose another --out"),
    )
    .with_key("error-archive-busy")
    .with_arg("process", holder)
    .with_path(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_is_refused_until_the_first_is_gone() {
        let dir = tempfile::tempdir().expect("a folder");
        let first = Lock::take(dir.path()).expect("free");
        let refused = Lock::take(dir.path()).expect_err("held").to_string();
        let ours = std::process::id().to_string();
        assert!(refused.contains(&ours), "{refused}");
        assert_eq!(at_work(dir.path()), Some(ours));
        assert_eq!(while_free(dir.path(), || Ok(())).expect("asked"), None);
        drop(first);
        assert_eq!(at_work(dir.path()), None);
        assert_eq!(while_free(dir.path(), || Ok(1)).expect("asked"), Some(1));
        // What a dead process leaves is the file without its lock.
        Lock::take(dir.path()).expect("free again");
    }
}
