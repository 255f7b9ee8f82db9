//! A scripted detector with a bounded view, and pictures of dots for it.

#![allow(dead_code)] // Each test binary uses a part of this.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use hemozoin::detect::{Bundle, Detector, MapShape, ScriptedBackend};
use image::{Rgb, RgbImage};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// Plane pixels per cell of the scripted maps.
pub const STRIDE: usize = 4;

/// A thick bundle at 0.2 µm per pixel: heat of parasites (map 0) and of white cells (map 1), sizes in 2 to 5.
pub const BUNDLE: &str = include_str!("../cases/bundle.toml");

/// A detector that sees 12 pixels around each cell and nothing beyond: red darkness is a parasite, blue darkness
/// a white cell.
pub fn scripted() -> Detector {
    scripted_with(BUNDLE)
}

/// As [`scripted`], of another description.
pub fn scripted_with(bundle: &str) -> Detector {
    let bundle = Bundle::parse(bundle).expect("a sound bundle");
    let shape = bundle.map_shape();
    let backend = ScriptedBackend::new(shape, move |input| maps(shape, input));
    Detector::with_backend(bundle, Arc::new(backend)).expect("shapes agree")
}

/// [`BUNDLE`] with a halo of 24 and a second look at parasites, 48 pixels wide.
pub fn bundle_with_second() -> String {
    let second = "[second]\nside = 48\nchannels = 1\nweights_sha256 = ";
    let digest = "0000000000000000000000000000000000000000000000000000000000000000";
    BUNDLE
        .replacen("halo = 32", "halo = 24", 1)
        .replacen("[[class]]", &format!("{second}\"{digest}\"\n[[class]]"), 1)
        .replacen(
            "min_distance_um = 1.2\n",
            "min_distance_um = 1.2\n[class.second]\nchannel = 0\nfrom = -1.0\nweight = 0.5\n",
            1,
        )
}

/// [`bundle_with_second`] and a third look, 40 pixels wide, at what reaches 0.5 after the second.
pub fn bundle_with_third() -> String {
    let third = "[third]\nside = 40\nchannels = 2\nweights_sha256 = ";
    let digest = "0000000000000000000000000000000000000000000000000000000000000000";
    bundle_with_second().replacen("[[class]]", &format!("{third}\"{digest}\"\n[[class]]"), 1).replacen(
        "from = -1.0\nweight = 0.5\n",
        "from = -1.0\nweight = 0.5\n[class.third]\nchannel = 1\nfrom = 0.5\nweight = 0.25\n",
        1,
    )
}

/// As [`scripted`], but each tile places what it sees in its outer 64 pixels, halo included, one cell too far out.
pub fn scripted_drifting() -> Detector {
    let bundle = Bundle::parse(BUNDLE).expect("a sound bundle");
    let shape = bundle.map_shape();
    let backend = ScriptedBackend::new(shape, move |input| {
        let still = maps(shape, input);
        let cells = (still.len() / shape.channels).isqrt();
        let outer = 64 / STRIDE;
        let from = |c: usize| if c < outer { c + 1 } else { c - usize::from(c >= cells - outer) };
        let drifted = |at: usize| {
            let (map, y, x) = (at / cells / cells, at / cells % cells, at % cells);
            still[(map * cells + from(y)) * cells + from(x)]
        };
        (0..still.len()).map(drifted).collect()
    });
    Detector::with_backend(bundle, Arc::new(backend)).expect("shapes agree")
}

/// As [`scripted`], and a second look that doubts whatever has blue ink anywhere in its cut-out.
pub fn scripted_twice() -> Detector {
    scripted_counting(Arc::default())
}

/// As [`scripted_twice`]; counts its second looks.
pub fn scripted_counting(looks: Arc<AtomicUsize>) -> Detector {
    twice(&bundle_with_second(), looks, |blue| vec![if blue { -20.0 } else { 1.0 }])
}

/// [`bundle_with_second`] with gametocytes, which have no map of their own: they are looked for among the candidates
/// of asexual parasites, and the second look tells them apart.
pub fn bundle_with_gametocytes() -> String {
    let gametocyte = "[[class]]\nterm = \"gametocyte\"\nheat = 0\nsize = [2, 3]\nthreshold = 0.5\n\
                      calibration = [1.0, 0.0]\nmin_distance_um = 3.0\n\
                      [class.second]\nchannel = 1\nfrom = -1.0\nweight = 0.5\n";
    bundle_with_second().replacen("channels = 1\n", "channels = 2\n", 1) + gametocyte
}

