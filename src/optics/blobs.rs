//! Connected dark regions, their size and how round they are.

/// A region of a mask.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Blob {
    /// Pixels.
    pub(super) area: u32,
    /// Largest distance of one of its pixels from its outside, pixels.
    pub(super) inner_radius: f32,
    /// True where it reaches the border of the grid or of the view.
    pub(super) cut: bool,
}

impl Blob {
    /// Diameter of the circle of the same area.
    pub(super) fn diameter(&self) -> f64 {
        (4.0 * f64::from(self.area) / std::f64::consts::PI).sqrt()
    }

    /// Area over that of the largest circle inside: 1 for a disc, more for anything else.
    pub(super) fn spread_out(&self) -> f64 {
        let r = f64::from(self.inner_radius).max(0.5);
        f64::from(self.area) / (std::f64::consts::PI * r * r)
    }
}

/// A grid of yes and no, with the border of the view beside it.
#[derive(Clone, Debug)]
pub(super) struct Mask {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) set: Vec<bool>,
}

/// Regions of a mask: per pixel the number of its region (0 for none), and the regions from number 1 on.
pub(super) struct Regions {
    pub(super) labels: Vec<u32>,
    pub(super) blobs: Vec<Blob>,
    /// Per pixel the distance to the outside.
    pub(super) distances: Vec<f32>,
}

impl Mask {
    /// The regions of set pixels (8 neighbours); `in_view` tells which reach its border.
    pub(super) fn regions(&self, in_view: &[bool]) -> Regions {
        let distances = self.distances();
        let mut labels = vec![0_u32; self.set.len()];
        let mut blobs = Vec::new();
        let mut open = Vec::new();
        for start in 0..self.set.len() {
            if !self.is_set(start) || labels.get(start) != Some(&0) {
                continue;
            }
            let label = u32::try_from(blobs.len() + 1).unwrap_or(u32::MAX);
            let mut blob = Blob { area: 0, inner_radius: 0.0, cut: false };
            open.push(start);
            if let Some(l) = labels.get_mut(start) {
                *l = label;
            }
            while let Some(at) = open.pop() {
                blob.area += 1;
                blob.inner_radius = blob.inner_radius.max(distances.get(at).copied().unwrap_or(0.0));
                let (x, y) = (at % self.width, at / self.width);
                blob.cut |= x == 0 || y == 0 || x + 1 == self.width || y + 1 == self.height;
                for ny in y.saturating_sub(1)..(y + 2).min(self.height) {
                    for nx in x.saturating_sub(1)..(x + 2).min(self.width) {
                        let next = ny * self.width + nx;
                        blob.cut |= in_view.get(next) == Some(&false);
                        if self.is_set(next)
                            && let Some(l @ 0) = labels.get_mut(next)
                        {
                            *l = label;
                            open.push(next);
                        }
                    }
                }
            }
            blobs.push(blob);
        }
        Regions { labels, blobs, distances }
    }

    /// Distance of each set pixel to the nearest one that is not, by the 5-7-11 chamfer (Borgefors 1986; within
    /// 2 % of the true distance). Beyond the grid everything counts as set, so that cut regions are not thinned.
    pub(super) fn distances(&self) -> Vec<f32> {
        const FAR: u32 = u32::MAX / 2;
        const STEPS: [(isize, isize, u32); 8] = [
            (-1, 0, 5),
            (0, -1, 5),
            (-1, -1, 7),
            (1, -1, 7),
            (-2, -1, 11),
            (2, -1, 11),
            (-1, -2, 11),
            (1, -2, 11),
        ];
        let mut d: Vec<u32> = self.set.iter().map(|s| if *s { FAR } else { 0 }).collect();
        let (width, height) = (self.width as isize, self.height as isize);
        for backward in [false, true] {
            for i in 0..width * height {
                let (x, y, sign) = if backward {
                    let j = width * height - 1 - i;
                    (j % width, j / width, -1)
                } else {
                    (i % width, i / width, 1)
                };
                let mut best = d.get((y * width + x) as usize).copied().unwrap_or(0);
                if best == 0 {
                    continue;
                }
                for (dx, dy, cost) in STEPS {
                    let (nx, ny) = (x + sign * dx, y + sign * dy);
                    if nx >= 0 && ny >= 0 && nx < width && ny < height {
                        let there = d.get((ny * width + nx) as usize).copied().unwrap_or(FAR);
                        best = best.min(there.saturating_add(cost));
                    }
                }
                if let Some(here) = d.get_mut((y * width + x) as usize) {
                    *here = best;
                }
            }
        }
        // A pixel beside the outside is half a pixel away from the line between them.
        d.into_iter().map(|v| if v == 0 { 0.0 } else { v as f32 / 5.0 - 0.5 }).collect()
    }

