//! Text that comes from outside and must stay one line.

use std::borrow::Cow;

/// Whether a name can be printed as it is: no line break, no control character, nothing that turns the direction of
/// writing. Else it could look like a line of a result, or change what a terminal shows.
pub fn is_one_line(text: &str) -> bool {
    !text.contains(is_odd)
}

/// The same text with what [`is_one_line`] does not take written out, such as `\n` or `\u{1b}`.
pub fn one_line(text: &str) -> Cow<'_, str> {
    if is_one_line(text) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if is_odd(c) {
            shown.extend(c.escape_default());
        } else {
            shown.push(c);
        }
    }
    Cow::Owned(shown)
}

/// Line and paragraph separators, and marks that turn the direction of writing, hide or forge text as control
/// characters do (Unicode TR 36).
fn is_odd(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_forge_a_line_is_written_out() {
        for (text, shown) in [
            ("N-1\nP. falciparum: none", "N-1\\nP. falciparum: none"),
            ("\u{1b}[2Jx", "\\u{1b}[2Jx"),
            ("a\u{202e}gpj.exe", "a\\u{202e}gpj.exe"),
            ("b\u{85}", "b\\u{85}"),
        ] {
            assert!(!is_one_line(text));
            assert_eq!(one_line(text), shown);
        }
        for plain in ["Aïssa M.", "n° 17\u{a0}b", "C:\\lames\\1.jpg", "1\u{202f}000"] {
            assert_eq!(one_line(plain), plain);
        }
    }
}
