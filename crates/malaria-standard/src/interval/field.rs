//! Densities from fields where no white cell was counted (STA-8, STA-9): for comparison, never for a grade.

use schemars::JsonSchema;
use serde::Serialize;

use super::detection::Volume;
use super::methods::{Interval, garwood_fixed_w};
use super::proportion::clopper_pearson;

/// Parasites per field, from how many fields hold any: mean = −ln(1 − positive/fields) (STA-8, Petersen 1996).
///
/// It takes the parasites as evenly spread, and says nothing once every field holds one.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct PresenceEstimate {
    positive: u64,
    fields: u64,
    mean_per_field: f64,
    low: f64,
    high: f64,
}

impl PresenceEstimate {
    /// The limits are the exact ones of the share of positive fields, carried through the formula.
    /// `None` without a field, with more positive fields than fields, or where every field is positive.
    pub fn new(positive: u64, fields: u64, level: f64) -> Option<Self> {
        let share = clopper_pearson(positive, fields, level)?;
        if positive == fields {
            return None;
        }
        let mean = |share: f64| -(-share).ln_1p();
        Some(Self {
            positive,
            fields,
            // −0.0 where no field is positive.
            mean_per_field: mean(positive as f64 / fields as f64).abs(),
            low: mean(share.lower()).abs(),
            high: mean(share.upper()),
        })
    }

    /// Fields with at least one parasite.
    pub fn positive(&self) -> u64 {
        self.positive
    }

    /// Fields examined.
    pub fn fields(&self) -> u64 {
        self.fields
    }

    /// Estimated mean number of parasites in a field.
    pub fn mean_per_field(&self) -> f64 {
        self.mean_per_field
    }

    /// Limits of the mean.
    pub fn limits(&self) -> (f64, f64) {
        (self.low, self.high)
    }
}

/// Density per µL from `parasites` counted in `fields` fields of `field_volume` each: mean per field / volume, that
/// is × 500 for the usual 0.002 µL (STA-9, Greenwood & Armstrong 1991), with Garwood's limits of the count.
/// `None` without a field.
pub fn density_by_field_volume(
    parasites: u64,
    fields: u64,
    field_volume: Volume,
    level: f64,
) -> Option<(f64, Interval)> {
    let fields_per_ul = 1.0 / field_volume.get();
    let interval = garwood_fixed_w(parasites, fields, fields_per_ul, level)?;
    Some((parasites as f64 / fields as f64 * fields_per_ul, interval))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn presence_gives_the_mean_of_poisson_fields() {
        // 63 of 100 fields hold a parasite: -ln(0.37) = 0.994.
        let estimate = PresenceEstimate::new(63, 100, 0.95).expect("an estimate");
        assert!((estimate.mean_per_field() - 0.994_252).abs() < 1e-6, "{estimate:?}");
        let (low, high) = estimate.limits();
        assert!(low < 0.78 && high > 1.25 && low > 0.7 && high < 1.4, "{estimate:?}");
        let none = PresenceEstimate::new(0, 100, 0.95).expect("an estimate");
        assert!(none.mean_per_field().to_bits() == 0 && none.limits().0.to_bits() == 0, "{none:?}");
        // The upper limit of none in n fields is the exact one: -ln(0.025)/n.
        assert!((none.limits().1 - 0.036_888_8).abs() < 1e-6, "{none:?}");
        for (positive, fields) in [(100, 100), (3, 2), (0, 0)] {
            assert_eq!(PresenceEstimate::new(positive, fields, 0.95), None, "{positive} of {fields}");
        }
    }

    #[test]
    fn a_field_is_a_five_hundredth_of_a_microlitre() {
        let volume = Volume::new(0.002).expect("a volume");
        let (density, interval) = density_by_field_volume(30, 10, volume, 0.95).expect("a density");
        assert!((density - 1500.0).abs() < 1e-9, "{density}");
        // Garwood's limits of 30 are 20.24 and 42.83.
        assert!(
            (interval.lower() - 1012.0).abs() < 1.0 && (interval.upper() - 2141.4).abs() < 1.0,
            "{interval:?}"
        );
        assert_eq!(density_by_field_volume(0, 0, volume, 0.95), None);
    }
}
