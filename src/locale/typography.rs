//! French spacing. The message files are typed with plain spaces and straight apostrophes, as on a keyboard; here
//! they get the spaces that may not break a line and the apostrophe of print (Imprimerie nationale).
//!
//! Values put into a message later (file names, numbers) are not touched.

/// No-break space, before a colon and inside guillemets.
const SPACE: char = '\u{a0}';
/// Narrow no-break space, before `;`, `!`, `?` and `%`.
const NARROW_SPACE: char = '\u{202f}';
/// Apostrophe of print.
const APOSTROPHE: char = '\u{2019}';

/// The text of a French message file with the spaces and apostrophes of print.
pub(super) fn french(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let at = |i: usize| letters.get(i).copied();
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    for (i, &letter) in letters.iter().enumerate() {
        let before = i.checked_sub(1).and_then(at);
        out.push(match (letter, at(i + 1)) {
            (' ', Some(':' | '»')) if before != Some('\n') => SPACE,
            (' ', Some(';' | '!' | '?' | '%')) => NARROW_SPACE,
            (' ', _) if before == Some('«') => SPACE,
            ('\'', Some(next)) if before.is_some_and(char::is_alphabetic) && next.is_alphabetic() => {
                APOSTROPHE
            }
            // An apostrophe may also stand before a value.
            ('\'', Some('{')) if before.is_some_and(char::is_alphabetic) => APOSTROPHE,
            _ => letter,
        });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_that_may_not_break() {
        assert_eq!(french("a : b ; c 95 % d ?"), "a\u{a0}: b\u{202f}; c 95\u{202f}% d\u{202f}?");
        assert_eq!(french("« l'examen »"), "«\u{a0}l\u{2019}examen\u{a0}»");
        assert_eq!(french("film = \"thick\" 'x' d'{ $n }"), "film = \"thick\" 'x' d\u{2019}{ $n }");
    }
}
