//! One file per command; each holds its flags and what it does with them.

pub(crate) mod analyze;
pub(crate) mod evaluate;
pub(crate) mod models;

use super::CommandResult;
use super::flags::Command;
use super::session::Session;

/// Runs one command.
pub(crate) fn run(command: Command, session: &Session) -> CommandResult {
    match command {
        Command::Analyze(flags) => analyze::run(&flags, session),
        Command::Evaluate(flags) => evaluate::run(&flags, session),
        Command::Models(flags) => models::run(&flags, session),
    }
}
