//! A page for each slide of an archive, and what is written again when a reader has signed.

use std::collections::HashSet;
use std::path::Path;

use super::bilingual::Words;
use super::drawing::draw;
use super::outputs::{OutputsWritten, readings_shown, write_outputs};
use super::shown::{Places, clear_pictures, digest_of};
use super::slide_page::{is_page, slide_page};
use crate::archive::{Archive, Journal, SlideRow, unsound_record, while_free};
use crate::files::{make_folder, write_whole};
use crate::intake::Limits;
use crate::locale::Language;
use crate::record::{SlideRecord, read_file};
use crate::{Error, ErrorKind, Result};

/// Where the pictures of the slides are opened again.
pub struct Again<'a> {
    /// The archive, which knows where they lie.
    pub archive: &'a Archive,
    /// What is refused of a picture.
    pub limits: &'a Limits,
    /// Asked before each picture: true ends the work, and the next run goes on with it.
    pub stopped: &'a (dyn Fn() -> bool + Sync),
}

impl std::fmt::Debug for Again<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Again").field("archive", &self.archive).finish_non_exhaustive()
    }
}

/// What became of the pages.
#[derive(Debug, Default)]
pub struct SlidesWritten {
    /// Slides with a picture that cannot be shown, and why; the next run tries it again.
    pub refused: Vec<(String, Error)>,
    /// Whether it was asked to stop before all were written.
    pub stopped: bool,
}

/// Writes the page of every slide that has a record, what is urgent first. With `again` the marked fields and crops are
/// drawn where they are not those of the record; without, no picture is opened.
///
/// # Errors
/// [`ErrorKind::Io`] where the system refuses; what reading journal and records refuses.
pub fn write_slides(journal: &Journal, folder: &Path, again: Option<&Again<'_>>) -> Result<SlidesWritten> {
    make_folder(&Places::all(folder))?;
    let work = Work::of(journal, folder)?;
    let mut done = SlidesWritten::default();
    let mut names = HashSet::new();
    journal.each_row_by_urgency(|row| {
        let Some(record) = &row.record else { return Ok(()) };
        let places = Places::of(folder, record);
        names.insert(places.name.clone());
        if again.is_some_and(|again| (again.stopped)()) {
            done.stopped = true;
            return Ok(());
        }
        work.slide(&row, &places, again, &mut done)
    })?;
    if !done.stopped {
        clear(&Places::all(folder), &names);
    }
    Ok(done)
}

/// Writes the pages of the slides that have none yet, that were read again, or that were signed since the tables were
/// written, and removes those of slides that are gone. No picture is opened, and no record of another slide.
///
/// # Errors
/// As [`write_slides`].
#[cfg(feature = "service")]
pub(crate) fn write_new_slides(journal: &Journal, folder: &Path) -> Result<()> {
    make_folder(&Places::all(folder))?;
    let work = Work::of(journal, folder)?;
    let signed: HashSet<String> = journal.signed_after(readings_shown(folder))?.into_iter().collect();
    let changed = |path: &Path| std::fs::metadata(path).and_then(|m| m.modified()).ok();
    let mut names = HashSet::new();
    journal.each_row_by_urgency(|row| {
        let Some(record) = &row.record else { return Ok(()) };
        let places = Places::of(folder, record);
        names.insert(places.name.clone());
        let (page, of) = (changed(&places.page), changed(&folder.join("records").join(record)));
        if page.is_none() || page < of || signed.contains(&row.id) {
            work.slide(&row, &places, None, &mut SlidesWritten::default())?;
        }
        Ok(())
    })?;
    clear(&Places::all(folder), &names);
    Ok(())
}

/// Whether tables and pages show what readers have signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CaughtUp {
    /// They did already, or will: an archive that is not complete is written by whoever completes it.
    AlreadyThen,
    /// They were written again.
    Now(OutputsWritten),
    /// Not now: another process is at work on the archive.
    Later,
}

