//! Outlines: wavy discs, strokes and grain, as signed distances in µm (negative inside).

use super::arith::smoothstep;
use super::dice::Dice;

/// Share of a pixel that lies inside an outline at signed distance `d`, with a ramp `soft` wide.
pub(super) fn cover(d: f32, soft: f32) -> f32 {
    smoothstep(0.75 * soft, -0.75 * soft, d)
}

/// Share of a pixel covered by a stroke of half-width `half` at distance `d` from its middle line, thin strokes included.
pub(super) fn stroke(d: f32, half: f32, soft: f32) -> f32 {
    let d = d.abs();
    (cover(d - half, soft) - cover(d + half, soft)).clamp(0.0, 1.0)
}

const HARMONICS: usize = 6;

/// A disc whose radius varies with the angle: the sum of a few waves around the rim.
#[derive(Clone, Debug)]
pub(super) struct Blob {
    pub(super) radius: f32,
    /// Cosine and sine amplitudes of waves 1 to 6 per turn, as shares of the radius.
    waves: [(f32, f32); HARMONICS],
    /// A fine wave (crenation): amplitude and phase, 12 per turn.
    fine: (f32, f32),
}

impl Blob {
    /// `long`: how far the outline is drawn out (wave 2); `rough`: the higher waves.
    pub(super) fn new(dice: &mut Dice, radius: f32, long: f32, rough: f32) -> Self {
        let mut waves = [(0.0, 0.0); HARMONICS];
        for (k, wave) in waves.iter_mut().enumerate() {
            let (c, s) = dice.direction();
            let size = match k {
                0 => 0.0,
                1 => long,
                _ => rough * dice.range(0.3, 1.0) / k as f32,
            };
            *wave = (c * size, s * size);
        }
        Self { radius, waves, fine: (0.0, 0.0) }
    }

    /// Adds twelve spikes around the rim (burr cell).
    pub(super) fn crenated(mut self, dice: &mut Dice, amount: f32) -> Self {
        let (c, s) = dice.direction();
        self.fine = (c * amount, s * amount);
        self
    }

    /// Radius in the direction of `(x, y)` and the distance from the centre.
    pub(super) fn polar(&self, x: f32, y: f32) -> (f32, f32) {
        let d = (x * x + y * y).sqrt();
        if d < 1e-6 {
            return (self.radius, 0.0);
        }
        let (c, s) = (x / d, y / d);
        let (mut ck, mut sk) = (1.0, 0.0);
        let mut r = 1.0;
        for (a, b) in self.waves {
            (ck, sk) = (ck * c - sk * s, sk * c + ck * s);
            r += a * ck + b * sk;
        }
        if self.fine != (0.0, 0.0) {
            // Twice the angle of wave 6.
            let (c12, s12) = (ck * ck - sk * sk, 2.0 * ck * sk);
            r += self.fine.0 * c12 + self.fine.1 * s12;
        }
        (self.radius * r.max(0.2), d)
    }

    /// Signed distance, good near the outline.
    pub(super) fn distance(&self, x: f32, y: f32) -> f32 {
        let (r, d) = self.polar(x, y);
        d - r
    }

    /// No point of the outline is further from the centre.
    pub(super) fn reach(&self) -> f32 {
        let sum: f32 = self.waves.iter().chain([&self.fine]).map(|(a, b)| (a * a + b * b).sqrt()).sum();
        self.radius * (1.0 + sum)
    }
}

/// Turns `(x, y)` into the frame whose x axis points along the direction `(c, s)`.
pub(super) fn turn((c, s): (f32, f32), x: f32, y: f32) -> (f32, f32) {
    (c * x + s * y, c * y - s * x)
}

/// Smooth random field with values in `[0, 1]`, one cell per µm of `period`; pure function of place and salt.
pub(super) fn grain(x: f32, y: f32, period: f32, salt: u32) -> f32 {
    let (gx, gy) = (x / period + 4096.0, y / period + 4096.0);
    let (ix, iy) = (gx as i32, gy as i32);
    let (fx, fy) = (gx - ix as f32, gy - iy as f32);
    let (fx, fy) = (fx * fx * (3.0 - 2.0 * fx), fy * fy * (3.0 - 2.0 * fy));
    let corner = |dx: i32, dy: i32| hash(ix.wrapping_add(dx), iy.wrapping_add(dy), salt);
    let top = corner(0, 0) + (corner(1, 0) - corner(0, 0)) * fx;
    let bottom = corner(0, 1) + (corner(1, 1) - corner(0, 1)) * fx;
    top + (bottom - top) * fy
}

/// Integer mixing (the finaliser of MurmurHash3, Appleby 2011), to `[0, 1)`.
fn hash(x: i32, y: i32, salt: u32) -> f32 {
    let mut h = (x as u32).wrapping_mul(0x9e37_79b1) ^ (y as u32).wrapping_mul(0x85eb_ca77) ^ salt;
    h ^= h >> 16;
    h = h.wrapping_mul(0x85eb_ca6b);
    h ^= h >> 13;
    h = h.wrapping_mul(0xc2b2_ae35);
    h ^= h >> 16;
    (h >> 8) as f32 * (1.0 / 16_777_216.0)
}

#[cfg(test)]
mod tests {
    use super::super::dice::Stream;
    use super::*;

    #[test]
    fn a_blob_stays_within_its_reach() {
        let mut dice = Dice::new(3, Stream::Layout, 0);
        for _ in 0..50 {
            let blob = Blob::new(&mut dice, 3.6, 0.3, 0.4).crenated(&mut dice, 0.05);
            for _ in 0..100 {
                let (c, s) = dice.direction();
                let r = blob.reach() * 1.0001;
                assert!(blob.distance(c * r, s * r) >= 0.0);
            }
            assert!(blob.distance(0.0, 0.0) < 0.0);
        }
    }

    #[test]
    fn thin_strokes_fade_and_do_not_vanish() {
        assert!(stroke(0.0, 0.05, 0.3) > 0.05);
        assert!(stroke(0.0, 0.05, 0.3) < stroke(0.0, 0.3, 0.3));
        assert_eq!(stroke(5.0, 0.3, 0.3), 0.0);
    }
}
