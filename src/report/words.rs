//! The catalogue with numbers written as its readers write them.

use crate::locale::{Catalogue, Language, decimal, integer, moment};

/// The messages in one language, and its numbers.
#[derive(Clone, Copy)]
pub(super) struct Words<'a> {
    catalogue: &'a Catalogue,
}

impl<'a> Words<'a> {
    pub(super) fn new(catalogue: &'a Catalogue) -> Self {
        Self { catalogue }
    }

    pub(super) fn language(self) -> Language {
        self.catalogue.language()
    }

    pub(super) fn has(self, key: &str) -> bool {
        self.catalogue.has(key)
    }

    pub(super) fn say(self, key: &str) -> String {
        self.catalogue.say(key)
    }

    pub(super) fn with(self, key: &str, values: &[(&str, String)]) -> String {
        self.catalogue.say_with(key, values)
    }

    pub(super) fn integer(self, value: u64) -> String {
        integer(value, self.language())
    }

    pub(super) fn decimal(self, value: f64, decimals: usize) -> String {
        decimal(value, decimals, self.language())
    }

    pub(super) fn moment(self, stored: &str) -> String {
        moment(stored, self.language())
    }

    /// Whole from 100 up, else with three significant digits, at most six decimals: volumes and limits.
    pub(super) fn short(self, value: f64) -> String {
        let whole_digits = value.log10().floor() + 1.0;
        // NaN and the infinity of zero become 0.
        let decimals = if whole_digits.is_finite() { (3.0 - whole_digits).clamp(0.0, 6.0) } else { 0.0 };
        self.decimal(value, decimals as usize)
    }

    /// The first characters of a digest, enough to compare by eye.
    pub(super) fn digest(self, digest: &str) -> String {
        digest.chars().take(12).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_they_are_read() {
        let catalogue = Catalogue::new(Language::French);
        let words = Words::new(&catalogue);
        assert_eq!(words.short(0.025_49), "0,0255");
        assert_eq!(words.short(14.98), "15,0");
        assert_eq!(words.short(3687.2), "3\u{202f}687");
        assert_eq!(words.short(0.0), "0");
    }
}
