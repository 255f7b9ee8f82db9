//! The verdict on a picture: fit, or unfit with every reason.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::thresholds::QualityThresholds;
use crate::measure::MicronsPerPixel;
use crate::terms::{Film, OtherCode};

/// Whether a field may be counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// May be counted.
    Fit,
    /// May not be counted.
    Unfit,
}

/// Why a picture is unfit.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
    strum::EnumIter,
    strum::IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum ReasonCode {
    /// Too few pixels for a field.
    TooSmall,
    /// Each pixel shows too much film for parasites to be told.
    LowResolution,
    /// Too little light.
    TooDark,
    /// Too much light.
    TooBright,
    /// Nothing but glass, or a lens cap.
    Empty,
    /// Not sharp.
    OutOfFocus,
    /// Stained objects hardly differ from their surroundings.
    PoorStain,
    /// Thin film: cells lie over each other.
    Crowded,
    /// Thin film: no red cells.
    NoCells,
    /// Sharper than any film under a microscope: writing, or nothing but the noise of the camera.
    NoFilm,
    /// Taken of a screen or of a print, whose grid is all over it.
    Screen,
    /// More than one picture in one: a contact sheet, a collage, two discs.
    SeveralPictures,
    /// It shows the other of the two films: touching cells of one size on a thick film, or none on a thin one.
    OtherFilm,
    /// The colours of stained blood are gone: grey, toned, a negative, red and blue swapped, a few colours.
    NoStainColour,
    /// The cells say another scale than the one that was stated.
    ScaleContradicted,
    /// Compressed so far that blocks stand out and small parasites are gone.
    Compressed,
    /// So much is drawn into it, or so much of it has colours of ink, that what is left is no field.
    DrawnOver,
    /// A reason that a newer program has; this one never gives it.
    #[serde(untagged)]
    #[schemars(skip)]
    #[strum(disabled)]
    Other(OtherCode),
}

impl ReasonCode {
    /// Every reason that this program knows, in the order in which they are listed.
    pub fn all() -> impl Iterator<Item = Self> {
        <Self as strum::IntoEnumIterator>::iter()
    }

    /// Stable code, as in records; `other` for a reason that this program does not know.
    pub fn code(self) -> &'static str {
        match self {
            // Left out of the list by `strum(disabled)`, and so without a text of its own.
            Self::Other(_) => "other",
            known => known.into(),
        }
    }

    /// Key of its words and remedy in the catalogue.
    pub fn key(self) -> String {
        format!("quality-{}", self.code().replace('_', "-"))
    }
}

/// One reason, with the number that decided.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Reason {
    /// What is wrong.
    pub code: ReasonCode,
    /// What was measured.
    pub value: f64,
    /// What it was held against.
    pub threshold: f64,
}

/// The verdict and every reason for it, in the order of [`ReasonCode::all`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Quality {
    /// Fit exactly where there is no reason.
    pub verdict: Verdict,
    /// Every reason.
    pub reasons: Vec<Reason>,
}

/// What was measured on the reduced picture, inside the view.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Measurements {
    /// Shorter side of the view, pixels of the full picture.
    pub side_px: f64,
    /// Brightness, 95th percentile, 0 to 255.
    pub light: f64,
    /// Brightness, 2nd percentile, 0 to 255.
    pub dark: f64,
    /// Share of the view where all three channels are at least 252.
    pub burnt: f64,
    /// Fine detail over coarse detail.
    pub sharpness: f64,
    /// The same in the middle two thirds of the picture's sides, where no caption stands.
    pub sharpness_inside: f64,
    /// Coarse detail: differences from the surroundings (99th percentile) over the light.
    pub detail: f64,
    /// How much darker than the background the stained objects are, 0 to 1.
    pub stain: f64,
    /// Thin film: share of the view covered by cells.
    pub covered: Option<f64>,
    /// Thin film: share of the brightness variance that two groups (cells and glass) explain, 0 to 1.
    pub parted: Option<f64>,
    /// How far colours of equal brightness lie apart (red less green and blue less green, root mean square, 0 to 255):
    /// 0 for a grey picture.
    pub tint: f64,
    /// Difference in colour from the ground, as a share of it, of the most coloured two-hundredth.
    pub colour: f64,
    /// How much it is like a negative: below 0 for film, above 0 for most negatives.
    pub negative: f64,
    /// How much bluer the darkest fiftieth is than the darkest quarter, as a share of the ground: negative where red and
    /// blue are swapped.
    pub azure: f64,
    /// How far a thick film's red and blue stand where they belong: below 0 for most pictures in which they are swapped.
    /// Says nothing of thin films.
    pub upright: f64,
    /// How much more red than green, as shares of the ground, what is darker than the ground keeps (median).
    pub red_kept: f64,
    /// The same of blue.
    pub blue_kept: f64,
    /// Share of the view in its sixteen commonest colours.
    pub few_colours: f64,
    /// Differences across the borders of the 8 x 8 blocks of a JPEG over those inside them, at full resolution: about 1
    /// where nothing was lost.
    pub blocks: f64,
    /// Power of the strongest period over the median of all that are as fine, at full resolution: what a screen or a print
    /// shows and no film has.
    pub period: f64,
    /// Pictures beside or above each other in one.
    pub parts: f64,
    /// Share of the view that is drawn over in another colour than black.
    #[serde(default)]
    pub drawn: f64,
    /// How much it is like a thin film: 1 and more where it shows one, for sure.
    pub like_thin: f64,
    /// How much it is like a thick film: 1 and more where it shows one, for sure.
    pub like_thick: f64,
}

