//! A count of which a random sample was judged (MCH-6).

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Beta, Distribution};

use crate::interval::{Interval, IntervalMethod};
use crate::profile::Profile;

/// What a sample of suspects has shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Sampled {
    /// All suspects (S).
    pub(crate) suspects: u64,
    /// Judged, drawn at random (j).
    pub(crate) judged: u64,
    /// Confirmed as asexual parasites (c), at most j.
    pub(crate) confirmed: u64,
    /// Seed of the interval's draws.
    pub(crate) seed: u64,
}

/// Against what suspects are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Against {
    /// White cells beside them: P to W.
    WhiteCells(u64),
    /// Red cells among which they are: I in R.
    RedCells(u64),
}

impl Sampled {
    /// S·c/j: parasites to be expected among all suspects.
    pub(crate) fn expected(&self) -> f64 {
        self.suspects as f64 * self.confirmed as f64 / self.judged as f64
    }

    /// Per cell, S·(c/j)/cells.
    pub(crate) fn per_cell(&self, against: Against) -> Option<f64> {
        let (Against::WhiteCells(cells) | Against::RedCells(cells)) = against;
        (cells > 0).then(|| self.expected() / cells as f64)
    }

    /// Interval of [`Self::per_cell`]: both limits of Clopper-Pearson are quantiles of a beta distribution, for the
    /// share of c in j as for the count itself; products of draws from both give those of the product. With every
    /// suspect judged and confirmed it is the interval of the count alone.
    pub(crate) fn interval(&self, against: Against, profile: &Profile) -> Option<Interval> {
        let values = profile.values();
        let level = values.statistics.level;
        let tail = (1.0 - level) / 2.0;
        let (c, j) = (self.confirmed as f64, self.judged as f64);
        let s = self.suspects as f64;
        let (Against::WhiteCells(cells) | Against::RedCells(cells)) = against;
        let cells = cells as f64;
        let per_cell = |share: f64| match against {
            Against::WhiteCells(_) => share / (1.0 - share),
            Against::RedCells(_) => share,
        };
        // Parameters of the count's share: P in P + W, or I in R.
        let rest = match against {
            Against::WhiteCells(_) => cells,
            Against::RedCells(_) => cells - s,
        };
        let mut random = ChaCha8Rng::seed_from_u64(self.seed);
        let draws = usize::try_from(values.machine.sample_draws).ok()?;
        let mut side = |sample: (f64, f64), count: (f64, f64), at: f64| -> Option<f64> {
            // A parameter of 0: a share that is 1 for sure.
            let (sample, count) = (Beta::new(sample.0, sample.1).ok(), Beta::new(count.0, count.1).ok());
            let mut draw = |beta: &Option<Beta<f64>>| beta.as_ref().map_or(1.0, |b| b.sample(&mut random));
            let mut found: Vec<f64> = (0..draws).map(|_| draw(&sample) * per_cell(draw(&count))).collect();
            found.sort_by(f64::total_cmp);
            found.get(((draws as f64 - 1.0) * at).round() as usize).copied()
        };
        let lower = side((c, j - c + 1.0), (s, rest + 1.0), tail)?;
        let upper = side((c + 1.0, j - c), (s + 1.0, rest), 1.0 - tail)?;
        Interval::new(lower, upper, level, IntervalMethod::SampleMonteCarlo)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interval::{clopper_pearson, cp_ratio};

    fn sampled(suspects: u64, judged: u64, confirmed: u64) -> Sampled {
        Sampled { suspects, judged, confirmed, seed: 7 }
    }

    #[test]
    fn with_a_sure_sample_only_the_count_is_left() {
        let profile = Profile::standard().unwrap();
        let sure = sampled(300, 1_000_000_000, 1_000_000_000);
        let near = |a: f64, b: f64| (a / b - 1.0).abs() < 0.01;
        let made = sure.interval(Against::WhiteCells(400), &profile).unwrap();
        let exact = cp_ratio(300, 400, 1.0, 0.95).unwrap();
        assert!(near(made.lower(), exact.lower()) && near(made.upper(), exact.upper()), "{made:?} {exact:?}");
        let made = sure.interval(Against::RedCells(5000), &profile).unwrap();
        let exact = clopper_pearson(300, 5000, 0.95).unwrap();
        assert!(near(made.lower(), exact.lower()) && near(made.upper(), exact.upper()), "{made:?} {exact:?}");
    }

    #[test]
    fn a_small_sample_widens_the_interval_and_the_seed_fixes_it() {
        let profile = Profile::standard().unwrap();
        let against = Against::WhiteCells(210);
        let one = sampled(800, 120, 108);
        let interval = one.interval(against, &profile).unwrap();
        // 800 x 0.9 / 210; the share alone (0.832 to 0.947) and the count alone both lie within it.
        assert!((one.per_cell(against).unwrap() - 720.0 / 210.0).abs() < 1e-12);
        assert!(
            interval.lower() < 0.832 * 800.0 / 210.0 && interval.upper() > 0.947 * 800.0 / 210.0,
            "{interval:?}"
        );
        assert_eq!(one.interval(against, &profile), Some(interval));
        let larger = sampled(800, 700, 630).interval(against, &profile).unwrap();
        assert!(larger.lower() > interval.lower() && larger.upper() < interval.upper());
    }
}
