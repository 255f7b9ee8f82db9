//! What a rendered field promises: same bytes, exact counts, truth inside the picture, no panic on odd specifications.

use super::*;
use crate::terms::{CellClass, Film};

fn counts() -> Counts {
    Counts {
        red_cells: 40,
        rings: 5,
        trophozoites: 2,
        schizonts: 1,
        gametocytes: 2,
        white_cells: 2,
        platelets: 4,
        precipitate: 2,
        debris: 6,
    }
}

fn spec(film: Film, seed: u64) -> FieldSpec {
    FieldSpec { film, width: 500, height: 330, counts: counts(), seed, ..FieldSpec::default() }
}

fn both() -> impl Iterator<Item = FieldSpec> {
    [Film::Thin, Film::Thick].into_iter().flat_map(|film| (0..6).map(move |seed| spec(film, seed)))
}

fn draw(spec: &FieldSpec) -> Rendered {
    render(spec).expect("a sound specification")
}

#[test]
fn same_specification_same_bytes_other_seed_other_picture() {
    for film in [Film::Thin, Film::Thick] {
        let (a, b, c) = (draw(&spec(film, 1)), draw(&spec(film, 1)), draw(&spec(film, 2)));
        assert_eq!(a.image, b.image);
        assert_eq!(a.truth, b.truth);
        assert_ne!(a.image, c.image);
        assert_ne!(a.truth, c.truth);
    }
}

#[test]
fn counts_are_as_asked() {
    for s in both() {
        for disc in [None, Some(Disc { diameter: 0.95, cx: 0.45, cy: 0.55 })] {
            let r = draw(&FieldSpec { disc, ..s.clone() });
            assert_eq!(r.count(CellClass::AsexualParasite), 8);
            assert_eq!(r.count(CellClass::Gametocyte), 2);
            assert_eq!(r.count(CellClass::WhiteCell), 2);
            assert_eq!(r.count(CellClass::Platelet), 4);
            let cells = if s.film == Film::Thin { 40 } else { 0 };
            assert_eq!(r.count(CellClass::RedCell), cells);
            let inside: u32 = r.truth.iter().map(|t| t.parasites_inside).sum();
            assert_eq!(inside, if cells > 0 { 8 } else { 0 });
        }
    }
}

#[test]
fn boxes_lie_in_the_picture_and_parasites_in_their_cells() {
    for s in both() {
        let r = draw(&s);
        for t in &r.truth {
            assert!(t.x >= 0.0 && t.y >= 0.0 && t.width >= 1.0 && t.height >= 1.0, "{t:?}");
            assert!(t.x + t.width <= 500.0 && t.y + t.height <= 330.0, "{t:?}");
            if t.class == CellClass::AsexualParasite && s.film == Film::Thin {
                let (cx, cy) = (t.x + t.width / 2.0, t.y + t.height / 2.0);
                let host = r.truth.iter().any(|c| {
                    c.infected == Some(true)
                        && (c.x - 12.0..=c.x + c.width + 12.0).contains(&cx)
                        && (c.y - 12.0..=c.y + c.height + 12.0).contains(&cy)
                });
                assert!(host, "{t:?} lies in no infected cell");
            }
        }
    }
}

#[test]
fn sizes_are_those_of_the_standard() {
    // Whole objects only. Section 14 of the standard's morphology: red cell 7-8 µm, gametocyte 8-12 µm long, nuclei 8-15 µm.
    let (mut cells, mut crescents, mut nuclei) = (Vec::new(), Vec::new(), Vec::new());
    for s in both() {
        for t in draw(&s).truth.iter().filter(|t| !t.cut) {
            let um = s.um_per_px;
            match (t.class, s.film) {
                (CellClass::RedCell, _) => cells.push((t.width + t.height) / 2.0 * um),
                (CellClass::Gametocyte, _) => {
                    crescents.push((t.width * t.width + t.height * t.height).sqrt() * um)
                }
                (CellClass::WhiteCell, Film::Thick) => nuclei.push(t.width.max(t.height) * um),
                _ => {}
            }
        }
    }
    cells.sort_by(f64::total_cmp);
    let median = cells[cells.len() / 2];
    assert!((7.0..=7.6).contains(&median), "{median}");
    assert!(crescents.iter().all(|d| (7.0..=14.0).contains(d)), "{crescents:?}");
    assert!(nuclei.iter().all(|d| (6.0..=15.5).contains(d)), "{nuclei:?}");
}

