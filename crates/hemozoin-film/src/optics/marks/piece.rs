//! One connected piece of ink and its shape.

use std::ops::Range;

use crate::measure::PxRect;
use crate::optics::blobs::Mask;

/// Connected pixels (8 neighbours) of a grid, as stretches of its rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::optics) struct Piece {
    /// Row, and columns in it; rows ascending.
    spans: Vec<(usize, Range<usize>)>,
    pub(super) left: usize,
    pub(super) top: usize,
    /// One beyond the last.
    pub(super) right: usize,
    pub(super) bottom: usize,
    pub(super) area: usize,
}

impl Piece {
    pub(in crate::optics) fn of(spans: Vec<(usize, Range<usize>)>) -> Self {
        let left = spans.iter().map(|(_, s)| s.start).min().unwrap_or(0);
        let right = spans.iter().map(|(_, s)| s.end).max().unwrap_or(0);
        let top = spans.iter().map(|(y, _)| *y).min().unwrap_or(0);
        let bottom = spans.iter().map(|(y, _)| y + 1).max().unwrap_or(0);
        let area = spans.iter().map(|(_, s)| s.len()).sum();
        Self { spans, left, top, right, bottom, area }
    }

    pub(super) fn width(&self) -> usize {
        self.right - self.left
    }

    pub(super) fn height(&self) -> usize {
        self.bottom - self.top
    }

    /// The longer side of its box.
    pub(super) fn extent(&self) -> usize {
        self.width().max(self.height())
    }

    /// How many of its pixels are so.
    pub(super) fn count(&self, width: usize, is: impl Fn(usize) -> bool) -> usize {
        self.spans.iter().map(|(y, s)| s.clone().filter(|x| is(y * width + x)).count()).sum()
    }

