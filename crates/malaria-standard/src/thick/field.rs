//! What was seen in one field, or in a whole film of which only totals are known.

use std::collections::BTreeMap;

use crate::Species;
use crate::counts::{Asexual, Gametocytes, WhiteCells};
use crate::{Error, ErrorKind, Result};

/// Counts of one oil-immersion field, taken or left as a whole (INV-2).
///
/// Asexual parasites and gametocytes have types of their own and cannot be put in each other's place (INV-3):
///
/// ```compile_fail
/// use malaria_standard::{Asexual, Gametocytes};
/// let mut parasites = Asexual(10);
/// parasites += Gametocytes(2);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldCount {
    asexual: u32,
    wbc: u32,
    gametocytes: u32,
    valid: bool,
    species: BTreeMap<Species, u32>,
}

impl FieldCount {
    /// A valid field with asexual parasites of all species together, and white cells.
    pub fn new(asexual: u32, wbc: u32) -> Self {
        Self { asexual, wbc, gametocytes: 0, valid: true, species: BTreeMap::new() }
    }

    /// The same field with gametocytes (THK-8).
    #[must_use]
    pub fn with_gametocytes(mut self, gametocytes: u32) -> Self {
        self.gametocytes = gametocytes;
        self
    }

    /// The same field, rejected for its image quality: what it shows is not counted (DET-12).
    #[must_use]
    pub fn rejected(mut self) -> Self {
        self.valid = false;
        self
    }

    /// The same field with `count` of its asexual parasites named as `species` (THK-9, INV-13).
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] where the species together exceed the asexual parasites of the field.
    pub fn with_species(mut self, species: Species, count: u32) -> Result<Self> {
        self.species.insert(species, count);
        species_within(self.species.values().map(|n| u64::from(*n)).sum(), u64::from(self.asexual))?;
        Ok(self)
    }

    /// Asexual parasites of all species.
    pub fn asexual(&self) -> Asexual {
        Asexual(u64::from(self.asexual))
    }

    /// White cells.
    pub fn wbc(&self) -> WhiteCells {
        WhiteCells(u64::from(self.wbc))
    }

    /// Gametocytes.
    pub fn gametocytes(&self) -> Gametocytes {
        Gametocytes(u64::from(self.gametocytes))
    }

    /// Whether its image quality lets it count.
    pub fn is_valid(&self) -> bool {
        self.valid
    }

    /// Asexual parasites by species, where a species was named.
    pub fn species(&self) -> impl Iterator<Item = (Species, Asexual)> + '_ {
        self.species.iter().map(|(s, n)| (*s, Asexual(u64::from(*n))))
    }

    /// (parasites, white cells), as the bootstrap takes them.
    pub(super) fn pair(&self) -> (u32, u32) {
        (self.asexual, self.wbc)
    }
}

/// Totals of a film whose fields were not kept apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThickTotals {
    asexual: u64,
    wbc: u64,
    gametocytes: u64,
    fields: Option<u64>,
    species: BTreeMap<Species, u64>,
}

impl ThickTotals {
    /// Asexual parasites and white cells counted in the same fields (THK-1).
    pub fn new(asexual: u64, wbc: u64) -> Self {
        Self { asexual, wbc, gametocytes: 0, fields: None, species: BTreeMap::new() }
    }

    /// With the gametocytes seen in those fields.
    #[must_use]
    pub fn with_gametocytes(mut self, gametocytes: u64) -> Self {
        self.gametocytes = gametocytes;
        self
    }

    /// With the number of valid fields examined.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] for no field at all while something was counted.
    pub fn with_fields(mut self, fields: u64) -> Result<Self> {
        if fields == 0 && (self.asexual > 0 || self.wbc > 0 || self.gametocytes > 0) {
            return Err(Error::new(
                ErrorKind::Usage,
                "parasites or cells were counted in 0 fields: give the number of fields examined, or leave it out",
            )
            .with_key("error-zero-fields"));
        }
        self.fields = Some(fields);
        Ok(self)
    }

    /// With `count` of the asexual parasites named as `species` (THK-9).
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] where the species together exceed the asexual parasites.
    pub fn with_species(mut self, species: Species, count: u64) -> Result<Self> {
        self.species.insert(species, count);
        species_within(self.species.values().fold(0, |sum, n| sum.saturating_add(*n)), self.asexual)?;
        Ok(self)
    }

    /// Asexual parasites.
    pub fn asexual(&self) -> Asexual {
        Asexual(self.asexual)
    }

    /// White cells.
    pub fn wbc(&self) -> WhiteCells {
        WhiteCells(self.wbc)
    }

    /// Gametocytes.
    pub fn gametocytes(&self) -> Gametocytes {
        Gametocytes(self.gametocytes)
    }

    /// Valid fields, where known.
    pub fn fields(&self) -> Option<u64> {
        self.fields
    }

    /// Asexual parasites by species, where a species was named.
    pub fn species(&self) -> impl Iterator<Item = (Species, Asexual)> + '_ {
        self.species.iter().map(|(s, n)| (*s, Asexual(*n)))
    }
}

fn species_within(named: u64, asexual: u64) -> Result<()> {
    if named <= asexual {
        return Ok(());
    }
    Err(Error::new(
        ErrorKind::Usage,
        format!("{named} parasites are named by species, but only {asexual} asexual parasites were counted"),
    )
    .with_key("error-species-exceed")
    .with_arg("named", named)
    .with_arg("asexual", asexual))
}
