//! A table as a spreadsheet saves it: the heading, the lines with their numbers, and what its cells show of its style.

use super::date::order_of;
use super::decode::text_of_bytes;
use super::headings::{canonical, plain};
use super::style::{DecimalSign, Style};
use crate::text::{column_twice, delimiter};
use crate::{Error, ErrorKind, Result};

/// Columns of numbers, whose cells show the decimal sign of a table.
const NUMBERS: [&str; 12] = [
    "wbc_per_ul",
    "rbc_per_ul",
    "um_per_px",
    "age",
    "parasites",
    "wbc_counted",
    "infected_rbc",
    "rbc_counted",
    "d0_density",
    "reader_a",
    "reader_b",
    "reader_c",
];

/// Columns of dates, whose cells show which comes first, the day or the month.
const DATES: [&str; 2] = ["date", "read_on"];

/// A table that came from outside.
#[derive(Clone, Debug, Default)]
pub struct Table {
    names: Vec<String>,
    written: Vec<String>,
    lines: Vec<Line>,
    shown: Style,
    torn: bool,
    heading_line: u64,
}

/// One line below the heading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// Its number in the file, from 1, as an editor counts.
    pub number: u64,
    /// Its cells without blanks around them, one for each column or more.
    pub cells: Vec<String>,
}

