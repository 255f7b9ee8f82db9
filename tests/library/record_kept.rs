//! A record can be read in ten years: kept ones stay readable, later minor versions are read, other majors are named.

use std::path::{Path, PathBuf};

use crate::support::drawn::small_field;
use hemozoin::record::read;
use hemozoin::render::Counts;
use hemozoin::standard::{Advice, Flag};
use hemozoin::{Engine, ErrorKind, Facts, Film, MicronsPerPixel, Silent, SlideInfo, SlideRecord};
use serde_json::{Value, json};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/records")
}

/// Both films of a drawn patient, an unfit picture and one that cannot be read among them.
fn drawn() -> SlideRecord {
    let engine = Engine::builder().build().expect("an engine");
    let mut info = SlideInfo::named("N-2026");
    info.stain = Some("Giemsa 10 %".to_owned());
    let scale = MicronsPerPixel::new(0.12).expect("a scale");
    let mut slide = engine.slide(Facts::default().um_per_px(scale)).with_info(info);
    let thick = Counts { white_cells: 3, rings: 5, ..Counts::default() };
    let thin = Counts { red_cells: 30, rings: 3, ..Counts::default() };
    for seed in 1..=2 {
        slide.add(format!("ge/{seed}.png"), small_field(Film::Thick, thick, seed)).film(Film::Thick);
        slide.add(format!("fm/{seed}.png"), small_field(Film::Thin, thin, seed)).film(Film::Thin);
    }
    let dark = image::RgbImage::from_pixel(420, 300, image::Rgb([9, 9, 9]));
    slide.add("fm/3.png", dark).film(Film::Thin);
    slide.add("fm/4.png", b"cut short".as_slice()).film(Film::Thin);
    slide.run(&Silent).expect("a record")
}

/// A file here is never written anew: it stands for all records that laboratories have stored by then. Under `BLESS` the
/// first one of a major version is made.
#[test]
fn kept_records_stay_readable() {
    let newest = folder().join("hemozoin-record-2.json");
    if std::env::var_os("BLESS").is_some() && !newest.exists() {
        std::fs::create_dir_all(folder()).expect("a folder");
        std::fs::write(&newest, drawn().to_json().expect("JSON")).expect("written");
    }
    let mut seen = 0;
    for entry in std::fs::read_dir(folder()).expect("kept records") {
        let path = entry.expect("an entry").path();
        let record = read(&std::fs::read(&path).expect("readable"))
            .unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        assert_eq!(record.slide.id, "N-2026");
        assert_eq!((record.fields.len(), record.unread.len()), (5, 1));
        assert!(record.fields.iter().any(|f| !f.quality.reasons.is_empty()));
        assert!(record.fields.iter().any(|f| !f.detections.is_empty()));
        // What is read is written as today's records are, and read again the same.
        assert_eq!(read(&record.to_json().expect("JSON")).expect("read again"), record);
        seen += 1;
    }
    assert!(seen > 0, "no record is kept");
}

/// Every object gets a key that this program does not know; the values of a message are a table of names.
fn with_later_keys(value: &mut Value) {
    match value {
        Value::Object(object) => {
            for (_, inner) in object.iter_mut().filter(|(name, _)| *name != "values") {
                with_later_keys(inner);
            }
            object.insert("later".to_owned(), json!({"a": 1}));
        }
        Value::Array(items) => items.iter_mut().for_each(with_later_keys),
        _ => {}
    }
}

#[test]
fn a_later_minor_version_is_read_and_its_codes_are_kept() {
    let kept = std::fs::read(folder().join("hemozoin-record-2.json")).expect("a kept record");
    let mut later: Value = serde_json::from_slice(&kept).expect("JSON");
    // What the kept slide happens not to have.
    let field = &mut later["fields"][0];
    field["marks"] = json!([{"x": 1.0, "y": 2.0, "width": 30.0, "height": 4.0}]);
    field["shared"] = json!([{"image": "ge/2.png", "page": 0, "share": 0.2, "seen_in_both": 1}]);
    field["near_misses"] = json!([field["detections"][0]]);
    let floor = json!({
        "unit": "white_cell", "basis": "site", "mean_per_cell": 0.01, "sd_between_slides_per_cell": 0.001,
        "slides": 2, "cells": 400
    });
    later["settings"]["site_floors"] = json!([{
        "film": "thick", "bundle": "b", "bundle_digest": "d", "program_version": "0.1.0", "floor": floor,
        "slides": [{"id": "N-1", "parasites": 2, "cells": 200}],
        "threshold": {
            "score": 0.5, "bundle_digest": "d", "floor": floor, "slides": 2, "parasites": 3,
            "false_parasites": 1, "missed_parasites": 1
        }
    }]);
    let today = read(&serde_json::to_vec(&later).expect("JSON")).expect("a record");
    for object in later["unread"].as_array_mut().expect("a list") {
        object["values"] = json!({});
    }
    with_later_keys(&mut later);
    later["unread"][0]["values"] = json!({});
    later["schema"] = json!("hemozoin-record/2.7");
    let read_later = |value: &Value| read(&serde_json::to_vec(value).expect("JSON"));
    let record = read_later(&later).expect("keys are only added");
    assert_eq!((&record.fields, &record.tally, &record.result), (&today.fields, &today.tally, &today.result));
    assert_eq!(record.settings, today.settings);

    let unfit = record.fields.iter().position(|f| !f.quality.reasons.is_empty()).expect("an unfit field");
    later["fields"][unfit]["quality"]["reasons"][0]["code"] = json!("later_reason");
    later["result"]["patient"]["flags"] = json!(["later_flag", "short_count"]);
    later["result"]["patient"]["advice"] =
        json!([{"code": "later_advice", "cells": 3}, {"code": "read_thin_film"}]);
    let record = read_later(&later).expect("codes may be added");
    let patient = &record.result.patient;
    assert_eq!(patient.flags[0].code(), "later_flag");
    assert_eq!(patient.flags[1], Flag::ShortCount);
    assert_eq!(patient.advice[1], Advice::ReadThinFilm);
    let written: Value = serde_json::from_slice(&record.to_json().expect("JSON")).expect("JSON");
    assert_eq!(written["fields"][unfit]["quality"]["reasons"][0]["code"], "later_reason");
    assert_eq!(written["result"]["patient"]["advice"][0]["code"], "later_advice");
    // It can be said, too.
    let words = hemozoin::Catalogue::new(hemozoin::Language::French);
    let text = hemozoin::report::text(&record, &words);
    assert!(!text.contains("advice-") && !text.contains("flag-") && !text.contains("quality-"), "{text}");

    later["schema"] = json!("hemozoin-record/3");
    let error = read_later(&later).expect_err("another major version");
    assert_eq!((error.kind(), error.key()), (ErrorKind::Unsupported, Some("error-record-version")));
    assert!(error.message().contains("hemozoin-record/3"), "{error}");
}