    /// Sets every hole that does not reach the border of the view, up to `largest` pixels.
    pub(super) fn fill_holes(&mut self, in_view: &[bool], largest: u32) {
        self.fill_where(in_view, |hole| hole.area <= largest);
    }

    /// Sets every enclosed round hole: the pale middle of a red cell, not the gap between three cells.
    pub(super) fn fill_round_holes(&mut self, in_view: &[bool]) {
        /// Three touching discs enclose a gap of 2.1; a disc has 1, an ellipse its axes' ratio.
        const ROUND: f64 = 1.75;
        self.fill_where(in_view, |hole| hole.spread_out() <= ROUND || hole.area <= 12);
    }

    fn fill_where(&mut self, in_view: &[bool], fill: impl Fn(&Blob) -> bool) {
        let holes = Mask { set: self.set.iter().map(|s| !s).collect(), ..*self };
        let regions = holes.regions(in_view);
        for (set, label) in self.set.iter_mut().zip(&regions.labels) {
            let blob = label.checked_sub(1).and_then(|l| regions.blobs.get(l as usize));
            if blob.is_some_and(|b| !b.cut && fill(b)) {
                *set = true;
            }
        }
    }

    fn is_set(&self, at: usize) -> bool {
        self.set.get(at).copied().unwrap_or(false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mask(width: usize, height: usize, set: impl Fn(f64, f64) -> bool) -> Mask {
        let at = |i: usize| set((i % width) as f64 + 0.5, (i / width) as f64 + 0.5);
        Mask { width, height, set: (0..width * height).map(at).collect() }
    }

    fn disc(x: f64, y: f64, cx: f64, cy: f64, r: f64) -> bool {
        (x - cx).hypot(y - cy) < r
    }

    #[test]
    fn a_disc_is_round_and_has_its_diameter() {
        let m = mask(80, 60, |x, y| disc(x, y, 30.0, 25.0, 15.0));
        let blobs = m.regions(&vec![true; 80 * 60]).blobs;
        assert_eq!(blobs.len(), 1);
        assert!((blobs[0].diameter() - 30.0).abs() < 0.5, "{}", blobs[0].diameter());
        // The inner radius is measured to pixel middles, up to a pixel short: (15 / 14)^2 and a little.
        assert!(!blobs[0].cut && (1.0..1.2).contains(&blobs[0].spread_out()), "{}", blobs[0].spread_out());
    }

    #[test]
    fn pale_middles_are_filled_and_gaps_are_not() {
        let ring = |x: f64, y: f64, cx: f64, cy: f64| disc(x, y, cx, cy, 20.0) && !disc(x, y, cx, cy, 8.0);
        let mut m =
            mask(140, 100, |x, y| ring(x, y, 40.0, 30.0) || ring(x, y, 79.0, 30.0) || ring(x, y, 59.5, 63.5));
        m.fill_round_holes(&vec![true; 140 * 100]);
        let at = |x: usize, y: usize| m.set[y * 140 + x];
        assert!(at(40, 30) && at(79, 30) && at(59, 63), "pale middles");
        assert!(!at(59, 41), "the gap between them");
    }

    #[test]
    fn what_reaches_the_edge_of_the_view_is_cut() {
        let m = mask(40, 30, |x, y| disc(x, y, 20.0, 15.0, 5.0));
        let view: Vec<bool> = (0..40 * 30).map(|i| i % 40 < 24).collect();
        assert!(m.regions(&view).blobs[0].cut);
    }
}
