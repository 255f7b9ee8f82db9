//! From the film's densities to 8-bit pixels: light, blur, eyepiece, noise.

use image::{ImageBuffer, RgbImage};

use super::arith::{exp, smoothstep};
use super::canvas::{Canvas, Ink};
use super::dice::{Dice, Stream};
use super::spec::FieldSpec;
use super::stain::Inks;

/// Takes the picture.
pub(super) fn shoot(canvas: Canvas, spec: &FieldSpec, inks: &Inks, ground: &mut Dice) -> RgbImage {
    let Canvas { width, height, um, view, mut density } = canvas;
    let uneven = spec.unevenness as f32;
    let (tilt, strength) = (ground.direction(), uneven * ground.range(0.1, 0.3));
    let corners = uneven * ground.range(0.15, 0.45);
    let cast = [ground.range(-0.06, 0.06) * uneven, 0.0, ground.range(-0.06, 0.06) * uneven];
    let (cx, cy, reach) = match view.disc {
        Some((x, y, r)) => (x / um, y / um, (r / um).max(1.0)),
        None => {
            let (w, h) = (width as f32 / 2.0, height as f32 / 2.0);
            (w, h, (w * w + h * h).sqrt().max(1.0))
        }
    };
    for (y, row) in density.chunks_mut(width).enumerate() {
        let v = (y as f32 - cy) / reach;
        for (x, pixel) in row.iter_mut().enumerate() {
            let u = (x as f32 - cx) / reach;
            let slope = strength * (u * tilt.0 + v * tilt.1);
            let r2 = (u * u + v * v).min(1.5);
            let fall = 1.0 - corners * r2 * r2;
            for ((p, l), c) in pixel.iter_mut().zip(inks.light).zip(cast) {
                *p = l * exp(-*p) * (1.0 + slope + c * u) * fall;
            }
        }
    }
    blur(&mut density, width, height, spec.blur_um as f32 / um);
    if let Some((x, y, r)) = view.disc {
        eyepiece(&mut density, width, um, (x, y, r), ground);
    }
    develop(&mut density, width, height, spec)
}

/// The black outside the eyepiece's disc; the edge is a little blue, as lenses leave it.
fn eyepiece(light: &mut [Ink], width: usize, um: f32, (cx, cy, r): (f32, f32, f32), dice: &mut Dice) {
    let edge = (r * dice.range(0.004, 0.02)).max(2.0 * um);
    let black = dice.range(0.000_02, 0.0012);
    let shift = [0.0, 0.06 * edge, 0.16 * edge];
    for (y, row) in light.chunks_mut(width).enumerate() {
        let dy = (y as f32 + 0.5) * um - cy;
        for (x, pixel) in row.iter_mut().enumerate() {
            let dx = (x as f32 + 0.5) * um - cx;
            let depth = r - (dx * dx + dy * dy).sqrt();
            if depth > 2.0 * edge {
                continue;
            }
            for (p, s) in pixel.iter_mut().zip(shift) {
                let open = smoothstep(0.0, edge, depth + s);
                *p = *p * open + black;
            }
        }
    }
}

/// Gaussian blur with `sigma` in pixels: the kernel itself up to 3 px, three running means beyond (Wells 1986).
fn blur(light: &mut Vec<Ink>, width: usize, height: usize, sigma: f32) {
    if sigma < 0.2 {
        return;
    }
    if sigma <= 3.0 {
        let radius = (3.0 * sigma) as usize + 1;
        let mut kernel: Vec<f32> =
            (0..=radius).map(|i| exp(-((i * i) as f32) / (2.0 * sigma * sigma))).collect();
        let sum = kernel.iter().sum::<f32>() * 2.0 - 1.0;
        kernel.iter_mut().for_each(|k| *k /= sum);
        convolve_rows(light, width, &kernel);
        convolve_columns(light, width, height, &kernel);
    } else {
        // Three boxes of half-width h have variance h (h + 1).
        let half = (((1.0 + 4.0 * sigma * sigma).sqrt() - 1.0) / 2.0 + 0.5) as usize;
        for _ in 0..3 {
            light.chunks_mut(width).for_each(|row| mean(row, 1, row.len(), half.min(width)));
            for x in 0..width {
                if let Some(column) = light.get_mut(x..) {
                    mean(column, width, height, half.min(height));
                }
            }
        }
    }
}

