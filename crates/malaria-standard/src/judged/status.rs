//! How far the suspects of a film have been judged.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How far a reader has judged what was marked (section 9.1).
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
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
pub enum ReadingStatus {
    /// Nobody has looked: a machine count (MCH-1).
    #[default]
    Machine,
    /// Some suspects were judged (MCH-5).
    PartlyRead,
    /// A random sample of the suspects was judged (MCH-6).
    ReadBySample,
    /// Every suspect was judged, or a person counted (MCH-4).
    Read,
}

impl ReadingStatus {
    /// Every status, from none judged to all.
    pub const ALL: &'static [Self] = <Self as strum::VariantArray>::VARIANTS;

    /// Stable code.
    pub fn code(self) -> &'static str {
        self.into()
    }

    /// Whether the count is a reader's, so that presence, density and percentage may be stated (MCH-4, MCH-6) and
    /// surveillance may count it (MCH-9).
    pub fn is_read(self) -> bool {
        matches!(self, Self::Read | Self::ReadBySample)
    }
}

/// Suspects of a film's valid fields, and what became of them (section 9.1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Suspects {
    /// Marked as asexual parasites (thick film), or red cells marked as infected (thin film).
    pub asexual: u64,
    /// Marked as gametocytes, or red cells marked as holding one.
    pub gametocytes: u64,
    /// How many of them a reader has judged.
    pub judged: u64,
    /// How many of those are parasites of any stage.
    pub confirmed: u64,
}

impl Suspects {
    /// All suspects (S of MCH-1): any parasite class, gametocytes included.
    pub fn total(&self) -> u64 {
        self.asexual.saturating_add(self.gametocytes)
    }

    /// Suspects that nobody has judged yet.
    pub fn left(&self) -> u64 {
        self.total().saturating_sub(self.judged)
    }
}
