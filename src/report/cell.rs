//! One value of a table, whatever file it goes into.

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::report) enum Kind {
    Text,
    Whole,
    Real,
    Flag,
}

/// A value; `None` inside is an empty cell.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::report) enum Cell {
    Text(Option<String>),
    Whole(Option<u64>),
    Real(Option<f64>),
    Flag(Option<bool>),
}

impl Cell {
    pub(in crate::report) fn text(value: impl Into<String>) -> Self {
        Self::Text(Some(value.into()))
    }

    #[cfg(feature = "archive")]
    pub(in crate::report) fn whole(value: impl Into<u64>) -> Self {
        Self::Whole(Some(value.into()))
    }

    #[cfg(test)]
    pub(in crate::report) fn kind(&self) -> Kind {
        match self {
            Self::Text(_) => Kind::Text,
            Self::Whole(_) => Kind::Whole,
            Self::Real(_) => Kind::Real,
            Self::Flag(_) => Kind::Flag,
        }
    }
}

/// A column: its name and what it holds.
pub(in crate::report) type Column = (String, Kind);

/// A number with six digits: no count of cells gives more. Records keep all.
pub(in crate::report) fn number(value: Option<f64>) -> Cell {
    Cell::Real(value.filter(|v| v.is_finite()).and_then(|v| format!("{v:.5e}").parse().ok()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_the_digits_that_mean_something() {
        let of = |v: f64| number(Some(v));
        assert_eq!(of(16_791.666_666_666_668), Cell::Real(Some(16_791.7)));
        assert_eq!(of(0.007_741_935_483_870_968), Cell::Real(Some(0.007_741_94)));
        assert_eq!(of(1.5), Cell::Real(Some(1.5)));
        assert_eq!(of(131_147.540_983_606_57), Cell::Real(Some(131_148.0)));
        assert_eq!([of(0.0), of(f64::NAN)], [Cell::Real(Some(0.0)), Cell::Real(None)]);
    }
}
