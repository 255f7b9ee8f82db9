//! Names that are the same to a person and not to a program.

use unicode_normalization::UnicodeNormalization;

/// The name in the one form that composed and decomposed accents have in common (NFC), without blanks around it.
pub fn one_form(name: &str) -> String {
    name.trim().nfc().collect()
}

/// What an eye sees of a name: dashes, blanks, and Greek and Cyrillic letters that look like Latin ones are one;
/// what is invisible is left out. Two names with one such form look alike.
pub fn look_alike(name: &str) -> String {
    let mut seen = String::with_capacity(name.len());
    for c in name.trim().nfkc().filter(|c| !is_invisible(*c)) {
        let c = as_latin(c);
        // Any number of blanks looks like one.
        if c != ' ' || !seen.ends_with(' ') {
            seen.push(c);
        }
    }
    seen
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}') || c.is_control()
}

fn as_latin(c: char) -> char {
    // Pairs of a letter or sign and the one that it looks like.
    const LOOKS: [(&str, char); 22] = [
        ("АΑ", 'A'),
        ("ВΒ", 'B'),
        ("СϹ", 'C'),
        ("ЕΕ", 'E'),
        ("НΗ", 'H'),
        ("ІΙ", 'I'),
        ("Ј", 'J'),
        ("КΚ", 'K'),
        ("МΜ", 'M'),
        ("Ν", 'N'),
        ("ОΟ", 'O'),
        ("РΡ", 'P'),
        ("Ѕ", 'S'),
        ("ТΤ", 'T'),
        ("ХΧ", 'X'),
        ("УΥ", 'Y'),
        ("Ζ", 'Z'),
        ("аα", 'a'),
        ("е", 'e'),
        ("оο", 'o'),
        ("рρ", 'p'),
        ("с", 'c'),
    ];
    match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        '\u{2018}' | '\u{2019}' => '\'',
        c if c.is_whitespace() => ' ',
        c => LOOKS.iter().find(|(letters, _)| letters.contains(c)).map_or(c, |(_, latin)| *latin),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_have_one_form() {
        assert_eq!(one_form(" Ai\u{308}ssa "), "Aïssa");
        assert_eq!(one_form("Aïssa"), one_form("Ai\u{308}ssa"));
    }

    #[test]
    fn what_looks_alike_is_found_and_nothing_else() {
        for other in ["N\u{2011}1", "\u{39d}-1", "N-1\u{200b}", "N\u{2013}1", " N-1", "\u{ff2e}-1"] {
            assert_eq!(look_alike(other), look_alike("N-1"), "{other}");
        }
        assert_eq!(look_alike("a\u{a0} b"), look_alike("a b"));
        for other in ["N-2", "n-1", "N1", "N-l", "N 1"] {
            assert_ne!(look_alike(other), look_alike("N-1"), "{other}");
        }
    }
}
