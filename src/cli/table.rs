//! A CSV of many inputs, from a file or from standard input, by column name. Columns not asked for are named at the end:
//! a count that nobody took in must not look as if it had been.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::rc::Rc;

use super::rules::number;
use super::session::Session;
use hemozoin::files::open_plain;
use hemozoin::locale::Catalogue;
use hemozoin::text::{column_twice, delimiter, one_line};
use hemozoin::{Error, ErrorKind};

/// Most bytes of a table: one of a million lines has about so many.
const MAX_BYTES: u64 = 512 << 20;

/// One line of a table.
pub(crate) struct Row {
    table: Rc<Path>,
    line: u64,
    cells: BTreeMap<String, String>,
    asked: Asked,
}

/// Names of the columns that any line was asked for.
type Asked = Rc<RefCell<BTreeSet<String>>>;

/// The lines of a table.
pub(crate) struct Rows {
    lines: Box<dyn Iterator<Item = hemozoin::Result<Row>>>,
    table: Rc<Path>,
    names: Vec<String>,
    asked: Asked,
}

impl Iterator for Rows {
    type Item = hemozoin::Result<Row>;

    fn next(&mut self) -> Option<Self::Item> {
        self.lines.next()
    }
}

impl Rows {
    /// Names the columns that no line was asked for; `id` names a line and is no input.
    pub(crate) fn say_unused(&self, session: &Session) {
        let asked = self.asked.borrow();
        let unused: Vec<&str> = self
            .names
            .iter()
            .map(String::as_str)
            .filter(|name| !name.is_empty() && *name != "id" && !asked.contains(*name))
            .collect();
        if !unused.is_empty() && !asked.is_empty() {
            let words = session.catalogue();
            let said = words.say_with("table-columns-unused", &[("columns", unused.join(", "))]);
            session.warn(&words.said_of(&self.table.display().to_string(), &said));
        }
    }
}

/// All lines of `path`, or of standard input for `-`; each sound, or the reason why not, with the file's name.
///
/// Every line below the heading is a row, one that starts with `#` too: a slide may be called `#17`.
pub(crate) fn rows(path: &Path) -> hemozoin::Result<Rows> {
    let input: Box<dyn Read> = if path.as_os_str() == "-" {
        Box::new(std::io::stdin())
    } else {
        Box::new(open_plain(path, MAX_BYTES)?)
    };
    let mut input = BufReader::new(input);
    let mut heading = Vec::new();
    input.read_until(b'\n', &mut heading).map_err(|e| Error::io(path, "read", e))?;
    let delimiter = delimiter(&heading);
    let input = std::io::Cursor::new(heading).chain(input);
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).trim(csv::Trim::All).from_reader(input);
    let table: Rc<Path> = Rc::from(path);
    let names: Vec<String> = reader
        .headers()
        .map_err(|e| unreadable(e, path))?
        .iter()
        // A spreadsheet may put a byte order mark before the first name.
        .map(|name| name.trim_start_matches('\u{feff}').to_ascii_lowercase())
        .collect();
    if let Some(twice) = column_twice(&names) {
        return Err(Error::new(
            ErrorKind::Usage,
            format!("line 1: two columns are called {twice}; leave one, or give the other another name"),
        )
        .with_key("error-manifest-column-twice")
        .with_arg("column", twice)
        .with_path(path));
    }
    let mut records = reader.into_records().peekable();
    if records.peek().is_none() {
        return Err(Error::new(ErrorKind::Usage, "the table holds no line below its heading")
            .with_key("error-table-empty")
            .with_path(path));
    }
    let asked = Asked::default();
    let (of_rows, headings, place) = (Rc::clone(&asked), names.clone(), Rc::clone(&table));
    let lines = records.map(move |record| {
        let record = record.map_err(|e| unreadable(e, &place))?;
        let line = record.position().map_or(0, csv::Position::line);
        let cells = headings.iter().cloned().zip(record.iter().map(str::to_owned)).collect();
        Ok(Row { table: Rc::clone(&place), line, cells, asked: Rc::clone(&of_rows) })
    });
    Ok(Rows { lines: Box::new(lines), table, names, asked })
}

/// A line that is no row, or a table that the system no longer gives.
fn unreadable(error: csv::Error, path: &Path) -> Error {
    let line = error.position().map_or(1, csv::Position::line);
    let refused = |message: String, key| {
        Error::new(ErrorKind::Unreadable, message).with_key(key).with_arg("line", line).with_path(path)
    };
    match error.into_kind() {
        csv::ErrorKind::Io(source) => Error::io(path, "read", source),
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => refused(
            format!(
                "line {line} has {len} cells, the heading {expected_len}: write one cell for each column"
            ),
            "error-table-length",
        )
        .with_arg("found", len)
        .with_arg("wanted", expected_len),
        csv::ErrorKind::Utf8 { .. } => refused(
            format!("line {line} is not UTF-8 text: save the table as CSV in UTF-8"),
            "error-table-encoding",
        ),
        other => refused(format!("line {line} is not CSV: {other:?}"), "error-table")
            .with_arg("reason", format!("{other:?}")),
    }
}

impl Row {
    /// The name of the line: its `id`, else its number.
    pub(crate) fn id(&self) -> String {
        self.text("id").map_or_else(|| self.line.to_string(), str::to_owned)
    }

    /// The same for a line of printed text.
    pub(crate) fn shown_id(&self) -> String {
        one_line(&self.id()).into_owned()
    }

    /// A cell; `None` where it is empty or the column is missing.
    pub(crate) fn text(&self, column: &str) -> Option<&str> {
        if !self.asked.borrow().contains(column) {
            self.asked.borrow_mut().insert(column.to_owned());
        }
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
            .map(|cell| {
                number(cell).map_err(|_| {
                    Error::new(ErrorKind::Usage, format!("{column} is {cell}, which is not a number"))
                        .with_key("error-table-number")
                        .with_arg("column", column)
                        .with_arg("value", cell)
                })
            })
            .transpose()
    }

    /// What is wrong with this line, in the reader's words, with the file and the line.
    pub(crate) fn complaint(&self, error: &Error, catalogue: &Catalogue) -> String {
        let args = [("line", self.line.to_string()), ("reason", catalogue.error(error))];
        catalogue.said_of(&self.table.display().to_string(), &catalogue.say_with("error-grade-line", &args))
    }
}

fn not_whole(column: &'static str, cell: &str) -> Error {
    Error::new(ErrorKind::Usage, format!("{column} is {cell}, which is not a whole number from 0 up"))
        .with_key("error-grade-number")
        .with_arg("column", column)
        .with_arg("value", cell)
}
