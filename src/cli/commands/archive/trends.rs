//! `hemozoin archive trends`: what changes over time, as tables and plots.

use std::path::PathBuf;

use clap::Args;

use super::language_of_tables;
use crate::cli::CommandResult;
use crate::cli::exit::Exit;
use crate::cli::flags::Lang;
use crate::cli::session::Session;
use hemozoin::archive::Trends;
use hemozoin::files::{make_folder, write_whole};
use hemozoin::locale::integer;
use hemozoin::report::CsvStyle;
use hemozoin::report::archive::trend_files;

#[derive(Args)]
pub(super) struct Flags {
    #[arg(value_name = "DIR")]
    archive: PathBuf,
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    #[arg(long, value_enum)]
    csv_locale: Option<Lang>,
}

pub(super) fn run(flags: &Flags, session: &Session) -> CommandResult {
    let words = session.catalogue();
    let trends = Trends::of(&flags.archive)?;
    let style = CsvStyle::of(language_of_tables(flags.csv_locale, session));
    let files = trend_files(&trends, style, words)?;
    if trends.undated > 0 {
        let slides = integer(trends.undated, session.language());
        session.warn(&words.say_with("trends-undated", &[("slides", slides)]));
    }
    if files.is_empty() {
        session.warn(&words.say("trends-nothing"));
        return Ok(Exit::SomeFailed);
    }
    let out = flags.out.clone().unwrap_or_else(|| flags.archive.join("trends"));
    make_folder(&out)?;
    for (name, bytes) in &files {
        write_whole(&out.join(name), bytes)?;
    }
    let names: Vec<&str> = files.iter().map(|(name, _)| *name).collect();
    let values = [("folder", out.display().to_string()), ("files", names.join(", "))];
    session.tell(&words.say_with("trends-written", &values));
    Ok(Exit::Done)
}
