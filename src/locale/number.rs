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

/// A text with the decimal sign of the language in its numbers, which programs write with a point.
pub(super) fn decimals(text: &str, language: Language) -> String {
    let bytes = text.as_bytes();
    let is_digit = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
    let sign = |(at, c): (usize, char)| match (c, language) {
        ('.', Language::French) if is_digit(at.checked_sub(1)) && is_digit(at.checked_add(1)) => ',',
        (c, _) => c,
    };
    text.char_indices().map(sign).collect()
}

/// `one` or `other` for a number as it is written: English counts 1 alone as one, French everything below 2.
/// `None` for text that is no number.
pub(super) fn plural(written: &str, language: Language) -> Option<&'static str> {
    let group = match language {
        Language::French => NARROW_SPACE,
        Language::English => ',',
    };
    let digits: String = written.chars().filter(|c| *c != group).collect();
    let (whole, fraction) = digits.split_once(['.', ',']).unwrap_or((&digits, "0"));
    if [whole, fraction].iter().any(|part| part.is_empty() || !part.bytes().all(|b| b.is_ascii_digit())) {
        return None;
    }
    let one = match (language, whole.trim_start_matches('0')) {
        (Language::French, "" | "1") => true,
        (Language::English, "1") => digits == "1",
        _ => false,
    };
    Some(if one { "one" } else { "other" })
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

    #[test]
    fn only_a_point_between_digits_is_a_decimal_sign() {
        assert_eq!(decimals("0.005 - 10", Language::French), "0,005 - 10");
        assert_eq!(decimals("4; 0.5; 18 m.", Language::French), "4; 0,5; 18 m.");
        assert_eq!(decimals("µ.5. x.y 1.", Language::French), "µ.5. x.y 1.");
        assert_eq!(decimals("0.005 - 10", Language::English), "0.005 - 10");
    }

    #[test]
    fn each_language_has_its_own_singular() {
        for (written, french, english) in [
            ("0", Some("one"), Some("other")),
            ("1", Some("one"), Some("one")),
            ("1.0", Some("one"), Some("other")),
            ("1.9", Some("one"), Some("other")),
            ("2", Some("other"), Some("other")),
            ("101", Some("other"), Some("other")),
            ("thick", None, None),
            ("–", None, None),
            ("", None, None),
        ] {
            assert_eq!(plural(written, Language::French), french, "{written}");
            assert_eq!(plural(written, Language::English), english, "{written}");
        }
        assert_eq!(plural("1\u{202f}000", Language::French), Some("other"));
        assert_eq!(plural("1,5", Language::French), Some("one"));
        assert_eq!(plural("1,000", Language::English), Some("other"));
    }
}
