//! Diameters of what may be the nuclei of white cells on a thick film.
//!
//! Nuclei are the large compact blobs that are darkest in green light, whether they are stained blue or magenta. Weak evidence: clumps, smudged cells and precipitate look alike, so only the pooled
//! diameters of a slide are used, and they count for less than red cells.

use image::RgbImage;

use super::blobs::{Blob, Mask};
use super::plane::{Plane, quantile};
use super::red_cells::levelled;

/// What the thick film shows.
#[derive(Clone, Debug, Default)]
pub(super) struct Nuclei {
    /// Diameters of compact dark blobs, pixels.
    pub(super) diameters: Vec<f64>,
    /// Brightness in green light of the darkest thousandth, over the background.
    pub(super) darkest: f64,
}

/// Smallest and largest diameter looked at, pixels of the reduced picture.
const DIAMETERS: (f64, f64) = (8.0, 200.0);
/// A nucleus may be lobed, but is no more spread out than this.
const MAX_SPREAD_OUT: f64 = 2.0;
/// Share of the view that a few nuclei cover at least.
const DARKEST_SHARE: f64 = 0.001;
/// The threshold lies this far from the darkest to the background, within [`CUTS`].
const CUT_BETWEEN: f64 = 0.5;
const CUTS: (f64, f64) = (0.3, 0.72);

/// Measures the dark blobs of a reduced picture.
pub(super) fn measure(picture: &RgbImage, in_view: &[bool]) -> Nuclei {
    let green = Plane::of(picture, |p| f32::from(p[1])).box_blur(1);
    let level = levelled(&green, in_view);
    let mut seen: Vec<f32> = level.data.iter().zip(in_view).filter(|(_, v)| **v).map(|(v, _)| *v).collect();
    let (Some(darkest), Some(middle)) = (quantile(&mut seen, DARKEST_SHARE), quantile(&mut seen, 0.5)) else {
        return Nuclei::default();
    };
    let (darkest, middle) = (f64::from(darkest), f64::from(middle));
    let cut = (darkest + CUT_BETWEEN * (middle - darkest)).clamp(CUTS.0, CUTS.1);
    let mut mask = Mask {
        width: level.width,
        height: level.height,
        set: level.data.iter().zip(in_view).map(|(v, seen)| *seen && f64::from(*v) < cut).collect(),
    };
    mask.fill_round_holes(in_view);
    let diameters = mask
        .regions(in_view)
        .blobs
        .iter()
        .filter(|b| !b.cut && b.spread_out() <= MAX_SPREAD_OUT)
        .map(Blob::diameter)
        .filter(|d| (DIAMETERS.0..=DIAMETERS.1).contains(d))
        .collect();
    Nuclei { diameters, darkest }
}
