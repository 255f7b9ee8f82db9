//! One file is examined; the engine's wall keeps a panic inside it, and a refusal ends here.

use std::sync::{Mutex, PoisonError};

use super::board::Job;
use crate::archive::fault::Fault;
use crate::error::{Error, ErrorKind};
use crate::slide::{Engine, Event, FileOutcome, Parallel, Progress, ScaleTable};

/// Examines one file of a slide.
pub(super) fn examine(
    engine: &Engine,
    job: &Job,
    file: usize,
    parallel: Parallel,
) -> (FileOutcome, Option<Fault>) {
    let Some(picture) = job.slide.source.files().get(file) else {
        let error = Error::new(ErrorKind::Internal, "a file outside its slide");
        return (FileOutcome::failed("", &error), Some(Fault::from(&error)));
    };
    let none = ScaleTable::default();
    let scales = job.scales.get().unwrap_or(&none);
    let heard = Heard::default();
    let source = &job.slide.source;
    match engine.examine(source, scales, picture, parallel, &heard) {
        Ok(outcome) => (outcome, heard.0.into_inner().unwrap_or_else(PoisonError::into_inner)),
        Err(error) => (FileOutcome::failed(&picture.name, &error), Some(Fault::from(&error))),
    }
}

/// Keeps why a file could not be read.
#[derive(Default)]
struct Heard(Mutex<Option<Fault>>);

impl Progress for Heard {
    fn on(&self, event: &Event<'_>) {
        if let Event::Unread { error, .. } = event {
            *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(Fault::from(*error));
        }
    }
}
