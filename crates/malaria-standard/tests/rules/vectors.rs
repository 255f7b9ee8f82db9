//! Reading the vectors: rows by column name, with a tolerance that has a name.

#![allow(dead_code)] // Each test binary uses a part of this.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Relative tolerance of raw values and limits in the vectors (section 20): `Close`.
pub const CLOSE: f64 = 1e-7;

/// Folder of the vectors inside this repository.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors")
}

/// One row of a vector file, with what was found wrong in it.
pub struct Row {
    cells: BTreeMap<String, String>,
    faults: Vec<String>,
}

/// All rows of a vector file.
pub struct Rows {
    file: String,
    rows: Vec<Row>,
}

impl Rows {
    /// Reads `file`; fewer than `at_least` rows is a failure.
    pub fn read(file: &str, at_least: usize) -> Self {
        let mut reader = csv::Reader::from_path(folder().join(file)).unwrap();
        let names: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
        let rows: Vec<Row> = reader
            .records()
            .map(|record| {
                let record = record.unwrap();
                let cells = names.iter().cloned().zip(record.iter().map(str::to_owned)).collect();
                Row { cells, faults: Vec::new() }
            })
            .collect();
        assert!(rows.len() >= at_least, "{file} has {} rows, at least {at_least} are expected", rows.len());
        Self { file: file.to_owned(), rows }
    }

    /// Runs `test` on each row, then fails with every fault of every row.
    pub fn each(&mut self, mut test: impl FnMut(&mut Row)) {
        for row in &mut self.rows {
            test(row);
        }
        let faults: Vec<String> = self
            .rows
            .iter()
            .flat_map(|row| row.faults.iter().map(|f| format!("{} {}: {f}", self.file, row.id())))
            .collect();
        assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
    }

    /// The rows, to be read only.
    pub fn iter(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter()
    }
}

impl Row {
    /// Id of the row.
    pub fn id(&self) -> &str {
        self.text("id")
    }

    /// A cell; a column that is missing is a failure.
    pub fn text(&self, column: &str) -> &str {
        self.cells.get(column).unwrap_or_else(|| panic!("no column {column}"))
    }

    /// A cell that is not empty; `None` as well where the file has no such column.
    pub fn optional(&self, column: &str) -> Option<&str> {
        self.cells.get(column).map(String::as_str).filter(|cell| !cell.is_empty())
    }

    /// A number that must be there.
    pub fn number(&self, column: &str) -> f64 {
        self.text(column).parse().unwrap_or_else(|_| panic!("{} {column}", self.id()))
    }

    /// A number, where given.
    pub fn optional_number(&self, column: &str) -> Option<f64> {
        self.optional(column).map(|_| self.number(column))
    }

    /// A whole number that must be there.
    pub fn whole(&self, column: &str) -> u64 {
        self.text(column).parse().unwrap_or_else(|_| panic!("{} {column}", self.id()))
    }

    /// A whole number, where given.
    pub fn optional_whole(&self, column: &str) -> Option<u64> {
        self.optional(column).map(|_| self.whole(column))
    }

    /// `found` must be the text of the cell.
    pub fn same(&mut self, column: &str, found: &str) {
        if self.text(column) != found {
            let expected = self.text(column).to_owned();
            self.fault(format!("{column} is {found:?}, expected {expected:?}"));
        }
    }

    /// `found` must be the number of the cell within [`CLOSE`], and empty where the cell is empty.
    pub fn close(&mut self, column: &str, found: Option<f64>) {
        self.close_within(column, found, CLOSE);
    }

    /// As [`Self::close`] with another relative tolerance.
    pub fn close_within(&mut self, column: &str, found: Option<f64>, relative: f64) {
        let expected = self.optional_number(column);
        let agree = match (expected, found) {
            (None, None) => true,
            (Some(e), Some(f)) => (f - e).abs() <= relative * e.abs(),
            _ => false,
        };
        if !agree {
            self.fault(format!("{column} is {found:?}, expected {expected:?}"));
        }
    }

    /// As [`Self::close`], with an empty cell or value taken as 0.
    pub fn close_or_zero(&mut self, column: &str, found: Option<f64>) {
        let expected = self.optional_number(column).unwrap_or(0.0);
        if found.unwrap_or(0.0) != expected {
            self.fault(format!("{column} is {found:?}, expected {expected}"));
        }
    }

    /// The flags of the row, in any order.
    pub fn same_flags(&mut self, found: &[String]) {
        let expected: BTreeSet<String> =
            self.text("flags").split(';').filter(|f| !f.is_empty()).map(str::to_owned).collect();
        let found: BTreeSet<String> = found.iter().cloned().collect();
        if expected != found {
            self.fault(format!("flags are {found:?}, expected {expected:?}"));
        }
    }

    /// Notes a fault of this row.
    pub fn fault(&mut self, text: String) {
        self.faults.push(text);
    }
}
