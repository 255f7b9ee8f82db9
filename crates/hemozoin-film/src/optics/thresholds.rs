//! Where each quality gate stands; `docs/quality-gates.md` shows the pictures behind each number.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Thresholds of the quality gates. The values are this engine's own, chosen on real sets so that nearly every
/// field that a microscopist has annotated passes.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct QualityThresholds {
    /// Shorter side of the view, pixels, at least.
    pub min_side_px: f64,
    /// µm per pixel, at most (only where the scale is known).
    pub max_um_per_px: f64,
    /// Brightness of the light parts (95th percentile, 0 to 255), at least.
    pub min_light: f64,
    /// Brightness of the dark parts (2nd percentile, 0 to 255), at most.
    pub max_dark: f64,
    /// Share of the view burnt out to white in all channels, at most.
    pub max_burnt: f64,
    /// Thin film: sharpness (ratio of fine to coarse detail), at least.
    pub min_sharpness_thin: f64,
    /// Thick film: the same; what lies deeper than the focus is never sharp there.
    pub min_sharpness_thick: f64,
    /// Sharpness in the middle of the picture, at most: a film under oil immersion has finer edges than this nowhere.
    pub max_sharpness_inside: f64,
    /// Thin film: how much darker than glass the cells are (0 to 1), at least.
    pub min_stain_thin: f64,
    /// Thick film: how much darker than the background the darkest objects are (0 to 1), at least.
    pub min_stain_thick: f64,
    /// Detail of any kind (0 to 1), at least; less is empty glass.
    pub min_detail: f64,
    /// Thin film: share of the view covered by cells, at most.
    pub max_covered: f64,
    /// Thin film: share of the view covered by cells, at least.
    pub min_covered: f64,
    /// How far colours of equal brightness lie apart (0 to 255), at least, where the stain hardly differs in colour from
    /// the ground; grey and toned pictures have neither.
    pub min_tint: f64,
    /// Difference in colour of the most coloured two-hundredth from the ground (0 to 1), at least, where `min_tint` is missed.
    pub min_colour: f64,
    /// The same two for what has hardly another colour than the ground anywhere, as toned pictures: a pale film has some.
    pub min_tint_toned: f64,
    /// See `min_tint_toned`.
    pub min_colour_toned: f64,
    /// How much more red than green, as shares of the ground, what is darker than the ground keeps, at least (below 0: less).
    pub min_red_kept: f64,
    /// The same of blue.
    pub min_blue_kept: f64,
    /// Share of the view in its sixteen commonest colours, at most.
    pub max_few_colours: f64,
    /// How much a picture may be like a negative, where its light parts are darker than `negative_below`.
    pub max_negative: f64,
    /// Brightness of the light parts (95th percentile, 0 to 255) below which `max_negative` holds: what is dark in film is
    /// seldom so dark that its negative is bright.
    pub negative_below: f64,
    /// Thin film: how much bluer the darkest objects are than what is moderately dark, at least.
    pub min_azure_thin: f64,
    /// Thick film: the same; nuclei are on every thick film.
    pub min_azure_thick: f64,
    /// Thick film: how far red and blue stand where they belong, at least.
    pub min_upright_thick: f64,
    /// Thick film: how much a picture may be like a thin one, at most, where it is not nearly as much like a thick one.
    pub max_like_thin: f64,
    /// Likeness to a thin film over that to a thick one, from which on `max_like_thin` holds.
    pub min_thin_over_thick: f64,
    /// Thin film: how much a picture may be like a thick one, at most.
    pub max_like_thick: f64,
    /// Thin film: blocks (differences across the borders of the 8 x 8 blocks of a JPEG over those inside), at most.
    pub max_blocks_thin: f64,
    /// Thick film: the same; what is blurred and even shows blocks sooner.
    pub max_blocks_thick: f64,
    /// Share of the view that is drawn over, at most.
    pub max_drawn: f64,
    /// Strongest period over the median of all that are as fine, at most.
    pub max_period: f64,
    /// Thin film: the scale that red cells say over a stated one, at most.
    pub max_scale_too_fine_thin: f64,
    /// Thin film: a stated scale over the one that red cells say, at most.
    pub max_scale_too_coarse_thin: f64,
    /// Thick film: the scale that nuclei say over a stated one, at most; small bodies may be taken for nuclei.
    pub max_scale_too_fine_thick: f64,
    /// Thick film: a stated scale over the one that nuclei say, at most.
    pub max_scale_too_coarse_thick: f64,
}

impl Default for QualityThresholds {
    fn default() -> Self {
        Self {
            min_side_px: 200.0,
            max_um_per_px: 0.45,
            min_light: 60.0,
            max_dark: 245.0,
            max_burnt: 0.5,
            min_sharpness_thin: 0.17,
            min_sharpness_thick: 0.13,
            max_sharpness_inside: 1.2,
            min_stain_thin: 0.06,
            min_stain_thick: 0.12,
            min_detail: 0.012,
            max_covered: 0.85,
            min_covered: 0.02,
            min_tint: 2.1,
            min_colour: 0.1,
            min_tint_toned: 2.6,
            min_colour_toned: 0.025,
            min_red_kept: -0.25,
            min_blue_kept: -0.12,
            max_few_colours: 0.97,
            max_negative: 0.9,
            negative_below: 185.0,
            min_azure_thin: -0.35,
            min_azure_thick: -0.17,
            min_upright_thick: -2.2,
            max_like_thin: 1.05,
            min_thin_over_thick: 1.25,
            max_like_thick: 1.15,
            max_blocks_thin: 4.2,
            max_blocks_thick: 5.8,
            max_drawn: 0.15,
            max_period: 200.0,
            max_scale_too_fine_thin: 2.0,
            max_scale_too_coarse_thin: 1.95,
            max_scale_too_fine_thick: 2.4,
            max_scale_too_coarse_thick: 1.6,
        }
    }
}
