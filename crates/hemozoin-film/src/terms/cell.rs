//! What is found on a film.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a detection is.
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
    strum::VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum CellClass {
    /// Asexual parasite (ring, trophozoite or schizont): the stages that enter a density.
    AsexualParasite,
    /// Gametocyte: sexual stage, counted apart and never in a density (INV-3).
    Gametocyte,
    /// White blood cell (leucocyte), the denominator of a thick film.
    WhiteCell,
    /// Red blood cell (erythrocyte, hématie), the denominator of a thin film.
    RedCell,
    /// Platelet: counted for nothing, named so that it is not taken for a ring.
    Platelet,
}

impl CellClass {
    /// All classes, in the order in which detections are sorted.
    pub const ALL: &'static [Self] = <Self as strum::VariantArray>::VARIANTS;

    /// Stable code, as in the record and in bundles.
    pub fn code(self) -> &'static str {
        self.into()
    }

    /// True for both kinds of parasite.
    pub fn is_parasite(self) -> bool {
        matches!(self, Self::AsexualParasite | Self::Gametocyte)
    }
}

/// Stage of a parasite in the blood.
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
pub enum Stage {
    /// Ring (anneau): young trophozoite.
    Ring,
    /// Late trophozoite.
    Trophozoite,
    /// Schizont, with merozoites.
    Schizont,
    /// Gametocyte.
    Gametocyte,
}

impl Stage {
    /// Stable code.
    pub fn code(self) -> &'static str {
        self.into()
    }
}
