//! Threads, queues, and how a run ends.

use std::sync::mpsc::{SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};

use super::read_ahead::{self, ReadAhead};
use super::schedule::{Schedule, Task};
use super::tracker::Tracker;
use super::writer::{Message, restore_records, write_all};
use crate::archive::folder::Archive;
use crate::archive::journal::{Journal, packed};
use crate::archive::share::Share;
use crate::record::Fault;
use crate::slide::{Control, Engine, FileOutcome, Parallel, ScaleTable, Silent, SlideInput};
use crate::{Error, ErrorKind, Result};

/// How a run ended.
#[derive(Debug)]
pub enum Ended {
    /// Every slide has ended.
    Complete,
    /// Before that: it was asked to stop, or the system refused to go on for this reason. What was done is kept.
    Stopped(Option<Error>),
}

/// Examines what is left of a planned archive in the caller's rayon pool.
///
/// The result does not depend on the number of threads, on the order of the files or on how often it was stopped.
///
/// # Errors
/// [`ErrorKind::Usage`] where the pictures' folder is not there; what the journal refuses at the start. A refusal
/// later on is [`Ended::Stopped`].
pub fn run(archive: &mut Archive, engine: &Engine, tracker: &Tracker) -> Result<Ended> {
    let share = Share::look(archive.base())?;
    tracker.begin(archive.journal.standing()?);
    let threads = rayon::current_num_threads();
    let base = archive.base().to_path_buf();
    let schedule = Schedule::new(Journal::read(archive.folder())?, &base, threads);
    let (messages, inbox) = sync_channel(2 * threads);
    let (touch, touched) = read_ahead::queue(threads);
    let halted: Mutex<Option<Error>> = Mutex::new(None);
    let halt = |error: Error| {
        halted.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
        schedule.stop();
    };
    std::thread::scope(|scope| {
        let (schedule, halt) = (&schedule, &halt);
        let held = &mut *archive;
        let start = || std::thread::Builder::new();
        let writer = start().spawn_scoped(scope, move || {
            if let Err(error) = write_all(held, engine, tracker, &inbox) {
                halt(error);
            }
        });
        if let Err(error) = writer {
            return halt(Error::io("", "start a thread", error));
        }
        // Without this one pictures are read a little later.
        let _ahead = start().spawn_scoped(scope, move || read_ahead::touch_all(&touched));
        let worker = Worker { schedule, engine, tracker, share: &share, messages, touch };
        rayon::broadcast(|_| {
            if let Err(error) = worker.work() {
                halt(error);
            }
        });
    });
    drop(schedule);
    if let Some(error) = halted.into_inner().unwrap_or_else(PoisonError::into_inner) {
        return Ok(Ended::Stopped(Some(error)));
    }
    if !archive.journal.standing()?.is_complete() {
        return Ok(Ended::Stopped(None));
    }
    match restore_records(archive, engine).and_then(|()| archive.journal.settle()) {
        Ok(()) => Ok(Ended::Complete),
        Err(error) if error.kind() == ErrorKind::Io => Ok(Ended::Stopped(Some(error))),
        Err(error) => Err(error),
    }
}

struct Worker<'a> {
    schedule: &'a Schedule<'a>,
    engine: &'a Engine,
    tracker: &'a Tracker,
    share: &'a Share,
    messages: SyncSender<Message>,
    touch: ReadAhead,
}

impl Worker<'_> {
    fn work(&self) -> Result<()> {
        while !self.tracker.is_stopped() {
            let Some(task) = self.schedule.take()? else { return Ok(()) };
            let message = match task {
                Task::End(slide) => Message::End(slide),
                Task::Scale(job) => {
                    let scales = self.engine.estimate_scales(&job.input, &Silent)?;
                    let message = Message::Scales(job.slide.number, scales.clone());
                    let _first = job.scales.set(scales);
                    // Pictures that the share took away must not decide a scale.
                    self.share.check()?;
                    // The journal knows the scales before it can hear of a file that was examined under them.
                    if self.messages.send(message).is_err() {
                        return Ok(());
                    }
                    self.schedule.scaled(job);
                    continue;
                }
                Task::File { job, file, parallel } => {
                    if let Some(next) = self.schedule.peek(rayon::current_num_threads()) {
                        // A full queue means that the disk is behind anyway.
                        let _ = self.touch.try_send(next);
                    }
                    let none = ScaleTable::default();
                    let scales = job.scales.get().unwrap_or(&none);
                    let (outcome, fault) =
                        examined(self.engine, &job.input, scales, file, parallel, &Silent)?;
                    if fault.as_ref().is_some_and(|f| f.may_mend()) {
                        self.share.check()?;
                    }
                    Message::Outcome {
                        slide: job.slide.number,
                        file,
                        body: packed(&outcome)?,
                        sha256: outcome.fields.first().map(|f| f.sha256.clone()),
                        fault,
                    }
                }
            };
            if self.messages.send(message).is_err() {
                // The writer has stopped and said why.
                return Ok(());
            }
        }
        self.schedule.stop();
        Ok(())
    }
}

/// Examines one file of a slide; the engine's wall keeps a panic inside it, and a refusal ends here.
///
/// # Errors
/// [`ErrorKind::Stopped`] alone: what else is refused is the outcome.
pub(in crate::archive) fn examined(
    engine: &Engine,
    input: &SlideInput,
    scales: &ScaleTable,
    file: usize,
    parallel: Parallel,
    control: &dyn Control,
) -> Result<(FileOutcome, Option<Fault>)> {
    match engine.examine(input, scales, file, parallel, control) {
        Ok((outcome, failure)) => Ok((outcome, failure.as_ref().map(Fault::from))),
        Err(error) if error.kind() == ErrorKind::Stopped => Err(error),
        Err(error) => {
            let name = input.pictures.get(file).map_or("", |picture| picture.name());
            Ok((FileOutcome::failed(name, &error), Some(Fault::from(&error))))
        }
    }
}
