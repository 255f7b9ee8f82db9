//! `hemozoin archive resume`: goes on where an archive stopped, with what it was begun with.

use std::path::PathBuf;

use clap::Args;

use super::finish::work_and_finish;
use super::reopen;
use super::watch::WatchFlags;
use crate::cli::CommandResult;
use crate::cli::exit::Exit;
use crate::cli::session::Session;

#[derive(Args)]
pub(super) struct Flags {
    #[arg(value_name = "DIR")]
    out: PathBuf,
    #[arg(long, value_name = "ROOT")]
    root: Option<PathBuf>,
    #[arg(long)]
    redo_changed: bool,
    #[command(flatten)]
    watch: WatchFlags,
}

pub(super) fn run(flags: &Flags, session: &Session) -> CommandResult {
    let (mut archive, engine) = reopen(&flags.out, flags.root.as_ref())?;
    archive.plan(engine.limits())?;
    archive.retry_refused()?;
    let changed = archive.changed_files(flags.redo_changed)?;
    for (slide, file) in &changed {
        let key = if flags.redo_changed { "archive-changed-redo" } else { "archive-changed-kept" };
        let args = [("slide", slide.clone()), ("file", file.display().to_string())];
        session.warn(&session.catalogue().say_with(key, &args));
    }
    let exit = work_and_finish(&mut archive, &engine, flags.watch, session)?;
    // A result that no longer belongs to its picture is something to mend.
    let stale = !changed.is_empty() && !flags.redo_changed;
    Ok(if stale { exit.max(Exit::SomeFailed) } else { exit })
}
