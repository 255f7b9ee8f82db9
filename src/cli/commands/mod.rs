//! One file per command; each holds its flags and what it does with them.

pub(crate) mod analyze;
#[cfg(feature = "archive")]
pub(crate) mod archive;
pub(crate) mod calibrate;
#[cfg(feature = "review")]
pub(crate) mod case;
pub(crate) mod competence;
pub(crate) mod evaluate;
#[cfg(feature = "review")]
pub(crate) mod export;
pub(crate) mod grade;
pub(crate) mod manual;
pub(crate) mod models;
pub(crate) mod new_slide;
#[cfg(feature = "review")]
pub(crate) mod quiz;
pub(crate) mod readers;
pub(crate) mod report;
pub(crate) mod response;
#[cfg(feature = "review")]
pub(crate) mod review;
pub(crate) mod schema;
pub(crate) mod selftest;
#[cfg(feature = "send")]
pub(crate) mod send;
#[cfg(feature = "service")]
pub(crate) mod serve;

use super::CommandResult;
use super::flags::Command;
use super::session::Session;

/// Runs one command.
pub(crate) fn run(command: Command, session: &Session) -> CommandResult {
    match command {
        Command::Analyze(flags) => analyze::run(&flags, session),
        Command::Calibrate(flags) => calibrate::run(&flags, session),
        Command::Competence(flags) => competence::run(&flags, session),
        Command::Evaluate(flags) => evaluate::run(&flags, session),
        #[cfg(feature = "review")]
        Command::Case(flags) => case::run(&flags, session),
        #[cfg(feature = "review")]
        Command::Export(flags) => export::run(&flags, session),
        Command::Grade(flags) => grade::run(&flags, session),
        #[cfg(feature = "review")]
        Command::Quiz(flags) => quiz::run(&flags, session),
        Command::Readers(flags) => readers::run(&flags, session),
        Command::Report(flags) => report::run(&flags, session),
        Command::Response(flags) => response::run(&flags, session),
        #[cfg(feature = "archive")]
        Command::Archive(flags) => archive::run(&flags, session),
        #[cfg(feature = "review")]
        Command::Review(flags) => review::run(&flags, session),
        #[cfg(feature = "service")]
        Command::Serve(flags) => serve::run(flags, session),
        #[cfg(feature = "send")]
        Command::Send(flags) => send::run(&flags, session),
        Command::Selftest(flags) => selftest::run(&flags, session),
        Command::Manual(flags) => manual::run(&flags, session),
        Command::Models(flags) => models::run(&flags, session),
        Command::NewSlide(flags) => new_slide::run(&flags, session),
        Command::Schema(flags) => schema::run(&flags, session),
    }
}
