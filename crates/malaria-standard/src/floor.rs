//! The false-positive floor: is this count more than the reader's own false parasites explain?
//!
//! **Measuring.** On slides known to hold no parasite, slide i shows F_i false parasites on n_i cells. The mean rate
//! is m = ΣF/Σn. Its spread between slides is the moment estimate
//! s² = max(0, (Σ n_i (F_i/n_i − m)² − m(k − 1)) / (Σn − Σn²/Σn)) for k slides: what is left of the observed scatter
//! once counting error is taken away.
//!
//! **Testing.** The rate of a new slide is taken as gamma distributed with mean m' = (ΣF + ½)/Σn and variance
//! v = s²·(1 + 1/k)·(k − 1)/(k − 3) + (ΣF + ½)/(Σn)²: the spread between slides with the uncertainty of its
//! measurement, and the counting error of the mean. A count on n cells is then negative binomial with mean n·m' and
//! variance n·m' + n²·v (gamma-Poisson). The count exceeds the floor where P(X >= count), the one-sided tail, is at
//! most the profile's alpha. The half count is that of Jeffreys' prior: no false parasite on any slide still leaves
//! a floor, which shrinks as more cells are read. For k <= 3 the factor (k − 1)/(k − 3) is taken at k = 4.
//!
//! The raw count always stands beside the answer, and nothing is subtracted from a reported density.
//! `examples/coverage.rs` measures the level and the power of the test by simulation.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::interval::{beta_reg, gamma_lower};
use super::profile::{self, Profile};
use crate::{Error, ErrorKind, Result};

/// What false parasites are counted against.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema, strum::IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum FloorUnit {
    /// White cells: thick film.
    WhiteCell,
    /// Red cells: thin film.
    RedCell,
}

impl FloorUnit {
    /// Stable code.
    pub fn code(self) -> &'static str {
        self.into()
    }
}

/// Where a floor was measured.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema, strum::IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum FloorBasis {
    /// With the model bundle, on its maker's slides.
    Bundle,
    /// At the site itself, from its own malaria-free slides.
    Site,
}

impl FloorBasis {
    /// Stable code.
    pub fn code(self) -> &'static str {
        self.into()
    }
}

/// False parasites and cells on one slide that holds no parasite.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NegativeSlide {
    /// False parasites.
    pub parasites: u64,
    /// Cells examined.
    pub cells: u64,
}

/// A measured floor. Rates are per cell.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "Written", into = "Written")]
pub struct Floor {
    unit: FloorUnit,
    basis: FloorBasis,
    mean: f64,
    spread: f64,
    slides: u64,
    cells: u64,
}

/// A floor as stored.
#[derive(Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Written {
    unit: FloorUnit,
    basis: FloorBasis,
    mean_per_cell: f64,
    sd_between_slides_per_cell: f64,
    slides: u64,
    cells: u64,
}

impl From<Floor> for Written {
    fn from(floor: Floor) -> Self {
        Self {
            unit: floor.unit,
            basis: floor.basis,
            mean_per_cell: floor.mean,
            sd_between_slides_per_cell: floor.spread,
            slides: floor.slides,
            cells: floor.cells,
        }
    }
}

impl TryFrom<Written> for Floor {
    type Error = Error;

    fn try_from(w: Written) -> Result<Self> {
        Self::from_rates(w.unit, w.basis, w.mean_per_cell, w.sd_between_slides_per_cell, w.slides, w.cells)
    }
}

impl Floor {
    /// A floor whose mean and spread between slides, both per cell, are known.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] for no slide, no cell, or a rate that is negative or not a number.
    pub fn from_rates(
        unit: FloorUnit,
        basis: FloorBasis,
        mean: f64,
        spread: f64,
        slides: u64,
        cells: u64,
    ) -> Result<Self> {
        // Above a thousand false parasites per cell nothing is measured any more.
        let sound = |rate: f64| (0.0..=1000.0).contains(&rate);
        if slides == 0 || cells == 0 || !sound(mean) || !sound(spread) {
            return Err(Error::new(
                ErrorKind::Usage,
                "a false-positive floor needs at least one slide and one cell, and a mean and spread from 0 up",
            )
            .with_key("error-floor-rates"));
        }
        Ok(Self { unit, basis, mean, spread, slides, cells })
    }

