//! The doors of the engine, each as a function of any bytes. None may panic, hang or take much memory.
//!
//! The fuzz targets call these, and so does `tests/library/fuzz_seeds.rs`, which feeds them the seeds, every past find
//! and many small mutations in each test run.

use std::io::Write as _;

use hemozoin::ErrorKind;
use hemozoin::detect::{Bundle, Detector, Networks};
use hemozoin::evaluate::{Found, LabelFile, Truth, Whereabouts};
use hemozoin::exchange::{Answer, Case};
use hemozoin::intake::{Limits, Picture};
use hemozoin::locale::{Catalogue, Language};
use hemozoin::measure::PxSize;
use hemozoin::quiz::{Course, Read, class_text, result_sheet};
use hemozoin::record::{SiteFloor, read};
use hemozoin::report::Laboratory;
use hemozoin::report::archive::SurveillanceConfig;
use hemozoin::source::SlideSheet;
use hemozoin::standard::{
    Context, FieldCount, Films, Graded, Profile, RbcUsed, ThinCount, WbcUsed, grade_fields, grade_thin,
};
use hemozoin::terms::Film;
use sha2::{Digest, Sha256};

/// Small limits: a find is a fault of the code, not of the memory granted.
fn limits() -> Limits {
    Limits::default().with(|l| {
        l.max_pixels_in_memory = 4_000_000;
        l.stream_above_pixels = 100_000;
        l.max_pixels_streamed = 16_000_000;
    })
}

/// A picture file of any format: opened, looked at, read at two corners.
pub fn intake(data: &[u8]) {
    let Ok(mut file) = tempfile::NamedTempFile::new() else { return };
    if file.write_all(data).and_then(|()| file.flush()).is_err() {
        return;
    }
    let Ok(picture) = Picture::open(file.path(), 0, &limits()) else { return };
    let size = picture.size();
    let (w, h) = (size.width.min(7), size.height.min(5));
    let _ = picture.read(0, 0, w, h);
    let _ = picture.read(size.width - w, size.height - h, w, h);
    let _ = picture.overview(64);
    let last = picture.pages().saturating_sub(1);
    if last > 0 {
        let _ = Picture::open(file.path(), last, &limits());
    }
}

fn text(data: &[u8]) -> Option<&str> {
    std::str::from_utf8(data).ok()
}

/// `slide.toml`.
pub fn slide_toml(data: &[u8]) {
    if let Some(text) = text(data) {
        let _ = SlideSheet::parse(text);
    }
}

/// `bundle.toml`; what is accepted must have a workable shape.
pub fn bundle_toml(data: &[u8]) {
    if let Some(bundle) = text(data).and_then(|t| Bundle::parse(t).ok()) {
        let shape = bundle.map_shape();
        assert!(shape.cells > 0 && shape.output_len() > 0 && bundle.tile_shapes().is_ok());
    }
}

/// The description of a bundle whose networks anything may stand in for.
const BUNDLE: &str = include_str!("../../tests/cases/bundle.toml");

/// A network of somebody else, as `--model` takes it: read and prepared, its digest as declared.
pub fn network_onnx(data: &[u8]) {
    let digest: String = Sha256::digest(data).iter().map(|byte| format!("{byte:02x}")).collect();
    let bundle = Bundle::parse(&BUNDLE.replace(&"0".repeat(64), &digest)).expect("a sound bundle");
    let networks = Networks { model: data.into(), second: None, third: None };
    if let Err(error) = Detector::load(bundle, &networks) {
        assert_eq!(error.kind(), ErrorKind::Model, "{error}");
    }
}

/// A record; what is read is written and read again the same.
pub fn record_json(data: &[u8]) {
    if let Ok(record) = read(data) {
        let written = record.to_json().expect("a record can be written");
        let again = read(&written).expect("and read again");
        assert_eq!(record, again);
    }
}

/// A user's own rule values.
pub fn profile_toml(data: &[u8]) {
    if let Some(text) = text(data) {
        let profile = Profile::named("who-2016").expect("built in");
        let _ = profile.with_overrides(text, "fuzz");
    }
}

/// A file of false-positive floors.
pub fn floor_toml(data: &[u8]) {
    if let Some(text) = text(data) {
        let _ = SiteFloor::parse(text);
    }
}

/// Labels of an evaluation.
pub fn labels_json(data: &[u8]) {
    if let Some(text) = text(data) {
        let _ = Truth::parse(text, "fuzz".to_owned(), std::path::Path::new("images"), Film::Thin);
    }
}

/// Labels of another program: every picture that they name is there.
struct AnyPicture;