impl Table {
    /// Reads the bytes of a table: UTF-8, UTF-16 or Windows-1252, `,`, `;` or tabs between cells, any line ends, with
    /// or without the `sep=;` of Excel. Lines without anything in them are left out. `also` are names of columns beside
    /// those of [`canonical`] that mean something in this kind of table, as [`plain`] writes them.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] with the number of the line where two columns have one name;
    /// [`ErrorKind::Unreadable`] where a byte belongs to no encoding, or a quotation mark is never closed.
    pub fn read(bytes: &[u8], also: &[(&str, &str)]) -> Result<Self> {
        let text = text_of_bytes(bytes).map_err(|at| not_text(bytes, at))?;
        let (stated, body) = stated_delimiter(&text);
        let skipped = text.len() - body.len();
        let heading = body.split(['\r', '\n']).find(|line| !line.is_empty()).unwrap_or_default();
        let delimiter = stated.unwrap_or_else(|| delimiter(heading.as_bytes()));
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(false)
            .flexible(true)
            .from_reader(body.as_bytes());
        let mut numbers = LineNumbers { text: &text, at: 0, number: 1 };
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|e| {
                let line = e.position().map_or(1, csv::Position::line);
                unreadable(line, &format!("{:?}", e.kind()))
            })?;
            let start = record.position().map_or(0, |p| usize::try_from(p.byte()).unwrap_or(0));
            let number = numbers.of(skipped + start);
            rows.push(Line { number, cells: record.iter().map(|cell| inside(cell).to_owned()).collect() });
        }
        if let Some(at) = never_closed(body, delimiter) {
            let mut numbers = LineNumbers { text: &text, at: 0, number: 1 };
            return Err(open_quote(numbers.of(skipped + at)));
        }
        let mut rows = rows.into_iter();
        let Line { number: heading_line, cells: written } =
            rows.next().unwrap_or(Line { number: 1, cells: Vec::new() });
        let (mut names, mut is_french) = (Vec::new(), false);
        for name in &written {
            let written = plain(name);
            let here = also.iter().find(|(other, _)| *other == written).map(|(_, name)| (*name, false));
            let known = here.or_else(|| canonical(name));
            is_french |= known.is_some_and(|(_, french)| french);
            names.push(known.map_or_else(|| name.clone(), |(name, _)| name.to_owned()));
        }
        if let Some(twice) = column_twice(&names) {
            return Err(twins(heading_line, twice));
        }
        let lines: Vec<Line> = rows.filter(|row| row.cells.iter().any(|cell| !cell.is_empty())).collect();
        let mut table = Self { names, written, lines, shown: Style::default(), torn: false, heading_line };
        table.look_at_the_style(is_french && delimiter == b';');
        Ok(table)
    }

    /// The names of the columns: what they are called here where they mean something here, else as they are written.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The names of the columns as they are written.
    pub fn written_names(&self) -> &[String] {
        &self.written
    }

    /// The number of the line that names the columns.
    pub fn heading_line(&self) -> u64 {
        self.heading_line
    }

    /// How numbers and dates are written in it; what it leaves open is settled by `asked`.
    pub fn style(&self, asked: Style) -> Style {
        // Cells that contradict each other are settled by nothing.
        if self.torn { self.shown } else { self.shown.or(asked) }
    }

    /// The lines below the heading.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// The cells of a line by the names of their columns. Columns without a name are passed over.
    ///
    /// # Errors
    /// [`ErrorKind::Unreadable`] for a line with too few cells, or too many of which one says something.
    pub fn cells<'a>(&'a self, line: &'a Line) -> Result<impl Iterator<Item = (&'a str, &'a str)>> {
        let wanted = self.names.len();
        let too_many = line.cells.iter().skip(wanted).any(|cell| !cell.is_empty());
        // The signs behind the last column that has a name may be there or not.
        let needed = self.names.iter().rposition(|name| !name.is_empty()).map_or(0, |last| last + 1);
        if too_many || line.cells.len() < needed {
            return Err(ragged(line, wanted));
        }
        let cells = self.names.iter().map(String::as_str).zip(line.cells.iter().map(String::as_str));
        Ok(cells.filter(|(name, _)| !name.is_empty()))
    }

    /// The numbers, from 1, of the columns that have cells and no name: nobody can say what stands in them.
    pub fn unnamed(&self) -> Vec<usize> {
        let nameless = self.names.iter().enumerate().filter(|(_, name)| name.is_empty());
        let has_cells = |at: &usize| {
            self.lines.iter().any(|line| line.cells.get(*at).is_some_and(|cell| !cell.is_empty()))
        };
        nameless.map(|(at, _)| at).filter(has_cells).map(|at| at + 1).collect()
    }

    fn look_at_the_style(&mut self, french_spreadsheet: bool) {
        let (mut point, mut comma, mut day_first, mut month_first) = (false, false, false, false);
        for line in &self.lines {
            for (name, cell) in self.names.iter().zip(&line.cells) {
                if NUMBERS.contains(&name.as_str()) {
                    let sign = decimal_sign_of(cell);
                    point |= sign == Some(DecimalSign::Point);
                    comma |= sign == Some(DecimalSign::Comma);
                } else if DATES.contains(&name.as_str()) {
                    let order = order_of(cell);
                    day_first |= order == Some(true);
                    month_first |= order == Some(false);
                }
            }
        }
        self.torn = point && comma || day_first && month_first;
        if self.torn {
            return;
        }
        let decimal = match (point, comma) {
            (true, _) => Some(DecimalSign::Point),
            (_, true) => Some(DecimalSign::Comma),
            _ => None,
        };
        let order = if day_first || month_first { Some(day_first) } else { None };
        self.shown = Style { decimal, day_first: order };
        // Where the comma is the decimal sign, the day comes first.
        if comma || french_spreadsheet && !point {
            self.shown = self.shown.or(Style::FRENCH);
        }
    }
}

/// What a cell holds, without blanks around it; of Excel's `="0012"`, which keeps a number a text, the text inside.
fn inside(cell: &str) -> &str {
    let cell = cell.trim();
    let text = cell.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"'));
    text.filter(|text| !text.contains('"')).map_or(cell, str::trim)
}

