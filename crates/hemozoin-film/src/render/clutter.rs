//! What is neither a blood cell that counts nor a parasite: platelets, precipitate, dirt, ghosts.

use super::arith::smoothstep;
use super::canvas::{Canvas, Dab, Extent};
use super::dice::Dice;
use super::shape::{Blob, cover, grain, stroke, turn};
use super::stain::Inks;

/// A platelet, 2 to 4 µm: granular, without the blue rim and bright hole of a ring.
pub(super) fn platelet(
    canvas: &mut Canvas,
    dice: &mut Dice,
    centre: (f32, f32),
    inks: &Inks,
    thin: bool,
) -> Extent {
    let radius = (1.25 + 0.28 * dice.normal()).clamp(0.75, 2.1);
    let (long, rough) = (dice.range(0.0, 0.2), dice.range(0.1, 0.3));
    let blob = Blob::new(dice, radius, long, rough);
    let (strength, salt, soft) = (dice.range(0.5, 1.0), dice.bits(), canvas.soft());
    // In a thick film granules are not resolved, and the stain is weaker.
    let (halo, granules) = (dice.range(0.0, 0.35), if thin { dice.unit() } else { 0.0 });
    let strength = if thin { strength } else { 0.7 * strength };
    canvas.stamp(centre, blob.reach() + 1.2, |x, y| {
        let d = blob.distance(x, y);
        let body = cover(d, soft * 2.5);
        let texture = 0.5 + 0.45 * grain(x, y, 0.5, salt) + 0.3 * smoothstep(0.0, -0.8, d);
        let clear = halo * smoothstep(0.8, 0.0, d) * (1.0 - body);
        let amount = body * 0.9;
        let granules = granules * body * smoothstep(0.5, 0.8, grain(x, y, 0.42, salt ^ 1));
        Dab {
            keep: (1.0 - clear) * (1.0 - amount),
            add: inks.platelet.map(|v| v * amount * texture * strength),
            outline: body,
        }
        .then(Dab::dye(inks.nucleus, 0.7 * granules).outlined(0.0))
    })
}

/// A patch of stain precipitate: many fine dark grains.
pub(super) fn precipitate(canvas: &mut Canvas, dice: &mut Dice, centre: (f32, f32), inks: &Inks) {
    let spread = dice.range(0.5, 2.6);
    let direction = dice.direction();
    let squeeze = dice.range(0.2, 0.9);
    let soft = canvas.soft();
    let shade = dice.range(0.3, 1.0);
    for _ in 0..10 + dice.below(70) {
        let (u, v) = (dice.normal() * spread, dice.normal() * spread * squeeze);
        let (x, y) = (direction.0 * u - direction.1 * v, direction.1 * u + direction.0 * v);
        let r = dice.range(0.08, 0.3) + 0.25 * dice.unit() * dice.unit() * dice.unit();
        let strength = shade * dice.range(0.3, 1.0);
        let at = (centre.0 + x, centre.1 + y);
        canvas.stamp(at, r + soft * 2.0, |x, y| {
            Dab::dye(inks.precipitate, strength * cover((x * x + y * y).sqrt() - r, soft))
        });
    }
}

/// Dirt: a brown grain, a thread, a refractile bubble or a smudge.
pub(super) fn debris(canvas: &mut Canvas, dice: &mut Dice, centre: (f32, f32), inks: &Inks) {
    let soft = canvas.soft();
    match dice.below(4) {
        0 => {
            let radius = dice.range(0.4, 1.6);
            let blob = Blob::new(dice, radius, 0.3, 0.5);
            let strength = dice.range(0.3, 1.2);
            canvas.stamp(centre, blob.reach() + 0.5, |x, y| {
                Dab::dye(inks.pigment, strength * cover(blob.distance(x, y), soft * 2.0))
            });
        }
        1 => {
            let (axis, length, half) = (dice.direction(), dice.range(3.0, 12.0), dice.range(0.1, 0.3));
            let (bend, strength) = (dice.range(-1.5, 1.5), dice.range(0.2, 0.7));
            canvas.stamp(centre, length + 2.5, |x, y| {
                let (u, v) = turn(axis, x, y);
                let along = u / length;
                let amount =
                    stroke(v - bend * along * along, half, soft * 1.5) * smoothstep(1.0, 0.9, along.abs());
                Dab::dye(inks.platelet, strength * amount)
            });
        }
        2 => {
            let (r, strength) = (dice.range(0.5, 1.4), dice.range(0.15, 0.5));
            canvas.stamp(centre, r + 1.0, |x, y| {
                let d = (x * x + y * y).sqrt() - r;
                let line = stroke(d, 0.18, soft) - 0.4 * stroke(d + 0.4, 0.2, soft);
                Dab::dye([0.9, 0.9, 0.9], strength * line)
            });
        }
        _ => {
            let radius = dice.range(1.2, 3.5);
            let blob = Blob::new(dice, radius, 0.25, 0.3);
            let (strength, salt) = (dice.range(0.1, 0.45), dice.bits());
            canvas.stamp(centre, blob.reach() + 2.0, |x, y| {
                let fade = smoothstep(0.6, -1.5, blob.distance(x, y));
                Dab::dye(inks.platelet, strength * fade * (0.5 + grain(x, y, 0.9, salt)))
            });
        }
    }
}
