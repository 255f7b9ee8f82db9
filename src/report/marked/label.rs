//! Where the numbers of marks stand: beside them or some way off with a line to them, and never over another thing.

use std::collections::HashSet;

use image::RgbImage;

use super::lettering::write;
use super::pen;
use super::style::{BLACK, WHITE};
use crate::measure::PxRect;

/// A box on the page, pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Place {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

/// Pixels between a mark and its number, nearest first.
const GAPS: [f64; 9] = [2.0, 10.0, 20.0, 32.0, 46.0, 64.0, 88.0, 120.0, 160.0];
/// Directions tried at each distance.
const DIRECTIONS: u32 = 24;
/// Pixels between two points of a line at which it is looked whether something lies there.
const STEP: f64 = 4.0;

impl Place {
    /// The place of a box.
    pub(super) fn of(bounds: &PxRect) -> Self {
        Self { x: bounds.x(), y: bounds.y(), width: bounds.width(), height: bounds.height() }
    }

    /// Whether the two share any point.
    pub(super) fn meets(&self, other: &Self) -> bool {
        self.x < other.x + other.width
            && other.x < self.x + self.width
            && self.y < other.y + other.height
            && other.y < self.y + self.height
    }

    fn inside(&self, frame: &Self) -> bool {
        self.x >= frame.x
            && self.y >= frame.y
            && self.x + self.width <= frame.x + frame.width
            && self.y + self.height <= frame.y + frame.height
    }

    /// The same with so much added on all sides.
    fn grown(&self, by: f64) -> Self {
        Self { x: self.x - by, y: self.y - by, width: self.width + 2.0 * by, height: self.height + 2.0 * by }
    }

    fn middle(&self) -> (f64, f64) {
        (self.x + self.width / 2.0, self.y + self.height / 2.0)
    }

    /// The point of this box nearest to `to`.
    fn nearest(&self, to: (f64, f64)) -> (f64, f64) {
        let into = |v: f64, start: f64, length: f64| v.clamp(start, start + length.max(0.0));
        (into(to.0, self.x, self.width), into(to.1, self.y, self.height))
    }

    fn holds(&self, (x, y): (f64, f64)) -> bool {
        x > self.x && y > self.y && x < self.x + self.width && y < self.y + self.height
    }
}

/// A place for each wanted label (number of its mark, width, height), or `None` where there is none free.
///
/// A label lies in the frame, meets no mark, its own neither, and no other label; the line to it crosses no label and no
/// mark of another thing that is labelled. The nearest such place is taken, labels in the order in which they are wanted.
pub(super) fn places(marks: &[Place], wanted: &[(usize, f64, f64)], frame: &Place) -> Vec<Option<Place>> {
    let labelled: HashSet<usize> = wanted.iter().map(|(at, ..)| *at).collect();
    let mut taken: Vec<Place> = Vec::new();
    wanted
        .iter()
        .map(|&(at, width, height)| {
            let mark = marks.get(at)?;
            let around = mark.grown(GAPS[GAPS.len() - 1] + width.max(height));
            let near: Vec<(bool, &Place)> = marks
                .iter()
                .enumerate()
                .map(|(other, place)| (other != at && labelled.contains(&other), place))
                .chain(taken.iter().map(|place| (true, place)))
                .filter(|(_, place)| place.meets(&around))
                .collect();
            let is_free = |place: &Place| {
                let (from, to) = leader(mark, place);
                place.inside(frame)
                    && !near.iter().any(|(_, other)| other.meets(place))
                    && !near.iter().any(|(barred, other)| *barred && crosses(other, from, to))
            };
            let place = candidates(mark, width, height).find(is_free);
            taken.extend(place);
            place
        })
        .collect()
}

