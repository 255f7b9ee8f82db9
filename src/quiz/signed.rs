//! Slides that readers have signed, as questions: looked into and never written.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::course::Ask;
use super::question::{CropPicture, CropQuestion};
use super::truth::{FieldTruth, Object, Truth};
use super::what::What;
use crate::archive::{ArchiveReader, Journal};
use crate::intake::digest_of_file;
use crate::record::{SlideRecord, read_file};
use crate::report::ResultFolder;
use crate::review::{
    Mark, MarkOrigin, ReadScores, ReadSlide, Store, Verdict, read_to_signature, signed_last,
};
use crate::terms::{CellClass, Film};
use crate::{Error, ErrorKind, Result};

/// What a folder or an archive offers.
#[derive(Debug, Default)]
pub struct SignedSlides {
    slides: Vec<SignedSlide>,
    /// Slides that nobody has signed, or on an earlier result.
    left_out: usize,
}

/// One slide, as who signed it last read it.
#[derive(Debug)]
pub struct SignedSlide {
    /// The machine's record.
    pub record: SlideRecord,
    /// Its file.
    pub file: PathBuf,
    /// Where its pictures lie.
    pub pictures: Whereabouts,
    read: ReadSlide,
}

/// Where the pictures of a slide lie.
#[derive(Clone, Debug)]
pub enum Whereabouts {
    /// Below a folder, by their names in the record.
    Below(PathBuf),
    /// Each by its name in the record.
    Named(HashMap<String, PathBuf>),
}

impl SignedSlides {
    /// Of a folder that was analysed and signed, or of the output folder of an archive.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] where there is no result, or nobody has signed one; what records, journal and decisions
    /// refuse.
    pub fn of(path: &Path) -> Result<Self> {
        let path = std::path::absolute(path).map_err(|e| Error::io(path, "look at", e))?;
        std::fs::metadata(&path).map_err(|e| Error::io(&path, "look at", e))?;
        let mut found = Self::default();
        if Journal::exists(&path) {
            found.of_archive(&path)?;
        } else {
            let folder = ResultFolder::meant_by(&path);
            let file = folder.join(ResultFolder::RECORD);
            if !file.is_file() {
                return Err(Error::new(
                    ErrorKind::Usage,
                    "there is no result here yet: run hemozoin analyze on this folder",
                )
                .with_key("error-quiz-no-result")
                .with_path(&path));
            }
            let pictures = Whereabouts::Below(folder.parent().unwrap_or(Path::new("")).to_path_buf());
            let apart = apart(&folder)?;
            if let Some(store) = Store::read(apart.path())? {
                found.take(file, pictures, &store)?;
            }
        }
        if found.slides.is_empty() {
            return Err(Error::new(
                ErrorKind::Usage,
                "nobody has signed a slide here: hemozoin review is where readers sign",
            )
            .with_key("error-quiz-not-signed")
            .with_path(&path));
        }
        Ok(found)
    }

    fn of_archive(&mut self, folder: &Path) -> Result<()> {
        let apart = apart(folder)?;
        let journal = Journal::read(apart.path())?;
        let begun = journal.begun_before()?;
        let archive = ArchiveReader::open(journal, &begun)?;
        let Some(store) = Store::read(apart.path())? else { return Ok(()) };
        let mut numbers = Vec::new();
        archive.journal().slides(|slide| {
            numbers.push(slide.number);
            Ok(())
        })?;
        for number in numbers {
            let Some((row, source)) = archive.ended(number)? else { continue };
            let Some(record) = row.record else { continue };
            let named = source.files().iter().map(|f| (f.name.clone(), f.path.clone())).collect();
            self.take(folder.join("records").join(record), Whereabouts::Named(named), &store)?;
        }
        Ok(())
    }

    fn take(&mut self, file: PathBuf, pictures: Whereabouts, store: &Store) -> Result<()> {
        let record = read_file(&file)?;
        let readings = store.readings(&record.slide.id)?;
        let of_record = match signed_last(&readings) {
            Some((reading, signature)) if signature.record_sha256 == digest_of_file(&file)? => {
                Some((reading, signature))
            }
            _ => None,
        };
        let Some((reading, signature)) = of_record else {
            self.left_out += 1;
            return Ok(());
        };
        let read = read_to_signature(&record, reading, signature, store)?;
        self.slides.push(SignedSlide { record, file, pictures, read });
        Ok(())
    }

    /// The slides.
    pub fn slides(&self) -> &[SignedSlide] {
        &self.slides
    }

    /// Slides without a reading that can be asked.
    pub fn left_out(&self) -> usize {
        self.left_out
    }

