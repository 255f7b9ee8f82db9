//! Every file of an output folder but the journal and the records.

use std::path::{Path, PathBuf};

use super::columns::{field_cells, field_columns, slide_cells, slide_columns};
use super::csv::{CsvLocale, CsvTable};
use super::figures::Figures;
use super::page::Page;
use super::parquet::ParquetTable;
use crate::archive::{AtomicFile, Journal};
use crate::error::Result;

/// Writes `slides.csv`, `fields.csv`, `slides.parquet`, `fields.parquet` and `index.html` into `folder` from every
/// slide that has ended; one slide is held at a time. Returns the files written.
///
/// # Errors
/// [`ErrorKind::Io`](crate::ErrorKind::Io) where the system refuses; then no file is half-written.
pub fn write_outputs(journal: &Journal, folder: &Path, locale: CsvLocale) -> Result<Vec<PathBuf>> {
    let path = |name: &str| folder.join(name);
    let begin = |name: &str| AtomicFile::begin(path(name));
    let free = journal.free_columns()?;
    let (slide_columns, field_columns) = (slide_columns(&free), field_columns());
    let mut slides_csv = CsvTable::begin(begin("slides.csv")?, locale, &slide_columns)?;
    let mut fields_csv = CsvTable::begin(begin("fields.csv")?, locale, &field_columns)?;
    let mut slides_parquet = ParquetTable::begin(begin("slides.parquet")?, &slide_columns)?;
    let mut fields_parquet = ParquetTable::begin(begin("fields.parquet")?, &field_columns)?;
    let mut figures = Figures::default();
    journal
        .each_slide(|row, fields| {
            figures.add(&row, &fields);
            let cells = slide_cells(&row, &free);
            slides_csv.row(&cells)?;
            slides_parquet.row(&cells)?;
            for field in &fields {
                let cells = field_cells(&row.id, field);
                fields_csv.row(&cells)?;
                fields_parquet.row(&cells)?;
            }
            Ok(())
        })
        .map_err(|e| e.with_path(folder))?;
    let mut page = Page::begin(begin("index.html")?, &figures)?;
    journal.each_row_by_urgency(|row| page.row(&row))?;
    let page = page.finish()?;
    slides_csv.finish()?.finish()?;
    fields_csv.finish()?.finish()?;
    slides_parquet.finish()?.finish()?;
    fields_parquet.finish()?.finish()?;
    page.finish()?;
    let names = ["slides.csv", "fields.csv", "slides.parquet", "fields.parquet", "index.html"];
    Ok(names.map(path).to_vec())
}
