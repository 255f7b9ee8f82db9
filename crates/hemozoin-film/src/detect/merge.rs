//! One object, one detection.
//!
//! Each point of the plane has one owning tile, so seams need no joining, but for an object that two tiles each place
//! just beyond the seam, on the other's side: it is taken from them where the owner of the place has no candidate.
//! What remains is a network that peaks twice on one object. The rule, from its definition: peaks are taken from the
//! most probable down; a peak stays unless one that already stayed lies nearer than the distance below. Ties are
//! broken by place and class, so the order of the input does not matter (`permutations_agree`).
//!
//! Distance: between two peaks of one class, that class's `min_distance_um`; between two different small
//! objects (parasites of both kinds, platelets), the smaller of the two, for one spot is one object. And what
//! lies in a more probable white cell is a part of it: a lobe of its nucleus, a granule; so is an asexual parasite or
//! a platelet in a more probable gametocyte, whose pigment and ends are spots of their own.

use std::cmp::Ordering;

use super::bundle::Bundle;
use super::decode::{Peak, SEAM_CELLS, Seen};
use crate::terms::CellClass;

/// Share of a white cell's box in which nothing else is looked for: beyond it a parasite may lie beside the cell.
const CORE: f64 = 0.8;

/// The objects that the tiles saw, each once, and the near misses that are no part or second reading of one; both sorted:
/// by y, then x, then class.
pub(super) fn merge(bundle: &Bundle, tiles: impl IntoIterator<Item = Seen>) -> (Vec<Peak>, Vec<Peak>) {
    let reach = f64::from(SEAM_CELLS * bundle.output.stride);
    let (mut peaks, mut beyond, mut taken) = (Vec::new(), Vec::new(), Grid::new(reach));
    let mut near_misses = Vec::new();
    for tile in tiles {
        peaks.extend(tile.owned);
        beyond.extend(tile.beyond);
        near_misses.extend(tile.near_misses);
        for (class, x, y) in tile.candidates {
            taken.add(x, y, (class, x, y));
        }
    }
    // The word of the owner of a place holds, be it that its candidate is nothing.
    beyond.sort_by(strongest_first);
    for peak in beyond {
        let (x, y) = peak.bounds.centre();
        let same = |&(class, ox, oy): &(CellClass, f64, f64)| {
            one_kind(class, peak.class) && (ox - x).abs() <= reach && (oy - y).abs() <= reach
        };
        if !taken.near(x, y).any(same) {
            taken.add(x, y, (peak.class, x, y));
            peaks.push(peak);
        }
    }
    let peaks = strongest(bundle, Vec::new(), peaks);
    let near_misses = strongest(bundle, peaks.clone(), near_misses);
    (peaks, near_misses)
}

/// Removes second peaks on one object, and those on what is `known` already, and sorts.
fn strongest(bundle: &Bundle, known: Vec<Peak>, mut peaks: Vec<Peak>) -> Vec<Peak> {
    peaks.sort_by(strongest_first);
    let um = bundle.um_per_px.get();
    let distance = |class: CellClass| bundle.class(class).map_or(0.0, |c| c.min_distance_um / um);
    let reach = bundle.classes.iter().map(|c| c.min_distance_um / um).fold(1.0, f64::max);
    // A part of a large cell may lie farther from its centre than any two objects must.
    let mut kept = Grid::new(known.iter().chain(&peaks).map(core_reach).fold(reach, f64::max));
    for peak in known {
        let (x, y) = peak.bounds.centre();
        kept.add(x, y, (true, peak));
    }
    for peak in peaks {
        let (x, y) = peak.bounds.centre();
        let beaten = kept.near(x, y).any(|(_, other): &(bool, Peak)| {
            let limit = if one_kind(other.class, peak.class) {
                distance(peak.class).min(distance(other.class))
            } else {
                0.0
            };
            let (ox, oy) = other.bounds.centre();
            (ox - x).powi(2) + (oy - y).powi(2) < limit * limit
                || (may_be_part(peak.class, other.class) && covers(other, x, y))
        });
        if !beaten {
            kept.add(x, y, (false, peak));
        }
    }
    let mut kept: Vec<Peak> =
        kept.into_items().into_iter().filter(|(known, _)| !known).map(|(_, peak)| peak).collect();
    kept.sort_by(reading_order);
    kept
}

/// Whether a point lies in the ellipse that fills [`CORE`] of a detection's box.
fn covers(cell: &Peak, x: f64, y: f64) -> bool {
    let (cx, cy) = cell.bounds.centre();
    let (rx, ry) = (CORE * cell.bounds.width() / 2.0, CORE * cell.bounds.height() / 2.0);
    rx > 0.0 && ry > 0.0 && ((x - cx) / rx).powi(2) + ((y - cy) / ry).powi(2) < 1.0
}

/// How far from its centre a detection can cover another's; bounded, because sides are
/// ([`peaks`](super::decode::peaks)).
fn core_reach(cell: &Peak) -> f64 {
    let holds_parts = matches!(cell.class, CellClass::WhiteCell | CellClass::Gametocyte);
    if holds_parts { CORE * cell.bounds.width().max(cell.bounds.height()) / 2.0 } else { 0.0 }
}

