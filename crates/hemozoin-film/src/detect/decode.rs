//! From a tile's maps to peaks in plane pixels.

use super::bundle::Bundle;
use super::ink::Input;
use super::second::Looks;
use crate::Result;
use crate::measure::{Probability, PxRect};
use crate::terms::{CellClass, Stage};
use crate::tiling::Tile;

/// An object seen by one tile, in plane pixels.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Peak {
    pub(super) class: CellClass,
    pub(super) stage: Option<Stage>,
    pub(super) score: Probability,
    pub(super) bounds: PxRect,
}

/// What one tile saw of the objects.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// Peaks whose centres the tile owns.
    pub(super) owned: Vec<Peak>,
    /// Peaks whose centres lie beyond what the tile owns, by one cell of the maps at most.
    pub(super) beyond: Vec<Peak>,
    /// Centres of the candidates that the tile owns within [`SEAM_CELLS`] and one of its border, those included that
    /// were judged to be nothing.
    pub(super) candidates: Vec<(CellClass, f64, f64)>,
    /// Peaks of parasites that the tile owns and whose scores miss the threshold of their class, by [`NEAR_MISS`] at
    /// most. Never counted.
    pub(super) near_misses: Vec<Peak>,
}

/// Share of its class's threshold that the score of a near miss reaches.
pub(super) const NEAR_MISS: f32 = 0.25;

/// Cells of the maps by which two tiles may differ about the place of one object.
pub(super) const SEAM_CELLS: u32 = 2;

/// Largest side of an object, micrometres: a guard against wild size maps.
const MAX_SIDE_UM: f64 = 60.0;

/// Smallest side of an object, micrometres.
const MIN_SIDE_UM: f64 = 0.5;

/// The peaks of one tile's maps whose centres the tile owns, or nearly so.
///
/// A cell is a peak where its logit is the largest of its 3 x 3 neighbourhood; among equals the first in
/// reading order is taken. Cells without a full neighbourhood lie in the halo and are never owned. Networks see a
/// little further than the halo, so that on a flat peak two tiles may differ by a cell; at a seam each may then see it
/// on the other's side. What lies that near is kept apart, for [`merge`](super::merge::merge) to decide.
/// Maps shorter than the bundle declares give no peaks. Points (plane pixels) that `in_view` denies are none: what
/// the network makes of the fill around a picture is neither looked at again nor merged with what is seen.
/// Candidates of a class with further looks are judged by `looks` too, those of a class with a `dark_share` by the
/// pixels of `input`.
pub(super) fn peaks(
    bundle: &Bundle,
    tile: &Tile,
    maps: &[f32],
    input: &Input<'_>,
    in_view: impl Fn(f64, f64) -> bool,
    looks: &Looks<'_>,
) -> Result<Seen> {
    let shape = bundle.map_shape_at(tile.shape.side());
    let mut found = Seen::default();
    if maps.len() < shape.output_len() {
        return Ok(found);
    }
    let (cells, stride) = (shape.cells, f64::from(bundle.output.stride));
    let plane = |channel: usize| &maps[channel * cells * cells..(channel + 1) * cells * cells];
    let halo_cells = (bundle.input.halo / bundle.output.stride) as usize;
    // One cell for the offset, one for what lies beyond.
    let first = halo_cells.saturating_sub(2).max(1);
    let last = (cells - halo_cells + 2).min(cells - 1);
    let um = bundle.um_per_px.get();
    for class in &bundle.classes {
        let heat = plane(class.heat);
        let [slope, intercept] = class.calibration;
        let from = looks.from(class);
        let lowest = from.unwrap_or_else(|| (logit(class.threshold) - intercept) / slope);
        let least = if class.term.is_parasite() { class.near_miss_from() } else { class.threshold };
        // A further look goes to no more peaks for the sake of near misses.
        let searched = from.unwrap_or_else(|| (logit(least) - intercept) / slope);
        for cy in first..last {
            for cx in first..last {
                let at = cy * cells + cx;
                let value = heat[at];
                // A NaN is no peak.
                if value.is_nan() || value < searched || !is_peak(heat, cells, at) {
                    continue;
                }
                let offset = class.offset.map_or((0.0, 0.0), |[dx, dy]| {
                    (clamp_offset(plane(dx)[at]), clamp_offset(plane(dy)[at]))
                });
                let x = tile.seen_x() as f64 + (cx as f64 + 0.5 + offset.0) * stride;
                let y = tile.seen_y() as f64 + (cy as f64 + 0.5 + offset.1) * stride;
                let owned = tile.owns(x, y);
                if !(tile.owns_within(x, y, stride) && in_view(x, y)) {
                    continue;
                }
                if owned && value >= lowest && !tile.owns_within(x, y, -f64::from(SEAM_CELLS + 1) * stride) {
                    found.candidates.push((class.term, x, y));
                }
                let side = |channel: usize| {
                    let px = f64::from(plane(channel)[at]).exp();
                    if px.is_finite() {
                        px.clamp(MIN_SIDE_UM / um, MAX_SIDE_UM / um)
                    } else {
                        MIN_SIDE_UM / um
                    }
                };
                let middle = |cell: usize| ((cell as f64 + 0.5) * stride) as usize;
                let Some(judged) = looks.judge(class, value, (middle(cx), middle(cy)))? else { continue };
                let score = Probability::new(sigmoid(slope * judged + intercept));
                let (width, height) = (side(class.size[0]), side(class.size[1]));
                let in_tile = (x - tile.seen_x() as f64, y - tile.seen_y() as f64);
                let is_dark =
                    || class.dark_share.is_none_or(|share| input.is_dark(in_tile, (width, height), share));
                if let (Some(score), Some(bounds)) = (score, PxRect::around(x, y, width, height))
                    && score.get() >= least
                    && is_dark()
                {
                    let stage = class
                        .stages
                        .iter()
                        .max_by(|a, b| plane(a.channel)[at].total_cmp(&plane(b.channel)[at]))
                        .map(|s| s.name);
                    let peak = Peak { class: class.term, stage, score, bounds };
                    match (score.get() >= class.threshold, owned) {
                        (true, true) => found.owned.push(peak),
                        (true, false) => found.beyond.push(peak),
                        (false, true) => found.near_misses.push(peak),
                        (false, false) => {}
                    }
                }
            }
        }
    }
    Ok(found)
}

/// True where the cell beats its eight neighbours; a neighbour of equal height wins if it comes first.
fn is_peak(heat: &[f32], cells: usize, at: usize) -> bool {
    let value = heat[at];
    let before = [at - cells - 1, at - cells, at - cells + 1, at - 1];
    let after = [at + 1, at + cells - 1, at + cells, at + cells + 1];
    before.iter().all(|&n| heat[n] < value) && after.iter().all(|&n| heat[n] <= value)
}

/// Offsets reach at most into the neighbouring cell.
fn clamp_offset(value: f32) -> f64 {
    if value.is_finite() { f64::from(value.clamp(-1.0, 1.0)) } else { 0.0 }
}

fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}

/// Inverse of [`sigmoid`], a hair low so that rounding never drops a peak before its score is compared.
fn logit(p: f32) -> f32 {
    (p / (1.0 - p)).ln() - 1e-4
}
