//! What a trainee can say that a thing is.

use serde::{Deserialize, Serialize};

use crate::terms::{CellClass, Stage};

/// What a thing on a film is, by the keys of the page.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    strum::IntoStaticStr,
    strum::VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum What {
    /// Ring form.
    Ring,
    /// Late trophozoite.
    Trophozoite,
    /// Schizont.
    Schizont,
    /// Gametocyte.
    Gametocyte,
    /// White cell.
    WhiteCell,
    /// Platelet.
    Platelet,
    /// Nothing that is counted: dirt, stain.
    Nothing,
}

impl What {
    /// All, in the order of their keys.
    pub const ALL: &'static [Self] = <Self as strum::VariantArray>::VARIANTS;

    /// Those that are counted in a field, in the order of [`FieldAnswer::counts`](super::FieldAnswer::counts).
    pub const TALLIED: [Self; 5] =
        [Self::Ring, Self::Trophozoite, Self::Schizont, Self::Gametocyte, Self::WhiteCell];

    /// Stable code.
    pub fn code(self) -> &'static str {
        self.into()
    }

    /// Whether it is a parasite of any stage.
    pub fn is_parasite(self) -> bool {
        matches!(self, Self::Ring | Self::Trophozoite | Self::Schizont | Self::Gametocyte)
    }

    /// Of a thing that was drawn or read; `None` for a red cell, and for a parasite whose stage nobody named.
    pub fn of(class: CellClass, stage: Option<Stage>) -> Option<Self> {
        match (class, stage) {
            (CellClass::Gametocyte, _) | (CellClass::AsexualParasite, Some(Stage::Gametocyte)) => {
                Some(Self::Gametocyte)
            }
            (CellClass::AsexualParasite, Some(Stage::Ring)) => Some(Self::Ring),
            (CellClass::AsexualParasite, Some(Stage::Trophozoite)) => Some(Self::Trophozoite),
            (CellClass::AsexualParasite, Some(Stage::Schizont)) => Some(Self::Schizont),
            (CellClass::WhiteCell, _) => Some(Self::WhiteCell),
            (CellClass::Platelet, _) => Some(Self::Platelet),
            (CellClass::AsexualParasite, None) | (CellClass::RedCell, _) => None,
        }
    }
}