/// Whether a mark of class `of` may be a part of an object of class `whole`.
fn may_be_part(of: CellClass, whole: CellClass) -> bool {
    match whole {
        CellClass::WhiteCell => of != whole,
        CellClass::Gametocyte => of != whole && is_small(of),
        _ => false,
    }
}

/// Whether two marks on one spot may be two readings of one object.
fn one_kind(a: CellClass, b: CellClass) -> bool {
    a == b || (is_small(a) && is_small(b))
}

fn is_small(class: CellClass) -> bool {
    class.is_parasite() || class == CellClass::Platelet
}

fn strongest_first(a: &Peak, b: &Peak) -> Ordering {
    b.score.get().total_cmp(&a.score.get()).then_with(|| reading_order(a, b))
}

fn reading_order(a: &Peak, b: &Peak) -> Ordering {
    let ((ax, ay), (bx, by)) = (a.bounds.centre(), b.bounds.centre());
    ay.total_cmp(&by).then_with(|| ax.total_cmp(&bx)).then_with(|| a.class.cmp(&b.class))
}

/// Items by square of `side` pixels, so that only the neighbourhood is compared.
struct Grid<T> {
    side: f64,
    squares: std::collections::HashMap<(i64, i64), Vec<T>>,
}

impl<T> Grid<T> {
    fn new(side: f64) -> Self {
        Self { side, squares: std::collections::HashMap::new() }
    }

    fn square(&self, x: f64, y: f64) -> (i64, i64) {
        ((x / self.side).floor() as i64, (y / self.side).floor() as i64)
    }

    fn near(&self, x: f64, y: f64) -> impl Iterator<Item = &T> {
        let (sx, sy) = self.square(x, y);
        (-1..=1)
            .flat_map(move |dy| (-1..=1).map(move |dx| (sx + dx, sy + dy)))
            .filter_map(|at| self.squares.get(&at))
            .flatten()
    }

    fn add(&mut self, x: f64, y: f64, item: T) {
        let at = self.square(x, y);
        self.squares.entry(at).or_default().push(item);
    }