    /// Its pixels as places in a grid of that width.
    pub(super) fn places(&self, width: usize) -> impl Iterator<Item = usize> + '_ {
        self.spans.iter().flat_map(move |(y, s)| s.clone().map(move |x| y * width + x))
    }

    /// Sets its pixels.
    pub(super) fn paint(&self, grid: &mut Mask) {
        for (y, s) in &self.spans {
            if let Some(row) = grid.set.get_mut(y * grid.width + s.start..y * grid.width + s.end) {
                row.fill(true);
            }
        }
    }

    /// Its box less `margin` on each side, as far as that leaves a pixel.
    pub(super) fn bounds(&self, margin: usize) -> Option<PxRect> {
        let side = |from: usize, to: usize| {
            let margin = margin.min((to - from).saturating_sub(1) / 2);
            (from + margin, (to - from).saturating_sub(2 * margin).max(1))
        };
        let ((x, width), (y, height)) = (side(self.left, self.right), side(self.top, self.bottom));
        PxRect::new(x as f64, y as f64, width as f64, height as f64)
    }

    /// All of its box, filled: for letters, whose gaps belong to the writing.
    pub(super) fn boxed(&self) -> Self {
        Self::of((self.top..self.bottom).map(|y| (y, self.left..self.right)).collect())
    }

    /// Moved, from a cut-out to the grid that it was cut from.
    pub(super) fn moved(mut self, x: usize, y: usize) -> Self {
        for (row, s) in &mut self.spans {
            *row += y;
            *s = s.start + x..s.end + x;
        }
        Self::of(self.spans)
    }

    /// Cut out, with one pixel of nothing around it.
    fn cut_out(&self) -> Mask {
        let (width, height) = (self.width() + 2, self.height() + 2);
        let mut out = Mask { width, height, set: vec![false; width * height] };
        for (y, s) in &self.spans {
            let line = (y - self.top + 1) * width + 1;
            if let Some(row) = out.set.get_mut(line + s.start - self.left..line + s.end - self.left) {
                row.fill(true);
            }
        }
        out
    }

    /// What is left of it without all that a circle of this radius fits into.
    pub(super) fn thinner_than(&self, radius: f32) -> Vec<Self> {
        /// The chamfer and the edge of a circle made of pixels.
        const ROUGH: f32 = 1.5;
        let cut = self.cut_out();
        let outside_the_middles = cut.distances().into_iter().map(|d| d <= radius).collect();
        let far = Mask { set: outside_the_middles, ..cut }.distances();
        let set = cut.set.iter().zip(far).map(|(set, far)| *set && far > radius + ROUGH).collect();
        let thin = Mask { set, ..cut };
        // The cut-out has one pixel of nothing around it.
        let (left, top) = (self.left, self.top);
        thin.pieces().into_iter().filter_map(|p| p.shifted(left, top)).collect()
    }

    /// Moved by one less than so much.
    fn shifted(mut self, x: usize, y: usize) -> Option<Self> {
        for (row, s) in &mut self.spans {
            *row = (*row + y).checked_sub(1)?;
            *s = (s.start + x).checked_sub(1)?..(s.end + x).checked_sub(1)?;
        }
        Some(Self::of(self.spans))
    }

    /// Largest distance of one of its pixels from its outside.
    pub(super) fn inner_radius(&self) -> f64 {
        f64::from(self.cut_out().distances().into_iter().fold(0.5, f32::max))
    }

    /// Area over that of the largest circle inside: 1 for a disc, `4 length / (pi width)` for a stroke.
    pub(super) fn spread_out(&self) -> f64 {
        self.area as f64 / (std::f64::consts::PI * self.inner_radius().powi(2))
    }

    /// The longer over the shorter axis of the ellipse with the same second moments.
    pub(super) fn elongation(&self) -> f64 {
        let n = self.area.max(1) as f64;
        let points = || self.spans.iter().flat_map(|(y, s)| s.clone().map(move |x| (x as f64, *y as f64)));
        let (sx, sy) = points().fold((0.0, 0.0), |(sx, sy), (x, y)| (sx + x, sy + y));
        let (mx, my) = (sx / n, sy / n);
        let (xx, yy, xy) = points().fold((0.0, 0.0, 0.0), |(xx, yy, xy), (x, y)| {
            let (dx, dy) = (x - mx, y - my);
            (xx + dx * dx, yy + dy * dy, xy + dx * dy)
        });
        let (xx, yy, xy) = (xx / n, yy / n, xy / n);
        let half = (xx + yy) / 2.0;
        let turn = (((xx - yy) / 2.0).powi(2) + xy * xy).sqrt();
        // A pixel has a moment of its own, 1/12.
        ((half + turn + 1.0 / 12.0) / (half - turn + 1.0 / 12.0).max(1.0 / 12.0)).sqrt()
    }

    /// Whether it fills an upright box, holes such as writing on it notwithstanding.
    pub(super) fn is_box(&self) -> bool {
        const FILLED: f64 = 0.93;
        const SHORTEST: usize = 12;
        if self.width().min(self.height()) < SHORTEST {
            return false;
        }
        let mut solid = self.cut_out();
        let everywhere = vec![true; solid.set.len()];
        solid.fill_holes(&everywhere, u32::MAX);
        let filled = solid.set.iter().filter(|s| **s).count() as f64;
        filled >= FILLED * (self.width() * self.height()) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(width: usize, height: usize, set: impl Fn(f64, f64) -> bool) -> Piece {
        let at = |i: usize| set((i % width) as f64 + 0.5, (i / width) as f64 + 0.5);
        let mask = Mask { width, height, set: (0..width * height).map(at).collect() };
        let pieces = mask.pieces();
        assert_eq!(pieces.len(), 1);
        pieces[0].clone()
    }

    #[test]
    fn shapes_tell_strokes_from_discs_and_boxes() {
        let disc = piece(60, 60, |x, y| (x - 30.0).hypot(y - 30.0) < 20.0);
        assert!(disc.spread_out() < 1.2 && disc.elongation() < 1.1 && !disc.is_box());
        let ring = piece(60, 60, |x, y| (17.0..20.0).contains(&(x - 30.0).hypot(y - 30.0)));
        assert!(
            ring.spread_out() > 15.0 && ring.elongation() < 1.1 && !ring.is_box(),
            "{}",
            ring.spread_out()
        );
        let bar = piece(90, 20, |x, y| (5.0..85.0).contains(&x) && (8.0..12.0).contains(&y));
        assert!(bar.spread_out() > 10.0 && bar.elongation() > 15.0 && !bar.is_box());
        let plate = piece(90, 60, |x, y| {
            let written = (20.0..70.0).contains(&x) && (20.0..40.0).contains(&y) && (x as u32) % 5 < 2;
            (5.0..85.0).contains(&x) && (8.0..52.0).contains(&y) && !written
        });
        assert!(plate.is_box());
        assert_eq!((plate.left, plate.top, plate.right, plate.bottom), (5, 8, 85, 52));
    }
}
