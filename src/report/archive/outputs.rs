//! Every file of an output folder but the journal and the records.

use std::path::{Path, PathBuf};

use super::cell::{Cell, Column};
use super::columns::{field_cells, field_columns, slide_cells, slide_columns};
use super::csv::CsvTable;
use super::figures::Figures;
use super::page::Page;
use super::parquet::ParquetTable;
use crate::archive::Journal;
use crate::files::AtomicFile;
use crate::report::csv::CsvStyle;
use crate::{Error, Result};

/// Writes `slides.csv`, `fields.csv`, `slides.parquet`, `fields.parquet` and `index.html` into `folder` from every
/// slide that has ended; one slide is held at a time. Returns the files written.
///
/// # Errors
/// [`ErrorKind::Io`](crate::ErrorKind::Io) where the system refuses; then no file is half-written.
pub fn write_outputs(journal: &Journal, folder: &Path, style: CsvStyle) -> Result<Vec<PathBuf>> {
    let path = |name: &str| folder.join(name);
    let free = journal.free_columns()?;
    let mut slides = Table::begin(folder, "slides", style, &slide_columns(&free))?;
    let mut fields = Table::begin(folder, "fields", style, &field_columns())?;
    let mut figures = Figures::default();
    journal
        .each_slide(|row, of_slide| {
            figures.add(&row, &of_slide);
            slides.row(&slide_cells(&row, &free))?;
            of_slide.iter().try_for_each(|field| fields.row(&field_cells(&row.id, field)))
        })
        .map_err(|e| e.with_path(folder))?;
    let mut page = Page::begin(AtomicFile::begin(path("index.html"))?, &figures)?;
    journal.each_row_by_urgency(|row| page.row(&row))?;
    let page = page.finish()?;
    slides.finish()?;
    fields.finish()?;
    page.finish()?;
    let names = ["slides.csv", "fields.csv", "slides.parquet", "fields.parquet", "index.html"];
    Ok(names.map(path).to_vec())
}

/// One table in both forms; what the system refuses names the file.
struct Table {
    csv: CsvTable<AtomicFile>,
    csv_path: PathBuf,
    parquet: ParquetTable<AtomicFile>,
    parquet_path: PathBuf,
}

impl Table {
    fn begin(folder: &Path, name: &str, style: CsvStyle, columns: &[Column]) -> Result<Self> {
        let [csv_path, parquet_path] = ["csv", "parquet"].map(|form| folder.join(format!("{name}.{form}")));
        let csv = CsvTable::begin(AtomicFile::begin(&csv_path)?, style, columns);
        let parquet = ParquetTable::begin(AtomicFile::begin(&parquet_path)?, columns);
        Ok(Self {
            csv: csv.map_err(named(&csv_path))?,
            csv_path,
            parquet: parquet.map_err(named(&parquet_path))?,
            parquet_path,
        })
    }

    fn row(&mut self, cells: &[Cell]) -> Result<()> {
        self.csv.row(cells).map_err(named(&self.csv_path))?;
        self.parquet.row(cells).map_err(named(&self.parquet_path))
    }

    fn finish(self) -> Result<()> {
        self.csv.finish().map_err(named(&self.csv_path))?.finish()?;
        self.parquet.finish().map_err(named(&self.parquet_path))?.finish()
    }
}

fn named(path: &Path) -> impl FnOnce(Error) -> Error {
    move |error| error.with_path(path)
}

#[cfg(test)]
mod tests {
    use super::super::cell::Kind;
    use super::*;
    use crate::ErrorKind;

    /// A disk without room.
    struct Full;

    impl std::io::Write for Full {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(std::io::ErrorKind::StorageFull.into())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn what_a_full_disk_refuses_names_the_file() {
        let columns = [("a".to_owned(), Kind::Text)];
        let csv = CsvTable::begin(Full, CsvStyle::Semicolon, &columns).map(drop);
        let parquet = ParquetTable::begin(Full, &columns).and_then(ParquetTable::finish).map(drop);
        for (refused, file) in [(csv, "slides.csv"), (parquet, "slides.parquet")] {
            let error = refused.map_err(named(Path::new(file))).expect_err("no room");
            assert_eq!(error.kind(), ErrorKind::Io, "{error:?}");
            assert_eq!(error.path(), Some(Path::new(file)));
        }
    }
}
