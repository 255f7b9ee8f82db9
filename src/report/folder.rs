//! Everything about one slide in one folder.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::again::{self, Order};
use super::clinical::surest;
use super::kept::{keep_edited, put_aside};
use super::{CropScale, Laboratory, Letter, Signature, contact_sheet, record_json, shelves, text};
use super::{CsvStyle, Marks, chosen_fields, detections_csv, fields_csv, marked_jpeg, marked_names};
#[cfg(feature = "review")]
use crate::files::{MAX_RECORD_BYTES, read_plain};
use crate::files::{make_folder, write_whole};
use crate::intake::{Limits, digest_of_bytes};
use crate::locale::Catalogue;
use crate::record::{SlideRecord, read_file};
#[cfg(feature = "review")]
use crate::report::signature_of;
#[cfg(feature = "review")]
use crate::review::{Store, as_signed, signed_last};
use crate::source::SlideSource;
use crate::text::cut_to_bytes;
use crate::{Error, ErrorKind, Result};

/// Name of the default folder, and the start of its name beside a single picture. Folders with this name are never
/// taken for films.
const NAME: &str = "hemozoin-result";
/// Bytes of a picture's name that its result's folder takes over: file systems take 255.
const NAME_BYTES: usize = 180;

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
    /// Tables, texts and pages that could not be written, and why; also a `laboratory.toml` that cannot be used.
    pub not_written: Vec<Error>,
    /// Files of an earlier run that somebody had changed by hand, under the names that they have now.
    pub kept: Vec<PathBuf>,
}

impl Written {
    /// True where every file was written.
    pub fn is_whole(&self) -> bool {
        self.not_marked.is_empty() && self.not_written.is_empty()
    }
}

impl ResultFolder {
    /// Name of the record.
    pub const RECORD: &str = "record.json";

    /// Sub-folder of the marked pictures.
    pub const MARKED: &str = "marked";

    /// The report for the clinician, as PDF.
    pub const REPORT_PDF: &str = "report.pdf";

    /// The folder of the result that `path` means: the path itself where a record lies in it, else
    /// [`default_dir`](Self::default_dir). Whether there is a result is not said.
    pub fn meant_by(path: &Path) -> PathBuf {
        if path.join(Self::RECORD).is_file() { path.to_path_buf() } else { Self::default_dir(path) }
    }

    /// The folder for the result of `path` where no other is wanted: `hemozoin-result` inside a folder of pictures,
    /// `hemozoin-result-NAME` beside a single picture, so that it does not replace the result of its folder.
    pub fn default_dir(path: &Path) -> PathBuf {
        if path.is_dir() {
            return path.join(NAME);
        }
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let cut = cut_to_bytes(&stem, NAME_BYTES);
        if cut.len() == stem.len() {
            return path.with_file_name(format!("{NAME}-{stem}"));
        }
        // Long names that begin alike must not share a folder.
        let digest = digest_of_bytes(stem.as_bytes());
        path.with_file_name(format!("{NAME}-{cut}-{}", cut_to_bytes(&digest, 8)))
    }

    /// Makes the folder, so that a place that cannot be written is known before the work begins.
    ///
    /// # Errors
    /// [`Io`](crate::ErrorKind::Io) naming the folder; [`Usage`](crate::ErrorKind::Usage) where a file
    /// stands in its place, and where a picture of `source` lies where its marked one would.
    pub fn prepare(&self, source: &SlideSource) -> Result<()> {
        let marked = self.dir.join(Self::MARKED);
        if let Ok(marked) = marked.canonicalize()
            && let Some(picture) = source.files().iter().find(|file| lies_in(&file.path, &marked))
        {
            return Err(pictures_in_the_way(&picture.path));
        }
        make_folder(&self.dir)?;
        tempfile::Builder::new()
            .prefix(".hemozoin-")
            .tempfile_in(&self.dir)
            .map(drop)
            .map_err(|e| Error::io(&self.dir, "write into the folder", e))
    }

