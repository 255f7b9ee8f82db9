//! Pictures as people give them that are no field of a film, or more than one, drawn from rendered fields.

use std::collections::BTreeMap;
use std::sync::Mutex;

use hemozoin::render::{Counts, Disc, FieldSpec, render};
use hemozoin::terms::Film;
use image::imageops::{FilterType, crop_imm, overlay, resize, rotate90};
use image::{Rgb, RgbImage};
use noto_sans_mono_bitmap::{FontWeight, RasterHeight, get_raster};

/// A field as a good camera takes it, 880 x 660 at 0.12 µm; one of three, for drawing takes long.
fn field(film: Film, number: u64) -> RgbImage {
    static DRAWN: Mutex<BTreeMap<(Film, u64), RgbImage>> = Mutex::new(BTreeMap::new());
    let mut drawn = DRAWN.lock().expect("no drawing fails");
    let seed = number % 3;
    drawn.entry((film, seed)).or_insert_with(|| sized(film, 7 + seed, (880, 660), None)).clone()
}

fn sized(film: Film, seed: u64, (width, height): (u32, u32), disc: Option<Disc>) -> RgbImage {
    let share = f64::from(width * height) / 1_080_000.0;
    let many = |n: f64| (n * share).round() as u32;
    let counts = match film {
        Film::Thin => {
            Counts { red_cells: many(170.0), rings: 8, white_cells: 2, platelets: 5, ..Counts::default() }
        }
        Film::Thick => {
            Counts { rings: 14, white_cells: many(14.0).max(4), platelets: 8, ..Counts::default() }
        }
    };
    let spec = FieldSpec {
        film,
        width,
        height,
        um_per_px: 0.12,
        counts,
        seed,
        look: seed,
        disc,
        ..FieldSpec::default()
    };
    render(&spec).expect("a sound specification").image
}

/// A camera's noise, the same everywhere.
fn noise(x: f64, y: f64) -> f64 {
    (x * 12.9898 + y * 78.233).sin() * 43_758.545 % 1.0
}

fn grained(mut picture: RgbImage, grain: f64) -> RgbImage {
    for (x, y, p) in picture.enumerate_pixels_mut() {
        let n = noise(f64::from(x), f64::from(y)) * grain;
        p.0 = p.0.map(|v| (f64::from(v) + n).clamp(0.0, 255.0) as u8);
    }
    picture
}

/// As a file would hold it.
pub fn stored(picture: &RgbImage, quality: u8) -> RgbImage {
    let mut bytes = Vec::new();
    image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, quality)
        .encode_image(picture)
        .expect("a JPEG");
    image::load_from_memory(&bytes).expect("read again").into_rgb8()
}

/// Letters `height` pixels high.
fn write(picture: &mut RgbImage, (left, top): (u32, u32), height: u32, text: &str, ink: [u8; 3]) {
    let mut x = left;
    for letter in text.chars() {
        let Some(raster) = get_raster(letter, FontWeight::Regular, RasterHeight::Size24) else { continue };
        let lines: Vec<&[u8]> = raster.rows().collect();
        let scale = f64::from(height) / lines.len() as f64;
        let width = (raster.width() as f64 * scale) as u32;
        for (column, row) in (0..width).flat_map(|column| (0..height).map(move |row| (column, row))) {
            let from = |at: u32| (f64::from(at) / scale) as usize;
            let cover = lines
                .get(from(row))
                .and_then(|line| line.get(from(column)))
                .map_or(0.0, |v| f64::from(*v) / 255.0);
            if let Some(pixel) = picture.get_pixel_mut_checked(x + column, top + row) {
                let mixed = |v: u8, ink: u8| (f64::from(v) * (1.0 - cover) + f64::from(ink) * cover) as u8;
                pixel.0 = [0, 1, 2].map(|c: usize| mixed(pixel.0[c], ink[c]));
            }
        }
        x += width;
    }
}

