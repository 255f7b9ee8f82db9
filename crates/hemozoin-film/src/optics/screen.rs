//! Whether a picture was taken of a screen or of a print: their grid, or what it makes with the camera's own, is one exact
//! period all over the picture, as nothing on a film is.

use image::RgbImage;
use rustfft::FftPlannerScalar;
use rustfft::num_complex::Complex;

/// Side of a window, pixels.
const SIDE: usize = 256;
/// Periods looked at, in cycles per pixel: coarser is film, finer is the camera's own mosaic.
const PERIODS: (f64, f64) = (0.05, 0.46);
/// As near to upright or level as this, in cycles per pixel, lies what a file was resized or coded by.
const UPRIGHT: f64 = 0.012;
/// The grid of a JPEG's blocks, and how near to one of its frequencies is on it, in its own.
const BLOCK: f64 = 8.0;
const ON_GRID: f64 = 0.09;

/// Power of the strongest period over the median of all that are as fine, in green light at full resolution: the mean of
/// four windows. 0 where the picture is too small.
pub(super) fn period(picture: &RgbImage) -> f64 {
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    if width < SIDE || height < SIDE {
        return 0.0;
    }
    let mut power = vec![0.0_f64; SIDE * SIDE];
    for (x, y) in [(0, 0), (width - SIDE, 0), (0, height - SIDE), (width - SIDE, height - SIDE)] {
        add_power(picture, (x, y), &mut power);
    }
    let ring = |at: usize| (fineness(at) * SIDE as f64) as usize;
    let mut rings = vec![Vec::new(); SIDE];
    for (at, value) in power.iter().enumerate() {
        if let Some(ring) = rings.get_mut(ring(at)) {
            ring.push(*value);
        }
    }
    let medians: Vec<f64> = rings.into_iter().map(median).collect();
    (0..power.len())
        .filter(|at| is_asked(*at))
        .map(|at| power[at] / medians[ring(at)].max(1.0))
        .fold(0.0, f64::max)
}

/// Signed frequency along a side, in cycles per pixel.
fn frequency(at: usize) -> f64 {
    let half = SIDE / 2;
    let signed = if at < half { at as f64 } else { at as f64 - SIDE as f64 };
    signed / SIDE as f64
}

fn fineness(at: usize) -> f64 {
    frequency(at % SIDE).hypot(frequency(at / SIDE))
}

fn is_asked(at: usize) -> bool {
    let (x, y) = (frequency(at % SIDE), frequency(at / SIDE));
    let blocks = |f: f64| (f * BLOCK - (f * BLOCK).round()).abs() < ON_GRID;
    (PERIODS.0..PERIODS.1).contains(&x.hypot(y))
        && x.abs() >= UPRIGHT
        && y.abs() >= UPRIGHT
        && !(blocks(x) && blocks(y))
}

/// Adds the power of a window's frequencies, its edges faded out (Hann). By the scalar transform, whose rounding is the
/// same on every machine.
fn add_power(picture: &RgbImage, (left, top): (usize, usize), power: &mut [f64]) {
    let green = |x: usize, y: usize| f64::from(picture.get_pixel((left + x) as u32, (top + y) as u32).0[1]);
    let mean = (0..SIDE * SIDE).map(|at| green(at % SIDE, at / SIDE)).sum::<f64>() / (SIDE * SIDE) as f64;
    let fade = |at: usize| 0.5 - 0.5 * (std::f64::consts::TAU * at as f64 / (SIDE - 1) as f64).cos();
    let fades: Vec<f64> = (0..SIDE).map(fade).collect();
    let mut values: Vec<Complex<f64>> = (0..SIDE * SIDE)
        .map(|at| {
            let (x, y) = (at % SIDE, at / SIDE);
            Complex::new((green(x, y) - mean) * fades[x] * fades[y], 0.0)
        })
        .collect();
    let transform = FftPlannerScalar::new().plan_fft_forward(SIDE);
    transform.process(&mut values);
    let mut turned: Vec<Complex<f64>> =
        (0..SIDE * SIDE).map(|at| values[at % SIDE * SIDE + at / SIDE]).collect();
    transform.process(&mut turned);
    for (at, value) in turned.iter().enumerate() {
        power[at % SIDE * SIDE + at / SIDE] += value.norm_sqr();
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    let middle = values.len() / 2;
    if values.is_empty() { 0.0 } else { *values.select_nth_unstable_by(middle, f64::total_cmp).1 }
}

#[cfg(test)]
mod tests {
    use rand::{RngExt, SeedableRng};
    use rand_chacha::ChaCha8Rng;

    use super::*;

    /// Cells at places of chance, with the noise of a camera.
    fn film() -> Vec<Vec<f64>> {
        let mut dice = ChaCha8Rng::seed_from_u64(1);
        let cells: Vec<(f64, f64)> =
            (0..120).map(|_| (dice.random_range(0.0..700.0), dice.random_range(0.0..520.0))).collect();
        let light = |x: f64, y: f64| {
            let near = cells.iter().map(|(a, b)| (a - x).hypot(b - y)).fold(f64::MAX, f64::min);
            170.0 + 30.0 * ((near - 20.0) / 3.0).tanh()
        };
        let mut row = |y: u32| {
            let noise = |x: u32| light(f64::from(x), f64::from(y)) + dice.random_range(0.0..6.0);
            (0..700).map(noise).collect()
        };
        (0..520).map(&mut row).collect()
    }

    #[test]
    fn the_grid_of_a_screen_stands_out_and_a_film_has_none() {
        let film = film();
        let seen = |x: u32, y: u32| film[y as usize][x as usize];
        let plain = RgbImage::from_fn(700, 520, |x, y| image::Rgb([seen(x, y) as u8; 3]));
        assert!(period(&plain) < 60.0, "{}", period(&plain));
        for (pitch, turn) in [(2.3_f64, 0.05_f64), (3.1, 0.09), (4.0, 0.2), (1.4, 0.07)] {
            let shot = RgbImage::from_fn(700, 520, |across, down| {
                let (x, y) = (f64::from(across), f64::from(down));
                let (u, v) = (x * turn.cos() - y * turn.sin(), x * turn.sin() + y * turn.cos());
                let wave = |at: f64| 1.0 + 0.08 * (std::f64::consts::TAU * at / pitch).cos();
                image::Rgb([(seen(across, down) * wave(u) * wave(v)) as u8; 3])
            });
            assert!(period(&shot) > 600.0, "{pitch}: {}", period(&shot));
        }
        assert_eq!(period(&RgbImage::new(255, 900)), 0.0);
    }
}
