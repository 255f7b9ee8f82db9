//! Views, scales and verdicts on drawn fields whose truth is known.

use hemozoin::intake::Picture;
use hemozoin::measure::MicronsPerPixel;
use hemozoin::optics::{Examination, ReasonCode, ScaleBasis, ScaleEstimate, Verdict, examine, pool_scales};
use hemozoin::terms::Film;
use image::{Rgb, RgbImage};

use crate::support::odd::{luma, recoloured, sixteen};

/// A small generator, so that fields are the same everywhere (Numerical Recipes' constants).
struct Dice(u32);

impl Dice {
    fn roll(&mut self, sides: f64) -> f64 {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        f64::from(self.0 >> 8) / f64::from(1_u32 << 24) * sides
    }
}

/// Draws discs with soft edges: centre, radius, colour, pallor of the middle.
struct Canvas {
    pixels: RgbImage,
}

impl Canvas {
    fn new(width: u32, height: u32, glass: [u8; 3]) -> Self {
        Self { pixels: RgbImage::from_pixel(width, height, Rgb(glass)) }
    }

    fn disc(&mut self, x: f64, y: f64, radius: f64, colour: [u8; 3], pallor: f64) {
        let (x0, y0) = ((x - radius - 2.0).max(0.0) as u32, (y - radius - 2.0).max(0.0) as u32);
        let x1 = ((x + radius + 3.0) as u32).min(self.pixels.width());
        let y1 = ((y + radius + 3.0) as u32).min(self.pixels.height());
        for py in y0..y1 {
            for px in x0..x1 {
                let d = (f64::from(px) + 0.5 - x).hypot(f64::from(py) + 0.5 - y);
                let middle = 1.0 - pallor * (1.0 - (d / (0.45 * radius)).min(1.0));
                let cover = ((radius - d) / 1.5 + 0.5).clamp(0.0, 1.0) * middle;
                let pixel = self.pixels.get_pixel_mut(px, py);
                for (to, from) in pixel.0.iter_mut().zip(colour) {
                    *to = (f64::from(*to) * (1.0 - cover) + f64::from(from) * cover).round() as u8;
                }
            }
        }
    }

    fn noise(mut self) -> RgbImage {
        let mut dice = Dice(77);
        for pixel in self.pixels.pixels_mut() {
            pixel.0 = pixel.0.map(|v| (f64::from(v) + dice.roll(5.0) - 2.5).clamp(0.0, 255.0) as u8);
        }
        self.pixels
    }
}

const GLASS: [u8; 3] = [232, 226, 230];

/// A single layer of red cells of 7.35 µm as their outer diameter is measured, some touching.
fn thin_field(width: u32, height: u32, um_per_px: f64, seed: u32) -> RgbImage {
    let mut canvas = Canvas::new(width, height, GLASS);
    let mut dice = Dice(seed);
    // Half-height diameter of a cell whose nominal diameter is 7.35 µm.
    let radius = 7.35 * 0.87 / 2.0 / um_per_px;
    let step = radius * 2.9;
    let mut y = step * 0.3;
    while y < f64::from(height) {
        let mut x = step * 0.2;
        while x < f64::from(width) {
            let (dx, dy) = (dice.roll(step * 0.3), dice.roll(step * 0.3));
            let size = radius * (0.94 + dice.roll(0.12));
            canvas.disc(x + dx, y + dy, size, [196, 128, 132], 0.5);
            x += step;
        }
        y += step;
    }
    canvas.noise()
}

/// A lysed background with nuclei of 9.3 µm and specks.
fn thick_field(width: u32, height: u32, um_per_px: f64) -> RgbImage {
    let mut canvas = Canvas::new(width, height, [214, 190, 214]);
    let mut dice = Dice(5);
    let mut place = |canvas: &mut Canvas, um: f64, colour| {
        let x = dice.roll(f64::from(width) * 0.8) + f64::from(width) * 0.1;
        let y = dice.roll(f64::from(height) * 0.8) + f64::from(height) * 0.1;
        canvas.disc(x, y, um / 2.0 / um_per_px, colour, 0.0);
    };
    (0..60).for_each(|_| place(&mut canvas, 1.6, [120, 60, 140]));
    (0..9).for_each(|_| place(&mut canvas, 9.3, [52, 24, 110]));
    canvas.noise()
}

