//! What is drawn into a picture is found, and the film around it is not taken for drawn.

use hemozoin::intake::{Limits, Picture};
use hemozoin::measure::PxRect;
use hemozoin::optics::{Examination, examine};
use hemozoin::render::{Counts, FieldSpec, Rendered, render};
use hemozoin::terms::Film;
use image::RgbImage;

use crate::support::marks::{KINDS, marked};

fn field(film: Film, seed: u64) -> Rendered {
    let counts = match film {
        Film::Thin => Counts {
            red_cells: 150,
            rings: 12,
            gametocytes: 1,
            white_cells: 1,
            platelets: 4,
            ..Counts::default()
        },
        Film::Thick => {
            Counts { rings: 25, gametocytes: 2, white_cells: 12, platelets: 8, ..Counts::default() }
        }
    };
    let spec = FieldSpec { film, width: 1000, height: 750, counts, seed, look: seed, ..FieldSpec::default() };
    render(&spec).expect("a sound specification")
}

/// As a file would hold it.
fn seen(picture: &RgbImage, film: Film, quality: u8) -> Examination {
    let mut bytes = Vec::new();
    image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, quality)
        .encode_image(picture)
        .expect("a JPEG");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("field.jpg");
    std::fs::write(&path, bytes).expect("written");
    let picture = Picture::open(&path, 0, &Limits::default()).expect("read again");
    examine(&picture, film, None).expect("held in memory")
}

/// Boxes as large as a parasite around places where ink was laid, evenly over all of it.
fn on_ink(before: &RgbImage, after: &RgbImage) -> Vec<PxRect> {
    let inked: Vec<(u32, u32)> = before
        .enumerate_pixels()
        .zip(after.pixels())
        .filter(|((_, _, a), b)| a.0.iter().zip(b.0).any(|(a, b)| a.abs_diff(b) > 60))
        .map(|((x, y, _), _)| (x, y))
        .collect();
    let step = (inked.len() / 200).max(1);
    let around = |(x, y): &(u32, u32)| PxRect::around(f64::from(*x), f64::from(*y), 14.0, 14.0);
    inked.iter().step_by(step).filter_map(around).collect()
}

#[test]
fn marks_of_every_kind_are_found() {
    let mut missed = Vec::new();
    for film in [Film::Thin, Film::Thick] {
        let clean = field(film, 11);
        for (i, (what, draw)) in KINDS.iter().enumerate() {
            let drawn = marked(&clean.image, *draw);
            let Examination { view, quality, .. } = seen(&drawn, film, [80, 90, 96][i % 3]);
            let boxes = on_ink(&clean.image, &drawn);
            let found = boxes.iter().filter(|b| view.is_drawn_on(b)).count();
            let is_found = 10 * found >= 8 * boxes.len() && !view.marks().is_empty();
            if boxes.len() <= 40 || !is_found {
                missed.push(format!("{what}, {film:?}: {found} of {} places", boxes.len()));
            }
            // The film beside it is judged, not the mark.
            if !quality.reasons.is_empty() {
                missed.push(format!("{what}, {film:?}: {:?}", quality.reasons));
            }
        }
    }
    assert!(missed.is_empty(), "{missed:#?}");
}

#[test]
fn a_film_that_nobody_drew_on_has_no_marks() {
    for film in [Film::Thin, Film::Thick] {
        for seed in 1..4 {
            let clean = field(film, seed);
            let view = seen(&clean.image, film, 90).view;
            assert_eq!(view.marks(), [], "{film:?} {seed}");
        }
    }
}

/// A circle is drawn around what matters: what it holds is still there to be counted.
#[test]
fn what_stands_beside_a_mark_is_still_seen() {
    for film in [Film::Thin, Film::Thick] {
        let clean = field(film, 12);
        for (what, draw) in KINDS {
            let drawn = marked(&clean.image, draw);
            let view = seen(&drawn, film, 90).view;
            let untouched = |t: &&hemozoin::render::TruthObject| {
                let (x0, y0) = ((t.x - 12.0).max(0.0) as u32, (t.y - 12.0).max(0.0) as u32);
                let x1 = ((t.x + t.width + 12.0) as u32).min(clean.image.width());
                let y1 = ((t.y + t.height + 12.0) as u32).min(clean.image.height());
                (y0..y1).all(|y| (x0..x1).all(|x| clean.image.get_pixel(x, y) == drawn.get_pixel(x, y)))
            };
            for object in clean.truth.iter().filter(|t| t.width > 2.0 && t.height > 2.0).filter(untouched) {
                let bounds = PxRect::new(object.x, object.y, object.width, object.height).expect("a box");
                assert!(!view.is_drawn_on(&bounds), "{what}, {film:?}: {object:?}");
            }
        }
    }
}