    /// The slides of a film whose reader looked at every counted field and judged every suspect, with those fields: only
    /// there is everything known.
    pub fn whole(&self, film: Film) -> impl Iterator<Item = (usize, Vec<usize>)> + '_ {
        self.slides.iter().enumerate().filter_map(move |(at, slide)| {
            let known = ReadScores::of(&slide.record, &slide.read, film).filter(ReadScores::is_whole)?;
            let fields = slide.read.fields.iter().enumerate();
            let counted: Vec<usize> =
                fields.filter(|(_, f)| f.key.film == film && f.counts()).map(|(n, _)| n).collect();
            // With nothing but a doubtful mark nobody knows what it is.
            let positive = counted.iter().any(|field| self.counts(at, *field).parasites() > 0);
            (positive || known.is_malaria_free()).then_some((at, counted))
        })
    }

    /// What is right about such a slide.
    pub(super) fn truth(&self, slide: usize, fields: &[usize], film: Film, ask: Ask) -> Truth {
        let wbc_per_ul = self.slides.get(slide).and_then(|s| s.record.settings.wbc_per_ul).map(f64::from);
        let fields = fields.iter().map(|field| self.counts(slide, *field)).collect();
        Truth::Slide { film, ask, wbc_per_ul, fields }
    }

    /// What a reader counts in a field.
    fn counts(&self, slide: usize, field: usize) -> FieldTruth {
        let mut counts = FieldTruth::default();
        let read = self.slides.get(slide).and_then(|s| s.read.fields.get(field));
        for (class, _) in read.into_iter().flat_map(|field| &field.marks).filter_map(Mark::counts_as) {
            match class {
                CellClass::AsexualParasite => counts.asexual += 1,
                CellClass::Gametocyte => counts.gametocytes += 1,
                CellClass::WhiteCell => counts.white_cells += 1,
                CellClass::RedCell | CellClass::Platelet => {}
            }
        }
        counts
    }

    /// Everything on a film that readers judged and named: of `things`, or all where that is empty.
    pub(super) fn things(&self, film: Film, things: &[What]) -> Vec<CropQuestion> {
        let mut found = Vec::new();
        for (slide, of) in self.slides.iter().enumerate() {
            for (field, read) in
                of.read.fields.iter().enumerate().filter(|(_, f)| f.key.film == film && f.counts())
            {
                if of.record.fields.get(field).is_none_or(|record| record.scale.is_none()) {
                    continue;
                }
                for mark in &read.marks {
                    let Some(thing) = judged(mark).filter(|t| things.is_empty() || things.contains(t)) else {
                        continue;
                    };
                    let tenths = |side: f64, length: f64| ((side + length / 2.0) * 10.0).round() as i64;
                    let (x, y) = (tenths(mark.at.x, mark.at.width), tenths(mark.at.y, mark.at.height));
                    found.push(CropQuestion {
                        thing,
                        film,
                        picture: CropPicture::Signed { slide, field, x, y },
                    });
                }
            }
        }
        found
    }

    /// What a reader saw in a field, and where.
    pub fn objects(&self, slide: usize, field: usize) -> Vec<Object> {
        let read = self.slides.get(slide).and_then(|s| s.read.fields.get(field));
        let of = |mark: &Mark| {
            let (class, stage) = mark.counts_as()?;
            let thing = What::of(class, stage);
            (thing.is_some() || class.is_parasite()).then_some(Object {
                thing,
                x: mark.at.x,
                y: mark.at.y,
                w: mark.at.width,
                h: mark.at.height,
            })
        };
        read.map(|field| field.marks.iter().filter_map(of).collect()).unwrap_or_default()
    }
}

/// A copy of the decisions and the journal of a folder: who only looks into such a file leaves files beside it.
fn apart(folder: &Path) -> Result<TempDir> {
    let copy = tempfile::tempdir().map_err(|e| Error::io(std::env::temp_dir(), "make a folder", e))?;
    for entry in std::fs::read_dir(folder).map_err(|e| Error::io(folder, "look at", e))? {
        let path = entry.map_err(|e| Error::io(folder, "look at", e))?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if name.ends_with(".sqlite") || name.ends_with(".sqlite-wal") {
            std::fs::copy(&path, copy.path().join(name)).map_err(|e| Error::io(&path, "copy", e))?;
        }
    }
    Ok(copy)
}

/// What a reader said of a mark; `None` where nobody looked, or could tell, or named a stage.
fn judged(mark: &Mark) -> Option<What> {
    match (mark.verdict, mark.origin) {
        (Some(Verdict::Seen { class, stage }), _) => What::of(class, stage),
        (Some(Verdict::Nothing), MarkOrigin::Machine) if mark.class.is_parasite() => Some(What::Nothing),
        (None, MarkOrigin::Own) => What::of(mark.class, mark.stage),
        _ => None,
    }
}
