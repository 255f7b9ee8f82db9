//! Paths inside commands that a person may copy from what is printed.

use std::path::Path;

use hemozoin::system::QUOTES_ARE_DOUBLE;

/// A path as one word of a command line.
pub(crate) fn quoted(path: &Path) -> String {
    let text = path.display().to_string();
    // Else it would be taken for an option.
    let text = if text.starts_with('-') { format!("./{text}") } else { text };
    if QUOTES_ARE_DOUBLE {
        let plain = |c: char| c.is_alphanumeric() || matches!(c, '\\' | '/' | ':' | '.' | '-' | '_');
        return if text.chars().all(plain) { text } else { format!("\"{text}\"") };
    }
    match shlex::try_quote(&text) {
        Ok(word) => word.into_owned(),
        // No path holds the one character that no word can.
        Err(_) => text,
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_one_word_whatever_it_holds() {
        for path in ["out", "my lames", "l'archive", "a\"b", "$HOME `x`", "-x", "é à", "a'b c\"d"] {
            let word = quoted(Path::new(path));
            let wanted = if path.starts_with('-') { format!("./{path}") } else { path.to_owned() };
            assert_eq!(shlex::split(&format!("resume {word}")), Some(vec!["resume".to_owned(), wanted]));
        }
        assert_eq!(quoted(Path::new("/tmp/out-1")), "/tmp/out-1", "nothing where nothing is needed");
    }
}
