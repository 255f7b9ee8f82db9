//! The counts of one group.

use std::collections::BTreeSet;

use super::bands::Bands;
use crate::archive::rows::SlideRow;
use crate::standard::{Presence, State};
use crate::terms::Species;

/// Where a positive film goes among the species.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum WhichSpecies {
    /// This one alone.
    One(Species),
    /// More than one.
    Mixed,
    /// Nobody named one: held back for review (falciparum standard, section 16).
    Unknown,
}

impl WhichSpecies {
    /// From the species that a person or the engine named.
    pub fn of(named: &BTreeSet<Species>) -> Self {
        let mut names = named.iter();
        match (names.next(), names.next()) {
            (Some(one), None) => Self::One(*one),
            (Some(_), Some(_)) => Self::Mixed,
            (None, _) => Self::Unknown,
        }
    }

    /// Of a slide: what a person named, else what its result names.
    pub fn of_slide(row: &SlideRow) -> Self {
        if !row.case.species.is_empty() {
            return Self::of(&row.case.species);
        }
        let found = row.outcome.iter().flat_map(|o| &o.species).filter(|s| s.parasites.unwrap_or(0) > 0);
        Self::of(&found.map(|s| s.species).collect())
    }
}

/// Counts of slides in one group. Every slide is in `slides`; tested ones are `positive + no_parasites_seen`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SummaryLine {
    /// Slides of the group.
    pub slides: u64,
    /// Films that decide presence: any parasite seen, whatever the state of the count, or no parasites seen on a
    /// thick film examined in full (section 16).
    pub tested: u64,
    /// Of these, with any parasite.
    pub positive: u64,
    /// Of these, without.
    pub no_parasites_seen: u64,
    /// Slides that decide nothing: not readable, not enough examined, to be read by a person, failed.
    pub undecided: u64,
    /// Positive films by species, in the order of [`Species::ALL`].
    pub species: [u64; 5],
    /// Positive films with more than one species.
    pub mixed: u64,
    /// Positive films without a species.
    pub species_unknown: u64,
    /// Positive films with gametocytes.
    pub gametocytes: u64,
    /// Films whose count ended (state `Positive`), by band of density.
    pub densities: Vec<u64>,
    /// Positive films without a final density: provisional, gametocytes only, not calculable.
    pub density_unknown: u64,
}

impl SummaryLine {
    /// Adds one slide.
    pub fn add(&mut self, row: &SlideRow, bands: &Bands) {
        self.densities.resize(bands.count(), 0);
        self.slides += 1;
        let Some(outcome) = &row.outcome else {
            self.undecided += 1;
            return;
        };
        match outcome.presence {
            Presence::Positive => {
                self.tested += 1;
                self.positive += 1;
            }
            Presence::NoParasitesSeen => {
                self.tested += 1;
                self.no_parasites_seen += 1;
                return;
            }
            Presence::Indeterminate => {
                self.undecided += 1;
                return;
            }
        }
        match WhichSpecies::of_slide(row) {
            WhichSpecies::One(species) => {
                let place = Species::ALL.iter().position(|s| *s == species);
                if let Some(count) = place.and_then(|p| self.species.get_mut(p)) {
                    *count += 1;
                }
            }
            WhichSpecies::Mixed => self.mixed += 1,
            WhichSpecies::Unknown => self.species_unknown += 1,
        }
        self.gametocytes += u64::from(outcome.gametocytes.unwrap_or(0) > 0);
        let reported = outcome.density_per_ul.filter(|_| outcome.state == State::Positive);
        match reported.and_then(|d| self.densities.get_mut(bands.of(d as f64))) {
            Some(count) => *count += 1,
            None => self.density_unknown += 1,
        }
    }
}
