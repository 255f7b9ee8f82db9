//! Progress out, "stop now" in.

use std::ffi::c_void;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use hemozoin::{Control, Event};

/// Called while a slide is examined, from several threads at once: `done` of `files` pictures are examined, those that cannot be
/// read among them. Any answer but
/// 0 stops the work; the call then ends with `HEMOZOIN_STATUS_STOPPED`, and the slide can be run again. It must not unwind
/// or jump out.
pub type HemozoinProgress = Option<unsafe extern "C" fn(user: *mut c_void, done: u64, files: u64) -> i32>;

/// A caller's function as the engine's control.
pub(crate) struct Watch {
    tell: HemozoinProgress,
    user: *mut c_void,
    done: AtomicU64,
    files: AtomicU64,
    stopped: AtomicBool,
}

// SAFETY: the documentation of the type obliges the caller's function, and what `user` points to, to bear calls from
// several threads at once; this library itself never looks at `user`.
unsafe impl Sync for Watch {}

impl Watch {
    pub(crate) fn new(tell: HemozoinProgress, user: *mut c_void) -> Self {
        let (done, files) = (AtomicU64::new(0), AtomicU64::new(0));
        Self { tell, user, done, files, stopped: AtomicBool::new(false) }
    }

    fn tell(&self, done: u64) {
        if let Some(tell) = self.tell {
            // SAFETY: the caller gave the function for this.
            if unsafe { tell(self.user, done, self.files.load(Ordering::SeqCst)) } != 0 {
                self.stopped.store(true, Ordering::SeqCst);
            }
        }
    }
}

impl Control for Watch {
    fn on(&self, event: &Event<'_>) {
        match event {
            Event::Started { files } => {
                self.files.store(*files as u64, Ordering::SeqCst);
                self.tell(0);
            }
            // A picture that cannot be read is told as a file, too.
            Event::File { .. } => {
                self.tell(self.done.fetch_add(1, Ordering::SeqCst) + 1);
            }
            _ => {}
        }
    }

    fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::SeqCst)
    }
}
