//! White cells: neutrophils, lymphocytes and monocytes on thin films; nuclei with faint cytoplasm on thick ones.

use super::arith::{mix, smoothstep};
use super::canvas::{Canvas, Dab, Extent};
use super::dice::Dice;
use super::shape::{Blob, cover, grain};
use super::stain::Inks;

/// One white cell.
#[derive(Clone, Debug)]
pub(super) struct WhiteCell {
    body: Blob,
    lobes: Vec<(f32, f32, Blob)>,
    /// Amount of cytoplasm dye, and of granules in it.
    pale: f32,
    granules: f32,
    strength: f32,
    /// Width of the nucleus's ramp, as a multiple of the usual.
    fuzz: f32,
    /// Bright shrinkage gap around the nucleus.
    gap: f32,
    salt: u32,
}

impl WhiteCell {
    /// A cell of a thin film: neutrophils 62 %, lymphocytes 30 %, monocytes 8 %, about a differential count.
    pub(super) fn thin(dice: &mut Dice) -> Self {
        let kind = dice.unit();
        let (radius, lobes, pale, granules) = if kind < 0.62 {
            (dice.range(5.2, 6.6), Self::lobed(dice, 2 + extra_lobes(kind), 2.0), 0.8, 0.5)
        } else if kind < 0.92 {
            let radius = dice.range(3.8, 5.2);
            let nucleus = radius * dice.range(0.8, 0.9);
            let nucleus =
                (dice.range(-0.3, 0.3), dice.range(-0.3, 0.3), Blob::new(dice, nucleus, 0.06, 0.08));
            (radius, vec![nucleus], 1.3, 0.05)
        } else {
            let kidney = Self::lobed(dice, 2, 2.9);
            (dice.range(6.4, 7.8), kidney, 1.0, 0.25)
        };
        let body = Blob::new(dice, radius, 0.05, 0.08);
        Self {
            body,
            lobes,
            pale,
            granules,
            strength: dice.range(0.85, 1.15),
            fuzz: 1.0,
            gap: 0.0,
            salt: dice.bits(),
        }
    }

    /// A cell of a thick film: the nucleus, 8 to 15 µm over its lobes, is what is left of most.
    pub(super) fn thick(dice: &mut Dice) -> Self {
        let lobes = if dice.chance(0.55) {
            let (n, size) = (2 + dice.below(3), dice.range(2.2, 2.9));
            Self::lobed(dice, n, size)
        } else {
            let radius = dice.range(3.7, 5.0);
            vec![(0.0, 0.0, Blob::new(dice, radius, 0.08, 0.14))]
        };
        let body = Blob::new(dice, 6.2, 0.1, 0.25);
        Self {
            body,
            lobes,
            pale: if dice.chance(0.6) { dice.range(0.1, 0.7) } else { 0.0 },
            granules: 0.6,
            strength: dice.range(0.75, 1.15),
            fuzz: dice.range(1.0, 4.0),
            gap: if dice.chance(0.5) { dice.range(0.0, 0.7) } else { 0.0 },
            salt: dice.bits(),
        }
    }

    /// Lobes in a curved row, each `size` µm in radius.
    fn lobed(dice: &mut Dice, n: usize, size: f32) -> Vec<(f32, f32, Blob)> {
        let (mut c, mut s) = dice.direction();
        // Turn of a sixth to a quarter circle between neighbours.
        let (tc, ts) = if dice.chance(0.5) { (0.5, 0.866_025_4) } else { (0.0, 1.0) };
        let ring = size * dice.range(0.95, 1.25);
        let mut lobes: Vec<(f32, f32, Blob)> = (0..n)
            .map(|_| {
                let radius = size * dice.range(0.8, 1.15);
                let lobe = (c * ring, s * ring, Blob::new(dice, radius, 0.15, 0.18));
                (c, s) = (c * tc - s * ts, s * tc + c * ts);
                lobe
            })
            .collect();
        // Centred, but for a little.
        let share = 0.85 / n.max(1) as f32;
        let (mx, my) = lobes.iter().fold((0.0, 0.0), |(x, y), lobe| (x + lobe.0 * share, y + lobe.1 * share));
        for lobe in &mut lobes {
            lobe.0 -= mx;
            lobe.1 -= my;
        }
        lobes
    }

    /// No part is further from the centre, µm.
    pub(super) fn reach(&self) -> f32 {
        let lobes = self.lobes.iter().map(|(x, y, b)| (x * x + y * y).sqrt() + b.reach()).fold(0.0, f32::max);
        lobes.max(self.body.reach()) + 0.5
    }

    /// Signed distance to the nucleus: neighbouring lobes flow together (polynomial smooth minimum, Quilez 2008).
    fn nucleus(&self, x: f32, y: f32) -> f32 {
        const JOIN: f32 = 0.9;
        let mut d = f32::MAX;
        for (lx, ly, lobe) in &self.lobes {
            let e = lobe.distance(x - lx, y - ly);
            let h = (0.5 + 0.5 * (e - d) / JOIN).clamp(0.0, 1.0);
            d = if d > 1e6 { e } else { mix(e, d, h) - JOIN * h * (1.0 - h) };
        }
        d
    }

    /// Draws the cell. The outline is the whole cell's on a thin film, the nucleus's on a thick one.
    pub(super) fn draw(&self, canvas: &mut Canvas, centre: (f32, f32), inks: &Inks, thin: bool) -> Extent {
        let soft = canvas.soft();
        canvas.stamp(centre, self.reach(), |x, y| {
            let d = self.nucleus(x, y);
            let ragged =
                (grain(x, y, 1.3, self.salt ^ 1) - 0.5) * 0.9 + (grain(x, y, 0.5, self.salt ^ 4) - 0.5) * 0.3;
            let ragged = if thin { 0.5 * ragged } else { ragged };
            let nucleus = cover(d + ragged, soft * self.fuzz);
            let body = cover(self.body.distance(x, y) + ragged, soft * if thin { 1.5 } else { 8.0 });
            let speck = smoothstep(0.6, 0.9, grain(x, y, 0.45, self.salt)) * self.granules;
            let texture =
                0.62 + 0.5 * grain(x, y, 1.9, self.salt ^ 2) + 0.3 * grain(x, y, 0.7, self.salt ^ 3);
            let base = if thin {
                let amount = body * 0.9;
                Dab { keep: 1.0 - amount, add: inks.pale.map(|v| v * amount * self.pale), outline: body }
                    .then(Dab::dye(inks.platelet, 0.35 * speck * body).outlined(0.0))
            } else {
                let gap = self.gap * smoothstep(0.9, 0.1, d) * (1.0 - nucleus);
                Dab { keep: 1.0 - gap, add: [0.0; 3], outline: 0.0 }
                    .then(Dab::dye(inks.pale, body * self.pale * (0.6 + 0.8 * speck)).outlined(0.0))
            };
            let amount = nucleus * 0.97;
            base.then(Dab {
                keep: 1.0 - amount,
                add: inks.nucleus.map(|v| v * amount * texture * self.strength),
                outline: if thin { 0.0 } else { nucleus },
            })
        })
    }
}

/// Extra lobes of a neutrophil, 0 to 2, spread over its share of the count.
fn extra_lobes(kind: f32) -> usize {
    (kind * 4.8) as usize
}