/// Fields in rows and columns, `gap` pixels apart.
fn sheet(film: Film, across: u32, down: u32, gap: u32, ground: [u8; 3]) -> RgbImage {
    let (width, height) = (1000 / across, 750 / down);
    let mut sheet =
        RgbImage::from_pixel(across * (width + gap) + gap, down * (height + gap) + gap, Rgb(ground));
    for n in 0..across * down {
        let one = resize(&field(film, 1 + u64::from(n)), width, height, FilterType::Triangle);
        let (column, row) = (n % across, n / across);
        overlay(
            &mut sheet,
            &one,
            i64::from(gap + column * (width + gap)),
            i64::from(gap + row * (height + gap)),
        );
    }
    sheet
}

/// Two fields on the screen of a phone, with its bar and its buttons.
fn screenshot(film: Film, dark: bool) -> RgbImage {
    let (ground, ink) = if dark { ([18, 18, 20], [230; 3]) } else { ([255; 3], [30; 3]) };
    let mut shot = RgbImage::from_pixel(1080, 1920, Rgb(ground));
    write(&mut shot, (40, 30), 44, "10:42            Galerie          87%", ink);
    for (n, top) in [150, 980].into_iter().enumerate() {
        let one = resize(&field(film, 20 + n as u64), 1080, 780, FilterType::Triangle);
        overlay(&mut shot, &one, 0, top);
    }
    write(&mut shot, (300, 1830), 44, "<       o       []", ink);
    shot
}

/// Discs of eyepieces beside each other on black.
fn discs(film: Film, number: u32) -> RgbImage {
    let disc = Some(Disc { diameter: 0.94, cx: 0.5, cy: 0.5 });
    let side = 1000 / number;
    let mut both = RgbImage::from_pixel(side * number, side, Rgb([3, 3, 4]));
    for n in 0..number {
        overlay(&mut both, &sized(film, 30 + u64::from(n), (side, side), disc), i64::from(n * side), 0);
    }
    both
}

/// A picture shown on a screen whose pixels are `pitch` of the camera's wide, and held askew.
fn on_screen(shown: &RgbImage, pitch: f64, degrees: f64) -> RgbImage {
    const FINER: u32 = 2;
    let (sin, cos) = degrees.to_radians().sin_cos();
    let cell = |at: f64, from: f64, to: f64| f64::from(u8::from((from..to).contains(&at.rem_euclid(1.0))));
    let shot = RgbImage::from_fn(shown.width(), shown.height(), |x, y| {
        let base = shown.get_pixel(x, y).0;
        let mut sums = [0.0; 3];
        for (i, j) in (0..FINER).flat_map(|i| (0..FINER).map(move |j| (i, j))) {
            let fine = |at: u32, part: u32| f64::from(at) + (f64::from(part) + 0.5) / f64::from(FINER);
            let (x, y) = (fine(x, i), fine(y, j));
            let (u, v) = ((x * cos - y * sin) / pitch, (x * sin + y * cos) / pitch);
            for (c, sum) in sums.iter_mut().enumerate() {
                let third = c as f64 / 3.0;
                *sum += 0.3 + 2.4 * cell(u, third + 0.03, third + 0.30) * cell(v, 0.1, 1.0);
            }
        }
        let light = |c: usize| f64::from(base[c]) * sums[c] / f64::from(FINER * FINER);
        Rgb([0, 1, 2].map(|c| light(c).clamp(0.0, 255.0) as u8))
    });
    grained(image::imageops::fast_blur(&shot, 0.8), 4.0)
}

