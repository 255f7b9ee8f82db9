//! `hemozoin analyze`: the main job, from a folder of photographs to a result.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::cli::CommandResult;
use crate::cli::exit::Exit;
use crate::cli::session::Session;
use hemozoin::detect::Detector;
use hemozoin::measure::{MicronsPerPixel, RbcPerMicrolitre, WbcPerMicrolitre};
use hemozoin::record::{Settings, SlideRecord};
use hemozoin::slide::{Engine, Silent, SlideSource};
use hemozoin::terms::Film;

#[derive(Args)]
pub(crate) struct Flags {
    #[arg(value_name = "PATH")]
    path: PathBuf,
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    #[command(flatten)]
    run: RunFlags,
}

/// Flags of every command that examines pictures.
#[derive(Args, Clone)]
pub(crate) struct RunFlags {
    #[arg(long, value_enum)]
    film: Option<FilmFlag>,
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
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum FilmFlag {
    Thick,
    Thin,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

impl From<FilmFlag> for Film {
    fn from(flag: FilmFlag) -> Self {
        match flag {
            FilmFlag::Thick => Self::Thick,
            FilmFlag::Thin => Self::Thin,
        }
    }
}

impl RunFlags {
    /// The engine that these flags ask for.
    pub(crate) fn engine(&self) -> anyhow::Result<Engine> {
        let profile_overrides = match &self.profile_file {
            Some(path) => {
                Some(std::fs::read_to_string(path).map_err(|e| hemozoin::Error::io(path, "read", e))?)
            }
            None => None,
        };
        let mut engine = Engine::new(Settings {
            film: self.film.map(Film::from),
            um_per_px: self.um_per_px,
            profile: self.profile.clone(),
            profile_overrides,
            wbc_per_ul: self.wbc_per_ul,
            rbc_per_ul: self.rbc_per_ul,
        })?;
        for dir in &self.model {
            engine = engine.with_detector(Detector::open(dir)?);
        }
        Ok(engine)
    }
}

fn number(text: &str) -> Result<f64, String> {
    // A French keyboard types a comma.
    text.replace(',', ".").parse().map_err(|_| format!("\"{text}\" is not a number"))
}

fn um_per_px(text: &str) -> Result<MicronsPerPixel, String> {
    MicronsPerPixel::try_from(number(text)?)
}

fn wbc_per_ul(text: &str) -> Result<WbcPerMicrolitre, String> {
    WbcPerMicrolitre::try_from(number(text)?)
}

fn rbc_per_ul(text: &str) -> Result<RbcPerMicrolitre, String> {
    RbcPerMicrolitre::try_from(number(text)?)
}

pub(crate) fn run(flags: &Flags, session: &Session) -> CommandResult {
    let engine = flags.run.engine()?;
    let source = SlideSource::find(&flags.path, engine.settings(), engine.limits())?;
    let record = engine.analyze_source(&source, &Silent)?;
    let mut text = serde_json::to_string_pretty(&record)?;
    text.push('\n');
    session.print(&text)?;
    Ok(exit_of(&record))
}

/// 1 where a picture could not be read or was unfit, whatever was found.
fn exit_of(record: &SlideRecord) -> Exit {
    let unfit = record.fields.iter().any(|f| !f.counted);
    if unfit || !record.unread.is_empty() { Exit::SomeFailed } else { Exit::Done }
}
