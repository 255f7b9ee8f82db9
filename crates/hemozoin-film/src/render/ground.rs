//! The film's background: stroma, clouds and cracks of a thick film; the faint plasma veil of a thin one.

use super::arith::smoothstep;
use super::canvas::{Canvas, Ink};
use super::dice::Dice;
use super::stain::Inks;
use crate::terms::Film;

/// Random values on a coarse lattice, read back smoothly.
#[derive(Debug)]
struct Lattice {
    columns: usize,
    rows: usize,
    values: Vec<f32>,
    /// Pixels per lattice cell.
    period: f32,
}

impl Lattice {
    /// Most cells along a side: finer lattices than this are coarsened.
    const MOST: f32 = 4096.0;

    fn new(dice: &mut Dice, width: usize, height: usize, period: f32) -> Self {
        let period = period.max(1.0).max(width.max(height) as f32 / Self::MOST);
        let (columns, rows) = ((width as f32 / period) as usize + 3, (height as f32 / period) as usize + 3);
        Self { columns, rows, values: (0..columns * rows).map(|_| dice.unit()).collect(), period }
    }

    /// Adds `amount` times the field (values 0 to 1) to one row of pixels.
    fn add_row(&self, y: usize, amount: f32, line: &mut Vec<f32>, out: &mut [f32]) {
        let gy = y as f32 / self.period;
        let iy = (gy as usize).min(self.rows.saturating_sub(2));
        let ty = smoothstep(0.0, 1.0, gy - iy as f32);
        let row = |i: usize| self.values.get(i * self.columns..(i + 1) * self.columns).unwrap_or_default();
        line.clear();
        line.extend(row(iy).iter().zip(row(iy + 1)).map(|(a, b)| a + (b - a) * ty));
        let step = 1.0 / self.period;
        for (x, o) in out.iter_mut().enumerate() {
            let gx = x as f32 * step;
            let ix = gx as usize;
            if let Some([a, b]) = line.get(ix..ix + 2) {
                let t = gx - ix as f32;
                *o += amount * (a + (b - a) * (t * t * (3.0 - 2.0 * t)));
            }
        }
    }
}

/// Octaves of one field: periods in µm and amounts; the amounts' sum is its range.
fn octaves(dice: &mut Dice, canvas: &Canvas, list: &[(f32, f32)]) -> Vec<(Lattice, f32)> {
    list.iter()
        .map(|(period, amount)| {
            (Lattice::new(dice, canvas.width, canvas.height, period / canvas.um), *amount)
        })
        .collect()
}

fn field_row(octaves: &[(Lattice, f32)], y: usize, line: &mut Vec<f32>, out: &mut [f32]) {
    out.fill(0.0);
    for (lattice, amount) in octaves {
        lattice.add_row(y, *amount, line, out);
    }
}

fn add(pixel: &mut Ink, ink: Ink, amount: f32) {
    for (p, i) in pixel.iter_mut().zip(ink) {
        *p += i * amount;
    }
}

/// Lays the background under everything else.
pub(super) fn lay(canvas: &mut Canvas, film: Film, texture: f32, inks: &Inks, dice: &mut Dice) {
    match film {
        Film::Thin => thin(canvas, texture, inks, dice),
        Film::Thick => thick(canvas, texture, inks, dice),
    }
}

fn thin(canvas: &mut Canvas, texture: f32, inks: &Inks, dice: &mut Dice) {
    let veil = octaves(dice, canvas, &[(30.0, 0.7), (7.0, 0.3)]);
    let width = canvas.width;
    let (mut line, mut row) = (Vec::new(), vec![0.0; width]);
    for (y, pixels) in canvas.density.chunks_mut(width).enumerate() {
        field_row(&veil, y, &mut line, &mut row);
        for (pixel, v) in pixels.iter_mut().zip(&row) {
            add(pixel, inks.pale, 0.12 * texture * v);
        }
    }
}

fn thick(canvas: &mut Canvas, texture: f32, inks: &Inks, dice: &mut Dice) {
    let large = dice.range(18.0, 45.0);
    let clouds = octaves(dice, canvas, &[(large, 0.55), (large / 3.0, 0.28), (large / 9.0, 0.17)]);
    let fine = octaves(dice, canvas, &[(2.4, 0.55), (1.0, 0.45)]);
    let second = octaves(dice, canvas, &[(large * 1.3, 0.6), (6.0, 0.4)]);
    let veins = octaves(dice, canvas, &[(12.0, 0.7), (4.0, 0.3)]);
    // Thresholds of the clouds: films with bare patches, and films covered all over.
    let (low, high) = (dice.range(0.2, 0.45), dice.range(0.5, 0.8));
    let base = dice.range(0.0, 0.5);
    let crack = if dice.chance(0.5) { dice.range(0.2, 0.9) } else { 0.0 };
    let grainy = dice.range(0.3, 1.3);
    let width = canvas.width;
    let mut line = Vec::new();
    let mut rows = [vec![0.0; width], vec![0.0; width], vec![0.0; width], vec![0.0; width]];
    for (y, pixels) in canvas.density.chunks_mut(width).enumerate() {
        let [a, b, c, d] = &mut rows;
        field_row(&clouds, y, &mut line, a);
        field_row(&fine, y, &mut line, b);
        field_row(&second, y, &mut line, c);
        if crack > 0.0 {
            field_row(&veins, y, &mut line, d);
        }
        for ((((pixel, cloud), fine), second), vein) in
            pixels.iter_mut().zip(a.iter()).zip(b.iter()).zip(c.iter()).zip(d.iter())
        {
            let amount = base + texture * (smoothstep(low, high, *cloud) + grainy * (fine - 0.5));
            // Cracks run along one level of a smooth field, and only where a second field is high: no closed loops.
            let here = crack * smoothstep(0.45, 0.65, *second);
            let bright = 1.0 - here * smoothstep(0.03, 0.0, (vein - 0.5).abs());
            add(pixel, inks.stroma, amount * bright);
            add(pixel, inks.cell, 0.5 * texture * smoothstep(0.45, 0.8, *second) * bright);
        }
    }
}
