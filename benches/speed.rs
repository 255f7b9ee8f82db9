//! The speed table of `benches/README.md`: `cargo bench --bench speed`.
//!
//! Rendered fields of 12 megapixels, made on the first run, so that anyone can repeat it; real fields beside them
//! where `HEMOZOIN_DATA` names the annotated sets. What is compared runs in alternation and the medians are
//! divided, so that a machine that is busy with other things disturbs both sides alike. The peer script runs where
//! `HEMOZOIN_PYTHON` names a Python that has its three packages.
//! Variables: `HEMOZOIN_BENCH_FIELDS` (8), `HEMOZOIN_BENCH_ROUNDS` (3).

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use hemozoin::archive::{Archive, Begun, Stamp, Tracker, run};
use hemozoin::detect::{DetectionTuning, Detector, bundled};
use hemozoin::entry::Style;
use hemozoin::intake::{Limits, Picture};
use hemozoin::measure::MicronsPerPixel;
use hemozoin::optics::View;
use hemozoin::record::Facts;
use hemozoin::render::{FieldSpec, render, varied};
use hemozoin::report::archive::write_outputs;
use hemozoin::slide::{Engine, Parallel, Silent};
use hemozoin::source::SlideSource;
use hemozoin::terms::Film;
use image::codecs::jpeg::JpegEncoder;

/// A phone on the eyepiece or a 12-megapixel camera on the tube: 0.24 mm of film across 4,000 pixels.
const UM_PER_PX: f64 = 0.06;
const SIZE: (u32, u32) = (4000, 3000);
const JPEG_QUALITY: u8 = 90;
const BINARY: &str = env!("CARGO_BIN_EXE_hemozoin");

fn main() {
    // `cargo test --all-targets` starts benches too: only `cargo bench` asks for the work.
    if !std::env::args().any(|a| a == "--bench") {
        return;
    }
    let number = |name: &str, otherwise: u32| {
        std::env::var(name).ok().and_then(|v| v.parse().ok()).unwrap_or(otherwise).max(1)
    };
    let (fields, rounds) = (number("HEMOZOIN_BENCH_FIELDS", 8), number("HEMOZOIN_BENCH_ROUNDS", 3));
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("speed");
    println!("| what | film | value | of |\n|---|---|---|---|");
    for film in [Film::Thin, Film::Thick] {
        let folder = rendered(&root, film, fields);
        decode_share(&folder, film, Some(UM_PER_PX), rounds, "rendered 12 Mpx");
        archive_ratios(&folder, film, rounds);
        if film == Film::Thin {
            peer(&folder, film, rounds);
        }
    }
    memory(&root);
    cold_start(&root);
    if let Ok(data) = std::env::var("HEMOZOIN_DATA") {
        for (set, film) in [("thin-nih-falciparum", Film::Thin), ("thick-fiocruz", Film::Thick)] {
            let folder = some_of(&root, &Path::new(&data).join(set).join("images"), set, film, fields);
            decode_share(&folder, film, None, rounds, set);
        }
    }
}

/// A folder of rendered JPEG fields, made unless it is there.
fn rendered(root: &Path, film: Film, fields: u32) -> PathBuf {
    let folder = root.join(format!("in-{fields}")).join(film.code());
    std::fs::create_dir_all(&folder).unwrap();
    for i in 0..fields {
        let path = folder.join(format!("{i}.jpg"));
        if path.exists() {
            continue;
        }
        let drawn = varied(film, SIZE.0, SIZE.1, u64::from(100 + i)).unwrap();
        let spec = FieldSpec { disc: None, um_per_px: UM_PER_PX, ..drawn };
        let picture = render(&spec).unwrap().image;
        let mut bytes = Vec::new();
        JpegEncoder::new_with_quality(&mut bytes, JPEG_QUALITY).encode_image(&picture).unwrap();
        std::fs::write(&path, bytes).unwrap();
    }
    folder
}

/// The first pictures of a set, in a folder of their own.
fn some_of(root: &Path, images: &Path, set: &str, film: Film, fields: u32) -> PathBuf {
    let folder = root.join(set).join(film.code());
    std::fs::create_dir_all(&folder).unwrap();
    let mut paths: Vec<PathBuf> = std::fs::read_dir(images).unwrap().map(|e| e.unwrap().path()).collect();
    paths.sort();
    for path in paths.iter().take(fields as usize) {
        std::fs::copy(path, folder.join(path.file_name().unwrap())).unwrap();
    }
    folder
}

fn facts(film: Film, um_per_px: Option<f64>) -> Facts {
    let facts = Facts::of(film);
    match um_per_px {
        Some(um) => facts.um_per_px(MicronsPerPixel::new(um).unwrap()),
        None => facts,
    }
}

fn engine(film: Film) -> Engine {
    let engine = Engine::builder().build().unwrap();
    // Loading is measured as cold start.
    engine.detector(film).unwrap();
    engine
}

