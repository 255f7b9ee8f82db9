//! Seeded chance: the same course with the same seed asks the same questions on every machine.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// One stream of random numbers.
#[derive(Debug)]
pub(super) struct Lot(ChaCha8Rng);

impl Lot {
    /// The stream `part` of a seed.
    pub(super) fn new(seed: u32, part: u64) -> Self {
        let mut key = [0_u8; 32];
        key[..4].copy_from_slice(&seed.to_le_bytes());
        key[4..12].copy_from_slice(&part.to_le_bytes());
        key[12..16].copy_from_slice(b"quiz");
        Self(ChaCha8Rng::from_seed(key))
    }

    pub(super) fn bits64(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// In `[0, 1)`.
    pub(super) fn unit(&mut self) -> f64 {
        (self.bits64() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// One of `all`; `None` of nothing.
    pub(super) fn pick<T: Copy>(&mut self, all: &[T]) -> Option<T> {
        all.get(self.below(all.len())).copied()
    }

    /// In an order of chance (Fisher and Yates).
    pub(super) fn shuffle<T>(&mut self, all: &mut [T]) {
        for i in (1..all.len()).rev() {
            all.swap(i, self.below(i + 1));
        }
    }

    fn below(&mut self, n: usize) -> usize {
        ((u128::from(self.bits64()) * n as u128) >> 64) as usize
    }
}
