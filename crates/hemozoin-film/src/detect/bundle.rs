//! A model bundle: a network, what it sees, what its maps mean, and where it comes from.

use std::borrow::Cow;
use std::path::Path;

use serde::Deserialize;

use super::backend::MapShape;
use super::decode::NEAR_MISS;
use super::expect::{Credit, FalsePositiveFloor, Suspects};
use super::networks::{Networks, check_digest, is_sha256, look_differs, read_network};
use super::second::{SecondLogit, SecondLook};
use crate::files::read_text;
use crate::measure::MicronsPerPixel;
use crate::terms::{CellClass, Film, Stage};
use crate::tiling::TileShape;
use crate::{Error, ErrorKind, Result};

/// Most bytes of a `bundle.toml`.
const MAX_TOML_BYTES: u64 = 1 << 20;

/// What `bundle.toml` says, checked.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bundle {
    /// Version of this format; this engine reads 1.
    pub schema: u32,
    /// Name, the same as its folder's.
    pub name: String,
    /// Version of the weights.
    pub version: String,
    /// The film that it reads.
    pub film: Film,
    /// Scale that pictures are brought to before the network sees them.
    pub um_per_px: MicronsPerPixel,
    /// Licence of the weights.
    pub licence: String,
    /// SHA-256 of `model.onnx`, lower-case hexadecimal.
    pub weights_sha256: String,
    /// What the network is fed.
    pub input: Input,
    /// What it answers.
    pub output: Output,
    /// The network that looks at candidates again, where there is one.
    pub second: Option<SecondLook>,
    /// The dearer network that looks at what is in doubt after that, where there is one.
    pub third: Option<SecondLook>,
    /// What its maps mean.
    #[serde(rename = "class")]
    pub classes: Vec<BundleClass>,
    /// False asexual parasites that it is known to see on films without any.
    pub false_positive_floor: Option<FalsePositiveFloor>,
    /// False gametocytes that it is known to see on films without any.
    pub gametocyte_floor: Option<FalsePositiveFloor>,
    /// How many of its marks a reader should expect to be parasites.
    pub suspects: Option<Suspects>,
    /// The data that it learnt from.
    #[serde(rename = "credit", default)]
    pub credits: Vec<Credit>,
}

/// Input of a network.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {
    /// Side of a tile, halo included, pixels at the bundle's scale: the one that `model.onnx` is written for.
    pub tile: u32,
    /// Other sides that the network may be run at. A picture gets the side at which its tiles, halos included, have
    /// the fewest pixels.
    #[serde(default)]
    pub other_tiles: Vec<u32>,
    /// Border of a tile that is seen but not owned.
    pub halo: u32,
    /// Subtracted from each channel after division by 255: red, green, blue.
    pub mean: [f32; 3],
    /// Divided by afterwards.
    pub std: [f32; 3],
    /// Colour balance of the whole picture before that, where the network wants one.
    pub balance: Option<Balance>,
}

/// Each channel is multiplied so that its `percentile` over the examined part of the picture meets `target`.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Balance {
    /// Percentile in per cent, above 0 and at most 100.
    pub percentile: f64,
    /// Wanted value of red, green and blue at that percentile, 1 to 255.
    pub target: [f64; 3],
}

/// Output of a network: maps of `tile / stride` cells.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Output {
    /// Pixels per cell.
    pub stride: u32,
    /// Number of maps.
    pub channels: usize,
}

/// How one class is read from the maps.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BundleClass {
    /// The engine's term.
    pub term: CellClass,
    /// Map of logits: a centre of this class lies in this cell.
    pub heat: usize,
    /// Maps of the natural logarithms of width and height, pixels at the bundle's scale.
    pub size: [usize; 2],
    /// Maps of the centre's offset from the middle of its cell, x and y, in cells.
    pub offset: Option<[usize; 2]>,
    /// A peak whose score reaches this is a detection.
    pub threshold: f32,
    /// `score = sigmoid(a * logit + b)`: slope and intercept fitted on validation slides.
    pub calibration: [f32; 2],
    /// Two peaks nearer than this are one object, micrometres.
    pub min_distance_um: f64,
    /// Where it is given: the share of a mark's box that is darker than the film around it, at least (0 to 1). Less is
    /// no object of this class but writing on a pale plate.
    pub dark_share: Option<f32>,
    /// Maps of stage logits; the largest one at the peak names the stage.
    #[serde(rename = "stage", default)]
    pub stages: Vec<StageChannel>,
    /// How the second network judges peaks of this class, where it does.
    pub second: Option<SecondLogit>,
    /// How the third one judges what the logit so far leaves in doubt, where it does: its `from` and `weight` are of the
    /// second network's outcome, or of the peak's own logit where the class has no second look.
    pub third: Option<SecondLogit>,
}

