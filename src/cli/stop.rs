//! Ctrl-C, and being asked to end: exit code 3 everywhere.

use std::sync::{Mutex, PoisonError};

use super::exit::Exit;
use hemozoin::locale::Catalogue;

/// What a command does instead of ending at once.
type Instead = Box<dyn Fn() + Send>;

static INSTEAD: Mutex<Option<Instead>> = Mutex::new(None);

/// Listens from here on. What is being written is written whole or not at all, so ending at once harms nothing.
pub(crate) fn listen(catalogue: &Catalogue) {
    let said = catalogue.say("cli-stopped");
    let handler = move || {
        let instead = INSTEAD.lock().unwrap_or_else(PoisonError::into_inner);
        match instead.as_ref() {
            Some(instead) => instead(),
            None => {
                eprintln!("{said}");
                std::process::exit(Exit::Stopped.code().into());
            }
        }
    };
    // Without a handler a signal ends the process at once, with the system's own code.
    let _ = ctrlc::set_handler(handler);
}

/// From here on a signal does this.
#[cfg(feature = "archive")]
pub(crate) fn instead(action: impl Fn() + Send + 'static) {
    *INSTEAD.lock().unwrap_or_else(PoisonError::into_inner) = Some(Box::new(action));
}
