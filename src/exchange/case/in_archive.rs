//! Cases of slides of an archive: where such a slide lies, and who speaks for it once an answer is there.

use std::path::{Path, PathBuf};

use super::answer::Answer;
use crate::archive::{ArchiveReader, Journal, SlideReading};
use crate::review::{Signed, Store, signed_last};
use crate::source::SlideSource;
use crate::{Error, ErrorKind, Result};

/// The record and the pictures of a slide of an archive, by its number or name.
///
/// # Errors
/// [`ErrorKind::Usage`] where there is no such slide, or none that has a result; what the journal refuses.
pub fn slide_of_archive(folder: &Path, slide: &str) -> Result<(PathBuf, SlideSource)> {
    let journal = Journal::read(folder)?;
    let begun = journal.begun_before()?;
    let mut number = None;
    journal.slides(|state| {
        if state.id == slide {
            number = Some(state.number);
        }
        Ok(())
    })?;
    let archive = ArchiveReader::open(journal, &begun)?;
    let found = number.map(|number| archive.ended(number)).transpose()?.flatten();
    found
        .and_then(|(row, source)| Some((record_at(folder, &row.record?), source)))
        .ok_or_else(|| no_slide(folder, slide))
}

impl Answer {
    /// The record of the slide of an archive that this answer is about: the very record that the expert read, else that of
    /// the slide of the same name.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] where the archive has no such slide; what the journal refuses.
    pub fn record_in(&self, folder: &Path) -> Result<PathBuf> {
        let (mut very, mut named) = (None, None);
        Journal::read(folder)?.each_row(|row| {
            if row.record_sha256.as_deref().is_some_and(|sha256| self.is_of(sha256)) {
                very = row.record;
            } else if row.id == self.slide() {
                named = row.record;
            }
            Ok(())
        })?;
        let record = very.or(named).ok_or_else(|| no_slide(folder, self.slide()))?;
        Ok(record_at(folder, &record))
    }
}

/// Tells an archive who has signed a slide last: that reading speaks for it in tables and pages.
///
/// # Errors
/// What the journal and the decisions refuse.
pub fn tell_archive(folder: &Path, slide: &str, store: &Store) -> Result<()> {
    let readings = store.readings(slide)?;
    let Some((reading, signature)) = signed_last(&readings) else {
        return Ok(());
    };
    let told = Journal::read(folder)?.reading(slide)?;
    let last = SlideReading {
        result: Signed::of(signature)?.result.result,
        reader: reading.reader.clone(),
        signed_at: signature.at.clone(),
    };
    // What the archive was told later than that speaks for the slide already.
    if told.is_some_and(|told| told == last || told.signed_at > last.signed_at) {
        return Ok(());
    }
    Journal::put_reading(folder, slide, &last)
}

fn record_at(folder: &Path, record: &str) -> PathBuf {
    folder.join("records").join(record)
}

fn no_slide(folder: &Path, slide: &str) -> Error {
    Error::new(ErrorKind::Usage, format!("this archive has no result of slide {slide}"))
        .with_key("error-case-no-slide")
        .with_arg("slide", slide)
        .with_path(folder)
}
