//! Files that are there whole or not at all: results, tables, records.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile};

use crate::error::{Error, ErrorKind, Result};

/// Names of unfinished files start so; `list_folder` passes them over, and an archive's next run clears them away.
const PREFIX: &str = ".hemozoin-";
const SUFFIX: &str = ".part";

/// A file under construction beside its final name. Dropped unfinished, it leaves nothing.
#[derive(Debug)]
pub struct AtomicFile {
    target: PathBuf,
    writer: BufWriter<NamedTempFile>,
}

impl AtomicFile {
    /// Begins the file that will be `target`.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] where the folder cannot be written.
    pub fn begin(target: impl Into<PathBuf>) -> Result<Self> {
        let target = target.into();
        let folder = folder_of(&target);
        let mut builder = Builder::new();
        builder.prefix(PREFIX).suffix(SUFFIX);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            // As any other new file: the umask takes away what it takes away.
            builder.permissions(std::fs::Permissions::from_mode(0o666));
        }
        let file = builder.tempfile_in(folder).map_err(|e| Error::io(&target, "write", e))?;
        Ok(Self { target, writer: BufWriter::with_capacity(1 << 16, file) })
    }

    /// Flushes, waits until the bytes are on the disk, and gives the file its name.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] where the system refuses; then the old file, if any, is untouched.
    pub fn finish(self) -> Result<()> {
        let Self { target, writer } = self;
        let io = |e| Error::io(&target, "write", e);
        let file = writer.into_inner().map_err(|e| io(e.into_error()))?;
        file.as_file().sync_all().map_err(io)?;
        file.persist(&target).map_err(|e| io(e.error))?;
        sync_folder(&target);
        Ok(())
    }

    /// The error for a failed write to this file.
    pub fn refused(&self, error: std::io::Error) -> Error {
        Error::io(&self.target, "write", error)
    }
}

impl Write for AtomicFile {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.writer.write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.writer.flush()
    }
}

/// Writes a whole file at once, atomically.
///
/// # Errors
/// [`ErrorKind::Io`] naming `target` where the system refuses, a full disk among the causes;
/// then the old file, if any, is untouched.
pub fn write_whole(target: &Path, bytes: &[u8]) -> Result<()> {
    let mut file = AtomicFile::begin(target)?;
    file.write_all(bytes).map_err(|e| file.refused(e))?;
    file.finish()
}

/// Makes a folder for files that will be written, with those around it.
///
/// # Errors
/// [`ErrorKind::Usage`] naming the file that stands in its place;
/// [`ErrorKind::Io`] where the system refuses.
pub fn make_folder(folder: &Path) -> Result<()> {
    let refused = match std::fs::create_dir_all(folder) {
        Ok(()) => return Ok(()),
        Err(refused) => refused,
    };
    match folder.ancestors().find(|place| place.is_file()) {
        Some(file) => Err(Error::new(
            ErrorKind::Usage,
            "a file stands here, where a folder for the results is to be made; choose another folder, or move the file",
        )
        .with_key("error-file-in-place-of-folder")
        .with_path(file)),
        None => Err(Error::io(folder, "make the folder", refused)),
    }
}

/// Removes what a killed process left half-written in `folder`. The caller holds the lock.
#[cfg(feature = "archive")]
pub(crate) fn clear_unfinished(folder: &Path) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with(PREFIX) && name.ends_with(SUFFIX) {
            // A file that stays is only untidy: its name is never used again.
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

fn folder_of(target: &Path) -> &Path {
    target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Makes a rename survive a power cut, where folders can be synchronised.
fn sync_folder(target: &Path) {
    if cfg!(unix)
        && let Ok(folder) = File::open(folder_of(target))
    {
        // Some network shares refuse; the file itself is on the disk already.
        let _ = folder.sync_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_or_not_at_all() {
        let dir = tempfile::tempdir().expect("a folder");
        let target = dir.path().join("slides.csv");
        write_whole(&target, b"first").expect("written");
        let mut second = AtomicFile::begin(&target).expect("begun");
        second.write_all(b"second, unfinished").expect("buffered");
        drop(second);
        assert_eq!(std::fs::read(&target).expect("read"), b"first");
        assert_eq!(std::fs::read_dir(dir.path()).expect("listed").count(), 1);
    }

    #[test]
    fn a_file_appears_whole_and_replaces_the_old_one() {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("a.txt");
        for text in ["first", "second"] {
            let mut file = AtomicFile::begin(&path).expect("begun");
            file.write_all(text.as_bytes()).expect("buffered");
            assert!(!path.exists() || std::fs::read(&path).expect("there") != text.as_bytes());
            file.finish().expect("written");
            assert_eq!(std::fs::read_to_string(&path).expect("there"), text);
        }
    }

    #[test]
    fn a_file_in_the_place_of_a_folder_is_named() {
        let dir = tempfile::tempdir().expect("a folder");
        let file = dir.path().join("results");
        std::fs::write(&file, b"x").expect("written");
        for folder in [file.clone(), file.join("below")] {
            let refused = make_folder(&folder).expect_err("a file");
            assert_eq!(refused.key(), Some("error-file-in-place-of-folder"));
            assert_eq!(refused.path(), Some(file.as_path()));
        }
        make_folder(&dir.path().join("a/b")).expect("made");
    }

    #[test]
    fn a_full_disk_leaves_the_old_file_and_nothing_else() {
        let dir = tempfile::tempdir().expect("a folder");
        let target = dir.path().join("record.json");
        write_whole(&target, b"old").expect("written");
        let mut file = AtomicFile::begin(&target).expect("begun");
        file.write_all(&[b'x'; 100_000]).expect("the disk still has room");
        let error = file.refused(std::io::ErrorKind::StorageFull.into());
        drop(file);
        assert_eq!(error.key(), Some("error-disk-full"));
        assert_eq!(error.path(), Some(target.as_path()));
        assert_eq!(std::fs::read(&target).expect("still there"), b"old");
        assert_eq!(std::fs::read_dir(dir.path()).expect("listed").count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn a_file_is_as_open_as_others() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().expect("a folder");
        let (ours, plain) = (dir.path().join("ours"), dir.path().join("plain"));
        write_whole(&ours, b"x").expect("written");
        std::fs::write(&plain, b"x").expect("written");
        let mode = |p: &Path| std::fs::metadata(p).expect("there").permissions().mode();
        assert_eq!(mode(&ours), mode(&plain));
    }

    #[cfg(feature = "archive")]
    #[test]
    fn leftovers_are_cleared_and_nothing_else() {
        let dir = tempfile::tempdir().expect("a folder");
        for name in [".hemozoin-x1.part", ".hemozoin-note", "a.part"] {
            std::fs::write(dir.path().join(name), b"x").expect("written");
        }
        clear_unfinished(dir.path());
        assert_eq!(std::fs::read_dir(dir.path()).expect("listed").count(), 2);
    }
}