/// The decimal sign of a number that has one, or that parts its thousands with the other, without a doubt.
fn decimal_sign_of(cell: &str) -> Option<DecimalSign> {
    let at = cell.rfind(['.', ','])?;
    let sign = if cell.get(at..)?.starts_with('.') { DecimalSign::Point } else { DecimalSign::Comma };
    let as_point = super::number::real(cell, Style { decimal: Some(DecimalSign::Point), day_first: None });
    let as_comma = super::number::real(cell, Style { decimal: Some(DecimalSign::Comma), day_first: None });
    let (Ok(as_point), Ok(as_comma)) = (as_point, as_comma) else { return None };
    // `6.200` has two readings.
    if as_point.to_bits() != as_comma.to_bits() {
        return None;
    }
    // `1.234.567` has no decimals: its points part thousands, so the comma is the decimal sign around it.
    let repeated = cell.matches(cell.get(at..=at)?).count() > 1;
    Some(match (repeated, sign) {
        (false, sign) => sign,
        (true, DecimalSign::Point) => DecimalSign::Comma,
        (true, DecimalSign::Comma) => DecimalSign::Point,
    })
}

/// What Excel's first line `sep=;` says, and the text below it.
fn stated_delimiter(text: &str) -> (Option<u8>, &str) {
    let (first, rest) = text.split_at(text.find(['\r', '\n']).unwrap_or(text.len()));
    match first.trim_matches('"').as_bytes() {
        [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', sign @ (b',' | b';' | b'\t' | b'|')] => {
            (Some(*sign), rest)
        }
        _ => (None, text),
    }
}

/// The place of a quotation mark that opens a cell and is never closed: all lines below it would be that one cell.
fn never_closed(body: &str, delimiter: u8) -> Option<usize> {
    let mut opened = None;
    let mut begins_a_cell = true;
    let mut bytes = body.bytes().enumerate().peekable();
    while let Some((at, byte)) = bytes.next() {
        match (opened, byte) {
            (Some(_), b'"') if bytes.next_if(|(_, next)| *next == b'"').is_none() => opened = None,
            (Some(_), _) => {}
            (None, b'"') if begins_a_cell => opened = Some(at),
            (None, _) => {}
        }
        begins_a_cell = opened.is_none() && (byte == delimiter || matches!(byte, b'\r' | b'\n'));
    }
    opened
}

/// Numbers of lines by places in the text, asked for in growing order.
struct LineNumbers<'a> {
    text: &'a str,
    at: usize,
    number: u64,
}

impl LineNumbers<'_> {
    /// The number of the line that the record at `start` stands on; the record may begin with the end of the line
    /// before it.
    fn of(&mut self, start: usize) -> u64 {
        let bytes = self.text.as_bytes();
        let mut end = start;
        while bytes.get(end).is_some_and(|byte| matches!(byte, b'\r' | b'\n')) {
            end += 1;
        }
        while self.at < end {
            match (bytes.get(self.at), bytes.get(self.at + 1)) {
                (Some(b'\r'), Some(b'\n')) => {}
                (Some(b'\r' | b'\n'), _) => self.number += 1,
                _ => {}
            }
            self.at += 1;
        }
        self.number
    }
}

fn refused(line: u64, message: String, key: &'static str) -> Error {
    Error::new(ErrorKind::Unreadable, message).with_key(key).with_arg("line", line)
}

fn not_text(bytes: &[u8], at: usize) -> Error {
    let before = bytes.get(..at).unwrap_or_default();
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    let line = u64::try_from(line).unwrap_or(u64::MAX);
    refused(
        line,
        format!("line {line} is neither UTF-8 nor Windows-1252 text: save the table as CSV in UTF-8"),
        "error-table-encoding",
    )
}

fn unreadable(line: u64, reason: &str) -> Error {
    refused(line, format!("line {line} is not CSV: {reason}"), "error-table").with_arg("reason", reason)
}

fn open_quote(line: u64) -> Error {
    refused(
        line,
        format!("a quotation mark (\") is opened on line {line} and never closed; close it or take it out"),
        "error-table-quote",
    )
}

fn ragged(line: &Line, wanted: usize) -> Error {
    let (number, found) = (line.number, line.cells.len());
    refused(
        number,
        format!("line {number} has {found} cells, the heading {wanted}: write one cell for each column"),
        "error-table-length",
    )
    .with_arg("found", found)
    .with_arg("wanted", wanted)
}

