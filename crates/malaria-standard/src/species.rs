//! Which parasite a result is of.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Species of *Plasmodium* that infect people.
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
pub enum Species {
    /// *P. falciparum*.
    Falciparum,
    /// *P. vivax*.
    Vivax,
    /// *P. malariae*.
    Malariae,
    /// *P. ovale*.
    Ovale,
    /// *P. knowlesi*.
    Knowlesi,
}

impl Species {
    /// All species.
    pub const ALL: &'static [Self] = <Self as strum::VariantArray>::VARIANTS;

    /// Stable code.
    pub fn code(self) -> &'static str {
        self.into()
    }
}