/// Places around a mark, the nearest first: above, then clockwise.
fn candidates(mark: &Place, width: f64, height: f64) -> impl Iterator<Item = Place> {
    let (cx, cy) = mark.middle();
    let (rx, ry) = ((mark.width + width) / 2.0, (mark.height + height) / 2.0);
    GAPS.into_iter().flat_map(move |gap| {
        (0..DIRECTIONS).map(move |i| {
            let angle = f64::from(i) / f64::from(DIRECTIONS) * std::f64::consts::TAU;
            let (dx, dy) = (angle.sin(), -angle.cos());
            // Onto the edge of the box around which the label just does not meet the mark.
            let far = ((rx + gap) / dx.abs().max(1e-9)).min((ry + gap) / dy.abs().max(1e-9));
            let (x, y) = (cx + dx * far - width / 2.0, cy + dy * far - height / 2.0);
            Place { x: x.round(), y: y.round(), width, height }
        })
    })
}

/// From the edge of the mark to the edge of the label.
fn leader(mark: &Place, label: &Place) -> ((f64, f64), (f64, f64)) {
    let to = label.nearest(mark.middle());
    (mark.nearest(to), to)
}

fn crosses(place: &Place, from: (f64, f64), to: (f64, f64)) -> bool {
    let length = (to.0 - from.0).hypot(to.1 - from.1);
    let steps = (length / STEP).ceil().clamp(1.0, 1000.0) as u32;
    (0..=steps).any(|i| {
        let share = f64::from(i) / f64::from(steps);
        place.holds((from.0 + (to.0 - from.0) * share, from.1 + (to.1 - from.1) * share))
    })
}

/// Draws the line from a mark to its label, where they lie apart.
pub(super) fn draw_leader(page: &mut RgbImage, mark: &Place, label: &Place) {
    let (from, to) = leader(mark, label);
    if (to.0 - from.0).hypot(to.1 - from.1) > GAPS[0] + 2.0 {
        pen::stroke(page, &[from, to], 3.0, None, WHITE);
        pen::stroke(page, &[from, to], 1.5, None, BLACK);
    }
}

/// Writes white on black.
pub(super) fn draw(page: &mut RgbImage, text: &str, place: &Place) {
    let (x, y) = (place.x.max(0.0) as u32, place.y.max(0.0) as u32);
    pen::fill(page, (x, y), ((place.width as u32).max(1), (place.height as u32).max(1)), BLACK);
    write(page, text, x + 2, y, WHITE);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const FRAME: Place = Place { x: 0.0, y: 0.0, width: 900.0, height: 700.0 };

    #[test]
    fn a_label_goes_where_there_is_room() {
        let mark = Place { x: 100.0, y: 100.0, width: 30.0, height: 20.0 };
        let above = places(&[mark], &[(0, 60.0, 16.0)], &FRAME);
        assert_eq!(above, [Some(Place { x: 85.0, y: 82.0, width: 60.0, height: 16.0 })]);
        let top = Place { y: 3.0, ..mark };
        let beside = places(&[top], &[(0, 60.0, 16.0)], &FRAME)[0].expect("a place");
        assert!(beside.y >= 0.0 && !beside.meets(&top));
        let walled = [mark, Place { x: 0.0, y: 0.0, width: 900.0, height: 700.0 }];
        assert_eq!(places(&walled, &[(0, 60.0, 16.0)], &FRAME), [None]);
    }

    proptest! {
        #[test]
        fn labels_cover_nothing(
            things in prop::collection::vec((0.0..880.0f64, 0.0..680.0f64, 6.0..70.0f64, 6.0..70.0f64), 1..120),
            every in 1_usize..4,
        ) {
            let marks: Vec<Place> =
                things.iter().map(|&(x, y, width, height)| Place { x, y, width, height }).collect();
            let wanted: Vec<(usize, f64, f64)> =
                (0..marks.len()).step_by(every).map(|at| (at, 32.0, 24.0)).collect();
            let labels = places(&marks, &wanted, &FRAME);
            prop_assert_eq!(labels.len(), wanted.len());
            let placed: Vec<Place> = labels.iter().flatten().copied().collect();
            for (i, label) in placed.iter().enumerate() {
                prop_assert!(label.inside(&FRAME));
                prop_assert!(!marks.iter().any(|mark| mark.meets(label)), "a label covers a thing");
                prop_assert!(!placed[..i].iter().any(|other| other.meets(label)), "labels cover each other");
            }
        }
    }
}
