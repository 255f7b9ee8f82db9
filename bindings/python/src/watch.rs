//! Progress out, "stop now" in.
//!
//! The engine works on a thread of its own. The thread that called waits for it without Python's lock, tells the caller's
//! function how far it is, and asks Python for signals meanwhile: Ctrl-C, or an exception of that function, stops the
//! engine before the next picture and is raised when it has stopped.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use hemozoin::{Control, Event, Result};
use pyo3::prelude::*;

use crate::error::{panicked, raised};

/// How long a signal may wait.
const LOOK: Duration = Duration::from_millis(50);

/// The engine's control: tells the thread that called.
struct Watch {
    told: Sender<(u64, u64)>,
    done: AtomicU64,
    files: AtomicU64,
    stopped: AtomicBool,
}

impl Watch {
    fn tell(&self, done: u64) {
        // Nobody listens any more where the caller was interrupted.
        let _ = self.told.send((done, self.files.load(Ordering::SeqCst)));
    }
}

impl Control for Watch {
    fn on(&self, event: &Event<'_>) {
        match event {
            Event::Started { files } => {
                self.files.store(*files as u64, Ordering::SeqCst);
                self.tell(0);
            }
            Event::File { .. } => self.tell(self.done.fetch_add(1, Ordering::SeqCst) + 1),
            _ => {}
        }
    }

    fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::SeqCst)
    }
}

/// Does `work`; `progress(done, files)` is called on this thread.
pub(crate) fn watched<T: Send>(
    py: Python<'_>,
    progress: Option<&Bound<'_, PyAny>>,
    work: impl FnOnce(&dyn Control) -> Result<T> + Send,
) -> PyResult<T> {
    let (told, heard) = channel();
    let files = AtomicU64::new(0);
    let watch = &Watch { told, done: AtomicU64::new(0), files, stopped: AtomicBool::new(false) };
    // Dropped when the work ends, which is heard at once.
    let (working, ended) = channel::<()>();
    let ended = Mutex::new(ended);
    std::thread::scope(|scope| {
        let worker = scope.spawn(move || {
            let _working = working;
            work(watch)
        });
        let mut interrupted = None;
        let mut over = false;
        while !over {
            over = py.detach(|| {
                let ended = ended.lock().unwrap_or_else(PoisonError::into_inner);
                ended.recv_timeout(LOOK) == Err(RecvTimeoutError::Disconnected)
            });
            if interrupted.is_none() {
                let mut said = heard.try_iter();
                let told = said.try_for_each(|(done, files)| match progress {
                    Some(progress) => progress.call1((done, files)).map(drop),
                    None => Ok(()),
                });
                interrupted = told.and_then(|()| py.check_signals()).err();
                if interrupted.is_some() {
                    watch.stopped.store(true, Ordering::SeqCst);
                }
            }
        }
        let done = worker.join().unwrap_or_else(|_| Err(panicked()));
        match interrupted {
            Some(interrupted) => Err(interrupted),
            None => done.map_err(|error| raised(py, &error)),
        }
    })
}
