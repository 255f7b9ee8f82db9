//! One file is examined behind a wall: neither a refusal nor a panic gets past it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, PoisonError};

use super::board::Job;
use crate::archive::fault::Fault;
use crate::error::{Error, ErrorKind};
use crate::slide::{Engine, Event, FileOutcome, Parallel, Progress, ScaleTable, Silent};

/// Estimates the scales of a slide; none where that panics, so that its files name the cause.
pub(super) fn estimate(engine: &Engine, job: &Job) -> ScaleTable {
    catch_unwind(AssertUnwindSafe(|| engine.estimate_scales(&job.slide.source, &Silent))).unwrap_or_default()
}

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
    let examined =
        catch_unwind(AssertUnwindSafe(|| engine.examine(source, scales, picture, parallel, &heard)));
    let error = match examined {
        Ok(Ok(outcome)) => {
            return (outcome, heard.0.into_inner().unwrap_or_else(PoisonError::into_inner));
        }
        Ok(Err(error)) => error,
        Err(panic) => Engine::panicked(panic.as_ref()),
    };
    (FileOutcome::failed(&picture.name, &error), Some(Fault::from(&error)))
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
