//! Which parasite a result is of.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Species of *Plasmodium* that infect people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
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
    pub const ALL: [Self; 5] = [Self::Falciparum, Self::Vivax, Self::Malariae, Self::Ovale, Self::Knowlesi];

    /// Stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Falciparum => "falciparum",
            Self::Vivax => "vivax",
            Self::Malariae => "malariae",
            Self::Ovale => "ovale",
            Self::Knowlesi => "knowlesi",
        }
    }
}