fn seen(pixels: RgbImage, film: Film) -> Examination {
    examine(&Picture::from_pixels(pixels), film, None).expect("held in memory")
}

fn reasons(examination: &Examination) -> Vec<ReasonCode> {
    examination.quality.reasons.iter().map(|r| r.code).collect()
}

fn close(scale: Option<ScaleEstimate>, truth: f64, tolerance: f64) -> bool {
    scale.is_some_and(|s| (s.um_per_px.get() / truth - 1.0).abs() < tolerance)
}

#[test]
fn red_cells_give_the_scale_at_any_size() {
    for (width, height, um_per_px) in
        [(640, 480, 0.165), (1296, 972, 0.095), (2600, 1500, 0.06), (700, 900, 0.1)]
    {
        let field = seen(thin_field(width, height, um_per_px, 3), Film::Thin);
        let scale = field.scale;
        assert_eq!(scale.map(|s| s.basis), Some(ScaleBasis::RedCells), "{width}");
        assert!(close(scale, um_per_px, 0.05), "{um_per_px}: {scale:?}");
        assert!(scale.is_some_and(|s| s.cells >= 20 && s.spread < 0.15), "{scale:?}");
        assert_eq!((field.quality.verdict, reasons(&field)), (Verdict::Fit, vec![]));
    }
}

#[test]
fn a_slide_is_pooled() {
    let fields: Vec<_> = (1..4).map(|seed| seen(thin_field(640, 480, 0.165, seed), Film::Thin)).collect();
    let evidence: Vec<_> = fields.iter().map(|f| &f.evidence).collect();
    let pooled = pool_scales(&evidence);
    let cells: u32 = fields.iter().filter_map(|f| f.scale).map(|s| s.cells).sum();
    assert!(close(pooled, 0.165, 0.05) && pooled.is_some_and(|p| p.cells + 6 >= cells), "{pooled:?}");
    let reversed: Vec<_> = evidence.into_iter().rev().collect();
    assert_eq!(pool_scales(&reversed), pooled);
}

#[test]
fn nuclei_and_the_frame_give_a_weak_scale() {
    // The frame shows 185 µm, as a camera at 100x oil does.
    let field = seen(thick_field(1500, 1100, 185.0 / 1500.0), Film::Thick);
    assert!(close(field.scale, 185.0 / 1500.0, 0.12), "{:?}", field.scale);
    assert_eq!(field.scale.map(|s| s.basis), Some(ScaleBasis::WhiteCells));
    assert!(field.scale.is_some_and(|s| s.spread > 0.1), "weak, and says so");
    assert_eq!((field.quality.verdict, reasons(&field)), (Verdict::Fit, vec![]));
}

#[test]
fn a_known_scale_is_kept() {
    let known = MicronsPerPixel::new(0.2);
    let picture = Picture::from_pixels(thin_field(640, 480, 0.165, 3));
    let field = examine(&picture, Film::Thin, known).expect("held in memory");
    assert_eq!(
        field.scale.map(|s| (s.um_per_px, s.basis, s.cells)),
        known.map(|k| (k, ScaleBasis::Given, 0))
    );
    let far = examine(&picture, Film::Thin, MicronsPerPixel::new(0.6)).expect("held in memory");
    assert_eq!(reasons(&far), [ReasonCode::LowResolution]);
}

