//! Which film a picture shows, by itself.
//!
//! A thin film is glass and cells: two brightnesses that part well, and many round bodies of one size that make up most
//! of what is stained. A thick film is a few dark nuclei on a veil, or a veil of clouds: little of it is dark, or what is
//! dark parts badly from the rest and has no size of its own. Pictures between the two say neither.

use super::red_cells::RedCells;
use super::scale::commonest_size;

/// What each film shows at least or at most (`docs/quality-gates.md`, which film a picture shows).
mod limits {
    /// Thin: bodies of one size, share of the variance that two brightnesses explain, share of the stained area that the
    /// bodies make up, share of the view that is stained.
    pub(super) const THIN: [f64; 4] = [20.0, 0.68, 0.45, 0.15];
    /// Thick, of which little is dark: share of the view that is stained, bodies of one size.
    pub(super) const NUCLEI: [f64; 2] = [0.08, 20.0];
    /// Thick, of clouds: share of the variance, bodies of one size, share of the stained area.
    pub(super) const CLOUDS: [f64; 3] = [0.62, 60.0, 0.5];
    /// Thick of either kind: share of the variance where nuclei are left out; cells and glass around a white cell part well.
    pub(super) const WITHOUT_NUCLEI: f64 = 0.9;
}

/// How much a picture is like either film: above 1 it shows that film.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Shown {
    pub(super) thin: f64,
    pub(super) thick: f64,
}

/// Holds what was measured as red cells against both films; `in_view` is the number of pixels in view. What is measured
/// where nuclei are left out is asked for only where the film seems thick.
pub(super) fn shown(cells: &RedCells, in_view: usize, without_nuclei: impl FnOnce() -> RedCells) -> Shown {
    /// Diameters are nominal ones; measured bodies are a little smaller.
    const MEASURED: f64 = 0.84;
    let same = commonest_size(&cells.diameters);
    let area: f64 = same.iter().map(|d| std::f64::consts::PI / 4.0 * (MEASURED * d).powi(2)).sum();
    let alike = area / (cells.covered * in_view as f64).max(1.0);
    let bodies = same.len() as f64;
    let least = |values: &[f64], limits: &[f64]| {
        values.iter().zip(limits).map(|(v, l)| v / l).fold(f64::INFINITY, f64::min)
    };
    let most = |values: &[f64], limits: &[f64]| {
        values.iter().zip(limits).map(|(v, l)| l / v.max(1e-3)).fold(f64::INFINITY, f64::min)
    };
    let nuclei = most(&[cells.covered, bodies], &limits::NUCLEI);
    let clouds = most(&[cells.parted, bodies, alike], &limits::CLOUDS);
    let mut thick = nuclei.max(clouds);
    if thick > 1.0 {
        thick = thick.min(limits::WITHOUT_NUCLEI / without_nuclei().parted.max(1e-3));
    }
    Shown { thin: least(&[bodies, cells.parted, alike, cells.covered], &limits::THIN), thick }
}
