//! Rows of letters among pieces of one ink.

use super::piece::Piece;

/// Letters that make a row, at least.
const FEWEST: usize = 4;
/// More pieces than this are debris; no caption has so many letters.
const MOST: usize = 400;
/// A word may follow after a gap of so many heights; narrower ones hold a letter that what lies below it has drowned.
const GAP: f64 = 2.5;
const DROWNED: f64 = 1.2;

/// A line of writing.
struct Row {
    left: usize,
    top: usize,
    right: usize,
    bottom: usize,
    /// Of a capital.
    height: usize,
    /// Where its pieces begin and end.
    pieces: Vec<(usize, usize)>,
}

/// The letters that stand in a row, on one line and of one size, filled, with what stands on the same line: single letters,
/// points and broken strokes (`specks`). Then the letters that stand in no row.
pub(super) fn of_letters(letters: Vec<Piece>, specks: Vec<Piece>) -> (Vec<Piece>, Vec<Piece>) {
    if letters.len() < FEWEST || letters.len() > MOST {
        return (Vec::new(), letters);
    }
    let mut order: Vec<Piece> = letters;
    order.sort_by_key(|p| (p.left, p.top));
    let mut row: Vec<usize> = (0..order.len()).collect();
    for a in 0..order.len() {
        for b in a + 1..order.len() {
            if follow(&order[a], &order[b]) && row[a] != row[b] {
                let (keep, join) = (row[a].min(row[b]), row[a].max(row[b]));
                row.iter_mut().filter(|r| **r == join).for_each(|r| *r = keep);
            }
        }
    }
    let long = |r: usize| row.iter().filter(|other| **other == r).count() >= FEWEST;
    let (mut found, mut others) = (Vec::new(), specks);
    let mut rows: std::collections::BTreeMap<usize, Row> = std::collections::BTreeMap::new();
    let mut strays = Vec::new();
    for (piece, r) in order.into_iter().zip(&row) {
        if long(*r) {
            rows.entry(*r).and_modify(|row| row.take(&piece)).or_insert_with(|| Row::of(&piece));
            found.push(piece.boxed());
        } else {
            strays.push(piece.clone());
            others.push(piece);
        }
    }
    for row in rows.values_mut() {
        while let Some(at) = others.iter().position(|p| row.reaches(p)) {
            let piece = others.swap_remove(at);
            row.widen(&piece);
            strays.retain(|s| s.left != piece.left || s.top != piece.top);
            found.push(piece.boxed());
        }
        found.extend(row.gaps());
    }
    (found, strays)
}

impl Row {
    fn of(piece: &Piece) -> Self {
        Self {
            left: piece.left,
            top: piece.top,
            right: piece.right,
            bottom: piece.bottom,
            height: piece.height(),
            pieces: vec![(piece.left, piece.right)],
        }
    }

    fn take(&mut self, piece: &Piece) {
        self.widen(piece);
        self.top = self.top.min(piece.top);
        self.bottom = self.bottom.max(piece.bottom);
        self.height = self.height.max(piece.height());
    }

    fn widen(&mut self, piece: &Piece) {
        self.left = self.left.min(piece.left);
        self.right = self.right.max(piece.right);
        self.pieces.push((piece.left, piece.right));
    }

    /// What lies between letters that stand near each other.
    fn gaps(&mut self) -> Vec<Piece> {
        self.pieces.sort_unstable();
        let mut end = self.left;
        let mut gaps = Vec::new();
        for (left, right) in &self.pieces {
            if *left > end && (left - end) as f64 <= DROWNED * self.height as f64 {
                gaps.push(Piece::of((self.top..self.bottom).map(|y| (y, end..*left)).collect()));
            }
            end = end.max(*right);
        }
        gaps
    }

    /// Whether a piece stands on the same line, no further than a gap between words from what is there.
    fn reaches(&self, piece: &Piece) -> bool {
        let margin = self.height / 4 + 1;
        let gap = (GAP * self.height as f64) as usize;
        piece.top + margin >= self.top
            && piece.bottom <= self.bottom + margin
            && piece.left <= self.right + gap
            && piece.right + gap >= self.left
    }
}

/// Whether `b`, which begins no further left, may be the next letter after `a`.
fn follow(a: &Piece, b: &Piece) -> bool {
    let (taller, lower) = (a.height().max(b.height()), a.height().min(b.height()));
    let overlap = a.bottom.min(b.bottom).saturating_sub(a.top.max(b.top));
    taller >= 5
        && 2 * lower >= taller
        && b.left as f64 <= a.right as f64 + 1.2 * taller as f64 + 2.0
        && overlap as f64 >= 0.6 * lower as f64
        && a.bottom.abs_diff(b.bottom) as f64 <= 0.25 * taller as f64 + 1.0
}
