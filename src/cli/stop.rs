//! Ctrl-C, and being asked to end: exit code 3 everywhere.

use std::sync::{Mutex, PoisonError};

use super::exit::Exit;
use super::json::JsonError;
use hemozoin::locale::Catalogue;

/// What a command does before it ends, or instead.
type Instead = Box<dyn Fn() -> After + Send>;

#[derive(Clone, Copy, PartialEq, Eq)]
enum After {
    /// The command ends by itself.
    #[cfg(feature = "archive")]
    GoOn,
    #[cfg(feature = "review")]
    End,
}

static INSTEAD: Mutex<Option<Instead>> = Mutex::new(None);

/// Listens from here on; `json`: what stopped is told on stdout too. What is being written is written whole or not at all, so ending at once harms nothing.
pub(crate) fn listen(catalogue: &Catalogue, json: bool) {
    let said = catalogue.say("cli-stopped");
    let handler = move || {
        let instead = INSTEAD.lock().unwrap_or_else(PoisonError::into_inner);
        if instead.as_ref().is_some_and(|instead| instead() == After::GoOn) {
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
        After::GoOn
    });
}

/// From here on a signal does this, and then ends the program.
#[cfg(feature = "review")]
pub(crate) fn first(action: impl Fn() + Send + 'static) {
    put(move || {
        action();
        After::End
    });
}

#[cfg(feature = "archive")]
fn put(action: impl Fn() -> After + Send + 'static) {
    *INSTEAD.lock().unwrap_or_else(PoisonError::into_inner) = Some(Box::new(action));
}
