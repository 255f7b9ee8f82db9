//! Yes and no.

use super::headings::plain;

/// `oui`, `yes`, `vrai`, `true`, `x`, `1`, `+`, `positif` ...; `non`, `no`, `faux`, `false`, `0`, `-`, `négatif` ...;
/// `None` for anything else.
pub fn yes_or_no(text: &str) -> Option<bool> {
    match text.trim() {
        "+" => return Some(true),
        "-" | "\u{2212}" | "\u{2013}" => return Some(false),
        _ => {}
    }
    match plain(text).as_str() {
        "oui" | "o" | "yes" | "y" | "vrai" | "true" | "x" | "1" | "pos" | "positif" | "positive" => {
            Some(true)
        }
        "non" | "n" | "no" | "faux" | "false" | "0" | "neg" | "negatif" | "negative" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_in_both_languages() {
        for text in ["oui", "OUI", "o", "yes", "Y", "vrai", "VRAI", "true", "x", "X", "1", "+", "Positif"] {
            assert_eq!(yes_or_no(text), Some(true), "{text}");
        }
        for text in ["non", "n", "No", "faux", "FAUX", "false", "0", "-", "négatif", "NE\u{301}GATIF"] {
            assert_eq!(yes_or_no(text), Some(false), "{text}");
        }
        for text in ["", "2", "peut-être", "?", "01"] {
            assert_eq!(yes_or_no(text), None, "{text}");
        }
    }
}
