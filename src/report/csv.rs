//! Tables for a spreadsheet: one row per field, one row per detection.
//!
//! Column names are the record's own and do not change with the language; only the separators do.

use std::io::Write;

use super::csv_table::CsvTable;
use super::fields::{field_cells, field_columns};
use crate::locale::Language;
use crate::record::{DetectionRecord, FieldRecord, FieldRow, SlideRecord};
use crate::{Error, ErrorKind, Result};

/// How numbers and columns are parted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CsvStyle {
    /// `,` between columns and a decimal point.
    Comma,
    /// `;` between columns and a decimal comma, with the byte-order mark by which a French spreadsheet knows UTF-8.
    Semicolon,
}

impl CsvStyle {
    /// What the spreadsheets of a language's readers expect.
    pub fn of(language: Language) -> Self {
        match language {
            Language::English => Self::Comma,
            Language::French => Self::Semicolon,
        }
    }

    /// A number as the style writes it.
    pub(super) fn number(self, value: impl ToString) -> String {
        let text = value.to_string();
        match self {
            Self::Comma => text,
            Self::Semicolon => text.replace('.', ","),
        }
    }

    /// Begins a table.
    pub(crate) fn begin<W: Write>(self, mut out: W) -> std::io::Result<csv::Writer<W>> {
        let (delimiter, start) = match self {
            Self::Comma => (b',', ""),
            Self::Semicolon => (b';', "\u{feff}"),
        };
        out.write_all(start.as_bytes())?;
        Ok(csv::WriterBuilder::new().delimiter(delimiter).from_writer(out))
    }
}

/// Text for a cell: what a spreadsheet would take for a formula gets an apostrophe before it, so that a name that
/// somebody else chose is shown and never run.
pub(crate) fn text_cell(text: &str) -> String {
    match text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        true => format!("'{text}"),
        false => text.to_owned(),
    }
}

/// One row per picture (per page) in acquisition order, then one per file that could not be read; pages count from 1. The
/// same columns as those of an archive's table.
///
/// # Errors
/// [`ErrorKind::Internal`] where a table cannot be made, which does not happen.
pub fn fields_csv(record: &SlideRecord, style: CsvStyle) -> Result<Vec<u8>> {
    let internal = |e: Error| Error::new(ErrorKind::Internal, e.message().to_owned());
    let mut table = CsvTable::begin(Vec::new(), style, &field_columns()).map_err(internal)?;
    for row in FieldRow::all_of(record) {
        table.row(&field_cells(&record.slide.id, &row)).map_err(internal)?;
    }
    table.finish().map_err(internal)
}

const DETECTION_COLUMNS: [&str; 14] = [
    "film",
    "image",
    "page",
    "counted",
    "class",
    "stage",
    "score",
    "x",
    "y",
    "width",
    "height",
    "infected",
    "parasites_inside",
    "cut",
];

/// One row per detection, boxes in pixels of the upright picture.
///
/// # Errors
/// As [`fields_csv`].
pub fn detections_csv(record: &SlideRecord, style: CsvStyle) -> Result<Vec<u8>> {
    let rows = record
        .fields
        .iter()
        .flat_map(|field| field.detections.iter().map(move |d| detection_row(field, d, style).to_vec()));
    table(style, &DETECTION_COLUMNS, rows)
}

fn detection_row(field: &FieldRecord, d: &DetectionRecord, style: CsvStyle) -> [String; 14] {
    [
        field.film.code().to_owned(),
        text_cell(&field.image),
        (u64::from(field.page) + 1).to_string(),
        field.counted.to_string(),
        d.class.code().to_owned(),
        d.stage.map(|s| s.code().to_owned()).unwrap_or_default(),
        // A score has four decimals; written from single precision it keeps them.
        style.number(d.score.get()),
        style.number(d.x),
        style.number(d.y),
        style.number(d.width),
        style.number(d.height),
        d.infected.map(|i| i.to_string()).unwrap_or_default(),
        d.parasites_inside.map(|n| n.to_string()).unwrap_or_default(),
        d.cut.to_string(),
    ]
}

fn table(style: CsvStyle, columns: &[&str], rows: impl Iterator<Item = Vec<String>>) -> Result<Vec<u8>> {
    let internal = |e: &dyn std::fmt::Display| Error::new(ErrorKind::Internal, format!("table: {e}"));
    let mut writer = style.begin(Vec::new()).map_err(|e| internal(&e))?;
    writer.write_record(columns).map_err(|e| internal(&e))?;
    for row in rows {
        writer.write_record(&row).map_err(|e| internal(&e))?;
    }
    writer.into_inner().map_err(|e| internal(&e))
}
