//! `hemozoin report`: the page for whoever treats the patient, from a result that is there already.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::cli::CommandResult;
use crate::cli::exit::Exit;
use crate::cli::one_slide::{pictures_of, record_of};
use crate::cli::session::Session;
use hemozoin::files::write_whole;
use hemozoin::intake::Limits;
#[cfg(feature = "review")]
use hemozoin::intake::digest_of_file;
#[cfg(feature = "review")]
use hemozoin::record::SlideRecord;
use hemozoin::record::read_file;
use hemozoin::report::{Laboratory, Letter, Signature};
#[cfg(feature = "review")]
use hemozoin::review::{Store, as_signed, signed_reading};
use hemozoin::source::SlideSource;
use hemozoin::{Error, ErrorKind};

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
    #[cfg(feature = "review")]
    #[arg(long, value_name = "NAME")]
    reader: Option<String>,
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
    #[cfg_attr(not(feature = "review"), expect(unused_mut))]
    let mut record = read_file(&file)?;
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
    #[cfg(feature = "review")]
    let signature = match signed(flags.reader.as_deref(), &file, folder, &mut record) {
        Ok(signature) => signature,
        // What was signed is another record: the report stays preliminary, and says so.
        Err(refused) if refused.key() == Some("error-report-other-record") => {
            session.warn(&catalogue.error(&refused));
            exit = Exit::SomeFailed;
            None
        }
        Err(refused) => return Err(refused.into()),
    };
    #[cfg(not(feature = "review"))]
    let signature: Option<Signature> = None;
    let (letter, missing) = Letter::of(&record, source.as_ref(), &limits, &laboratory, catalogue);
    let letter = match &signature {
        Some(signature) => letter.signed(signature, catalogue),
        None => letter,
    };
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

/// Lays a signed reading over the record, where there is one; gives back who signed it.
#[cfg(feature = "review")]
fn signed(
    reader: Option<&str>,
    file: &Path,
    folder: &Path,
    record: &mut SlideRecord,
) -> Result<Option<Signature>, Error> {
    let Some(store) = Store::read(folder)? else { return Ok(None) };
    let readings = store.readings(&record.slide.id)?;
    let Some((reading, signature)) = signed_reading(&readings, reader)? else { return Ok(None) };
    let digest = digest_of_file(file)?;
    *record =
        as_signed(record, &digest, reading, signature, &store).map_err(|refused| refused.with_path(file))?;
    Ok(Some(Signature { reader: reading.reader.clone(), at: signature.at.clone() }))
}

fn usage(key: &'static str, message: &'static str) -> Error {
    Error::new(ErrorKind::Usage, message).with_key(key)
}
