//! `hemozoin report`: the page for whoever treats the patient, from a result that is there already.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::cli::CommandResult;
use crate::cli::exit::Exit;
use crate::cli::session::Session;
use hemozoin::files::{MAX_RECORD_BYTES, read_plain, write_whole};
use hemozoin::intake::Limits;
use hemozoin::record::SlideRecord;
use hemozoin::report::{Laboratory, Letter, ResultFolder};
use hemozoin::source::SlideSource;
use hemozoin::{Error, ErrorKind};

/// Name of the record in a result.
const RECORD: &str = "record.json";

#[derive(Args)]
#[command(group(clap::ArgGroup::new("form").required(true).multiple(true).args(["pdf", "html"])))]
pub(crate) struct Flags {
    #[arg(value_name = "PATH")]
    path: PathBuf,
    #[arg(long)]
    pdf: bool,
    #[arg(long)]
    html: bool,
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    laboratory: Option<PathBuf>,
    #[arg(long, value_name = "DIR")]
    pictures: Option<PathBuf>,
}

pub(crate) fn run(flags: &Flags, session: &Session) -> CommandResult {
    if flags.out.is_some() && flags.pdf && flags.html {
        return Err(usage(
            "error-report-one-file",
            "one file holds one form: give --pdf or --html with --out",
        )
        .into());
    }
    let file = record_of(&flags.path)?;
    let record =
        hemozoin::record::read(&read_plain(&file, MAX_RECORD_BYTES)?).map_err(|e| e.with_path(&file))?;
    let folder = file.parent().unwrap_or(Path::new("."));
    let pictures = flags.pictures.clone().or_else(|| pictures_of(folder, &record));
    let limits = Limits::default();
    let source = pictures
        .as_deref()
        .map(|path| SlideSource::find(path, &record.settings.facts(), &limits))
        .transpose();
    let mut exit = Exit::Done;
    let source = source.unwrap_or_else(|refused| {
        session.warn(&session.catalogue().error(&refused));
        exit = Exit::SomeFailed;
        None
    });
    let laboratory = match &flags.laboratory {
        Some(file) => Laboratory::read(file)?,
        None => Laboratory::near(pictures.as_deref().unwrap_or(folder))?,
    };
    let catalogue = session.catalogue();
    let (letter, missing) = Letter::of(&record, source.as_ref(), &limits, &laboratory, catalogue);
    for refused in &missing {
        session.warn(&catalogue.error(refused));
        exit = Exit::SomeFailed;
    }
    let place = |name: &str| flags.out.clone().unwrap_or_else(|| folder.join(name));
    let mut written = Vec::new();
    if flags.pdf {
        written.push((place("report.pdf"), letter.pdf()?));
    }
    if flags.html {
        written.push((place("report.html"), letter.html().into_bytes()));
    }
    for (file, bytes) in written {
        write_whole(&file, &bytes)?;
        let values = [("file", file.display().to_string())];
        session.tell(&catalogue.say_with("cli-report-written", &values));
    }
    Ok(exit)
}

/// The record that a path means: itself, the one in a result's folder, or the one beside a slide's pictures.
fn record_of(path: &Path) -> Result<PathBuf, Error> {
    let places = [path.to_path_buf(), path.join(RECORD), ResultFolder::default_dir(path).join(RECORD)];
    places.into_iter().find(|place| place.is_file()).map_or_else(
        || {
            Err(usage(
                "error-report-no-record",
                "no record.json here; read the slide first: hemozoin analyze",
            )
            .with_path(path))
        },
        // A picture stands for its own result.
        |place| match place.extension().is_some_and(|e| e == "json") {
            true => Ok(place),
            false => Ok(ResultFolder::default_dir(&place).join(RECORD)),
        },
    )
}

/// Where the pictures of a result lie, when it lies where `analyze` puts it by itself.
fn pictures_of(folder: &Path, record: &SlideRecord) -> Option<PathBuf> {
    let folder = std::path::absolute(folder).ok()?;
    let around = folder.parent()?;
    if folder == ResultFolder::default_dir(around) {
        return Some(around.to_path_buf());
    }
    let picture = around.join(&record.fields.first()?.image);
    (folder == ResultFolder::default_dir(&picture)).then_some(picture)
}

fn usage(key: &'static str, message: &'static str) -> Error {
    Error::new(ErrorKind::Usage, message).with_key(key)
}