    /// Writes the record, then text, tables, marked pictures, contact sheet and report: each file whole or not at all. The
    /// report is that of the reading that was signed last, where one was signed on this same record.
    ///
    /// The record holds everything that the others show, so it goes first, and no other file that fails stops
    /// the rest (see [`Written`]). Files that an earlier run left here and this one does not make again, or could
    /// not write, are removed: what stands beside the record is of the same run.
    ///
    /// # Errors
    /// [`Io`](crate::ErrorKind::Io) naming the record where it cannot be written, a full disk among the causes;
    /// then all files stay as they were.
    pub fn write(
        &self,
        record: &SlideRecord,
        source: &SlideSource,
        limits: &Limits,
        catalogue: &Catalogue,
    ) -> Result<Written> {
        self.prepare(source)?;
        let before = self.before();
        let stale = before.as_ref().map(marked_names).unwrap_or_default();
        let json = record_json(record)?;
        let foreign = if before.is_none() { self.put_foreign_aside(record) } else { Vec::new() };
        write_whole(&self.dir.join(Self::RECORD), json.as_bytes())?;
        let mut kept = foreign;
        kept.extend(keep_edited(&self.dir, before.as_ref()));
        let put = |name: &str, content: Result<Vec<u8>>| replace(&self.dir.join(name), content);
        let mut others = vec![
            put("result.txt", Ok(text(record, catalogue).into_bytes())),
            put("fields.csv", fields_csv(record, self.csv)),
            put("detections.csv", detections_csv(record, self.csv)),
        ];
        let shelves = shelves(record);
        // A reading that was signed on this same record outlives the run.
        let (read, not_told) = match as_read(&self.dir, record, &digest_of_bytes(json.as_bytes()), catalogue)
        {
            Ok(read) => (read, None),
            Err(refused) => (None, Some(refused)),
        };
        let (reported, by) = match &read {
            Some((read, by)) => (read, Some(by)),
            None => (record, None),
        };
        let surest = surest(reported);
        let mut order = Order::of(record.fields.len());
        for entry in shelves.iter().flat_map(|shelf| &shelf.entries) {
            order.add(entry.field, entry.detection, CropScale::SHEET, false);
        }
        for entry in &surest {
            order.add(entry.field, entry.detection, CropScale::PRINT, true);
        }
        let Drawn { marked, not_marked, crops } =
            self.draw(record, source, limits, catalogue, &stale, &order);
        let mut crops = crops.into_iter();
        let of_shelves: Vec<Vec<Option<Vec<u8>>>> =
            shelves.iter().map(|shelf| crops.by_ref().take(shelf.entries.len()).collect()).collect();
        others.push(put(
            "contact.html",
            Ok(contact_sheet(record, &shelves, &of_shelves, catalogue).into_bytes()),
        ));
        let (laboratory, refused) = match Self::laboratory(source) {
            Ok(laboratory) => (laboratory, None),
            Err(refused) => (Laboratory::default(), Some(refused)),
        };
        let letter = Letter::new(reported, &surest, crops.collect(), &laboratory, catalogue);
        let letter = match by {
            Some(by) => letter.signed(by, catalogue),
            None => letter,
        };
        others.extend(reports(&self.dir, &letter));
        let not_written = others.into_iter().filter_map(Result::err).chain(refused).chain(not_told).collect();
        Ok(Written { marked, not_marked, not_written, kept })
    }

    /// Writes the report again as the reading says that was signed last on the record of the folder `dir`; nothing where
    /// none was. The record, its text and its tables stay as the machine wrote them.
    ///
    /// # Errors
    /// What a record, decisions or settings of a laboratory are refused for; [`Io`](crate::ErrorKind::Io) where a file
    /// cannot be written. Pictures that are gone are said in their places.
    #[cfg(feature = "review")]
    pub fn report_reading(
        dir: &Path,
        source: &SlideSource,
        limits: &Limits,
        catalogue: &Catalogue,
    ) -> Result<()> {
        let bytes = read_plain(&dir.join(Self::RECORD), MAX_RECORD_BYTES)?;
        let record = crate::record::read(&bytes).map_err(|e| e.with_path(dir.join(Self::RECORD)))?;
        let Some((read, by)) = as_read(dir, &record, &digest_of_bytes(&bytes), catalogue)? else {
            return Ok(());
        };
        let laboratory = Self::laboratory(source)?;
        let (letter, _) = Letter::of(&read, Some(source), limits, &laboratory, catalogue);
        reports(dir, &letter.signed(&by, catalogue)).into_iter().collect()
    }

    /// Puts aside what lies here under the names of a result and is of none: no record of an earlier one is here.
    fn put_foreign_aside(&self, record: &SlideRecord) -> Vec<PathBuf> {
        let marked = marked_names(record).into_iter().map(|name| self.dir.join(Self::MARKED).join(name));
        let others =
            [Self::RECORD, "contact.html", "report.html", Self::REPORT_PDF].map(|name| self.dir.join(name));
        others
            .into_iter()
            .chain(marked)
            .filter(|path| path.is_file())
            .filter_map(|path| put_aside(&path))
            .collect()
    }

    /// The record that lies here already.
    fn before(&self) -> Option<SlideRecord> {
        read_file(&self.dir.join(Self::RECORD)).ok()
    }

    /// The settings file nearest to the pictures.
    fn laboratory(source: &SlideSource) -> Result<Laboratory> {
        let folder = source.files().first().and_then(|file| file.path.parent());
        folder.map_or_else(|| Ok(Laboratory::default()), Laboratory::near)
    }

