//! What stands beside a signature, written again behind the page: the report of a slide, tables and pages of an archive.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::letter::put_beside;
use super::slide::OpenSlide;
use crate::locale::Language;
use crate::report::archive::{CaughtUp, catch_up};
use crate::{Error, Result};

/// How long it waits before it tries again what another process holds.
const PAUSE: Duration = Duration::from_secs(5);

/// Whoever ends the program waits no longer than this.
const PATIENCE: Duration = Duration::from_secs(60);

/// What happened behind the page that somebody should hear of.
#[derive(Clone, Copy, Debug)]
pub enum News<'a> {
    /// Tables and pages of an archive could not be written.
    Refused(&'a Error),
    /// The report beside a slide's result could not be written.
    NotReported(&'a Error),
    /// Tables that somebody had changed by hand, under the names that they have now.
    Kept(&'a [PathBuf]),
}

/// Who hears of it: it is no answer to a request.
pub(super) type Listener = Arc<Mutex<Option<Box<dyn Fn(News<'_>) + Send>>>>;

/// What the thread behind is told.
enum Asked {
    /// Something may have been signed.
    Look,
    /// This slide was, on a page in this language.
    Signed(Arc<OpenSlide>, Language),
    /// The program ends: answer when all is written.
    Settle(Sender<()>),
}

/// A hold on the thread that writes; `None` where the system gave none.
#[derive(Clone, Debug)]
pub struct Upkeep {
    asked: Option<Sender<Asked>>,
}

impl Upkeep {
    /// Of single slides, and of an archive's output folder where there is one. What earlier signatures left behind there
    /// is written at once.
    pub(super) fn of(archive: Option<PathBuf>, listener: &Listener) -> Self {
        let (asked, inbox) = channel();
        let listener = Arc::clone(listener);
        let work = move || {
            let write = || archive.as_deref().map_or(Ok(CaughtUp::AlreadyThen), catch_up);
            keep(&inbox, PAUSE, &write, &|news| {
                if let Some(say) = listener.lock().unwrap_or_else(PoisonError::into_inner).as_ref() {
                    say(news);
                }
            });
        };
        // Without a thread for it the next start writes.
        let upkeep = Self { asked: std::thread::Builder::new().spawn(work).ok().map(|_| asked) };
        upkeep.ask(Asked::Look);
        upkeep
    }

    /// A slide was signed, on a page in `language`.
    pub(super) fn signed(&self, slide: &Arc<OpenSlide>, language: Language) {
        self.ask(Asked::Signed(Arc::clone(slide), language));
    }

    fn ask(&self, what: Asked) {
        if let Some(asked) = &self.asked {
            // The thread lives as long as the program; without it the next start writes.
            let _ = asked.send(what);
        }
    }

    /// Waits until all that was signed is written.
    pub fn settle(&self) {
        let Some(asked) = &self.asked else { return };
        let (done, wait) = channel();
        if asked.send(Asked::Settle(done)).is_ok() {
            let _ = wait.recv_timeout(PATIENCE);
        }
    }
}

/// Writes when asked, many questions at once, until nobody can ask any more.
fn keep(
    inbox: &Receiver<Asked>,
    pause: Duration,
    write: &dyn Fn() -> Result<CaughtUp>,
    tell: &dyn Fn(News<'_>),
) {
    let mut late = false;
    loop {
        let first = match late {
            true => match inbox.recv_timeout(pause) {
                Err(RecvTimeoutError::Timeout) => Asked::Look,
                Err(RecvTimeoutError::Disconnected) => return,
                Ok(asked) => asked,
            },
            false => match inbox.recv() {
                Err(_) => return,
                Ok(asked) => asked,
            },
        };
        let all: Vec<Asked> = std::iter::once(first).chain(inbox.try_iter()).collect();
        late = match write() {
            Ok(CaughtUp::Later) => true,
            Ok(CaughtUp::AlreadyThen) => false,
            Ok(CaughtUp::Now(written)) => {
                if !written.kept.is_empty() {
                    tell(News::Kept(&written.kept));
                }
                false
            }
            Err(error) => {
                tell(News::Refused(&error));
                false
            }
        };
        for asked in all {
            match asked {
                Asked::Look => {}
                Asked::Signed(slide, language) => {
                    if let Err(error) = put_beside(&slide, language) {
                        tell(News::NotReported(&error));
                    }
                }
                Asked::Settle(done) => {
                    // Who waited may be gone.
                    let _ = done.send(());
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[test]
    fn what_another_process_holds_is_tried_again_and_many_questions_are_one() {
        let (asked, inbox) = channel();
        let (done, wait) = channel();
        for _ in 0..9 {
            asked.send(Asked::Look).expect("asked");
        }
        asked.send(Asked::Settle(done)).expect("asked");
        let tries = Cell::new(0);
        let write = || {
            tries.set(tries.get() + 1);
            Ok(if tries.get() == 1 { CaughtUp::Later } else { CaughtUp::AlreadyThen })
        };
        std::thread::scope(|scope| {
            scope.spawn(move || {
                wait.recv().expect("settled");
                // Long after the pause: the second try is the last.
                std::thread::sleep(Duration::from_millis(300));
                drop(asked);
            });
            keep(&inbox, Duration::from_millis(20), &write, &|_| {});
        });
        assert_eq!(tries.get(), 2);
    }
}
