//! Slides that readers have signed, from folders and archives that a command is given.

use std::path::{Path, PathBuf};

use hemozoin::Result;
use hemozoin::archive::Journal;
use hemozoin::exchange::{Attached, Released, Standing};
use hemozoin::intake::digest_of_file;
use hemozoin::record::{SlideRecord, read_file};
use hemozoin::report::archive::slide_picture;
use hemozoin::report::{Marks, ResultFolder, chosen_fields, marked_names};
use hemozoin::review::{ReadSlide, Store, Together, as_signed, read_to_signature, signed_last};

/// One slide, as the reader who signed last read it.
pub(crate) struct SignedSlide {
    /// The machine's record.
    pub(crate) record: SlideRecord,
    /// What the reader decided, laid over it.
    pub(crate) slide: ReadSlide,
    /// Who that was.
    pub(crate) reader: String,
    /// Where its pictures lie, where that is known.
    pub(crate) pictures: Option<PathBuf>,
    /// Whether it was this very record that was signed: else its slide was analysed again since.
    pub(crate) is_of_record: bool,
}

/// What was found at one place.
pub(crate) enum Found {
    /// A signed slide.
    Signed(Box<SignedSlide>),
    /// Somebody reads this slide, and nobody has signed it.
    NotSigned(String),
    /// Nobody has read what lies here.
    NotRead(PathBuf),
}

/// Looks at every slide of a folder or an archive that somebody reads, one after the other.
pub(crate) fn each(path: &Path, mut take: impl FnMut(Found) -> anyhow::Result<()>) -> anyhow::Result<()> {
    let places = Places::of(path)?;
    let Some(store) = &places.store else { return take(Found::NotRead(path.to_path_buf())) };
    for record in &places.records {
        match look(record, places.pictures.clone(), store)? {
            Some(found) => take(found)?,
            None if places.archive => {}
            None => take(Found::NotRead(path.to_path_buf()))?,
        }
    }
    Ok(())
}

/// A result, whether anybody has read it or not.
pub(crate) struct FoundResult {
    /// As it leaves the laboratory: as the reader who signed last read it, else as the machine wrote it.
    pub(crate) released: Released,
    /// Who signed an earlier analysis of this slide, where nobody has signed this one.
    pub(crate) signed_before: Option<String>,
    /// Its record.
    file: PathBuf,
    /// Whether it is a slide of an archive.
    in_archive: bool,
}

/// Most pictures that go along with a result.
const MOST_PICTURES: usize = 3;

impl FoundResult {
    /// With its report and small pictures of marked fields, where somebody has signed it.
    pub(crate) fn attached(self) -> Result<Released> {
        if self.released.standing() == Standing::Preliminary {
            return Ok(self.released);
        }
        let (report, marked) = self.shown();
        let attached = Attached::read(report.as_deref(), &marked)?;
        Ok(self.released.with_attached(attached))
    }

    /// What was drawn of it: its report, and the marked pictures that a person looks at first.
    fn shown(&self) -> (Option<PathBuf>, Vec<PathBuf>) {
        let folder = self.file.parent().unwrap_or(Path::new(""));
        let there = |path: PathBuf| path.is_file().then_some(path);
        let record = self.released.record();
        let names = marked_names(record);
        let picture = |field: &usize| match self.in_archive {
            true => Some(slide_picture(folder.parent()?, self.file.file_name()?.to_str()?, *field)),
            false => Some(folder.join(ResultFolder::MARKED).join(names.get(*field)?)),
        };
        let fields = chosen_fields(record, Marks::Few);
        let marked = fields.iter().filter_map(picture).filter_map(there).take(MOST_PICTURES).collect();
        (there(folder.join(ResultFolder::REPORT_PDF)).filter(|_| !self.in_archive), marked)
    }
}

/// Looks at every result of a folder or an archive, one after the other.
pub(crate) fn each_result(
    path: &Path,
    mut take: impl FnMut(FoundResult) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let places = Places::of(path)?;
    for file in &places.records {
        let (record, digest) = (read_file(file)?, digest_of_file(file)?);
        let readings = match &places.store {
            Some(store) => store.readings(&record.slide.id)?,
            None => Vec::new(),
        };
        let (released, signed_before) = match (&places.store, signed_last(&readings)) {
            (Some(store), Some((reading, signature))) if signature.record_sha256 == digest => {
                let read = as_signed(&record, &digest, reading, signature, store)?;
                let all = Together::of(&record, &readings);
                (Released::signed(read, &digest, reading, signature).with_all(all), None)
            }
            (_, latest) => {
                let before = latest.map(|(reading, _)| reading.reader.clone());
                (Released::unsigned(record, &digest), before)
            }
        };
        let (file, in_archive) = (file.clone(), places.archive);
        take(FoundResult { released, signed_before, file, in_archive })?;
    }
    Ok(())
}

/// Where the results of a folder or an archive lie.
struct Places {
    records: Vec<PathBuf>,
    /// What readers decided; `None` where nobody has.
    store: Option<Store>,
    /// Where the pictures lie, where that is known.
    pictures: Option<PathBuf>,
    archive: bool,
}

impl Places {
    fn of(path: &Path) -> anyhow::Result<Self> {
        if Journal::exists(path) {
            let mut records = Vec::new();
            Journal::read(path)?.each_row(|row| {
                records.extend(row.record.map(|record| path.join("records").join(record)));
                Ok(())
            })?;
            return Ok(Self { records, store: Store::read(path)?, pictures: None, archive: true });
        }
        let folder = ResultFolder::meant_by(path);
        Ok(Self {
            records: vec![folder.join(ResultFolder::RECORD)],
            store: Store::read(&folder)?,
            pictures: folder.parent().map(Path::to_path_buf),
            archive: false,
        })
    }
}

/// `None` where nobody reads this slide.
fn look(path: &Path, pictures: Option<PathBuf>, store: &Store) -> Result<Option<Found>> {
    let record = read_file(path)?;
    let readings = store.readings(&record.slide.id)?;
    let Some((reading, signature)) = signed_last(&readings) else {
        return Ok((!readings.is_empty()).then(|| Found::NotSigned(record.slide.id)));
    };
    let slide = read_to_signature(&record, reading, signature, store)?;
    let is_of_record = signature.record_sha256 == digest_of_file(path)?;
    let reader = reading.reader.clone();
    Ok(Some(Found::Signed(Box::new(SignedSlide { record, slide, reader, pictures, is_of_record }))))
}
