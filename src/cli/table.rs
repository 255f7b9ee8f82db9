//! A CSV of many inputs, from a file or from standard input, by column name. Columns not asked for are named at the
//! end: a count that nobody took in must not look as if it had been.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::Path;

use super::CommandResult;
use super::exit::Exit;
use super::rules::asked_style;
use super::session::Session;
use hemozoin::entry::{Misread, Style, Table, one_form, quantity, whole, yes_or_no};
use hemozoin::files::open_plain;
use hemozoin::text::one_line;
use hemozoin::{Error, ErrorKind};

/// Most bytes of a table: one of a million lines has about so many.
const MAX_BYTES: u64 = 512 << 20;

/// The lines of a table.
pub(crate) struct Rows<'p> {
    path: &'p Path,
    table: Table,
    style: Style,
    asked: RefCell<BTreeSet<&'static str>>,
}

/// One line of a table.
pub(crate) struct Row<'r> {
    rows: &'r Rows<'r>,
    line: u64,
    cells: BTreeMap<&'r str, &'r str>,
}

/// All lines of `path`, or of standard input for `-`.
///
/// Every line below the heading is a row, one that starts with `#` too: a slide may be called `#17`.
pub(crate) fn rows(path: &Path) -> hemozoin::Result<Rows<'_>> {
    let mut bytes = Vec::new();
    let read = if path.as_os_str() == "-" {
        std::io::stdin().read_to_end(&mut bytes)
    } else {
        open_plain(path, MAX_BYTES)?.read_to_end(&mut bytes)
    };
    read.map_err(|e| Error::io(path, "read", e))?;
    let table = Table::read(&bytes, &[]).map_err(|e| e.with_path(path))?;
    if table.lines().is_empty() {
        return Err(Error::new(ErrorKind::Usage, "the table holds no line below its heading")
            .with_key("error-table-empty")
            .with_path(path));
    }
    let style = table.style(asked_style());
    Ok(Rows { path, table, style, asked: RefCell::default() })
}

/// Prints what `work` makes of each line of a table. A line that it refuses is named with its number, and the others go
/// on.
pub(crate) fn each_row(
    path: &Path,
    session: &Session,
    mut work: impl FnMut(&Row<'_>) -> anyhow::Result<String>,
) -> CommandResult {
    let rows = rows(path)?;
    let mut exit = Exit::Done;
    for row in rows.each() {
        let refused = match row {
            Ok(row) => match work(&row) {
                Ok(text) => {
                    session.print(&text)?;
                    continue;
                }
                Err(failure) => (Some(row.id()), row.place(failure.downcast::<Error>()?)),
            },
            // A line that cannot be taken apart has no name.
            Err(error) => (None, error),
        };
        session.refuse_line(refused.0, &refused.1);
        exit = Exit::SomeFailed;
    }
    rows.say_unused(session);
    Ok(exit)
}

impl Rows<'_> {
    /// Each line, or why it is none, with the file's name.
    pub(crate) fn each(&self) -> impl Iterator<Item = hemozoin::Result<Row<'_>>> {
        self.table.lines().iter().map(|line| {
            let cells = self.table.cells(line).map_err(|e| e.with_path(self.path))?.collect();
            Ok(Row { rows: self, line: line.number, cells })
        })
    }

    /// Names the columns that no line was asked for; `id` and `slide` name a line and are no input.
    pub(crate) fn say_unused(&self, session: &Session) {
        let asked = self.asked.borrow();
        let columns = self.table.names().iter().zip(self.table.written_names());
        let unused: Vec<&str> = columns
            .filter(|(name, _)| !name.is_empty() && !["id", "slide"].contains(&name.as_str()))
            .filter(|(name, _)| !asked.contains(name.as_str()))
            .map(|(_, written)| written.as_str())
            .collect();
        let words = session.catalogue();
        let warn = |said: &str| session.warn(&words.said_of(&self.path.display().to_string(), said));
        if !unused.is_empty() && !asked.is_empty() {
            warn(&words.say_with("table-columns-unused", &[("columns", unused.join(", "))]));
        }
        let unnamed = self.table.unnamed();
        if !unnamed.is_empty() {
            let numbers: Vec<String> = unnamed.iter().map(usize::to_string).collect();
            warn(&words.say_with("table-columns-unnamed", &[("columns", numbers.join(", "))]));
        }
    }
}