#[test]
fn an_eyepiece_disc_is_the_view_and_its_rim_is_no_cell() {
    let mut pixels = thin_field(1600, 1000, 0.12, 9);
    for (x, y, p) in pixels.enumerate_pixels_mut() {
        if (f64::from(x) - 830.0).hypot(f64::from(y) - 480.0) > 520.0 {
            *p = Rgb([4, 4, 5]);
        }
    }
    let field = seen(pixels, Film::Thin);
    let disc = field.view.disc().expect("a disc");
    assert!((disc.x - 830.0).abs() < 12.0 && (disc.y - 480.0).abs() < 12.0, "{disc:?}");
    assert!((disc.radius / 520.0 - 1.0).abs() < 0.03, "{disc:?}");
    assert!(close(field.scale, 0.12, 0.06), "{:?}", field.scale);
    assert_eq!((field.quality.verdict, reasons(&field)), (Verdict::Fit, vec![]));
}

#[test]
fn each_gate_closes_and_names_its_reason() {
    let good = thin_field(1296, 972, 0.095, 3);
    let changed = |f: &dyn Fn(f64) -> f64| {
        let mut out = good.clone();
        out.pixels_mut().for_each(|p| p.0 = p.0.map(|v| f(f64::from(v)).clamp(0.0, 255.0) as u8));
        out
    };
    let cases = [
        ("blurred", image::imageops::fast_blur(&good, 12.0), ReasonCode::OutOfFocus),
        ("dark", changed(&|v| v * 0.15), ReasonCode::TooDark),
        ("black", RgbImage::new(800, 600), ReasonCode::TooDark),
        ("burnt", changed(&|v| v * 2.0 + 60.0), ReasonCode::TooBright),
        ("faint", changed(&|v| 225.0 + (v - 225.0) * 0.08), ReasonCode::PoorStain),
        ("glass", Canvas::new(800, 600, GLASS).noise(), ReasonCode::Empty),
        ("dot", RgbImage::from_pixel(1, 1, Rgb([200, 180, 190])), ReasonCode::TooSmall),
    ];
    for (name, pixels, reason) in cases {
        for film in [Film::Thin, Film::Thick] {
            let field = seen(pixels.clone(), film);
            assert_eq!(field.quality.verdict, Verdict::Unfit, "{name} {film:?} {:?}", field.measurements);
            // A faint or blurred picture may have lost its detail altogether, which is a reason too.
            let named = reasons(&field);
            let lost = matches!(reason, ReasonCode::PoorStain) && named.contains(&ReasonCode::Empty);
            assert!(named.contains(&reason) || lost, "{name} {film:?}: {named:?} {:?}", field.measurements);
        }
    }
}

#[test]
fn one_cell_on_clean_glass_is_no_thin_field() {
    let mut canvas = Canvas::new(1296, 972, GLASS);
    canvas.disc(500.0, 400.0, 36.0, [196, 128, 132], 0.4);
    let field = seen(canvas.noise(), Film::Thin);
    assert_eq!(field.quality.verdict, Verdict::Unfit);
    assert!(
        reasons(&field).iter().any(|r| matches!(r, ReasonCode::NoCells | ReasonCode::Empty)),
        "{:?}",
        field.quality
    );
    assert_eq!(field.scale, None, "one cell is no scale");
}

/// Thick films have no red cells to be missed: a photographed page, or noise, must be told by how sharp it is.
#[test]
fn noise_and_small_writing_are_no_film() {
    let mut dice = Dice(5);
    let noise = RgbImage::from_fn(1296, 972, |_, _| Rgb([0; 3].map(|_: u8| dice.roll(256.0) as u8)));
    let writing = RgbImage::from_fn(1296, 972, |x, y| {
        let stroke = y % 22 < 12 && x % 60 < 50 && (x / 3 + y / 22 * 5) % 4 == 0;
        if stroke { Rgb([30, 32, 60]) } else { Rgb([228, 226, 218]) }
    });
    for film in [Film::Thin, Film::Thick] {
        for (what, picture) in [("noise", &noise), ("writing", &writing)] {
            let field = seen(picture.clone(), film);
            assert!(
                reasons(&field).contains(&ReasonCode::NoFilm),
                "{what} {film:?}: {:?}",
                field.measurements
            );
        }
    }
    assert_eq!(seen(thick_field(1296, 972, 0.15), Film::Thick).quality.verdict, Verdict::Fit);
}

