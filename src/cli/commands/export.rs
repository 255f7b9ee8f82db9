//! `hemozoin export`: what readers decided, as labels for training and measuring.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use crate::cli::CommandResult;
use crate::cli::exit::Exit;
use crate::cli::session::Session;
use hemozoin::archive::Journal;
use hemozoin::files::write_whole;
use hemozoin::locale::integer;
use hemozoin::record::read_file;
use hemozoin::report::ResultFolder;
use hemozoin::review::{LabelForm, LabelSet, ReadSlide, Reading, Store};

#[derive(Args)]
pub(crate) struct Flags {
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    #[arg(long = "as", value_enum)]
    form: Form,
    #[arg(long, value_name = "PATH")]
    out: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Form {
    Coco,
    Yolo,
    Voc,
    Geojson,
    Cvat,
    Csv,
}

impl Form {
    fn labels(self) -> LabelForm {
        match self {
            Self::Coco => LabelForm::Coco,
            Self::Yolo => LabelForm::Yolo,
            Self::Voc => LabelForm::Voc,
            Self::Geojson => LabelForm::GeoJson,
            Self::Cvat => LabelForm::Cvat,
            Self::Csv => LabelForm::Csv,
        }
    }
}

pub(crate) fn run(flags: &Flags, session: &Session) -> CommandResult {
    let form = flags.form.labels();
    let mut labels = LabelSet::default();
    let mut exit = Exit::Done;
    for path in &flags.paths {
        if Journal::exists(path) {
            let Some(store) = Store::read(path)? else { continue };
            let mut records = Vec::new();
            Journal::read(path)?.each_row(|row| {
                records.extend(row.record.map(|record| path.join("records").join(record)));
                Ok(())
            })?;
            for record in records {
                exit = exit.max(add(&record, None, &store, &mut labels, session)?);
            }
            continue;
        }
        let folder = ResultFolder::meant_by(path);
        let around = folder.parent().map(Path::to_path_buf);
        match Store::read(&folder)? {
            Some(store) => {
                let record = folder.join(ResultFolder::RECORD);
                exit = exit.max(add(&record, around.as_deref(), &store, &mut labels, session)?);
            }
            None => {
                session.warn(&say(session, "cli-export-not-read", path));
                exit = Exit::SomeFailed;
            }
        }
    }
    if labels.fields.is_empty() {
        session.complain(&session.catalogue().say("cli-export-nothing"));
        return Ok(Exit::Usage);
    }
    let out = flags.out.clone().unwrap_or_else(|| form.usual_name().into());
    let files = form.files(&labels)?;
    for (within, content) in &files {
        if form.is_one_file() {
            write_whole(&out, content)?;
            continue;
        }
        let path = out.join(within);
        let folder = path.parent().unwrap_or(&out);
        std::fs::create_dir_all(folder).map_err(|e| hemozoin::Error::io(folder, "make the folder", e))?;
        write_whole(&path, content)?;
    }
    let pictures = integer(labels.fields.len() as u64, session.language());
    let values = [("file", out.display().to_string()), ("pictures", pictures)];
    session.tell(&session.catalogue().say_with("cli-export-written", &values));
    Ok(exit)
}

/// Adds a slide by its signed reading, the latest where there are several; others are named.
fn add(
    path: &Path,
    pictures: Option<&Path>,
    store: &Store,
    labels: &mut LabelSet,
    session: &Session,
) -> anyhow::Result<Exit> {
    let record = read_file(path)?;
    let readings = store.readings(&record.slide.id)?;
    let signed = |reading: &&Reading| reading.signed().is_some();
    let Some(reading) = readings.iter().filter(signed).max_by_key(|r| r.signed().map(|s| s.upto)) else {
        if !readings.is_empty() {
            session.warn(&say(session, "cli-export-not-signed", Path::new(&record.slide.id)));
            return Ok(Exit::SomeFailed);
        }
        return Ok(Exit::Done);
    };
    let slide = ReadSlide::replay(&record, &store.entries(reading.id, 0)?);
    let name = |image: &str| match pictures {
        Some(folder) => folder.join(image).display().to_string(),
        None => image.to_owned(),
    };
    labels.add(&record, &slide, &reading.reader, name);
    Ok(Exit::Done)
}

fn say(session: &Session, key: &str, path: &Path) -> String {
    session.catalogue().say_with(key, &[("slide", path.display().to_string())])
}