/// A field in a printed book: dots of one raster, the darker the larger.
fn printed(shown: &RgbImage) -> RgbImage {
    let dots = RgbImage::from_fn(shown.width(), shown.height(), |x, y| {
        let wave = |at: f64| (at / 4.6 * std::f64::consts::TAU).cos();
        let (x0, y0) = (f64::from(x), f64::from(y));
        let (u, v) = (x0 * 0.707 - y0 * 0.707, x0 * 0.707 + y0 * 0.707);
        let raster = (wave(u) * wave(v) + 1.0) / 2.0;
        let value = |v: u8| if f64::from(v) / 255.0 > raster { 235 } else { 70 };
        Rgb(shown.get_pixel(x, y).0.map(value))
    });
    grained(image::imageops::fast_blur(&dots, 1.1), 4.0)
}

/// A rapid test on a bench: a white cassette with its well and its window with red lines.
fn rapid_test(bench: [u8; 3]) -> RgbImage {
    let rounded = |x: f64, y: f64, [x0, y0, x1, y1]: [f64; 4], r: f64| {
        let (dx, dy) = ((x0 + r - x).max(x - x1 + r).max(0.0), (y0 + r - y).max(y - y1 + r).max(0.0));
        dx.hypot(dy) <= r
    };
    let picture = RgbImage::from_fn(1600, 1200, |x, y| {
        let (x, y) = (f64::from(x), f64::from(y));
        let grainy = 8.0 * (y / 17.0 + (x / 210.0).sin() * 2.0).sin();
        let mut colour = bench.map(|v| f64::from(v) + grainy);
        if rounded(x, y, [262.0, 392.0, 1362.0, 832.0], 60.0) {
            colour = colour.map(|v| v * 0.55);
        }
        if rounded(x, y, [250.0, 380.0, 1350.0, 820.0], 60.0) {
            let shade = 1.0 - (x - 800.0).abs() / 9000.0 - (y - 600.0).abs() / 6000.0;
            colour = [238.0, 238.0, 234.0].map(|v| v * shade);
        }
        if rounded(x, y, [480.0, 540.0, 860.0, 660.0], 20.0) {
            colour = [246.0, 240.0, 238.0];
            for (line, strength) in [(580.0, 0.9), (720.0, 0.5)] {
                let near = (-((x - line) / 7.0_f64).powi(2)).exp() * strength;
                colour = [0, 1, 2].map(|c: usize| colour[c] * (1.0 - near) + [170.0, 40.0, 90.0][c] * near);
            }
        }
        let well = (x - 1110.0).hypot((y - 600.0) * 1.2);
        if well < 70.0 {
            colour = if well < 56.0 { [215.0, 190.0, 185.0] } else { [205.0, 205.0, 200.0] };
        }
        Rgb(colour.map(|v| v.clamp(0.0, 255.0) as u8))
    });
    grained(image::imageops::fast_blur(&picture, 1.2), 5.0)
}

/// A sheet of paper with lines of writing, as a phone takes it.
fn page(size: u32, ink: [u8; 3]) -> RgbImage {
    let mut page = RgbImage::from_fn(1400, 1050, |x, y| {
        let light = 232.0 - f64::from(x) / 60.0 - f64::from(y) / 90.0;
        Rgb([light, light * 0.99, light * 0.95].map(|v| v as u8))
    });
    let step = size * 3 / 2;
    for (n, top) in (40..1000).step_by(step as usize).enumerate() {
        let text =
            ["Registre du laboratoire", "P. falciparum +  1 250/uL", "Lame 14  Giemsa 10 %  TDR pos."][n % 3];
        write(&mut page, (60 + (n as u32 * 37) % 90, top), size, &text.repeat(4), ink);
    }
    grained(image::imageops::fast_blur(&page, 1.0), 5.0)
}

/// A ruled page with a table.
fn ruled() -> RgbImage {
    let mut page = page(44, [40, 50, 130]);
    for (x, y, p) in page.enumerate_pixels_mut() {
        if x % 210 < 3 || y % 48 < 2 {
            *p = Rgb([120, 140, 190]);
        }
    }
    page
}