#[test]
fn cut_objects_are_marked() {
    let r = draw(&spec(Film::Thin, 4));
    let touches =
        |t: &TruthObject| t.x == 0.0 || t.y == 0.0 || t.x + t.width == 500.0 || t.y + t.height == 330.0;
    let cut = r.truth.iter().filter(|t| t.cut).count();
    assert!(cut > 3, "{cut}");
    assert!(r.truth.iter().filter(|t| t.cut).all(touches));
    assert!(r.truth.iter().any(|t| !t.centre_in_view), "no cell reaches in from outside");
}

#[test]
fn noise_and_blur_move_nothing() {
    let s = spec(Film::Thin, 8);
    let loud = FieldSpec { noise: 12.0, blur_um: 0.5, softness: 1.0, ..s.clone() };
    assert_eq!(draw(&s).truth, draw(&loud).truth);
}

#[test]
fn parasites_are_darker_than_what_surrounds_them() {
    for s in both() {
        let r = draw(&FieldSpec { noise: 0.0, ..s });
        for t in r.truth.iter().filter(|t| t.class.is_parasite()) {
            let (mut dark, mut sum, mut n) = (u32::MAX, 0, 0);
            for y in t.y as u32..(t.y + t.height) as u32 {
                for x in t.x as u32..(t.x + t.width) as u32 {
                    let p = r.image.get_pixel(x, y).0;
                    let v = p.iter().map(|c| u32::from(*c)).sum::<u32>();
                    dark = dark.min(v);
                }
            }
            for y in (t.y as u32).saturating_sub(40)..((t.y + t.height) as u32 + 40).min(330) {
                for x in (t.x as u32).saturating_sub(40)..((t.x + t.width) as u32 + 40).min(500) {
                    sum += r.image.get_pixel(x, y).0.iter().map(|c| u32::from(*c)).sum::<u32>();
                    n += 1;
                }
            }
            assert!(dark + 45 < sum / n, "{:?}: darkest {dark}, around {}", t.stage, sum / n);
        }
    }
}

#[test]
fn outside_the_disc_it_is_black() {
    let disc = Some(Disc { diameter: 0.9, cx: 0.5, cy: 0.5 });
    let r = draw(&FieldSpec { disc, noise: 0.0, ..spec(Film::Thick, 3) });
    assert!(r.image.get_pixel(2, 2).0.iter().all(|v| *v < 12));
    assert!(r.image.get_pixel(250, 165).0.iter().any(|v| *v > 12));
}

#[test]
fn odd_specifications_do_not_panic() {
    let odd = [
        FieldSpec { width: 1, height: 1, ..spec(Film::Thin, 1) },
        FieldSpec { width: 1, height: 900, ..spec(Film::Thick, 1) },
        FieldSpec { width: 700, height: 1, um_per_px: 0.3, ..spec(Film::Thin, 1) },
        FieldSpec { blur_um: 100.0, ..spec(Film::Thin, 1) },
        FieldSpec { counts: Counts::default(), ..spec(Film::Thin, 1) },
        FieldSpec { counts: Counts::default(), ..spec(Film::Thick, 1) },
        FieldSpec { um_per_px: 10.0, ..spec(Film::Thick, 1) },
        FieldSpec { um_per_px: 0.02, width: 90, height: 70, ..spec(Film::Thin, 1) },
        FieldSpec { disc: Some(Disc { diameter: 0.01, cx: 0.0, cy: 1.0 }), ..spec(Film::Thin, 1) },
        FieldSpec { disc: Some(Disc { diameter: 10.0, cx: 0.0, cy: 1.0 }), ..spec(Film::Thick, 1) },
        FieldSpec {
            counts: Counts { red_cells: 3000, rings: 3000, ..counts() },
            multiple: 1.0,
            ..spec(Film::Thin, 1)
        }
        .with_room(),
    ];
    for s in odd {
        let r = draw(&s);
        assert_eq!(r.image.dimensions(), (s.width, s.height));
    }
}

impl FieldSpec {
    /// Enough red cells for the parasites of [`counts`].
    fn with_room(mut self) -> Self {
        self.counts.red_cells = self.counts.asexual();
        self
    }
}
