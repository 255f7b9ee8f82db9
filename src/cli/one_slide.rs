//! The one slide that a command is given, and where everything about it lies.

use std::path::{Path, PathBuf};

use hemozoin::record::SlideRecord;
use hemozoin::report::ResultFolder;
use hemozoin::{Error, ErrorKind};

/// The record that a path means: itself, the one in a result's folder, or the one beside a slide's pictures.
pub(crate) fn record_of(path: &Path) -> Result<PathBuf, Error> {
    let places = [path.to_path_buf(), ResultFolder::meant_by(path).join(ResultFolder::RECORD)];
    places.into_iter().find(|place| place.is_file()).map_or_else(
        || {
            Err(Error::new(ErrorKind::Usage, "no record.json here; read the slide first: hemozoin analyze")
                .with_key("error-report-no-record")
                .with_path(path))
        },
        // A picture stands for its own result.
        |place| match place.extension().is_some_and(|e| e == "json") {
            true => Ok(place),
            false => Ok(ResultFolder::default_dir(&place).join(ResultFolder::RECORD)),
        },
    )
}

/// Where the pictures of a result lie, when it lies where `analyze` puts it by itself.
pub(crate) fn pictures_of(folder: &Path, record: &SlideRecord) -> Option<PathBuf> {
    let folder = std::path::absolute(folder).ok()?;
    let around = folder.parent()?;
    if folder == ResultFolder::default_dir(around) {
        return Some(around.to_path_buf());
    }
    let picture = around.join(&record.fields.first()?.image);
    (folder == ResultFolder::default_dir(&picture)).then_some(picture)
}
