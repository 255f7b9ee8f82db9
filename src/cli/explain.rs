//! Why a command line was refused or a command failed, in the reader's words.

use std::path::Path;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::exit::Exit;
use super::json::JsonError;
use super::session::Session;
use hemozoin::locale::Catalogue;

/// Prints a refusal of the command line (or the help asked for) and says how to end.
pub(crate) fn refusal(error: &clap::Error, catalogue: &Catalogue, json: bool) -> Exit {
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
    let sentence = sentence(error, catalogue);
    eprintln!("{}", catalogue.said_of(&catalogue.say("error-prefix"), &sentence));
    if json {
        JsonError::of_usage(sentence).print();
    }
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
        // A word too many, and no option.
        ErrorKind::UnknownArgument if !arg.starts_with('-') => {
            catalogue.say_with("cli-refused-extra", &[("arg", arg)])
        }
        ErrorKind::UnknownArgument => match context(ContextKind::SuggestedArg) {
            near if near.is_empty() => catalogue.say_with("cli-refused-unknown", &[("arg", arg)]),
            near => catalogue.say_with("cli-refused-unknown-near", &[("arg", arg), ("near", near)]),
        },
        ErrorKind::InvalidSubcommand => {
            let arg = context(ContextKind::InvalidSubcommand);
            match context(ContextKind::SuggestedSubcommand) {
                _ if Path::new(&arg).exists() => {
                    catalogue.say_with("cli-refused-command-path", &[("arg", arg)])
                }
                near if near.is_empty() => catalogue.say_with("cli-refused-command", &[("arg", arg)]),
                near => catalogue.say_with("cli-refused-command-near", &[("arg", arg), ("near", near)]),
            }
        }
        ErrorKind::MissingSubcommand => catalogue
            .say_with("cli-refused-missing-command", &[("valid", context(ContextKind::ValidSubcommand))]),
        ErrorKind::MissingRequiredArgument => catalogue.say_with("cli-refused-missing", &[("arg", arg)]),
        ErrorKind::ArgumentConflict => catalogue
            .say_with("cli-refused-conflict", &[("arg", arg), ("other", context(ContextKind::PriorArg))]),
        ErrorKind::InvalidValue if !valid.is_empty() => {
            catalogue.say_with("cli-refused-value-of", &[("arg", arg), ("value", value), ("valid", valid)])
        }
        ErrorKind::InvalidValue if value.is_empty() => {
            catalogue.say_with("cli-refused-no-value", &[("arg", arg)])
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let reason = reason(error, catalogue);
            catalogue.say_with("cli-refused-value", &[("arg", arg), ("value", value), ("reason", reason)])
        }
        ErrorKind::TooFewValues => {
            let (wanted, given) = (context(ContextKind::MinValues), context(ContextKind::ActualNumValues));
            catalogue.say_with("cli-refused-few", &[("arg", arg), ("wanted", wanted), ("given", given)])
        }
        ErrorKind::WrongNumberOfValues => {
            let (wanted, given) =
                (context(ContextKind::ExpectedNumValues), context(ContextKind::ActualNumValues));
            catalogue.say_with("cli-refused-number", &[("arg", arg), ("wanted", wanted), ("given", given)])
        }
        ErrorKind::TooManyValues => catalogue.say_with("cli-refused-many", &[("arg", arg), ("value", value)]),
        ErrorKind::InvalidUtf8 => catalogue.say("cli-refused-encoding"),
        _ => error.to_string().lines().next().unwrap_or_default().trim_start_matches("error: ").to_owned(),
    }
}

/// Why a value does not fit its option.
fn reason(error: &clap::Error, catalogue: &Catalogue) -> String {
    let Some(source) = std::error::Error::source(error) else { return String::new() };
    if let Some(own) = source.downcast_ref::<hemozoin::Error>() {
        return catalogue.error(own);
    }
    if source.is::<std::num::ParseIntError>() {
        return catalogue.say("cli-refused-whole");
    }
    let text = source.to_string();
    // The argument parser keeps a range in its sentence only: "0 is not in 1..=1024".
    let range = text.split_once(" is not in ").and_then(|(_, range)| range.split_once("..="));
    match range {
        Some((low, high)) => {
            let args = [("low", low.to_owned()), ("high", high.to_owned())];
            catalogue.say_with("cli-refused-range", &args)
        }
        None => text,
    }
}

/// Prints why a command could not do its work.
pub(crate) fn failure(failure: &anyhow::Error, session: &Session) -> Exit {
    if is_closed_pipe(failure) {
        return Exit::Done;
    }
    complain(failure, Exit::Usage, session)
}

/// Says a failure in the reader's words; the exit code is `otherwise` where no full disk is the cause.
pub(crate) fn complain(failure: &anyhow::Error, otherwise: Exit, session: &Session) -> Exit {
    if let Some(error) = failure.downcast_ref::<hemozoin::Error>() {
        session.refuse(error);
        return Exit::of(error, otherwise);
    }
    // Files are named where they are opened; what is left is the program's own output.
    if let Some(e) = failure.downcast_ref::<std::io::Error>() {
        let refused = hemozoin::Error::io("stdout", "write", std::io::Error::new(e.kind(), e.to_string()));
        session.refuse(&refused);
        return Exit::of(&refused, otherwise);
    }
    session.refuse(&hemozoin::Error::new(hemozoin::ErrorKind::Internal, format!("{failure:#}")));
    otherwise
}

fn is_closed_pipe(failure: &anyhow::Error) -> bool {
    failure.chain().any(|cause| {
        cause.downcast_ref::<std::io::Error>().is_some_and(|e| e.kind() == std::io::ErrorKind::BrokenPipe)
    })
}
