//! What was chosen for speed, against its alternatives: `cargo bench --bench choices`, the second table of
//! `benches/README.md`. One rendered field of 12 megapixels of each film; what is compared runs in alternation, and the
//! least of the rounds is told. Variable: `HEMOZOIN_BENCH_ROUNDS` (5).

use std::io::Cursor;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use hemozoin::detect::{Bundle, Detection, DetectionTuning, Detector, bundled};
use hemozoin::intake::{Limits, Picture};
use hemozoin::measure::MicronsPerPixel;
use hemozoin::optics::{Disc, View};
use hemozoin::render::{FieldSpec, render, varied};
use hemozoin::terms::Film;
use image::RgbImage;
use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use tract::prelude::*;

const UM_PER_PX: f64 = 0.06;
const SIZE: (u32, u32) = (4000, 3000);
const BINARY: &str = env!("CARGO_BIN_EXE_hemozoin");

fn main() {
    if !std::env::args().any(|a| a == "--bench") {
        return;
    }
    let rounds = std::env::var("HEMOZOIN_BENCH_ROUNDS").ok().and_then(|v| v.parse().ok()).unwrap_or(5_u32);
    println!("| choice | film | ms, least of {rounds} | found |\n|---|---|---|---|");
    for film in [Film::Thin, Film::Thick] {
        let field = field(film);
        tiles(film, &field, rounds);
        views(film, &field, rounds);
        threads(film, &field, rounds);
    }
    let thin = field(Film::Thin);
    decoding(&thin, rounds);
    resizing(&thin, rounds);
    batches(rounds);
    allocator(&thin, rounds);
}

fn field(film: Film) -> RgbImage {
    let drawn = varied(film, SIZE.0, SIZE.1, 100).unwrap();
    render(&FieldSpec { disc: None, um_per_px: UM_PER_PX, ..drawn }).unwrap().image
}

fn row(choice: &str, film: &str, time: Duration, found: &str) {
    println!("| {choice} | {film} | {:.1} | {found} |", 1000.0 * time.as_secs_f64());
}

/// One way to do something, with its name.
type Way<'a, T> = (String, Box<dyn FnMut() -> T + 'a>);

/// The least time of each of several ways, in alternation, and what each gave in the end.
fn compare<T>(rounds: u32, ways: &mut [Way<'_, T>]) -> Vec<(String, Duration, T)> {
    let mut best: Vec<Option<(Duration, T)>> = ways.iter().map(|_| None).collect();
    for _ in 0..rounds {
        for ((_, way), best) in ways.iter_mut().zip(&mut best) {
            let begun = Instant::now();
            let value = way();
            let time = begun.elapsed();
            let least = best.as_ref().map_or(time, |(least, _)| time.min(*least));
            *best = Some((least, value));
        }
    }
    ways.iter().zip(best).map(|((name, _), b)| b.map(|(t, v)| (name.clone(), t, v)).unwrap()).collect()
}

fn detector(film: Film, change: impl FnOnce(&mut Bundle)) -> Detector {
    let (mut bundle, networks) = bundled(film).unwrap();
    change(&mut bundle);
    Detector::load(bundle, &networks).unwrap()
}

fn detect(detector: &Detector, picture: &RgbImage, view: &View, um: f64, one_thread: bool) -> Vec<Detection> {
    let tuning = DetectionTuning { one_thread, ..DetectionTuning::default() };
    detector.detect(picture, view, MicronsPerPixel::new(um).unwrap(), tuning).unwrap()
}

fn whole(picture: &RgbImage) -> View {
    View::whole(hemozoin::measure::PxSize { width: picture.width(), height: picture.height() })
}

fn told(found: &[Detection]) -> String {
    let mut counts = std::collections::BTreeMap::<&str, u32>::new();
    for detection in found {
        *counts.entry(detection.class.code()).or_default() += 1;
    }
    counts.iter().map(|(class, n)| format!("{class} {n}")).collect::<Vec<_>>().join(", ")
}

/// One side of tiles for all pictures, and the sides that the bundle lets the engine choose from.
fn tiles(film: Film, picture: &RgbImage, rounds: u32) {
    let one = |side: u32| {
        detector(film, |b| {
            b.input.tile = side;
            b.input.other_tiles.clear();
        })
    };
    let mut detectors: Vec<(String, Detector)> =
        [192, 256, 320, 384, 448, 480].map(|side| (format!("tiles of {side}"), one(side))).into();
    detectors.push(("tiles of the side that suits the picture".to_owned(), detector(film, |_| {})));
    let mut ways: Vec<Way<'_, Vec<Detection>>> = Vec::new();
    for (name, detector) in &detectors {
        ways.push((
            name.clone(),
            Box::new(move || detect(detector, picture, &whole(picture), UM_PER_PX, true)),
        ));
    }
    for (name, time, found) in compare(rounds, &mut ways) {
        row(&name, film.code(), time, &told(&found));
    }
}

/// The surround of an eyepiece's disc is not looked at.
fn views(film: Film, picture: &RgbImage, rounds: u32) {
    let detector = detector(film, |_| {});
    let disc =
        Disc { x: f64::from(SIZE.0) / 2.0, y: f64::from(SIZE.1) / 2.0, radius: f64::from(SIZE.1) / 2.0 };
    let within = View::within(whole(picture).size(), disc);
    let mut ways: Vec<Way<'_, Vec<Detection>>> = vec![
        (
            "view: the whole frame".to_owned(),
            Box::new(|| detect(&detector, picture, &whole(picture), UM_PER_PX, true)),
        ),
        (
            "view: a disc as high as the frame (0.59 of it)".to_owned(),
            Box::new(|| detect(&detector, picture, &within, UM_PER_PX, true)),
        ),
    ];
    for (name, time, found) in compare(rounds, &mut ways) {
        row(&name, film.code(), time, &told(&found));
    }
}

