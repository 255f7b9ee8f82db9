//! One open file for all its pages: every reader keeps its own place, and remembers what the system refused.
//!
//! Decoders wrap a refusal of the system in errors of their own, or pass over it where a tag may be missing.
//! So it is kept here: a picture of which a part could not be read is never taken for damaged or for whole.

use std::io::{Error as IoError, ErrorKind as IoKind, Read, Result as IoResult, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use crate::{Error, Result};

/// What a file is read through.
pub(super) trait Bytes: Read + Seek + Send {}

impl<T: Read + Seek + Send> Bytes for T {}

/// An open file. Its length is the one it had when it was opened: what is added later is not seen.
#[derive(Clone)]
pub(super) struct SharedFile {
    bytes: Arc<Mutex<dyn Bytes>>,
    length: u64,
    path: Arc<Path>,
}

impl SharedFile {
    /// `length` bytes of `bytes`; `path` is named in errors.
    pub(super) fn new(bytes: impl Bytes + 'static, length: u64, path: &Path) -> Self {
        Self { bytes: Arc::new(Mutex::new(bytes)), length, path: path.into() }
    }

    /// Where it lies.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// A reader at the start of the file, and what the system will have refused it.
    pub(super) fn reader(&self) -> (FileReader, Refusal) {
        self.reader_behind(Vec::new())
    }

    /// The same, where some bytes are to be read as others.
    pub(super) fn reader_behind(&self, patches: Vec<Patch>) -> (FileReader, Refusal) {
        let refusal = Refusal { first: Arc::default(), path: self.path.to_path_buf() };
        (FileReader { file: self.clone(), patches, at: 0, refusal: refusal.clone() }, refusal)
    }
}

/// Bytes of a file that are read as others.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Patch {
    /// Where the first of them lies.
    pub(super) at: u64,
    pub(super) bytes: Vec<u8>,
}

impl Patch {
    /// Lays over `read`, which begins at `start`, what is to be read there.
    fn lay_over(&self, read: &mut [u8], start: u64) {
        let (skip, from) = match self.at.checked_sub(start) {
            Some(skip) => (skip, 0),
            None => (0, start - self.at),
        };
        let (Ok(skip), Ok(from)) = (usize::try_from(skip), usize::try_from(from)) else { return };
        let instead = self.bytes.get(from..).unwrap_or_default();
        read.iter_mut().skip(skip).zip(instead).for_each(|(byte, other)| *byte = *other);
    }
}

/// Reads a [`SharedFile`] from a place of its own.
pub(super) struct FileReader {
    file: SharedFile,
    patches: Vec<Patch>,
    at: u64,
    refusal: Refusal,
}

impl Read for FileReader {
    fn read(&mut self, buffer: &mut [u8]) -> IoResult<usize> {
        let rest = usize::try_from(self.file.length.saturating_sub(self.at)).unwrap_or(usize::MAX);
        let most = rest.min(buffer.len());
        let Some(wanted) = buffer.get_mut(..most).filter(|w| !w.is_empty()) else { return Ok(0) };
        let mut bytes = self.file.bytes.lock().unwrap_or_else(PoisonError::into_inner);
        let read = bytes.seek(SeekFrom::Start(self.at)).and_then(|_| bytes.read(wanted));
        match &read {
            Ok(n) => {
                let read = wanted.get_mut(..*n).unwrap_or_default();
                self.patches.iter().for_each(|patch| patch.lay_over(read, self.at));
                self.at = self.at.saturating_add(*n as u64);
            }
            Err(error) => self.refusal.keep(error),
        }
        read
    }
}

impl Seek for FileReader {
    /// Never asks the system: a place that the file does not have is a fault of the file, not of the disk.
    fn seek(&mut self, to: SeekFrom) -> IoResult<u64> {
        let place = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
            SeekFrom::End(by) => self.file.length.checked_add_signed(by),
        };
        self.at = place.ok_or_else(|| IoError::new(IoKind::InvalidInput, "a place before the file"))?;
        Ok(self.at)
    }
}

/// What the system refused first.
#[derive(Clone)]
pub(super) struct Refusal {
    first: Arc<Mutex<Option<IoError>>>,
    path: PathBuf,
}

impl Refusal {
    fn keep(&self, error: &IoError) {
        // Readers try again by themselves.
        if error.kind() == IoKind::Interrupted {
            return;
        }
        let copy = match error.raw_os_error() {
            Some(code) => IoError::from_raw_os_error(code),
            None => IoError::new(error.kind(), error.to_string()),
        };
        self.first.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(copy);
    }

    /// The refusal, where there was one since the last time; else `result`.
    ///
    /// # Errors
    /// [`ErrorKind::Io`](crate::ErrorKind::Io) for a refusal; else those of `result`.
    pub(super) fn or<T>(&self, result: Result<T>) -> Result<T> {
        match self.first.lock().unwrap_or_else(PoisonError::into_inner).take() {
            Some(refused) => Err(Error::io(&self.path, "read the picture", refused)),
            None => result,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    #[test]
    fn bytes_are_read_as_others_wherever_a_read_begins() {
        let file = SharedFile::new(Cursor::new(vec![0_u8; 12]), 12, Path::new("of.tif"));
        let whole = [1, 2, 0, 0, 0, 3, 4, 5, 0, 0, 0, 0];
        for start in 0..12 {
            for length in 1..=12 - start {
                let patches = vec![Patch { at: 0, bytes: vec![1, 2] }, Patch { at: 5, bytes: vec![3, 4, 5] }];
                let (mut reader, _) = file.reader_behind(patches);
                let mut read = vec![9; length];
                reader.seek(SeekFrom::Start(start as u64)).expect("inside");
                reader.read_exact(&mut read).expect("inside");
                assert_eq!(read, whole[start..start + length], "{length} from {start}");
            }
        }
    }
}
