//! Connected dark regions, their size and how round they are.

use super::marks::Piece;

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
#[derive(Clone, Debug, PartialEq)]
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
    /// The regions of set pixels (8 neighbours), numbered in reading order of their first pixels; `in_view` tells
    /// which reach its border.
    pub(super) fn regions(&self, in_view: &[bool]) -> Regions {
        let distances = self.distances();
        let (labels, blobs) = self.labelled(in_view, Some(&distances));
        Regions { labels, blobs, distances }
    }

    /// Numbers and regions; without distances every `inner_radius` is 0.
    fn labelled(&self, in_view: &[bool], distances: Option<&[f32]>) -> (Vec<u32>, Vec<Blob>) {
        let runs = Runs::of(self);
        let border = border(in_view, self.width, self.height);
        let mut labels = vec![0_u32; self.set.len()];
        let mut blobs: Vec<Blob> = Vec::new();
        let mut numbers = vec![0_u32; runs.spans.len()];
        for (i, (span, root)) in runs.spans.iter().zip(runs.joined.iter().copied()).enumerate() {
            // A root is the first run of its region, so that it has its number before the others ask for it.
            if root == i {
                blobs.push(Blob { area: 0, inner_radius: 0.0, cut: false });
                if let Some(number) = numbers.get_mut(i) {
                    *number = u32::try_from(blobs.len()).unwrap_or(u32::MAX);
                }
            }
            let number = numbers.get(root).copied().unwrap_or(0);
            let Some(blob) = (number as usize).checked_sub(1).and_then(|b| blobs.get_mut(b)) else {
                continue;
            };
            blob.area += u32::try_from(span.len()).unwrap_or(u32::MAX);
            blob.cut |= border.get(span.clone()).is_some_and(|b| b.contains(&true));
            if let Some(depths) = distances.and_then(|d| d.get(span.clone())) {
                blob.inner_radius = depths.iter().copied().fold(blob.inner_radius, f32::max);
            }
            if let Some(part) = labels.get_mut(span.clone()) {
                part.fill(number);
            }
        }
        (labels, blobs)
    }

    /// Distance of each set pixel to the nearest one that is not, by the 5-7-11 chamfer (Borgefors 1986; within
    /// 2 % of the true distance). Beyond the grid everything counts as set, so that cut regions are not thinned.
    pub(super) fn distances(&self) -> Vec<f32> {
        let mut d: Vec<u32> = self.set.iter().map(|s| if *s { FAR } else { 0 }).collect();
        // The last row and the one before it, each with two pixels of FAR beyond its ends.
        let mut last = vec![FAR; self.width + 4];
        let mut before = last.clone();
        let keep = |row: &[u32], last: &mut Vec<u32>, before: &mut Vec<u32>| {
            std::mem::swap(last, before);
            if let Some(middle) = last.get_mut(2..2 + row.len()) {
                middle.copy_from_slice(row);
            }
        };
        let width = self.width.max(1);
        for row in d.chunks_exact_mut(width) {
            sweep(row.iter_mut(), last.windows(5), before.windows(5));
            keep(row, &mut last, &mut before);
        }
        last.fill(FAR);
        before.fill(FAR);
        for row in d.chunks_exact_mut(width).rev() {
            sweep(row.iter_mut().rev(), last.windows(5).rev(), before.windows(5).rev());
            keep(row, &mut last, &mut before);
        }
        // A pixel beside the outside is half a pixel away from the line between them.
        d.into_iter().map(|v| if v == 0 { 0.0 } else { v as f32 / 5.0 - 0.5 }).collect()
    }

    /// Sets every hole that does not reach the border of the view, up to `largest` pixels.
    pub(super) fn fill_holes(&mut self, in_view: &[bool], largest: u32) {
        let holes = self.inverse();
        let (labels, blobs) = holes.labelled(in_view, None);
        self.fill(&labels, &blobs, |hole| hole.area <= largest);
    }

    /// Sets every enclosed round hole: the pale middle of a red cell, not the gap between three cells.
    pub(super) fn fill_round_holes(&mut self, in_view: &[bool]) {
        /// Three touching discs enclose a gap of 2.1; a disc has 1, an ellipse its axes' ratio.
        const ROUND: f64 = 1.75;
        let Regions { labels, blobs, .. } = self.inverse().regions(in_view);
        self.fill(&labels, &blobs, |hole| hole.spread_out() <= ROUND || hole.area <= 12);
    }

    /// Its connected pieces (8 neighbours), in reading order of their first pixels.
    pub(super) fn pieces(&self) -> Vec<Piece> {
        let runs = Runs::of(self);
        let width = self.width.max(1);
        let mut numbers = vec![0_usize; runs.spans.len()];
        let mut pieces: Vec<Vec<(usize, std::ops::Range<usize>)>> = Vec::new();
        for (i, (span, root)) in runs.spans.iter().zip(runs.joined.iter().copied()).enumerate() {
            if root == i {
                if let Some(number) = numbers.get_mut(i) {
                    *number = pieces.len();
                }
                pieces.push(Vec::new());
            }
            let row = span.start / width;
            if let Some(piece) = numbers.get(root).and_then(|n| pieces.get_mut(*n)) {
                piece.push((row, span.start - row * width..span.end - row * width));
            }
        }
        pieces.into_iter().map(Piece::of).collect()
    }

    /// With every pixel set that has a set one within `reach` across and down.
    pub(super) fn grown(&self, reach: usize) -> Self {
        let width = self.width.max(1);
        let mut wide = vec![false; self.set.len()];
        for (row, out) in self.set.chunks_exact(width).zip(wide.chunks_exact_mut(width)) {
            for x in (0..width).filter(|x| row.get(*x) == Some(&true)) {
                if let Some(part) = out.get_mut(x.saturating_sub(reach)..(x + reach + 1).min(width)) {
                    part.fill(true);
                }
            }
        }
        let mut set = vec![false; self.set.len()];
        for (y, out) in set.chunks_exact_mut(width).enumerate() {
            let rows = y.saturating_sub(reach)..(y + reach + 1).min(self.height);
            for row in wide.chunks_exact(width).take(rows.end).skip(rows.start) {
                out.iter_mut().zip(row).for_each(|(out, set)| *out |= set);
            }
        }
        Self { set, ..*self }
    }

    fn inverse(&self) -> Self {
        Self { set: self.set.iter().map(|s| !s).collect(), ..*self }
    }

    fn fill(&mut self, labels: &[u32], blobs: &[Blob], fill: impl Fn(&Blob) -> bool) {
        for (set, label) in self.set.iter_mut().zip(labels) {
            let blob = label.checked_sub(1).and_then(|l| blobs.get(l as usize));
            if blob.is_some_and(|b| !b.cut && fill(b)) {
                *set = true;
            }
        }
    }
}

