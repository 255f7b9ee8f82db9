//! What is judged: the rows of an evaluation.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::terms::{Film, LabelKind};

/// One row of an evaluation.
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
    JsonSchema,
    strum::IntoStaticStr,
    strum::VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Subject {
    /// Parasites of any kind: asexual and gametocytes together.
    Parasite,
    /// Asexual parasites; judged only where every labelled parasite has its stage.
    AsexualParasite,
    /// Gametocytes; judged only where every labelled parasite has its stage.
    Gametocyte,
    /// Red cells with any parasite (thin films); a parasite whose cell was not found stands for one.
    InfectedRedCell,
    /// Red cells, infected or not.
    RedCell,
    /// White cells.
    WhiteCell,
    /// Platelets.
    Platelet,
}

impl Subject {
    /// All rows in the order of a table.
    pub const ALL: &'static [Self] = <Self as strum::VariantArray>::VARIANTS;

    /// Stable code, as in the result and in the catalogue's keys.
    pub fn code(self) -> &'static str {
        self.into()
    }

    /// True where a film can show it.
    pub(super) fn is_on(self, film: Film) -> bool {
        match self {
            Self::Parasite | Self::AsexualParasite | Self::Gametocyte | Self::WhiteCell => true,
            Self::InfectedRedCell | Self::RedCell | Self::Platelet => film == Film::Thin,
        }
    }

    /// The label whose completeness decides whether an unlabelled detection is a false one.
    pub(super) fn complete_by(self) -> LabelKind {
        match self {
            Self::Parasite | Self::AsexualParasite | Self::Gametocyte => LabelKind::Parasite,
            Self::InfectedRedCell => LabelKind::InfectedRedCell,
            Self::RedCell => LabelKind::RedCell,
            Self::WhiteCell => LabelKind::WhiteCell,
            Self::Platelet => LabelKind::Platelet,
        }
    }
}