/// The map of one stage.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StageChannel {
    /// The stage.
    pub name: Stage,
    /// Its map.
    pub channel: usize,
}

/// More output maps than any detector of blood films has.
pub(super) const MOST_MAPS: usize = 1024;

/// A network prepared for one side takes some megabytes.
const MOST_OTHER_TILES: usize = 8;

impl BundleClass {
    /// The least score of a near miss: a parasite that is shown and not counted.
    pub fn near_miss_from(&self) -> f32 {
        NEAR_MISS * self.threshold
    }
}

impl Bundle {
    /// Reads and checks a `bundle.toml`.
    ///
    /// # Errors
    /// [`ErrorKind::Model`] naming the line, what was expected and what was found.
    pub fn parse(text: &str) -> Result<Self> {
        let bundle: Self = toml::from_str(text)
            .map_err(|e| Error::new(ErrorKind::Model, format!("bundle.toml does not fit: {e}")))?;
        bundle.check()?;
        Ok(bundle)
    }

    /// Reads `bundle.toml` and the networks of a folder and compares the digests.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] where a file is missing, [`ErrorKind::Model`] where something does not fit.
    pub fn read(dir: &Path) -> Result<(Self, Networks<'static>)> {
        let toml_path = dir.join("bundle.toml");
        let text = read_text(&toml_path, MAX_TOML_BYTES)?;
        let bundle = Self::parse(&text).map_err(|e| e.with_path(&toml_path))?;
        let model = read_network(&dir.join("model.onnx"), &bundle.weights_sha256)?;
        let look = |name: &str, declared: Option<&SecondLook>| {
            declared.map(|l| read_network(&dir.join(name), &l.weights_sha256).map(Cow::Owned)).transpose()
        };
        let second = look("second.onnx", bundle.second.as_ref())?;
        let third = look("third.onnx", bundle.third.as_ref())?;
        Ok((bundle, Networks { model: Cow::Owned(model), second, third }))
    }

    /// Compares the digests of the networks with the declared ones.
    ///
    /// # Errors
    /// [`ErrorKind::Model`] with both digests, or where a second or third network is missing or not declared.
    pub fn check_weights(&self, networks: &Networks<'_>) -> Result<()> {
        check_digest(&networks.model, &self.weights_sha256)?;
        let looks = [("second", &self.second, &networks.second), ("third", &self.third, &networks.third)];
        for (which, declared, found) in looks {
            match (declared, found) {
                (Some(declared), Some(found)) => check_digest(found, &declared.weights_sha256)?,
                (None, None) => {}
                (declared, _) => return Err(look_differs(&self.name, which, declared.is_some())),
            }
        }
        Ok(())
    }

    /// Side and halo of its tiles, the one that `model.onnx` is written for first.
    ///
    /// # Errors
    /// [`ErrorKind::Model`] for a shape that cannot work.
    pub fn tile_shapes(&self) -> Result<Vec<TileShape>> {
        std::iter::once(self.input.tile)
            .chain(self.input.other_tiles.iter().copied())
            .map(|side| TileShape::new(side, self.input.halo))
            .collect()
    }

    /// Shape of the network's input and output as `model.onnx` is written.
    pub fn map_shape(&self) -> MapShape {
        self.map_shape_at(self.input.tile)
    }

    /// Shape of the network's input and output for tiles of this side, pixels.
    pub fn map_shape_at(&self, side: u32) -> MapShape {
        MapShape {
            tile: side as usize,
            channels: self.output.channels,
            cells: (side / self.output.stride.max(1)) as usize,
        }
    }

    /// How one class is read, where the bundle has it.
    pub fn class(&self, term: CellClass) -> Option<&BundleClass> {
        self.classes.iter().find(|c| c.term == term)
    }