#[test]
fn odd_shapes_do_no_harm() {
    for (width, height) in [(1, 1), (2, 1), (1, 900), (5000, 3), (7, 7)] {
        for film in [Film::Thin, Film::Thick] {
            let field =
                seen(RgbImage::from_fn(width, height, |x, y| Rgb([(x * 37 + y * 11) as u8; 3])), film);
            assert_eq!(field.quality.verdict, Verdict::Unfit, "{width}x{height}");
            assert!(reasons(&field).contains(&ReasonCode::TooSmall));
        }
    }
}

fn rendered(film: Film, seed: u64) -> hemozoin::render::Rendered {
    let counts = match film {
        Film::Thin => {
            hemozoin::render::Counts { red_cells: 90, rings: 6, white_cells: 2, ..Default::default() }
        }
        Film::Thick => {
            hemozoin::render::Counts { rings: 10, white_cells: 12, platelets: 4, ..Default::default() }
        }
    };
    let spec = hemozoin::render::FieldSpec {
        film,
        width: 1000,
        height: 750,
        um_per_px: 0.12,
        counts,
        seed,
        look: seed,
        ..Default::default()
    };
    hemozoin::render::render(&spec).expect("a sound specification")
}

#[test]
fn a_picture_without_the_colours_of_the_stain_is_named() {
    for film in [Film::Thin, Film::Thick] {
        let field = rendered(film, 7).image;
        assert_eq!(reasons(&seen(field.clone(), film)), [], "{film:?}");
        let lost: Vec<(&str, RgbImage)> = vec![
            ("grey", recoloured(&field, |p| [luma(p); 3])),
            ("green channel alone", recoloured(&field, |p| [p[1]; 3])),
            ("nearly grey", recoloured(&field, |p| p.map(|v| 0.9 * luma(p) + 0.1 * v))),
            ("sepia", recoloured(&field, |p| [1.07, 0.95, 0.75].map(|c| luma(p) * c))),
            ("blue tone", recoloured(&field, |p| [0.75, 0.85, 1.1].map(|c| luma(p) * c))),
            ("night green", recoloured(&field, |p| [0.4, 1.0, 0.4].map(|c| luma(p) * c))),
            ("negative", recoloured(&field, |p| p.map(|v| 255.0 - v))),
            ("grey negative", recoloured(&field, |p| [255.0 - luma(p); 3])),
            ("two colours", recoloured(&field, |p| [if luma(p) > 150.0 { 250.0 } else { 10.0 }; 3])),
            ("eight colours", recoloured(&field, |p| p.map(|v| if v > 150.0 { 240.0 } else { 60.0 }))),
        ];
        for (what, picture) in lost {
            let named = reasons(&seen(picture, film));
            let gone = [ReasonCode::NoStainColour, ReasonCode::NoFilm, ReasonCode::Empty];
            assert!(named.iter().any(|r| gone.contains(r)), "{what} {film:?}: {named:?}");
        }
    }
}

#[test]
fn a_picture_in_sixteen_colours_is_named() {
    for film in [Film::Thin, Film::Thick] {
        let few = sixteen(&rendered(film, 7).image);
        let field = seen(few, film);
        assert!(reasons(&field).contains(&ReasonCode::NoStainColour), "{film:?}: {:?}", field.measurements);
    }
}

#[test]
fn red_and_blue_swapped_is_named_where_nuclei_tell() {
    let swapped = recoloured(&rendered(Film::Thick, 7).image, |[r, g, b]| [b, g, r]);
    let field = seen(swapped, Film::Thick);
    assert!(reasons(&field).contains(&ReasonCode::NoStainColour), "{:?}", field.measurements);
}

