//! What was counted on a thin film.

use crate::counts::{Asexual, Gametocytes, InfectedCells, RedCells};
use crate::{Error, ErrorKind, Result};

/// Pooled counts of a whole thin film: ΣI and ΣR, never a mean of ratios (section 18, point 2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ThinCount {
    infected: u64,
    red_cells: u64,
    gametocyte_cells: u64,
    parasites: Option<u64>,
    rejected_asexual: Asexual,
    rejected_gametocytes: Gametocytes,
    fields: Option<u64>,
}

impl ThinCount {
    /// `infected` cells (I) among `red_cells` (R, which includes them).
    ///
    /// R = 0 with I > 0 is accepted: the denominator was lost, and the film is still positive (INV-7).
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] where more cells are infected than were counted.
    pub fn new(infected: u64, red_cells: u64) -> Result<Self> {
        Self {
            infected,
            red_cells,
            gametocyte_cells: 0,
            parasites: None,
            rejected_asexual: Asexual(0),
            rejected_gametocytes: Gametocytes(0),
            fields: None,
        }
        .checked()
    }

    /// With the red cells that hold a gametocyte; they are part of R and not of I (THN-4).
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] where infected and gametocyte cells together exceed the cells counted.
    pub fn with_gametocyte_cells(mut self, cells: u64) -> Result<Self> {
        self.gametocyte_cells = cells;
        self.checked()
    }

    /// With the asexual parasites inside the infected cells, kept as extra data (THN-3).
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] for fewer parasites than infected cells.
    pub fn with_parasites(mut self, parasites: u64) -> Result<Self> {
        if parasites < self.infected {
            return Err(Error::new(
                ErrorKind::Usage,
                format!("{} infected cells cannot hold only {parasites} parasites", self.infected),
            )
            .with_key("error-thin-parasites")
            .with_arg("infected", self.infected)
            .with_arg("parasites", parasites));
        }
        self.parasites = Some(parasites);
        Ok(self)
    }

    /// With the candidates seen in fields rejected for their quality: they enter no count, but as long as no
    /// parasite is seen elsewhere a person must judge them (DET-12). Without this call there are none.
    #[must_use]
    pub fn with_rejected_candidates(mut self, asexual: Asexual, gametocytes: Gametocytes) -> Self {
        self.rejected_asexual = asexual;
        self.rejected_gametocytes = gametocytes;
        self
    }

    /// With the number of valid fields that the cells lay in, where known.
    #[must_use]
    pub fn with_fields(mut self, fields: u64) -> Self {
        self.fields = Some(fields);
        self
    }

    fn checked(self) -> Result<Self> {
        let inside = self.infected.saturating_add(self.gametocyte_cells);
        if self.red_cells > 0 && inside > self.red_cells {
            return Err(Error::new(
                ErrorKind::Usage,
                format!(
                    "{inside} infected and gametocyte cells exceed the {} red cells counted, which include them",
                    self.red_cells
                ),
            )
            .with_key("error-thin-exceed")
            .with_arg("infected", inside)
            .with_arg("counted", self.red_cells));
        }
        Ok(self)
    }

    /// Valid fields, where known.
    pub fn fields(&self) -> Option<u64> {
        self.fields
    }

    /// Infected cells (I).
    pub fn infected(&self) -> InfectedCells {
        InfectedCells(self.infected)
    }

    /// Red cells (R).
    pub fn red_cells(&self) -> RedCells {
        RedCells(self.red_cells)
    }

    /// Cells with a gametocyte.
    pub fn gametocyte_cells(&self) -> Gametocytes {
        Gametocytes(self.gametocyte_cells)
    }

    /// Asexual parasites inside the infected cells, where they were counted.
    pub fn parasites(&self) -> Option<u64> {
        self.parasites
    }

    /// Asexual candidates in rejected fields (X, DET-12).
    pub fn rejected_asexual(&self) -> Asexual {
        self.rejected_asexual
    }

    /// Gametocyte candidates in rejected fields (DET-12).
    pub fn rejected_gametocytes(&self) -> Gametocytes {
        self.rejected_gametocytes
    }

    /// Candidates of any stage in rejected fields (DET-12).
    pub fn rejected_candidates(&self) -> u64 {
        self.rejected_asexual.get().saturating_add(self.rejected_gametocytes.get())
    }
}
