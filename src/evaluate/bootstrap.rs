//! Intervals by drawing whole slides again.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Draws of a bootstrap.
const DRAWS: usize = 1000;

/// Seed of every bootstrap here: the same judgements give the same interval.
const SEED: u64 = 0x6576_616c;

/// Percentiles cut off at either end for a two-sided 95 % interval.
const TAIL: f64 = 0.025;

/// A two-sided 95 % percentile interval (Efron 1979).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Range {
    /// Lower limit.
    pub low: f64,
    /// Upper limit.
    pub high: f64,
}

/// Draws as many of `units` as there are, with replacement, and takes the percentiles of `statistic` over the
/// sums. `None` for fewer than two units or where too few draws have the statistic.
pub(super) fn interval<T: Copy + Default + std::ops::AddAssign>(
    units: &[T],
    statistic: impl Fn(&T) -> Option<f64>,
) -> Option<Range> {
    if units.len() < 2 {
        return None;
    }
    let mut random = ChaCha8Rng::seed_from_u64(SEED);
    let mut values: Vec<f64> = (0..DRAWS)
        .filter_map(|_| {
            let mut sum = T::default();
            for _ in 0..units.len() {
                sum += *units.get(random.random_range(0..units.len()))?;
            }
            statistic(&sum)
        })
        .collect();
    if values.len() < DRAWS / 2 {
        return None;
    }
    values.sort_by(f64::total_cmp);
    let at = |q: f64| values.get((q * (values.len() - 1) as f64).round() as usize).copied();
    Some(Range { low: at(TAIL)?, high: at(1.0 - TAIL)? })
}