    pub(super) fn check(&self) -> Result<()> {
        let wrong = |what: String| Err(Error::new(ErrorKind::Model, format!("bundle {}: {what}", self.name)));
        if self.schema != 1 {
            return wrong(format!("expected schema 1, found {}", self.schema));
        }
        if self.name.is_empty() || !self.name.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
        {
            return wrong("the name must be made of letters, digits, '-', '_' and '.'".to_owned());
        }
        self.tile_shapes()?;
        if self.input.other_tiles.len() > MOST_OTHER_TILES {
            return wrong(format!(
                "expected at most {MOST_OTHER_TILES} other_tiles, found {}: the network is prepared for each",
                self.input.other_tiles.len()
            ));
        }
        let stride = self.output.stride;
        if !matches!(stride, 1 | 2 | 4 | 8 | 16) {
            return wrong(format!("expected a stride of 1, 2, 4, 8 or 16, found {stride}"));
        }
        if !self.input.halo.is_multiple_of(stride) {
            return wrong(format!(
                "the halo ({}) must be a multiple of the stride ({stride})",
                self.input.halo
            ));
        }
        if !(1..=MOST_MAPS).contains(&self.output.channels) {
            return wrong(format!("expected 1 to {MOST_MAPS} output maps, found {}", self.output.channels));
        }
        if self.input.std.iter().any(|s| !s.is_finite() || *s <= 0.0)
            || self.input.mean.iter().any(|m| !m.is_finite())
        {
            return wrong("input mean and std must be finite and std positive".to_owned());
        }
        if let Some(balance) = &self.input.balance {
            let sound = balance.percentile > 0.0
                && balance.percentile <= 100.0
                && balance.target.iter().all(|t| (1.0..=255.0).contains(t));
            if !sound {
                return wrong(
                    "input.balance needs a percentile in (0, 100] and targets of 1 to 255".to_owned(),
                );
            }
        }
        if self.classes.is_empty() {
            return wrong("at least one [[class]] is needed".to_owned());
        }
        for (i, class) in self.classes.iter().enumerate() {
            self.check_class(class)?;
            if self.classes.iter().take(i).any(|other| other.term == class.term) {
                return wrong(format!("class {} is given twice", class.term.code()));
            }
        }
        let denominator = match self.film {
            Film::Thick => CellClass::WhiteCell,
            Film::Thin => CellClass::RedCell,
        };
        for needed in [CellClass::AsexualParasite, denominator] {
            if self.class(needed).is_none() {
                return wrong(format!("a {} film needs the class {}", self.film.code(), needed.code()));
            }
        }
        if !is_sha256(&self.weights_sha256) {
            return wrong("weights_sha256 must be 64 hexadecimal digits".to_owned());
        }
        for (which, look) in [("second", &self.second), ("third", &self.third)] {
            if let Some(look) = look {
                look.check(which, self.input.halo).or_else(wrong)?;
            }
        }
        Ok(())
    }

    fn check_class(&self, class: &BundleClass) -> Result<()> {
        let code = class.term.code();
        let wrong = |what: String| {
            Err(Error::new(ErrorKind::Model, format!("bundle {}, class {code}: {what}", self.name)))
        };
        let channels = self.output.channels;
        let used = std::iter::once(class.heat)
            .chain(class.size)
            .chain(class.offset.into_iter().flatten())
            .chain(class.stages.iter().map(|s| s.channel));
        for channel in used {
            if channel >= channels {
                return wrong(format!(
                    "map {channel} is named, but there are only {channels}, counted from 0"
                ));
            }
        }
        let looks = [("second", &class.second, &self.second), ("third", &class.third, &self.third)];
        for (which, rule, look) in looks {
            if let Some(rule) = rule {
                rule.check(which, look.as_ref().map_or(0, |l| l.channels)).or_else(wrong)?;
            }
        }
        if !(0.0..=1.0).contains(&class.threshold) || class.threshold == 0.0 {
            return wrong(format!("expected a threshold above 0 and at most 1, found {}", class.threshold));
        }
        if class.calibration.iter().any(|v| !v.is_finite()) || class.calibration[0] <= 0.0 {
            return wrong("calibration needs a positive slope and a finite intercept".to_owned());
        }
        if !(0.1..=100.0).contains(&class.min_distance_um) {
            return wrong(format!(
                "expected min_distance_um between 0.1 and 100, found {}",
                class.min_distance_um
            ));
        }
        if class.dark_share.is_some_and(|share| !(0.0..=1.0).contains(&share)) {
            return wrong("expected dark_share between 0 and 1".to_owned());
        }
        Ok(())
    }
}

/// A bundle as the repository holds it.
#[cfg(test)]
pub(super) fn of_repository(film: Film) -> Bundle {
    let toml = match film {
        Film::Thick => include_str!("../../../../models/thick-falciparum/bundle.toml"),
        Film::Thin => include_str!("../../../../models/thin-falciparum/bundle.toml"),
    };
    Bundle::parse(toml).expect("a sound bundle")
}
