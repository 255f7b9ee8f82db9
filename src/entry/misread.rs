//! Why something that a person entered is not taken.

use crate::{Error, ErrorKind};

/// An entry that has no meaning, or two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Misread {
    /// It is nothing of the kind that was asked for.
    Nothing,
    /// A number that is 6200 in one country and 6.2 in another.
    TwoNumbers {
        /// The number where the sign parts thousands, `6200`.
        thousands: String,
        /// The whole part where the sign is the decimal sign, `6`.
        whole: String,
        /// What stands behind the decimal sign then, in no more than the digits that count and never three, `2`.
        part: String,
    },
    /// A date that is in April in one country and in March in another.
    TwoDays {
        /// With the day first, as `2026-04-03`.
        day_first: String,
        /// With the month first, as `2026-03-04`.
        month_first: String,
    },
}

impl Misread {
    /// The one reading of two that is possible; where none is, one of them, which lies outside all the same.
    ///
    /// # Errors
    /// This, where both are possible, or it is no number.
    pub(super) fn settled(self, possible: impl Fn(f64) -> bool) -> Result<f64, Self> {
        let Self::TwoNumbers { thousands, whole, part } = &self else { return Err(self) };
        let read = |text: &str| text.parse::<f64>().map_err(|_| Self::Nothing);
        let (thousands, parted) = (read(thousands)?, read(&format!("{whole}.{part}"))?);
        match (possible(thousands), possible(parted)) {
            (true, true) => Err(self),
            (true, false) => Ok(thousands),
            (false, _) => Ok(parted),
        }
    }

    /// The refusal of `value`; `nothing` is the refusal of what is nothing of the kind.
    pub fn refuse(self, value: &str, nothing: impl FnOnce() -> Error) -> Error {
        match self {
            Self::Nothing => nothing(),
            Self::TwoNumbers { thousands, whole, part } => Error::new(
                ErrorKind::Usage,
                format!(
                    "\"{value}\" is {thousands} in one country and {whole}.{part} in another; write {thousands} or \
                     {whole}.{part}"
                ),
            )
            .with_key("error-two-numbers")
            .with_arg("value", value)
            .with_arg("thousands", thousands)
            .with_arg("whole", whole)
            .with_arg("part", part),
            Self::TwoDays { day_first, month_first } => Error::new(
                ErrorKind::Usage,
                format!(
                    "\"{value}\" is {day_first} in one country and {month_first} in another; write {day_first} or \
                     {month_first}"
                ),
            )
            .with_key("error-two-days")
            .with_arg("value", value)
            .with_arg("day_first", day_first)
            .with_arg("month_first", month_first),
        }
    }
}
