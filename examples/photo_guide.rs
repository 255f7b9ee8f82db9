//! Draws the pictures of `docs/photographier.md` and `docs/photographing.md` anew:
//!
//! ```text
//! cargo run --example photo_guide
//! ```
//! Each picture is judged by the quality gates before it is written: one of a fault is refused by the gate of its name
//! (others may see something in it too), a good one by none.

use std::io::BufWriter;
use std::path::Path;

use hemozoin::intake::Picture;
use hemozoin::measure::MicronsPerPixel;
use hemozoin::optics::{ReasonCode, examine};
use hemozoin::render::{Counts, Disc, FieldSpec, Stain, render};
use hemozoin::terms::Film;
use image::codecs::jpeg::JpegEncoder;
use image::{Rgb, RgbImage, imageops};

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

const FOLDER: &str = "docs/photo";
const QUALITY: u8 = 82;
/// Width of every picture on the page.
const SHOWN: u32 = 360;

const BLACK: Rgb<u8> = Rgb([20, 20, 20]);
const WHITE: Rgb<u8> = Rgb([255, 255, 255]);
const PURPLE: Rgb<u8> = Rgb([176, 150, 190]);
const PINK: Rgb<u8> = Rgb([232, 190, 200]);

fn main() -> Outcome<()> {
    std::fs::create_dir_all(FOLDER)?;
    for (name, spec) in good() {
        let drawn = render(&spec)?.image;
        judged(name, &drawn, &spec, &[])?;
        save(name, &drawn)?;
    }
    let mut faults = Vec::new();
    for code in ReasonCode::all() {
        let (spec, drawn) = spoilt(code)?;
        match judged(code.code(), &drawn, &spec, &[code]) {
            Ok(()) => save(
                &code.code().replace('_', "-"),
                &if code == ReasonCode::ScaleContradicted { with_both_scales(&drawn) } else { drawn },
            )?,
            Err(fault) => faults.push(fault.to_string()),
        }
    }
    save("path-thick", &path_thick())?;
    save("path-thin", &path_thin())?;
    save("micrometre", &micrometre())?;
    if faults.is_empty() { Ok(()) } else { Err(faults.join("\n").into()) }
}

fn thin() -> FieldSpec {
    let counts = Counts {
        red_cells: 150,
        rings: 5,
        trophozoites: 1,
        gametocytes: 1,
        white_cells: 1,
        platelets: 5,
        ..Counts::default()
    };
    FieldSpec {
        film: Film::Thin,
        um_per_px: 0.12,
        width: 1080,
        height: 810,
        stain: Stain::Pink,
        noise: 0.7,
        softness: 0.5,
        counts,
        seed: 41,
        ..FieldSpec::default()
    }
}

fn thick() -> FieldSpec {
    let counts =
        Counts { rings: 12, gametocytes: 1, white_cells: 12, platelets: 14, debris: 6, ..Counts::default() };
    FieldSpec {
        film: Film::Thick,
        stain: Stain::Purple,
        texture: 0.35,
        blur_um: 0.16,
        counts,
        seed: 42,
        ..thin()
    }
}

