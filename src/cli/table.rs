//! A CSV of many inputs, from a file or from standard input, by column name. Columns not asked for are left alone.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

use hemozoin::locale::Catalogue;
use hemozoin::{Error, ErrorKind};

/// One line of a table.
pub(crate) struct Row {
    line: u64,
    cells: BTreeMap<String, String>,
}

/// All lines of `path`, or of standard input for `-`; each sound, or the reason why not.
pub(crate) fn rows(path: &Path) -> hemozoin::Result<impl Iterator<Item = hemozoin::Result<Row>>> {
    let input: Box<dyn Read> = if path.as_os_str() == "-" {
        Box::new(std::io::stdin())
    } else {
        Box::new(std::fs::File::open(path).map_err(|e| Error::io(path, "read", e))?)
    };
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).comment(Some(b'#')).from_reader(input);
    let unreadable = |e: csv::Error| {
        let line = e.position().map_or(0, csv::Position::line);
        Error::new(ErrorKind::Unreadable, format!("line {line} is not CSV: {e}")).with_source(e)
    };
    let names: Vec<String> = reader
        .headers()
        .map_err(unreadable)?
        .iter()
        // A spreadsheet may put a byte order mark before the first name.
        .map(|name| name.trim_start_matches('\u{feff}').to_ascii_lowercase())
        .collect();
    Ok(reader.into_records().map(move |record| {
        let record = record.map_err(unreadable)?;
        let line = record.position().map_or(0, csv::Position::line);
        let cells = names.iter().cloned().zip(record.iter().map(str::to_owned)).collect();
        Ok(Row { line, cells })
    }))
}

impl Row {
    /// The name of the line: its `id`, else its number.
    pub(crate) fn id(&self) -> String {
        self.text("id").map_or_else(|| self.line.to_string(), str::to_owned)
    }

    /// A cell; `None` where it is empty or the column is missing.
    pub(crate) fn text(&self, column: &str) -> Option<&str> {
        self.cells.get(column).map(String::as_str).filter(|cell| !cell.is_empty())
    }

    /// A cell that must be there.
    pub(crate) fn needed(&self, column: &'static str) -> hemozoin::Result<&str> {
        self.text(column).ok_or_else(|| {
            Error::new(ErrorKind::Usage, format!("the column {column} is missing or empty"))
                .with_key("error-grade-column")
                .with_arg("column", column)
        })
    }

    /// A whole number, where given.
    pub(crate) fn whole(&self, column: &'static str) -> hemozoin::Result<Option<u64>> {
        self.text(column).map(|cell| cell.parse().map_err(|_| not_whole(column, cell))).transpose()
    }

    /// A whole number that must be there.
    pub(crate) fn needed_whole(&self, column: &'static str) -> hemozoin::Result<u64> {
        let cell = self.needed(column)?;
        cell.parse().map_err(|_| not_whole(column, cell))
    }

    /// A number, where given; the decimal sign may be a comma.
    pub(crate) fn number(&self, column: &'static str) -> hemozoin::Result<Option<f64>> {
        self.text(column)
            .map(|cell| cell.replace(',', ".").parse().map_err(|_| not_whole(column, cell)))
            .transpose()
    }

    /// What is wrong with this line, in the reader's words.
    pub(crate) fn complaint(&self, error: &Error, catalogue: &Catalogue) -> String {
        let args = [("line", self.line.to_string()), ("reason", catalogue.error(error))];
        catalogue.say_with("error-grade-line", &args)
    }
}

fn not_whole(column: &'static str, cell: &str) -> Error {
    Error::new(ErrorKind::Usage, format!("{column} is {cell}, which is not a whole number from 0 up"))
        .with_key("error-grade-number")
        .with_arg("column", column)
        .with_arg("value", cell)
}