impl Whereabouts for AnyPicture {
    fn find(&self, name: &str) -> hemozoin::Result<Option<Found>> {
        let size = Some(PxSize { width: 640, height: 480 });
        Ok(Some(Found { name: name.to_owned(), path: name.into(), size }))
    }
}

/// Labels of YOLO: the names of the categories up to the first empty line, then the labels of a picture.
pub fn labels_yolo(data: &[u8]) {
    let Ok(dir) = tempfile::tempdir() else { return };
    let at = data.windows(2).position(|two| two == b"\n\n").unwrap_or(data.len());
    let (names, lines) = data.split_at(at);
    let (set, picture) = (dir.path().join("data.yaml"), dir.path().join("1.txt"));
    if std::fs::write(&set, names).and_then(|()| std::fs::write(picture, lines)).is_ok() {
        let _ = LabelFile::of(&set).and_then(|file| file.read(None, &AnyPicture));
    }
}

/// Labels of Pascal VOC.
pub fn labels_voc(data: &[u8]) {
    let Ok(dir) = tempfile::tempdir() else { return };
    let file = dir.path().join("1.xml");
    if std::fs::write(&file, data).is_ok() {
        let _ = LabelFile::of(&file).and_then(|file| file.read(None, &AnyPicture));
    }
}

/// A case or an answer of another laboratory; of what is opened everything is read.
pub fn case_zip(data: &[u8]) {
    let Ok(dir) = tempfile::tempdir() else { return };
    let file = dir.path().join("case.zip");
    if std::fs::write(&file, data).is_err() {
        return;
    }
    if let Ok(case) = Case::open(&file, None) {
        let _ = case.lay_out(&file);
        for field in 0..case.record().fields.len() {
            let _ = case.picture(field);
        }
    }
    if let Ok(answer) = Answer::open(&file, None) {
        assert!(!answer.reader().is_empty() && !answer.slide().is_empty());
    }
}

/// A trainer's course.
pub fn course_toml(data: &[u8]) {
    if let Some(course) = text(data).and_then(|text| Course::parse(text).ok()) {
        assert!(!course.is_empty());
    }
}

/// Results of a class, from any computer: what is read is scored and set.
pub fn quiz_results(data: &[u8]) {
    let Ok(dir) = tempfile::tempdir() else { return };
    let file = dir.path().join("results.jsonl");
    if std::fs::write(&file, data).is_err() {
        return;
    }
    let (profile, words) = (Profile::named("who-2016").expect("built in"), Catalogue::new(Language::French));
    if let Ok(read) = Read::of(&[&file]) {
        let _ = class_text(&read.sittings, &profile, &words);
        for sitting in read.sittings.iter().take(3) {
            let _ = result_sheet(sitting, &Laboratory::default(), &profile, &words);
        }
    }
}

/// A configuration of DHIS2.
pub fn surveillance_toml(data: &[u8]) {
    if let Some(text) = text(data) {
        let _ = SurveillanceConfig::parse(text);
    }
}

/// Counts: four bytes a field (parasites, white cells), then graded as a thick, a thin and a pair of films.
pub fn standard_counts(data: &[u8]) {
    let profile = Profile::named("who-2016").expect("built in");
    let number = |bytes: &[u8]| bytes.iter().fold(0_u32, |n, b| (n << 8) | u32::from(*b));
    let fields: Vec<FieldCount> = data
        .chunks(5)
        .take(2_000)
        .map(|c| {
            let (p, w) = c.split_at(c.len() / 2);
            let field = FieldCount::new(number(p), number(w));
            if c.first().is_some_and(|b| b % 11 == 10) { field.rejected() } else { field }
        })
        .collect();
    let thick = grade_fields(&fields, WbcUsed::assumed(&profile), &profile);
    let (a, b) = data.split_at(data.len().min(4));
    let (infected, cells) = (u64::from(number(a)), u64::from(number(b.get(..4).unwrap_or_default())));
    let thin =
        ThinCount::new(infected, cells).map(|count| grade_thin(&count, RbcUsed::assumed(&profile), &profile));
    if let Some(films) = Films::new(Some(thick), thin.ok()) {
        let graded = Graded::of(&films, &Context::default(), &profile);
        let patient = &graded.patient;
        let numbers = [
            patient.density_raw,
            patient.all_density_raw,
            patient.parasitaemia_percent_raw,
            patient.ci_low,
            patient.ci_high,
            patient.volume_ul,
            patient.detection_limit_95_per_ul,
        ];
        assert!(numbers.iter().flatten().all(|n| n.is_finite() && *n >= 0.0), "{patient:?}");
        serde_json::to_string(patient).expect("an outcome can be written");
    }
}
