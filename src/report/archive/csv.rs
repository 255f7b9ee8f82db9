//! Tables as CSV.

use std::io::Write;

use serde::{Deserialize, Serialize};

use super::cell::{Cell, Column};
use crate::error::{Error, ErrorKind, Result};
use crate::report::csv::text_cell;

/// How a spreadsheet expects numbers and columns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum CsvLocale {
    /// `,` between cells and a decimal point.
    #[default]
    #[serde(rename = "en")]
    English,
    /// `;` between cells and a decimal comma, with the byte-order mark by which a French spreadsheet knows UTF-8.
    #[serde(rename = "fr")]
    French,
}

/// Writes one table, UTF-8, a line feed after each row.
pub(super) struct CsvTable<W: Write> {
    writer: csv::Writer<W>,
    locale: CsvLocale,
}

impl<W: Write> CsvTable<W> {
    pub(super) fn begin(mut out: W, locale: CsvLocale, columns: &[Column]) -> Result<Self> {
        let (delimiter, start) = match locale {
            CsvLocale::English => (b',', ""),
            CsvLocale::French => (b';', "\u{feff}"),
        };
        out.write_all(start.as_bytes()).map_err(|e| Error::io("", "write", e))?;
        let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(out);
        writer.write_record(columns.iter().map(|(name, _)| text_cell(name))).map_err(refused)?;
        Ok(Self { writer, locale })
    }

    pub(super) fn row(&mut self, cells: &[Cell]) -> Result<()> {
        let locale = self.locale;
        self.writer.write_record(cells.iter().map(|cell| shown(cell, locale))).map_err(refused)
    }

    pub(super) fn finish(self) -> Result<W> {
        self.writer.into_inner().map_err(|e| Error::io("", "write", e.into_error()))
    }
}

fn shown(cell: &Cell, locale: CsvLocale) -> String {
    match cell {
        Cell::Text(text) => text.as_deref().map(text_cell).unwrap_or_default(),
        Cell::Whole(value) => value.map(|v| v.to_string()).unwrap_or_default(),
        Cell::Flag(value) => value.map(|v| v.to_string()).unwrap_or_default(),
        Cell::Real(value) => {
            let text = value.map(|v| v.to_string()).unwrap_or_default();
            match locale {
                CsvLocale::English => text,
                CsvLocale::French => text.replace('.', ","),
            }
        }
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
        let mut table = CsvTable::begin(Vec::new(), CsvLocale::English, &columns).expect("begun");
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
        let write = |locale| {
            let mut table = CsvTable::begin(Vec::new(), locale, &columns).expect("begun");
            table.row(&cells).expect("a row");
            String::from_utf8(table.finish().expect("finished")).expect("text")
        };
        assert_eq!(write(CsvLocale::English), "a,b\n\"x; \"\"y\"\"\",1234.5\n");
        assert_eq!(write(CsvLocale::French), "\u{feff}a;b\n\"x; \"\"y\"\"\";1234,5\n");
    }
}
