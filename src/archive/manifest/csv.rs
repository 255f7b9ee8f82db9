//! A manifest as CSV: a heading, then one line per slide or film, as a spreadsheet saves it.

use super::row::{ALSO, PICTURES, Row, Rows, SLIDE};
use crate::entry::{Style, Table, plain};
use crate::{Error, ErrorKind, Result};

/// Names of a column that is that of the pictures where no other is: `dossier` is also a patient's file.
const FOLDERS: [&str; 5] = ["dossier", "dossiers", "repertoire", "folder", "folders"];

/// The rows of a CSV table. `with_pictures`: each has some, so the column must be there.
pub(super) fn rows(bytes: &[u8], asked: Style, with_pictures: bool) -> Result<Rows> {
    let table = Table::read(bytes, &ALSO)?;
    let style = table.style(asked);
    let mut names: Vec<&str> = table.names().iter().map(String::as_str).collect();
    // As they are written, so that a fault names a column as its table does.
    let mut shown: Vec<&str> = table.written_names().iter().map(|name| name.trim()).collect();
    if !names.contains(&PICTURES) {
        let folder = names.iter().position(|name| FOLDERS.contains(&plain(name).as_str()));
        for (name, shown) in names.iter_mut().zip(&mut shown).skip(folder.unwrap_or(usize::MAX)).take(1) {
            (*name, *shown) = (PICTURES, PICTURES);
        }
    }
    let needed = [SLIDE, PICTURES].into_iter().filter(|name| with_pictures || *name != PICTURES);
    if let Some(missing) = needed.into_iter().find(|wanted| !names.contains(wanted)) {
        return Err(no_column(missing, &table));
    }
    let mut rows = Rows::default();
    for line in table.lines() {
        match table.cells(line) {
            Ok(cells) => {
                let named = shown.iter().copied().zip(table.names()).filter(|(_, name)| !name.is_empty());
                let cells = named.map(|(shown, _)| shown).zip(cells.map(|(_, cell)| cell));
                rows.add(Row::of(line.number, cells, style, with_pictures));
            }
            Err(ragged) => rows.faults.push(ragged),
        }
    }
    Ok(rows)
}

fn no_column(column: &str, table: &Table) -> Error {
    let found = table.written_names().join(" | ");
    Error::new(
        ErrorKind::Usage,
        format!(
            "there is no column {column}; the columns there are: {found}. The first line names the columns, separated \
             by commas, semicolons or tabs"
        ),
    )
    .with_key("error-manifest-no-column")
    .with_arg("column", column)
    .with_arg("found", found)
    .on_line(table.heading_line())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Result<Vec<Row>> {
        super::rows(text.as_bytes(), Style::default(), true)?.sound()
    }

    #[test]
    fn both_delimiters_and_a_byte_order_mark() {
        for text in [
            "\u{feff}slide;film;pictures\nA;thin;x\n;;\n",
            "slide,film,pictures\nA,thin,x\n",
            "lame\tfilm\timages\nA\tthin\tx\n",
            "sep=;\r\nlame;Type de lame;Dossier\r\nA;frottis;x\r\n",
            // A trailing sign, and pandas' number of the line: columns without a name.
            "slide;film;pictures;\r\nA;thin;x;\r\n",
            ",slide,film,pictures,\n0,A,thin,x,y\n",
        ] {
            let rows = rows(text).expect("sound");
            assert_eq!(rows.len(), 1);
            assert_eq!((rows[0].info.id.as_str(), rows[0].pictures.as_slice()), ("A", &["x".to_owned()][..]));
            assert!(rows[0].case.free.is_empty(), "{:?}", rows[0].case.free);
        }
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
    fn all_that_is_wrong_is_named_at_once() {
        let text =
            "slide,film,pictures,wbc_per_ul\r\nA,thin,x\r\nB,medium,x,\r\nC,thin,x,\"6,200\"\r\n,thin,x,\r\n";
        let error = rows(text).expect_err("four faults");
        let all: Vec<&Error> = std::iter::once(&error).chain(error.more()).collect();
        let keys: Vec<_> = all.iter().map(|e| e.key().unwrap_or_default()).collect();
        let wanted =
            ["error-table-length", "error-manifest-value", "error-two-numbers", "error-manifest-missing"];
        assert_eq!(keys, wanted);
        for (error, line) in all.iter().zip(["line 2", "line 3", "line 4", "line 5"]) {
            assert!(error.to_string().contains(line), "{error}");
        }
    }
}
