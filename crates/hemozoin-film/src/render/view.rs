//! Which part of the film the picture shows: the picture's rectangle, cut by the eyepiece disc where there is one.

use super::dice::Dice;
use super::spec::FieldSpec;

/// The visible part of the film, in µm from the picture's top left corner.
#[derive(Clone, Copy, Debug)]
pub(super) struct View {
    pub(super) width: f32,
    pub(super) height: f32,
    /// Centre and radius of the disc.
    pub(super) disc: Option<(f32, f32, f32)>,
}

impl View {
    pub(super) fn new(spec: &FieldSpec) -> Self {
        let um = spec.um_per_px as f32;
        let (width, height) = (spec.width as f32 * um, spec.height as f32 * um);
        let disc = spec.disc.map(|d| {
            let side = width.min(height);
            (d.cx as f32 * width, d.cy as f32 * height, d.diameter as f32 * side / 2.0)
        });
        Self { width, height, disc }
    }

    /// How far inside the view a point lies (negative outside), µm.
    pub(super) fn depth(&self, x: f32, y: f32) -> f32 {
        let edge = x.min(y).min(self.width - x).min(self.height - y);
        match self.disc {
            Some((cx, cy, r)) => edge.min(r - ((x - cx) * (x - cx) + (y - cy) * (y - cy)).sqrt()),
            None => edge,
        }
    }

    /// A uniform point at least `margin` inside the view where such points exist, else somewhere in it.
    pub(super) fn pick(&self, dice: &mut Dice, margin: f32) -> (f32, f32) {
        let mut best = (self.width / 2.0, self.height / 2.0);
        let mut depth = self.depth(best.0, best.1).min(0.0);
        for _ in 0..64 {
            let p = (dice.range(0.0, self.width), dice.range(0.0, self.height));
            let d = self.depth(p.0, p.1);
            if d >= margin {
                return p;
            }
            if d > depth {
                (best, depth) = (p, d);
            }
        }
        best
    }

    /// Area of the view in µm², by counting a fixed lattice.
    pub(super) fn area(&self) -> f32 {
        const STEPS: usize = 128;
        let inside = (0..STEPS * STEPS).filter(|i| {
            let x = ((i % STEPS) as f32 + 0.5) / STEPS as f32 * self.width;
            let y = ((i / STEPS) as f32 + 0.5) / STEPS as f32 * self.height;
            self.depth(x, y) >= 0.0
        });
        inside.count() as f32 / (STEPS * STEPS) as f32 * self.width * self.height
    }
}
