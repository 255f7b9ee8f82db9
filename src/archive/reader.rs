//! An output folder as it can be read: from a disk that takes no writing, beside a process that is at work.

use std::path::{Path, PathBuf};

use super::folder::{base_of, check};
use super::journal::{Begun, Journal};
use super::rows::SlideRow;
use crate::Result;
use crate::source::SlideSource;

/// An output folder that is looked into and not changed: it holds no lock, and writes nothing.
#[derive(Debug)]
pub struct ArchiveReader {
    base: PathBuf,
    journal: Journal,
}

impl ArchiveReader {
    /// Looks into the archive of a journal. `now` is what it would be continued with: settings that could make other
    /// records are refused, the folder of the slides or the manifest may lie elsewhere.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`](crate::ErrorKind::Usage) where nothing was begun, or with other settings or another
    /// manifest; [`ErrorKind::Unreadable`](crate::ErrorKind::Unreadable) for a damaged journal.
    pub fn open(journal: Journal, now: &Begun) -> Result<Self> {
        check(&journal, &journal.begun_before()?, now, true)?;
        Ok(Self { base: base_of(&journal, now)?, journal })
    }

    /// The output folder.
    pub fn folder(&self) -> &Path {
        self.journal.folder()
    }

    /// The journal.
    pub fn journal(&self) -> &Journal {
        &self.journal
    }

    /// A slide that has ended, by its number in the journal, and where its pictures lie; `None` for any other.
    ///
    /// # Errors
    /// [`ErrorKind::Io`](crate::ErrorKind::Io) where the journal refuses;
    /// [`ErrorKind::Unreadable`](crate::ErrorKind::Unreadable) for a damaged one.
    pub fn ended(&self, number: i64) -> Result<Option<(SlideRow, SlideSource)>> {
        let Some(row) = self.journal.row(number)? else { return Ok(None) };
        Ok(Some((row, self.journal.slide(number, &self.base)?.source)))
    }

    /// The folder that file names in the journal are relative to.
    pub(super) fn base(&self) -> &Path {
        &self.base
    }
}
