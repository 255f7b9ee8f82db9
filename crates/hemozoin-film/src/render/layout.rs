//! Where objects lie: random, apart unless clumping is asked for.

use super::dice::Dice;
use super::view::View;

/// A place taken: centre and radius, µm.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spot {
    pub(super) x: f32,
    pub(super) y: f32,
    pub(super) radius: f32,
}

/// Taken places, in a coarse grid so that asking for neighbours is quick.
#[derive(Debug)]
pub(super) struct Layout {
    view: View,
    columns: usize,
    rows: usize,
    cells: Vec<Vec<Spot>>,
    all: Vec<Spot>,
}

/// Side of a grid cell and border around the view, µm: no two objects further apart than this touch.
const CELL: f32 = 14.0;

impl Layout {
    pub(super) fn new(view: View) -> Self {
        let columns = ((view.width / CELL) as usize).min(2000) + 3;
        let rows = ((view.height / CELL) as usize).min(2000) + 3;
        Self { view, columns, rows, cells: vec![Vec::new(); columns * rows], all: Vec::new() }
    }

    fn column_row(&self, x: f32, y: f32) -> (usize, usize) {
        let index = |v: f32, n: usize| (((v / CELL) + 1.0).max(0.0) as usize).min(n - 1);
        (index(x, self.columns), index(y, self.rows))
    }

    /// Clear distance between a disc at `(x, y)` and its nearest neighbour's rim, µm; at most [`CELL`].
    pub(super) fn clearance(&self, x: f32, y: f32, radius: f32) -> f32 {
        let (column, row) = self.column_row(x, y);
        let mut clear = CELL;
        for r in row.saturating_sub(1)..(row + 2).min(self.rows) {
            for c in column.saturating_sub(1)..(column + 2).min(self.columns) {
                for s in self.cells.get(r * self.columns + c).into_iter().flatten() {
                    let d = ((s.x - x) * (s.x - x) + (s.y - y) * (s.y - y)).sqrt();
                    clear = clear.min(d - s.radius - radius);
                }
            }
        }
        clear
    }

    /// Takes a place.
    pub(super) fn take(&mut self, spot: Spot) {
        let (column, row) = self.column_row(spot.x, spot.y);
        if let Some(cell) = self.cells.get_mut(row * self.columns + column) {
            cell.push(spot);
        }
        self.all.push(spot);
    }

    /// The clearest of a few random places at least `margin` inside the view.
    pub(super) fn apart(&mut self, dice: &mut Dice, radius: f32, margin: f32) -> Spot {
        let mut best = (f32::MIN, Spot { x: 0.0, y: 0.0, radius });
        for _ in 0..24 {
            let (x, y) = self.view.pick(dice, margin);
            let clear = self.clearance(x, y, radius);
            if clear > best.0 {
                best = (clear, Spot { x, y, radius });
            }
            if clear > 0.1 * radius {
                break;
            }
        }
        self.take(best.1);
        best.1
    }

    /// A place beside one of the `last` objects taken since number `from`, touching or overlapping it; `None` where
    /// there is none or the spot found falls out of view or right onto another.
    pub(super) fn beside(&mut self, dice: &mut Dice, radius: f32, from: usize) -> Option<Spot> {
        let others = self.all.get(from..)?;
        for _ in 0..8 {
            let other = *others.get(dice.below(others.len()))?;
            let (c, s) = dice.direction();
            let d = (other.radius + radius) * dice.range(0.72, 1.03);
            let (x, y) = (other.x + c * d, other.y + s * d);
            if self.view.depth(x, y) >= 0.0 && self.clearance(x, y, radius) > -0.75 * radius {
                let spot = Spot { x, y, radius };
                self.take(spot);
                return Some(spot);
            }
        }
        None
    }

    /// Number of places taken so far.
    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    /// Random places just outside the view, within `band` µm of it, at `density` per µm².
    pub(super) fn outside(&mut self, dice: &mut Dice, density: f32, band: f32, radius: f32) -> Vec<Spot> {
        let (w, h) = (self.view.width + 2.0 * band, self.view.height + 2.0 * band);
        let tries = ((w * h * density) as usize).min(50_000);
        let mut spots = Vec::new();
        for _ in 0..tries {
            let (x, y) = (dice.range(-band, w - band), dice.range(-band, h - band));
            let depth = self.view.depth(x, y);
            if depth < 0.0 && depth > -band && self.clearance(x, y, radius) > -0.2 * radius {
                let spot = Spot { x, y, radius };
                self.take(spot);
                spots.push(spot);
            }
        }
        spots
    }
}
