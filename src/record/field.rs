//! One photograph: what it is, how good it is, what was found.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::detect::Detection;
use crate::intake::PassedOverReason;
use crate::measure::{MicronsPerPixel, Probability, PxRect, PxSize};
use crate::optics::{Disc, ReasonCode, ScaleBasis, ScaleEstimate, Verdict, View};
use crate::tally::FieldTally;
use crate::terms::{CellClass, Film, Stage};

/// One field.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
#[non_exhaustive]
pub struct FieldRecord {
    /// The film that it shows.
    pub film: Film,
    /// File, relative to the slide's folder, with `/` between folders.
    pub image: String,
    /// Page within the file, from 0.
    pub page: u32,
    /// SHA-256 of the file's bytes.
    pub sha256: String,
    /// Pixels across, upright.
    pub width: u32,
    /// Pixels down, upright.
    pub height: u32,
    /// The scale used; `None` where none was given, found or estimated (the field is then not counted).
    pub scale: Option<ScaleRecord>,
    /// The part of the picture that was examined.
    pub view: ViewRecord,
    /// Boxes around what is drawn or burnt into the picture (scale bars, writing, pens); what is found there counts as
    /// nothing and is not listed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<BoxRecord>,
    /// Whether the picture is good enough to count in.
    pub quality: QualityRecord,
    /// Whether this field is part of the count: quality alone decides (INV-2).
    pub counted: bool,
    /// The earlier picture of the slide with the same bytes; a copy is never counted.
    pub copy_of: Option<String>,
    /// The picture of the slide that shows the same field and is counted instead, for it has more pixels of film, or is sharper, or
    /// came earlier. What is seen in a repeat is never counted, but stands among what was left out (DET-12).
    pub repeat_of: Option<String>,
    /// Other counted pictures of the slide that show a part of the same film. Cells that are seen in both pictures are listed
    /// and counted in one of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shared: Vec<SharedRecord>,
    /// Facts about the file worth knowing, such as an animation of which the first frame was taken.
    pub notes: Vec<String>,
    /// What was counted, had it been counted.
    pub tally: FieldTally,
    /// What was found, from top to bottom.
    pub detections: Vec<DetectionRecord>,
    /// Parasites that miss the threshold of their class by little, from top to bottom, at most 30: for a reader's eye. They
    /// are never counted, and nothing rests on them.
    #[serde(default)]
    pub near_misses: Vec<DetectionRecord>,
}

impl FieldRecord {
    /// What was seen in this field that is not counted, less what stands in the picture of `fields` that is counted instead:
    /// that was not lost.
    pub fn not_counted_elsewhere(&self, fields: &[Self]) -> FieldTally {
        let mut tally = self.tally;
        let counted = |of: &&Self| of.counted && of.film == self.film;
        let other = self
            .repeat_of
            .as_ref()
            .and_then(|name| fields.iter().filter(counted).find(|of| of.image == *name));
        if let Some(other) = other {
            let less = |own: &mut u64, others: u64| *own = own.saturating_sub(others);
            less(&mut tally.asexual_parasites, other.tally.asexual_parasites);
            less(&mut tally.gametocytes, other.tally.gametocytes);
        }
        tally
    }

    /// Whether another picture of the slide stands for it.
    pub fn is_shown_elsewhere(&self) -> bool {
        self.copy_of.is_some() || self.repeat_of.is_some()
    }

    /// The examined part of the picture, without what is drawn on it.
    pub fn examined(&self) -> View {
        let size = PxSize { width: self.width, height: self.height };
        match self.view {
            ViewRecord::Whole => View::whole(size),
            ViewRecord::Disc { x, y, radius } => View::within(size, Disc { x, y, radius }),
        }
    }

    /// Codes of everything that keeps it out of the count: quality, another picture of the field, a scale that is not
    /// known. Empty exactly where it is counted.
    pub fn reasons_against(&self) -> Vec<String> {
        let quality = self.quality.reasons.iter().map(|r| r.code.code().to_owned());
        let copy = self.copy_of.as_ref().map(|_| "copy".to_owned());
        let repeat = self.repeat_of.as_ref().map(|_| "repeat".to_owned());
        let unscaled = self.scale.is_none().then(|| "scale_unknown".to_owned());
        if self.counted { Vec::new() } else { quality.chain(copy).chain(repeat).chain(unscaled).collect() }
    }

    /// Whether it was read and may not be counted. What shows a field once more is left out too, but nothing is wrong
    /// with it.
    pub fn is_unfit(&self) -> bool {
        !self.counted && !self.is_shown_elsewhere()
    }
}

/// Another picture that shows a part of the same film.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
#[non_exhaustive]
pub struct SharedRecord {
    /// Its file, as [`FieldRecord::image`].
    pub image: String,
    /// Its page within the file, from 0.
    pub page: u32,
    /// Share of the smaller of the two pictures that both show, 0 to 1.
    pub share: f64,
    /// Cells that were found in both, of any class.
    pub seen_in_both: u64,
}