/// All cores on one picture, threads free to move or each held to a core.
fn threads(film: Film, picture: &RgbImage, rounds: u32) {
    let detector = detector(film, |_| {});
    let cores = core_affinity::get_core_ids().unwrap_or_default();
    let free = rayon::ThreadPoolBuilder::new().build().unwrap();
    let held = rayon::ThreadPoolBuilder::new()
        .start_handler(move |i| {
            if let Some(core) = cores.get(i) {
                core_affinity::set_for_current(*core);
            }
        })
        .build()
        .unwrap();
    let look = || detect(&detector, picture, &whole(picture), UM_PER_PX, false);
    let mut ways: Vec<Way<'_, Vec<Detection>>> = vec![
        ("all cores, threads free".to_owned(), Box::new(|| free.install(look))),
        ("all cores, each thread held to one".to_owned(), Box::new(|| held.install(look))),
    ];
    for (name, time, found) in compare(rounds, &mut ways) {
        row(&name, film.code(), time, &told(&found));
    }
}

/// Decoding in full and at half the sides, as JPEG allows, and what is found on either.
fn decoding(picture: &RgbImage, rounds: u32) {
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, 90).encode_image(picture).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("1.jpg");
    std::fs::write(&path, &jpeg).unwrap();
    let other = |half: bool| {
        let mut decoder = jpeg_decoder::Decoder::new(Cursor::new(&jpeg));
        if half {
            decoder.scale((SIZE.0 / 2) as u16, (SIZE.1 / 2) as u16).unwrap();
        }
        let pixels = decoder.decode().unwrap();
        let info = decoder.info().unwrap();
        RgbImage::from_raw(u32::from(info.width), u32::from(info.height), pixels).unwrap()
    };
    let ours = || Picture::open(&path, 0, &Limits::default()).unwrap().whole().unwrap().clone();
    let mut ways: Vec<Way<'_, RgbImage>> = vec![
        ("decoding: the engine's decoder, digest included".to_owned(), Box::new(ours)),
        ("decoding: jpeg-decoder in full".to_owned(), Box::new(|| other(false))),
        ("decoding: jpeg-decoder at half the sides".to_owned(), Box::new(|| other(true))),
    ];
    let detector = detector(Film::Thin, |_| {});
    for (name, time, decoded) in compare(rounds, &mut ways) {
        let um = UM_PER_PX * f64::from(SIZE.0) / f64::from(decoded.width());
        row(&name, "thin", time, &told(&detect(&detector, &decoded, &whole(&decoded), um, true)));
    }
}

/// A field brought to the scale of the thin bundle by the crate in use and by `image`'s own.
fn resizing(picture: &RgbImage, rounds: u32) {
    let (width, height) = (1600, 1200);
    let fast = || {
        use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer, images::Image};
        let mut out = Image::new(width, height, PixelType::U8x3);
        let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Bilinear));
        Resizer::new().resize(picture, &mut out, &options).unwrap();
        RgbImage::from_raw(width, height, out.into_vec()).unwrap()
    };
    let mut ways: Vec<Way<'_, RgbImage>> = vec![
        ("resizing: fast_image_resize".to_owned(), Box::new(fast)),
        (
            "resizing: image".to_owned(),
            Box::new(|| image::imageops::resize(picture, width, height, FilterType::Triangle)),
        ),
    ];
    for (name, time, small) in compare(rounds, &mut ways) {
        row(&name, "thin", time, &format!("{} x {}", small.width(), small.height()));
    }
}

/// Several tiles in one run of the first network.
fn batches(rounds: u32) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("models/thin-falciparum/model.onnx");
    let mut ways: Vec<Way<'_, usize>> = Vec::new();
    for batch in [1, 2, 4] {
        let mut model = tract::onnx().unwrap().load(&path).unwrap();
        model.set_input_fact(0, format!("{batch},3,256,256,f32").as_str()).unwrap();
        let runnable = model.into_model().unwrap().into_runnable().unwrap();
        let input = vec![0.5_f32; batch * 3 * 256 * 256];
        let run = move || {
            (0..4 / batch)
                .map(|_| {
                    let tensor = tract::Tensor::from_slice(&[batch, 3, 256, 256], &input).unwrap();
                    runnable.run([tensor]).unwrap().len()
                })
                .sum()
        };
        ways.push((format!("four tiles of 256, {batch} in each run"), Box::new(run)));
    }
    for (name, time, _) in compare(4 * rounds, &mut ways) {
        row(&name, "thin", time, "");
    }
}

/// The system's allocator as it is, and told to keep its pages.
fn allocator(picture: &RgbImage, rounds: u32) {
    let folder = tempfile::tempdir().unwrap();
    picture.save(folder.path().join("1.bmp")).unwrap();
    image::imageops::flip_horizontal(picture).save(folder.path().join("2.bmp")).unwrap();
    let run = |keep: bool| {
        let mut command = Command::new(BINARY);
        command.args([
            "analyze",
            "--film",
            "thin",
            "--no-files",
            "--quiet",
            "--um-per-px",
            "0.06",
            "--threads",
            "1",
        ]);
        if keep {
            command.env("MALLOC_MMAP_THRESHOLD_", "1000000000").env("MALLOC_TRIM_THRESHOLD_", "1000000000");
        }
        command.arg(folder.path()).stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap();
    };
    let mut ways: Vec<Way<'_, ()>> = vec![
        ("two fields, the allocator as it is".to_owned(), Box::new(|| run(false))),
        ("two fields, the allocator keeps its pages".to_owned(), Box::new(|| run(true))),
    ];
    for (name, time, ()) in compare(rounds, &mut ways) {
        row(&name, "thin", time, "");
    }
}
