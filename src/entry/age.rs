//! Ages as registers write them.

use super::misread::Misread;
use super::number::real_within;
use super::style::Style;

/// Most years of a patient.
const OLDEST: f64 = 130.0;

/// Age in years from `4`, `4,5`, `18m`, `18 mois`, `18 months`; 0 to 130.
///
/// # Errors
/// [`Misread`] where it is none, or one of two that `style` does not settle.
pub fn age_years(text: &str, style: Style) -> Result<f64, Misread> {
    let text = text.trim().to_lowercase();
    let digits = text.trim_end_matches(|c: char| c.is_alphabetic() || c.is_whitespace() || c == '.');
    let unit = text.get(digits.len()..).unwrap_or_default().trim().trim_end_matches('.');
    let per_year = match unit {
        "" | "y" | "a" | "an" | "ans" | "year" | "years" => 1.0,
        "m" | "mo" | "mois" | "month" | "months" => 12.0,
        _ => return Err(Misread::Nothing),
    };
    let years = real_within(digits, style, (0.0, OLDEST * per_year))? / per_year;
    if (0.0..=OLDEST).contains(&years) { Ok(years) } else { Err(Misread::Nothing) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_as_registers_write_them() {
        for (text, years) in
            [("4", 4.0), ("4,5 ans", 4.5), ("4.5", 4.5), ("18 mois", 1.5), ("6m", 0.5), ("30 a.", 30.0)]
        {
            assert_eq!(age_years(text, Style::default()), Ok(years), "{text}");
        }
        for text in ["", "-1", "200", "four", "3 weeks", "mois"] {
            assert_eq!(age_years(text, Style::default()), Err(Misread::Nothing), "{text}");
        }
        // Nobody is 4500 years old; 1250 months may be meant.
        assert_eq!(age_years("4.500", Style::default()), Ok(4.5));
        assert_eq!(age_years("4,500", Style::default()), Ok(4.5));
        assert!(matches!(age_years("1.250 mois", Style::default()), Err(Misread::TwoNumbers { .. })));
    }
}
