//! `hemozoin case export`: a slide for a far expert in one file.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::cli::CommandResult;
use crate::cli::exit::Exit;
use crate::cli::one_slide::{pictures_of, record_of};
use crate::cli::rules::number;
use crate::cli::session::Session;
use hemozoin::archive::Journal;
use hemozoin::exchange::{CaseFile, CaseOptions, Recipient, room, sealed, slide_of_archive};
use hemozoin::files::write_whole;
use hemozoin::intake::{Limits, digest_of_file};
use hemozoin::locale::integer;
use hemozoin::record::read_file;
use hemozoin::report::Laboratory;
use hemozoin::source::SlideSource;
use hemozoin::{Error, ErrorKind};

/// Smallest and largest file that can be asked for, bytes.
const SIZES: std::ops::RangeInclusive<f64> = 20e3..=500e6;

#[derive(Args)]
pub(super) struct Flags {
    #[arg(value_name = "PATH")]
    path: PathBuf,
    #[arg(long, value_name = "SLIDE")]
    slide: Option<String>,
    #[arg(long, value_name = "SIZE", default_value = "2MB", value_parser = size)]
    max_size: u64,
    #[arg(long, value_name = "TEXT")]
    question: Option<String>,
    #[arg(long = "recipient", value_name = "KEY")]
    recipients: Vec<Recipient>,
    #[arg(long)]
    with_identity: bool,
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    #[arg(long, value_name = "DIR")]
    pictures: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    laboratory: Option<PathBuf>,
}

/// Bytes, as `200kB`, `2 MB` or `2 Mo`; a thousand each.
fn size(text: &str) -> hemozoin::Result<u64> {
    let refused =
        || Error::new(ErrorKind::Usage, "give a size from 20kB to 500MB").with_key("cli-refused-size");
    let at = text.find(|c: char| c.is_alphabetic()).unwrap_or(text.len());
    let (digits, unit) = text.split_at(at);
    let times = match unit.trim().to_ascii_lowercase().as_str() {
        "" | "b" | "o" => 1.0,
        "k" | "kb" | "ko" => 1e3,
        "m" | "mb" | "mo" => 1e6,
        _ => return Err(refused()),
    };
    let bytes = number(digits.trim())? * times;
    if SIZES.contains(&bytes) { Ok(bytes as u64) } else { Err(refused()) }
}

/// The record, its pictures, and the folder in and around which the settings of the laboratory are looked for.
fn found(flags: &Flags) -> anyhow::Result<(PathBuf, SlideSource, PathBuf)> {
    if Journal::exists(&flags.path) {
        let Some(slide) = &flags.slide else {
            let refused =
                Error::new(ErrorKind::Usage, "this is an archive: say with --slide which of its slides");
            return Err(refused.with_key("error-case-which-slide").with_path(&flags.path).into());
        };
        let (file, source) = slide_of_archive(&flags.path, slide)?;
        return Ok((file, source, flags.path.clone()));
    }
    let file = record_of(&flags.path)?;
    let record = read_file(&file)?;
    let folder = file.parent().unwrap_or(Path::new("."));
    let Some(pictures) = flags.pictures.clone().or_else(|| pictures_of(folder, &record)) else {
        return Err(Error::new(
            ErrorKind::Usage,
            "where the pictures of this slide lie is not known: say it with --pictures",
        )
        .with_key("error-case-no-picture")
        .with_path(folder)
        .into());
    };
    let source = SlideSource::find(&pictures, &record.settings.facts(), &Limits::default())?;
    Ok((file, source, pictures))
}

pub(super) fn run(flags: &Flags, session: &Session) -> CommandResult {
    let catalogue = session.catalogue();
    let (file, mut source, around) = found(flags)?;
    let mut record = read_file(&file)?;
    if flags.with_identity {
        source = source.with_identity();
        if record.slide.patient_name.is_none() {
            record.slide.patient_name.clone_from(&source.info().patient_name);
        }
    }
    let laboratory = match &flags.laboratory {
        Some(file) => Laboratory::read(file)?,
        None => Laboratory::near(&around)?,
    };
    let options = CaseOptions {
        max_bytes: room(flags.max_size, &flags.recipients),
        question: flags.question.clone(),
        identity: flags.with_identity,
    };
    let case = CaseFile::of(&record, &digest_of_file(&file)?, &source, &laboratory, &options, catalogue)?;
    for refused in &case.missing {
        session.warn(&catalogue.error(refused));
    }
    let bytes = sealed(case.bytes, &flags.recipients)?;
    write_whole(&flags.out, &bytes)?;
    let number = |n: usize| integer(n as u64, session.language());
    let values = [
        ("file", flags.out.display().to_string()),
        ("slide", record.slide.id.clone()),
        ("kilobytes", number(bytes.len().div_ceil(1000))),
        ("crops", number(case.crops)),
        ("fields", number(case.fields)),
    ];
    session.tell(&catalogue.say_with("cli-case-written", &values));
    if case.crops_left_out + case.fields_left_out > 0 {
        let values = [("crops", number(case.crops_left_out)), ("fields", number(case.fields_left_out))];
        session.tell(&catalogue.say_with("cli-case-left-out", &values));
    }
    if !case.report {
        session.tell(&catalogue.say("cli-case-no-report"));
    }
    session.tell(&catalogue.say(if flags.with_identity {
        "cli-case-identity"
    } else {
        "cli-case-no-identity"
    }));
    Ok(if case.missing.is_empty() { Exit::Done } else { Exit::SomeFailed })
}
