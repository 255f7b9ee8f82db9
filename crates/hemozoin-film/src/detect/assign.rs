//! Which red cell a parasite lies in.

use super::cut::{RED_CELL_UM, is_cut};
use super::detection::Detection;
use crate::measure::{MicronsPerPixel, PxRect};
use crate::optics::View;
use crate::terms::CellClass;

/// How far outside its box a red cell still holds a parasite, as a factor on its half axes: rings often sit on
/// the margin (appliqué forms).
const MARGIN: f64 = 1.15;

/// Says anew which red cell each parasite lies in, for detections that are not, or not only, the machine's: what a
/// reader left of them and added to them. Red cells keep what they say of being cut; the detections keep their order.
pub fn place_in_red_cells(detections: &mut [Detection], view: &View, scale: MicronsPerPixel) {
    assign_to_red_cells(detections, view, scale.px(RED_CELL_UM));
}

/// For each detection the position of the red cell that it lies in: the one whose ellipse holds the centre of the parasite,
/// the nearest where several do. `None` for what is no parasite, or lies in no red cell.
pub fn red_cells_around(detections: &[Detection]) -> Vec<Option<usize>> {
    let cells = detections.iter().enumerate().filter(|(_, d)| d.class == CellClass::RedCell);
    let tallest = cells.clone().map(|(_, d)| d.bounds.height()).fold(0.0, f64::max);
    let mut by_y: Vec<(f64, usize)> = cells.map(|(i, d)| (d.bounds.centre().1, i)).collect();
    by_y.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let home = |parasite: &Detection| {
        let (px, py) = parasite.bounds.centre();
        let reach = tallest / 2.0 * MARGIN;
        let from = by_y.partition_point(|(y, _)| *y < py - reach);
        by_y[from..]
            .iter()
            .take_while(|(y, _)| *y <= py + reach)
            .filter_map(|&(_, i)| {
                let bounds = &detections[i].bounds;
                let (cx, cy) = bounds.centre();
                let across = (px - cx) / (bounds.width() / 2.0 * MARGIN);
                let down = (py - cy) / (bounds.height() / 2.0 * MARGIN);
                let distance = across * across + down * down;
                (distance <= 1.0).then_some((distance, i))
            })
            .min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)))
            .map(|(_, i)| i)
    };
    detections.iter().map(|d| if d.class.is_parasite() { home(d) } else { None }).collect()
}

/// Gives each parasite to the red cell whose ellipse holds its centre, the nearest where several do, and
/// counts what each red cell holds. A parasite lies in a cut cell where its red cell is cut, or would be, `cell_px`
/// wide, if none was found. The detections keep their order.
pub(super) fn assign_to_red_cells(detections: &mut [Detection], view: &View, cell_px: f64) {
    let homes = red_cells_around(detections);
    let mut held: Vec<(u32, u32)> = vec![(0, 0); detections.len()];
    for (p, home) in homes.into_iter().enumerate() {
        let class = detections[p].class;
        if !class.is_parasite() {
            continue;
        }
        let (px, py) = detections[p].bounds.centre();
        detections[p].in_red_cell = Some(home.is_some());
        detections[p].cut = match home {
            Some(cell) => detections[cell].cut,
            None => PxRect::around(px, py, cell_px, cell_px).is_some_and(|b| is_cut(view, &b)),
        };
        if let Some(cell) = home {
            match class {
                CellClass::Gametocyte => held[cell].1 += 1,
                _ => held[cell].0 += 1,
            }
        }
    }
    for i in 0..detections.len() {
        if detections[i].class != CellClass::RedCell {
            continue;
        }
        detections[i].parasites_inside = Some(held[i].0);
        detections[i].gametocytes_inside = Some(held[i].1);
    }
}