/// The scale of a field.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
#[non_exhaustive]
pub struct ScaleRecord {
    /// Micrometres per pixel.
    pub um_per_px: MicronsPerPixel,
    /// How it is known.
    pub basis: ScaleBasis,
    /// Number of cells behind an estimate.
    pub cells: Option<u64>,
    /// Relative spread of an estimate; what of depends on its basis
    /// ([`ScaleEstimate::spread`](crate::optics::ScaleEstimate::spread)).
    pub spread: Option<f64>,
}

impl ScaleRecord {
    /// A scale that somebody states: nothing was measured for it.
    pub fn stated(um_per_px: MicronsPerPixel, basis: ScaleBasis) -> Self {
        Self { um_per_px, basis, cells: None, spread: None }
    }

    /// A scale that was measured on cells, disc or frame.
    pub fn estimated(estimate: &ScaleEstimate) -> Self {
        Self {
            um_per_px: estimate.um_per_px,
            basis: estimate.basis,
            cells: Some(u64::from(estimate.cells)),
            spread: Some(estimate.spread),
        }
    }
}

/// The examined part of a picture.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "shape", rename_all = "snake_case")]
#[schemars(deny_unknown_fields)]
#[non_exhaustive]
pub enum ViewRecord {
    /// All of it.
    Whole,
    /// The bright disc of an eyepiece; centre and radius in pixels.
    Disc {
        /// Centre across.
        x: f64,
        /// Centre down.
        y: f64,
        /// Radius.
        radius: f64,
    },
}

/// A box in pixels of the upright picture, one decimal.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct BoxRecord {
    /// Left edge.
    pub x: f64,
    /// Top edge.
    pub y: f64,
    /// Side along x.
    pub width: f64,
    /// Side along y.
    pub height: f64,
}

impl From<&PxRect> for BoxRecord {
    fn from(r: &PxRect) -> Self {
        let tenth = |v: f64| (v * 10.0).round() / 10.0;
        Self { x: tenth(r.x()), y: tenth(r.y()), width: tenth(r.width()), height: tenth(r.height()) }
    }
}

/// Whether a picture can be read, and why not.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
#[non_exhaustive]
pub struct QualityRecord {
    /// `fit` or `unfit`.
    pub verdict: Verdict,
    /// Every reason against it.
    pub reasons: Vec<ReasonRecord>,
    /// The measurements behind the verdict, by name.
    pub measurements: Vec<Measure>,
}

/// One reason against a picture.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
#[non_exhaustive]
pub struct ReasonRecord {
    /// Stable code, such as `out_of_focus`; its words and its remedy stand in the catalogue.
    pub code: ReasonCode,
    /// What was measured; `None` where nothing could be.
    pub measured: Option<f64>,
    /// The limit that it should have kept.
    pub limit: f64,
}

/// A named number.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Measure {
    /// What was measured.
    pub name: String,
    /// The number.
    pub value: f64,
}

/// A file in the folder that is not part of the slide.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
#[non_exhaustive]
pub struct PassedOver {
    /// The file, relative to the slide's folder.
    pub image: String,
    /// Why.
    pub reason: PassedOverReason,
}

/// One thing found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
#[non_exhaustive]
pub struct DetectionRecord {
    /// What it is.
    pub class: CellClass,
    /// Stage of a parasite, where the model gives one.
    pub stage: Option<Stage>,
    /// Calibrated probability, four decimals.
    pub score: Probability,
    /// Left edge in pixels of the upright picture, one decimal, like the other three.
    pub x: f64,
    /// Top edge.
    pub y: f64,
    /// Side along x.
    pub width: f64,
    /// Side along y.
    pub height: f64,
    /// For a red cell: whether it holds an asexual parasite.
    pub infected: Option<bool>,
    /// For a red cell: how many asexual parasites it holds.
    pub parasites_inside: Option<u32>,
    /// Thin films: whether the edge of the view cuts this red cell, or the one around this parasite; shown, not counted.
    #[serde(default)]
    pub cut: bool,
}

impl From<&Detection> for DetectionRecord {
    fn from(d: &Detection) -> Self {
        let tenth = |v: f64| (v * 10.0).round() / 10.0;
        let rounded = (d.score.get() * 1e4).round() / 1e4;
        Self {
            class: d.class,
            stage: d.stage,
            score: Probability::new(rounded).unwrap_or(d.score),
            x: tenth(d.bounds.x()),
            y: tenth(d.bounds.y()),
            width: tenth(d.bounds.width()),
            height: tenth(d.bounds.height()),
            infected: d.infected(),
            parasites_inside: d.parasites_inside,
            cut: d.cut,
        }
    }
}
