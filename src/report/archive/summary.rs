//! A summary as CSV.

use crate::archive::{SummaryBy, SummaryTable};
use crate::report::cell::{Cell, Column, Kind};
use crate::report::csv::CsvStyle;
use crate::report::csv_table::CsvTable;
use crate::terms::Species;
use crate::{Error, ErrorKind, Result};

/// One row per group; the columns that it is divided by come first, an unknown value is an empty cell.
///
/// # Errors
/// [`ErrorKind::Internal`] where the table cannot be built, which no table causes.
pub fn summary_csv(table: &SummaryTable, style: CsvStyle) -> Result<String> {
    let mut columns: Vec<Column> =
        table.by.iter().map(|by| (by.code().replace('-', "_"), Kind::Text)).collect();
    let counts = ["slides", "unread", "tested", "positive", "no_parasites_seen", "undecided"];
    let species = Species::ALL.iter().map(|s| s.code());
    let bands = (0..table.densities.count()).map(|n| format!("density_{}", table.densities.name(n, 1)));
    let names = counts
        .into_iter()
        .chain(species)
        .chain(["mixed", "species_unknown", "gametocytes"])
        .map(str::to_owned)
        .chain(bands)
        .chain(std::iter::once("density_unknown".to_owned()));
    columns.extend(names.map(|name| (name, Kind::Whole)));
    let mut csv = CsvTable::begin(Vec::new(), style, &columns)?;
    for (group, line) in &table.groups {
        let mut cells: Vec<Cell> = table
            .by
            .iter()
            .map(|by| {
                Cell::Text(match by {
                    SummaryBy::Week => group.week.clone(),
                    SummaryBy::Month => group.month.clone(),
                    SummaryBy::Quarter => group.quarter.clone(),
                    SummaryBy::Site => group.site.clone(),
                    SummaryBy::AgeBand => group.age_band.map(|band| table.ages.name(band, 0)),
                    SummaryBy::Pregnancy => {
                        group.pregnant.map(|yes| if yes { "pregnant" } else { "not_pregnant" }.to_owned())
                    }
                    SummaryBy::Sex => group.sex.map(|sex| sex.code().to_owned()),
                })
            })
            .collect();
        let mut densities = line.densities.clone();
        densities.resize(table.densities.count(), 0);
        let numbers =
            [line.slides, line.unread, line.tested, line.positive, line.no_parasites_seen, line.undecided]
                .into_iter()
                .chain(line.species)
                .chain([line.mixed, line.species_unknown, line.gametocytes])
                .chain(densities)
                .chain(std::iter::once(line.density_unknown));
        cells.extend(numbers.map(Cell::whole));
        csv.row(&cells)?;
    }
    String::from_utf8(csv.finish()?)
        .map_err(|e| Error::new(ErrorKind::Internal, format!("the summary is not text: {e}")))
}