    /// The floor of slides known to hold no parasite. Slides without a cell tell nothing and are refused.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] for fewer slides than the profile asks for, or a slide without cells.
    pub fn measure(
        unit: FloorUnit,
        basis: FloorBasis,
        slides: &[NegativeSlide],
        rule: &profile::FloorTest,
    ) -> Result<Self> {
        let wanted = u64::from(rule.min_slides);
        let k = slides.len() as u64;
        if k < wanted {
            return Err(Error::new(
                ErrorKind::Usage,
                format!("{k} slides are too few for a floor: give at least {wanted} slides known to hold no parasite"),
            )
            .with_key("error-floor-few")
            .with_arg("slides", k)
            .with_arg("wanted", wanted));
        }
        if let Some(at) = slides.iter().position(|s| s.cells == 0) {
            return Err(Error::new(
                ErrorKind::Usage,
                format!("slide {} has no cell counted and cannot measure a floor: leave it out", at + 1),
            )
            .with_key("error-floor-cells")
            .with_arg("slide", at + 1));
        }
        let cells = slides.iter().fold(0_u64, |sum, s| sum.saturating_add(s.cells));
        let found: f64 = slides.iter().map(|s| s.parasites as f64).sum();
        let n = cells as f64;
        let mean = found / n;
        let scatter: f64 = slides
            .iter()
            .map(|s| {
                let c = s.cells as f64;
                c * (s.parasites as f64 / c - mean).powi(2)
            })
            .sum();
        let squares: f64 = slides.iter().map(|s| (s.cells as f64).powi(2)).sum();
        let weight = n - squares / n;
        let variance = if weight > 0.0 { (scatter - mean * (k as f64 - 1.0)) / weight } else { 0.0 };
        Self::from_rates(unit, basis, mean, variance.max(0.0).sqrt(), k, cells)
    }

    /// What false parasites are counted against.
    pub fn unit(&self) -> FloorUnit {
        self.unit
    }

    /// Where it was measured.
    pub fn basis(&self) -> FloorBasis {
        self.basis
    }

    /// Mean false parasites per cell.
    pub fn mean(&self) -> f64 {
        self.mean
    }

    /// Standard deviation of that rate between slides.
    pub fn spread(&self) -> f64 {
        self.spread
    }

    /// Slides it was measured on.
    pub fn slides(&self) -> u64 {
        self.slides
    }

    /// Cells it was measured on.
    pub fn cells(&self) -> u64 {
        self.cells
    }

    /// Whether it is a site floor that counts are held against: measured at the site, on as many malaria-free slides and
    /// cells as the profile asks for (section 9.1, MCH-2).
    pub fn decides(&self, profile: &Profile) -> bool {
        let rule = &profile.values().machine;
        let cells = match self.unit {
            FloorUnit::WhiteCell => rule.site_floor_wbc_min,
            FloorUnit::RedCell => rule.site_floor_rbc_min,
        };
        self.basis == FloorBasis::Site
            && self.slides >= u64::from(rule.site_floor_slides_min)
            && self.cells >= u64::from(cells)
    }

    /// P(X >= count) on `cells` cells of a slide without parasites: 1 for a count of 0.
    pub fn tail(&self, count: u64, cells: u64) -> f64 {
        if count == 0 {
            return 1.0;
        }
        if cells == 0 {
            // Without a cell the floor explains nothing.
            return 0.0;
        }
        let (measured, n) = (self.cells as f64, cells as f64);
        let seen = self.mean * measured + 0.5;
        let k = (self.slides as f64).max(4.0);
        let between = self.spread.powi(2) * (1.0 + 1.0 / self.slides as f64) * (k - 1.0) / (k - 3.0);
        let mean = seen / measured;
        let variance = between + seen / (measured * measured);
        // Negative binomial with shape r and P(X >= x) = I_q(x, r).
        let shape = mean * mean / variance;
        let ratio = n * variance / mean;
        if ratio < 1e-9 {
            return gamma_lower(count as f64, n * mean);
        }
        beta_reg(count as f64, shape, ratio / (1.0 + ratio))
    }

    /// Whether `count` on `cells` cells is more than this floor explains.
    pub fn check(&self, count: u64, cells: u64, profile: &Profile) -> FloorCheck {
        let alpha = profile.values().floor.alpha;
        let p_value = self.tail(count, cells);
        FloorCheck {
            unit: self.unit,
            basis: self.basis,
            mean_per_cell: self.mean,
            sd_between_slides_per_cell: self.spread,
            slides: self.slides,
            cells: self.cells,
            count,
            cells_examined: cells,
            expected_false: self.mean * cells as f64,
            p_value,
            alpha,
            exceeds: p_value <= alpha,
            smallest_exceeding: self.smallest_exceeding(cells, alpha),
        }
    }

    /// The smallest count on `cells` cells that exceeds the floor; `None` where none does within 2^40.
    fn smallest_exceeding(&self, cells: u64, alpha: f64) -> Option<u64> {
        let mut high: u64 = 1;
        while self.tail(high, cells) > alpha {
            high = high.checked_mul(2).filter(|h| *h <= 1 << 40)?;
        }
        let mut low = high / 2;
        while high - low > 1 {
            let middle = low + (high - low) / 2;
            if self.tail(middle, cells) <= alpha { high = middle } else { low = middle }
        }
        Some(high)
    }
}

