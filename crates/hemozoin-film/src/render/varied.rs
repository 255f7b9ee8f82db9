//! Specifications spread over what routine slides and cameras look like.

use super::dice::{Dice, Stream};
use super::slide::{SlideSpec, slide_fields};
use super::spec::{Disc, FieldSpec};
use super::stain::Stain;
use crate::Result;
use crate::terms::Film;

/// A field at random: stain, scale, light, blur, noise, crowding, eyepiece disc and counts all follow from `seed`.
///
/// Scales run from 0.07 to 0.16 µm per pixel on thin films and to 0.28 on thick ones, evenly in their logarithm;
/// one field in ten holds no parasite.
///
/// # Errors
/// A width or height that [`FieldSpec::check`] refuses.
pub fn varied(film: Film, width: u32, height: u32, seed: u64) -> Result<FieldSpec> {
    let mut dice = Dice::new(seed, Stream::Slide, u64::MAX);
    let thin = film == Film::Thin;
    let um_per_px = scale(&mut dice, if thin { 0.16 } else { 0.28 });
    let stain = Stain::ALL.get(dice.below(Stain::ALL.len())).copied().unwrap_or(Stain::Pink);
    let disc = dice.chance(0.25).then(|| Disc {
        diameter: f64::from(dice.range(0.85, 1.3)),
        cx: f64::from(dice.range(0.4, 0.6)),
        cy: f64::from(dice.range(0.4, 0.6)),
    });
    let mut share = |a: f32, b: f32| f64::from(dice.range(a, b));
    let field = FieldSpec {
        film,
        um_per_px,
        width,
        height,
        stain,
        stain_variation: share(0.2, 1.0),
        disc,
        blur_um: share(0.06, 0.32),
        noise: share(0.2, 3.5),
        softness: share(0.0, 1.0),
        unevenness: share(0.0, 0.8),
        clumping: share(0.0, 0.6),
        multiple: share(0.0, 0.35),
        pallor: share(0.1, 0.75),
        poikilocytosis: share(0.05, 0.8),
        texture: share(0.15, 1.0),
        ..FieldSpec::default()
    };
    let clean = dice.chance(0.1);
    let sparse = dice.range(0.0, 1.0);
    let many = if thin { 1_500_000.0 } else { 150_000.0 };
    let spec = SlideSpec {
        field,
        fields: 1,
        parasites_per_ul: if clean { 0.0 } else { f64::from(0.05 + 0.95 * sparse * sparse) * many },
        gametocytes_per_ul: if clean {
            0.0
        } else {
            f64::from(dice.unit()) * if thin { 60_000.0 } else { 2_500.0 }
        },
        // A thin film hardly shows white cells by chance: they are put there more often than blood has them.
        wbc_per_ul: f64::from(2_500.0 + dice.unit() * dice.unit() * if thin { 50_000.0 } else { 22_000.0 }),
        platelets_per_ul: f64::from(dice.range(20_000.0, 300_000.0)),
        red_cells_per_mm2: f64::from(dice.range(3_500.0, 13_000.0)),
        trophozoite_share: f64::from(dice.range(0.0, 0.3)),
        schizont_share: f64::from(dice.range(-0.15, 0.12).max(0.0)),
        dirt_per_1000_um2: f64::from(dice.range(0.0, 1.5)),
        seed,
        ..SlideSpec::default()
    };
    slide_fields(&spec).map(|fields| fields.into_iter().next().unwrap_or(spec.field))
}

/// Between 0.07 and `most` µm per pixel, evenly in the logarithm, to three digits.
fn scale(dice: &mut Dice, most: f32) -> f64 {
    let log = dice.range(super::arith::ln(0.07), super::arith::ln(most));
    f64::from((super::arith::exp(log) * 1000.0) as u16) / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn always_sound() {
        for seed in 0..300 {
            for film in [Film::Thin, Film::Thick] {
                varied(film, 320, 200, seed).and_then(|s| s.check()).expect("sound");
            }
        }
    }
}