/// No outside yet; far enough from the largest number that a step can be added.
const FAR: u32 = u32::MAX / 2;

/// One row of the chamfer: `near` and `far` are the rows gone through one and two before it, five pixels around each.
fn sweep<'a>(
    row: impl Iterator<Item = &'a mut u32>,
    near: impl Iterator<Item = &'a [u32]>,
    far: impl Iterator<Item = &'a [u32]>,
) {
    let mut beside = FAR;
    for ((here, near), far) in row.zip(near).zip(far) {
        if *here > 0
            && let ([a, b, c, d, e], [_, f, _, g, _]) = (near, far)
        {
            let straight = beside.min(*c) + 5;
            let diagonal = (*b).min(*d) + 7;
            let knight = (*a).min(*e).min(*f).min(*g) + 11;
            *here = (*here).min(straight).min(diagonal).min(knight);
        }
        beside = *here;
    }
}

/// Stretches of set pixels in reading order, joined where they touch (8 neighbours).
struct Runs {
    /// Places in the grid.
    spans: Vec<std::ops::Range<usize>>,
    /// Per run the first one of its region (while rows are joined: an earlier one, or itself).
    joined: Vec<usize>,
}

impl Runs {
    fn of(mask: &Mask) -> Self {
        let width = mask.width.max(1);
        let mut runs = Self { spans: Vec::new(), joined: Vec::new() };
        let mut above = 0..0;
        for (y, row) in mask.set.chunks_exact(width).enumerate() {
            let first = runs.spans.len();
            let mut at = 0;
            for stretch in row.chunk_by(|a, b| a == b) {
                if stretch.first() == Some(&true) {
                    runs.joined.push(runs.spans.len());
                    runs.spans.push(y * width + at..y * width + at + stretch.len());
                }
                at += stretch.len();
            }
            let own = first..runs.spans.len();
            runs.join(above, own.clone(), width);
            above = own;
        }
        // Earlier runs know their first by now.
        for run in 0..runs.joined.len() {
            runs.root(run);
        }
        runs
    }

    /// Joins the runs of a row with those of the row above that they touch.
    fn join(&mut self, above: std::ops::Range<usize>, own: std::ops::Range<usize>, width: usize) {
        let (mut a, mut b) = (above.start, own.start);
        while a < above.end && b < own.end {
            let (Some(over), Some(under)) = (self.spans.get(a).cloned(), self.spans.get(b).cloned()) else {
                return;
            };
            let (start, end) = (over.start + width, over.end + width);
            if start <= under.end && under.start <= end {
                let (one, other) = (self.root(a), self.root(b));
                if let Some(later) = self.joined.get_mut(one.max(other)) {
                    *later = one.min(other);
                }
            }
            if end < under.end { a += 1 } else { b += 1 }
        }
    }

