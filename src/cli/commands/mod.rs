//! One file per command; each holds its flags and what it does with them.

pub(crate) mod analyze;
#[cfg(feature = "archive")]
pub(crate) mod archive;
pub(crate) mod models;

use super::CommandResult;
use super::flags::Command;
use super::session::Session;

/// Runs one command.
pub(crate) fn run(command: Command, session: &Session) -> CommandResult {
    match command {
        Command::Analyze(flags) => analyze::run(&flags, session),
        #[cfg(feature = "archive")]
        Command::Archive(flags) => archive::run(&flags, session),
        Command::Models(flags) => models::run(&flags, session),
    }
}
