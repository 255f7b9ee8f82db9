//! Tables for a spreadsheet: one row per field, one row per detection.
//!
//! Column names are the record's own and do not change with the language; only the separators do.

use std::io::Write;

use crate::locale::Language;
use crate::record::{DetectionRecord, FieldRecord, SlideRecord};
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

const FIELD_COLUMNS: [&str; 25] = [
    "film",
    "image",
    "page",
    "counted",
    "verdict",
    "reasons",
    "copy_of",
    "repeat_of",
    "um_per_px",
    "scale_basis",
    "width",
    "height",
    "asexual_parasites",
    "rings",
    "trophozoites",
    "schizonts",
    "gametocytes",
    "white_cells",
    "red_cells",
    "infected_red_cells",
    "gametocyte_red_cells",
    "implied_red_cells",
    "cut_red_cells",
    "platelets",
    "sha256",
];

/// One row per readable picture (per page), in acquisition order; pages count from 1.
///
/// # Errors
/// [`ErrorKind::Internal`] where a table cannot be made, which does not happen.
pub fn fields_csv(record: &SlideRecord, style: CsvStyle) -> Result<Vec<u8>> {
    table(style, &FIELD_COLUMNS, record.fields.iter().map(|field| field_row(field, style).to_vec()))
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

fn field_row(field: &FieldRecord, style: CsvStyle) -> [String; 25] {
    let verdict = if field.quality.reasons.is_empty() { "fit" } else { "unfit" };
    // A model that gives no stage counts none: an empty cell, not 0.
    let staged = field.tally.is_staged();
    let stage = |n: u64| if staged { n.to_string() } else { String::new() };
    let scale = field.scale.as_ref();
    let t = &field.tally;
    [
        field.film.code().to_owned(),
        text_cell(&field.image),
        (u64::from(field.page) + 1).to_string(),
        field.counted.to_string(),
        verdict.to_owned(),
        field.reasons_against().join(" "),
        field.copy_of.as_deref().map(text_cell).unwrap_or_default(),
        field.repeat_of.as_deref().map(text_cell).unwrap_or_default(),
        scale.map(|s| style.number(s.um_per_px.get())).unwrap_or_default(),
        scale.map(|s| s.basis.code().to_owned()).unwrap_or_default(),
        field.width.to_string(),
        field.height.to_string(),
        t.asexual_parasites.to_string(),
        stage(t.rings),
        stage(t.trophozoites),
        stage(t.schizonts),
        t.gametocytes.to_string(),
        t.white_cells.to_string(),
        t.red_cells.to_string(),
        t.infected_red_cells.to_string(),
        t.gametocyte_red_cells.to_string(),
        t.implied_red_cells.to_string(),
        t.cut_red_cells.to_string(),
        t.platelets.to_string(),
        field.sha256.clone(),
    ]
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
