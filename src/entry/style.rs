//! What the place of an entry settles about it.

use serde::{Deserialize, Serialize};

/// The sign before the decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DecimalSign {
    /// `6.2`, as in English.
    Point,
    /// `6,2`, as in French.
    Comma,
}

/// How numbers and dates are written around an entry: what the other cells of its table show, or what the reader asked
/// for. `None`: nothing says so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Style {
    /// The decimal sign.
    pub decimal: Option<DecimalSign>,
    /// Whether the day comes before the month.
    pub day_first: Option<bool>,
}

impl Style {
    /// As French is written.
    pub const FRENCH: Self = Self { decimal: Some(DecimalSign::Comma), day_first: Some(true) };

    /// As English is written; whether the day comes first differs between its countries.
    pub const ENGLISH: Self = Self { decimal: Some(DecimalSign::Point), day_first: None };

    /// This style, with what it leaves open settled by another.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self { decimal: self.decimal.or(other.decimal), day_first: self.day_first.or(other.day_first) }
    }
}
