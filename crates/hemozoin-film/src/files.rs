//! Files that are there whole or not at all: results, tables, records; and files that come from outside.

use std::fs::{File, OpenOptions};
use std::io::{BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile};

use crate::{Error, ErrorKind, Result, system};

/// Names of unfinished files start so; `list_folder` passes them over, and an archive's next run clears them away.
const PREFIX: &str = ".hemozoin-";
const SUFFIX: &str = ".part";

/// Most bytes of a record that is read again: one of a thousand crowded fields has a tenth of them.
pub const MAX_RECORD_BYTES: u64 = 512 << 20;

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
        system::as_open_as_others(&mut builder);
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

/// Writes a new file that this user alone can read, where the system knows users.
///
/// # Errors
/// [`ErrorKind::Usage`] where something lies there already; [`ErrorKind::Io`] where the system refuses.
pub fn write_new_private(target: &Path, bytes: &[u8]) -> Result<()> {
    create(system::for_the_owner_alone(&mut File::options()), target, bytes)
}

/// Writes a new file: one that another program has put there meanwhile is not written over.
///
/// # Errors
/// As [`write_new_private`].
pub fn write_new(target: &Path, bytes: &[u8]) -> Result<()> {
    create(&mut File::options(), target, bytes)
}

fn create(options: &mut OpenOptions, target: &Path, bytes: &[u8]) -> Result<()> {
    let mut file = options.write(true).create_new(true).open(target).map_err(|e| match e.kind() {
        std::io::ErrorKind::AlreadyExists => Error::new(
            ErrorKind::Usage,
            "a file lies here already, which is not written over; choose another name",
        )
        .with_key("error-file-exists")
        .with_path(target),
        _ => Error::io(target, "write", e),
    })?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(|e| {
        // Half of it would stand in the way of the next try.
        let _ = std::fs::remove_file(target);
        Error::io(target, "write", e)
    })
}

/// Opens a file that comes from outside: a plain one, or a link to one, of at most `most` bytes.
///
/// That is asked before it is opened: a pipe waits for whoever writes into it, a device never ends.
///
/// # Errors
/// [`ErrorKind::Io`] where the system refuses; [`ErrorKind::Usage`] where it is a folder, a pipe or a device;
/// [`ErrorKind::Limit`] where it is larger. All name the path.
pub fn open_plain(path: &Path, most: u64) -> Result<File> {
    let io = |e| Error::io(path, "read", e);
    let found = std::fs::metadata(path).map_err(io)?;
    if !found.is_file() {
        return Err(Error::new(
            ErrorKind::Usage,
            "not a plain file (a folder, a pipe or a device); give a file, or a link to one",
        )
        .with_key("error-not-a-plain-file")
        .with_path(path));
    }
    check_bytes(path, found.len(), most)?;
    File::open(path).map_err(io)
}

/// The bytes of such a file.
///
/// # Errors
/// As [`open_plain`]; also [`ErrorKind::Limit`] for a file that grows beyond `most` while it is read.
pub fn read_plain(path: &Path, most: u64) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let file = open_plain(path, most)?;
    file.take(most.saturating_add(1)).read_to_end(&mut bytes).map_err(|e| Error::io(path, "read", e))?;
    check_bytes(path, u64::try_from(bytes.len()).unwrap_or(u64::MAX), most)?;
    Ok(bytes)
}

/// The text of such a file: UTF-8, or UTF-16 that says so by its byte-order mark, as Windows programs write it; without
/// the mark.
///
/// # Errors
/// As [`read_plain`]; [`ErrorKind::Usage`] with the line where it is no such text.
pub fn read_text(path: &Path, most: u64) -> Result<String> {
    text_of(read_plain(path, most)?).map_err(|e| e.with_path(path))
}

/// The text of `bytes`, as [`read_text`] reads it.
///
/// # Errors
/// [`ErrorKind::Usage`] with the line where it is no such text.
pub fn text_of(bytes: Vec<u8>) -> Result<String> {
    let utf16 = |order: fn([u8; 2]) -> u16| {
        let units = bytes.as_chunks::<2>().0.iter().skip(1).map(|unit| order(*unit));
        char::decode_utf16(units).collect::<std::result::Result<String, _>>().map_err(|_| no_text(1))
    };
    match bytes.as_slice() {
        [0xff, 0xfe, ..] => utf16(u16::from_le_bytes),
        [0xfe, 0xff, ..] => utf16(u16::from_be_bytes),
        _ => match String::from_utf8(bytes) {
            Ok(text) => Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text)),
            Err(e) => {
                let sound = e.as_bytes().get(..e.utf8_error().valid_up_to()).unwrap_or_default();
                Err(no_text(memchr::memchr_iter(b'\n', sound).count() + 1))
            }
        },
    }
}

fn no_text(line: usize) -> Error {
    Error::new(
        ErrorKind::Usage,
        format!(
            "line {line} is not UTF-8 text; open the file in the program that wrote it and save it as UTF-8"
        ),
    )
    .with_key("error-text-encoding")
    .with_arg("line", line)
}

fn check_bytes(path: &Path, bytes: u64, most: u64) -> Result<()> {
    if bytes <= most {
        return Ok(());
    }
    Err(Error::new(
        ErrorKind::Limit,
        format!("{bytes} bytes, more than the {most} that are taken; is it the right file?"),
    )
    .with_key("error-text-size")
    .with_arg("bytes", bytes)
    .with_arg("limit", most)
    .with_path(path))
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
pub fn clear_unfinished(folder: &Path) {
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
pub fn sync_folder(target: &Path) {
    if system::SYNCS_FOLDERS
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
    fn text_as_windows_programs_save_it_is_read_without_its_mark() {
        let wanted = "film = \"thick\" # goutte \u{e9}paisse\n";
        let utf16 = |order: fn(u16) -> [u8; 2]| {
            "\u{feff}".encode_utf16().chain(wanted.encode_utf16()).flat_map(order)
        };
        for bytes in [
            wanted.as_bytes().to_vec(),
            [b"\xef\xbb\xbf", wanted.as_bytes()].concat(),
            utf16(u16::to_le_bytes).collect(),
            utf16(u16::to_be_bytes).collect(),
        ] {
            assert_eq!(text_of(bytes).expect("text"), wanted);
        }
        for (bytes, line) in [(&b"a\nb\n\xe9"[..], "3"), (b"\xff\xfe\x00\xd8", "1")] {
            let refused = text_of(bytes.to_vec()).expect_err("no text");
            assert_eq!(refused.key(), Some("error-text-encoding"));
            assert_eq!(refused.args(), [("line", line.to_owned())]);
        }
    }

    #[cfg(unix)]
    #[test]
    fn only_plain_files_and_links_to_them_are_read() {
        let dir = tempfile::tempdir().expect("a folder");
        let (file, link) = (dir.path().join("a.txt"), dir.path().join("b.txt"));
        std::fs::write(&file, "text").expect("written");
        std::os::unix::fs::symlink(&file, &link).expect("linked");
        assert_eq!(read_text(&link, 4).expect("read"), "text");
        let refused = read_text(&link, 3).expect_err("too long");
        assert_eq!((refused.key(), refused.path()), (Some("error-text-size"), Some(&*link)));
        for (no_file, key) in [
            (PathBuf::from("/dev/zero"), "error-not-a-plain-file"),
            (dir.path().to_path_buf(), "error-not-a-plain-file"),
            (dir.path().join("gone"), "error-not-found"),
        ] {
            assert_eq!(
                read_text(&no_file, 99).expect_err("no file").key(),
                Some(key),
                "{}",
                no_file.display()
            );
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
