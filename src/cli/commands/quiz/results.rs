//! `hemozoin quiz results`: what a trainer sees of a class.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::kept;
use crate::cli::CommandResult;
use crate::cli::exit::Exit;
use crate::cli::rules::{RuleFlags, json};
use crate::cli::session::Session;
use hemozoin::files::{make_folder, write_whole};
use hemozoin::quiz::{Read, Score, Sitting, class_csv, class_text, result_sheet};
use hemozoin::report::{CsvStyle, Laboratory};
use hemozoin::standard::Profile;
use hemozoin::text::plain_name;

#[derive(Args)]
pub(crate) struct Flags {
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    #[arg(long, value_name = "NAME")]
    trainee: Option<String>,
    #[arg(long, value_name = "DIR")]
    sheets: Option<PathBuf>,
    #[command(flatten)]
    rules: RuleFlags,
}

/// In which form.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A table to be read.
    Text,
    /// For a spreadsheet.
    Csv,
    /// An object for each sitting, one a line.
    Json,
}

pub(super) fn run(flags: &Flags, session: &Session) -> CommandResult {
    let (profile, words) = (flags.rules.profile()?, session.catalogue());
    let read = match flags.files.as_slice() {
        [] => Read::of(&[kept()?])?,
        files => Read::of(files)?,
    };
    let mut exit = Exit::Done;
    for refused in &read.refused {
        session.warn(&words.error(refused));
        exit = Exit::SomeFailed;
    }
    let asked = |sitting: &Sitting| flags.trainee.as_ref().is_none_or(|name| sitting.trainee == *name);
    let mut sittings: Vec<Sitting> = read.sittings.into_iter().filter(asked).collect();
    sittings.sort_by(|a, b| a.trainee.cmp(&b.trainee).then(a.began.cmp(&b.began)));
    session.print(&match flags.format {
        Format::Text => class_text(&sittings, &profile, words),
        Format::Csv => class_csv(&sittings, &profile, CsvStyle::of(session.language()))?,
        Format::Json => {
            let lines = sittings.iter().map(|sitting| json(&object(sitting, &profile), true));
            lines.collect::<anyhow::Result<String>>()?
        }
    })?;
    if let Some(folder) = &flags.sheets {
        write_sheets(folder, &sittings, &profile, session)?;
    }
    Ok(exit)
}

/// A sitting as a program reads it.
fn object(sitting: &Sitting, profile: &Profile) -> serde_json::Value {
    let score = Score::of(sitting, profile);
    serde_json::json!({
        "trainee": sitting.trainee,
        "course": sitting.course,
        "seed": sitting.seed,
        "began_at": sitting.began,
        "score": score,
    })
}

/// One PDF for each sitting, named for the trainee and the moment.
fn write_sheets(
    folder: &Path,
    sittings: &[Sitting],
    profile: &Profile,
    session: &Session,
) -> anyhow::Result<()> {
    let laboratory = Laboratory::near(folder)?;
    make_folder(folder)?;
    for sitting in sittings {
        let day = sitting.began.replace([':', '-'], "");
        let file = folder.join(format!("{} {day} {}.pdf", plain_name(&sitting.trainee), sitting.id));
        write_whole(&file, &result_sheet(sitting, &laboratory, profile, session.catalogue()).pdf()?)?;
    }
    let args = [("sheets", sittings.len().to_string()), ("folder", folder.display().to_string())];
    session.tell(&session.catalogue().say_with("cli-quiz-sheets", &args));
    Ok(())
}
