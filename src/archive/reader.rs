//! An output folder as it can be read: from a disk that takes no writing, beside a process that is at work.

use std::path::{Path, PathBuf};

use super::folder::{base_of, check};
use super::journal::{Begun, Journal, nothing_begun};
use crate::error::Result;

/// An output folder that is looked into and not changed: it holds no lock, and writes nothing.
#[derive(Debug)]
pub struct ArchiveReader {
    folder: PathBuf,
    base: PathBuf,
    journal: Journal,
}

impl ArchiveReader {
    /// Looks into the archive of an output folder. `now` is what it would be continued with: settings that could make
    /// other records are refused, the folder of the slides or the manifest may lie elsewhere.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`](crate::ErrorKind::Usage) where no archive was begun, or with other settings or another
    /// manifest; else those of [`Journal::read`].
    pub fn open(folder: &Path, now: &Begun) -> Result<Self> {
        let journal = Journal::read(folder)?;
        let earlier = journal.begun()?.ok_or_else(|| nothing_begun(folder))?;
        let manifest = journal.manifest_begun()?;
        check(folder, &earlier, now, true)?;
        now.check_manifest(manifest.as_deref())?;
        let base = base_of(now, manifest.is_some());
        Ok(Self { folder: folder.to_path_buf(), base, journal })
    }

    /// The output folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The journal.
    pub fn journal(&self) -> &Journal {
        &self.journal
    }

    /// The folder that file names in the journal are relative to.
    pub(super) fn base(&self) -> &Path {
        &self.base
    }
}
