//! Numbers as a reader writes them: `12 345,6` in French, `12,345.6` in English.

use super::Language;
use crate::standard::ReportedPercent;

/// Narrow no-break space, the French thousands separator.
const NARROW_SPACE: char = '\u{202f}';

/// A whole number with thousands apart.
pub fn integer(value: u64, language: Language) -> String {
    let digits = value.to_string();
    let separator = match language {
        Language::French => NARROW_SPACE,
        Language::English => ',',
    };
    let mut out = String::with_capacity(digits.len() * 2);
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(separator);
        }
        out.push(c);
    }
    out
}

/// A number with a fixed count of decimals. Not finite values are shown as a dash.
pub fn decimal(value: f64, decimals: usize, language: Language) -> String {
    if !value.is_finite() {
        return "\u{2013}".to_owned();
    }
    let text = format!("{:.*}", decimals, value.abs());
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let mut out = String::new();
    if value < 0.0 && text.bytes().any(|b| (b'1'..=b'9').contains(&b)) {
        out.push('\u{2212}');
    }
    out.push_str(&whole.parse::<u64>().map_or_else(|_| whole.to_owned(), |w| integer(w, language)));
    if !fraction.is_empty() {
        out.push(match language {
            Language::French => ',',
            Language::English => '.',
        });
        out.push_str(fraction);
    }
    out
}

/// A percentage of red cells with the decimals that the standard gives it; no sign is added.
pub fn percent(shown: ReportedPercent, language: Language) -> String {
    decimal(shown.value, usize::from(shown.decimals), language)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages() {
        assert_eq!(integer(13725, Language::English), "13,725");
        assert_eq!(integer(13725, Language::French), "13\u{202f}725");
        assert_eq!(integer(999, Language::French), "999");
        assert_eq!(decimal(1234.5, 1, Language::French), "1\u{202f}234,5");
        assert_eq!(decimal(-0.04, 1, Language::English), "0.0");
        assert_eq!(percent(ReportedPercent::of(0.02), Language::English), "0.020");
        assert_eq!(percent(ReportedPercent::of(14.893), Language::French), "14,89");
        assert_eq!(percent(ReportedPercent::of(0.003_456_7), Language::English), "0.0035");
    }
}
