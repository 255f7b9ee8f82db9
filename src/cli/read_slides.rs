//! Slides that readers have signed, from folders and archives that a command is given.

use std::path::{Path, PathBuf};

use hemozoin::Result;
use hemozoin::archive::Journal;
use hemozoin::intake::digest_of_file;
use hemozoin::record::{SlideRecord, read_file};
use hemozoin::report::ResultFolder;
use hemozoin::review::{ReadSlide, Reading, Store, read_to_signature};

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

/// Looks at every slide of a folder or an archive, one after the other.
pub(crate) fn each(path: &Path, mut take: impl FnMut(Found) -> anyhow::Result<()>) -> anyhow::Result<()> {
    if Journal::exists(path) {
        let Some(store) = Store::read(path)? else { return take(Found::NotRead(path.to_path_buf())) };
        let mut records = Vec::new();
        Journal::read(path)?.each_row(|row| {
            records.extend(row.record.map(|record| path.join("records").join(record)));
            Ok(())
        })?;
        for record in records {
            if let Some(found) = look(&record, None, &store)? {
                take(found)?;
            }
        }
        return Ok(());
    }
    let folder = ResultFolder::meant_by(path);
    let Some(store) = Store::read(&folder)? else { return take(Found::NotRead(path.to_path_buf())) };
    let around = folder.parent().map(Path::to_path_buf);
    match look(&folder.join(ResultFolder::RECORD), around, &store)? {
        Some(found) => take(found),
        None => take(Found::NotRead(path.to_path_buf())),
    }
}

/// `None` where nobody reads this slide.
fn look(path: &Path, pictures: Option<PathBuf>, store: &Store) -> Result<Option<Found>> {
    let record = read_file(path)?;
    let readings = store.readings(&record.slide.id)?;
    let signed = readings.iter().filter_map(|reading: &Reading| Some((reading, reading.signed()?)));
    let latest = signed.max_by(|a, b| a.1.at.cmp(&b.1.at).then(a.0.id.cmp(&b.0.id)));
    let Some((reading, signature)) = latest else {
        return Ok((!readings.is_empty()).then(|| Found::NotSigned(record.slide.id)));
    };
    let slide = read_to_signature(&record, reading, signature, store)?;
    let is_of_record = signature.record_sha256 == digest_of_file(path)?;
    let reader = reading.reader.clone();
    Ok(Some(Found::Signed(Box::new(SignedSlide { record, slide, reader, pictures, is_of_record }))))
}
