//! An output folder: its lock, its journal, and the promise that it is continued as it was begun.

use std::path::{Path, PathBuf};

use super::files::clear_unfinished;
use super::journal::{Begun, Journal, file_facts};
use super::lock::Lock;
use super::plan::ArchivePlan;
use super::stamp::Stamp;
use crate::error::{Error, ErrorKind, Result};
use crate::intake::Limits;

/// Folder of the records inside the output.
pub(super) const RECORDS: &str = "records";

/// Whether an archive is new.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opening {
    /// Nothing was there.
    New,
    /// An earlier process began it.
    Continued,
}

/// An output folder, held by this process alone.
#[derive(Debug)]
pub struct Archive {
    folder: PathBuf,
    base: PathBuf,
    begun: Begun,
    pub(super) journal: Journal,
    _lock: Lock,
}

impl Archive {
    /// Takes hold of an output folder and begins an archive in it, or continues the one that is there.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] where another process holds it, or where it was begun with anything that could make
    /// other records; [`ErrorKind::Io`] where the system refuses.
    pub fn open(folder: &Path, begun: Begun) -> Result<(Self, Opening)> {
        std::fs::create_dir_all(folder.join(RECORDS))
            .map_err(|e| Error::io(folder, "create the folder", e))?;
        let lock = Lock::take(folder)?;
        clear_unfinished(folder);
        clear_unfinished(&folder.join(RECORDS));
        let mut journal = Journal::open(folder)?;
        let opening = match journal.begun()? {
            Some(earlier) => {
                check(folder, &earlier, &begun)?;
                Opening::Continued
            }
            None => {
                journal.begin(&begun)?;
                Opening::New
            }
        };
        let base = if begun.root.is_file() {
            begun.root.parent().unwrap_or(Path::new("")).to_path_buf()
        } else {
            begun.root.clone()
        };
        Ok((Self { folder: folder.to_path_buf(), base, begun, journal, _lock: lock }, opening))
    }

    /// Finds the slides, unless an earlier process has.
    ///
    /// # Errors
    /// What [`ArchivePlan::each`] refuses.
    pub fn plan(&mut self, limits: &Limits) -> Result<()> {
        if self.journal.is_planned()? {
            return Ok(());
        }
        let (root, settings) = (&self.begun.root, &self.begun.stamp.settings);
        let base = self.base.clone();
        self.journal.plan(&base, |take| ArchivePlan::new(root, settings, limits).each(take))?;
        Ok(())
    }

    /// Files examined by an earlier process whose bytes are others now, as (slide id, file).
    ///
    /// Size and time of change are compared first; where they differ, the bytes decide. With `redo` their slides
    /// are read again; else what was read stays.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] where the journal refuses.
    pub fn changed_files(&mut self, redo: bool) -> Result<Vec<(String, PathBuf)>> {
        let mut changed = Vec::new();
        let mut at = (i64::MIN, 0);
        while let Some(entry) = self.journal.next_done(at.0, at.1, &self.base)? {
            at = (entry.slide, entry.number);
            let now = file_facts(&entry.path);
            // A file that is gone was read while it was there.
            let (Some(_), true) = (now.0, now != (entry.bytes, entry.modified_ns)) else { continue };
            let Some(known) = &entry.sha256 else { continue };
            if crate::intake::digest_of_file(&entry.path).is_ok_and(|digest| digest == *known) {
                continue;
            }
            let stored = self.journal.slide(entry.slide, &self.base)?;
            changed.push((stored.source.info().id.clone(), entry.path));
            if redo {
                self.journal.forget_slide(entry.slide, &self.base)?;
            }
        }
        Ok(changed)
    }

    /// Gives slides with a file that the system refused another try, as a whole, for a slide's scale comes from all
    /// of its pictures; returns how many there are.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] where the journal refuses.
    pub fn retry_refused(&mut self) -> Result<usize> {
        let slides = self.journal.refused_slides()?;
        for slide in &slides {
            self.journal.forget_slide(*slide, &self.base)?;
        }
        Ok(slides.len())
    }

    /// The output folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The journal, for reading.
    pub fn journal(&self) -> &Journal {
        &self.journal
    }

    /// What it was begun with.
    pub fn begun(&self) -> &Begun {
        &self.begun
    }

    /// The folder that file names in the journal are relative to.
    pub(super) fn base(&self) -> &Path {
        &self.base
    }
}

/// Refuses to continue with anything that could make other records or tables.
fn check(folder: &Path, earlier: &Begun, now: &Begun) -> Result<()> {
    let mut differences = Stamp::differences(&earlier.stamp, &now.stamp);
    if earlier.french_tables != now.french_tables {
        let locale = |french: bool| if french { "fr" } else { "en" }.to_owned();
        differences.push(("csv-locale", locale(earlier.french_tables), locale(now.french_tables)));
    }
    let Some((what, begun, asked)) = differences.into_iter().next() else { return Ok(()) };
    Err(Error::new(
        ErrorKind::Usage,
        format!(
            "this archive was begun with {what} = {begun}, now it is {asked}; go on with: hemozoin archive resume \
             DIR, or choose another --out"
        ),
    )
    .with_key("error-archive-other-settings")
    .with_arg("what", what)
    .with_arg("begun", begun)
    .with_arg("asked", asked)
    .with_path(folder))
}
