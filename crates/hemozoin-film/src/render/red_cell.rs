//! Red cells of a thin film.

use super::arith::{mix, smoothstep};
use super::canvas::{Canvas, Dab, Extent, Ink};
use super::dice::Dice;
use super::shape::{Blob, cover, grain, turn};
use super::spec::FieldSpec;

/// Mean diameter of a red cell on a dried film, µm (the engine's own scale rule expects 7.2 to 7.5).
pub(super) const DIAMETER_UM: f32 = 7.35;

/// Share of what lies underneath that a cell displaces where it overlaps.
const OVERLAP: f32 = 0.45;

/// Look shared by the cells of one field.
#[derive(Clone, Copy, Debug)]
pub(super) struct Habit {
    pallor: f32,
    /// Share of a cell's radius that the pallor fills.
    width: f32,
    vary: f32,
    /// Bright fringe around each cell (refraction of a field slightly out of focus).
    fringe: f32,
    /// Darker line along the rim.
    rim: f32,
    crenation: f32,
}

impl Habit {
    pub(super) fn new(spec: &FieldSpec, dice: &mut Dice) -> Self {
        let vary = spec.poikilocytosis as f32;
        Self {
            pallor: spec.pallor as f32,
            width: dice.range(0.5, 0.85),
            vary,
            fringe: dice.range(0.0, 0.12),
            rim: dice.range(0.0, 0.25),
            crenation: if dice.chance(0.1) { 0.05 * vary } else { 0.0 },
        }
    }
}

/// One cell: outline and thickness.
#[derive(Clone, Debug)]
pub(super) struct RedCell {
    pub(super) blob: Blob,
    pallor: f32,
    width: f32,
    /// Centre of the pallor relative to the cell's, µm.
    off: (f32, f32),
    /// A flat tongue instead of a round pallor (stomatocyte): direction, 0 for none.
    slit: Option<(f32, f32)>,
    strength: f32,
    fringe: f32,
    rim: f32,
    salt: u32,
}

impl RedCell {
    pub(super) fn new(habit: &Habit, dice: &mut Dice) -> Self {
        let vary = habit.vary;
        let size = 1.0 + dice.normal() * (0.03 + 0.06 * vary);
        let radius = DIAMETER_UM / 2.0 * size.clamp(0.7, 1.3);
        let mut long = (dice.normal() * (0.02 + 0.05 * vary)).clamp(-0.2, 0.2);
        let mut rough = dice.range(0.0, 0.03 + 0.06 * vary);
        if dice.chance(0.06 * vary) {
            long += dice.range(0.15, 0.3);
            rough += 0.06;
        }
        let mut blob = Blob::new(dice, radius, long, rough);
        if habit.crenation > 0.0 || dice.chance(0.03 * vary) {
            blob = blob.crenated(dice, habit.crenation.max(0.03));
        }
        let flat = dice.chance(0.12);
        Self {
            pallor: if flat { 0.05 } else { (habit.pallor * dice.range(0.7, 1.3)).min(0.95) },
            width: (habit.width * dice.range(0.8, 1.2)).min(0.85),
            off: (dice.normal() * 0.05 * radius, dice.normal() * 0.05 * radius),
            slit: dice.chance(0.02 + 0.04 * vary).then(|| dice.direction()),
            strength: 1.0 + dice.normal() * 0.05,
            fringe: habit.fringe,
            rim: habit.rim,
            salt: dice.bits(),
            blob,
        }
    }

    /// Amount of haemoglobin at a place relative to the cell's centre: 0 outside, about 1 where it is thick.
    fn thickness(&self, x: f32, y: f32, soft: f32) -> (f32, f32) {
        let (r, d) = self.blob.polar(x, y);
        let inside = cover(d - r, soft);
        if inside <= 0.0 {
            return (0.0, inside);
        }
        let t = d / r;
        let (px, py) = (x - self.off.0, y - self.off.1);
        let hollow = match self.slit {
            Some(direction) => {
                let (u, v) = turn(direction, px, py);
                (0.5 * u * u + 2.6 * v * v).sqrt() / (r * self.width)
            }
            None => (px * px + py * py).sqrt() / (r * self.width),
        };
        let pallor = self.pallor * (1.0 - smoothstep(0.25, 1.1, hollow));
        let shoulder = mix(0.88, 1.0, 1.0 - smoothstep(0.75, 1.0, t));
        let rim = self.rim * smoothstep(0.82, 0.97, t);
        let mottle = 0.96 + 0.08 * grain(x, y, 1.3, self.salt);
        (inside * self.strength * mottle * ((1.0 - pallor) * shoulder + rim), inside)
    }

    /// Draws the cell; the extent is its outline's.
    pub(super) fn draw(&self, canvas: &mut Canvas, centre: (f32, f32), ink: Ink) -> Extent {
        let soft = canvas.soft();
        canvas.stamp(centre, self.blob.reach() + 0.8, |x, y| {
            let (amount, inside) = self.thickness(x, y, soft);
            let d = self.blob.distance(x, y);
            let fringe = if (0.0..0.7).contains(&d) {
                self.fringe * smoothstep(0.7, 0.1, d) * (1.0 - inside)
            } else {
                0.0
            };
            // Where cells overlap on a dried film each is flattened: the sum is less than two full cells.
            Dab { keep: 1.0 - OVERLAP * inside, ..Dab::dye(ink, amount - fringe) }.outlined(inside)
        })
    }
}
