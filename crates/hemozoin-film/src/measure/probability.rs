//! A likelihood.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Likelihood given by a model after calibration: finite, within `[0, 1]`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "f32", into = "f32")]
#[schemars(extend("minimum" = 0, "maximum" = 1))]
pub struct Probability(f32);

impl Probability {
    /// `None` for NaN, for infinities, and for anything outside `[0, 1]`.
    pub fn new(value: f32) -> Option<Self> {
        (0.0..=1.0).contains(&value).then_some(Self(value))
    }

    /// The number.
    pub fn get(self) -> f32 {
        self.0
    }
}

impl TryFrom<f32> for Probability {
    type Error = String;

    fn try_from(value: f32) -> Result<Self, String> {
        Self::new(value).ok_or_else(|| format!("{value} is not a probability between 0 and 1"))
    }
}

impl From<Probability> for f32 {
    fn from(value: Probability) -> f32 {
        value.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_what_is_no_probability() {
        for bad in [f32::NAN, f32::INFINITY, -0.01, 1.01] {
            assert!(Probability::new(bad).is_none(), "{bad}");
        }
        assert_eq!(Probability::new(1.0).map(Probability::get), Some(1.0));
    }
}
