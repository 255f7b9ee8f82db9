//! The whole command line as data. Its words stand in the catalogue (`cli-...`), not here.

use std::ffi::OsString;

use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};

use super::commands;
use hemozoin::locale::Language;

/// All flags.
#[derive(Parser)]
#[command(name = "hemozoin", version, disable_help_subcommand = true)]
pub(crate) struct Flags {
    #[command(flatten)]
    pub(crate) common: Common,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Flags that every command takes.
#[derive(Args, Clone)]
pub(crate) struct Common {
    #[arg(long, global = true, value_enum)]
    pub(crate) lang: Option<Lang>,
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) threads: Option<u16>,
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
}

/// `--lang`.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Lang {
    Fr,
    En,
}

impl From<Lang> for Language {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::Fr => Self::French,
            Lang::En => Self::English,
        }
    }
}

/// One command each.
#[derive(Subcommand)]
pub(crate) enum Command {
    #[command(alias = "analyse")]
    Analyze(commands::analyze::Flags),
    NewSlide(commands::new_slide::Flags),
    Report(commands::report::Flags),
    Evaluate(commands::evaluate::Flags),
    Grade(commands::grade::Flags),
    Readers(commands::readers::Flags),
    Competence(commands::competence::Flags),
    Response(commands::response::Flags),
    #[cfg(feature = "archive")]
    Archive(commands::archive::Flags),
    #[cfg(feature = "review")]
    Case(commands::case::Flags),
    #[cfg(feature = "review")]
    Export(commands::export::Flags),
    #[cfg(feature = "review")]
    Review(commands::review::Flags),
    #[cfg(feature = "review")]
    Quiz(commands::quiz::Flags),
    Models(commands::models::Flags),
    Calibrate(commands::calibrate::Flags),
    Selftest(commands::selftest::Flags),
    #[cfg(feature = "service")]
    Serve(commands::serve::Flags),
    #[cfg(feature = "send")]
    Send(commands::send::Flags),
    Schema(commands::schema::Flags),
    Manual(commands::manual::Flags),
}

/// The command line before its words are put in.
pub(crate) fn command() -> clap::Command {
    Flags::command()
}

/// `--lang` before anything is parsed, so that even a refusal is said in the right language.
pub(crate) fn language_of(arguments: &[OsString]) -> Option<Language> {
    let mut arguments = arguments.iter().filter_map(|a| a.to_str());
    while let Some(argument) = arguments.next() {
        if argument == "--" {
            return None;
        }
        if argument == "--lang" {
            return arguments.next().and_then(Language::from_tag);
        }
        if let Some(value) = argument.strip_prefix("--lang=") {
            return Language::from_tag(value);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_is_known_before_parsing() {
        let args = |list: &[&str]| list.iter().map(OsString::from).collect::<Vec<_>>();
        assert_eq!(language_of(&args(&["hemozoin", "--lang", "fr", "x"])), Some(Language::French));
        assert_eq!(language_of(&args(&["hemozoin", "models", "--lang=en"])), Some(Language::English));
        assert_eq!(language_of(&args(&["hemozoin", "--", "--lang", "fr"])), None);
    }
}