/// Writes the tables, the page and the pages of the slides again that readers have signed since they were written. No
/// picture is opened.
///
/// # Errors
/// As [`write_slides`] and [`write_outputs`].
pub fn catch_up(folder: &Path) -> Result<CaughtUp> {
    let behind = |journal: &Journal| -> Result<Option<Vec<String>>> {
        let shown = readings_shown(folder);
        if journal.last_reading()? == shown { Ok(None) } else { journal.signed_after(shown).map(Some) }
    };
    let journal = Journal::read(folder)?;
    if !journal.standing()?.is_complete() {
        return Ok(CaughtUp::AlreadyThen);
    }
    if behind(&journal)?.is_none() {
        return Ok(CaughtUp::AlreadyThen);
    }
    let written = while_free(folder, || {
        // Another process may have done it meanwhile.
        let Some(slides) = behind(&journal)? else { return Ok(CaughtUp::AlreadyThen) };
        make_folder(&Places::all(folder))?;
        let work = Work::of(&journal, folder)?;
        for slide in slides {
            if let Some(row) = journal.row_of(&slide)?
                && let Some(record) = &row.record
            {
                work.slide(&row, &Places::of(folder, record), None, &mut SlidesWritten::default())?;
            }
        }
        write_outputs(&journal, folder).map(CaughtUp::Now)
    })?;
    Ok(written.unwrap_or(CaughtUp::Later))
}

/// What the pages of all slides share.
struct Work<'a> {
    journal: &'a Journal,
    folder: &'a Path,
    words: Words,
    language: Language,
}

impl<'a> Work<'a> {
    fn of(journal: &'a Journal, folder: &'a Path) -> Result<Self> {
        let language = super::outputs::language_of(journal)?;
        Ok(Self { journal, folder, words: Words::new(), language })
    }

    fn slide(
        &self,
        row: &SlideRow,
        places: &Places,
        again: Option<&Again<'_>>,
        done: &mut SlidesWritten,
    ) -> Result<()> {
        let Some(name) = &row.record else { return Ok(()) };
        let path = self.folder.join("records").join(name);
        let record = match read_file(&path) {
            Ok(record) => record,
            // One damaged record takes no table and no other page away.
            Err(error) if error.kind() == ErrorKind::Unreadable => {
                done.refused.push((row.id.clone(), unsound_record(path)));
                return Ok(());
            }
            Err(error) => return Err(error),
        };
        let digest = digest_of(&record, self.language.code())?;
        let mut drawn = places.are_drawn(&digest);
        if let (false, Some(again)) = (drawn, again) {
            let refused = self.draw(row, &record, places, again)?;
            if (again.stopped)() {
                done.stopped = true;
                return Ok(());
            }
            drawn = refused.is_empty();
            done.refused.extend(refused.into_iter().map(|error| (row.id.clone(), error)));
            if drawn {
                places.say_drawn(&digest)?;
            }
        }
        let reading = self.journal.reading(&row.id)?;
        let page = slide_page(&record, reading.as_ref(), places, drawn, self.language, &self.words);
        write_changed(&places.page, page.as_bytes())
    }

    fn draw(
        &self,
        row: &SlideRow,
        record: &SlideRecord,
        places: &Places,
        again: &Again<'_>,
    ) -> Result<Vec<Error>> {
        let source = again.archive.source_of(&row.id)?;
        let words = match self.language {
            Language::French => &self.words.fr,
            Language::English => &self.words.en,
        };
        draw(record, &source, again.limits, words, places, again.stopped)
    }
}

/// Leaves a file alone that holds these bytes: of thousands of slides few change.
fn write_changed(path: &Path, bytes: &[u8]) -> Result<()> {
    if std::fs::read(path).is_ok_and(|known| known == bytes) {
        return Ok(());
    }
    write_whole(path, bytes)
}

/// Removes pages and pictures of slides that are of this archive no more, and nothing that is not known to be ours.
fn clear(slides: &Path, names: &HashSet<String>) {
    let Ok(entries) = std::fs::read_dir(slides) else { return };
    for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
        let page = path.extension().is_some_and(|e| e == "html");
        let name = if page { path.file_stem() } else { path.file_name() };
        let known = name.and_then(|name| name.to_str()).is_some_and(|name| names.contains(name));
        if known {
            continue;
        }
        if path.is_dir() {
            clear_pictures(&path);
        } else if page && is_page(&path) {
            // What cannot be removed harms nobody: no list leads to it.
            let _ = std::fs::remove_file(&path);
        }
    }
}