/// Judges measurements; nothing that was counted enters (INV-2).
pub(super) fn judge(
    m: &Measurements,
    film: Film,
    scale: Option<MicronsPerPixel>,
    t: &QualityThresholds,
) -> Quality {
    let mut reasons = Vec::new();
    let mut below = |code, value: f64, threshold: f64| {
        // Also true for NaN: what could not be measured does not pass.
        let failed = value.is_nan() || value < threshold;
        if failed {
            reasons.push(Reason { code, value, threshold });
        }
        failed
    };
    below(ReasonCode::TooSmall, m.side_px, t.min_side_px);
    let dark = below(ReasonCode::TooDark, m.light, t.min_light);
    let empty = !dark && below(ReasonCode::Empty, m.detail, t.min_detail);
    if !dark && !empty {
        let (sharpness, stain) = match film {
            Film::Thin => (t.min_sharpness_thin, t.min_stain_thin),
            Film::Thick => (t.min_sharpness_thick, t.min_stain_thick),
        };
        below(ReasonCode::OutOfFocus, m.sharpness, sharpness);
        below(ReasonCode::PoorStain, m.stain, stain);
        below(ReasonCode::NoFilm, m.red_kept, t.min_red_kept);
        below(ReasonCode::NoFilm, m.blue_kept, t.min_blue_kept);
        if let (Film::Thin, Some(covered)) = (film, m.covered) {
            below(ReasonCode::NoCells, covered, t.min_covered);
        }
    }
    let mut above = |code, value: f64, threshold: f64| {
        if value > threshold {
            reasons.push(Reason { code, value, threshold });
        }
    };
    if let Some(scale) = scale {
        above(ReasonCode::LowResolution, scale.get(), t.max_um_per_px);
    }
    if !dark && !empty {
        above(ReasonCode::NoFilm, m.sharpness_inside, t.max_sharpness_inside);
    }
    above(ReasonCode::TooBright, m.burnt, t.max_burnt);
    if m.burnt <= t.max_burnt {
        above(ReasonCode::TooBright, m.dark, t.max_dark);
    }
    if let (Film::Thin, Some(covered), false) = (film, m.covered, dark || empty) {
        above(ReasonCode::Crowded, covered, t.max_covered);
    }
    // Blocks are a grid, too.
    if compressed(m, film, t).is_none() {
        above(ReasonCode::Screen, m.period, t.max_period);
    }
    above(ReasonCode::SeveralPictures, m.parts, 1.0);
    above(ReasonCode::DrawnOver, m.drawn, t.max_drawn);
    if !dark && !empty {
        reasons.extend(lost_colour(m, film, t));
        reasons.extend(other_film(m, film, t));
        reasons.extend(compressed(m, film, t));
    }
    reasons.sort_by_key(|r| r.code);
    reasons.dedup_by_key(|r| r.code);
    let verdict = if reasons.is_empty() { Verdict::Fit } else { Verdict::Unfit };
    Quality { verdict, reasons }
}

/// Why a picture cannot have the colours of stained blood.
fn lost_colour(m: &Measurements, film: Film, t: &QualityThresholds) -> Option<Reason> {
    let least_azure = match film {
        Film::Thin => t.min_azure_thin,
        Film::Thick => t.min_azure_thick,
    };
    let held = [
        (m.tint, t.min_tint, m.tint < t.min_tint && m.colour < t.min_colour),
        (m.tint, t.min_tint_toned, m.tint < t.min_tint_toned && m.colour < t.min_colour_toned),
        (m.few_colours, t.max_few_colours, m.few_colours > t.max_few_colours),
        (m.negative, t.max_negative, m.negative > t.max_negative && m.light < t.negative_below),
        (m.azure, least_azure, m.azure < least_azure),
        (m.upright, t.min_upright_thick, film == Film::Thick && m.upright < t.min_upright_thick),
    ];
    let (value, threshold, _) = held.into_iter().find(|(_, _, lost)| *lost)?;
    Some(Reason { code: ReasonCode::NoStainColour, value, threshold })
}

/// Whether so much was lost in compression that parasites are gone.
fn compressed(m: &Measurements, film: Film, t: &QualityThresholds) -> Option<Reason> {
    let threshold = match film {
        Film::Thin => t.max_blocks_thin,
        Film::Thick => t.max_blocks_thick,
    };
    (m.blocks > threshold).then_some(Reason { code: ReasonCode::Compressed, value: m.blocks, threshold })
}

/// Whether it shows the other film.
fn other_film(m: &Measurements, film: Film, t: &QualityThresholds) -> Option<Reason> {
    let (value, threshold, sure) = match film {
        Film::Thick => (m.like_thin, t.max_like_thin, m.like_thin > t.min_thin_over_thick * m.like_thick),
        Film::Thin => (m.like_thick, t.max_like_thick, true),
    };
    (value > threshold && sure).then_some(Reason { code: ReasonCode::OtherFilm, value, threshold })
}
