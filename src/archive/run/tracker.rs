//! Counters that a front end reads while the threads work, and the switch that stops them.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde::Serialize;

use crate::archive::journal::Standing;
use crate::archive::rows::{SlideRow, Urgency};

/// Shared between the run and whoever watches it.
#[derive(Debug, Default)]
pub struct Tracker {
    stop: AtomicBool,
    begun: Mutex<Option<(Instant, Standing)>>,
    slides_done: AtomicU64,
    files_done: AtomicU64,
    suspect: AtomicU64,
    severe: AtomicU64,
    slides_failed: AtomicU64,
    files_failed: AtomicU64,
    fields_unfit: AtomicU64,
}

/// How far a run is at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Snapshot {
    /// The counts, earlier runs included.
    #[serde(flatten)]
    pub standing: Standing,
    /// Seconds since this run began.
    pub seconds: f64,
    /// Files per second in this run; `None` in its first second.
    pub files_per_second: Option<f64>,
    /// Seconds that the rest will take at that rate.
    pub seconds_left: Option<f64>,
}

impl Tracker {
    /// Asks the run to stop when the fields in flight are done. May be called from any thread.
    pub fn stop(&self) {
        self.stop.store(true, Relaxed);
    }

    /// Whether the run was asked to stop.
    pub fn is_stopped(&self) -> bool {
        self.stop.load(Relaxed)
    }

    /// How far the run is; `None` before it has begun.
    pub fn snapshot(&self) -> Option<Snapshot> {
        let (since, start) = (*self.begun.lock().unwrap_or_else(PoisonError::into_inner))?;
        let files_now = self.files_done.load(Relaxed);
        let standing = Standing {
            slides_done: self.slides_done.load(Relaxed),
            files_done: files_now,
            suspect: self.suspect.load(Relaxed),
            severe: self.severe.load(Relaxed),
            slides_failed: self.slides_failed.load(Relaxed),
            files_failed: self.files_failed.load(Relaxed),
            fields_unfit: self.fields_unfit.load(Relaxed),
            ..start
        };
        // A monotonic clock: a wall clock that jumps does not disturb the rate.
        let elapsed = since.elapsed();
        let done_here = files_now.saturating_sub(start.files_done);
        let rate = (elapsed >= Duration::from_secs(1) && done_here > 0)
            .then(|| done_here as f64 / elapsed.as_secs_f64());
        let left = start.files.saturating_sub(files_now);
        Some(Snapshot {
            standing,
            seconds: elapsed.as_secs_f64(),
            files_per_second: rate,
            seconds_left: rate.map(|r| left as f64 / r),
        })
    }

    pub(super) fn begin(&self, standing: Standing) {
        self.slides_done.store(standing.slides_done, Relaxed);
        self.files_done.store(standing.files_done, Relaxed);
        self.suspect.store(standing.suspect, Relaxed);
        self.severe.store(standing.severe, Relaxed);
        self.slides_failed.store(standing.slides_failed, Relaxed);
        self.files_failed.store(standing.files_failed, Relaxed);
        self.fields_unfit.store(standing.fields_unfit, Relaxed);
        *self.begun.lock().unwrap_or_else(PoisonError::into_inner) = Some((Instant::now(), standing));
    }

    pub(super) fn file(&self, failed: bool) {
        self.files_done.fetch_add(1, Relaxed);
        self.files_failed.fetch_add(u64::from(failed), Relaxed);
    }

    pub(super) fn slide(&self, row: &SlideRow, unfit: u64) {
        self.slides_done.fetch_add(1, Relaxed);
        self.suspect.fetch_add(u64::from(row.has_suspects()), Relaxed);
        self.severe.fetch_add(u64::from(row.urgency == Urgency::Severe), Relaxed);
        self.slides_failed.fetch_add(u64::from(row.fault.is_some()), Relaxed);
        self.fields_unfit.fetch_add(unfit, Relaxed);
    }
}
