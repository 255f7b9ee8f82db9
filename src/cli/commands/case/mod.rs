//! `hemozoin case`: a slide for a far expert in one file, and the expert's reading back.

mod answer;
mod export;
mod import;
mod key;

use clap::{Args, Subcommand};

use crate::cli::CommandResult;
use crate::cli::session::Session;

#[derive(Args)]
pub(crate) struct Flags {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Export(export::Flags),
    Answer(answer::Flags),
    Import(import::Flags),
    Key(key::Flags),
}

pub(crate) fn run(flags: &Flags, session: &Session) -> CommandResult {
    match &flags.command {
        Command::Export(flags) => export::run(flags, session),
        Command::Answer(flags) => answer::run(flags, session),
        Command::Import(flags) => import::run(flags, session),
        Command::Key(flags) => key::run(flags, session),
    }
}
