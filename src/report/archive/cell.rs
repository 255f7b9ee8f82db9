//! One value of a table, whatever file it goes into.

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Whole,
    Real,
    Flag,
}

/// A value; `None` inside is an empty cell.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell {
    Text(Option<String>),
    Whole(Option<u64>),
    Real(Option<f64>),
    Flag(Option<bool>),
}

impl Cell {
    pub(super) fn text(value: impl Into<String>) -> Self {
        Self::Text(Some(value.into()))
    }

    pub(super) fn whole(value: impl Into<u64>) -> Self {
        Self::Whole(Some(value.into()))
    }

    #[cfg(test)]
    pub(super) fn kind(&self) -> Kind {
        match self {
            Self::Text(_) => Kind::Text,
            Self::Whole(_) => Kind::Whole,
            Self::Real(_) => Kind::Real,
            Self::Flag(_) => Kind::Flag,
        }
    }
}

/// A column: its name and what it holds.
pub(super) type Column = (String, Kind);
