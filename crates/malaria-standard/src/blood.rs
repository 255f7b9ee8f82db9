//! Blood counts that a density is scaled by.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

macro_rules! cells_per_microlitre {
    ($(#[$doc:meta])* $name:ident, $low:literal, $high:literal, $what:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, PartialOrd, Serialize, Deserialize, JsonSchema)]
        #[serde(try_from = "f64", into = "f64")]
        #[schemars(extend("minimum" = $low, "maximum" = $high))]
        pub struct $name(f64);

        impl $name {
            /// Smallest and largest value that a living patient can have, generously.
            pub const RANGE: (f64, f64) = ($low, $high);

            /// `None` outside [`Self::RANGE`] and for NaN.
            pub fn new(value: f64) -> Option<Self> {
                (Self::RANGE.0..=Self::RANGE.1).contains(&value).then_some(Self(value))
            }

            /// Cells per µL.
            pub fn get(self) -> f64 {
                self.0
            }
        }

        impl TryFrom<f64> for $name {
            type Error = String;

            fn try_from(value: f64) -> Result<Self, String> {
                Self::new(value).ok_or_else(|| {
                    format!(concat!("{} ", $what, " per µL is outside {} to {}"), value, $low, $high)
                })
            }
        }

        impl From<$name> for f64 {
            fn from(value: $name) -> f64 {
                value.0
            }
        }
    };
}

cells_per_microlitre!(
    /// White blood cells per µL of blood (THK-6).
    WbcPerMicrolitre, 100.0, 1_000_000.0, "white cells"
);
cells_per_microlitre!(
    /// Red blood cells per µL of blood (THN-2).
    RbcPerMicrolitre, 100_000.0, 10_000_000.0, "red cells"
);
