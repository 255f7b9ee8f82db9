//! What is to be done next. Slides are opened in the order of their numbers, a few at a time.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use crate::Result;
use crate::archive::journal::{Journal, StoredSlide};
use crate::slide::{Parallel, ScaleTable, SlideInput};

/// How long a thread without work sleeps before it looks again whether it can help another.
const NAP: Duration = Duration::from_millis(2);

/// An open slide.
#[derive(Debug)]
pub(super) struct Job {
    pub(super) slide: StoredSlide,
    /// The slide as the engine takes it.
    pub(super) input: SlideInput,
    /// Set before any of its files is handed out.
    pub(super) scales: OnceLock<ScaleTable>,
}

/// One piece of work.
#[derive(Debug)]
pub(super) enum Task {
    /// Estimate the scales of a slide; then [`Schedule::scaled`].
    Scale(Arc<Job>),
    /// Examine one file.
    File { job: Arc<Job>, file: usize, parallel: Parallel },
    /// A slide of which every file is known already.
    End(i64),
}

/// Hands out tasks to any number of threads.
pub(super) struct Schedule<'a> {
    state: Mutex<State>,
    changed: Condvar,
    base: &'a Path,
    threads: usize,
}

struct State {
    journal: Journal,
    /// Number from which the next slide is looked for; `None` where there is none left.
    next: Option<i64>,
    /// Slides whose scales are known, with the files not yet handed out.
    ready: VecDeque<(Arc<Job>, VecDeque<usize>)>,
    /// Slides whose scales are being estimated.
    scaling: usize,
    stopped: bool,
}

impl<'a> Schedule<'a> {
    /// `journal` is a connection of its own, for reading.
    pub(super) fn new(journal: Journal, base: &'a Path, threads: usize) -> Self {
        let state =
            State { journal, next: Some(i64::MIN), ready: VecDeque::new(), scaling: 0, stopped: false };
        Self { state: Mutex::new(state), changed: Condvar::new(), base, threads }
    }

    /// The next task; waits where others must finish first; `None` where nothing is left or the run stops.
    pub(super) fn take(&self) -> Result<Option<Task>> {
        loop {
            let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
            if state.stopped {
                return Ok(None);
            }
            let waiting: usize = state.ready.iter().map(|(_, files)| files.len()).sum();
            // The next slide is opened in good time: its scales must be known before the files run out.
            if waiting < 2 * self.threads
                && state.scaling < self.threads
                && let Some(task) = self.open_next(&mut state)?
            {
                return Ok(Some(task));
            }
            if let Some(task) = next_file(&mut state, waiting <= 1 && self.threads > 1) {
                return Ok(Some(task));
            }
            if state.next.is_none() && state.scaling == 0 {
                return Ok(None);
            }
            drop(state);
            // Another thread estimates scales: help with its pictures.
            if rayon::yield_now() != Some(rayon::Yield::Executed) {
                let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
                let _unused = self.changed.wait_timeout(state, NAP);
            }
        }
    }

    /// The scales of a slide are known: its files can be handed out.
    pub(super) fn scaled(&self, job: Arc<Job>) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.scaling -= 1;
        put(&mut state, job);
        self.changed.notify_all();
    }

    /// Hands out nothing more.
    pub(super) fn stop(&self) {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).stopped = true;
        self.changed.notify_all();
    }

    /// The file that will be handed out `places` from now, where one is known.
    pub(super) fn peek(&self, places: usize) -> Option<PathBuf> {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let (job, file) =
            state.ready.iter().flat_map(|(job, files)| files.iter().map(move |f| (job, *f))).nth(places)?;
        job.slide.source.files().get(file).map(|f| f.path.clone())
    }

    fn open_next(&self, state: &mut State) -> Result<Option<Task>> {
        let Some(from) = state.next else { return Ok(None) };
        let Some(number) = state.journal.next_unended(from)? else {
            state.next = None;
            return Ok(None);
        };
        state.next = number.checked_add(1);
        let mut slide = state.journal.slide(number, self.base)?;
        if slide.todo.is_empty() {
            return Ok(Some(Task::End(number)));
        }
        let known = slide.scales.take();
        let input = slide.source.input();
        let job = Arc::new(Job { slide, input, scales: OnceLock::new() });
        match known {
            Some(scales) => {
                let _first = job.scales.set(scales);
                put(state, job);
                Ok(next_file(state, false))
            }
            None => {
                state.scaling += 1;
                Ok(Some(Task::Scale(job)))
            }
        }
    }
}

fn put(state: &mut State, job: Arc<Job>) {
    let files = job.slide.todo.iter().copied().collect();
    // Slides stay in the order of their numbers, whichever scales were known first.
    let at = state.ready.partition_point(|(other, _)| other.slide.number < job.slide.number);
    state.ready.insert(at, (job, files));
}

/// `last` says that no other file waits: then the threads share out its tiles.
fn next_file(state: &mut State, last: bool) -> Option<Task> {
    let (job, files) = state.ready.front_mut()?;
    let file = files.pop_front()?;
    let job = Arc::clone(job);
    if files.is_empty() {
        state.ready.pop_front();
    }
    let alone = last && state.next.is_none() && state.scaling == 0;
    Some(Task::File { job, file, parallel: if alone { Parallel::Tiles } else { Parallel::Files } })
}
