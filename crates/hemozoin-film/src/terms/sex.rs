//! Sex as registers and surveillance tables divide by it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A patient's sex.
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
pub enum Sex {
    /// Female.
    Female,
    /// Male.
    Male,
}

impl Sex {
    /// `female` or `male`.
    pub fn code(self) -> &'static str {
        self.into()
    }

    /// From `F`, `female`, `femme`, `M`, `male`, `homme` (or `H`), in any case.
    pub fn from_text(text: &str) -> Option<Self> {
        match text.trim().to_lowercase().as_str() {
            "f" | "female" | "femme" | "féminin" | "feminin" => Some(Self::Female),
            "m" | "h" | "male" | "mâle" | "homme" | "masculin" => Some(Self::Male),
            _ => None,
        }
    }
}
