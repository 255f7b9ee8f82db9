//! A labelled folder through the shipped engine.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::distort::Distortion;
use super::judge::{FieldJudgement, IgnoreRule, judge_field};
use super::truth::{LabelledPicture, Truth};
use crate::intake::Picture;
use crate::measure::MicronsPerPixel;
use crate::optics::ScaleBasis;
use crate::record::ScaleRecord;
use crate::slide::{Engine, Parallel, ScaleTable};
use crate::terms::Film;
use crate::{Error, ErrorKind, Result};

/// Where the scale of a picture comes from.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ScaleMode {
    /// The set's own; where it states none, its labelled red cells; where there are too few, the engine's.
    Given,
    /// What the file states, else the engine's estimate per slide, as for a user who gives none. A picture without
    /// slide is its own slide.
    Estimated,
    /// This one for every picture, before it is resized.
    Fixed(MicronsPerPixel),
}

/// How a labelled folder is run.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Plan {
    /// The film.
    pub film: Film,
    /// Where scales come from.
    pub scale: ScaleMode,
    /// What `ignore` boxes do to annotations.
    pub ignore: IgnoreRule,
    /// What is done to the pictures first.
    pub distortion: Distortion,
}

/// Runs the engine over every picture and judges each; the answer is in the order of the set, whatever the
/// threads. `after` hears of each picture as it ends.
///
/// # Errors
/// Where a picture cannot be read (an evaluation without it would not be the set's) or a bundle cannot be run.
pub fn run_over(
    engine: &Engine,
    truth: &Truth,
    plan: &Plan,
    after: &(dyn Fn() + Sync),
) -> Result<Vec<FieldJudgement>> {
    engine.detector(plan.film)?;
    let labelled: Vec<Cow<'_, LabelledPicture>> = truth
        .pictures
        .iter()
        .map(|p| plan.distortion.resize.map_or(Cow::Borrowed(p), |factor| Cow::Owned(p.resized(factor))))
        .collect();
    let mut slides: BTreeMap<(&str, &str), Vec<&LabelledPicture>> = BTreeMap::new();
    for picture in labelled.iter().map(AsRef::as_ref) {
        let alone = if picture.slide.is_empty() { picture.name.as_str() } else { "" };
        slides.entry((&picture.slide, alone)).or_default().push(picture);
    }
    let tables: BTreeMap<(&str, &str), ScaleTable> =
        slides.par_iter().map(|(key, pictures)| (*key, estimate(engine, pictures, plan))).collect();
    labelled
        .par_iter()
        .with_max_len(1)
        .map(|labelled| {
            let alone = if labelled.slide.is_empty() { labelled.name.as_str() } else { "" };
            let table = tables.get(&(labelled.slide.as_str(), alone));
            let judged = run_one(engine, labelled, plan, table, truth.stages_known);
            after();
            judged
        })
        .collect()
}

fn run_one(
    engine: &Engine,
    labelled: &LabelledPicture,
    plan: &Plan,
    table: Option<&ScaleTable>,
    stages_known: bool,
) -> Result<FieldJudgement> {
    let picture = open(engine, labelled, plan)?;
    let given = given_scale(labelled, plan).and_then(|s| plan.distortion.scale(s));
    let scale = match given {
        Some(um_per_px) => Some(ScaleRecord::stated(um_per_px, ScaleBasis::Given)),
        None => table.and_then(|t| t.of_picture(plan.film, &picture)).and_then(|found| {
            let um_per_px = plan.distortion.scale(found.um_per_px)?;
            Some(ScaleRecord { um_per_px, ..found })
        }),
    };
    let seen = engine.examine_picture(plan.film, &labelled.name, 0, &picture, scale, Parallel::Files)?;
    Ok(judge_field(plan.film, labelled, stages_known, plan.ignore, &seen.field, &seen.detections))
}

fn open(engine: &Engine, labelled: &LabelledPicture, plan: &Plan) -> Result<Picture> {
    let picture = Picture::open(&labelled.path, 0, engine.limits())?;
    if plan.distortion.leaves_pixels() {
        return Ok(picture);
    }
    let scale = labelled.um_per_px.or_else(|| labelled.scale_of_labels());
    engine
        .limits()
        .check_held(plan.distortion.size(picture.size()))
        .map_err(|e| e.with_path(&labelled.path))?;
    let Some(pixels) = picture.whole() else {
        return Err(
            Error::new(ErrorKind::Limit, "a streamed picture cannot be distorted").with_path(&labelled.path)
        );
    };
    Ok(Picture::from_pixels(plan.distortion.of(pixels.clone(), scale)?))
}

fn given_scale(labelled: &LabelledPicture, plan: &Plan) -> Option<MicronsPerPixel> {
    match plan.scale {
        ScaleMode::Given => labelled.um_per_px.or_else(|| labelled.scale_of_labels()),
        ScaleMode::Estimated => None,
        ScaleMode::Fixed(um) => MicronsPerPixel::new(um.get() / plan.distortion.resize.unwrap_or(1.0)),
    }
}

/// The scale of a slide from its pictures, unless all are given.
fn estimate(engine: &Engine, pictures: &[&LabelledPicture], plan: &Plan) -> ScaleTable {
    if pictures.iter().all(|p| given_scale(p, plan).is_some()) {
        return ScaleTable::default();
    }
    engine.estimate_scales_of(plan.film, pictures.len(), &|i| match pictures.get(i) {
        Some(labelled) => open(engine, labelled, plan).map(Arc::new),
        None => Err(Error::new(ErrorKind::Internal, "no such picture")),
    })
}
