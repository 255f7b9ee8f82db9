//! Seeded randomness: the same numbers on every machine and with every version of the random crates.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// One stream of random numbers. Streams of one seed are independent: more noise never moves a cell.
#[derive(Debug)]
pub(super) struct Dice(ChaCha8Rng);

/// What a stream is used for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Stream {
    /// Where objects lie, and their shapes.
    Layout = 1,
    /// Light and background.
    Ground = 2,
    /// Camera noise.
    Noise = 3,
    /// Numbers of objects on the fields of a slide.
    Slide = 4,
    /// What the fields of one slide share: tint, habit of the cells.
    Look = 5,
}

impl Dice {
    pub(super) fn new(seed: u64, stream: Stream, part: u64) -> Self {
        let mut key = [0u8; 32];
        key[..8].copy_from_slice(&seed.to_le_bytes());
        key[8..16].copy_from_slice(&(stream as u64).to_le_bytes());
        key[16..24].copy_from_slice(&part.to_le_bytes());
        key[24..].copy_from_slice(b"hemozoin");
        Self(ChaCha8Rng::from_seed(key))
    }

    pub(super) fn bits(&mut self) -> u32 {
        self.0.next_u32()
    }

    pub(super) fn bits64(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// In `[0, 1)`.
    pub(super) fn unit(&mut self) -> f32 {
        (self.bits() >> 8) as f32 * (1.0 / 16_777_216.0)
    }

    /// In `[a, b)`.
    pub(super) fn range(&mut self, a: f32, b: f32) -> f32 {
        a + (b - a) * self.unit()
    }

    /// In `0..n`; 0 where `n` is 0.
    pub(super) fn below(&mut self, n: usize) -> usize {
        ((u64::from(self.bits()) * n as u64) >> 32) as usize
    }

    pub(super) fn chance(&mut self, p: f32) -> bool {
        self.unit() < p
    }

    /// About normal with mean 0 and standard deviation 1, within -6 and 6 (sum of twelve uniforms).
    pub(super) fn normal(&mut self) -> f32 {
        (0..12).map(|_| self.unit()).sum::<f32>() - 6.0
    }

    /// A direction: (cosine, sine) of a uniform angle, without trigonometry.
    pub(super) fn direction(&mut self) -> (f32, f32) {
        for _ in 0..64 {
            let (x, y) = (self.range(-1.0, 1.0), self.range(-1.0, 1.0));
            let d2 = x * x + y * y;
            if (0.01..=1.0).contains(&d2) {
                let d = d2.sqrt();
                return (x / d, y / d);
            }
        }
        (1.0, 0.0)
    }

    /// Poisson-distributed count (Knuth 1969, in steps of mean 8 so that the product stays in range).
    pub(super) fn poisson(&mut self, mean: f64) -> u32 {
        let mut left = mean.clamp(0.0, 1e6);
        let mut n = 0;
        while left > 0.0 {
            let step = left.min(8.0);
            left -= step;
            let limit = f64::from(super::arith::exp(-step as f32));
            let mut product = 1.0;
            loop {
                product *= (self.bits64() >> 11) as f64 / (1u64 << 53) as f64;
                if product <= limit {
                    break;
                }
                n += 1;
            }
        }
        n
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn poisson_has_its_mean_and_variance() {
        let mut d = Dice::new(5, Stream::Slide, 0);
        for mean in [0.0, 0.3, 4.0, 37.5] {
            let n: Vec<f64> = (0..20_000).map(|_| f64::from(d.poisson(mean))).collect();
            let m = n.iter().sum::<f64>() / n.len() as f64;
            let v = n.iter().map(|x| (x - m) * (x - m)).sum::<f64>() / n.len() as f64;
            assert!((m - mean).abs() < 0.02 + 0.02 * mean, "mean {mean}: {m}");
            assert!((v - mean).abs() < 0.02 + 0.05 * mean, "variance {mean}: {v}");
        }
    }

    #[test]
    fn known_first_numbers() {
        // Pins the stream: a new version of the random crates may not move a rendered pixel.
        let mut d = Dice::new(1, Stream::Layout, 2);
        assert_eq!([d.bits(), d.bits(), d.bits()], [3_715_704_049, 3_968_890_813, 3_649_562_606]);
    }
}
