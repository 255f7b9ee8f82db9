//! Small drawn fields.

use hemozoin::render::{Counts, FieldSpec, render};
use hemozoin::terms::Film;
use image::RgbImage;

/// 420 x 300 pixels at 0.12 µm; the same seed gives the same bytes.
pub fn small_field(film: Film, counts: Counts, seed: u64) -> RgbImage {
    let spec =
        FieldSpec { film, um_per_px: 0.12, width: 420, height: 300, counts, seed, ..FieldSpec::default() };
    render(&spec).expect("a field").image
}
