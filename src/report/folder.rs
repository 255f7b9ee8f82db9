//! Everything about one slide in one folder.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::{CsvStyle, Marks, chosen_fields, detections_csv, fields_csv, marked_jpeg, marked_names};
use super::{record_json, text};
use crate::error::{Error, ErrorKind, Result};
use crate::files::{make_folder, write_whole};
use crate::intake::{Limits, Picture};
use crate::locale::Catalogue;
use crate::record::{FieldRecord, SlideRecord};
use crate::source::SlideSource;

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
    /// Pictures that could not be marked, and why: the picture could not be opened again, or the marked one could
    /// not be written.
    pub not_marked: Vec<Error>,
    /// Tables and texts that could not be written, and why.
    pub not_written: Vec<Error>,
}

impl Written {
    /// True where every file was written.
    pub fn is_whole(&self) -> bool {
        self.not_marked.is_empty() && self.not_written.is_empty()
    }
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
    /// [`ErrorKind::Io`] naming the folder; [`ErrorKind::Usage`] where a file stands in its place.
    pub fn prepare(&self) -> Result<()> {
        make_folder(&self.dir)?;
        tempfile::Builder::new()
            .prefix(".hemozoin-")
            .tempfile_in(&self.dir)
            .map(drop)
            .map_err(|e| Error::io(&self.dir, "write into the folder", e))
    }

    /// Writes the record, then text, tables and marked pictures: each file whole or not at all.
    ///
    /// The record holds everything that the others show, so it goes first, and no other file that fails stops
    /// the rest (see [`Written`]). Files that an earlier run left here and this one does not make again, or could
    /// not write, are removed: what stands beside the record is of the same run.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] naming the record where it cannot be written, a full disk among the causes; then all
    /// files stay as they were.
    pub fn write(
        &self,
        record: &SlideRecord,
        source: &SlideSource,
        limits: &Limits,
        catalogue: &Catalogue,
    ) -> Result<Written> {
        self.prepare()?;
        let stale = self.marked_before();
        let json = record_json(record)?;
        write_whole(&self.dir.join("record.json"), json.as_bytes())?;
        let put = |name: &str, content: Result<Vec<u8>>| replace(&self.dir.join(name), content);
        let others = [
            put("result.txt", Ok(text(record, catalogue).into_bytes())),
            put("fields.csv", fields_csv(record, self.csv)),
            put("detections.csv", detections_csv(record, self.csv)),
        ];
        let (marked, not_marked) = self.write_marked(record, source, limits, catalogue, &stale);
        Ok(Written { marked, not_marked, not_written: others.into_iter().filter_map(Result::err).collect() })
    }

    /// Names of the marked pictures that the record lying here already may have.
    fn marked_before(&self) -> Vec<String> {
        let before = std::fs::read(self.dir.join("record.json")).ok();
        let record = before.and_then(|bytes| crate::record::read(&bytes).ok());
        record.map(|r| marked_names(&r)).unwrap_or_default()
    }

    fn write_marked(
        &self,
        record: &SlideRecord,
        source: &SlideSource,
        limits: &Limits,
        catalogue: &Catalogue,
        stale: &[String],
    ) -> (usize, Vec<Error>) {
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
            return (0, Vec::new());
        }
        if let Err(e) = make_folder(&dir) {
            return (0, vec![e]);
        }
        let outcomes: Vec<Result<()>> = chosen
            .par_iter()
            .with_max_len(1)
            .map(|(field, name)| replace(&dir.join(name), draw(field, source, limits, catalogue)))
            .collect();
        let not_marked: Vec<Error> = outcomes.into_iter().filter_map(Result::err).collect();
        (chosen.len() - not_marked.len(), not_marked)
    }
}

/// Writes one file beside the record. Where that fails, what an earlier run left under its name goes too: a table
/// of one run beside the record of another would give wrong numbers.
fn replace(path: &Path, content: Result<Vec<u8>>) -> Result<()> {
    content.and_then(|bytes| write_whole(path, &bytes)).inspect_err(|_| {
        // Where it cannot be removed it is as good as it was; a reader sees its date.
        let _ = std::fs::remove_file(path);
    })
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
