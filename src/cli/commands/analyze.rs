//! `hemozoin analyze`: the main job, from a folder of photographs to a result.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::cli::CommandResult;
use crate::cli::exit::Exit;
use crate::cli::explain;
use crate::cli::flags::Lang;
use crate::cli::json::JsonProgress;
use crate::cli::progress::FieldProgress;
use crate::cli::rules::{MAX_RULES_BYTES, cells, film, number_within};
use crate::cli::session::Session;
use crate::cli::slide_flags::SlideFlags;
use hemozoin::detect::Detector;
use hemozoin::files::read_text;
use hemozoin::locale::{Language, outcome_words};
use hemozoin::measure::{MicronsPerPixel, RbcPerMicrolitre, WbcPerMicrolitre};
use hemozoin::record::{Facts, FieldRecord, Rules, SiteFloor, SiteThreshold, SlideRecord};
use hemozoin::report::{CsvStyle, Marks, ResultFolder, full_text, picture_lines, record_json, text};
use hemozoin::slide::Engine;
use hemozoin::source::SlideSource;
use hemozoin::standard::Profile;
use hemozoin::terms::Film;

#[derive(Args)]
pub(crate) struct Flags {
    #[arg(value_name = "PATH")]
    path: PathBuf,
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    #[arg(long, conflicts_with_all = ["out", "marks", "csv_locale"])]
    no_files: bool,
    #[arg(long)]
    full: bool,
    #[arg(long, value_enum)]
    marks: Option<MarksFlag>,
    #[arg(long, value_enum)]
    csv_locale: Option<Lang>,
    #[arg(long)]
    json_progress: bool,
    #[command(flatten)]
    slide: SlideFlags,
    #[arg(long)]
    with_identity: bool,
    #[arg(long, value_name = "TEXT", requires = "with_identity")]
    patient_name: Option<String>,
    #[command(flatten)]
    run: RunFlags,
}

/// Flags of every command that examines pictures.
#[derive(Args, Clone)]
pub(crate) struct RunFlags {
    #[arg(long, value_parser = film)]
    film: Option<Film>,
    #[arg(long, value_name = "UM", value_parser = um_per_px)]
    um_per_px: Option<MicronsPerPixel>,
    #[arg(long, value_name = "C", value_parser = wbc_per_ul)]
    wbc_per_ul: Option<WbcPerMicrolitre>,
    #[arg(long, value_name = "B", value_parser = rbc_per_ul)]
    rbc_per_ul: Option<RbcPerMicrolitre>,
    #[arg(long, value_name = "NAME", default_value = "who-2016")]
    profile: String,
    #[arg(long, value_name = "FILE")]
    profile_file: Option<PathBuf>,
    #[arg(long, value_name = "DIR")]
    model: Vec<PathBuf>,
    #[arg(long, value_name = "FILE")]
    floor: Option<PathBuf>,
    #[arg(long, requires = "floor")]
    site_threshold: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

#[derive(Clone, Copy, ValueEnum)]
enum MarksFlag {
    None,
    Found,
    All,
}

impl From<MarksFlag> for Marks {
    fn from(flag: MarksFlag) -> Self {
        match flag {
            MarksFlag::None => Self::None,
            MarksFlag::Found => Self::Found,
            MarksFlag::All => Self::All,
        }
    }
}

impl RunFlags {
    /// Folders of the bundles to be used.
    #[cfg(feature = "archive")]
    pub(crate) fn models(&self) -> &[PathBuf] {
        &self.model
    }

    /// The engine that these flags ask for.
    pub(crate) fn engine(&self) -> anyhow::Result<Engine> {
        let overrides = match &self.profile_file {
            Some(path) => {
                let text = read_text(path, MAX_RULES_BYTES)?;
                // What is wrong in it is said with its name; a record keeps its text alone.
                Profile::named(&self.profile)?.with_overrides(&text, &path.display().to_string())?;
                Some(text)
            }
            None => None,
        };
        let rules = Rules::of(self.profile.clone(), overrides).counting_from(self.thresholds()?);
        let mut builder = Engine::builder().rules(rules);
        for dir in &self.model {
            builder = builder.detector(Detector::open(dir)?);
        }
        Ok(builder.build()?)
    }

    /// The scores from which this site counts, where that is asked for.
    fn thresholds(&self) -> hemozoin::Result<Vec<SiteThreshold>> {
        let Some(file) = self.floor.as_deref().filter(|_| self.site_threshold) else { return Ok(Vec::new()) };
        let found: Vec<SiteThreshold> =
            SiteFloor::read(file)?.iter().filter_map(SiteFloor::site_threshold).collect();
        if found.is_empty() {
            return Err(hemozoin::Error::new(
                hemozoin::ErrorKind::Usage,
                "this file holds no site threshold; hemozoin calibrate --read measures one on slides that were read",
            )
            .with_key("error-floor-no-threshold")
            .with_path(file));
        }
        Ok(found)
    }

