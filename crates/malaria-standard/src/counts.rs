//! What was counted: one type per kind of object, so that unlike things cannot be added.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::profile::Profile;
use crate::{Error, ErrorKind, Result};
use crate::{RbcPerMicrolitre, WbcPerMicrolitre};

macro_rules! counts {
    ($($(#[$doc:meta])* $name:ident;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        #[serde(transparent)]
        pub struct $name(pub u64);

        impl $name {
            /// The number.
            pub fn get(self) -> u64 {
                self.0
            }
        }

        // Saturating, so that no input can wrap round to a small count.
        impl std::ops::AddAssign for $name {
            fn add_assign(&mut self, other: Self) {
                self.0 = self.0.saturating_add(other.0);
            }
        }
    )+};
}

counts! {
    /// Asexual parasites on a thick film (P): rings, trophozoites, schizonts; never gametocytes (INV-3).
    Asexual;
    /// Gametocytes (G), or red cells that hold one on a thin film; they enter no density (INV-3, THK-8, THN-4).
    Gametocytes;
    /// White blood cells counted (W).
    WhiteCells;
    /// Red cells with asexual parasites (I); a cell with several is one (THN-3).
    InfectedCells;
    /// Red cells counted (R), infected and gametocyte cells included.
    RedCells;
}

/// Where a blood count came from (THK-6, THN-2).
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema, strum::IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Basis {
    /// Assumed by the profile.
    Default,
    /// Measured in the same blood.
    Measured,
}

impl Basis {
    /// Stable code.
    pub fn code(self) -> &'static str {
        self.into()
    }
}

macro_rules! blood_count {
    ($(#[$doc:meta])* $name:ident, $unit:ident, $default:expr, $key:literal, $cells:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq)]
        pub struct $name {
            per_ul: f64,
            basis: Basis,
        }

        impl $name {
            /// The count assumed by `profile`, whose values were checked when it was read.
            pub fn assumed(profile: &Profile) -> Self {
                let value: fn(&Profile) -> u32 = $default;
                Self { per_ul: f64::from(value(profile)), basis: Basis::Default }
            }

            /// The patient's own count.
            pub fn measured(per_ul: $unit) -> Self {
                Self { per_ul: per_ul.get(), basis: Basis::Measured }
            }

            /// The patient's own count, from a number of cells per µL.
            ///
            /// # Errors
            /// [`ErrorKind::Usage`] outside the range of living patients.
            pub fn measured_from(per_ul: f64) -> Result<Self> {
                let (low, high) = $unit::RANGE;
                $unit::new(per_ul).map(Self::measured).ok_or_else(|| {
                    Error::new(
                        ErrorKind::Usage,
                        format!(concat!("{} ", $cells, " per µL cannot be; give {} to {}"), per_ul, low, high),
                    )
                    .with_key($key)
                    .with_arg("value", per_ul)
                    .with_arg("low", low)
                    .with_arg("high", high)
                })
            }

            /// The measured count where there is one, else the profile's.
            pub fn measured_or_assumed(measured: Option<$unit>, profile: &Profile) -> Self {
                measured.map_or_else(|| Self::assumed(profile), Self::measured)
            }

            /// Cells per µL.
            pub fn per_ul(self) -> f64 {
                self.per_ul
            }

            /// Where it came from.
            pub fn basis(self) -> Basis {
                self.basis
            }
        }
    };
}

blood_count!(
    /// White cells per µL used for a thick-film density (C, THK-6), with its basis.
    WbcUsed, WbcPerMicrolitre, |p| p.values().thick.wbc_per_ul_default, "error-wbc-per-ul", "white cells"
);
blood_count!(
    /// Red cells per µL used for a thin-film density (B, THN-2), with its basis.
    RbcUsed, RbcPerMicrolitre, |p| p.values().thin.rbc_per_ul_default, "error-rbc-per-ul", "red cells"
);
