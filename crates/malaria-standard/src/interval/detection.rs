//! What an examined volume can and cannot show (STA-4, STA-5).
//!
//! These numbers take the blood as evenly mixed and the reading as perfect. They ignore film loss in staining and
//! reading error: limits measured in practice are higher (section 14).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Volume of blood examined, µL; above 0 and finite.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "f64", into = "f64")]
pub struct Volume(f64);

impl Volume {
    /// `None` unless above 0 and finite.
    pub fn new(microlitres: f64) -> Option<Self> {
        (microlitres > 0.0 && microlitres.is_finite()).then_some(Self(microlitres))
    }

    /// V = cells/cells per µL (section 2): W/C on a thick film, R/B on a thin film.
    pub fn of_cells(cells: u64, cells_per_ul: f64) -> Option<Self> {
        Self::new(cells as f64 / cells_per_ul)
    }

    /// V of `fields` fields of `field_volume_ul` µL each, where no cells were counted (section 4).
    pub fn of_fields(fields: u64, field_volume_ul: f64) -> Option<Self> {
        Self::new(fields as f64 * field_volume_ul)
    }

    /// Microlitres.
    pub fn get(self) -> f64 {
        self.0
    }
}

impl TryFrom<f64> for Volume {
    type Error = String;

    fn try_from(value: f64) -> Result<Self, String> {
        Self::new(value).ok_or_else(|| format!("a blood volume must be above 0 µL, not {value}"))
    }
}

impl From<Volume> for f64 {
    fn from(value: Volume) -> f64 {
        value.0
    }
}

/// P(no parasite seen) at `density` parasites per µL: exp(−D·V) (STA-4).
pub fn probability_missed(density: f64, volume: Volume) -> f64 {
    (-density * volume.get()).exp()
}

/// Density per µL at which a parasite is met with probability `detected`: −ln(1 − detected)/V, for instance
/// 2.996/V for 95 % (STA-4). `None` unless `detected` lies strictly within 0 to 1.
pub fn detection_limit(detected: f64, volume: Volume) -> Option<f64> {
    (detected > 0.0 && detected < 1.0).then(|| -(-detected).ln_1p() / volume.get())
}

/// One-sided upper limit of the density when none was seen: 2.996/V at 95 % (STA-5).
pub fn upper_limit_one_sided(level: f64, volume: Volume) -> Option<f64> {
    detection_limit(level, volume)
}

/// Upper limit of the two-sided interval when none was seen: 3.689/V at 95 % (STA-5).
pub fn upper_limit_two_sided(level: f64, volume: Volume) -> Option<f64> {
    detection_limit(0.5 + level / 2.0, volume)
}