    /// Opens each picture once, for its marks and its crops.
    fn draw(
        &self,
        record: &SlideRecord,
        source: &SlideSource,
        limits: &Limits,
        catalogue: &Catalogue,
        stale: &[String],
        order: &Order<'_>,
    ) -> Drawn {
        let dir = self.dir.join(Self::MARKED);
        let names = marked_names(record);
        let chosen: HashSet<usize> = chosen_fields(record, self.marks).into_iter().collect();
        let kept: HashSet<&String> =
            names.iter().enumerate().filter(|(i, _)| chosen.contains(i)).map(|(_, name)| name).collect();
        for name in stale.iter().filter(|name| !kept.contains(name)) {
            // Where it cannot be removed it is as good as it was; a reader sees its date.
            let _ = std::fs::remove_file(dir.join(name));
        }
        let no_folder = if chosen.is_empty() { None } else { make_folder(&dir).err() };
        let outcomes: Vec<OfField> = record
            .fields
            .par_iter()
            .enumerate()
            .with_max_len(1)
            .map(|(at, field)| {
                let marks = no_folder.is_none() && chosen.contains(&at);
                if !marks && !order.has(at) {
                    return OfField::default();
                }
                let picture = match again::open(field, source, limits) {
                    Ok(picture) => picture,
                    Err(refused) => {
                        if let (true, Some(name)) = (marks, names.get(at)) {
                            // Where it cannot be removed it is as good as it was; a reader sees its date.
                            let _ = std::fs::remove_file(dir.join(name));
                        }
                        return OfField { refused: Some(refused), ..OfField::default() };
                    }
                };
                let mark = |name: &String| {
                    let page = marked_jpeg(&picture, field, catalogue).map_err(|e| e.with_path(&field.image));
                    replace(&dir.join(name), page)
                };
                let marked = names.get(at).filter(|_| marks).map(mark);
                let cut = order.cut(at, field, &picture).map_err(|e| e.with_path(&field.image));
                let (crops, not_cut) = match cut {
                    Ok(crops) => (crops, None),
                    Err(refused) => (Vec::new(), Some(refused)),
                };
                let is_marked = matches!(marked, Some(Ok(())));
                OfField { marked: is_marked, crops, refused: marked.and_then(Result::err).or(not_cut) }
            })
            .collect();
        let mut drawn = Drawn { crops: vec![None; order.len()], ..Drawn::default() };
        drawn.not_marked.extend(no_folder);
        for of_field in outcomes {
            drawn.marked += usize::from(of_field.marked);
            drawn.not_marked.extend(of_field.refused);
            for (number, jpeg) in of_field.crops {
                if let Some(place) = drawn.crops.get_mut(number) {
                    *place = Some(jpeg);
                }
            }
        }
        drawn
    }
}

/// Whether a file lies directly in a folder, of which the path without links is given.
fn lies_in(file: &Path, folder: &Path) -> bool {
    file.parent().and_then(|parent| parent.canonicalize().ok()).is_some_and(|parent| parent == folder)
}

fn pictures_in_the_way(picture: &Path) -> Error {
    Error::new(
        ErrorKind::Usage,
        "the marked pictures would be written over the pictures themselves; choose another --out",
    )
    .with_key("error-report-over-pictures")
    .with_path(picture)
}

/// The record as it was read by whoever signed it last, from the decisions beside it.
#[cfg(feature = "review")]
fn as_read(
    dir: &Path,
    record: &SlideRecord,
    sha256: &str,
    words: &Catalogue,
) -> Result<Option<(SlideRecord, Signature)>> {
    let Some(store) = Store::read(dir)? else { return Ok(None) };
    let readings = store.readings(&record.slide.id)?;
    let Some((reading, signature)) = signed_last(&readings) else { return Ok(None) };
    if signature.record_sha256 != sha256 {
        return Ok(None);
    }
    let read = as_signed(record, sha256, reading, signature, &store)?;
    Ok(Some((read, signature_of(record, &readings, reading, signature, words))))
}

/// Without readers nothing is signed.
#[cfg(not(feature = "review"))]
fn as_read(_: &Path, _: &SlideRecord, _: &str, _: &Catalogue) -> Result<Option<(SlideRecord, Signature)>> {
    Ok(None)
}

/// What was drawn from all pictures.
#[derive(Default)]
struct Drawn {
    marked: usize,
    not_marked: Vec<Error>,
    /// In the order in which they were asked for.
    crops: Vec<Option<Vec<u8>>>,
}

/// What was drawn from one picture.
#[derive(Default)]
struct OfField {
    marked: bool,
    crops: Vec<(usize, Vec<u8>)>,
    refused: Option<Error>,
}

/// The report in both its forms.
fn reports(dir: &Path, letter: &Letter) -> [Result<()>; 2] {
    [
        replace(&dir.join("report.html"), Ok(letter.html().into_bytes())),
        replace(&dir.join(ResultFolder::REPORT_PDF), letter.pdf()),
    ]
}

/// Writes one file beside the record. Where that fails, what an earlier run left under its name goes too: a table
/// of one run beside the record of another would give wrong numbers.
fn replace(path: &Path, content: Result<Vec<u8>>) -> Result<()> {
    content.and_then(|bytes| write_whole(path, &bytes)).inspect_err(|_| {
        // Where it cannot be removed it is as good as it was; a reader sees its date.
        let _ = std::fs::remove_file(path);
    })
}
