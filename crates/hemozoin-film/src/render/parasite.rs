//! Asexual parasites: rings, late trophozoites, schizonts.

use super::arith::{mix, smoothstep};
use super::canvas::{Canvas, Dab, Extent};
use super::dice::Dice;
use super::shape::{Blob, cover, grain, stroke, turn};
use super::stain::Inks;

/// Form of a ring-stage parasite.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RingForm {
    /// Closed circle, as in thin films.
    Closed,
    /// Flattened on the red cell's margin (appliqué).
    Applique,
    /// Half a circle: the comma of thick films.
    Comma,
    /// A dot and a short stroke: the exclamation mark of thick films.
    Exclamation,
    /// Two pieces of a circle.
    Broken,
}

/// A ring: cytoplasm around a vacuole, one or two chromatin dots.
#[derive(Clone, Debug)]
pub(super) struct Ring {
    form: RingForm,
    /// Half axes of the cytoplasm's middle line, µm.
    axes: (f32, f32),
    axis: (f32, f32),
    half: f32,
    /// Direction of the gap, in the ring's frame.
    gap: (f32, f32),
    dots: Vec<(f32, f32, Blob)>,
    /// Amounts of cytoplasm and chromatin.
    strength: (f32, f32),
    /// How much haemoglobin the vacuole displaces.
    vacuole: f32,
}

impl Ring {
    pub(super) fn new(dice: &mut Dice, form: RingForm, towards: (f32, f32)) -> Self {
        let size = (0.95 + 0.22 * dice.normal()).clamp(0.6, 1.5);
        let (axis, axes) = match form {
            RingForm::Applique => ((-towards.1, towards.0), (size * 1.15, size * 0.5)),
            RingForm::Exclamation => (dice.direction(), (size * 0.9, size * 0.35)),
            _ => (dice.direction(), (size * dice.range(0.95, 1.15), size * dice.range(0.65, 1.0))),
        };
        let dot = |dice: &mut Dice| {
            let radius = (0.42 + 0.08 * dice.normal()).clamp(0.27, 0.68);
            let long = dice.range(0.0, 0.22);
            Blob::new(dice, radius, long, 0.08)
        };
        let first = match form {
            RingForm::Applique if dice.chance(0.6) => (if dice.chance(0.5) { 1.0 } else { -1.0 }, 0.0),
            RingForm::Exclamation => (1.0, 0.0),
            _ => dice.direction(),
        };
        let mut dots = vec![(first.0 * axes.0, first.1 * axes.1, dot(dice))];
        if dice.chance(0.2) {
            let second = if dice.chance(0.6) { (-first.0, -first.1) } else { dice.direction() };
            dots.push((second.0 * axes.0, second.1 * axes.1, dot(dice)));
        }
        let gap = if form == RingForm::Comma { (-first.0, -first.1) } else { dice.direction() };
        Self {
            form,
            axes,
            axis,
            half: dice.range(0.1, 0.26),
            gap,
            dots,
            strength: (dice.range(0.55, 1.1), dice.range(0.85, 1.2)),
            vacuole: dice.range(0.15, 0.6),
        }
    }

    pub(super) fn reach(&self) -> f32 {
        let dot = self.dots.iter().map(|(_, _, b)| b.reach()).fold(0.0, f32::max);
        self.axes.0.max(self.axes.1) + self.half.max(dot) + 0.4
    }

    /// Share of the cytoplasm's circle that is there in the direction `(c, s)`.
    fn present(&self, c: f32, s: f32) -> f32 {
        let along = c * self.gap.0 + s * self.gap.1;
        match self.form {
            RingForm::Closed | RingForm::Applique => mix(1.0, 0.55, smoothstep(0.5, 1.0, along)),
            RingForm::Comma => 1.0 - smoothstep(-0.2, 0.3, along),
            RingForm::Exclamation => 1.0,
            RingForm::Broken => smoothstep(0.25, 0.55, (c * self.gap.1 - s * self.gap.0).abs()),
        }
    }

