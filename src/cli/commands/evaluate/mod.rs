//! `hemozoin evaluate`: the engine measured on labelled pictures.

mod folds;
mod render;
mod table;

use std::collections::BTreeSet;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use indicatif::ProgressBar;
use serde::Serialize;

use crate::cli::CommandResult;
use crate::cli::exit::Exit;
use crate::cli::rules::{film, number};
use crate::cli::session::Session;
use folds::Fold;
use hemozoin::detect::Detector;
use hemozoin::evaluate::{Distortion, Figures, IgnoreRule, Plan, ScaleMode, Tint, Truth, run_over};
use hemozoin::measure::MicronsPerPixel;
use hemozoin::record::BundleProvenance;
use hemozoin::slide::Engine;
use hemozoin::terms::{Film, LabelKind};
use hemozoin::{Error, ErrorKind, Result};

#[derive(Args)]
pub(crate) struct Flags {
    #[arg(long, value_name = "FILE", required_unless_present = "fold", conflicts_with = "fold")]
    truth: Vec<PathBuf>,
    #[arg(long, value_name = "MODEL:FILE", value_parser = Fold::parse)]
    fold: Vec<Fold>,
    #[arg(long, value_parser = film)]
    film: Film,
    #[arg(long, value_name = "DIR", conflicts_with = "fold")]
    model: Option<PathBuf>,
    #[arg(long, value_name = "DIR")]
    images: Option<PathBuf>,
    #[arg(long, value_name = "KIND", value_delimiter = ',', value_parser = kind)]
    complete: Vec<LabelKind>,
    #[arg(long, value_name = "given|estimated|UM", default_value = "given", value_parser = scale_mode)]
    um_per_px: ScaleMode,
    #[arg(long, value_name = "SLIDE", value_delimiter = ',')]
    only: Vec<String>,
    #[arg(long, value_name = "SCORE", value_parser = score)]
    from_score: Option<f32>,
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    #[arg(long)]
    details: bool,
    #[arg(long)]
    drop_ignored: bool,
    #[command(flatten)]
    distortion: DistortionFlags,
}

#[derive(Args)]
struct DistortionFlags {
    #[arg(long, value_name = "F", value_parser = scale_factor)]
    resize: Option<f64>,
    #[arg(long, value_name = "UM", value_parser = blur_um)]
    blur_um: Option<f64>,
    #[arg(long, conflicts_with = "cold")]
    warm: bool,
    #[arg(long)]
    cold: bool,
    #[arg(long, value_name = "Q", value_parser = clap::value_parser!(u8).range(1..=100))]
    jpeg_quality: Option<u8>,
    #[arg(long, value_name = "F", value_parser = scale_factor)]
    scale_factor: Option<f64>,
}

impl DistortionFlags {
    fn distortion(&self) -> Distortion {
        let tint = match (self.warm, self.cold) {
            (true, _) => Some(Tint::Warm),
            (_, true) => Some(Tint::Cold),
            _ => None,
        };
        Distortion {
            resize: self.resize,
            blur_um: self.blur_um,
            tint,
            jpeg_quality: self.jpeg_quality,
            scale_factor: self.scale_factor,
        }
    }
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Text,
    Json,
    Markdown,
}

/// What an evaluation gives: one entry per set, folds of a set pooled.
#[derive(Serialize)]
struct Evaluation {
    schema: &'static str,
    version: &'static str,
    plan: Plan,
    sets: Vec<SetFigures>,
}

/// One set.
#[derive(Serialize)]
struct SetFigures {
    set: String,
    bundles: Vec<BundleProvenance>,
    figures: Figures,
    #[serde(skip_serializing_if = "Option::is_none")]
    fields: Option<Vec<hemozoin::evaluate::FieldJudgement>>,
}

const SCHEMA: &str = "hemozoin-evaluation/1";

/// One engine, one set.
struct Job {
    engine: Engine,
    truth: Truth,
}

/// A category of labels by its name.
fn kind(text: &str) -> Result<LabelKind> {
    LabelKind::of_code(text).ok_or_else(|| {
        Error::new(ErrorKind::Usage, format!("category \"{text}\" is unknown"))
            .with_key("error-truth-category")
            .with_arg("category", text)
    })
}