    fn into_items(self) -> Vec<T> {
        self.squares.into_values().flatten().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::bundle::of_repository;
    use crate::measure::{Probability, PxRect};
    use crate::terms::Film;
    use proptest::prelude::*;

    fn peak(class: CellClass, x: f64, y: f64, score: f32) -> Peak {
        let score = Probability::new(score).expect("a probability");
        let bounds = PxRect::around(x, y, 12.0, 8.0).expect("a box");
        Peak { class, stage: None, score, bounds }
    }

    fn thin() -> Bundle {
        of_repository(Film::Thin)
    }

    /// An object around 100, 100 that is larger than those of [`peak`].
    fn large(class: CellClass, width: f64, height: f64, score: f32) -> Peak {
        let bounds = PxRect::around(100.0, 100.0, width, height).expect("a box");
        Peak { bounds, ..peak(class, 100.0, 100.0, score) }
    }

    /// The classes of what stays of these in a thin bundle.
    fn classes(peaks: Vec<Peak>) -> Vec<CellClass> {
        strongest(&thin(), Vec::new(), peaks).iter().map(|p| p.class).collect()
    }

    #[test]
    fn a_chain_keeps_its_strongest_ends() {
        // Red cells 12 px apart at 0.15 µm/px: 1.8 µm, nearer than one cell allows; the ends are 3.6 µm apart.
        let at = |x: f64, score: f32| peak(CellClass::RedCell, x, 50.0, score);
        let ends = strongest(&thin(), Vec::new(), vec![at(10.0, 0.9), at(22.0, 0.7), at(34.0, 0.8)]);
        assert_eq!(ends.iter().map(|p| p.bounds.centre().0).collect::<Vec<_>>(), [10.0, 34.0]);
        let middle = strongest(&thin(), Vec::new(), vec![at(10.0, 0.7), at(22.0, 0.9), at(34.0, 0.8)]);
        assert_eq!(middle.len(), 1, "{middle:?}");
    }

    #[test]
    fn one_spot_is_one_small_object_but_may_lie_in_a_cell() {
        let kept = classes(vec![
            peak(CellClass::Platelet, 40.0, 40.0, 0.6),
            peak(CellClass::AsexualParasite, 42.0, 40.0, 0.9),
            peak(CellClass::RedCell, 41.0, 41.0, 0.95),
        ]);
        assert_eq!(kept, [CellClass::AsexualParasite, CellClass::RedCell]);
    }

    #[test]
    fn what_lies_in_a_more_probable_white_cell_is_part_of_it() {
        let white = |score: f32| large(CellClass::WhiteCell, 60.0, 50.0, score);
        let lobe = peak(CellClass::AsexualParasite, 112.0, 100.0, 0.7);
        let beside = peak(CellClass::AsexualParasite, 127.0, 100.0, 0.7);
        assert_eq!(classes(vec![white(0.9), lobe.clone()]), [CellClass::WhiteCell]);
        assert_eq!(classes(vec![white(0.9), beside]).len(), 2);
        assert_eq!(classes(vec![white(0.6), lobe]).len(), 2, "a less probable white cell takes nothing");
    }

    #[test]
    fn a_lobe_of_a_large_white_cell_is_part_of_it_wherever_the_cell_lies() {
        // 20 µm at 0.15 µm/px; the lobe lies 48 px from the centre, within 0.8 of the half side (53 px).
        let side = 20.0 / 0.15;
        for place in 0..120 {
            let x = 200.0 + f64::from(place);
            let bounds = PxRect::around(x, x, side, side).expect("a box");
            let white = Peak { bounds, ..peak(CellClass::WhiteCell, x, x, 0.9) };
            for lobe in [(x + 48.0, x), (x - 48.0, x), (x, x + 48.0), (x + 33.0, x - 33.0)] {
                let lobe = peak(CellClass::AsexualParasite, lobe.0, lobe.1, 0.7);
                assert_eq!(classes(vec![white.clone(), lobe]), [CellClass::WhiteCell], "at {x}");
            }
        }
    }

    #[test]
    fn what_lies_in_a_more_probable_gametocyte_is_part_of_it() {
        let crescent = |score: f32| large(CellClass::Gametocyte, 70.0, 30.0, score);
        let end = peak(CellClass::AsexualParasite, 120.0, 102.0, 0.7);
        let beside = peak(CellClass::AsexualParasite, 100.0, 118.0, 0.7);
        let cell = peak(CellClass::RedCell, 104.0, 100.0, 0.7);
        assert_eq!(classes(vec![crescent(0.9), end.clone()]), [CellClass::Gametocyte]);
        assert_eq!(classes(vec![crescent(0.9), beside]).len(), 2);
        assert_eq!(
            classes(vec![crescent(0.9), cell]).len(),
            2,
            "a red cell holds the crescent, not the reverse"
        );
        assert_eq!(classes(vec![crescent(0.6), end]).len(), 2, "a less probable gametocyte takes nothing");
    }

    #[test]
    fn what_lies_beyond_a_seam_counts_where_its_owner_has_no_candidate() {
        let beyond = |x: f64, score: f32| Seen {
            beyond: vec![peak(CellClass::RedCell, x, 50.0, score)],
            ..Seen::default()
        };
        let candidate =
            |class: CellClass, x: f64| Seen { candidates: vec![(class, x, 50.0)], ..Seen::default() };
        let found = |tiles: Vec<Seen>| -> Vec<f64> {
            merge(&thin(), tiles).0.iter().map(|p| p.bounds.centre().0).collect()
        };
        assert_eq!(found(vec![beyond(102.0, 0.8), beyond(98.0, 0.9)]), [98.0], "one object of two tiles");
        assert_eq!(found(vec![beyond(102.0, 0.8), candidate(CellClass::RedCell, 106.0)]), [0.0; 0]);
        assert_eq!(found(vec![beyond(102.0, 0.8), candidate(CellClass::RedCell, 111.0)]), [102.0]);
        assert_eq!(found(vec![beyond(102.0, 0.8), candidate(CellClass::WhiteCell, 102.0)]), [102.0]);
    }

    #[test]
    fn a_near_miss_is_no_second_reading_of_what_was_found() {
        let near = |x: f64| peak(CellClass::AsexualParasite, x, 100.0, 0.4);
        let seen = Seen {
            owned: vec![
                peak(CellClass::AsexualParasite, 100.0, 100.0, 0.9),
                peak(CellClass::Platelet, 200.0, 100.0, 0.5),
                large(CellClass::WhiteCell, 60.0, 50.0, 0.3),
            ],
            near_misses: vec![near(102.0), near(118.0), near(202.0), near(300.0), near(303.0)],
            ..Seen::default()
        };
        let (found, near_misses) = merge(&thin(), [seen]);
        assert_eq!(found.len(), 3);
        assert_eq!(near_misses.iter().map(|p| p.bounds.centre().0).collect::<Vec<_>>(), [300.0]);
    }

    proptest! {
        #[test]
        fn permutations_agree(
            places in prop::collection::vec((0_u32..60, 0_u32..40, 0_usize..5, 1_u32..10), 0..40),
            seed in any::<u64>(),
        ) {
            let bundle = thin();
            let peaks: Vec<Peak> = places
                .iter()
                .map(|&(x, y, class, score)| {
                    peak(CellClass::ALL[class], f64::from(4 * x), f64::from(4 * y), score as f32 / 10.0)
                })
                .collect();
            let mut shuffled = peaks.clone();
            // Fisher and Yates with a linear congruence: any order will do.
            let mut state = seed;
            for i in (1..shuffled.len()).rev() {
                state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
                shuffled.swap(i, (state >> 33) as usize % (i + 1));
            }
            prop_assert_eq!(strongest(&bundle, Vec::new(), peaks), strongest(&bundle, Vec::new(), shuffled));
        }
    }
}
