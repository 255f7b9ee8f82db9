//! The middle and the end of `run` and `resume`: examine what is left, write every output, say what failed.

use std::sync::Arc;

use super::failures::say_failures;
use super::watch::{WatchFlags, Watcher};
use crate::cli::CommandResult;
use crate::cli::exit::Exit;
use crate::cli::session::Session;
use hemozoin::archive::{Archive, Ended, Tracker, run};
use hemozoin::locale::integer;
use hemozoin::report::archive::{CsvLocale, write_outputs};
use hemozoin::slide::Engine;
use hemozoin::{Error, ErrorKind};

/// Goes on with an archive that an earlier process began: what the system refused is tried again, what has changed since
/// it was read is named and, with `redo_changed`, read again.
pub(super) fn go_on(
    archive: &mut Archive,
    engine: &Engine,
    redo_changed: bool,
    watch: WatchFlags,
    session: &Session,
) -> CommandResult {
    archive.plan(engine.limits())?;
    archive.retry_refused(engine.limits())?;
    let changed = archive.changed_files(redo_changed)?;
    for (slide, file) in &changed {
        let key = if redo_changed { "archive-changed-redo" } else { "archive-changed-kept" };
        let args = [("slide", slide.clone()), ("file", file.display().to_string())];
        session.warn(&session.catalogue().say_with(key, &args));
    }
    let exit = work_and_finish(archive, engine, watch, session)?;
    // A result that no longer belongs to its picture is something to mend.
    let stale = !changed.is_empty() && !redo_changed;
    Ok(if stale { exit.max(Exit::SomeFailed) } else { exit })
}

pub(super) fn work_and_finish(
    archive: &mut Archive,
    engine: &Engine,
    watch: WatchFlags,
    session: &Session,
) -> CommandResult {
    let tracker = Arc::new(Tracker::default());
    stop_on_signal(&tracker);
    let watcher = Watcher::begin(&tracker, watch, session);
    let ended = run(archive, engine, &tracker);
    watcher.end();
    match ended? {
        Ended::Complete => {}
        Ended::Stopped(why) => return Ok(stopped(why.as_ref(), archive, session)),
    }
    let locale = if archive.begun().french_tables { CsvLocale::French } else { CsvLocale::English };
    match write_outputs(archive.journal(), archive.folder(), locale) {
        Ok(_) => {}
        Err(error) if error.kind() == ErrorKind::Io => {
            return Ok(stopped(Some(&error.with_path(archive.folder())), archive, session));
        }
        Err(error) => return Err(error.into()),
    }
    let lost = say_failures(archive.journal(), session)?;
    let standing = archive.journal().standing()?;
    let number = |n: u64| integer(n, session.language());
    let args = [
        ("slides", number(standing.slides)),
        ("positive", number(standing.positive)),
        ("failed", number(standing.slides_failed + standing.files_failed)),
        ("unfit", number(standing.fields_unfit)),
        ("folder", archive.folder().display().to_string()),
    ];
    session.tell(&session.catalogue().say_with("archive-done", &args));
    Ok(if lost || standing.has_failures() { Exit::SomeFailed } else { Exit::Done })
}

/// The first signal finishes the fields in flight, the second ends at once; the journal bears both.
fn stop_on_signal(tracker: &Arc<Tracker>) {
    let tracker = Arc::clone(tracker);
    let handler = move || {
        if tracker.is_stopped() {
            std::process::exit(3);
        }
        tracker.stop();
    };
    // Without a handler a signal ends the process at once, which the journal bears too.
    let _ = ctrlc::set_handler(handler);
}

fn stopped(why: Option<&Error>, archive: &Archive, session: &Session) -> Exit {
    if let Some(why) = why {
        session.complain(&session.catalogue().error(why));
    }
    let folder = archive.folder().display().to_string();
    session.complain(&session.catalogue().say_with("archive-stopped", &[("folder", folder)]));
    Exit::Stopped
}
