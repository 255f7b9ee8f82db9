//! Text that comes from outside: names that must stay one line, and tables whose cells are parted somehow.

use std::borrow::Cow;
use std::collections::BTreeSet;

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

/// The start of a text, of at most `most` bytes and never half a character.
pub fn cut_to_bytes(text: &str, most: usize) -> &str {
    text.get(..text.floor_char_boundary(most)).unwrap_or(text)
}

/// What parts the cells of a CSV table with this heading: a comma, a semicolon as French spreadsheets write it, or a
/// tab, whichever stands there most often.
pub fn delimiter(heading: &[u8]) -> u8 {
    let count = |wanted: u8| heading.iter().filter(|byte| **byte == wanted).count();
    // Of two that stand there as often, the one named first.
    let mut best = b',';
    for other in [b';', b'\t'] {
        if count(other) > count(best) {
            best = other;
        }
    }
    best
}

/// The first name that an earlier column has too; columns without a name do not count.
pub fn column_twice<S: AsRef<str>>(names: &[S]) -> Option<&str> {
    let mut seen = BTreeSet::new();
    names.iter().map(AsRef::as_ref).find(|name| !name.is_empty() && !seen.insert(*name))
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

    #[test]
    fn no_character_is_cut_in_half() {
        assert_eq!(cut_to_bytes("épais", 1), "");
        assert_eq!(cut_to_bytes("épais", 3), "ép");
        assert_eq!(cut_to_bytes("épais", 99), "épais");
    }

    #[test]
    fn the_heading_says_what_parts_the_cells() {
        for (heading, wanted) in
            [("a,b", b','), ("a;b,c;d", b';'), ("a\tb", b'\t'), ("a", b','), ("a;b,c", b',')]
        {
            assert_eq!(delimiter(heading.as_bytes()), wanted, "{heading}");
        }
    }

    #[test]
    fn a_column_twice_is_found_and_nameless_ones_are_none() {
        assert_eq!(column_twice(&["a", "", "b", "", "a"]), Some("a"));
        assert_eq!(column_twice(&["a", "A", ""]), None);
    }
}