/// A slide's paper label with a code of bars.
fn label() -> RgbImage {
    let mut label = RgbImage::from_pixel(1400, 1050, Rgb([236, 234, 228]));
    for (x, y, p) in label.enumerate_pixels_mut() {
        if (200..620).contains(&y) && (150..1250).contains(&x) && (x / 9 * 7919 % 13) < 6 {
            *p = Rgb([24, 24, 26]);
        }
    }
    write(&mut label, (300, 720), 44, "LAME 2026-0412  NIAMEY", [24, 24, 26]);
    grained(image::imageops::fast_blur(&label, 1.2), 5.0)
}

/// A bench, a wall, a hand: broad shades and little else.
fn shades(colour: [f64; 3]) -> RgbImage {
    let picture = RgbImage::from_fn(1400, 1050, |x, y| {
        let (x, y) = (f64::from(x), f64::from(y));
        let shade = 0.82 + 0.16 * (x / 400.0).sin() * (y / 330.0).cos() + 0.05 * (x / 47.0 + y / 31.0).sin();
        Rgb(colour.map(|v| (v * shade).clamp(0.0, 255.0) as u8))
    });
    grained(picture, 6.0)
}

pub fn luma(p: [f64; 3]) -> f64 {
    0.299 * p[0] + 0.587 * p[1] + 0.114 * p[2]
}

/// Each pixel changed alone, as a program or a filter does.
pub fn recoloured(picture: &RgbImage, change: impl Fn([f64; 3]) -> [f64; 3]) -> RgbImage {
    let mut out = picture.clone();
    out.pixels_mut()
        .for_each(|p| p.0 = change(p.0.map(f64::from)).map(|v| v.clamp(0.0, 255.0).round() as u8));
    out
}

/// A palette as a program makes it for a picture: four levels of green, two of red and of blue, over what it has of each.
pub fn sixteen(picture: &RgbImage) -> RgbImage {
    let ends = [0, 1, 2].map(|c: usize| {
        let mut values: Vec<u8> = picture.pixels().map(|p| p.0[c]).collect();
        values.sort_unstable();
        [values[values.len() / 100], values[values.len() * 99 / 100]].map(f64::from)
    });
    let level = |v: f64, [low, high]: [f64; 2], levels: f64| {
        let step = ((v - low) / (high - low).max(1.0) * levels).floor().clamp(0.0, levels - 1.0);
        low + step * (high - low) / (levels - 1.0)
    };
    recoloured(picture, |[r, g, b]| [level(r, ends[0], 2.0), level(g, ends[1], 4.0), level(b, ends[2], 2.0)])
}

