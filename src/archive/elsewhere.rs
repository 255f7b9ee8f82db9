//! Slides that other processes read: handed out as values, taken back as values, and written by the process that holds
//! the archive, as [`run()`](super::run()) writes them. Where a worker dies, its slide is handed out again.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::folder::Archive;
use super::journal::{SlideState, StoredSlide, packed, unpacked};
use super::run::{Tracker, end, examined};
use super::stamp::Stamp;
use crate::record::{Facts, Fault};
use crate::slide::{Control, Engine, FileOutcome, Parallel, ScaleTable, go_on};
use crate::source::{PictureFile, SlideSource};
use crate::terms::Film;
use crate::{Error, ErrorKind, Result};

/// A slide to be read by another process. It says nothing of the patient.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SlideJob {
    number: i64,
    facts: Facts,
    files: Vec<JobFile>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct JobFile {
    film: Film,
    name: String,
    /// Below the folder of the pictures, with `/` between folders.
    path: String,
}

/// What was read of a slide, and by which build.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Answer {
    number: i64,
    stamp: Stamp,
    scales: ScaleTable,
    outcomes: Vec<(FileOutcome, Option<Fault>)>,
}

impl SlideJob {
    /// Where its pictures lie below the folder of the pictures, with `/` between folders.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(|file| file.path.as_str())
    }

    /// Reads the slide, whose pictures lie below `base`; the answer for [`Archive::accept`].
    ///
    /// # Errors
    /// [`ErrorKind::Stopped`]; [`ErrorKind::Model`] where a bundle cannot be loaded. A picture that cannot be read is part
    /// of the answer.
    pub fn read(&self, engine: &Engine, base: &Path, control: &dyn Control) -> Result<Vec<u8>> {
        let files = self.files.iter();
        let files = files.map(|file| PictureFile {
            film: file.film,
            path: base.join(&file.path),
            name: file.name.clone(),
        });
        let source =
            SlideSource::of_parts(Default::default(), self.facts.clone(), files.collect(), Vec::new());
        let input = source.input();
        let stamp = build_of(engine)?;
        let scales = engine.estimate_scales(&input, control)?;
        let outcomes = (0..input.pictures.len()).map(|at| {
            go_on(control)?;
            examined(engine, &input, &scales, at, Parallel::Tiles, control)
        });
        let outcomes = outcomes.collect::<Result<_>>()?;
        packed(&Answer { number: self.number, stamp, scales, outcomes })
    }
}

/// What the engine of a worker must have in common with that of the archive.
fn build_of(engine: &Engine) -> Result<Stamp> {
    Stamp::of(engine, &Facts::default())
}

impl Archive {
    /// Keeps that the pictures lie at `address` and not on this disk ([`Journal::check_here`](super::Journal::check_here)).
    ///
    /// # Errors
    /// [`ErrorKind::Io`] where the journal refuses.
    pub fn set_elsewhere(&mut self, address: &str) -> Result<()> {
        self.journal.put_elsewhere(address)
    }

    /// The slides that have not ended, to be read by others, in the order of their numbers.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] where the journal refuses.
    pub fn jobs(&self) -> Result<Vec<SlideJob>> {
        let mut open = Vec::new();
        self.journal.slides(|SlideState { number, ended, .. }| {
            open.extend((!ended).then_some(number));
            Ok(())
        })?;
        open.into_iter().map(|number| Ok(self.job(&self.journal.slide(number, self.base())?))).collect()
    }

    fn job(&self, slide: &StoredSlide) -> SlideJob {
        let below = |path: &PathBuf| {
            let parts = path.strip_prefix(self.base()).unwrap_or(path).components();
            parts.map(|part| part.as_os_str().to_string_lossy().into_owned()).collect::<Vec<_>>().join("/")
        };
        let files = slide.source.files().iter();
        let files =
            files.map(|f| JobFile { film: f.film, name: f.name.clone(), path: below(&f.path) }).collect();
        SlideJob { number: slide.number, facts: slide.source.facts().clone(), files }
    }

    /// Ends a slide that another process has read; `engine` is that of the archive. A slide that has ended stays as it
    /// is. When this returns, the slide is on the disk.
    ///
    /// # Errors
    /// [`ErrorKind::Unreadable`] for what is no answer; [`ErrorKind::Usage`] for that of another build, or of a slide that
    /// is not like this; [`ErrorKind::Io`] where the system refuses.
    pub fn accept(&mut self, engine: &Engine, answer: &[u8]) -> Result<()> {
        let Answer { number, stamp, scales, outcomes } = unpacked(answer).map_err(|why| {
            Error::new(ErrorKind::Unreadable, format!("this is no answer of a worker ({why})"))
        })?;
        if let Some((what, here, there)) = Stamp::differences(&build_of(engine)?, &stamp).into_iter().next() {
            return Err(other_build(what, &here, &there));
        }
        if self.journal.row(number)?.is_some() {
            return Ok(());
        }
        let slide = self.journal.slide(number, self.base())?;
        if outcomes.len() != slide.source.files().len() {
            return Err(Error::new(
                ErrorKind::Usage,
                format!(
                    "{} pictures were read of slide {}, which has {}; the list of slides is another",
                    outcomes.len(),
                    slide.source.info().id,
                    slide.source.files().len()
                ),
            ));
        }
        self.journal.put_scales(number, &scales)?;
        for (file, (outcome, fault)) in outcomes.iter().enumerate() {
            let sha256 = outcome.fields.first().map(|field| field.sha256.as_str());
            self.journal.put_outcome(number, file, &packed(outcome)?, sha256, fault.as_ref())?;
        }
        end(self, engine, &Tracker::default(), number)
    }
}

fn other_build(what: &str, here: &str, there: &str) -> Error {
    Error::new(
        ErrorKind::Usage,
        format!(
            "a worker has another build than this archive: {what} is {there} there and {here} here; install the same \
             version and the same bundles everywhere"
        ),
    )
    .with_key("error-archive-other-build")
    .with_arg("what", what)
    .with_arg("here", here)
    .with_arg("there", there)
}
