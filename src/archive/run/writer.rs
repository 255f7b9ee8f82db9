//! The one thread that writes: outcomes as they come, a slide's record as soon as its last file is known.

use std::path::Path;
use std::sync::mpsc::Receiver;

use super::tracker::Tracker;
use crate::Result;
use crate::archive::folder::{Archive, RECORDS};
use crate::archive::journal::StoredSlide;
use crate::archive::rows::SlideRow;
use crate::files::write_whole;
use crate::intake::digest_of_bytes;
use crate::record::FieldRow;
use crate::record::{Fault, SlideRecord};
use crate::slide::{Engine, FileOutcome, ScaleTable};

/// What the workers tell.
pub(super) enum Message {
    /// The scales of a slide.
    Scales(i64, ScaleTable),
    /// The outcome of a file, packed.
    Outcome { slide: i64, file: usize, body: Vec<u8>, sha256: Option<String>, fault: Option<Fault> },
    /// A slide of which everything is known already.
    End(i64),
}

/// Writes until the workers are gone.
pub(super) fn write_all(
    archive: &mut Archive,
    engine: &Engine,
    tracker: &Tracker,
    messages: &Receiver<Message>,
) -> Result<()> {
    for message in messages {
        let slide = match message {
            Message::Scales(slide, scales) => {
                archive.journal.put_scales(slide, &scales)?;
                continue;
            }
            Message::Outcome { slide, file, body, sha256, fault } => {
                archive.journal.put_outcome(slide, file, &body, sha256.as_deref(), fault.as_ref())?;
                tracker.file(fault.is_some());
                slide
            }
            Message::End(slide) => slide,
        };
        if archive.journal.missing(slide)? == 0 {
            end(archive, engine, tracker, slide)?;
        }
    }
    Ok(())
}

/// Ends a slide of which every file is known: its record from what the journal holds.
pub(in crate::archive) fn end(
    archive: &mut Archive,
    engine: &Engine,
    tracker: &Tracker,
    number: i64,
) -> Result<()> {
    let slide = archive.journal.slide(number, archive.base())?;
    let outcomes = archive.journal.outcomes(number)?;
    let files = u64::try_from(slide.source.files().len()).unwrap_or(u64::MAX);
    let (row, fields) = match concluded(engine, &slide, outcomes) {
        Ok((record, bytes)) => {
            write_whole(&record_path(archive.folder(), &slide), &bytes)?;
            let fields = FieldRow::all_of(&record);
            let name = slide.record_name.clone();
            (SlideRow::of(&record, slide.case.clone(), files, name, digest_of_bytes(&bytes)), fields)
        }
        Err(error) => {
            let id = slide.source.info().id.clone();
            (SlideRow::failed(id, slide.case.clone(), files, Fault::from(&error)), Vec::new())
        }
    };
    archive.journal.end_slide(number, &row, &fields)?;
    let unfit = u64::try_from(fields.iter().filter(|f| f.is_unfit()).count()).unwrap_or(u64::MAX);
    tracker.slide(&row, unfit);
    Ok(())
}

/// The record of a slide and its bytes.
pub(super) fn concluded(
    engine: &Engine,
    slide: &StoredSlide,
    outcomes: Vec<FileOutcome>,
) -> Result<(SlideRecord, Vec<u8>)> {
    let record = engine.conclude(&slide.source.input(), outcomes)?;
    let bytes = record.to_json()?;
    Ok((record, bytes))
}

fn record_path(folder: &Path, slide: &StoredSlide) -> std::path::PathBuf {
    folder.join(RECORDS).join(&slide.record_name)
}

/// Writes again the records of ended slides that are no longer in the folder.
pub(super) fn restore_records(archive: &mut Archive, engine: &Engine) -> Result<()> {
    let mut lost = Vec::new();
    let records = archive.folder().join(RECORDS);
    archive.journal.slides(|state| {
        if state.ended
            && let Some(row) = archive.journal.row(state.number)?
            && let Some(name) = &row.record
            && !records.join(name).is_file()
        {
            lost.push(state.number);
        }
        Ok(())
    })?;
    for number in lost {
        let slide = archive.journal.slide(number, archive.base())?;
        let (_, bytes) = concluded(engine, &slide, archive.journal.outcomes(number)?)?;
        write_whole(&record_path(archive.folder(), &slide), &bytes)?;
    }
    Ok(())
}