fn on_threads<T: Send>(threads: usize, work: impl FnOnce() -> T + Send) -> T {
    rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap().install(work)
}

fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let begun = Instant::now();
    let value = work();
    (begun.elapsed(), value)
}

fn median(mut times: Vec<Duration>) -> f64 {
    times.sort();
    let (below, above) = (times[(times.len() - 1) / 2], times[times.len() / 2]);
    (below + above).as_secs_f64() / 2.0
}

fn row(what: &str, film: &str, value: f64, of: &str) {
    println!("| {what} | {film} | {value:.2} | {of} |");
}

/// End to end, and the detector alone (resizing, both networks, merging), over decoding with the same decoder, one
/// thread. Where no scale is given, finding it is part of the way.
fn decode_share(folder: &Path, film: Film, um_per_px: Option<f64>, rounds: u32, name: &str) {
    let (engine, facts) = (engine(film), facts(film, um_per_px));
    let source = SlideSource::find(folder, &facts, engine.limits()).unwrap();
    let (mut decoding, mut all, mut detecting) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..rounds {
        let limits = Limits::default();
        if let Some(um) = facts.um_per_px {
            let pictures: Vec<Picture> =
                source.files().iter().map(|f| Picture::open(&f.path, 0, &limits).unwrap()).collect();
            let detector = engine.detector(film).unwrap();
            let detect = || {
                for picture in &pictures {
                    let view = View::whole(picture.size());
                    std::hint::black_box(
                        detector.detect(picture, &view, um, DetectionTuning::default()).unwrap(),
                    );
                }
            };
            detecting.push(timed(|| on_threads(1, detect)).0);
        }
        decoding.push(
            timed(|| {
                for file in source.files() {
                    std::hint::black_box(Picture::open(&file.path, 0, &limits).unwrap());
                }
            })
            .0,
        );
        let examine = || {
            let input = source.input();
            let scales = engine.estimate_scales(&input, &Silent).unwrap();
            for file in 0..input.pictures.len() {
                std::hint::black_box(
                    engine.examine(&input, &scales, file, Parallel::Files, &Silent).unwrap(),
                );
            }
        };
        all.push(timed(|| on_threads(1, examine)).0);
    }
    let (decoding, all) = (median(decoding), median(all));
    let files = source.files().len() as f64;
    let detail = format!("{name}: {:.3} s decoding, {:.3} s all, per picture", decoding / files, all / files);
    row("end to end / decoding", film.code(), all / decoding, &detail);
    if !detecting.is_empty() {
        let detecting = median(detecting);
        let detail = format!("{name}: {:.3} s in the detector, per picture", detecting / files);
        row("detector / decoding", film.code(), detecting / decoding, &detail);
    }
}

fn archived(folder: &Path, film: Film, threads: usize) -> Duration {
    let out = tempfile::tempdir().unwrap();
    let (engine, facts) = (engine(film), facts(film, Some(UM_PER_PX)));
    let begun = Begun {
        stamp: Stamp::of(&engine, &facts).unwrap(),
        root: folder.to_path_buf(),
        models: Vec::new(),
        french_tables: false,
        french_page: false,
        style: Style::default(),
        shard: None,
    };
    timed(|| {
        on_threads(threads, || {
            let (mut archive, _) = Archive::open(out.path(), begun).unwrap();
            archive.plan(engine.limits()).unwrap();
            run(&mut archive, &engine, &Arc::new(Tracker::default())).unwrap();
            write_outputs(archive.journal(), archive.folder()).unwrap();
        });
    })
    .0
}

fn bare(folder: &Path, film: Film, threads: usize) -> Duration {
    use rayon::prelude::*;
    let engine = engine(film);
    let facts = facts(film, Some(UM_PER_PX));
    let source = SlideSource::find(folder, &facts, engine.limits()).unwrap();
    timed(|| {
        on_threads(threads, || {
            let input = source.input();
            let scales = engine.estimate_scales(&input, &Silent).unwrap();
            let examine = |file| engine.examine(&input, &scales, file, Parallel::Files, &Silent).unwrap().0;
            let outcomes = (0..input.pictures.len()).into_par_iter().with_max_len(1).map(examine).collect();
            std::hint::black_box(engine.conclude(&input, outcomes).unwrap());
        });
    })
    .0
}

/// Journal and outputs over bare analysis; two threads over one.
fn archive_ratios(folder: &Path, film: Film, rounds: u32) {
    let (mut without, mut one, mut two) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..rounds {
        without.push(bare(folder, film, 1));
        one.push(archived(folder, film, 1));
        two.push(archived(folder, film, 2));
    }
    let (without, one, two) = (median(without), median(one), median(two));
    let of = format!("{one:.2} s with journal and outputs, {without:.2} s bare, one thread");
    row("overhead of journal and outputs, %", film.code(), (one / without - 1.0) * 100.0, &of);
    row("two threads over one", film.code(), one / two, &format!("{one:.2} s, {two:.2} s"));
}

