//! The result as a page of text.

use super::result::{Piece, Said, said};
use crate::locale::Catalogue;
use crate::record::SlideRecord;

/// Characters on a line, at most, unless a single word is longer.
const WIDTH: usize = 80;
/// Indentation of everything below a heading.
const INDENT: &str = "  ";

/// The result in the reader's language, for a terminal or a file: what was found, what to do, the count. Lines end with
/// `\n`.
///
/// It says what stands in the record and computes nothing. It is preliminary until a reader signs.
pub fn text(record: &SlideRecord, catalogue: &Catalogue) -> String {
    let Said { mut pieces, end, .. } = said(record, None, catalogue);
    pieces.push(Piece::Apart(catalogue.say("report-full-hint")));
    pieces.extend(end);
    page(&pieces)
}

/// As [`text`], with what stands behind it: intervals by method, scales, models, digests and rules.
pub fn full_text(record: &SlideRecord, catalogue: &Catalogue) -> String {
    let Said { mut pieces, basis, end } = said(record, None, catalogue);
    pieces.extend(basis);
    pieces.extend(end);
    page(&pieces)
}

fn page(pieces: &[Piece]) -> String {
    let mut page = Page::default();
    for piece in pieces {
        match piece {
            Piece::Plain(line) => page.wrapped(line, "", ""),
            Piece::Heading(line) | Piece::Apart(line) => {
                page.text.push('\n');
                page.wrapped(line, "", "");
            }
            Piece::Alert(line) | Piece::Line(line) => page.wrapped(line, INDENT, INDENT),
            Piece::Item(line) => page.wrapped(line, &format!("{INDENT}- "), &format!("{INDENT}  ")),
        }
    }
    page.text
}

#[derive(Default)]
struct Page {
    text: String,
}

impl Page {
    /// Breaks only at plain spaces, so that a no-break space holds.
    fn wrapped(&mut self, line: &str, first: &str, rest: &str) {
        let mut used = first.chars().count();
        self.text.push_str(first);
        for (i, word) in line.split(' ').enumerate() {
            let length = word.chars().count();
            if i > 0 && used + 1 + length > WIDTH {
                self.text.push('\n');
                self.text.push_str(rest);
                used = rest.chars().count();
            } else if i > 0 {
                self.text.push(' ');
                used += 1;
            }
            self.text.push_str(word);
            used += length;
        }
        self.text.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_at_plain_spaces_only() {
        let mut page = Page::default();
        let long = "word ".repeat(24);
        page.wrapped(&format!("{long}no\u{a0}break\u{202f}%"), INDENT, INDENT);
        let lines: Vec<&str> = page.text.lines().collect();
        assert_eq!(lines.len(), 2);
        assert!(lines.iter().all(|l| l.starts_with(INDENT) && l.chars().count() <= WIDTH), "{lines:?}");
        assert!(lines[1].ends_with("no\u{a0}break\u{202f}%"));
    }
}
