//! The middle and the end of `run` and `resume`: examine what is left, write every output, say what failed.

use std::sync::Arc;

use super::watch::{WatchFlags, Watcher};
use crate::cli::CommandResult;
use crate::cli::exit::Exit;
use crate::cli::session::Session;
use hemozoin::archive::{Archive, Ended, Fault, Journal, Tracker, run};
use hemozoin::locale::{Catalogue, integer};
use hemozoin::report::archive::{CsvLocale, write_outputs};
use hemozoin::slide::Engine;
use hemozoin::{Error, ErrorKind};

/// So many failures are listed at the end; `fields.csv` and `slides.csv` have all.
const LISTED: usize = 20;

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
    say_failures(archive.journal(), session)?;
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
    Ok(if standing.has_failures() { Exit::SomeFailed } else { Exit::Done })
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

fn say_failures(journal: &Journal, session: &Session) -> hemozoin::Result<()> {
    let words = session.catalogue();
    let mut count = 0;
    journal.each_fault(|slide, file, fault| {
        count += 1;
        if count <= LISTED {
            let place = if file.is_empty() { slide.to_owned() } else { format!("{slide}: {file}") };
            session.warn(&format!("{place}: {}", said(&fault, words)));
        }
        Ok(())
    })?;
    if count > LISTED {
        let more = integer(u64::try_from(count - LISTED).unwrap_or(u64::MAX), session.language());
        session.warn(&words.say_with("archive-more-failures", &[("more", more)]));
    }
    Ok(())
}

/// A fault in the reader's words.
fn said(fault: &Fault, words: &Catalogue) -> String {
    match fault.key.as_deref() {
        Some(key) if words.has(key) => {
            let args: Vec<(&str, String)> = fault.args.iter().map(|(n, v)| (n.as_str(), v.clone())).collect();
            words.say_with(key, &args)
        }
        _ => fault.message.clone(),
    }
}
