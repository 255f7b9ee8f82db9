//! The film as optical densities: every object adds its own, as dyes in one light path do (Beer-Lambert).

use super::view::View;

/// An optical density for red, green and blue (natural logarithm of the light's weakening).
pub(super) type Ink = [f32; 3];

/// What one object does to one pixel: `density = density * keep + add`.
///
/// `keep` 1 adds a dye, `keep` below 1 covers or displaces what lies underneath (a vacuole, a dense nucleus).
#[derive(Clone, Copy, Debug)]
pub(super) struct Dab {
    pub(super) keep: f32,
    pub(super) add: Ink,
    /// How much of the pixel belongs to the object's outline, 0 to 1; from 0.5 it counts for the truth box.
    pub(super) outline: f32,
}

impl Dab {
    /// Adds `amount` of a dye.
    pub(super) fn dye(ink: Ink, amount: f32) -> Self {
        Self { keep: 1.0, add: ink.map(|c| c * amount), outline: amount }
    }

    /// Covers with a dye: at `amount` 1 nothing underneath shows.
    pub(super) fn cover(ink: Ink, amount: f32) -> Self {
        Self { keep: 1.0 - amount, add: ink.map(|c| c * amount), outline: amount }
    }

    /// This dab, and then `over` on top of it.
    pub(super) fn then(self, over: Self) -> Self {
        let mut add = over.add;
        for (a, below) in add.iter_mut().zip(self.add) {
            *a += below * over.keep;
        }
        Self { keep: self.keep * over.keep, add, outline: self.outline.max(over.outline) }
    }

    /// The same dab with another outline.
    pub(super) fn outlined(self, outline: f32) -> Self {
        Self { outline, ..self }
    }
}

/// The pixels that an object's outline covers: `[x0, x1) x [y0, y1)`, and whether part of it is out of view.
#[derive(Clone, Copy, Debug)]
pub(super) struct Extent {
    pub(super) x0: i64,
    pub(super) y0: i64,
    pub(super) x1: i64,
    pub(super) y1: i64,
    pub(super) cut: bool,
}

impl Extent {
    pub(super) const EMPTY: Self =
        Self { x0: i64::MAX, y0: i64::MAX, x1: i64::MIN, y1: i64::MIN, cut: false };

    pub(super) fn is_empty(&self) -> bool {
        self.x0 >= self.x1 || self.y0 >= self.y1
    }

    pub(super) fn join(&mut self, other: Self) {
        self.x0 = self.x0.min(other.x0);
        self.y0 = self.y0.min(other.y0);
        self.x1 = self.x1.max(other.x1);
        self.y1 = self.y1.max(other.y1);
        self.cut |= other.cut;
    }
}

/// The picture in the making.
#[derive(Debug)]
pub(super) struct Canvas {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) um: f32,
    pub(super) view: View,
    pub(super) density: Vec<Ink>,
}

impl Canvas {
    pub(super) fn new(width: u32, height: u32, um: f32, view: View) -> Self {
        let (width, height) = (width as usize, height as usize);
        Self { width, height, um, view, density: vec![[0.0; 3]; width * height] }
    }

    /// Width of an outline's ramp, µm: one pixel, never finer than the microscope resolves (about 0.2 µm at NA 1.25).
    pub(super) fn soft(&self) -> f32 {
        self.um.max(0.15)
    }

    /// Draws an object around `centre` (µm) that reaches `reach` µm at most; `dab` gets µm relative to the centre.
    pub(super) fn stamp(&mut self, centre: (f32, f32), reach: f32, dab: impl Fn(f32, f32) -> Dab) -> Extent {
        let mut extent = Extent::EMPTY;
        let span = |c: f32| (((c - reach) / self.um) as i64 - 1, ((c + reach) / self.um) as i64 + 2);
        let ((x0, x1), (y0, y1)) = (span(centre.0), span(centre.1));
        let deep = self.view.depth(centre.0, centre.1) > reach + 2.0 * self.um;
        for py in y0..y1 {
            let y = (py as f32 + 0.5) * self.um;
            for px in x0..x1 {
                let x = (px as f32 + 0.5) * self.um;
                let d = dab(x - centre.0, y - centre.1);
                let inside = px >= 0 && py >= 0 && (px as usize) < self.width && (py as usize) < self.height;
                if d.outline >= 0.5 {
                    if inside && (deep || self.view.depth(x, y) > 0.0) {
                        extent.join(Extent { x0: px, y0: py, x1: px + 1, y1: py + 1, cut: false });
                    } else {
                        extent.cut = true;
                    }
                }
                if !inside {
                    continue;
                }
                if let Some(pixel) = self.density.get_mut(py as usize * self.width + px as usize) {
                    for (p, a) in pixel.iter_mut().zip(d.add) {
                        *p = *p * d.keep + a;
                    }
                }
            }
        }
        extent
    }
}
