//! `hemozoin archive describe`: a manifest laid over an archive that has been read.

use std::path::PathBuf;

use clap::Args;

use super::continued;
use super::finish::write_tables;
use crate::cli::CommandResult;
use crate::cli::exit::Exit;
use crate::cli::rules::asked_style;
use crate::cli::session::Session;
use hemozoin::archive::{Archive, Journal, describe};
use hemozoin::locale::integer;
use hemozoin::text::one_line;

#[derive(Args)]
pub(super) struct Flags {
    #[arg(value_name = "DIR")]
    out: PathBuf,
    #[arg(long, value_name = "FILE")]
    manifest: PathBuf,
}

pub(super) fn run(flags: &Flags, session: &Session) -> CommandResult {
    let (begun, engine) = continued(&Journal::read(&flags.out)?, None)?;
    let (mut archive, _continued) = Archive::open_moved(&flags.out, begun)?;
    let done = describe(&mut archive, &engine, &flags.manifest, asked_style())?;
    if archive.journal().standing()?.is_complete() {
        write_tables(&archive, None, session)?;
    }
    let words = session.catalogue();
    for (slide, error) in &done.refused {
        session.complain(&words.said_of(&one_line(slide), &words.error(error)));
    }
    let number = |n: u64| integer(n, session.language());
    let args = [
        ("described", number(done.described)),
        ("unchanged", number(done.unchanged)),
        ("refused", number(u64::try_from(done.refused.len()).unwrap_or(u64::MAX))),
    ];
    session.tell(&words.say_with("archive-described", &args));
    Ok(if done.refused.is_empty() { Exit::Done } else { Exit::SomeFailed })
}
