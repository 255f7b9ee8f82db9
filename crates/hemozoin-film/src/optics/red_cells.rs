//! Diameters of the red cells of a thin film.
//!
//! Cells are darker than the empty glass in green light (haemoglobin absorbs it). The glass is levelled first,
//! cut from the cells by Otsu's threshold, and pale middles are filled. Single round cells give their diameter;
//! where cells lie too close, the largest circles inside their clumps stand in.

use image::RgbImage;

use super::blobs::{Blob, Mask, Regions};
use super::plane::{Plane, otsu, quantile};

/// What the thin film shows.
#[derive(Clone, Debug, Default)]
pub(super) struct RedCells {
    /// Diameters of cells, pixels, brought to the nominal diameter of a red cell.
    pub(super) diameters: Vec<f64>,
    /// Share of the view that is covered by anything stained.
    pub(super) covered: f64,
    /// How well cells and glass part, 0 to 1.
    pub(super) parted: f64,
    /// Brightness of cells over that of glass.
    pub(super) cell_over_glass: f64,
}

/// Smallest and largest diameter looked at, pixels of the reduced picture.
const DIAMETERS: (f64, f64) = (9.0, 260.0);
/// A single cell is no more spread out than this (two cells side by side are 2).
const MAX_SPREAD_OUT: f64 = 1.4;

/// Larger holes, as a share of the view, are glass between cells.
const LARGEST_HOLE: f64 = 0.05;
/// Diameter of a single cell as measured here (circle of equal area, cut half-way up its edge) over the nominal
/// diameter of a red cell. Set so that the sets of known scale come out at their scale (`docs/quality-gates.md`).
const SINGLE_SHARE: f64 = 0.87;
/// The same for the largest circles inside clumps; cells are not quite round and overlap.
const CIRCLE_SHARE: f64 = 0.80;

/// Measures the cells of a reduced picture.
pub(super) fn measure(picture: &RgbImage, in_view: &[bool]) -> RedCells {
    let green = Plane::of(picture, |p| f32::from(p[1])).box_blur(1);
    let level = levelled(&green, in_view);
    let seen = || level.data.iter().zip(in_view).filter(|(_, v)| **v).map(|(v, _)| *v);
    let Some((cut, parted)) = otsu(seen(), 0.0, 1.28) else { return RedCells::default() };
    let mut mask = Mask {
        width: level.width,
        height: level.height,
        set: level.data.iter().zip(in_view).map(|(v, seen)| *seen && *v < cut).collect(),
    };
    let total = in_view.iter().filter(|v| **v).count().max(1) as f64;
    let mean = |below: bool| {
        let (sum, n) = seen()
            .filter(|v| (*v < cut) == below)
            .fold((0.0_f64, 0_u32), |(sum, n), v| (sum + f64::from(v), n + 1));
        sum / f64::from(n.max(1))
    };
    let cell_over_glass = mean(true) / mean(false).max(1e-6);
    let mut solid = mask.clone();
    mask.fill_round_holes(in_view);
    let covered = mask.set.iter().filter(|s| **s).count() as f64 / total;
    // A pale middle may be open to one side or of any shape: for single cells every hole is filled.
    solid.fill_holes(in_view, (total * LARGEST_HOLE) as u32);
    let mut diameters = single_cells(&solid.regions(in_view));
    diameters.extend(circles_in_clumps(&mask.regions(in_view), mask.width, mask.height));
    RedCells { diameters, covered, parted, cell_over_glass }
}

/// What is seen, less the nuclei and what surrounds them closely: they are so dark that cells and glass look alike beside
/// them.
pub(super) fn without_nuclei(picture: &RgbImage, in_view: &[bool]) -> Vec<bool> {
    const NUCLEUS: f32 = 0.5;
    const AROUND: usize = 5;
    let green = Plane::of(picture, |p| f32::from(p[1])).box_blur(1);
    let level = levelled(&green, in_view);
    let set = level.data.iter().zip(in_view).map(|(v, seen)| *seen && *v < NUCLEUS).collect();
    let nuclei = Mask { width: level.width, height: level.height, set }.grown(AROUND);
    in_view.iter().zip(nuclei.set).map(|(seen, nucleus)| *seen && !nucleus).collect()
}

/// Diameters of whole cells that touch no other.
fn single_cells(regions: &Regions) -> Vec<f64> {
    regions.blobs.iter().filter(|b| is_single(b)).map(|b| b.diameter() / SINGLE_SHARE).filter(sized).collect()
}

fn is_single(blob: &Blob) -> bool {
    !blob.cut && blob.spread_out() <= MAX_SPREAD_OUT
}

fn sized(diameter: &f64) -> bool {
    (DIAMETERS.0..=DIAMETERS.1).contains(diameter)
}

