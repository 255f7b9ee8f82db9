//! Where the tiles lie changes nothing: with a scripted network of bounded view exactly, with the shipped ones
//! within stated limits.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use crate::support::common::{
    BUNDLE, dots, scripted, scripted_counting, scripted_drifting, scripted_kinds, scripted_thrice,
    scripted_twice, scripted_with,
};
use hemozoin::ErrorKind;
use hemozoin::detect::{Detection, DetectionTuning, Detector, ScriptedBackend, bundled};
use hemozoin::measure::{MicronsPerPixel, PxSize};
use hemozoin::optics::{Disc, View};
use hemozoin::render::{Counts, FieldSpec, render};
use hemozoin::terms::{CellClass, Film};
use image::RgbImage;
use proptest::prelude::*;

fn detect(detector: &Detector, picture: &RgbImage, um: f64, grid: (u32, u32)) -> Vec<Detection> {
    let size = PxSize { width: picture.width(), height: picture.height() };
    let scale = MicronsPerPixel::new(um).expect("a scale");
    let tuning = DetectionTuning { grid_offset: grid, one_thread: false };
    detector.detect(picture, &View::whole(size), scale, tuning).expect("detections")
}

/// Ink on seams and corners of the 192-pixel grid, at the edges, and in the open.
const PLACES: [(u32, u32, bool); 12] = [
    (192, 100, true),
    (192, 192, true),
    (384, 192, false),
    (191, 384, true),
    (193, 300, false),
    (8, 8, true),
    (492, 8, true),
    (492, 402, false),
    (10, 404, true),
    (300, 383, true),
    (384, 385, true),
    (96, 250, true),
];

#[test]
fn what_lies_on_a_seam_is_found_once() {
    let picture = dots(500, 410, &PLACES);
    // Even where each of two tiles sees it beyond the seam, on the other's side.
    for (detector, within) in [(scripted(), 6.0), (scripted_drifting(), 10.0)] {
        for grid in [(0, 0), (96, 0), (0, 176)] {
            let found = detect(&detector, &picture, 0.2, grid);
            for (x, y, red) in PLACES {
                let class = if red { CellClass::AsexualParasite } else { CellClass::WhiteCell };
                let hits = found.iter().filter(|d| d.class == class).map(|d| d.bounds.centre());
                let near = |at: f64, place: u32| (at - f64::from(place)).abs() < within;
                let hits = hits.filter(|&(cx, cy)| near(cx, x) && near(cy, y)).count();
                assert_eq!(hits, 1, "at {x}, {y}, grid {grid:?}: {found:?}");
            }
            assert_eq!(found.len(), PLACES.len(), "grid {grid:?}: {found:?}");
        }
    }
}

#[test]
fn every_grid_gives_the_same_at_seams_and_corners() {
    let (detector, picture) = (scripted(), dots(500, 410, &PLACES));
    let expected = detect(&detector, &picture, 0.2, (0, 0));
    for dx in (0..192).step_by(16) {
        for dy in [0, 16, 96, 176] {
            assert_eq!(detect(&detector, &picture, 0.2, (dx, dy)), expected, "grid moved by {dx}, {dy}");
        }
    }
}

/// [`BUNDLE`] whose network may be run at other sides than 256 pixels.
fn with_other_tiles(sides: &str) -> Detector {
    scripted_with(&BUNDLE.replacen("tile = 256\n", &format!("tile = 256\nother_tiles = {sides}\n"), 1))
}

#[test]
fn tiles_of_every_side_give_the_same() {
    let picture = dots(500, 410, &PLACES);
    let expected = detect(&scripted(), &picture, 0.2, (0, 0));
    for sides in ["[128]", "[144, 352, 400]", "[512]"] {
        assert_eq!(detect(&with_other_tiles(sides), &picture, 0.2, (0, 0)), expected, "sides of {sides}");
    }
}

