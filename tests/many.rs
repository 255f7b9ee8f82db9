//! Memory over an archive of very many slides: Linux, by hand (needs `cli` and `archive`).
#![cfg(all(feature = "cli", feature = "archive", target_os = "linux"))]

#[path = "support/archive.rs"]
mod archive;

use std::path::Path;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use archive::{field, hemozoin};
use hemozoin::archive::Journal;
use hemozoin::render::varied;
use hemozoin::terms::Film;
use serde_json::Value;

/// Different fields, shared by all slides.
const FIELDS: u32 = 300;

/// Pixels across and down each.
const SIDE: u32 = 240;

/// One slide in so many says nothing of its scale, so that the engine looks for it: most of the time of fields
/// this small.
const UNSCALED: u32 = 9;

/// How much the last half may need beyond the first tenth.
const GROWTH: f64 = 1.15;

fn film_of(number: u32) -> Film {
    if number.is_multiple_of(2) { Film::Thick } else { Film::Thin }
}

/// `slides` slides of one picture each; a picture is drawn once and linked from then on. Most slides have a sheet
/// with the scale.
fn many(root: &Path, fields: &Path, slides: u32) {
    std::fs::create_dir_all(fields).expect("a folder");
    let drawn = FIELDS.min(slides);
    let mut scales = Vec::new();
    for number in 0..drawn {
        let picture = field(film_of(number), SIDE, u64::from(number));
        picture.save(fields.join(format!("{number}.png"))).expect("a picture");
        let spec = varied(film_of(number), SIDE, SIDE, u64::from(number)).expect("a sound specification");
        scales.push(spec.um_per_px);
    }
    for slide in 0..slides {
        let number = slide % drawn;
        let place = root.join(format!("site-{:03}/s{slide:06}", slide / 1000));
        let folder = place.join(film_of(number).code());
        std::fs::create_dir_all(&folder).expect("a folder");
        if !slide.is_multiple_of(UNSCALED) {
            let sheet = format!("um_per_px = {}\n", scales[number as usize]);
            std::fs::write(place.join("slide.toml"), sheet).expect("a sheet");
        }
        let (from, to) = (fields.join(format!("{number}.png")), folder.join("0.png"));
        // Where links are not to be had, or too many, a copy does.
        if std::fs::hard_link(&from, &to).is_err() {
            std::fs::copy(&from, &to).expect("a copy");
        }
    }
}

/// One look at the process, in kilobytes.
#[derive(Clone, Copy, Debug)]
struct Sample {
    done: u64,
    resident: u64,
    peak: u64,
}

/// Resident memory now and at its highest; `None` where the process has ended.
fn memory(process: u32) -> Option<(u64, u64)> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let kilobytes = |name: &str| -> Option<u64> {
        let line = status.lines().find(|line| line.starts_with(name))?;
        line.split_whitespace().nth(1)?.parse().ok()
    };
    Some((kilobytes("VmRSS:")?, kilobytes("VmHWM:")?))
}

/// Lets the system's record of the highest memory begin again.
fn forget_peak(process: u32) {
    use std::io::Write;

    let file = std::fs::File::options().write(true).open(format!("/proc/{process}/clear_refs"));
    match file.and_then(|mut file| file.write_all(b"5")) {
        Ok(()) => println!("half-way: the peak is counted from here again"),
        Err(refused) => println!("half-way: the peak stays that of the whole run ({refused})"),
    }
}

/// Slides that the last whole line of progress tells.
fn slides_done(progress: &Path) -> u64 {
    let told = std::fs::read_to_string(progress).unwrap_or_default();
    let slides = |line: &str| serde_json::from_str::<Value>(line).ok()?["slides_done"].as_u64();
    told.lines().rev().filter(|line| line.starts_with('{')).find_map(slides).unwrap_or(0)
}

/// Watches the process to its end, printing the curve.
fn watch(child: &mut Child, progress: &Path, slides: u64) -> Vec<Sample> {
    let process = child.id();
    let begun = Instant::now();
    let (mut samples, mut printed, mut half) = (Vec::new(), None, false);
    while child.try_wait().expect("a state").is_none() {
        let done = slides_done(progress);
        if !half && done * 2 >= slides {
            half = true;
            forget_peak(process);
        }
        if let Some((resident, peak)) = memory(process) {
            samples.push(Sample { done, resident, peak });
            let step = done * 50 / slides;
            if printed != Some(step) {
                printed = Some(step);
                let (now, most) = (resident as f64 / 1024.0, peak as f64 / 1024.0);
                println!("{:>7.0} s {done:>8} {now:>8.1} MB {most:>8.1} MB", begun.elapsed().as_secs_f64());
            }
        }
        std::thread::sleep(Duration::from_secs(1));
    }
    samples
}

/// `HEMOZOIN_MANY=10000 cargo test --release --test many -- --ignored --nocapture`.
#[test]
#[ignore = "many minutes: 10,000 slides unless HEMOZOIN_MANY says otherwise"]
fn memory_does_not_grow_with_the_archive() {
    let wanted = std::env::var("HEMOZOIN_MANY");
    let slides: u32 = wanted.map_or(10_000, |number| number.parse().expect("HEMOZOIN_MANY is a number"));
    assert!(slides >= 100, "a tenth of {slides} slides is too short to be measured");
    let all = u64::from(slides);
    let dir = tempfile::tempdir().expect("a folder");
    let (root, out, progress) = (dir.path().join("in"), dir.path().join("out"), dir.path().join("stderr"));
    many(&root, &dir.path().join("fields"), slides);
    println!("{slides} slides; time, slides done, memory now, highest memory");
    let stderr = std::fs::File::create(&progress).expect("a file");
    let mut child = hemozoin()
        .args(["archive", "run", "--threads", "2", "--json-progress"])
        .arg(&root)
        .arg("--out")
        .arg(&out)
        .stdout(Stdio::null())
        .stderr(stderr)
        .spawn()
        .expect("the command runs");
    let samples = watch(&mut child, &progress, all);
    let status = child.wait().expect("an end");
    let said = std::fs::read_to_string(&progress).expect("what was said");
    let end: Vec<&str> = said.lines().rev().take(5).collect();
    assert!(matches!(status.code(), Some(0 | 1)), "{status}: {end:#?}");

    let standing = Journal::read(&out).expect("a journal").standing().expect("a standing");
    assert_eq!((standing.slides, standing.slides_done), (all, all), "{end:#?}");
    assert_eq!((standing.files, standing.files_done, standing.files_failed), (all, all, 0), "{end:#?}");
    let records = std::fs::read_dir(out.join("records")).expect("records").count();
    assert_eq!(u64::try_from(records).expect("a number"), all);
    let mut table = csv::Reader::from_path(out.join("slides.csv")).expect("a table");
    assert_eq!(u64::try_from(table.records().count()).expect("a number"), all);

    let tenth = samples.iter().filter(|sample| sample.done * 10 <= all).map(|sample| sample.peak).max();
    let tenth = tenth.expect("a look within the first tenth");
    let half = samples.iter().filter(|sample| sample.done * 2 >= all).map(|sample| sample.peak).max();
    let half = half.expect("a look within the last half");
    let most = samples.iter().map(|sample| sample.resident).max().unwrap_or(0);
    let megabytes = |kilobytes: u64| kilobytes as f64 / 1024.0;
    println!(
        "first tenth {:.1} MB, last half {:.1} MB, highest of {} looks {:.1} MB",
        megabytes(tenth),
        megabytes(half),
        samples.len(),
        megabytes(most)
    );
    assert!(half as f64 <= GROWTH * tenth as f64, "memory grows: {tenth} kB, then {half} kB");
}