    fn dab(&self, inks: &Inks, soft: f32, x: f32, y: f32) -> Dab {
        let (u, v) = turn(self.axis, x, y);
        let (nu, nv) = (u / self.axes.0, v / self.axes.1);
        let n = (nu * nu + nv * nv).sqrt().max(1e-4);
        let (c, s) = (nu / n, nv / n);
        let scale = (self.axes.0 * self.axes.1)
            / (self.axes.1 * self.axes.1 * c * c + self.axes.0 * self.axes.0 * s * s).sqrt().max(1e-3);
        let d = (n - 1.0) * scale.min(self.axes.0);
        let vacuole = cover(d + self.half, soft) * self.vacuole;
        let plasma = match self.form {
            RingForm::Exclamation => cover(d, soft),
            _ => stroke(d, self.half * mix(0.8, 1.3, 0.5 + 0.5 * c), soft) * self.present(c, s),
        };
        let mut dab = Dab { keep: 1.0 - vacuole, add: [0.0; 3], outline: 0.0 }
            .then(Dab::cover(inks.cytoplasm, plasma * self.strength.0.min(1.0)).outlined(plasma));
        for (dx, dy, blob) in &self.dots {
            let amount = cover(blob.distance(u - dx, v - dy), soft);
            dab = dab.then(dense(inks.chromatin, amount, self.strength.1));
        }
        dab
    }

    /// Without a red cell around it the vacuole shows the film's background and hardly displaces any of it.
    pub(super) fn bare(mut self) -> Self {
        self.vacuole *= 0.25;
        self
    }

    pub(super) fn draw(&self, canvas: &mut Canvas, centre: (f32, f32), inks: &Inks) -> Extent {
        let soft = canvas.soft();
        canvas.stamp(centre, self.reach(), |x, y| self.dab(inks, soft, x, y))
    }
}

/// Covers by `amount` with a dye of another strength.
fn dense(ink: [f32; 3], amount: f32, strength: f32) -> Dab {
    Dab { keep: 1.0 - amount, add: ink.map(|v| v * amount * strength), outline: amount }
}

/// A late trophozoite: compact amoeboid cytoplasm, a chromatin mass, pigment.
#[derive(Clone, Debug)]
pub(super) struct Trophozoite {
    body: Blob,
    nucleus: (f32, f32, Blob),
    pigment: Vec<(f32, f32, f32)>,
    vacuole: Option<(f32, f32, f32)>,
    strength: f32,
    salt: u32,
}

impl Trophozoite {
    pub(super) fn new(dice: &mut Dice) -> Self {
        let radius = (1.75 + 0.28 * dice.normal()).clamp(1.25, 2.6);
        let (long, rough) = (dice.range(0.05, 0.25), dice.range(0.1, 0.3));
        let body = Blob::new(dice, radius, long, rough);
        let (c, s) = dice.direction();
        let size = dice.range(0.55, 0.85);
        let nucleus = (c * radius * 0.6, s * radius * 0.6, Blob::new(dice, size, 0.15, 0.15));
        let (pc, ps) = dice.direction();
        let spread = dice.range(0.15, 0.6);
        let pigment = (0..3 + dice.below(7))
            .map(|_| {
                let (dx, dy) = (dice.normal() * spread, dice.normal() * spread);
                (pc * 0.5 + dx, ps * 0.5 + dy, dice.range(0.13, 0.3))
            })
            .collect();
        let vacuole =
            dice.chance(0.4).then(|| (dice.range(-0.5, 0.5), dice.range(-0.5, 0.5), dice.range(0.4, 0.8)));
        Self { body, nucleus, pigment, vacuole, strength: dice.range(0.8, 1.15), salt: dice.bits() }
    }

    pub(super) fn reach(&self) -> f32 {
        self.body.reach() + 0.8
    }