/// What is drawn for a row `drawn` of `tests/cases/odd.csv`, given as a `film`.
pub fn drawn(case: &str, film: Film) -> Option<RgbImage> {
    let one = || field(film, 9);
    Some(match case {
        "contact-sheet-white" => sheet(film, 3, 3, 12, [255; 3]),
        "contact-sheet-black" => sheet(film, 4, 3, 8, [0; 3]),
        "contact-sheet-grey" => sheet(film, 2, 3, 20, [90, 92, 96]),
        "collage-beside" => sheet(film, 2, 1, 6, [255; 3]),
        "collage-above" => sheet(film, 1, 2, 10, [0; 3]),
        "screenshot-two-light" => screenshot(film, false),
        "screenshot-two-dark" => screenshot(film, true),
        "two-discs" => discs(film, 2),
        "three-discs" => discs(film, 3),
        "screen-coarse" => on_screen(&one(), 4.3, 3.0),
        "screen-middle" => on_screen(&one(), 2.7, 6.0),
        "screen-fine" => on_screen(&one(), 1.8, 2.0),
        "screen-beat" => on_screen(&one(), 1.15, 4.0),
        "screen-upright" => rotate90(&on_screen(&rotate90(&one()), 3.1, 2.0)),
        "screen-sent" => {
            let shot = on_screen(&one(), 2.2, 3.0);
            resize(&shot, 660, 495, FilterType::Triangle)
        }
        "printed" => printed(&one()),
        "rapid-test-on-wood" => rapid_test([150, 110, 70]),
        "rapid-test-on-blue" => rapid_test([90, 120, 170]),
        "rapid-test-on-white" => rapid_test([215, 212, 208]),
        "page-small" => page(16, [40; 3]),
        "page-large" => page(44, [40; 3]),
        "page-blue-ink" => page(44, [40, 50, 140]),
        "page-ruled" => ruled(),
        "label" => label(),
        "paper" => grained(RgbImage::from_pixel(1400, 1050, Rgb([232, 230, 222])), 6.0),
        "bench" => shades([150.0, 105.0, 70.0]),
        "hand" => shades([215.0, 160.0, 140.0]),
        "field" => one(),
        "field-with-margin" => {
            let mut framed = RgbImage::from_pixel(960, 740, Rgb([255; 3]));
            overlay(&mut framed, &one(), 40, 40);
            framed
        }
        "field-with-title" => {
            let mut titled = RgbImage::from_pixel(880, 730, Rgb([0; 3]));
            overlay(&mut titled, &one(), 0, 0);
            write(&mut titled, (20, 672), 40, "x1000   20 um   2026-11-29", [255; 3]);
            titled
        }
        "discs-above" => rotate90(&discs(film, 2)),
        "disc-on-grey" => {
            let mut disc = sized(film, 9, (1000, 760), Some(Disc { diameter: 0.95, cx: 0.5, cy: 0.5 }));
            disc.pixels_mut().filter(|p| p.0.iter().all(|v| *v < 20)).for_each(|p| p.0 = [62, 60, 58]);
            disc
        }
        "letterbox" => {
            let mut framed = RgbImage::from_pixel(880, 860, Rgb([0; 3]));
            overlay(&mut framed, &one(), 0, 100);
            framed
        }
        "info-bar" => {
            let mut barred = one();
            let from = barred.height() - 60;
            barred.enumerate_pixels_mut().filter(|(_, y, _)| *y >= from).for_each(|(.., p)| p.0 = [10; 3]);
            barred
        }
        "other-film" => field(if film == Film::Thin { Film::Thick } else { Film::Thin }, 9),
        "grey" => recoloured(&one(), |p| [luma(p); 3]),
        "nearly-grey" => recoloured(&one(), |p| p.map(|v| 0.9 * luma(p) + 0.1 * v)),
        "toned" => recoloured(&one(), |p| [1.07, 0.95, 0.75].map(|c| luma(p) * c)),
        "negative" => recoloured(&one(), |p| p.map(|v| 255.0 - v)),
        "sixteen-colours" => sixteen(&one()),
        "red-and-blue-swapped" => recoloured(&one(), |[r, g, b]| [b, g, r]),
        "compressed-8" => stored(&one(), 8),
        "compressed-4-and-cut" => {
            let whole = stored(&one(), 4);
            crop_imm(&whole, 3, 5, whole.width() - 8, whole.height() - 8).to_image()
        }
        "dashes" => {
            let mut dashed = one();
            for (x, y, p) in dashed.enumerate_pixels_mut() {
                if x % 44 < 30 && y % 15 < 4 {
                    *p = Rgb([20, 190, 60]);
                }
            }
            dashed
        }
        "tiny" => resize(&one(), 160, 120, FilterType::Triangle),
        "stated-at-0.3" | "stated-at-0.05" | "stated-at-0.12" => one(),
        "pen-ring" => super::marks::marked(&one(), |pen| {
            pen.ring((0.6, 0.4), (70.0, 60.0), 7.0, [30, 200, 40], 1.0);
        }),
        "stamp" => super::marks::marked(&one(), |pen| {
            pen.text((0.05, 0.95), 26.0, "2026-12-01 x1000", [255, 255, 0]);
        }),
        "disc" => sized(film, 9, (1000, 760), Some(Disc { diameter: 0.95, cx: 0.5, cy: 0.5 })),
        _ => return None,
    })
}
