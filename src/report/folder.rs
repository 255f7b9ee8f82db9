//! Everything about one slide in one folder.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::atomic::write_whole;
use super::{CsvStyle, Marks, chosen_fields, detections_csv, fields_csv, marked_jpeg, marked_names};
use super::{record_json, text};
use crate::error::{Error, ErrorKind, Result};
use crate::intake::{Limits, Picture};
use crate::locale::Catalogue;
use crate::record::{FieldRecord, SlideRecord};
use crate::slide::SlideSource;

/// Name of the default folder, and the start of its name beside a single picture. Folders with this name are never
/// taken for films.
const NAME: &str = "hemozoin-result";
/// Sub-folder of the marked pictures.
const MARKED: &str = "marked";

/// Where a result is written, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResultFolder {
    /// The folder; it is made where it is missing.
    pub dir: PathBuf,
    /// Separators of the tables.
    pub csv: CsvStyle,
    /// Which fields get a marked picture.
    pub marks: Marks,
}

/// What was written.
#[derive(Debug)]
pub struct Written {
    /// Marked pictures.
    pub marked: usize,
    /// Pictures that could not be opened again to be marked, and why.
    pub not_marked: Vec<Error>,
}

impl ResultFolder {
    /// The folder for the result of `path` where no other is wanted: `hemozoin-result` inside a folder of pictures,
    /// `hemozoin-result-NAME` beside a single picture, so that it does not replace the result of its folder.
    pub fn default_dir(path: &Path) -> PathBuf {
        if path.is_dir() {
            return path.join(NAME);
        }
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        path.with_file_name(format!("{NAME}-{stem}"))
    }

    /// Makes the folder, so that a place that cannot be written is known before the work begins.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] naming the folder.
    pub fn prepare(&self) -> Result<()> {
        std::fs::create_dir_all(&self.dir).map_err(|e| Error::io(&self.dir, "make the folder", e))?;
        tempfile::Builder::new()
            .prefix(".hemozoin-")
            .tempfile_in(&self.dir)
            .map(drop)
            .map_err(|e| Error::io(&self.dir, "write into the folder", e))
    }

    /// Writes marked pictures, tables and text, and the record last: each file whole or not at all.
    ///
    /// Marked pictures that an earlier run left here and this one does not make again are removed.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] naming the file, a full disk among them. A picture that cannot be opened again does not stop
    /// the rest: see [`Written::not_marked`].
    pub fn write(
        &self,
        record: &SlideRecord,
        source: &SlideSource,
        limits: &Limits,
        catalogue: &Catalogue,
    ) -> Result<Written> {
        self.prepare()?;
        let stale = self.marked_before();
        let written = self.write_marked(record, source, limits, catalogue, &stale)?;
        let put = |name: &str, bytes: &[u8]| write_whole(&self.dir.join(name), |w| w.write_all(bytes));
        put("fields.csv", &fields_csv(record, self.csv)?)?;
        put("detections.csv", &detections_csv(record, self.csv)?)?;
        put("result.txt", text(record, catalogue).as_bytes())?;
        put("record.json", record_json(record)?.as_bytes())?;
        Ok(written)
    }

    /// Names of the marked pictures that the record lying here already may have.
    fn marked_before(&self) -> Vec<String> {
        let before = std::fs::read(self.dir.join("record.json")).ok();
        let record = before.and_then(|bytes| serde_json::from_slice::<SlideRecord>(&bytes).ok());
        record.map(|r| marked_names(&r)).unwrap_or_default()
    }

    fn write_marked(
        &self,
        record: &SlideRecord,
        source: &SlideSource,
        limits: &Limits,
        catalogue: &Catalogue,
        stale: &[String],
    ) -> Result<Written> {
        let dir = self.dir.join(MARKED);
        let names = marked_names(record);
        let chosen: Vec<(&FieldRecord, &String)> = chosen_fields(record, self.marks)
            .into_iter()
            .filter_map(|i| Some((record.fields.get(i)?, names.get(i)?)))
            .collect();
        let kept: HashSet<&String> = chosen.iter().map(|(_, name)| *name).collect();
        for name in stale.iter().filter(|name| !kept.contains(name)) {
            // Where it cannot be removed it is as good as it was; a reader sees its date.
            let _ = std::fs::remove_file(dir.join(name));
        }
        if chosen.is_empty() {
            return Ok(Written { marked: 0, not_marked: Vec::new() });
        }
        std::fs::create_dir_all(&dir).map_err(|e| Error::io(&dir, "make the folder", e))?;
        let outcomes: Vec<Result<Option<Error>>> = chosen
            .par_iter()
            .with_max_len(1)
            .map(|(field, name)| match draw(field, source, limits, catalogue) {
                Ok(bytes) => write_whole(&dir.join(name), |w| w.write_all(&bytes)).map(|()| None),
                Err(error) => Ok(Some(error)),
            })
            .collect();
        let mut not_marked = Vec::new();
        for outcome in outcomes {
            not_marked.extend(outcome?);
        }
        Ok(Written { marked: chosen.len() - not_marked.len(), not_marked })
    }
}

fn draw(
    field: &FieldRecord,
    source: &SlideSource,
    limits: &Limits,
    catalogue: &Catalogue,
) -> Result<Vec<u8>> {
    let file =
        source.files().iter().find(|f| f.film == field.film && f.name == field.image).ok_or_else(|| {
            Error::new(ErrorKind::Internal, format!("{} is not a picture of this slide", field.image))
        })?;
    let picture = Picture::open(&file.path, field.page, limits)?;
    if picture.sha256() != field.sha256 {
        return Err(Error::new(ErrorKind::Io, "the picture was changed while the slide was read; run again")
            .with_key("report-picture-changed")
            .with_path(&file.path));
    }
    marked_jpeg(&picture, field, catalogue).map_err(|e| e.with_path(&file.path))
}
