//! Ctrl-C, and being asked to end: exit code 3 everywhere.

use std::sync::{Mutex, PoisonError};

use super::exit::Exit;
use super::json::JsonError;
use hemozoin::locale::Catalogue;

/// What a command does when it is asked to end; true where it then ends by itself.
type Instead = Box<dyn Fn() -> bool + Send>;

static INSTEAD: Mutex<Option<Instead>> = Mutex::new(None);

/// Listens from here on; `json`: what stopped is told on stdout too. What is being written is written whole or not at all,
/// so ending at once harms nothing.
pub(crate) fn listen(catalogue: &Catalogue, json: bool) {
    let said = catalogue.say("cli-stopped");
    let handler = move || {
        let instead = INSTEAD.lock().unwrap_or_else(PoisonError::into_inner);
        if instead.as_ref().is_some_and(|instead| instead()) {
            return;
        }
        eprintln!("{said}");
        if json {
            JsonError::of_stop(said.clone()).print();
        }
        std::process::exit(Exit::Stopped.code().into());
    };
    // Without a handler a signal ends the process at once, with the system's own code.
    let _ = ctrlc::set_handler(handler);
}

/// From here on a signal does this.
#[cfg(feature = "archive")]
pub(crate) fn instead(action: impl Fn() + Send + 'static) {
    put(move || {
        action();
        true
    });
}

/// From here on a signal does this, and then ends the program.
#[cfg(feature = "review")]
pub(crate) fn first(action: impl Fn() + Send + 'static) {
    put(move || {
        action();
        false
    });
}

#[cfg(feature = "archive")]
fn put(action: impl Fn() -> bool + Send + 'static) {
    *INSTEAD.lock().unwrap_or_else(PoisonError::into_inner) = Some(Box::new(action));
}
