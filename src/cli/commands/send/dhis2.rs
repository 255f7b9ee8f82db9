//! `hemozoin send dhis2`: the figures of an archive to a DHIS2 server, after it has said what it would make of them.

use std::path::PathBuf;

use clap::Args;

use super::LineFlags;
use crate::cli::CommandResult;
use crate::cli::commands::archive::{PeriodFlag, figures, surveillance_config};
use crate::cli::exit::Exit;
use crate::cli::session::Session;
use hemozoin::archive::Journal;
use hemozoin::exchange::{Imported, push};
use hemozoin::locale::integer;
use hemozoin::report::archive::data_values;

#[derive(Args)]
pub(super) struct Flags {
    #[command(flatten)]
    line: LineFlags,
    #[arg(value_name = "DIR")]
    archive: PathBuf,
    #[arg(long, value_enum, default_value_t = PeriodFlag::Month)]
    period: PeriodFlag,
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    #[arg(long)]
    yes: bool,
}

pub(super) fn run(flags: &Flags, session: &Session) -> CommandResult {
    let words = session.catalogue();
    let line = flags.line.line()?;
    let config = surveillance_config(flags.config.as_deref())?;
    let journal = Journal::read(&flags.archive)?;
    let (found, mut exit) =
        figures(&journal, session, |journal| data_values(journal, &config, flags.period.into()))?;
    if found.is_empty() {
        return Ok(Exit::SomeFailed);
    }
    let tell = |key: &str, done: &Imported| {
        for conflict in &done.conflicts {
            session.warn(&words.say_with("cli-send-conflict", &[("said", conflict.clone())]));
        }
        let number = |n: u64| integer(n, session.language());
        let values = [
            ("server", line.address().to_owned()),
            ("imported", number(done.imported)),
            ("updated", number(done.updated)),
            ("ignored", number(done.ignored)),
        ];
        session.tell(&words.say_with(key, &values));
    };
    let would = push(&line, &found.payload, true)?;
    tell("cli-send-dry", &would);
    if !would.is_whole() {
        session.complain(&words.say("cli-send-dry-refused"));
        return Ok(Exit::SomeFailed);
    }
    if !flags.yes {
        session.tell(&words.say("cli-send-dry-only"));
        return Ok(exit);
    }
    let done = push(&line, &found.payload, false)?;
    tell("cli-send-sent", &done);
    if !done.is_whole() {
        exit = Exit::SomeFailed;
    }
    Ok(exit)
}