    /// What these flags state about every slide.
    pub(crate) fn facts(&self) -> hemozoin::Result<Facts> {
        let mut facts = Facts::default();
        facts.film = self.film;
        facts.um_per_px = self.um_per_px;
        facts.wbc_per_ul = self.wbc_per_ul;
        facts.rbc_per_ul = self.rbc_per_ul;
        facts.site_floors = self.floor.as_deref().map(SiteFloor::read).transpose()?.unwrap_or_default();
        Ok(facts)
    }
}

pub(crate) fn um_per_px(text: &str) -> hemozoin::Result<MicronsPerPixel> {
    let value = number_within(text, MicronsPerPixel::RANGE)?;
    MicronsPerPixel::try_from(value)
        .map_err(|reason| outside(reason, "error-um-per-px", value, MicronsPerPixel::RANGE))
}

pub(crate) fn wbc_per_ul(text: &str) -> hemozoin::Result<WbcPerMicrolitre> {
    let value = cells(text)?;
    WbcPerMicrolitre::try_from(value)
        .map_err(|reason| outside(reason, "error-wbc-per-ul", value, WbcPerMicrolitre::RANGE))
}

pub(crate) fn rbc_per_ul(text: &str) -> hemozoin::Result<RbcPerMicrolitre> {
    let value = cells(text)?;
    RbcPerMicrolitre::try_from(value)
        .map_err(|reason| outside(reason, "error-rbc-per-ul", value, RbcPerMicrolitre::RANGE))
}

fn outside(reason: String, key: &'static str, value: f64, (low, high): (f64, f64)) -> hemozoin::Error {
    hemozoin::Error::new(hemozoin::ErrorKind::Usage, reason)
        .with_key(key)
        .with_arg("value", value)
        .with_arg("low", low)
        .with_arg("high", high)
}

impl Flags {
    /// The slide, with what the flags say about it; the patient's name only where it was asked for.
    fn source(&self, engine: &Engine) -> hemozoin::Result<SlideSource> {
        let mut info = self.slide.info()?;
        info.patient_name.clone_from(&self.patient_name);
        info.check()?;
        let source = SlideSource::find(&self.path, &self.run.facts()?, engine.limits())?.with_info(info);
        Ok(if self.with_identity { source.with_identity() } else { source })
    }

    /// Where files go; `None` where none are wanted.
    fn folder(&self, session: &Session) -> Option<ResultFolder> {
        let dir = match (&self.out, self.format) {
            (Some(dir), _) => dir.clone(),
            (None, Format::Json) => return None,
            (None, Format::Text) if self.no_files => return None,
            (None, Format::Text) => ResultFolder::default_dir(&self.path),
        };
        let language = self.csv_locale.map_or(session.language(), Language::from);
        let marks = self.marks.map_or_else(Marks::default, Marks::from);
        Some(ResultFolder { dir, csv: CsvStyle::of(language), marks })
    }
}

pub(crate) fn run(flags: &Flags, session: &Session) -> CommandResult {
    let engine = flags.run.engine()?;
    let source = flags.source(&engine)?;
    let folder = flags.folder(session);
    if let Some(folder) = &folder
        && let Err(error) = folder.prepare(&source)
    {
        session.refuse(&error);
        session.complain(&session.catalogue().say("cli-analyze-elsewhere"));
        return Ok(Exit::of(&error, Exit::Usage));
    }
    let record = if flags.json_progress {
        source.slide(&engine).run(&JsonProgress::new(session.catalogue()))?
    } else {
        let progress = FieldProgress::new(session, engine.profile());
        let analyzed = source.slide(&engine).run(&progress);
        progress.finish();
        analyzed?
    };
    // The result is shown before files are written, and written where it could not be shown: a full disk must
    // not hide it.
    let shown = show(flags, &record, session);
    let mut exit = exit_of(&record);
    let Some(folder) = folder else { return shown.map(|()| exit) };
    if let Err(failure) = shown {
        exit = exit.max(explain::complain(&failure, Exit::SomeFailed, session));
    }
    Ok(exit.max(write(&folder, &record, &source, &engine, session)))
}

fn show(flags: &Flags, record: &SlideRecord, session: &Session) -> anyhow::Result<()> {
    match flags.format {
        Format::Text if flags.full => session.print(&full_text(record, session.catalogue()))?,
        Format::Text => session.print(&text(record, session.catalogue()))?,
        Format::Json => {
            // What is urgent is said first, also to whoever sees the words alone (MCH-7).
            for line in outcome_words(&record.result.patient, session.catalogue()).alerts {
                session.tell(&line);
            }
            session.print(&record_json(record)?)?;
            for line in picture_lines(record, session.catalogue()) {
                session.tell(&line);
            }
        }
    }
    Ok(())
}

/// Writes the files of a result. What could not be written is named; the slide was read all the same.
fn write(
    folder: &ResultFolder,
    record: &SlideRecord,
    source: &SlideSource,
    engine: &Engine,
    session: &Session,
) -> Exit {
    let catalogue = session.catalogue();
    let written = match folder.write(record, source, engine.limits(), catalogue) {
        Ok(written) => written,
        Err(error) => {
            session.complain(&catalogue.error(&error));
            return Exit::of(&error, Exit::SomeFailed);
        }
    };
    for error in &written.not_written {
        session.complain(&catalogue.error(error));
    }
    for error in &written.not_marked {
        session.warn(&catalogue.error(error));
    }
    for kept in &written.kept {
        let values = [("file", kept.display().to_string())];
        session.warn(&catalogue.say_with("cli-analyze-kept", &values));
    }
    let values = [
        ("dir", folder.dir.display().to_string()),
        ("marked", written.marked.to_string()),
        ("fields", record.fields.len().to_string()),
    ];
    session.tell(&catalogue.say_with("cli-analyze-written", &values));
    let refused = written.not_written.iter().chain(&written.not_marked);
    refused.map(|error| Exit::of(error, Exit::SomeFailed)).max().unwrap_or(Exit::Done)
}

/// 1 where a picture could not be read, was unfit, or was left out because nothing says which film it shows, and
/// where the folder of a film holds none, whatever was found. A second copy of a picture is no failure.
fn exit_of(record: &SlideRecord) -> Exit {
    let unfit = record.fields.iter().any(FieldRecord::is_unfit);
    let lost = record.passed_over.iter().any(|p| p.reason.is_loss());
    if unfit || lost || !record.unread.is_empty() { Exit::SomeFailed } else { Exit::Done }
}
