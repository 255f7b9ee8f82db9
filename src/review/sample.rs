//! Suspects drawn at random, where there are too many to judge each (MCH-6).

use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;
use sha2::{Digest, Sha256};

use crate::record::SlideRecord;
use crate::terms::Film;

/// Above this many suspects of a film a sample is offered (MCH-6).
pub const SAMPLE_ABOVE: usize = 200;

/// Fewest suspects of a sample (MCH-6).
pub const SAMPLE_LEAST: u64 = 100;

/// The order in which the suspects of a film are drawn: the same for the same pictures, whoever reads them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SampleOf {
    /// Positions of the suspects of each unit, in the order of drawing.
    order: Vec<Vec<usize>>,
    seed: u64,
}

impl SampleOf {
    /// Of the suspects of a film by what they stand for: `units` holds their positions, those of one red cell together. The
    /// seed is the digest of the film's pictures in their order.
    pub fn new(record: &SlideRecord, film: Film, units: Vec<Vec<usize>>) -> Self {
        let mut digest = Sha256::new();
        digest.update(film.code());
        for field in record.fields.iter().filter(|f| f.film == film && f.copy_of.is_none()) {
            digest.update(&field.sha256);
            digest.update(field.page.to_le_bytes());
        }
        let digest: [u8; 32] = digest.finalize().into();
        let mut order = units;
        order.shuffle(&mut ChaCha8Rng::from_seed(digest));
        let seed = digest.iter().take(8).fold(0, |seed, byte| seed << 8 | u64::from(*byte));
        Self { order, seed }
    }

    /// The seed of everything else that is drawn for this film.
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// The first `size` units drawn, as positions among the suspects in the order of the record.
    pub fn drawn(&self, size: u64) -> impl Iterator<Item = usize> {
        let size = usize::try_from(size).unwrap_or(usize::MAX);
        self.order.iter().take(size).flatten().copied()
    }
}
