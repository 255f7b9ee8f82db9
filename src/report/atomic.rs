//! Files that are there whole or not at all.

use std::io::{self, BufWriter, Write};
use std::path::Path;

use crate::error::{Error, Result};

/// Writes a file under a temporary name in the same folder and gives it its own name once all bytes are on the disk.
/// On any failure the temporary file is removed and what stood under `path` before stays.
///
/// # Errors
/// [`ErrorKind::Io`](crate::ErrorKind::Io) naming `path`, a full disk among them.
pub fn write_whole(path: &Path, content: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<()> {
    attempt(path, content).map_err(|e| Error::io(path, "write", e))
}

fn attempt(path: &Path, content: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".hemozoin-");
    // A temporary file is private by default; a result is as open as the user's other files.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(folder)?;
    let mut writer = BufWriter::new(file.as_file_mut());
    content(&mut writer)?;
    writer.flush()?;
    drop(writer);
    file.as_file().sync_all()?;
    file.persist(path).map_err(|e| e.error)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(dir: &Path) -> Vec<String> {
        let entries = std::fs::read_dir(dir).expect("a folder");
        entries.map(|e| e.expect("an entry").file_name().to_string_lossy().into_owned()).collect()
    }

    #[test]
    fn a_full_disk_leaves_the_old_file_and_nothing_else() {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("record.json");
        write_whole(&path, |w| w.write_all(b"old")).expect("written");
        let error = write_whole(&path, |w| {
            w.write_all(&[b'x'; 100_000])?;
            Err(io::ErrorKind::StorageFull.into())
        })
        .expect_err("the disk is full");
        assert_eq!(error.key(), Some("error-disk-full"));
        assert_eq!(error.path(), Some(path.as_path()));
        assert_eq!(std::fs::read(&path).expect("still there"), b"old");
        assert_eq!(names(dir.path()), ["record.json"]);
    }

    #[test]
    fn a_file_appears_whole_and_replaces_the_old_one() {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("a.txt");
        for text in ["first", "second"] {
            write_whole(&path, |w| {
                w.write_all(text.as_bytes())?;
                assert!(!path.exists() || std::fs::read(&path)? != text.as_bytes());
                Ok(())
            })
            .expect("written");
            assert_eq!(std::fs::read_to_string(&path).expect("there"), text);
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_result_is_as_open_as_other_files() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().expect("a folder");
        let (ours, plain) = (dir.path().join("ours"), dir.path().join("plain"));
        write_whole(&ours, |w| w.write_all(b"x")).expect("written");
        std::fs::write(&plain, b"x").expect("written");
        let mode = |p: &Path| std::fs::metadata(p).expect("there").permissions().mode();
        assert_eq!(mode(&ours), mode(&plain));
    }
}
