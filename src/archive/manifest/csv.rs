//! A manifest as CSV: a heading, then one line per slide or film; `,` or `;` between cells.

use super::row::{PICTURES, Row, SLIDE, meaning};
use crate::error::{Error, ErrorKind, Result};
use crate::text::{column_twice, delimiter};

/// The rows of a CSV text, and the names of its columns in order.
pub(super) fn rows(text: &str) -> Result<Vec<Row>> {
    let text = text.trim_start_matches('\u{feff}');
    let delimiter = delimiter(text.lines().next().unwrap_or_default().as_bytes());
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(text.as_bytes());
    let heading = reader.headers().map_err(|e| unreadable(&e))?.clone();
    let names: Vec<String> = heading.iter().map(|name| meaning(name.trim())).collect();
    if let Some(twice) = column_twice(&names) {
        return Err(Error::new(
            ErrorKind::Usage,
            format!("line 1: two columns are called {twice}; leave one, or give the other another name"),
        )
        .with_key("error-manifest-column-twice")
        .with_arg("column", twice));
    }
    if let Some(missing) =
        [SLIDE, PICTURES].into_iter().find(|wanted| !names.iter().any(|name| name == wanted))
    {
        return Err(no_column(missing, &heading.iter().map(str::trim).collect::<Vec<_>>().join(" | ")));
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

fn no_column(column: &str, found: &str) -> Error {
    Error::new(
        ErrorKind::Usage,
        format!(
            "line 1: there is no column {column}; the columns there are: {found}. The first line names the columns, \
             separated by commas, semicolons or tabs"
        ),
    )
    .with_key("error-manifest-no-column")
    .with_arg("column", column)
    .with_arg("found", found)
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
        for text in [
            "\u{feff}slide;film;pictures\nA;thin;x\n;;\n",
            "slide,film,pictures\nA,thin,x\n",
            "lame\tfilm\timages\nA\tthin\tx\n",
        ] {
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
        let alike = rows("slide,Lame,pictures\nA,B,x\n").expect_err("which number?");
        assert_eq!(alike.key(), Some("error-manifest-column-twice"));
    }

    #[test]
    fn a_heading_without_a_needed_column_says_what_it_has() {
        for (text, missing) in
            [("number,pictures\nA,x\n", "slide"), ("slide,film\nA,thin\n", "pictures"), ("", "slide")]
        {
            let error = rows(text).expect_err(missing);
            assert_eq!(error.key(), Some("error-manifest-no-column"));
            assert!(error.message().contains(&format!("no column {missing};")), "{error}");
        }
    }

    #[test]
    fn a_line_with_too_many_cells_is_named() {
        let error = rows("slide,film,pictures\nA,thin,x\nB,thin,x,y\n").expect_err("ragged").to_string();
        assert!(error.contains("line 3"), "{error}");
    }
}