fn convolve_rows(light: &mut [Ink], width: usize, kernel: &[f32]) {
    let radius = kernel.len() - 1;
    let mut wide: Vec<Ink> = Vec::with_capacity(width + 2 * radius);
    for row in light.chunks_mut(width) {
        let (Some(first), Some(last)) = (row.first().copied(), row.last().copied()) else { continue };
        wide.clear();
        wide.extend(std::iter::repeat_n(first, radius));
        wide.extend_from_slice(row);
        wide.extend(std::iter::repeat_n(last, radius));
        for (window, pixel) in wide.windows(2 * radius + 1).zip(row) {
            *pixel = weigh(window.iter(), kernel);
        }
    }
}

/// Weighted sum of `2 radius + 1` pixels under a symmetric kernel.
fn weigh<'a>(pixels: impl Iterator<Item = &'a Ink>, kernel: &[f32]) -> Ink {
    let weights = kernel.iter().rev().chain(kernel.iter().skip(1));
    let mut sum = [0.0f32; 3];
    for (p, k) in pixels.zip(weights) {
        for (s, c) in sum.iter_mut().zip(p) {
            *s += c * k;
        }
    }
    sum
}

fn convolve_columns(light: &mut Vec<Ink>, width: usize, height: usize, kernel: &[f32]) {
    let radius = kernel.len() - 1;
    let mut out: Vec<Ink> = Vec::with_capacity(light.len());
    for y in 0..height {
        let start = out.len();
        out.resize(start + width, [0.0; 3]);
        let Some(target) = out.get_mut(start..) else { continue };
        for (j, k) in kernel.iter().rev().chain(kernel.iter().skip(1)).enumerate() {
            let source = (y + j).saturating_sub(radius).min(height - 1);
            let row = light.get(source * width..(source + 1) * width).unwrap_or_default();
            for (t, s) in target.iter_mut().zip(row) {
                for (a, b) in t.iter_mut().zip(s) {
                    *a += b * k;
                }
            }
        }
    }
    *light = out;
}

/// Running mean over `2 half + 1` of `n` pixels that lie `step` apart; the ends are repeated.
fn mean(line: &mut [Ink], step: usize, n: usize, half: usize) {
    let source: Vec<Ink> = line.iter().step_by(step).take(n).copied().collect();
    let Some(last) = source.len().checked_sub(1) else { return };
    let at = |i: isize| source.get(i.clamp(0, last as isize) as usize).copied().unwrap_or_default();
    let h = half as isize;
    // Summed in f64: a running sum in f32 would drift along a long line.
    let mut sum = [0.0f64; 3];
    for i in -h..=h {
        sum.iter_mut().zip(at(i)).for_each(|(s, v)| *s += f64::from(v));
    }
    let scale = 1.0 / (2 * half + 1) as f64;
    for (i, pixel) in line.iter_mut().step_by(step).take(n).enumerate() {
        *pixel = sum.map(|s| (s * scale) as f32);
        let (gone, next) = (at(i as isize - h), at(i as isize + h + 1));
        for ((s, g), n) in sum.iter_mut().zip(gone).zip(next) {
            *s += f64::from(n) - f64::from(g);
        }
    }
}

/// Gamma, noise, softness, 8 bits.
fn develop(light: &mut [Ink], width: usize, height: usize, spec: &FieldSpec) -> RgbImage {
    // Standard deviation of the sum of four uniform bytes: 2 * sqrt((256² - 1) / 12).
    const FOUR_BYTES: f32 = 147.8;
    let mut dice = Dice::new(spec.seed, Stream::Noise, 0);
    let scale = spec.noise as f32 / FOUR_BYTES;
    let mut gauss = |scale: f32| {
        let sum: u16 = dice.bits().to_le_bytes().iter().map(|b| u16::from(*b)).sum();
        (f32::from(sum) - 510.0) * scale
    };
    for pixel in light.iter_mut() {
        // Most of a camera's noise that survives its processing is in brightness.
        let common = if scale > 0.0 { gauss(scale * 0.85) } else { 0.0 };
        for p in pixel.iter_mut() {
            let own = if scale > 0.0 { gauss(scale * 0.5) } else { 0.0 };
            *p = p.clamp(0.0, 1.0).sqrt() * 255.0 + common + own;
        }
    }
    if spec.softness > 0.0 {
        let side = 0.25 * spec.softness as f32;
        let kernel = [1.0 - 2.0 * side, side];
        convolve_rows(light, width, &kernel);
        let mut rows = light.to_vec();
        convolve_columns(&mut rows, width, height, &kernel);
        light.copy_from_slice(&rows);
    }
    let mut bytes = Vec::with_capacity(light.len() * 3);
    bytes.extend(light.iter().flatten().map(|v| (v.clamp(0.0, 255.0) + 0.5) as u8));
    ImageBuffer::from_raw(width as u32, height as u32, bytes).unwrap_or_default()
}
