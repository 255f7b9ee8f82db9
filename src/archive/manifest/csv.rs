//! A manifest as CSV: a heading, then one line per slide or film; `,` or `;` between cells.

use std::collections::BTreeSet;

use super::row::Row;
use crate::error::{Error, ErrorKind, Result};

/// The rows of a CSV text, and the names of its columns in order.
pub(super) fn rows(text: &str) -> Result<Vec<Row>> {
    let text = text.trim_start_matches('\u{feff}');
    let heading = text.lines().next().unwrap_or_default();
    let delimiter = if heading.matches(';').count() > heading.matches(',').count() { b';' } else { b',' };
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(text.as_bytes());
    let heading = reader.headers().map_err(|e| unreadable(&e))?.clone();
    let mut seen = BTreeSet::new();
    if let Some(twice) = heading.iter().map(str::trim).find(|name| !name.is_empty() && !seen.insert(*name)) {
        return Err(Error::new(
            ErrorKind::Usage,
            format!("line 1: two columns are called {twice}; leave one, or give the other another name"),
        )
        .with_key("error-manifest-column-twice")
        .with_arg("column", twice));
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|e| unreadable(&e))?;
        let line = record.position().map_or(0, |p| usize::try_from(p.line()).unwrap_or(0));
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        rows.push(Row::of(line, heading.iter().zip(record.iter()))?);
    }
    Ok(rows)
}

fn unreadable(error: &csv::Error) -> Error {
    let line = error.position().map_or(1, csv::Position::line);
    let refused =
        |message: String, key| Error::new(ErrorKind::Usage, message).with_key(key).with_arg("line", line);
    match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => refused(
            format!(
                "line {line} has {len} cells, the heading {expected_len}: write one cell for each column"
            ),
            "error-table-length",
        )
        .with_arg("found", len)
        .with_arg("wanted", expected_len),
        _ => refused(format!("line {line}: {error}"), "error-manifest-csv").with_arg("reason", error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_delimiters_and_a_byte_order_mark() {
        for text in ["\u{feff}slide;film;pictures\nA;thin;x\n;;\n", "slide,film,pictures\nA,thin,x\n"] {
            let rows = rows(text).expect("sound");
            assert_eq!(rows.len(), 1);
            assert_eq!(rows[0].info.id, "A");
        }
    }

    #[test]
    fn two_columns_of_one_name_are_refused() {
        let error = rows("slide,film,film,pictures\nA,thick,thin,x\n").expect_err("which film?");
        assert_eq!(error.key(), Some("error-manifest-column-twice"));
        assert!(error.to_string().contains("film"), "{error}");
    }

    #[test]
    fn a_line_with_too_many_cells_is_named() {
        let error = rows("slide,film,pictures\nA,thin,x\nB,thin,x,y\n").expect_err("ragged").to_string();
        assert!(error.contains("line 3"), "{error}");
    }
}
