//! What is still to be counted.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How much more each count needs before it is complete; `None` where nothing of that kind is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Need {
    /// More valid thick-film fields.
    pub fields: Option<u64>,
    /// More white cells.
    pub wbc: Option<u64>,
    /// More red cells.
    pub rbc: Option<u64>,
}

impl Need {
    /// Nothing more.
    pub const NONE: Self = Self { fields: None, wbc: None, rbc: None };

    pub(super) fn fields(fields: u64) -> Self {
        Self { fields: Some(fields), ..Self::NONE }
    }

    pub(super) fn wbc(wbc: u64) -> Self {
        Self { wbc: Some(wbc), ..Self::NONE }
    }

    pub(super) fn rbc(rbc: u64) -> Self {
        Self { rbc: Some(rbc), ..Self::NONE }
    }

    /// Whether something is still to be counted.
    pub fn is_some(&self) -> bool {
        [self.fields, self.wbc, self.rbc].into_iter().flatten().any(|n| n > 0)
    }
}
