//! `hemozoin archive resume`: goes on where an archive stopped, with what it was begun with.

use std::path::PathBuf;

use clap::Args;

use super::continued;
use super::finish::go_on;
use super::watch::WatchFlags;
use crate::cli::CommandResult;
use crate::cli::session::Session;
use hemozoin::archive::{Archive, Journal};

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
    let (begun, engine) = continued(&Journal::read(&flags.out)?, flags.root.as_ref())?;
    let (mut archive, _continued) = Archive::open_moved(&flags.out, begun)?;
    go_on(&mut archive, &engine, flags.redo_changed, flags.watch, session)
}