/// A count held against a floor; the raw count stays beside it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct FloorCheck {
    /// What false parasites are counted against.
    pub unit: FloorUnit,
    /// Where the floor was measured.
    pub basis: FloorBasis,
    /// Mean false parasites per cell.
    pub mean_per_cell: f64,
    /// Standard deviation of that rate between slides.
    pub sd_between_slides_per_cell: f64,
    /// Slides the floor was measured on.
    pub slides: u64,
    /// Cells the floor was measured on.
    pub cells: u64,
    /// The raw count tested.
    pub count: u64,
    /// Cells that it was found on.
    pub cells_examined: u64,
    /// False parasites that the floor lets expect there.
    pub expected_false: f64,
    /// P(X >= count) without a parasite in the blood.
    pub p_value: f64,
    /// Level of the test.
    pub alpha: f64,
    /// Whether the count is more than the floor explains.
    pub exceeds: bool,
    /// The smallest count that would be.
    #[serde(default)]
    pub smallest_exceeding: Option<u64>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::{RngExt, SeedableRng};
    use rand_chacha::ChaCha8Rng;

    fn rule() -> profile::FloorTest {
        Profile::standard().unwrap().values().floor.clone()
    }

    fn measure(slides: &[(u64, u64)]) -> Floor {
        let slides: Vec<_> = slides
            .iter()
            .map(|(parasites, cells)| NegativeSlide { parasites: *parasites, cells: *cells })
            .collect();
        Floor::measure(FloorUnit::WhiteCell, FloorBasis::Site, &slides, &rule()).unwrap()
    }

    #[test]
    fn the_moments_are_those_of_the_slides() {
        // Four slides of 100 cells with rates 0, 0.1, 0.2, 0.3: scatter 5, counting part 0.45, weight 300.
        let floor = measure(&[(0, 100), (10, 100), (20, 100), (30, 100)]);
        assert!((floor.mean() - 0.15).abs() < 1e-12);
        assert!((floor.spread().powi(2) - (5.0 - 0.45) / 300.0).abs() < 1e-12);
        // Scatter below counting error leaves no spread.
        assert_eq!(measure(&[(5, 100), (5, 100), (5, 100), (5, 100)]).spread(), 0.0);
    }

    #[test]
    fn an_even_floor_is_nearly_poisson() {
        let floor = Floor::from_rates(FloorUnit::WhiteCell, FloorBasis::Bundle, 0.01, 0.0, 1000, 100_000_000)
            .unwrap();
        // Mean 5 on 500 cells; P(X >= 10) of Poisson(5) is 0.0318281 (printed tables: 0.0318).
        assert!((floor.tail(10, 500) - 0.031_828_1).abs() < 1e-5, "{}", floor.tail(10, 500));
        let check = floor.check(10, 500, &Profile::standard().unwrap());
        assert!(check.exceeds && check.smallest_exceeding == Some(10) && check.count == 10);
        assert!(!floor.check(9, 500, &Profile::standard().unwrap()).exceeds);
    }

    #[test]
    fn no_false_parasite_still_leaves_a_floor() {
        let floor = measure(&[(0, 500); 10]);
        let profile = Profile::standard().unwrap();
        assert!(!floor.check(1, 5000, &profile).exceeds);
        assert!(floor.check(20, 500, &profile).exceeds);
        assert!(floor.check(1, 0, &profile).exceeds && !floor.check(0, 0, &profile).exceeds);
    }

    #[test]
    fn too_little_is_refused() {
        let few = [NegativeSlide { parasites: 0, cells: 500 }; 3];
        assert!(Floor::measure(FloorUnit::WhiteCell, FloorBasis::Site, &few, &rule()).is_err());
        let empty = [NegativeSlide { parasites: 0, cells: 0 }; 5];
        assert!(Floor::measure(FloorUnit::WhiteCell, FloorBasis::Site, &empty, &rule()).is_err());
        assert!(Floor::from_rates(FloorUnit::RedCell, FloorBasis::Site, f64::NAN, 0.0, 5, 5).is_err());
    }

    /// Gamma variate of integer shape as a sum of exponentials: no other generator is needed for the test.
    fn gamma(random: &mut ChaCha8Rng, shape: u32, mean: f64) -> f64 {
        let sum: f64 = (0..shape).map(|_| -(1.0 - random.random::<f64>()).ln()).sum();
        sum * mean / f64::from(shape)
    }

    fn poisson(random: &mut ChaCha8Rng, mean: f64) -> u64 {
        let (mut n, mut product) = (0, random.random::<f64>());
        while product > (-mean).exp() {
            product *= random.random::<f64>();
            n += 1;
        }
        n
    }

    #[test]
    fn simulated_negative_slides_rarely_exceed_and_positive_ones_mostly_do() {
        let mut random = ChaCha8Rng::seed_from_u64(7);
        let (runs, slides, cells) = (1500, 30, 500_u64);
        let (mut wrong, mut found) = (0, 0);
        for _ in 0..runs {
            let mut count = |extra: f64| {
                let rate = gamma(&mut random, 2, 0.01);
                poisson(&mut random, cells as f64 * (rate + extra))
            };
            let slides: Vec<(u64, u64)> = (0..slides).map(|_| (count(0.0), cells)).collect();
            let floor = measure(&slides);
            wrong += u32::from(floor.tail(count(0.0), cells) <= 0.05);
            // 0.1 parasites per white cell is 800 per µL.
            found += u32::from(floor.tail(count(0.1), cells) <= 0.05);
        }
        let (wrong, found) = (f64::from(wrong) / f64::from(runs), f64::from(found) / f64::from(runs));
        assert!(wrong < 0.07, "false calls {wrong}");
        assert!(found > 0.95, "found {found}");
    }
}
