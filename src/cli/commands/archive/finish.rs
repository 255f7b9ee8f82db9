//! The middle and the end of `run` and `resume`: examine what is left, write every output, say what failed.

use std::sync::Arc;

use super::failures::{LISTED, say_failures};
use super::watch::{WatchFlags, Watcher};
use crate::cli::CommandResult;
use crate::cli::exit::Exit;
use crate::cli::session::Session;
use crate::cli::shell::quoted;
use crate::cli::stop::instead;
use hemozoin::archive::{Archive, ChangedFile, Ended, Tracker, run};
use hemozoin::locale::integer;
use hemozoin::report::archive::{Again, SlidesWritten, write_outputs, write_slides};
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
    say_changed(&changed, session);
    let exit = work_and_finish(archive, engine, watch, session)?;
    // A result that no longer belongs to its picture is something to mend.
    let stale = changed.iter().filter(|file| !file.redone).count();
    if stale == 0 {
        return Ok(exit);
    }
    let count = integer(u64::try_from(stale).unwrap_or(u64::MAX), session.language());
    session.warn(&session.catalogue().say_with("archive-changed-count", &[("count", count)]));
    Ok(exit.max(Exit::SomeFailed))
}

/// Names the pictures that are others now or gone.
fn say_changed(changed: &[ChangedFile], session: &Session) {
    let words = session.catalogue();
    for file in changed.iter().take(LISTED) {
        let key = match file {
            ChangedFile { gone: true, .. } => "archive-gone-kept",
            ChangedFile { redone: true, .. } => "archive-changed-redo",
            _ => "archive-changed-kept",
        };
        let args = [("slide", file.slide.clone()), ("file", file.path.display().to_string())];
        session.warn(&words.say_with(key, &args));
    }
    if let Some(more) = changed.len().checked_sub(LISTED).filter(|more| *more > 0) {
        let more = integer(u64::try_from(more).unwrap_or(u64::MAX), session.language());
        session.warn(&words.say_with("archive-changed-more", &[("more", more)]));
    }
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
    let asked = || tracker.is_stopped();
    let again = Again { archive, limits: engine.limits(), stopped: &asked };
    finish(archive, Some(&again), session)
}

/// Writes every output of a finished archive, and says what it holds and what failed.
pub(super) fn finish(archive: &Archive, again: Option<&Again<'_>>, session: &Session) -> CommandResult {
    let refused = match write_tables(archive, again, session) {
        Ok(SlidesWritten { stopped: true, .. }) => return Ok(stopped(None, archive, session)),
        Ok(SlidesWritten { refused, .. }) => refused,
        Err(error) if error.kind() == ErrorKind::Io => {
            return Ok(stopped(Some(&error.with_path(archive.folder())), archive, session));
        }
        Err(error) => return Err(error.into()),
    };
    say_not_shown(&refused, session);
    say_failures(archive.journal(), session)?;
    let standing = archive.journal().standing()?;
    let number = |n: u64| integer(n, session.language());
    let args = [
        ("slides", number(standing.slides)),
        ("read", number(standing.slides_done.saturating_sub(standing.slides_failed))),
        ("failed", number(standing.slides_failed)),
        ("suspect", number(standing.suspect)),
        ("severe", number(standing.severe)),
        ("unread", number(standing.files_failed)),
        ("unfit", number(standing.fields_unfit)),
        ("left_out", number(standing.left_out)),
        ("page", archive.folder().join("index.html").display().to_string()),
    ];
    session.tell(&session.catalogue().say_with("archive-finished", &args));
    let all = refused.is_empty() && !standing.has_failures();
    Ok(if all { Exit::Done } else { Exit::SomeFailed })
}

/// Writes every page and table of a finished archive; with `again`, what is drawn from the pictures too. The tables come
/// last: they say that all the rest is there.
pub(super) fn write_tables(
    archive: &Archive,
    again: Option<&Again<'_>>,
    session: &Session,
) -> hemozoin::Result<SlidesWritten> {
    let written = write_slides(archive.journal(), archive.folder(), again)?;
    if !written.stopped {
        for kept in write_outputs(archive.journal(), archive.folder())?.kept {
            let file = [("file", kept.display().to_string())];
            session.warn(&session.catalogue().say_with("cli-analyze-kept", &file));
        }
    }
    Ok(written)
}

/// Names the pictures that could not be opened again for the pages of their slides.
fn say_not_shown(refused: &[(String, Error)], session: &Session) {
    let words = session.catalogue();
    for (slide, error) in refused.iter().take(LISTED) {
        let args = [("slide", slide.clone()), ("reason", words.error(error))];
        session.warn(&words.say_with("archive-slide-picture-refused", &args));
    }
    if let Some(more) = refused.len().checked_sub(LISTED).filter(|more| *more > 0) {
        let more = integer(u64::try_from(more).unwrap_or(u64::MAX), session.language());
        session.warn(&words.say_with("archive-changed-more", &[("more", more)]));
    }
}

/// The first signal finishes the fields in flight, the second ends at once; the journal bears both.
fn stop_on_signal(tracker: &Arc<Tracker>) {
    let tracker = Arc::clone(tracker);
    instead(move || {
        if tracker.is_stopped() {
            std::process::exit(Exit::Stopped.code().into());
        }
        tracker.stop();
    });
}

fn stopped(why: Option<&Error>, archive: &Archive, session: &Session) -> Exit {
    if let Some(why) = why {
        session.complain(&session.catalogue().error(why));
    }
    let folder = [("folder", quoted(archive.folder()))];
    session.complain(&session.catalogue().say_with("archive-stopped", &folder));
    Exit::Stopped
}