/// Diameters of the largest circles inside clumps: where the distance to the outside peaks.
fn circles_in_clumps(regions: &Regions, width: usize, height: usize) -> Vec<f64> {
    /// Pixels on each side among which a peak is the highest.
    const NEAR: usize = 4;
    let plane = Plane { width, height, data: regions.distances.clone() }.box_blur(1);
    let lowest = (DIAMETERS.0 / 2.0 * CIRCLE_SHARE) as f32;
    let mut diameters = Vec::new();
    for (i, (label, value)) in regions.labels.iter().zip(&plane.data).enumerate() {
        let blob = label.checked_sub(1).and_then(|l| regions.blobs.get(l as usize));
        if *value < lowest || blob.is_none_or(is_single) {
            continue;
        }
        let (x, y) = (i % width, i / width);
        let highest = (y.saturating_sub(NEAR)..(y + NEAR + 1).min(height)).all(|ny| {
            (x.saturating_sub(NEAR)..(x + NEAR + 1).min(width)).all(|nx| {
                let other = plane.at(nx, ny);
                // Of equals the first in reading order is the peak.
                other < *value || (other == *value && ny * width + nx >= i)
            })
        });
        if highest && x >= NEAR && y >= NEAR && x + NEAR < width && y + NEAR < height {
            diameters.push(2.0 * f64::from(*value) / CIRCLE_SHARE);
        }
    }
    diameters.retain(sized);
    diameters
}

/// Brightness over that of the empty glass nearby: 1 for glass, less for what is stained.
pub(super) fn levelled(plane: &Plane, in_view: &[bool]) -> Plane {
    /// Blocks along the longer side; wide enough that each or a neighbour shows some glass.
    const BLOCKS: usize = 8;
    /// Share of a block that is darker than what is taken for glass.
    const GLASS: f64 = 0.92;
    let side = plane.width.max(plane.height).div_ceil(BLOCKS).max(1);
    let (across, down) = (plane.width.div_ceil(side), plane.height.div_ceil(side));
    let mut grid = vec![None; across * down];
    let mut values = Vec::with_capacity(side * side / 4);
    for (block, out) in grid.iter_mut().enumerate() {
        let (bx, by) = (block % across * side, block / across * side);
        values.clear();
        for y in (by..(by + side).min(plane.height)).step_by(2) {
            for x in (bx..(bx + side).min(plane.width)).step_by(2) {
                if in_view.get(y * plane.width + x) == Some(&true) {
                    values.push(plane.at(x, y));
                }
            }
        }
        if values.len() >= side * side / 40 {
            *out = quantile(&mut values, GLASS);
        }
    }
    let smooth = spread(&grid, across, down);
    let mut data = Vec::with_capacity(plane.data.len());
    for y in 0..plane.height {
        let fy = (y as f32 + 0.5) / side as f32 - 0.5;
        for x in 0..plane.width {
            let fx = (x as f32 + 0.5) / side as f32 - 0.5;
            let glass = bilinear(&smooth, across, down, fx, fy).max(1.0);
            data.push((plane.at(x, y) / glass).min(1.279));
        }
    }
    plane.with(data)
}

/// Each block takes the mean of the two brightest of its neighbourhood, so that a block without glass borrows it.
fn spread(grid: &[Option<f32>], across: usize, down: usize) -> Vec<f32> {
    let overall = grid.iter().flatten().copied().fold(0.0_f32, f32::max);
    let mut out = Vec::with_capacity(grid.len());
    for y in 0..down {
        for x in 0..across {
            let mut near: Vec<f32> = Vec::with_capacity(9);
            for ny in y.saturating_sub(1)..(y + 2).min(down) {
                for nx in x.saturating_sub(1)..(x + 2).min(across) {
                    near.extend(grid.get(ny * across + nx).copied().flatten());
                }
            }
            near.sort_by(|a, b| b.total_cmp(a));
            let own = grid.get(y * across + x).copied().flatten();
            let brightest = match near.as_slice() {
                [a, b, ..] => (a + b) / 2.0,
                [a] => *a,
                [] => overall,
            };
            // A vignetted corner keeps its own light where that is only a little less.
            out.push(own.filter(|o| *o > 0.8 * brightest).unwrap_or(brightest));
        }
    }
    out
}

fn bilinear(grid: &[f32], across: usize, down: usize, x: f32, y: f32) -> f32 {
    let (x, y) = (x.clamp(0.0, (across - 1) as f32), y.clamp(0.0, (down - 1) as f32));
    let (x0, y0) = (x as usize, y as usize);
    let (x1, y1) = ((x0 + 1).min(across - 1), (y0 + 1).min(down - 1));
    let (fx, fy) = (x - x0 as f32, y - y0 as f32);
    let at = |x: usize, y: usize| grid.get(y * across + x).copied().unwrap_or(0.0);
    let top = at(x0, y0) * (1.0 - fx) + at(x1, y0) * fx;
    let bottom = at(x0, y1) * (1.0 - fx) + at(x1, y1) * fx;
    top * (1.0 - fy) + bottom * fy
}
