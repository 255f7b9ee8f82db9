//! A density, which cannot exist without the counts it was made from (INV-1, INV-7, INV-9).

use std::num::NonZeroU64;

use super::counts::{Asexual, Basis, Gametocytes, InfectedCells, RbcUsed, RedCells, WbcUsed, WhiteCells};

/// Objects per µL of blood: counted × cells per µL / cells counted.
///
/// There is no way to make one from a bare number:
///
/// ```compile_fail
/// let wrong = malaria_standard::Density { counted: 350, over: 0, per_ul: 8000.0 };
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Density {
    counted: u64,
    over: NonZeroU64,
    cells_per_ul: f64,
    basis: Basis,
}

impl Density {
    /// D = P·C/W (section 5). `None` where no white cell was counted (THK-7).
    pub fn thick(parasites: Asexual, cells: WhiteCells, used: WbcUsed) -> Option<Self> {
        Self::of(parasites.get(), cells.get(), used.per_ul(), used.basis())
    }

    /// D = I·B/R (section 6). `None` where no red cell was counted.
    pub fn thin(infected: InfectedCells, cells: RedCells, used: RbcUsed) -> Option<Self> {
        Self::of(infected.get(), cells.get(), used.per_ul(), used.basis())
    }

    fn of(counted: u64, over: u64, cells_per_ul: f64, basis: Basis) -> Option<Self> {
        NonZeroU64::new(over).map(|over| Self { counted, over, cells_per_ul, basis })
    }

    /// Per µL, unrounded.
    pub fn raw(&self) -> f64 {
        self.counted as f64 * self.cells_per_ul / self.over.get() as f64
    }

    /// Per µL as reported: whole, halves upwards, and at least 1 where one was counted (THK-10, INV-8).
    pub fn reported(&self) -> u64 {
        if self.counted > 0 { reported_of(self.raw()) } else { 0 }
    }

    /// Whether the density is strictly above `limit` per µL, compared as products before any rounding (INV-4).
    pub fn is_above(&self, limit: f64) -> bool {
        self.counted as f64 * self.cells_per_ul > limit * self.over.get() as f64
    }

    /// Whether the density is `limit` per µL or above, compared as [`Self::is_above`].
    pub fn reaches(&self, limit: f64) -> bool {
        self.counted as f64 * self.cells_per_ul >= limit * self.over.get() as f64
    }

    /// Objects counted.
    pub fn counted(&self) -> u64 {
        self.counted
    }

    /// Cells counted.
    pub fn over(&self) -> u64 {
        self.over.get()
    }

    /// Cells per µL that it was scaled by.
    pub fn cells_per_ul(&self) -> f64 {
        self.cells_per_ul
    }

    /// Where that number came from.
    pub fn basis(&self) -> Basis {
        self.basis
    }
}

/// A density above 0 as reported: whole, halves upwards, and at least 1 (THK-10, INV-8).
pub(super) fn reported_of(raw: f64) -> u64 {
    // A float beyond the range of u64 becomes its largest value.
    ((raw + 0.5).floor() as u64).max(1)
}

/// Gametocytes per µL: kept apart from [`Density`], because nothing may add or compare the two (INV-3, THK-8).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GametocyteDensity(Density);

impl GametocyteDensity {
    /// G·C/W over all valid fields (THK-8). `None` where no white cell was counted.
    pub fn thick(gametocytes: Gametocytes, cells: WhiteCells, used: WbcUsed) -> Option<Self> {
        Density::of(gametocytes.get(), cells.get(), used.per_ul(), used.basis()).map(Self)
    }

    /// Per µL, unrounded.
    pub fn raw(&self) -> f64 {
        self.0.raw()
    }

    /// Per µL as reported, rounded like a parasite density.
    pub fn reported(&self) -> u64 {
        self.0.reported()
    }
}
