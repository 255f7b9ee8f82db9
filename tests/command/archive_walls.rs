//! What must stay inside one slide of an archive: a panic in its middle, and pictures that are gone for a while.

use std::path::Path;
use std::sync::Arc;

use crate::support::archive::{archive_of, assert_same, code, resume, run_archive, words};
use hemozoin::archive::{Archive, Begun, Stamp, Tracker, run};
use hemozoin::detect::{Bundle, Detector, ScriptedBackend};
use hemozoin::entry::Style;
use hemozoin::intake::Picture;
use hemozoin::measure::MicronsPerPixel;
use hemozoin::optics::{Verdict, examine};
use hemozoin::record::Facts;
use hemozoin::report::archive::write_outputs;
use hemozoin::slide::Engine;
use hemozoin::terms::Film;

/// A network that panics on any tile with pure green ink in it, and else answers with silence.
fn fragile() -> Detector {
    let bundle = Bundle::parse(crate::support::common::BUNDLE).expect("a sound bundle");
    let shape = bundle.map_shape();
    let area = shape.tile * shape.tile;
    let backend = ScriptedBackend::new(shape, move |input| {
        let green_ink = |i: usize| input[i] < -1.0 && input[area + i] > 1.0 && input[2 * area + i] < -1.0;
        assert!(!(0..area).any(green_ink), "the network met green ink");
        vec![-8.0; shape.output_len()]
    });
    Detector::with_backend(bundle, Arc::new(backend)).expect("shapes agree")
}

/// The picture of that number among those that pass the quality gates of a thick film; `green` puts the ink in.
fn picture(path: &Path, number: usize, green: bool) {
    let scale = MicronsPerPixel::new(0.2);
    let is_fit = |drawn: &image::RgbImage| {
        let seen = examine(&Picture::from_pixels(drawn.clone()), Film::Thick, scale).expect("it can be read");
        seen.quality.verdict == Verdict::Fit
    };
    let mut fit = (1..).map(|seed| crate::support::archive::field(Film::Thick, 400, seed)).filter(is_fit);
    let mut drawn = fit.nth(number).expect("seeds without an end");
    if green {
        for (x, y) in (180..220).flat_map(|x| (180..220).map(move |y| (x, y))) {
            drawn.put_pixel(x, y, image::Rgb([0, 255, 0]));
        }
    }
    drawn.save(path).expect("saved");
}

#[test]
fn a_panic_in_the_middle_of_a_slide_costs_one_picture() {
    let dir = tempfile::tempdir().expect("a folder");
    let root = dir.path().join("in");
    for slide in ["a", "b"] {
        let film = root.join(slide).join("thick");
        std::fs::create_dir_all(&film).expect("a folder");
        for i in 0..3 {
            picture(&film.join(format!("{i}.png")), i, slide == "a" && i == 1);
        }
    }
    let facts = Facts::default().um_per_px(MicronsPerPixel::new(0.2).expect("a scale"));
    let engine = Engine::builder().detector(fragile()).build().expect("an engine");
    let begun = Begun {
        stamp: Stamp::of(&engine, &facts).expect("a stamp"),
        root: root.clone(),
        models: Vec::new(),
        french_tables: false,
        french_page: false,
        style: Style::default(),
        shard: None,
    };
    let out = dir.path().join("out");
    let (mut archive, _) = Archive::open(&out, begun).expect("an archive");
    archive.plan(engine.limits()).expect("a plan");
    run(&mut archive, &engine, &Arc::new(Tracker::default())).expect("runs to its end");
    write_outputs(archive.journal(), archive.folder()).expect("outputs");

    let mut reader = csv::Reader::from_path(out.join("fields.csv")).expect("a table");
    let heading = reader.headers().expect("a heading").clone();
    let at = |name: &str| heading.iter().position(|h| h == name).expect(name);
    let (slide, image, counted) = (at("slide"), at("image"), at("counted"));
    let rows: Vec<(String, bool)> = reader
        .records()
        .map(|r| r.expect("a row"))
        .map(|r| (format!("{} {}", &r[slide], &r[image]), &r[counted] == "true"))
        .collect();
    assert_eq!(rows.len(), 6, "{rows:?}");
    for (name, counted) in &rows {
        assert_eq!(*counted, !(name.starts_with('a') && name.ends_with("1.png")), "{rows:?}");
    }
    let record = std::fs::read_to_string(out.join("records").join("a.json")).expect("its record");
    assert!(record.contains("the network met green ink"), "the reason is told: {record}");
}

#[test]
fn pictures_that_vanish_are_named_and_read_when_they_are_back() {
    let dir = tempfile::tempdir().expect("a folder");
    let (root, away) = (dir.path().join("in"), dir.path().join("away"));
    let (out, calm) = (dir.path().join("out"), dir.path().join("calm"));
    archive_of(&root, 3, 2, 300);
    run_archive(&root, &calm, &[]);

    // The share goes after the slides were listed: `run` plans, is stopped by a file limit, and finds nothing then.
    let planned = std::process::Command::new("sh")
        .args(["-c", "trap '' XFSZ; ulimit -f 128; exec \"$0\" --lang en archive run \"$1\" --out \"$2\""])
        .args([Path::new(env!("CARGO_BIN_EXE_hemozoin")), &root, &out])
        .output()
        .expect("a shell");
    assert!(matches!(planned.status.code(), Some(2 | 3)), "{}", words(&planned));
    std::fs::rename(&root, &away).expect("moved");
    let gone = resume(&out, &[]);
    assert_ne!(code(&gone), 0, "{}", words(&gone));
    assert!(words(&gone).contains(root.to_str().expect("a name")), "{}", words(&gone));
    std::fs::rename(&away, &root).expect("moved back");
    let back = resume(&out, &[]);
    assert!(code(&back) <= 1, "{}", words(&back));
    assert_same(&calm, &out);
}
