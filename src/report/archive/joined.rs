//! What was drawn for the slides of one part of an archive, taken over by the whole.

use std::path::Path;

use super::shown::Places;
use crate::archive::Journal;
use crate::files::{make_folder, write_whole};
use crate::{Error, Result};

/// Copies what was drawn for the slides of the archive in `part` into the output folder `out`, so that no picture need be
/// opened to write their pages. What is not there stays away, as on the page of the part.
///
/// # Errors
/// [`ErrorKind::Io`](crate::ErrorKind::Io) where the system refuses; what reading the journal refuses.
pub fn take_drawn(part: &Path, out: &Path) -> Result<()> {
    Journal::read(part)?.each_row(|row| {
        let Some(record) = &row.record else { return Ok(()) };
        let (from, to) = (Places::of(part, record), Places::of(out, record));
        let Ok(entries) = std::fs::read_dir(&from.pictures) else { return Ok(()) };
        make_folder(&to.pictures)?;
        for entry in entries {
            let file = entry.map_err(|e| Error::io(&from.pictures, "read the folder", e))?.path();
            let name = file.file_name().unwrap_or_default();
            let bytes = std::fs::read(&file).map_err(|e| Error::io(&file, "read", e))?;
            write_whole(&to.pictures.join(name), &bytes)?;
        }
        Ok(())
    })
}
