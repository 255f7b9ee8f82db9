//! Which preparation a photograph shows.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How the blood was spread on the slide.
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
pub enum Film {
    /// Thick film (goutte épaisse): red cells are lysed; parasites are counted against white cells.
    Thick,
    /// Thin film (frottis mince): one layer of whole red cells; infected cells are counted against all.
    Thin,
}

impl Film {
    /// Stable code, `thick` or `thin`.
    pub fn code(self) -> &'static str {
        self.into()
    }
}
