//! One object, one detection.
//!
//! Each point of the plane has one owning tile, so seams need no joining. What remains is a network that
//! peaks twice on one object. The rule, from its definition: peaks are taken from the most probable down;
//! a peak stays unless one that already stayed lies nearer than the distance below. Ties are broken by
//! place and class, so the order of the input does not matter (`permutations_agree`).
//!
//! Distance: between two peaks of one class, that class's `min_distance_um`; between two different small
//! objects (parasites of both kinds, platelets), the smaller of the two, for one spot is one object.

use std::cmp::Ordering;

use super::bundle::Bundle;
use super::decode::Peak;
use crate::terms::CellClass;

/// Removes second peaks on one object and sorts: by y, then x, then class.
pub(super) fn merge(bundle: &Bundle, mut peaks: Vec<Peak>) -> Vec<Peak> {
    peaks.sort_by(strongest_first);
    let um = bundle.um_per_px.get();
    let distance = |class: CellClass| bundle.class(class).map_or(0.0, |c| c.min_distance_um / um);
    let reach = bundle.classes.iter().map(|c| c.min_distance_um / um).fold(1.0, f64::max);
    let mut kept = Grid::new(reach);
    for peak in peaks {
        let (x, y) = peak.bounds.centre();
        let beaten = kept.near(x, y).any(|other| {
            let limit = if other.class == peak.class {
                distance(peak.class)
            } else if is_small(other.class) && is_small(peak.class) {
                distance(peak.class).min(distance(other.class))
            } else {
                return false;
            };
            let (ox, oy) = other.bounds.centre();
            (ox - x).powi(2) + (oy - y).powi(2) < limit * limit
        });
        if !beaten {
            kept.add(peak);
        }
    }
    let mut kept = kept.into_peaks();
    kept.sort_by(reading_order);
    kept
}

fn is_small(class: CellClass) -> bool {
    class.is_parasite() || class == CellClass::Platelet
}

fn strongest_first(a: &Peak, b: &Peak) -> Ordering {
    b.score.get().total_cmp(&a.score.get()).then_with(|| reading_order(a, b))
}

fn reading_order(a: &Peak, b: &Peak) -> Ordering {
    let ((ax, ay), (bx, by)) = (a.bounds.centre(), b.bounds.centre());
    ay.total_cmp(&by).then_with(|| ax.total_cmp(&bx)).then_with(|| a.class.cmp(&b.class))
}

/// Peaks by square of `side` pixels, so that only the neighbourhood is compared.
struct Grid {
    side: f64,
    squares: std::collections::HashMap<(i64, i64), Vec<Peak>>,
}

impl Grid {
    fn new(side: f64) -> Self {
        Self { side, squares: std::collections::HashMap::new() }
    }

    fn square(&self, x: f64, y: f64) -> (i64, i64) {
        ((x / self.side).floor() as i64, (y / self.side).floor() as i64)
    }

    fn near(&self, x: f64, y: f64) -> impl Iterator<Item = &Peak> {
        let (sx, sy) = self.square(x, y);
        (-1..=1)
            .flat_map(move |dy| (-1..=1).map(move |dx| (sx + dx, sy + dy)))
            .filter_map(|at| self.squares.get(&at))
            .flatten()
    }

    fn add(&mut self, peak: Peak) {
        let (x, y) = peak.bounds.centre();
        let at = self.square(x, y);
        self.squares.entry(at).or_default().push(peak);
    }

    fn into_peaks(self) -> Vec<Peak> {
        self.squares.into_values().flatten().collect()
    }
}
