//! Text that comes from outside: names that must stay one line, and tables whose cells are parted somehow.

use std::collections::BTreeSet;

pub use malaria_standard::{is_one_line, one_line};

/// The start of a text, of at most `most` bytes and never half a character.
pub fn cut_to_bytes(text: &str, most: usize) -> &str {
    text.get(..text.floor_char_boundary(most)).unwrap_or(text)
}

/// A part of a path that stays in its folder and can be carried to any system, whatever the name holds; `_` where nothing
/// of it is left.
pub fn plain_name(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|c| if c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ' ') { c } else { '_' })
        .collect();
    // Windows takes away what stands at the end.
    let plain = plain.trim_end_matches(['.', ' ']);
    let led =
        if plain.trim_start_matches(['.', ' ']).is_empty() || is_name_of_a_device(plain) { "_" } else { "" };
    format!("{led}{plain}")
}

/// A name that is one file or folder and nothing else, as it is given from outside; `None` for another.
pub fn file_name(name: &str) -> Option<&str> {
    let odd = |c: char| matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|');
    let whole = is_one_line(name);
    // What is looked at is what is given back: a space before it hides no dot.
    let name = name.trim();
    let sound = whole && !name.contains(odd) && !name.starts_with('.') && !name.is_empty();
    let kept = !name.ends_with('.') && !is_name_of_a_device(name);
    (sound && kept && name.len() <= 200).then_some(name)
}

/// True for a name that Windows keeps for a device, with whatever ending: such a file cannot be carried there.
pub fn is_name_of_a_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_ascii_uppercase();
    matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$")
        || (stem.chars().count() == 4
            && (stem.starts_with("COM") || stem.starts_with("LPT"))
            && stem.ends_with(|c: char| c.is_ascii_digit() || matches!(c, '¹' | '²' | '³')))
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
    fn no_character_is_cut_in_half() {
        assert_eq!(cut_to_bytes("épais", 1), "");
        assert_eq!(cut_to_bytes("épais", 3), "ép");
        assert_eq!(cut_to_bytes("épais", 99), "épais");
    }

    #[test]
    fn a_name_of_a_file_leads_nowhere_and_hides_nothing() {
        for wrong in [
            "", " ", ".", "..", " ..", "\u{a0}..", " .1.jpg", ". ", "a/b", "a\\b", "C:x", "a\nb", "a\n",
            "nul.jpg", "a.",
        ] {
            assert_eq!(file_name(wrong), None, "{wrong:?}");
        }
        assert_eq!(file_name(" N° 17 é.jpg "), Some("N° 17 é.jpg"));
        assert_eq!(file_name(&format!(" {} ", "a".repeat(200))).map(str::len), Some(200));
        assert_eq!(file_name(&"a".repeat(201)), None);
    }

    #[test]
    fn a_plain_name_can_be_carried_anywhere() {
        for (name, wanted) in [
            ("N/17", "N_17"),
            ("..", "_"),
            (" . ", "_"),
            ("", "_"),
            ("a. ", "a"),
            (".a", ".a"),
            ("con", "_con"),
            ("Aux.json", "_Aux.json"),
        ] {
            assert_eq!(plain_name(name), wanted, "{name:?}");
        }
    }

    #[test]
    fn names_of_devices_are_known_with_any_ending() {
        for name in ["CON", "con", "nul.json", "Aux.tar.gz", "COM1", "lpt9.txt", "COM¹", "con .txt"] {
            assert!(is_name_of_a_device(name), "{name}");
        }
        for name in ["", "CONS", "COMB", "COM", "LPT10", "N-17", "a.con", "comé"] {
            assert!(!is_name_of_a_device(name), "{name}");
        }
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
