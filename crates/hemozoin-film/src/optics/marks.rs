//! What is drawn or burnt into a picture: scale bars, captions, dates, arrows, pointers, pens, stamps, watermarks.
//!
//! A mark differs from anything on a film in one of three ways. Its ink has a colour that neither stain nor blood can
//! have on the ground of this picture ([`inks`]); it is black, white or grey and has the shape of a line, a wedge or a
//! row of letters; or it is a long stroke, or a box, of one flat colour with hard edges ([`strokes`]). Places are those
//! of the marks' own pixels and a narrow margin: what a circle is drawn around is still counted.

mod inks;
mod piece;
mod rows;
mod strokes;

use image::RgbImage;

use self::inks::Inks;
pub(super) use self::piece::Piece;
use super::blobs::Mask;
use crate::measure::{PxRect, PxSize};

/// Share of a box that lies on marks, from which on it is nothing that was seen on the film.
const COVERED: f64 = 0.25;
/// A mark's edge is smoothed: so many pixels around it belong to it.
const MARGIN: usize = 2;
/// Marks nearer than this, in pixels of the reduced picture, are listed as one region.
const APART: usize = 8;

/// Where a picture is drawn on.
#[derive(Clone, Debug, PartialEq)]
pub struct Marks {
    grid: Mask,
    full: PxSize,
    regions: Vec<PxRect>,
    coloured: f64,
}

impl Marks {
    /// Boxes around the marks, in pixels of the full upright picture, in reading order.
    pub fn regions(&self) -> &[PxRect] {
        &self.regions
    }

    /// Whether so much of a box, in pixels of the full upright picture, lies on marks that it shows no film.
    pub fn cover(&self, bounds: &PxRect) -> bool {
        self.share(bounds) >= COVERED
    }

    /// The share of a box that lies on marks, 0 to 1.
    fn share(&self, bounds: &PxRect) -> f64 {
        let along = |start: f64, side: f64, cells: usize, pixels: u32| {
            let scale = cells as f64 / f64::from(pixels.max(1));
            let from = (start * scale).floor().clamp(0.0, cells as f64) as usize;
            let to = ((start + side) * scale).ceil().clamp(0.0, cells as f64) as usize;
            from..to
        };
        let columns = along(bounds.x(), bounds.width(), self.grid.width, self.full.width);
        let rows = along(bounds.y(), bounds.height(), self.grid.height, self.full.height);
        let (mut on, mut all) = (0_u32, 0_u32);
        for y in rows {
            let line = y * self.grid.width;
            for set in self.grid.set.get(line + columns.start..line + columns.end).into_iter().flatten() {
                on += u32::from(*set);
                all += 1;
            }
        }
        f64::from(on) / f64::from(all.max(1))
    }

    /// The share of what is seen that lies on marks, 0 to 1, but for what is black: bars around a picture hide none of it.
    pub(super) fn coloured(&self) -> f64 {
        self.coloured
    }

    /// Whether each pixel of the reduced picture lies on a mark.
    pub(super) fn grid(&self) -> &Mask {
        &self.grid
    }
}

/// The marks of a reduced picture whose full size is `full`; `None` where nothing is drawn.
pub(super) fn find(picture: &RgbImage, in_view: &[bool], full: PxSize) -> Option<Marks> {
    let inks = Inks::of(picture, in_view)?;
    let mut found: Vec<Piece> = inks::foreign(&inks);
    found.extend(inks::written(&inks));
    found.extend(strokes::flat(picture, &inks));
    if found.is_empty() {
        return None;
    }
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let mut grid = Mask { width, height, set: vec![false; width * height] };
    for piece in &found {
        piece.paint(&mut grid);
    }
    let grid = grid.grown(MARGIN);
    let scale = f64::from(full.width) / width.max(1) as f64;
    let mut regions: Vec<PxRect> = grid
        .grown(APART / 2)
        .pieces()
        .iter()
        .filter_map(|p| p.bounds(APART / 2)?.scaled(scale)?.clipped(full))
        .collect();
    regions.sort_by(|a, b| a.y().total_cmp(&b.y()).then(a.x().total_cmp(&b.x())));
    let seen = in_view.iter().filter(|seen| **seen).count();
    let on =
        (0..in_view.len()).filter(|at| in_view[*at] && grid.set[*at] && !inks.is(inks::BLACK, *at)).count();
    let coloured = on as f64 / seen.max(1) as f64;
    Some(Marks { grid, full, regions, coloured })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_is_covered_by_the_marks_own_pixels() {
        let set = (0..40 * 30).map(|i| i % 40 >= 20).collect();
        let full = PxSize { width: 80, height: 60 };
        let marks =
            Marks { grid: Mask { width: 40, height: 30, set }, full, regions: Vec::new(), coloured: 0.0 };
        let on = |x, width| marks.cover(&PxRect::new(x, 10.0, width, 8.0).expect("sound"));
        assert!(on(60.0, 10.0) && on(32.0, 16.0) && !on(10.0, 12.0) && !on(26.0, 16.0));
        assert!(!on(500.0, 10.0), "outside of the picture");
    }
}