/// What a photograph should look like.
fn good() -> [(&'static str, FieldSpec); 3] {
    let disc = Some(Disc { diameter: 0.97, cx: 0.5, cy: 0.5 });
    [("good-thick", thick()), ("good-thin", thin()), ("good-phone", FieldSpec { disc, seed: 43, ..thick() })]
}

/// A field with one fault.
fn spoilt(code: ReasonCode) -> Outcome<(FieldSpec, RgbImage)> {
    let drawn = |spec: FieldSpec| -> Outcome<(FieldSpec, RgbImage)> {
        let image = render(&spec)?.image;
        Ok((spec, image))
    };
    let changed = |spec: FieldSpec, change: &dyn Fn(u8) -> u8| -> Outcome<(FieldSpec, RgbImage)> {
        let mut image = render(&spec)?.image;
        image.pixels_mut().for_each(|p| p.0 = p.0.map(change));
        Ok((spec, image))
    };
    let scaled = |v: u8, factor: f64, above: f64| (above + f64::from(v) * factor).clamp(0.0, 255.0) as u8;
    match code {
        ReasonCode::TooSmall => {
            let counts = Counts { red_cells: 16, rings: 1, ..Counts::default() };
            drawn(FieldSpec { width: 220, height: 165, counts, ..thin() })
        }
        ReasonCode::LowResolution => {
            let counts = Counts { red_cells: 900, rings: 20, white_cells: 3, ..Counts::default() };
            drawn(FieldSpec { um_per_px: 0.5, width: 720, height: 540, clumping: 0.1, counts, ..thin() })
        }
        ReasonCode::TooDark => changed(thick(), &|v| scaled(v, 0.18, 0.0)),
        ReasonCode::TooBright => changed(thick(), &|v| scaled(v, 1.5, 60.0)),
        ReasonCode::Empty => drawn(FieldSpec {
            counts: Counts::default(),
            texture: 0.0,
            unevenness: 0.1,
            noise: 0.3,
            ..thin()
        }),
        ReasonCode::OutOfFocus => drawn(FieldSpec { blur_um: 0.95, ..thin() }),
        ReasonCode::PoorStain => {
            let mut pale = render(&thick())?.image;
            let back = Rgb([214, 205, 216]);
            pale.pixels_mut().for_each(|p| *p = mixed(*p, back, 0.11));
            Ok((thick(), pale))
        }
        ReasonCode::NoCells => {
            let counts = Counts { platelets: 4, debris: 3, red_cells: 2, ..Counts::default() };
            drawn(FieldSpec { counts, ..thin() })
        }
        ReasonCode::NoFilm => Ok((thin(), writing())),
        ReasonCode::Screen => {
            let mut shot = render(&thin())?.image;
            for (x, y, p) in shot.enumerate_pixels_mut() {
                let (x, y) = (f64::from(x), f64::from(y));
                // A grid of 3.4 pixels, held a little askew.
                let line = |at: f64| 1.0 - 0.22 * (0.5 - 0.5 * (at / 3.4 * std::f64::consts::TAU).cos());
                let light = line(x * 0.997 - y * 0.08) * line(y * 0.997 + x * 0.08);
                p.0 = p.0.map(|v| scaled(v, light, 0.0));
            }
            Ok((thin(), shot))
        }
        ReasonCode::SeveralPictures => {
            let mut sheet = RgbImage::from_pixel(1080, 810, WHITE);
            for (i, seed) in (51..55).enumerate() {
                let field = render(&FieldSpec { seed, ..thin() })?.image;
                let small = imageops::resize(&field, 516, 387, imageops::FilterType::Triangle);
                let (column, row) = (i as i64 % 2, i as i64 / 2);
                imageops::overlay(&mut sheet, &small, 16 + column * 532, 12 + row * 399);
            }
            Ok((FieldSpec { um_per_px: 0.25, ..thin() }, sheet))
        }
        ReasonCode::OtherFilm => Ok((thick(), render(&thin())?.image)),
        ReasonCode::NoStainColour => {
            let mut grey = render(&thin())?.image;
            grey.pixels_mut().for_each(|p| p.0 = [p.0[1]; 3]);
            Ok((thin(), grey))
        }
        ReasonCode::Compressed => {
            let (mut bytes, image) = (std::io::Cursor::new(Vec::new()), render(&thin())?.image);
            JpegEncoder::new_with_quality(&mut bytes, 4).encode_image(&image)?;
            Ok((thin(), image::load_from_memory(bytes.get_ref())?.to_rgb8()))
        }
        ReasonCode::DrawnOver => {
            let mut over = render(&thin())?.image;
            let (width, height) = over.dimensions();
            for x in (12..width as i32).step_by(56) {
                for y in (10..height as i32).step_by(20) {
                    rectangle(&mut over, (x, y), (38, 5), Rgb([0, 150, 60]));
                }
            }
            Ok((thin(), over))
        }
        ReasonCode::Crowded => {
            let counts = Counts { red_cells: 330, rings: 3, ..Counts::default() };
            drawn(FieldSpec { clumping: 1.0, stain: Stain::Purple, counts, seed: 61, ..thin() })
        }
        ReasonCode::ScaleContradicted => {
            Ok((FieldSpec { um_per_px: WRONG_SCALE, ..thin() }, render(&thin())?.image))
        }
        ReasonCode::Other(_) => Err("no picture shows it".into()),
    }
}

/// What somebody states of a field of 0.12 µm per pixel: the calibration of a 40x objective.
const WRONG_SCALE: f64 = 0.3;

/// A part of the field, with 10 µm as its cells say (the upper bar) and as they were stated (the lower one).
fn with_both_scales(field: &RgbImage) -> RgbImage {
    let mut part = imageops::crop_imm(field, 60, 60, 2 * SHOWN / 3 * 2, SHOWN).to_image();
    for (y, um_per_px) in [(24, thin().um_per_px), (52, WRONG_SCALE)] {
        let length = (10.0 / um_per_px).round() as u32;
        rectangle(&mut part, (16, y), (length + 8, 18), WHITE);
        rectangle(&mut part, (20, y + 5), (length, 8), BLACK);
    }
    part
}

/// A page of small marks, as a photographed register.
fn writing() -> RgbImage {
    let mut page = RgbImage::from_pixel(720, 540, Rgb([246, 246, 240]));
    for (row, y) in (20..520).step_by(11).enumerate() {
        let mut x = 24;
        let mut i = row as u32 * 7;
        while x < 690 {
            i = i.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let (wide, high) = (2 + (i >> 9) % 3, 3 + (i >> 13) % 5);
            rectangle(&mut page, (x, y + (8 - high as i32)), (1, high), BLACK);
            rectangle(&mut page, (x, y + (i >> 17) as i32 % 6), (wide, 1), BLACK);
            x += wide as i32 + if (i >> 21).is_multiple_of(6) { 7 } else { 3 };
        }
    }
    page
}

/// Refuses a drawing that does not show what it is to show.
fn judged(name: &str, drawn: &RgbImage, spec: &FieldSpec, wanted: &[ReasonCode]) -> Outcome<()> {
    let picture = Picture::from_pixels(drawn.clone());
    let stated = MicronsPerPixel::new(spec.um_per_px).ok_or("a scale")?;
    let mut seen = examine(&picture, spec.film, Some(stated))?;
    if wanted == [ReasonCode::ScaleContradicted] {
        seen.hold_scale(stated);
    }
    let found: Vec<ReasonCode> = seen.quality.reasons.iter().map(|r| r.code).collect();
    let shows_it =
        if wanted.is_empty() { found.is_empty() } else { wanted.iter().all(|w| found.contains(w)) };
    if shows_it {
        return Ok(());
    }
    Err(format!("{name}: the gates say {:?}, not {wanted:?}; {:?}", found, seen.measurements).into())
}

fn save(name: &str, drawn: &RgbImage) -> Outcome<()> {
    let height = (f64::from(drawn.height()) * f64::from(SHOWN) / f64::from(drawn.width())).round() as u32;
    let shown = match drawn.width() > SHOWN {
        true => imageops::resize(drawn, SHOWN, height, imageops::FilterType::CatmullRom),
        false => drawn.clone(),
    };
    let path = Path::new(FOLDER).join(format!("{name}.jpg"));
    let file = BufWriter::new(std::fs::File::create(&path)?);
    JpegEncoder::new_with_quality(file, QUALITY).encode_image(&shown)?;
    println!("{}", path.display());
    Ok(())
}

/// Lays a colour over the page, at each pixel as much of it as `share` says of the pixel's middle.
fn paint(page: &mut RgbImage, colour: Rgb<u8>, share: impl Fn(f64, f64) -> f64) {
    for (x, y, pixel) in page.enumerate_pixels_mut() {
        *pixel = mixed(colour, *pixel, share(f64::from(x), f64::from(y)).clamp(0.0, 1.0));
    }
}

fn mixed(one: Rgb<u8>, other: Rgb<u8>, share: f64) -> Rgb<u8> {
    let channel = |c: usize| f64::from(one.0[c]) * share + f64::from(other.0[c]) * (1.0 - share);
    Rgb([0, 1, 2].map(|c| channel(c).round() as u8))
}

fn rectangle(page: &mut RgbImage, (left, top): (i32, i32), (width, height): (u32, u32), colour: Rgb<u8>) {
    for y in (top..).take(height as usize) {
        for x in (left..).take(width as usize) {
            let (x, y) = (u32::try_from(x).unwrap_or(u32::MAX), u32::try_from(y).unwrap_or(u32::MAX));
            if let Some(pixel) = page.get_pixel_mut_checked(x, y) {
                *pixel = colour;
            }
        }
    }
}

fn ellipse(page: &mut RgbImage, (x, y): (i32, i32), (across, down): (i32, i32), colour: Rgb<u8>) {
    let (across, down) = (f64::from(across), f64::from(down));
    paint(page, colour, |px, py| {
        let far = ((px - f64::from(x)) / across).hypot((py - f64::from(y)) / down);
        (1.0 - far) * across.min(down) + 0.5
    });
}

fn line(page: &mut RgbImage, from: (i32, i32), to: (i32, i32), thick: i32) {
    let [x, y, dx, dy] = [from.0, from.1, to.0 - from.0, to.1 - from.1].map(f64::from);
    let length = dx.hypot(dy).max(1.0);
    paint(page, BLACK, |px, py| {
        let along = (((px - x) * dx + (py - y) * dy) / length.powi(2)).clamp(0.0, 1.0);
        let far = (px - x - along * dx).hypot(py - y - along * dy);
        f64::from(thick) / 2.0 + 1.0 - far
    });
}

/// A path with a dot for each field and an arrow head at its end.
fn path(page: &mut RgbImage, points: &[(i32, i32)]) {
    for pair in points.windows(2) {
        if let [from, to] = pair {
            line(page, *from, *to, 2);
        }
    }
    for point in points {
        ellipse(page, *point, (8, 8), WHITE);
        ellipse(page, *point, (6, 6), BLACK);
    }
    if let [.., before, end] = points {
        let (dx, dy) = ((end.0 - before.0).signum(), (end.1 - before.1).signum());
        let tip = (end.0 + 34 * dx, end.1 + 34 * dy);
        line(page, *end, tip, 2);
        for side in [-1, 1] {
            let back = (tip.0 - 14 * dx + 10 * side * dy, tip.1 - 14 * dy + 10 * side * dx);
            line(page, tip, back, 2);
        }
    }
}

/// The drop of a thick film with the path over it: row by row, never the same field twice.
fn path_thick() -> RgbImage {
    let mut page = RgbImage::from_pixel(720, 540, Rgb([244, 247, 249]));
    ellipse(&mut page, (360, 270), (300, 230), PURPLE);
    ellipse(&mut page, (360, 270), (292, 222), Rgb([190, 166, 204]));
    let rows = [(150, 220..=500), (230, 150..=570), (310, 150..=570), (390, 220..=500)];
    let mut points = Vec::new();
    for (i, (y, across)) in rows.into_iter().enumerate() {
        let row: Vec<(i32, i32)> = across.step_by(70).map(|x| (x, y)).collect();
        if i % 2 == 0 { points.extend(row) } else { points.extend(row.into_iter().rev()) }
    }
    path(&mut page, &points);
    page
}

/// A thin film with the path near its feathered end, up and down like battlements.
fn path_thin() -> RgbImage {
    let mut page = RgbImage::from_pixel(720, 540, Rgb([244, 247, 249]));
    // From thick on the left to a single layer on the right.
    for x in 60..650 {
        let share = f64::from(x - 60) / 590.0;
        let half = (190.0 * (1.0 - share.powi(6)).max(0.0).sqrt()) as i32;
        let colour = mixed(PINK, Rgb([196, 110, 130]), share);
        for y in 270 - half..270 + half {
            page.put_pixel(x as u32, y as u32, colour);
        }
    }
    let mut points = Vec::new();
    for (i, x) in (430..=570).step_by(46).enumerate() {
        let column: Vec<(i32, i32)> = (170..=370).step_by(66).map(|y| (x, y)).collect();
        if i % 2 == 0 { points.extend(column) } else { points.extend(column.into_iter().rev()) }
    }
    path(&mut page, &points);
    page
}

/// A stage micrometre: lines 10 µm apart at 0.125 µm per pixel, with the 50 µm to be measured.
fn micrometre() -> RgbImage {
    let mut page = RgbImage::from_pixel(720, 540, Rgb([228, 232, 226]));
    for (i, x) in (40..=680).step_by(80).enumerate() {
        let high = if i % 5 == 0 { 220 } else { 140 };
        rectangle(&mut page, (x - 3, 180), (6, high), BLACK);
    }
    rectangle(&mut page, (40, 177), (640, 6), BLACK);
    let y = 450;
    line(&mut page, (40, y), (440, y), 2);
    for x in [40, 440] {
        line(&mut page, (x, y - 22), (x, y + 22), 2);
    }
    page
}
