//! Two or three readings of one slide (section 10.2).

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::profile::{self, Denominator, ReaderRule};
use crate::Species;

/// What one reader reported.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Reading {
    /// Asexual density per µL; 0 where the reader saw no asexual parasite.
    pub density: u64,
    /// Species named; empty where none was asked for.
    #[serde(default)]
    pub species: BTreeSet<Species>,
}

impl Reading {
    /// A reading without a species.
    pub fn new(density: u64) -> Self {
        Self { density, species: BTreeSet::new() }
    }

    fn is_positive(&self) -> bool {
        self.density > 0
    }
}

/// How two readings compare.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Comparison {
    /// (a + b)/2, per µL.
    pub mean: f64,
    /// 100·|a − b| / mean; 0 where both are 0.
    pub percent_of_mean: f64,
    /// 100·|a − b| / lower; `None` where the lower is 0.
    pub percent_of_lower: Option<f64>,
    /// 100·|a − b| / higher; `None` where the higher is 0.
    pub percent_of_higher: Option<f64>,
    /// One reader saw parasites and the other did not.
    pub presence_discordant: bool,
    /// Both saw parasites and named different species.
    pub species_discordant: bool,
    /// k·√mean, the largest difference that `tdr-obare` accepts, per µL.
    pub obare_limit: f64,
    /// Whether `tdr-obare` tests the difference: a reading is above its lower bound.
    pub obare_tested: bool,
}

/// How a final density was reached.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
    strum::IntoStaticStr,
    strum::VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum FinalRule {
    /// The two agree: their mean.
    MeanOfTwo,
    /// They do not, and there is no third reading yet.
    ThirdReadingNeeded,
    /// The mean of the two closest of three (D-high).
    MeanOfTwoClosest,
    /// Both gaps are equal: the mean of all three (C decision).
    MeanOfThree,
    /// At least two of three saw no parasite (C decision).
    NegativeByMajority,
    /// Two of three saw parasites: the mean of these two (C decision).
    MeanOfTwoPositive,
}

impl FinalRule {
    /// All rules.
    pub const ALL: &'static [Self] = <Self as strum::VariantArray>::VARIANTS;

    /// Stable code.
    pub fn code(self) -> &'static str {
        self.into()
    }
}

/// The result of all readings of one slide.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Conclusion {
    /// The first two readings compared.
    pub comparison: Comparison,
    /// The rule applied.
    pub rule: ReaderRule,
    /// Whether that rule asks for a third reading.
    pub third_reading: bool,
    /// How the final density was reached.
    pub final_rule: FinalRule,
    /// Final density per µL, unrounded; `None` while a third reading is needed.
    #[serde(default)]
    pub final_density: Option<f64>,
}

/// Compares two readings under the numbers of `rule`.
pub fn compare(a: &Reading, b: &Reading, rule: &profile::Readers) -> Comparison {
    let (low, high) = (a.density.min(b.density) as f64, a.density.max(b.density) as f64);
    let gap = high - low;
    let mean = low / 2.0 + high / 2.0;
    let percent = |of: f64| (of > 0.0).then(|| 100.0 * gap / of);
    Comparison {
        mean,
        percent_of_mean: percent(mean).unwrap_or(0.0),
        percent_of_lower: percent(low),
        percent_of_higher: percent(high),
        presence_discordant: a.is_positive() != b.is_positive(),
        species_discordant: a.is_positive()
            && b.is_positive()
            && !a.species.is_empty()
            && !b.species.is_empty()
            && a.species != b.species,
        obare_limit: rule.obare_k * mean.sqrt(),
        obare_tested: high > f64::from(rule.obare_above_per_ul),
    }
}

/// Whether two readings need a third under `by` (section 10.2). Limits are strict and compared as products.
pub fn needs_third(a: &Reading, b: &Reading, by: ReaderRule, rule: &profile::Readers) -> bool {
    let seen = compare(a, b, rule);
    if seen.presence_discordant || seen.species_discordant {
        return true;
    }
    let (low, high) = (a.density.min(b.density) as f64, a.density.max(b.density) as f64);
    let above = |percent: f64| {
        // Twice the denominator, so that the mean stays a whole number.
        let twice = match rule.denominator {
            Denominator::Mean => low + high,
            Denominator::Lower => 2.0 * low,
            Denominator::Higher => 2.0 * high,
        };
        200.0 * (high - low) > percent * twice
    };
    match by {
        ReaderRule::WhoTes2009 => above(rule.max_difference_percent),
        ReaderRule::Research25 => above(rule.research_difference_percent),
        ReaderRule::TdrObare => seen.obare_tested && high - low > seen.obare_limit,
    }
}

/// The final density of two readings, or of three where a third was made.
pub fn conclude(a: &Reading, b: &Reading, third: Option<&Reading>, rule: &profile::Readers) -> Conclusion {
    let comparison = compare(a, b, rule);
    let third_reading = needs_third(a, b, rule.rule, rule);
    let (final_rule, final_density) = match third {
        None if third_reading => (FinalRule::ThirdReadingNeeded, None),
        None => (FinalRule::MeanOfTwo, Some(comparison.mean)),
        Some(c) => {
            let (rule, density) = of_three(a.density, b.density, c.density);
            (rule, Some(density))
        }
    };
    Conclusion { comparison, rule: rule.rule, third_reading, final_rule, final_density }
}

/// Presence by majority first, then the two closest of the positive readings.
fn of_three(a: u64, b: u64, c: u64) -> (FinalRule, f64) {
    let mut sorted = [a, b, c];
    sorted.sort_unstable();
    let [low, middle, high] = sorted;
    let mean = |x: u64, y: u64| x as f64 / 2.0 + y as f64 / 2.0;
    if middle == 0 {
        return (FinalRule::NegativeByMajority, 0.0);
    }
    if low == 0 {
        return (FinalRule::MeanOfTwoPositive, mean(middle, high));
    }
    match (middle - low).cmp(&(high - middle)) {
        std::cmp::Ordering::Less => (FinalRule::MeanOfTwoClosest, mean(low, middle)),
        std::cmp::Ordering::Greater => (FinalRule::MeanOfTwoClosest, mean(middle, high)),
        std::cmp::Ordering::Equal => {
            (FinalRule::MeanOfThree, (low as f64 + middle as f64 + high as f64) / 3.0)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Profile;

    #[test]
    fn different_species_need_a_third_reading() {
        let rule = Profile::standard().unwrap().values().readers.clone();
        let read = |species| Reading { density: 1000, species: BTreeSet::from([species]) };
        assert!(needs_third(
            &read(Species::Falciparum),
            &read(Species::Vivax),
            ReaderRule::WhoTes2009,
            &rule
        ));
        assert!(!needs_third(&read(Species::Vivax), &read(Species::Vivax), ReaderRule::WhoTes2009, &rule));
    }

    #[test]
    fn the_order_of_three_readings_does_not_matter() {
        for (a, b, c) in [(5000, 9000, 20000), (20000, 5000, 9000), (9000, 20000, 5000)] {
            assert_eq!(of_three(a, b, c), (FinalRule::MeanOfTwoClosest, 7000.0));
        }
    }
}
