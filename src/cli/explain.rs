//! Why a command line was refused or a command failed, in the reader's words.

use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::exit::Exit;
use super::session::Session;
use hemozoin::locale::Catalogue;

/// Prints a refusal of the command line (or the help asked for) and says how to end.
pub(crate) fn refusal(error: &clap::Error, catalogue: &Catalogue) -> Exit {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            // Help that was asked for is data; a closed pipe is no failure.
            let _ = error.print();
            return Exit::Done;
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            let _ = error.print();
            return Exit::Usage;
        }
        _ => {}
    }
    eprintln!("{}: {}", catalogue.say("error-prefix"), sentence(error, catalogue));
    eprintln!("{}", catalogue.say("cli-refused-help"));
    Exit::Usage
}

fn sentence(error: &clap::Error, catalogue: &Catalogue) -> String {
    let context = |kind: ContextKind| match error.get(kind) {
        Some(ContextValue::String(s)) => s.clone(),
        Some(ContextValue::Strings(list)) => list.join(", "),
        Some(ContextValue::StyledStr(s)) => s.to_string(),
        Some(other) => other.to_string(),
        None => String::new(),
    };
    let arg = context(ContextKind::InvalidArg);
    let value = context(ContextKind::InvalidValue);
    let valid = context(ContextKind::ValidValue);
    match error.kind() {
        ErrorKind::UnknownArgument => catalogue.say_with("cli-refused-unknown", &[("arg", arg)]),
        ErrorKind::InvalidSubcommand => {
            catalogue.say_with("cli-refused-command", &[("arg", context(ContextKind::InvalidSubcommand))])
        }
        ErrorKind::MissingSubcommand => catalogue
            .say_with("cli-refused-missing-command", &[("valid", context(ContextKind::ValidSubcommand))]),
        ErrorKind::MissingRequiredArgument => catalogue.say_with("cli-refused-missing", &[("arg", arg)]),
        ErrorKind::ArgumentConflict => catalogue
            .say_with("cli-refused-conflict", &[("arg", arg), ("other", context(ContextKind::PriorArg))]),
        ErrorKind::InvalidValue if !valid.is_empty() => {
            catalogue.say_with("cli-refused-value-of", &[("arg", arg), ("value", value), ("valid", valid)])
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let reason = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
            catalogue.say_with("cli-refused-value", &[("arg", arg), ("value", value), ("reason", reason)])
        }
        _ => error.to_string().lines().next().unwrap_or_default().trim_start_matches("error: ").to_owned(),
    }
}

/// Prints why a command could not do its work.
pub(crate) fn failure(failure: &anyhow::Error, session: &Session) -> Exit {
    if is_closed_pipe(failure) {
        return Exit::Done;
    }
    let text = match failure.downcast_ref::<hemozoin::Error>() {
        Some(error) => session.catalogue().error(error),
        None => format!("{failure:#}"),
    };
    session.complain(&text);
    Exit::Usage
}

fn is_closed_pipe(failure: &anyhow::Error) -> bool {
    failure.chain().any(|cause| {
        cause.downcast_ref::<std::io::Error>().is_some_and(|e| e.kind() == std::io::ErrorKind::BrokenPipe)
    })
}
