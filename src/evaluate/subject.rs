//! What is judged: the rows of an evaluation.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::terms::{Film, LabelKind};

/// One row of an evaluation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
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
    pub const ALL: [Self; 7] = [
        Self::Parasite,
        Self::AsexualParasite,
        Self::Gametocyte,
        Self::InfectedRedCell,
        Self::RedCell,
        Self::WhiteCell,
        Self::Platelet,
    ];

    /// Stable code, as in the result and in the catalogue's keys.
    pub fn code(self) -> &'static str {
        match self {
            Self::Parasite => "parasite",
            Self::AsexualParasite => "asexual_parasite",
            Self::Gametocyte => "gametocyte",
            Self::InfectedRedCell => "infected_red_cell",
            Self::RedCell => "red_cell",
            Self::WhiteCell => "white_cell",
            Self::Platelet => "platelet",
        }
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
