//! Arguments in, words out. stdout is data, stderr is words.

mod commands;
mod exit;
mod explain;
mod first;
mod flags;
mod json;
mod one_slide;
mod progress;
#[cfg(feature = "review")]
mod read_slides;
mod rules;
mod session;
#[cfg(feature = "archive")]
mod shell;
mod slide_flags;
mod stop;
mod table;
mod words;

use std::process::ExitCode;

use clap::FromArgMatches;

use exit::Exit;
use hemozoin::locale::{Catalogue, Language};
use session::Session;

/// Runs the command line of this process.
pub(crate) fn main() -> ExitCode {
    let arguments: Vec<std::ffi::OsString> = std::env::args_os().collect();
    let asked = flags::language_of(&arguments);
    if let Some(language) = asked {
        rules::write_as(language);
    }
    let catalogue = Catalogue::new(asked.unwrap_or_else(Language::of_session));
    let json = json::is_asked_for(&arguments);
    stop::listen(&catalogue, json);
    if arguments.len() <= 1 {
        let common = flags::Common { lang: None, threads: None, quiet: false };
        let session = Session::new(catalogue, &common, false);
        return match first::run(&session) {
            Ok(exit) => exit.into(),
            Err(failure) => explain::failure(&failure, &session).into(),
        };
    }
    let matches = match words::localised(flags::command(), &catalogue).try_get_matches_from(&arguments) {
        Ok(matches) => matches,
        Err(refusal) => return explain::refusal(&refusal, &catalogue, json).into(),
    };
    let flags = match flags::Flags::from_arg_matches(&matches) {
        Ok(flags) => flags,
        Err(refusal) => return explain::refusal(&refusal, &catalogue, json).into(),
    };
    let session = Session::new(catalogue, &flags.common, json);
    let outcome = session.in_pool(|| commands::run(flags.command, &session));
    match outcome {
        Ok(exit) => exit.into(),
        Err(failure) => explain::failure(&failure, &session).into(),
    }
}

/// What a command gives back: how it ended, or why it could not.
pub(crate) type CommandResult = anyhow::Result<Exit>;