fn twins(line: u64, column: &str) -> Error {
    Error::new(
        ErrorKind::Usage,
        format!("line {line}: two columns are called {column}; leave one, or give the other another name"),
    )
    .with_key("error-table-column-twice")
    .with_arg("line", line)
    .with_arg("column", column)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> Table {
        Table::read(text.as_bytes(), &[]).expect("a sound table")
    }

    fn numbers(text: &str) -> Vec<u64> {
        table(text).lines().iter().map(|line| line.number).collect()
    }

    #[test]
    fn lines_are_counted_as_an_editor_counts_them() {
        let text = "id,wbc_counted\nA,1\n\nB,2\n\"C\nc\",3\n,\nD,4";
        let wanted = [2, 4, 5, 8];
        assert_eq!(numbers(text), wanted);
        assert_eq!(numbers(&text.replace('\n', "\r\n")), wanted);
        assert_eq!(numbers(&text.replace('\n', "\r")), wanted);
        assert_eq!(numbers(&format!("sep=,\r\n{}", text.replace('\n', "\r\n"))), wanted.map(|n| n + 1));
    }

    #[test]
    fn the_first_line_of_excel_says_what_parts_the_cells() {
        for first in ["sep=;", "SEP=;", "\"sep=;\"", "\u{feff}sep=;"] {
            let table = table(&format!("{first}\r\nlame;a,b,c\r\nN-1;x\r\n"));
            assert_eq!(table.names(), ["slide", "a,b,c"], "{first}");
            assert_eq!((table.heading_line(), table.lines()[0].number), (2, 3));
        }
        assert_eq!(table("sep=;x,b\n1,2\n").names(), ["sep=;x", "b"]);
    }

    #[test]
    fn the_cells_show_the_style() {
        let decimal = |text: &str| table(text).style(Style::default()).decimal;
        let (point, comma) = (Some(DecimalSign::Point), Some(DecimalSign::Comma));
        for (text, wanted) in [
            ("slide;um_per_px;wbc_per_ul\nA;0,104;6.200\n", comma),
            ("slide;um_per_px\nA;1.250,5\n", comma),
            ("slide,um_per_px\nA,0.104\n", point),
            ("slide;wbc_per_ul\nA;6.200\n", None),
            ("slide;rbc_per_ul;wbc_per_ul\nA;1.234.567;6.200\n", comma),
            ("slide,rbc_per_ul,wbc_per_ul\nA,\"4,500,000\",\"6,200\"\n", point),
            ("slide;rbc_per_ul\nA;1,007,400\n", point),
            ("slide;rbc_per_ul;um_per_px\nA;1.007.400;0.104\n", None),
            ("lame;wbc_per_ul\nA;6.200\n", comma),
            ("lame;wbc_per_ul;age\nA;6.200;0.5\n", point),
            ("lame,wbc_per_ul\nA,\"6,200\"\n", None),
            ("slide;remark\nA;0,104\n", None),
        ] {
            assert_eq!(decimal(text), wanted, "{text}");
        }
        // Cells that contradict each other are settled by nothing, not even by the reader's language.
        let torn = table("slide;age;um_per_px\nA;4.5;0,1\n");
        assert_eq!(torn.style(Style::FRENCH), Style::default());
        assert_eq!(table("slide;age\nA;4\n").style(Style::ENGLISH), Style::ENGLISH);
    }

    #[test]
    fn the_dates_show_which_comes_first() {
        let order = |text: &str| table(text).style(Style::default()).day_first;
        for (text, wanted) in [
            ("slide;date\nA;03/04/2026\nB;21/11/2026\n", Some(true)),
            ("slide,date\nA,03/04/2026\nB,11/21/2026\n", Some(false)),
            ("slide;date\nA;03/04/2026\n", None),
            ("lame;date\nA;03/04/2026\n", Some(true)),
            ("slide;date;um_per_px\nA;03/04/2026;0,1\n", Some(true)),
            ("slide;date\nA;21/11/2026\nB;11/21/2026\n", None),
        ] {
            assert_eq!(order(text), wanted, "{text}");
        }
    }

    #[test]
    fn a_column_without_a_name_is_passed_over() {
        let cells = |text: &str| {
            let table = table(text);
            let line = &table.lines()[0];
            let cells: Vec<_> = table.cells(line).expect("a sound line").collect();
            let said: Vec<String> = cells.iter().map(|(name, cell)| format!("{name}={cell}")).collect();
            (said.join(" "), table.unnamed())
        };
        let wanted = "id=A parasites=10";
        for (text, unnamed) in [
            ("id;parasites;\nA;10;\n", vec![]),
            ("id;parasites;\nA;10\n", vec![]),
            ("id;parasites;;\nA;10;;\n", vec![]),
            // pandas' number of the line, and a cell of which nobody knows what it is.
            (",id,parasites\n0,A,10\n", vec![1]),
            ("id;;parasites;\nA;x;10;y\n", vec![2, 4]),
            ("id;parasites;\"  \"\nA;10;y\n", vec![3]),
        ] {
            assert_eq!(cells(text), (wanted.to_owned(), unnamed), "{text}");
        }
        assert!(Table::read(b"id;n;\nA;1\n", &[]).is_ok_and(|t| t.cells(&t.lines()[0]).is_ok()));
        assert!(Table::read(b"id;n;\nA\n", &[]).is_ok_and(|t| t.cells(&t.lines()[0]).is_err()));
        let twice = Table::read(b"id;;id;\nA;;B;\n", &[]).expect_err("two columns");
        assert_eq!(twice.key(), Some("error-table-column-twice"));
    }

    #[test]
    fn a_number_that_excel_keeps_as_a_text_is_that_text() {
        let cells = |text: &str| table(text).lines()[0].cells.clone();
        assert_eq!(cells("id,n\n=\"0012\",=\"350\"\n"), ["0012", "350"]);
        assert_eq!(cells("id,n\n\"=\"\"0012\"\"\",\"=\"\"350\"\"\"\n"), ["0012", "350"]);
        assert_eq!(table("=\"lame\";=\"n\"\nA;1\n").names(), ["slide", "n"]);
        for kept in ["=350", "=\"a", "=A1&\"b\""] {
            assert_eq!(inside(kept), kept);
        }
    }

    #[test]
    fn what_is_no_table_says_so() {
        let key = |text: &[u8]| Table::read(text, &[]).map(|t| t.names().to_vec()).map_err(|e| e.key());
        assert_eq!(key(b"lame;N\xb0 lame\n"), Err(Some("error-table-column-twice")));
        assert_eq!(key(b"id,site\nA,\"Dosso\nB,Niamey\n"), Err(Some("error-table-quote")));
        let open = Table::read(b"id,site\r\nA,\"x\"\"\ny\"\r\nB,\"Dosso\r\nC,z\r\n", &[]).expect_err("open");
        assert!(open.to_string().contains("line 4"), "{open}");
        assert_eq!(key(b"id,site\nA,5\" lens\n").map(|names| names.len()), Ok(2));
        assert_eq!(key(b"id,site\nA,pr\x82s\n"), Err(Some("error-table-encoding")));
        assert_eq!(key(b""), Ok(Vec::new()));
        let twins = Table::read(b"WBC;wbc per ul\n", &[("wbc", "wbc_per_ul")]).expect_err("two");
        assert!(twins.key() == Some("error-table-column-twice") && twins.to_string().contains("wbc_per_ul"));
        let ragged = table("a,b\n1\n1,2,\n1,2,3\n");
        let sound: Vec<bool> = ragged.lines().iter().map(|line| ragged.cells(line).is_ok()).collect();
        assert_eq!(sound, [false, true, false]);
    }
}
