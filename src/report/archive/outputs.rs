//! Every file of an output folder but the journal and the records.

use std::io::Read;
use std::path::{Path, PathBuf};

use super::columns::{slide_cells, slide_columns};
use super::edited::{Digesting, Replacing};
use super::figures::Figures;
use super::page::Page;
use super::parquet::ParquetTable;
use crate::archive::{INDEX, Journal, OUTPUTS};
use crate::files::AtomicFile;
use crate::locale::Language;
use crate::report::cell::{Cell, Column};
use crate::report::csv::CsvStyle;
use crate::report::csv_table::CsvTable;
use crate::report::fields::{field_cells, field_columns};
use crate::{Error, Result};

/// Writes `slides.csv`, `fields.csv`, `slides.parquet`, `fields.parquet` and `index.html` into `folder` from every
/// slide that has ended; one slide is held at a time. Slides stand in reading order, what is severe first, read or not;
/// fields in the order of ids. A CSV table that somebody has written into is put aside.
///
/// # Errors
/// [`ErrorKind::Io`](crate::ErrorKind::Io) where the system refuses; then no file is half-written.
pub fn write_outputs(journal: &Journal, folder: &Path) -> Result<OutputsWritten> {
    let path = |name: &str| folder.join(name);
    let begun = journal.begun_before()?;
    let style = if begun.french_tables { CsvStyle::Semicolon } else { CsvStyle::Comma };
    // What is signed while the rows are read is shown the next time.
    let readings = journal.last_reading()?;
    let free = journal.free_columns()?;
    let mut slides = Table::begin(folder, "slides", style, &slide_columns(&free))?;
    let mut fields = Table::begin(folder, "fields", style, &field_columns())?;
    let mut figures = Figures::default();
    journal
        .each_slide(|row, of_slide| {
            figures.add(&row, &of_slide);
            of_slide.iter().try_for_each(|field| fields.row(&field_cells(&row.id, field)))
        })
        .map_err(|e| e.with_path(folder))?;
    let shared = journal.shared_pictures()?;
    let index = AtomicFile::begin(path(INDEX))?;
    let mut page = Page::begin(index, &figures, &shared, language_of(journal)?, &mark_of(readings))?;
    journal.each_row_by_urgency(|row| {
        slides.row(&slide_cells(&row, &free)).map_err(|e| e.with_path(folder))?;
        page.row(&row)
    })?;
    let page = page.finish()?;
    let (slides, fields) = (slides.end()?, fields.end()?);
    let new = [("slides.csv", slides.digest.clone()), ("fields.csv", fields.digest.clone())];
    let replacing = Replacing::begin(folder, &new)?;
    slides.finish()?;
    fields.finish()?;
    let kept = replacing.end()?;
    page.finish()?;
    Ok(OutputsWritten { files: OUTPUTS.map(path).to_vec(), kept })
}

/// What was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OutputsWritten {
    /// Tables and page.
    pub files: Vec<PathBuf>,
    /// Tables that somebody had changed by hand, under the names that they have now.
    pub kept: Vec<PathBuf>,
}

/// In this much of its beginning stands up to which reading it goes.
const HEAD_BYTES: u64 = 1024;
const MARK: &str = "<meta name=\"hemozoin-readings\" content=\"";

/// The language in which the pages of an archive open.
pub(super) fn language_of(journal: &Journal) -> Result<Language> {
    Ok(if journal.begun_before()?.french_page { Language::French } else { Language::English })
}

/// Says up to which signed reading tables and pages go.
fn mark_of(readings: i64) -> String {
    format!("{MARK}{readings}\">")
}

/// Up to which signed reading the tables and pages in `folder` go; 0 where there are none.
pub(super) fn readings_shown(folder: &Path) -> i64 {
    let mut head = Vec::new();
    let read =
        std::fs::File::open(folder.join(INDEX)).and_then(|f| f.take(HEAD_BYTES).read_to_end(&mut head));
    let head = String::from_utf8_lossy(&head);
    let number = read.ok().and_then(|_| head.split_once(MARK)?.1.split('"').next()?.parse().ok());
    number.unwrap_or(0)
}

/// One table in both forms; what the system refuses names the file.
struct Table {
    csv: CsvTable<Digesting<AtomicFile>>,
    csv_path: PathBuf,
    parquet: ParquetTable<AtomicFile>,
    parquet_path: PathBuf,
}

impl Table {
    fn begin(folder: &Path, name: &str, style: CsvStyle, columns: &[Column]) -> Result<Self> {
        let [csv_path, parquet_path] = ["csv", "parquet"].map(|form| folder.join(format!("{name}.{form}")));
        let csv = CsvTable::begin(Digesting::new(AtomicFile::begin(&csv_path)?), style, columns);
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

    /// Both forms whole, and not yet under their names.
    fn end(self) -> Result<Ended> {
        let (csv, digest) = self.csv.finish().map_err(named(&self.csv_path))?.into_parts();
        Ok(Ended { csv, digest, parquet: self.parquet.finish().map_err(named(&self.parquet_path))? })
    }
}

/// A table that waits for its name.
struct Ended {
    csv: AtomicFile,
    /// Of the CSV.
    digest: String,
    parquet: AtomicFile,
}

impl Ended {
    fn finish(self) -> Result<()> {
        self.csv.finish()?;
        self.parquet.finish()
    }
}

fn named(path: &Path) -> impl FnOnce(Error) -> Error {
    move |error| error.with_path(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ErrorKind;
    use crate::report::cell::Kind;

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