/// Peak memory of the command on both films, two threads.
fn memory(root: &Path) {
    let input = std::fs::read_dir(root).unwrap().map(|e| e.unwrap().path());
    let Some(input) = input.filter(|p| p.file_name().unwrap().to_string_lossy().starts_with("in-")).min()
    else {
        return;
    };
    let out = tempfile::tempdir().unwrap();
    let mut child = Command::new(BINARY)
        .args(["archive", "run", "--threads", "2", "--quiet"])
        .arg(&input)
        .arg("--out")
        .arg(out.path().join("out"))
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut peak = 0;
    while child.try_wait().unwrap().is_none() {
        let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
        let high = status.lines().find_map(|l| l.strip_prefix("VmHWM:"));
        let kilobytes = high.and_then(|l| l.trim().trim_end_matches(" kB").parse::<u64>().ok());
        peak = peak.max(kilobytes.unwrap_or(0));
        std::thread::sleep(Duration::from_millis(20));
    }
    row(
        "peak memory, MB",
        "both",
        peak as f64 / 1000.0,
        "archive run of the 12 Mpx fields, two threads, scales found by itself",
    );
}

/// From the start of the process to the end of one small field, files in the system's memory.
fn cold_start(root: &Path) {
    for film in [Film::Thin, Film::Thick] {
        let folder = root.join("small").join(film.code());
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join("1.png");
        render(&FieldSpec { disc: None, ..varied(film, 400, 300, 7).unwrap() })
            .unwrap()
            .image
            .save(&path)
            .unwrap();
        let times = (0..7).map(|_| {
            let mut command = Command::new(BINARY);
            command.args(["analyze", "--no-files", "--quiet", "--um-per-px", "0.1"]).arg(&path);
            timed(|| command.stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap()).0
        });
        row(
            "start to the end of a 400 x 300 field, files in memory, s",
            film.code(),
            median(times.collect()),
            "whole command",
        );
    }
}

/// Pictures per second against the script that a user would write, all cores on both sides.
fn peer(folder: &Path, film: Film, rounds: u32) {
    let Ok(python) = std::env::var("HEMOZOIN_PYTHON") else {
        println!("| pictures per second over the peer script | | not run | HEMOZOIN_PYTHON is not set |");
        return;
    };
    let home = Path::new(env!("CARGO_MANIFEST_DIR"));
    let engine = engine(film);
    let facts = facts(film, Some(UM_PER_PX));
    let source = SlideSource::find(folder, &facts, engine.limits()).unwrap();
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let script = |overlap: &str| -> (f64, BTreeMap<String, u64>) {
        let mut command = Command::new(&python);
        command.arg(home.join("benches/peer/peer.py")).env("OVERLAP", overlap);
        command
            .arg(home.join("models").join(&engine.detector(film).unwrap().bundle().name))
            .arg(UM_PER_PX.to_string());
        let output = command.args(source.files().iter().map(|f| &f.path)).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let said: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let mut counts = BTreeMap::new();
        for (class, n) in
            said["pictures"].as_array().unwrap().iter().flat_map(|p| p["counts"].as_object().unwrap())
        {
            *counts.entry(class.clone()).or_default() += n.as_u64().unwrap();
        }
        (said["seconds"].as_f64().unwrap(), counts)
    };
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        ours.push(timed(|| on_threads(threads, || source.slide(&engine).run(&Silent).unwrap())).0);
        theirs.push(Duration::from_secs_f64(script("0.2").0));
    }
    let (ours, theirs) = (median(ours), median(theirs));
    let of = format!("{theirs:.2} s the script, {ours:.2} s ours, {threads} threads each");
    row("pictures per second over the peer script", film.code(), theirs / ours, &of);
    // With our own overlap and tiles of the one side that the script knows, each object is seen in the same
    // surroundings by both: then the counts must be equal.
    let (mut bundle, networks) = bundled(film).unwrap();
    bundle.input.other_tiles.clear();
    let detector = Detector::load(bundle, &networks).unwrap();
    let one_side = Engine::builder().detector(detector).build().unwrap();
    let record = on_threads(threads, || source.slide(&one_side).run(&Silent).unwrap());
    let mut counts = BTreeMap::<String, u64>::new();
    for detection in record.fields.iter().flat_map(|f| &f.detections) {
        *counts.entry(detection.class.code().to_owned()).or_default() += 1;
    }
    let input = &engine.detector(film).unwrap().bundle().input;
    let own = 2.0 * f64::from(input.halo) / f64::from(input.tile) + 1e-6;
    let same = script(&own.to_string()).1;
    println!(
        "| counts | {} | {} | ours {counts:?}, script {same:?} |",
        film.code(),
        if counts == same { "equal" } else { "DIFFERENT" }
    );
}
