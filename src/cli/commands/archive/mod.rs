//! `hemozoin archive`: thousands of slides over night.
//!
//! The library's `archive` room examines, its `report::archive` writes; here both are put in a row, for neither may
//! know the other's place in it.

mod describe;
mod failures;
mod finish;
mod join;
mod resume;
mod run;
mod status;
mod summary;
#[cfg(feature = "review")]
mod trends;
mod verify;
mod watch;

#[cfg(feature = "send")]
pub(crate) use summary::PeriodFlag;
#[cfg(feature = "review")]
pub(crate) use summary::{figures, surveillance_config};

use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::cli::CommandResult;
use crate::cli::flags::Lang;
use crate::cli::session::Session;
use hemozoin::archive::{Begun, Journal, Stamp};
use hemozoin::detect::Detector;
use hemozoin::locale::Language;
use hemozoin::slide::Engine;

#[derive(Args)]
pub(crate) struct Flags {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Run(run::Flags),
    Join(join::Flags),
    Status(status::Flags),
    Resume(resume::Flags),
    Summary(summary::Flags),
    #[cfg(feature = "review")]
    Trends(trends::Flags),
    Verify(verify::Flags),
    Describe(describe::Flags),
}

/// The language whose spreadsheet tables are written for: that of `--csv-locale`, else that of the run.
fn language_of_tables(flag: Option<Lang>, session: &Session) -> Language {
    flag.map_or(session.language(), Language::from)
}

pub(crate) fn run(flags: &Flags, session: &Session) -> CommandResult {
    match &flags.command {
        Command::Run(flags) => run::run(flags, session),
        Command::Join(flags) => join::run(flags, session),
        Command::Status(flags) => status::run(flags, session),
        Command::Resume(flags) => resume::run(flags, session),
        Command::Summary(flags) => summary::run(flags, session),
        #[cfg(feature = "review")]
        Command::Trends(flags) => trends::run(flags, session),
        Command::Verify(flags) => verify::run(flags, session),
        Command::Describe(flags) => describe::run(flags, session),
    }
}

/// What an archive was begun with, as it is continued, and its engine.
///
/// `root` stands in for the folder of the pictures where a share is found under another name now.
fn continued(journal: &Journal, root: Option<&PathBuf>) -> anyhow::Result<(Begun, Engine)> {
    let begun = journal.begun_before()?;
    let mut builder = Engine::builder().rules(begun.stamp.rules.clone());
    for model in &begun.models {
        builder = builder.detector(Detector::open(model)?);
    }
    let engine = builder.build()?;
    let root = match root {
        Some(root) => std::path::absolute(root).map_err(|e| hemozoin::Error::io(root, "look at", e))?,
        None => {
            journal.check_here()?;
            begun.root.clone()
        }
    };
    Ok((Begun { stamp: Stamp::of(&engine, &begun.stamp.facts)?, root, ..begun }, engine))
}
