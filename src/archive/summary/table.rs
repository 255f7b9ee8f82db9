//! All groups of a summary.

use std::collections::BTreeMap;

use super::bands::{AgeBands, Bands};
use super::by::{Group, SummaryBy};
use super::line::SummaryLine;
use crate::Result;
use crate::archive::journal::Journal;
use crate::archive::rows::SlideRow;

/// Groups in order, each with its counts.
#[derive(Clone, Debug)]
pub struct SummaryTable {
    /// What it is divided by.
    pub by: Vec<SummaryBy>,
    /// Bands of age.
    pub ages: AgeBands,
    /// Bands of density, parasites per µL.
    pub densities: Bands,
    /// The groups.
    pub groups: BTreeMap<Group, SummaryLine>,
}

impl SummaryTable {
    /// An empty table.
    pub fn new(by: &[SummaryBy], ages: AgeBands, densities: Bands) -> Self {
        Self { by: by.to_vec(), ages, densities, groups: BTreeMap::new() }
    }

    /// Over every ended slide of a journal.
    ///
    /// # Errors
    /// What the journal refuses.
    pub fn of(journal: &Journal, by: &[SummaryBy], ages: AgeBands, densities: Bands) -> Result<Self> {
        let mut table = Self::new(by, ages, densities);
        journal.each_row(|row| {
            table.add(&row);
            Ok(())
        })?;
        Ok(table)
    }

    /// Adds one slide to its group.
    pub fn add(&mut self, row: &SlideRow) {
        let group = Group::of(&row.case, &self.by, &self.ages);
        self.groups.entry(group).or_default().add(row, &self.densities);
    }
}