    pub(super) fn draw(&self, canvas: &mut Canvas, centre: (f32, f32), inks: &Inks) -> Extent {
        let soft = canvas.soft();
        canvas.stamp(centre, self.reach() + 0.6, |x, y| {
            let body = cover(self.body.distance(x, y), soft * 1.5);
            let texture = self.strength * (0.75 + 0.5 * grain(x, y, 0.7, self.salt));
            let mut dab = dense(inks.cytoplasm, body * 0.9, texture).outlined(body);
            if let Some((vx, vy, r)) = self.vacuole {
                let hole = cover(distance(x - vx, y - vy) - r, soft * 1.5) * 0.7;
                dab =
                    dab.then(Dab { keep: 1.0 - hole, add: inks.cell.map(|v| v * hole * 0.3), outline: 0.0 });
            }
            let (nx, ny, blob) = &self.nucleus;
            dab = dab.then(dense(inks.chromatin, cover(blob.distance(x - nx, y - ny), soft), 1.0));
            for (px, py, r) in &self.pigment {
                dab = dab.then(dense(inks.pigment, 0.75 * cover(distance(x - px, y - py) - r, soft), 0.9));
            }
            dab
        })
    }
}

fn distance(x: f32, y: f32) -> f32 {
    (x * x + y * y).sqrt()
}

/// A schizont: 8 to 24 merozoites around a clump of pigment.
#[derive(Clone, Debug)]
pub(super) struct Schizont {
    body: Blob,
    merozoites: Vec<(f32, f32, f32)>,
    pigment: Vec<(f32, f32, f32)>,
    /// 0 still one mass, 1 burst into single merozoites.
    ripe: f32,
    salt: u32,
}

impl Schizont {
    pub(super) fn new(dice: &mut Dice) -> Self {
        let n = 8 + dice.below(17);
        let radius = dice.range(2.2, 3.0);
        // A sunflower of golden-angle steps, shaken: cosine and sine of 137.5 degrees, turned step by step.
        let (gc, gs) = (-0.737_368_9_f32, 0.675_490_3_f32);
        let (mut c, mut s) = dice.direction();
        let mut merozoites = Vec::with_capacity(n);
        for i in 0..n {
            let r = (radius - 0.45) * ((i as f32 + 0.9) / n as f32).sqrt();
            let (dx, dy) = (dice.normal() * 0.15, dice.normal() * 0.15);
            merozoites.push((c * r + dx, s * r + dy, dice.range(0.34, 0.52)));
            (c, s) = (c * gc - s * gs, s * gc + c * gs);
        }
        let pigment =
            (0..6).map(|_| (dice.normal() * 0.28, dice.normal() * 0.28, dice.range(0.2, 0.36))).collect();
        Self {
            body: Blob::new(dice, radius, 0.08, 0.12),
            merozoites,
            pigment,
            ripe: dice.unit(),
            salt: dice.bits(),
        }
    }

    pub(super) fn reach(&self) -> f32 {
        self.body.reach() + 0.9
    }

    pub(super) fn draw(&self, canvas: &mut Canvas, centre: (f32, f32), inks: &Inks) -> Extent {
        let soft = canvas.soft();
        canvas.stamp(centre, self.reach() + 0.6, |x, y| {
            let body = cover(self.body.distance(x, y), soft * 1.5);
            let mass = body * mix(0.95, 0.4, self.ripe);
            let texture = 0.7 + 0.6 * grain(x, y, 0.8, self.salt);
            let mut dab = dense(inks.cytoplasm, mass, texture).outlined(body);
            for (mx, my, r) in &self.merozoites {
                let d = distance(x - mx, y - my);
                dab = dab.then(dense(inks.cytoplasm, 0.8 * cover(d - r * 1.45, soft), 1.2)).then(dense(
                    inks.chromatin,
                    0.95 * cover(d - r, soft),
                    0.95,
                ));
            }
            for (px, py, r) in &self.pigment {
                dab = dab.then(dense(inks.pigment, 0.85 * cover(distance(x - px, y - py) - r, soft), 1.0));
            }
            dab
        })
    }
}
