//! The field bootstrap, for parasites that lie in clusters (STA-7).
//!
//! Counts per field follow a negative binomial better than a Poisson distribution (Hammami 2013, Malar J 12:398),
//! so that true intervals are wider than exact ones. Here whole fields are drawn again with replacement, and the
//! percentiles of the density of those draws are taken (Efron 1979). The stream of random numbers depends on the
//! seed alone, so the same fields give the same interval on every machine.
//! Left out: the stopping rule is not replayed in each draw.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::methods::{Interval, IntervalMethod};

/// Seed of every bootstrap in this crate.
const SEED: u64 = 0x6865_6d6f;

/// Percentile interval of ΣP·C/ΣW over `fields` of (parasites, white cells), per µL. `None` for fewer than two
/// fields, or where no white cell was counted.
pub fn field_bootstrap(
    fields: &[(u32, u32)],
    wbc_per_ul: f64,
    level: f64,
    resamples: u32,
) -> Option<Interval> {
    if fields.len() < 2 || fields.iter().all(|(_, w)| *w == 0) {
        return None;
    }
    let mut random = ChaCha8Rng::seed_from_u64(SEED);
    let mut densities: Vec<f64> = (0..resamples)
        .filter_map(|_| {
            let (mut parasites, mut cells) = (0_u64, 0_u64);
            for _ in 0..fields.len() {
                let (p, w) = fields.get(random.random_range(0..fields.len()))?;
                parasites += u64::from(*p);
                cells += u64::from(*w);
            }
            // A draw without a white cell has no density.
            (cells > 0).then(|| parasites as f64 * wbc_per_ul / cells as f64)
        })
        .collect();
    densities.sort_by(f64::total_cmp);
    let tail = (1.0 - level) / 2.0;
    let at = |q: f64| {
        let place = (q * (densities.len().saturating_sub(1)) as f64).round() as usize;
        densities.get(place).copied()
    };
    Interval::new(at(tail)?, at(1.0 - tail)?, level, IntervalMethod::FieldBootstrap)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interval::cp_ratio;

    #[test]
    fn clusters_widen_the_interval_and_the_answer_repeats() {
        let even = vec![(4, 16); 50];
        let clustered: Vec<(u32, u32)> =
            (0..50).map(|i| if i % 10 == 0 { (40, 16) } else { (0, 16) }).collect();
        let narrow = field_bootstrap(&even, 8000.0, 0.95, 500).unwrap();
        let wide = field_bootstrap(&clustered, 8000.0, 0.95, 500).unwrap();
        assert_eq!(narrow.lower(), narrow.upper());
        let exact = cp_ratio(200, 800, 8000.0, 0.95).unwrap();
        assert!(wide.lower() < exact.lower() && wide.upper() > exact.upper());
        assert_eq!(Some(wide), field_bootstrap(&clustered, 8000.0, 0.95, 500));
    }

    #[test]
    fn too_little_gives_none() {
        assert_eq!(field_bootstrap(&[(1, 1)], 8000.0, 0.95, 500), None);
        assert_eq!(field_bootstrap(&[(1, 0), (2, 0)], 8000.0, 0.95, 500), None);
    }
}
