//! Gametocytes of *P. falciparum*: crescents 8-12 µm long.

use super::arith::{mix, smoothstep};
use super::canvas::{Canvas, Dab, Extent};
use super::dice::Dice;
use super::shape::{cover, grain, turn};
use super::stain::Inks;

/// One crescent, male or female by its colours.
#[derive(Clone, Debug)]
pub(super) struct Gametocyte {
    axis: (f32, f32),
    /// Half length and half width, µm.
    half: (f32, f32),
    /// Sag of the middle line at the tips, µm.
    bend: f32,
    /// Bluntness of the tips: 0 pointed, 1 sausage.
    blunt: f32,
    /// Red cell's remnant on the hollow side (Laveran's bib): amount.
    bib: f32,
    pigment: Vec<(f32, f32, f32)>,
    /// How far the middle is stained like chromatin.
    core: f32,
    strength: f32,
    salt: u32,
}

impl Gametocyte {
    pub(super) fn new(dice: &mut Dice) -> Self {
        let half = (dice.range(4.0, 5.8), dice.range(1.35, 1.9));
        let bend = dice.range(0.1, 2.2);
        let spread = dice.range(0.7, 1.5);
        let pigment = (0..14 + dice.below(14))
            .map(|_| (dice.normal() * spread, dice.normal() * 0.5, dice.range(0.12, 0.28)))
            .collect();
        Self {
            axis: dice.direction(),
            half,
            bend,
            blunt: dice.unit(),
            bib: if dice.chance(0.4) { dice.range(0.2, 0.6) } else { 0.0 },
            pigment,
            core: dice.range(0.1, 0.5),
            strength: dice.range(0.8, 1.2),
            salt: dice.bits(),
        }
    }

    /// No part is further from the centre, µm.
    pub(super) fn reach(&self) -> f32 {
        self.half.0 + self.bend + 1.0
    }

    /// Signed distance to the outline, and the place along and across the crescent, µm.
    fn distance(&self, x: f32, y: f32) -> (f32, f32, f32) {
        let (u, v) = turn(self.axis, x, y);
        let along = u / self.half.0;
        // The middle line is a parabola through (0, -bend/2) and (±half, bend/2).
        let v = v - self.bend * (along * along - 0.5);
        let a = along.abs().min(1.2);
        let profile = mix(1.0 - a * a, (1.0 - a * a * a * a).max(0.0).sqrt(), mix(0.5, 1.0, self.blunt));
        let width = self.half.1 * profile.max(0.0);
        let slope = 2.0 * self.bend * along / self.half.0;
        let d = (v.abs() - width) / (1.0 + slope * slope).sqrt();
        (d.max((along.abs() - 1.0) * self.half.0), u, v)
    }

    pub(super) fn draw(&self, canvas: &mut Canvas, centre: (f32, f32), inks: &Inks, thin: bool) -> Extent {
        let soft = canvas.soft();
        canvas.stamp(centre, self.reach(), |x, y| {
            let (d, u, v) = self.distance(x, y);
            let body = cover(d, soft * 1.2);
            let mut dab = Dab::dye([0.0; 3], 0.0);
            if thin && self.bib > 0.0 {
                let (bu, bv) = (u / (self.half.0 * 0.75), (v - 1.2) / 2.2);
                let edge = 1.0 - smoothstep(0.8, 1.05, (bu * bu + bv * bv).sqrt());
                dab = dab.then(Dab::dye(inks.cell, self.bib * edge).outlined(0.0));
            }
            let texture = 0.85 + 0.3 * grain(x, y, 0.8, self.salt);
            let rim = mix(1.0, 1.25, smoothstep(-0.7, -0.2, d));
            let amount = body * 0.95;
            dab = dab.then(Dab {
                keep: 1.0 - amount,
                add: inks.cytoplasm.map(|c| c * amount * self.strength * texture * rim),
                outline: body,
            });
            let middle = (1.0 - smoothstep(0.15, 0.5, (u / self.half.0).abs())) * body;
            dab = dab.then(Dab::dye(inks.chromatin, self.core * middle * texture).outlined(0.0));
            for (px, py, r) in &self.pigment {
                let e = ((u - px) * (u - px) + (v - py) * (v - py)).sqrt() - r;
                dab = dab.then(Dab::dye(inks.pigment, 0.55 * body * cover(e, soft)).outlined(0.0));
            }
            dab
        })
    }
}
