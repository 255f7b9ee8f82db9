//! The words that a profile may choose among.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Whose severity limit is shown (section 11.2).
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
    strum::IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Authority {
    /// WHO Guidelines for malaria: above 10 % (SEV-1).
    Who,
    /// US CDC: 5 % and above (US-1).
    Cdc,
    /// United Kingdom: above 10 %; above 2 % parenteral treatment is considered (UK-1).
    Uk,
    /// France: above 4 % (FR-6).
    France,
    /// A limit written into a laboratory's own profile.
    Own,
}

impl Authority {
    /// The authorities whose limits are known.
    pub const KNOWN: [Self; 4] = [Self::Who, Self::Cdc, Self::Uk, Self::France];

    /// Stable code.
    pub fn code(self) -> &'static str {
        self.into()
    }
}

/// When two readings need a third (section 10.2).
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema, strum::IntoStaticStr,
)]
pub enum ReaderRule {
    /// Difference above the profile's limit, 50 % (WHO-TES, D-high).
    #[serde(rename = "who-tes-2009")]
    #[strum(serialize = "who-tes-2009")]
    WhoTes2009,
    /// Difference above 25 % (later protocols, D-med).
    #[serde(rename = "research-25")]
    #[strum(serialize = "research-25")]
    Research25,
    /// Difference above k·√mean where a reading is above 200/µL (Dhorda 2020, A; k is a fit, C).
    #[serde(rename = "tdr-obare")]
    #[strum(serialize = "tdr-obare")]
    TdrObare,
}

impl ReaderRule {
    /// Stable code, as in a profile.
    pub fn code(self) -> &'static str {
        self.into()
    }
}

/// What the difference of two readings is divided by (section 10.2; the mean is a C decision).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Denominator {
    /// Mean of the two readings.
    Mean,
    /// The lower reading.
    Lower,
    /// The higher reading.
    Higher,
}

/// How a red cell with several parasites counts (THN-3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MultiplyInfected {
    /// As one infected cell.
    Once,
}

/// Interval for a thick-film density.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema, strum::IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum ThickMethod {
    /// Exact interval of the ratio P/W by Clopper–Pearson of P in P + W (STA-1).
    CpRatio,
    /// Exact Poisson interval of P with W taken as fixed (STA-2, Garwood 1936).
    GarwoodFixedW,
    /// Normal interval of ln D (STA-2).
    LogNormal,
    /// Percentile bootstrap over counted fields (STA-7); needs fields, else the exact interval is used.
    FieldBootstrap,
}

impl ThickMethod {
    /// Stable code, as in a profile.
    pub fn code(self) -> &'static str {
        self.into()
    }
}

/// Interval for a thin-film percentage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ThinMethod {
    /// Clopper–Pearson of I in R (STA-3).
    ClopperPearson,
}

/// Rounding of a density (THK-10).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Rounding {
    /// To the nearest whole number, halves upwards, and at least 1 where a parasite was seen.
    HalfUp,
}