pub(crate) fn run(flags: &Flags, session: &Session) -> CommandResult {
    let film = flags.film;
    let ignore = if flags.drop_ignored { IgnoreRule::DropLabels } else { IgnoreRule::KeepLabels };
    let plan = Plan { film, scale: flags.um_per_px, ignore, distortion: flags.distortion.distortion() };
    let jobs = jobs(flags, film)?;
    let total = jobs.iter().map(|j| j.truth.pictures.len() as u64).sum();
    let bar = if session.shows_progress() { ProgressBar::new(total) } else { ProgressBar::hidden() };
    let mut sets: Vec<SetFigures> = Vec::new();
    for job in &jobs {
        let judged = run_over(&job.engine, &job.truth, &plan, &|| bar.inc(1))?;
        let bundle = job.engine.provenance(film)?;
        let set = match sets.iter_mut().position(|s| s.set == job.truth.set) {
            Some(i) => &mut sets[i],
            None => {
                sets.push(SetFigures {
                    set: job.truth.set.clone(),
                    bundles: Vec::new(),
                    figures: Figures::over(film, &[]),
                    fields: Some(Vec::new()),
                });
                let last = sets.len() - 1;
                &mut sets[last]
            }
        };
        if !set.bundles.contains(&bundle) {
            set.bundles.push(bundle);
        }
        set.fields.get_or_insert_default().extend(judged);
    }
    bar.finish_and_clear();
    for set in &mut sets {
        let fields = set.fields.take().unwrap_or_default();
        set.figures = Figures::over(film, &fields);
        set.fields = flags.details.then_some(fields);
    }
    let evaluation = Evaluation { schema: SCHEMA, version: env!("CARGO_PKG_VERSION"), plan, sets };
    let text = match flags.format {
        Format::Json => serde_json::to_string_pretty(&evaluation)? + "\n",
        Format::Text => render::text(&evaluation, session.catalogue()),
        Format::Markdown => render::markdown(&evaluation, session.catalogue()),
    };
    session.print(&text)?;
    Ok(Exit::Done)
}

fn jobs(flags: &Flags, film: Film) -> anyhow::Result<Vec<Job>> {
    let engine = |model: Option<&PathBuf>| -> anyhow::Result<Engine> {
        let mut builder = Engine::builder();
        if let Some(dir) = model {
            builder = builder.detector(Detector::open(dir)?);
        }
        let engine = builder.clone().build()?;
        let Some(score) = flags.from_score else { return Ok(engine) };
        let detector = engine.detector(film)?.reporting_from(score)?;
        Ok(builder.detector(detector).build()?)
    };
    let complete: BTreeSet<LabelKind> = flags.complete.iter().copied().collect();
    let mut jobs = Vec::new();
    for file in &flags.truth {
        let mut truth = Truth::read(file, flags.images.as_deref(), film)?.complete_for(&complete);
        if !flags.only.is_empty() {
            truth = truth.only(&flags.only);
        }
        jobs.push(Job { engine: engine(flags.model.as_ref())?, truth });
    }
    for fold in &flags.fold {
        let truth = Truth::read(&fold.truth, flags.images.as_deref(), film)?.complete_for(&complete);
        let mut truth = fold.held_out(truth)?;
        if !flags.only.is_empty() {
            truth = truth.only(&flags.only);
        }
        jobs.push(Job { engine: engine(Some(&fold.model))?, truth });
    }
    for job in &jobs {
        if job.truth.pictures.is_empty() {
            let message = format!("{}: no picture of the slides asked for", job.truth.set);
            let none = Error::new(ErrorKind::Usage, message).with_key("error-evaluate-only");
            return Err(none.with_arg("set", &job.truth.set).into());
        }
    }
    Ok(jobs)
}

fn within(text: &str, low: f64, high: f64) -> Result<f64> {
    let value = number(text)?;
    if (low..=high).contains(&value) { Ok(value) } else { Err(outside((low, high))) }
}

fn outside((low, high): (f64, f64)) -> Error {
    Error::new(ErrorKind::Usage, format!("give {low} to {high}"))
        .with_key("error-out-of-range")
        .with_arg("low", low)
        .with_arg("high", high)
}

fn scale_mode(text: &str) -> Result<ScaleMode> {
    Ok(match text {
        "given" => ScaleMode::Given,
        "estimated" => ScaleMode::Estimated,
        other => {
            let um = MicronsPerPixel::new(number(other)?);
            ScaleMode::Fixed(um.ok_or_else(|| outside(MicronsPerPixel::RANGE))?)
        }
    })
}

fn score(text: &str) -> Result<f32> {
    Ok(within(text, 0.001, 0.999)? as f32)
}

fn blur_um(text: &str) -> Result<f64> {
    within(text, 0.01, 5.0)
}

fn scale_factor(text: &str) -> Result<f64> {
    within(text, 0.2, 5.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scales_and_factors() {
        assert_eq!(scale_mode("given").ok(), Some(ScaleMode::Given));
        assert_eq!(scale_mode("estimated").ok(), Some(ScaleMode::Estimated));
        assert!(matches!(scale_mode("0,17"), Ok(ScaleMode::Fixed(um)) if um.get() == 0.17));
        assert!(scale_mode("guessed").is_err());
        assert!(scale_factor("0.1").is_err() && blur_um("-1").is_err() && score("1").is_err());
    }
}