#[test]
fn a_picture_gets_the_side_that_shows_the_network_the_fewest_pixels() {
    let sides = |detector: &Detector, width: u32, height: u32| {
        let seen = Arc::new(Mutex::new(BTreeMap::new()));
        let log = Arc::clone(&seen);
        let shape = detector.bundle().map_shape();
        let backend = ScriptedBackend::new(shape, move |input: &[f32]| {
            let side = (input.len() / 3).isqrt();
            *log.lock().expect("no panic").entry(side).or_insert(0) += 1;
            vec![-9.0; shape.channels * (side / 4).pow(2)]
        });
        let detector =
            Detector::with_backend(detector.bundle().clone(), Arc::new(backend)).expect("shapes agree");
        // Something to see in every tile.
        let at: Vec<_> = (0..width / 40).flat_map(|x| (0..height / 40).map(move |y| (x, y))).collect();
        let at: Vec<_> = at.iter().map(|(x, y)| (20 + 40 * x, 20 + 40 * y, true)).collect();
        detect(&detector, &dots(width, height, &at), 0.2, (0, 0));
        seen.lock().expect("no panic").clone()
    };
    let detector = with_other_tiles("[352, 464]");
    // 3 x 2 tiles of 256 have 393,216 pixels, 2 x 2 of 352 have 495,616, 2 x 1 of 464 have 430,592.
    assert_eq!(sides(&detector, 560, 380), BTreeMap::from([(256, 6)]));
    // 5 x 2 of 256 have 655,360, 3 x 2 of 352 have 743,424, 2 x 1 of 464 have 430,592.
    assert_eq!(sides(&detector, 800, 380), BTreeMap::from([(464, 2)]));
    // 2 x 2 of 256 have 262,144, one of 352 has 123,904.
    assert_eq!(sides(&detector, 280, 280), BTreeMap::from([(352, 1)]));
}