/// Lamps and cameras tint a whole picture: that is no loss of the stain's colours.
#[test]
fn a_tinted_picture_keeps_its_stain() {
    for film in [Film::Thin, Film::Thick] {
        for tint in [[1.0, 0.9, 0.7], [0.8, 0.95, 1.0], [0.9, 1.0, 0.85], [0.75, 0.7, 0.75]] {
            let picture = recoloured(&rendered(film, 9).image, |p| [0, 1, 2].map(|c: usize| p[c] * tint[c]));
            let field = seen(picture, film);
            assert!(
                !reasons(&field).contains(&ReasonCode::NoStainColour),
                "{tint:?} {:?}",
                field.measurements
            );
        }
    }
}

#[test]
fn a_picture_shows_which_film_it_is() {
    for seed in 1..4 {
        let thin = rendered(Film::Thin, seed).image;
        let as_thick = seen(thin.clone(), Film::Thick);
        assert!(reasons(&as_thick).contains(&ReasonCode::OtherFilm), "{:?}", as_thick.measurements);
        assert!(!reasons(&seen(thin, Film::Thin)).contains(&ReasonCode::OtherFilm));
        let thick = rendered(Film::Thick, seed).image;
        let as_thin = seen(thick.clone(), Film::Thin);
        assert!(reasons(&as_thin).contains(&ReasonCode::OtherFilm), "{:?}", as_thin.measurements);
        assert!(!reasons(&seen(thick, Film::Thick)).contains(&ReasonCode::OtherFilm));
    }
}

/// Fields put together to one picture have a frame as no camera has; their scale is right nevertheless.
#[test]
fn a_wide_picture_of_a_thick_film_keeps_its_scale() {
    let counts = hemozoin::render::Counts { rings: 30, white_cells: 40, ..Default::default() };
    let spec = hemozoin::render::FieldSpec {
        film: Film::Thick,
        width: 3600,
        height: 1200,
        um_per_px: 0.2,
        counts,
        seed: 3,
        ..Default::default()
    };
    let picture = Picture::from_pixels(hemozoin::render::render(&spec).expect("drawn").image);
    for (stated, contradicted) in [(0.2, false), (0.6, true)] {
        let um = MicronsPerPixel::new(stated).expect("a scale");
        let mut field = examine(&picture, Film::Thick, Some(um)).expect("held in memory");
        field.hold_scale(um);
        let reason = field.quality.reasons.iter().find(|r| r.code == ReasonCode::ScaleContradicted);
        assert_eq!(reason.is_some(), contradicted, "{stated}: {:?}", field.cells_scale);
        // What is said of the nuclei is what they say.
        if let Some(reason) = reason {
            assert!((0.14..0.28).contains(&reason.value), "{reason:?}");
        }
    }
}

#[test]
fn a_stated_scale_is_held_against_the_cells() {
    for (stated, contradicted) in [(0.12, false), (0.1, false), (0.15, false), (0.4, true), (0.04, true)] {
        for film in [Film::Thin, Film::Thick] {
            let um = MicronsPerPixel::new(stated).expect("a scale");
            let picture = Picture::from_pixels(rendered(film, 5).image);
            let mut field = examine(&picture, film, Some(um)).expect("held in memory");
            field.hold_scale(um);
            let named = reasons(&field).contains(&ReasonCode::ScaleContradicted);
            assert_eq!(named, contradicted, "{film:?} {stated}: {:?}", field.cells_scale);
            assert_eq!(field.quality.verdict == Verdict::Unfit, contradicted, "{:?}", field.quality);
        }
    }
}

#[test]
fn a_picture_that_is_compressed_too_far_is_named() {
    for film in [Film::Thin, Film::Thick] {
        let field = rendered(film, 6).image;
        let kept = |quality| {
            let mut bytes = Vec::new();
            image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, quality)
                .encode_image(&field)
                .expect("a JPEG");
            let field = seen(image::load_from_memory(&bytes).expect("read again").to_rgb8(), film);
            (reasons(&field).contains(&ReasonCode::Compressed), field.measurements.blocks)
        };
        for (quality, lost) in [(95, false), (85, false), (70, false), (8, true), (5, true)] {
            assert_eq!(kept(quality).0, lost, "{film:?} quality {quality}: {}", kept(quality).1);
        }
    }
}