impl Row<'_> {
    /// The name of the line: its `id` or its slide, else its number.
    pub(crate) fn id(&self) -> String {
        let cell = |column| self.cells.get(column).copied().filter(|cell| !cell.is_empty());
        cell("id").or_else(|| cell("slide")).map_or_else(|| self.line.to_string(), one_form)
    }

    /// The same for a line of printed text.
    pub(crate) fn shown_id(&self) -> String {
        one_line(&self.id()).into_owned()
    }

    /// Says that this work takes these columns in, whatever the cell that it stops at.
    pub(crate) fn takes(&self, columns: &[&'static str]) {
        self.rows.asked.borrow_mut().extend(columns);
    }

    /// A cell; `None` where it is empty or the column is missing.
    pub(crate) fn text(&self, column: &'static str) -> Option<&str> {
        self.rows.asked.borrow_mut().insert(column);
        self.cells.get(column).copied().filter(|cell| !cell.is_empty())
    }

    /// A cell that must be there.
    pub(crate) fn needed(&self, column: &'static str) -> hemozoin::Result<&str> {
        self.text(column).ok_or_else(|| {
            let (key, message) = match self.cells.contains_key(column) {
                true => (
                    "error-table-cell-empty",
                    format!("the cell of the column {column} is empty; fill it in"),
                ),
                false => ("error-grade-column", format!("the column {column} is missing")),
            };
            Error::new(ErrorKind::Usage, message).with_key(key).with_arg("column", column)
        })
    }

    /// A whole number, where given.
    pub(crate) fn whole(&self, column: &'static str) -> hemozoin::Result<Option<u64>> {
        let read = |cell: &str| {
            whole(cell, self.rows.style)
                .map_err(|misread| misread.refuse(&of(column, cell), || not_whole(column, cell)))
        };
        self.text(column).map(read).transpose()
    }

    /// How numbers are written in this table.
    pub(crate) fn style(&self) -> Style {
        self.rows.style
    }

    /// A whole number that must be there.
    pub(crate) fn needed_whole(&self, column: &'static str) -> hemozoin::Result<u64> {
        self.needed(column)?;
        self.whole(column).map(Option::unwrap_or_default)
    }

    /// A whole number without anything between its digits, or the text that stands there.
    pub(crate) fn whole_or_text(&self, column: &'static str) -> hemozoin::Result<Option<String>> {
        let read = |cell: &str| match whole(cell, self.rows.style) {
            Ok(number) => Ok(number.to_string()),
            Err(Misread::Nothing) => Ok(cell.to_owned()),
            Err(two) => Err(two.refuse(&of(column, cell), || not_whole(column, cell))),
        };
        self.text(column).map(read).transpose()
    }

    /// Cells per µL, where given.
    pub(crate) fn cells(&self, column: &'static str) -> hemozoin::Result<Option<f64>> {
        let not_a_number = |cell: &str| {
            Error::new(ErrorKind::Usage, format!("{column} is {cell}, which is not a number"))
                .with_key("error-table-number")
                .with_arg("column", column)
                .with_arg("value", cell)
        };
        let read = |cell: &str| {
            quantity(cell, self.rows.style)
                .map_err(|misread| misread.refuse(&of(column, cell), || not_a_number(cell)))
        };
        self.text(column).map(read).transpose()
    }

    /// Yes or no, which must be there.
    pub(crate) fn needed_answer(&self, column: &'static str) -> hemozoin::Result<bool> {
        let cell = self.needed(column)?;
        yes_or_no(cell).ok_or_else(|| {
            Error::new(ErrorKind::Usage, format!("{column} is {cell}; write yes or no (oui, non, 1, 0)"))
                .with_key("error-table-answer")
                .with_arg("column", column)
                .with_arg("value", cell)
        })
    }

    /// What is wrong with this line, with the file and the line.
    pub(crate) fn place(&self, error: Error) -> Error {
        error.on_line(self.line).with_path(self.rows.path)
    }
}

/// A cell with its column, for a refusal.
fn of(column: &str, cell: &str) -> String {
    format!("{column} = {cell}")
}

fn not_whole(column: &'static str, cell: &str) -> Error {
    Error::new(ErrorKind::Usage, format!("{column} is {cell}, which is not a whole number from 0 up"))
        .with_key("error-grade-number")
        .with_arg("column", column)
        .with_arg("value", cell)
}