    /// The first run of a run's region as far as joined; halves the way there for the next time.
    fn root(&mut self, mut run: usize) -> usize {
        let earlier = |joined: &[usize], run: usize| joined.get(run).copied().unwrap_or(run);
        loop {
            let next = earlier(&self.joined, run);
            let after = earlier(&self.joined, next);
            if let Some(skip) = self.joined.get_mut(run) {
                *skip = after;
            }
            if next == after {
                return after;
            }
            run = after;
        }
    }
}

/// Pixels at the edge of the grid or beside one that is not in view.
fn border(in_view: &[bool], width: usize, height: usize) -> Vec<bool> {
    let around = |line: &[bool]| -> Vec<bool> {
        let before = std::iter::once(&false).chain(line);
        let after = line.iter().skip(1).chain([&false]);
        line.iter().zip(before).zip(after).map(|((here, before), after)| *here | *before | *after).collect()
    };
    let rows: Vec<Vec<bool>> = in_view
        .chunks_exact(width.max(1))
        .map(|row| around(&row.iter().map(|v| !v).collect::<Vec<_>>()))
        .collect();
    let none = vec![false; width];
    let row = |y: Option<usize>| y.and_then(|y| rows.get(y)).unwrap_or(&none);
    let mut out = Vec::with_capacity(width * height);
    for y in 0..height {
        let edge = y == 0 || y + 1 == height;
        let three = row(y.checked_sub(1)).iter().zip(row(Some(y))).zip(row(Some(y + 1)));
        out.extend(
            three.enumerate().map(|(x, ((a, b), c))| edge || x == 0 || x + 1 == width || *a || *b || *c),
        );
    }
    out
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

    /// The definition, pixel by pixel: what hangs together, in reading order of the first pixels.
    fn flooded(m: &Mask, in_view: &[bool]) -> (Vec<u32>, Vec<Blob>) {
        let distances = m.distances();
        let mut labels = vec![0; m.set.len()];
        let mut blobs = Vec::new();
        for start in 0..m.set.len() {
            if !m.set[start] || labels[start] != 0 {
                continue;
            }
            let mut blob = Blob { area: 0, inner_radius: 0.0, cut: false };
            let mut open = vec![start];
            labels[start] = blobs.len() as u32 + 1;
            while let Some(at) = open.pop() {
                blob.area += 1;
                blob.inner_radius = blob.inner_radius.max(distances[at]);
                let (x, y) = (at % m.width, at / m.width);
                blob.cut |= x == 0 || y == 0 || x + 1 == m.width || y + 1 == m.height;
                for ny in y.saturating_sub(1)..(y + 2).min(m.height) {
                    for nx in x.saturating_sub(1)..(x + 2).min(m.width) {
                        let next = ny * m.width + nx;
                        blob.cut |= !in_view[next];
                        if m.set[next] && labels[next] == 0 {
                            labels[next] = labels[at];
                            open.push(next);
                        }
                    }
                }
            }
            blobs.push(blob);
        }
        (labels, blobs)
    }

    proptest::proptest! {
        #[test]
        fn runs_and_flood_agree(
            width in 1_usize..24,
            set in proptest::collection::vec(proptest::bool::weighted(0.55), 0..400),
            hidden in proptest::collection::vec(0_usize..400, 0..4),
        ) {
            let height = set.len() / width;
            let m = Mask { width, height, set: set[..width * height].to_vec() };
            let view: Vec<bool> = (0..width * height).map(|i| !hidden.contains(&i)).collect();
            let regions = m.regions(&view);
            let (labels, blobs) = flooded(&m, &view);
            proptest::prop_assert_eq!(regions.labels, labels);
            proptest::prop_assert_eq!(regions.blobs, blobs);
        }
    }

    #[test]
    fn distances_are_those_of_the_chamfer() {
        // One hole at (3, 2) in a grid that is set: its distances are the shortest ways of steps 5, 7 and 11.
        let m = mask(8, 6, |x, y| !(x == 3.5 && y == 2.5));
        let d = m.distances();
        let at = |x: usize, y: usize| ((d[y * 8 + x] + 0.5) * 5.0).round() as u32;
        assert_eq!(d[2 * 8 + 3], 0.0);
        assert_eq!(
            [at(4, 2), at(2, 3), at(5, 3), at(2, 0), at(7, 2), at(6, 5), at(0, 0)],
            [5, 7, 11, 11, 20, 21, 18]
        );
    }
}