/// As [`scripted_counting`]; whatever has blue ink in its cut-out is a gametocyte.
pub fn scripted_kinds(looks: Arc<AtomicUsize>) -> Detector {
    twice(&bundle_with_gametocytes(), looks, |blue| if blue { vec![-20.0, 3.0] } else { vec![1.0, -20.0] })
}

/// A scripted detector whose second look answers whether it sees blue ink.
fn twice(
    bundle: &str,
    looks: Arc<AtomicUsize>,
    answer: impl Fn(bool) -> Vec<f32> + Send + Sync + 'static,
) -> Detector {
    let bundle = Bundle::parse(bundle).expect("a sound bundle");
    let (shape, second) = (bundle.map_shape(), bundle.second.as_ref().expect("declared").map_shape());
    let first = ScriptedBackend::new(shape, move |input| maps(shape, input));
    let again = ScriptedBackend::new(second, move |input| {
        looks.fetch_add(1, Ordering::Relaxed);
        let blue = &input[2 * second.tile * second.tile..];
        answer(blue.iter().any(|&v| v < -0.5))
    });
    Detector::with_backends(bundle, Arc::new(first), Some(Arc::new(again)), None).expect("shapes agree")
}

/// As [`scripted_twice`], and a third look that is sure of whatever it is shown; counts these.
pub fn scripted_thrice(looks: Arc<AtomicUsize>) -> Detector {
    let bundle = Bundle::parse(&bundle_with_third()).expect("a sound bundle");
    let shapes = [bundle.second.as_ref(), bundle.third.as_ref()].map(|l| l.expect("declared").map_shape());
    let (shape, [second, third]) = (bundle.map_shape(), shapes);
    let first = ScriptedBackend::new(shape, move |input| maps(shape, input));
    let again = ScriptedBackend::new(second, move |input| {
        let blue = &input[2 * second.tile * second.tile..];
        vec![if blue.iter().any(|&v| v < -0.5) { -20.0 } else { 1.0 }]
    });
    let last = ScriptedBackend::new(third, move |_| {
        looks.fetch_add(1, Ordering::Relaxed);
        vec![-20.0, 2.0]
    });
    Detector::with_backends(bundle, Arc::new(first), Some(Arc::new(again)), Some(Arc::new(last)))
        .expect("shapes agree")
}

/// The maps for a tile of whichever side the input has.
fn maps(shape: MapShape, input: &[f32]) -> Vec<f32> {
    let side = (input.len() / 3).isqrt();
    let cells = side / STRIDE;
    let mut out = vec![0.0; shape.channels * cells * cells];
    let area = cells * cells;
    for (map, plane) in [(0, 0), (1, 2)] {
        let pixels = &input[plane * side * side..(plane + 1) * side * side];
        for cy in 0..cells {
            for cx in 0..cells {
                let mut sum = 0.0;
                let mut n = 0.0;
                for y in (cy * STRIDE).saturating_sub(STRIDE)..((cy + 2) * STRIDE).min(side) {
                    for x in (cx * STRIDE).saturating_sub(STRIDE)..((cx + 2) * STRIDE).min(side) {
                        sum += pixels[y * side + x];
                        n += 1.0;
                    }
                }
                // Normalised values: glass is 1.4, the outside 0, ink -1.9.
                out[map * area + cy * cells + cx] = -4.0 * (sum / n) - 1.0;
            }
        }
    }
    for (map, px) in [(2, 9.0_f32), (3, 11.0), (4, 30.0), (5, 34.0)] {
        out[map * area..(map + 1) * area].fill(px.ln());
    }
    out
}

/// Glass with dots of 14 x 14 pixels: `true` for ink in the red plane, `false` in the blue one; in green half as much, for no
/// stain takes away one colour alone, and all with the grain of a camera.
pub fn dots(width: u32, height: u32, at: &[(u32, u32, bool)]) -> RgbImage {
    let mut picture = RgbImage::from_pixel(width, height, Rgb([216, 212, 214]));
    for &(cx, cy, red) in at {
        for y in cy.saturating_sub(7)..(cy + 7).min(height) {
            for x in cx.saturating_sub(7)..(cx + 7).min(width) {
                picture.get_pixel_mut(x, y).0 = if red { [8, 60, 200] } else { [180, 90, 8] };
            }
        }
    }
    let mut dice = ChaCha8Rng::seed_from_u64(1);
    picture.pixels_mut().for_each(|p| p.0 = p.0.map(|v| v + dice.random_range(0..14)));
    picture
}
