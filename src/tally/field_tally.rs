//! What was counted, in whole numbers that only ever add up.

use std::ops::AddAssign;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Counts of one field or of any number of fields together.
///
/// Adding is associative and commutative; a slide's figures are computed once, from the sum.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct FieldTally {
    /// Asexual parasites; never gametocytes (INV-3).
    pub asexual_parasites: u64,
    /// Of these, rings.
    pub rings: u64,
    /// Of these, late trophozoites.
    pub trophozoites: u64,
    /// Of these, schizonts.
    pub schizonts: u64,
    /// Gametocytes.
    pub gametocytes: u64,
    /// White cells.
    pub white_cells: u64,
    /// Red cells: every whole one, infected or not, cells with gametocytes and implied ones included (thin films).
    pub red_cells: u64,
    /// Red cells with at least one asexual parasite, implied ones included; a cell counts once (THN-3).
    pub infected_red_cells: u64,
    /// Asexual parasites inside red cells.
    pub parasites_in_red_cells: u64,
    /// Red cells that hold a gametocyte and no asexual parasite, implied ones included (THN-4).
    pub gametocyte_red_cells: u64,
    /// Red cells that were not seen themselves but must surround a parasite that was. They are part of
    /// `red_cells`, and of `infected_red_cells` or `gametocyte_red_cells`.
    pub implied_red_cells: u64,
    /// Red cells that the edge of the view cuts, implied ones included. They are no part of the numbers above: what
    /// is out of sight may hold a parasite.
    #[serde(default)]
    pub cut_red_cells: u64,
    /// Of these, with at least one asexual parasite in sight.
    #[serde(default)]
    pub cut_infected_red_cells: u64,
    /// Of these, with a gametocyte and no asexual parasite in sight.
    #[serde(default)]
    pub cut_gametocyte_red_cells: u64,
    /// Platelets; counted for nothing.
    pub platelets: u64,
}

impl FieldTally {
    /// Whether any asexual parasite has a stage: a model without stages gives none, which is not the number 0.
    pub fn is_staged(&self) -> bool {
        self.rings > 0 || self.trophozoites > 0 || self.schizonts > 0
    }

    /// The same with cut cells among the red cells where they alone hold parasites: what was seen is never
    /// lost.
    ///
    /// - A whole cell is infected: unchanged; the share of infected cells is one of whole cells.
    /// - Cut cells alone are infected: all cut cells enter, so that they have their own denominator.
    /// - No cell is infected, and cut cells alone hold gametocytes: those cells enter, the others do not.
    pub fn with_cut_cells_where_they_decide(self) -> Self {
        if self.infected_red_cells > 0 {
            return self;
        }
        let cells = if self.cut_infected_red_cells > 0 {
            self.cut_red_cells
        } else if self.gametocyte_red_cells == 0 {
            self.cut_gametocyte_red_cells
        } else {
            0
        };
        if cells == 0 {
            return self;
        }
        Self {
            red_cells: self.red_cells + cells,
            infected_red_cells: self.cut_infected_red_cells,
            gametocyte_red_cells: self.gametocyte_red_cells + self.cut_gametocyte_red_cells,
            ..self
        }
    }
}

impl AddAssign for FieldTally {
    fn add_assign(&mut self, other: Self) {
        self.asexual_parasites += other.asexual_parasites;
        self.rings += other.rings;
        self.trophozoites += other.trophozoites;
        self.schizonts += other.schizonts;
        self.gametocytes += other.gametocytes;
        self.white_cells += other.white_cells;
        self.red_cells += other.red_cells;
        self.infected_red_cells += other.infected_red_cells;
        self.parasites_in_red_cells += other.parasites_in_red_cells;
        self.gametocyte_red_cells += other.gametocyte_red_cells;
        self.implied_red_cells += other.implied_red_cells;
        self.cut_red_cells += other.cut_red_cells;
        self.cut_infected_red_cells += other.cut_infected_red_cells;
        self.cut_gametocyte_red_cells += other.cut_gametocyte_red_cells;
        self.platelets += other.platelets;
    }
}

impl std::iter::Sum for FieldTally {
    fn sum<I: Iterator<Item = Self>>(items: I) -> Self {
        items.fold(Self::default(), |mut total, item| {
            total += item;
            total
        })
    }
}
