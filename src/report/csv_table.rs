//! Tables as CSV.

use std::io::Write;

use super::cell::{Cell, Column};
use super::csv::{CsvStyle, text_cell};
use crate::{Error, ErrorKind, Result};

/// Writes one table, UTF-8, a line feed after each row.
pub(in crate::report) struct CsvTable<W: Write> {
    writer: csv::Writer<W>,
    style: CsvStyle,
}

impl<W: Write> CsvTable<W> {
    pub(in crate::report) fn begin(out: W, style: CsvStyle, columns: &[Column]) -> Result<Self> {
        let mut writer = style.begin(out).map_err(|e| Error::io("", "write", e))?;
        writer.write_record(columns.iter().map(|(name, _)| text_cell(name))).map_err(refused)?;
        Ok(Self { writer, style })
    }

    pub(in crate::report) fn row(&mut self, cells: &[Cell]) -> Result<()> {
        let style = self.style;
        self.writer.write_record(cells.iter().map(|cell| shown(cell, style))).map_err(refused)
    }

    pub(in crate::report) fn finish(self) -> Result<W> {
        self.writer.into_inner().map_err(|e| Error::io("", "write", e.into_error()))
    }
}

fn shown(cell: &Cell, style: CsvStyle) -> String {
    match cell {
        Cell::Text(text) => text.as_deref().map(text_cell).unwrap_or_default(),
        Cell::Whole(value) => value.map(|v| v.to_string()).unwrap_or_default(),
        Cell::Flag(value) => value.map(|v| v.to_string()).unwrap_or_default(),
        Cell::Real(value) => value.map(|v| style.number(v)).unwrap_or_default(),
    }
}

fn refused(error: csv::Error) -> Error {
    match error.into_kind() {
        csv::ErrorKind::Io(e) => Error::io("", "write", e),
        other => Error::new(ErrorKind::Internal, format!("a table cannot be written: {other:?}")),
    }
}

#[cfg(test)]
mod tests {
    use super::super::cell::Kind;
    use super::*;

    #[test]
    fn a_name_that_looks_like_a_formula_is_text() {
        let columns = [("=a".to_owned(), Kind::Text), ("b".to_owned(), Kind::Real)];
        let mut table = CsvTable::begin(Vec::new(), CsvStyle::Comma, &columns).expect("begun");
        for name in ["=cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "N-1"] {
            table.row(&[Cell::text(name), Cell::Real(Some(-1.5))]).expect("a row");
        }
        let text = String::from_utf8(table.finish().expect("finished")).expect("text");
        assert_eq!(text, "'=a,b\n'=cmd|' /C calc'!A0,-1.5\n'-2+3,-1.5\n'@SUM(A1),-1.5\nN-1,-1.5\n");
    }

    #[test]
    fn both_spreadsheets() {
        let columns = [("a".to_owned(), Kind::Text), ("b".to_owned(), Kind::Real)];
        let cells = [Cell::text("x; \"y\""), Cell::Real(Some(1234.5))];
        let write = |style| {
            let mut table = CsvTable::begin(Vec::new(), style, &columns).expect("begun");
            table.row(&cells).expect("a row");
            String::from_utf8(table.finish().expect("finished")).expect("text")
        };
        assert_eq!(write(CsvStyle::Comma), "a,b\n\"x; \"\"y\"\"\",1234.5\n");
        assert_eq!(write(CsvStyle::Semicolon), "\u{feff}a;b\n\"x; \"\"y\"\"\";1234,5\n");
    }
}