#[test]
fn an_empty_picture_and_one_smaller_than_a_tile() {
    assert!(detect(&scripted(), &dots(700, 300, &[]), 0.2, (0, 0)).is_empty());
    let small = detect(&scripted(), &dots(31, 23, &[(15, 11, true)]), 0.2, (0, 0));
    assert_eq!(small.len(), 1, "{small:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]
    #[test]
    fn moving_the_grid_changes_no_detection(
        width in 150_u32..620, height in 120_u32..520, dx in 0_u32..400, dy in 0_u32..400,
        um in prop::sample::select(vec![0.2, 0.13, 0.31]),
        places in prop::collection::vec((0.0_f64..1.0, 0.0_f64..1.0, any::<bool>()), 0..14),
    ) {
        let at: Vec<(u32, u32, bool)> = places
            .iter()
            .map(|&(u, v, red)| ((u * f64::from(width)) as u32, (v * f64::from(height)) as u32, red))
            .collect();
        let picture = dots(width, height, &at);
        for detector in [scripted(), scripted_twice(), scripted_thrice(Arc::default())] {
            prop_assert_eq!(detect(&detector, &picture, um, (dx, dy)), detect(&detector, &picture, um, (0, 0)));
        }
    }
}

#[test]
fn the_second_look_takes_away_what_it_doubts_and_nothing_else() {
    // A parasite beside a white cell, within its cut-out, and one alone.
    let places = [(100, 100, true), (124, 100, false), (300, 200, true)];
    let picture = dots(500, 410, &places);
    let classes = |detector: &Detector| -> Vec<(CellClass, bool)> {
        let found = detect(detector, &picture, 0.2, (0, 0));
        found.iter().map(|d| (d.class, d.bounds.centre().0 > 200.0)).collect()
    };
    let (parasite, white) = (CellClass::AsexualParasite, CellClass::WhiteCell);
    assert_eq!(classes(&scripted()).len(), 3);
    assert_eq!(classes(&scripted_twice()), [(white, false), (parasite, true)]);
}

#[test]
fn the_third_look_sees_what_is_in_doubt_and_decides() {
    // Beside a white cell the second look doubts, so that the third is not asked.
    let picture = dots(500, 410, &[(100, 100, true), (124, 100, false), (300, 200, true), (180, 300, true)]);
    let looks = Arc::new(AtomicUsize::new(0));
    let detector = scripted_thrice(Arc::clone(&looks));
    let found = detect(&detector, &picture, 0.2, (0, 0));
    assert_eq!(looks.load(Ordering::Relaxed), 2, "not where the second look was sure");
    let classes: Vec<CellClass> = found.iter().map(|d| d.class).collect();
    assert_eq!(classes, [CellClass::WhiteCell, CellClass::AsexualParasite, CellClass::AsexualParasite]);
    let least = found.iter().filter(|d| d.class.is_parasite()).map(|d| d.score.get()).fold(1.0, f32::min);
    // 0.25 x what two looks make of a dot, and 2.
    assert!(least > 0.9, "{found:?}");
}

#[test]
fn one_candidate_may_be_of_either_kind_and_is_looked_at_once() {
    let picture = dots(500, 410, &[(100, 100, true), (124, 100, false), (300, 200, true)]);
    let looks = Arc::new(AtomicUsize::new(0));
    let found = detect(&scripted_kinds(Arc::clone(&looks)), &picture, 0.2, (0, 0));
    let classes: Vec<CellClass> = found.iter().map(|d| d.class).collect();
    assert_eq!(classes, [CellClass::Gametocyte, CellClass::WhiteCell, CellClass::AsexualParasite]);
    assert_eq!(looks.load(Ordering::Relaxed), 2, "one look at each candidate");
}

#[test]
fn a_mark_with_too_little_ink_is_no_white_cell() {
    let picture = dots(500, 410, &[(100, 100, true), (250, 205, false)]);
    // Blue dots are 14 pixels wide, white cells are said to be 30 x 34: a fifth of the box is ink.
    let found = |share: &str| {
        let detector = scripted_with(&format!("{BUNDLE}{share}"));
        detect(&detector, &picture, 0.2, (0, 0)).iter().map(|d| d.class).collect::<Vec<_>>()
    };
    let both = [CellClass::AsexualParasite, CellClass::WhiteCell];
    assert_eq!(found(""), both);
    assert_eq!(found("dark_share = 0.1"), both);
    assert_eq!(found("dark_share = 0.3"), [CellClass::AsexualParasite], "a rule of one class alone");
}

#[test]
fn what_lies_outside_the_view_is_not_looked_at_again() {
    let picture = dots(500, 410, &[(250, 190, true), (20, 20, true)]);
    let size = PxSize { width: 500, height: 410 };
    let looks = |view: &View| {
        let counter = Arc::new(AtomicUsize::new(0));
        let detector = scripted_counting(Arc::clone(&counter));
        let scale = MicronsPerPixel::new(0.2).expect("a scale");
        let found = detector.detect(&picture, view, scale, DetectionTuning::default()).expect("detections");
        (found.len(), counter.load(Ordering::Relaxed))
    };
    assert_eq!(looks(&View::whole(size)), (2, 2));
    // Part of the first tile is in view, its dot is not.
    let disc = Disc { x: 250.0, y: 190.0, radius: 180.0 };
    assert_eq!(looks(&View::within(size, disc)), (1, 1));
}

/// The shipped networks see further than their halo, so that scores move a little with the grid. An object may
/// come or go only where its score is this near the threshold, in the network's own logits: the calibrations of
/// the classes differ in steepness, or become another small object where either's logit need move no further for
/// the two to be equally probable ...
const LOGIT_SLACK: f32 = 0.6;

/// ... and a centre may move by this much, µm (two cells of the maps: a wide object has a flat peak).
const PLACE_SLACK_UM: f64 = 1.3;

fn shipped(film: Film) -> (Detector, RgbImage, f64) {
    let (bundle, networks) = bundled(film).expect("built in");
    let thin = film == Film::Thin;
    let um = if thin { 0.12 } else { 0.16 };
    let spec = FieldSpec {
        film,
        um_per_px: um,
        width: 700,
        height: 520,
        counts: Counts {
            red_cells: if thin { 60 } else { 0 },
            rings: 9,
            trophozoites: 2,
            white_cells: if thin { 1 } else { 8 },
            platelets: 5,
            ..Counts::default()
        },
        seed: 11,
        ..FieldSpec::default()
    };
    let picture = render(&spec).expect("a field").image;
    (Detector::load(bundle, &networks).expect("a sound bundle"), picture, um)
}

#[test]
fn asked_for_one_class_a_detector_finds_the_same_of_it() {
    let of = |found: Vec<Detection>, class| -> Vec<Detection> {
        found.into_iter().filter(|d| d.class == class).collect()
    };
    let (thick, picture, um) = shipped(Film::Thick);
    let white = of(detect(&thick, &picture, um, (0, 0)), CellClass::WhiteCell);
    assert!(white.len() > 4, "{white:?}");
    let alone = thick.looking_for(CellClass::WhiteCell).expect("a class of the bundle");
    assert_eq!(detect(&alone, &picture, um, (0, 0)), white);
    assert_ne!(alone.digest(), thick.digest());
    assert_eq!(thick.looking_for(CellClass::RedCell).expect_err("no such class").kind(), ErrorKind::Usage);

    // Candidates of the other classes are not looked at again.
    let dots = dots(500, 410, &[(100, 100, true), (300, 200, false)]);
    let looks = Arc::new(AtomicUsize::new(0));
    let detector = scripted_counting(Arc::clone(&looks));
    let found = detect(&detector.looking_for(CellClass::WhiteCell).expect("a class"), &dots, 0.2, (0, 0));
    assert_eq!((found.len(), looks.load(Ordering::Relaxed)), (1, 0));
}

#[test]
fn the_shipped_networks_hardly_mind_the_grid() {
    for film in [Film::Thick, Film::Thin] {
        let (detector, picture, um) = shipped(film);
        let class = |term| detector.bundle().class(term).expect("a class of the bundle");
        // How far the first network's logit of a class lies between two scores.
        let apart = |term, a: f32, b: f32| {
            let logit = |score: f32| (score / (1.0 - score)).ln();
            let looks = [&class(term).second, &class(term).third];
            // The last network's own logit, which moves with the grid as well, weighs 1.
            let weight = looks.into_iter().flatten().map(|look| look.weight).product::<f32>().max(1.0);
            (logit(a) - logit(b)) / class(term).calibration[0] / weight
        };
        let marginal = |d: &Detection| apart(d.class, d.score.get(), class(d.class).threshold) < LOGIT_SLACK;
        let base = detect(&detector, &picture, um, (0, 0));
        assert!(!base.is_empty(), "nothing found on a {film:?} field");
        let (mut bundle, networks) = bundled(film).expect("built in");
        assert!(!bundle.input.other_tiles.is_empty(), "other sides to compare with");
        bundle.input.other_tiles.clear();
        let one_side = Detector::load(bundle, &networks).expect("a sound bundle");
        for (other, grid) in
            [(&detector, (64, 0)), (&detector, (0, 96)), (&detector, (112, 48)), (&one_side, (0, 0))]
        {
            let moved = detect(other, &picture, um, grid);
            for (from, to) in [(&base, &moved), (&moved, &base)] {
                for d in from {
                    let (x, y) = d.bounds.centre();
                    let partner = to.iter().any(|o| {
                        let (ox, oy) = o.bounds.centre();
                        let small = |c: CellClass| c.is_parasite() || c == CellClass::Platelet;
                        let near = |term| apart(term, o.score.get(), d.score.get()).abs() <= LOGIT_SLACK;
                        let tied = small(o.class) && small(d.class) && (near(o.class) || near(d.class));
                        (o.class == d.class || tied) && (ox - x).hypot(oy - y) * um <= PLACE_SLACK_UM
                    });
                    assert!(partner || marginal(d), "{film:?}, grid {grid:?}: {d:?} has no partner");
                }
            }
            let count = |found: &[Detection]| {
                CellClass::ALL
                    .iter()
                    .map(|c| found.iter().filter(|d| d.class == *c).count())
                    .collect::<Vec<_>>()
            };
            for (a, b) in count(&base).into_iter().zip(count(&moved)) {
                assert!(a.abs_diff(b) <= 1 + a / 20, "{film:?}, grid {grid:?}: {a} and {b} of one class");
            }
        }
    }
}
