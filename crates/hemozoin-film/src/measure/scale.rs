//! How much blood film one pixel shows.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Micrometres of film per pixel of the upright picture: finite, between 0.005 and 10.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "f64", into = "f64")]
#[schemars(extend("minimum" = 0.005, "maximum" = 10))]
pub struct MicronsPerPixel(f64);

impl MicronsPerPixel {
    /// Smallest and largest value taken; light microscopy through an oil objective gives 0.03 to 0.5.
    pub const RANGE: (f64, f64) = (0.005, 10.0);

    /// `None` outside [`Self::RANGE`] and for NaN.
    pub fn new(value: f64) -> Option<Self> {
        (Self::RANGE.0..=Self::RANGE.1).contains(&value).then_some(Self(value))
    }

    /// The number, µm per pixel.
    pub fn get(self) -> f64 {
        self.0
    }

    /// Length in pixels of `microns` µm.
    pub fn px(self, microns: f64) -> f64 {
        microns / self.0
    }
}

impl TryFrom<f64> for MicronsPerPixel {
    type Error = String;

    fn try_from(value: f64) -> Result<Self, String> {
        Self::new(value).ok_or_else(|| format!("{value} µm per pixel is outside 0.005 to 10"))
    }
}

impl From<MicronsPerPixel> for f64 {
    fn from(value: MicronsPerPixel) -> f64 {
        value.0
    }
}
