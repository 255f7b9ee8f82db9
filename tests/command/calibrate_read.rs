//! `hemozoin calibrate --read`: floor and threshold of a site from slides that its readers signed.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use hemozoin::record::{SiteFloor, read_file};
use hemozoin::review::{Decision, FieldKey, ReadSlide, Store, Verdict};
use hemozoin::slide::Engine;
use hemozoin::terms::{CellClass, Film};

use crate::support::archive::field;
use crate::support::review::{Drawn, draw, write};

fn hemozoin(args: &[&str], paths: &[PathBuf]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hemozoin"));
    command.args(["--lang", "en"]).args(args).args(paths).output().expect("it runs")
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// A drawn slide of which everything is judged as it was drawn, looked at and signed.
fn read_slide(dir: &Path, id: &str, digest: &str, drawn: Drawn) -> PathBuf {
    let folder = dir.join(id);
    std::fs::create_dir(&folder).expect("a folder");
    let mut record = draw(&folder, id, drawn);
    record.provenance.bundles[0].digest = digest.to_owned();
    write(&folder, &record);
    let result = folder.join("hemozoin-result");
    let slide = ReadSlide::replay(&record, &[]);
    let mut decisions: Vec<Decision> = Vec::new();
    for (field, read) in record.fields.iter().zip(&slide.fields) {
        decisions.push(Decision::Looked { field: FieldKey::from(field), whole: true });
        for mark in read.suspects() {
            // Rings are drawn with scores from 0.9 on.
            let is_ring = mark.score.is_some_and(|score| score >= 0.9);
            let verdict = match is_ring {
                true => Verdict::Seen { class: CellClass::AsexualParasite, stage: None },
                false => Verdict::Nothing,
            };
            decisions
                .push(Decision::Judge { subject: slide.subject(mark.id, &record).expect("a mark"), verdict });
        }
    }
    let mut store = Store::open(&result).expect("opened");
    let reading = store.begin(id, "A", false).expect("begun").id;
    let last = store.append(reading, "1", &decisions).expect("kept");
    let digest = hemozoin::intake::digest_of_file(result.join("record.json")).expect("a record");
    store.sign(reading, last, &digest, "{}").expect("signed");
    folder
}

#[test]
fn floor_and_threshold_of_a_site_come_from_slides_that_were_signed() {
    let dir = tempfile::tempdir().expect("a folder");
    let engine = Engine::builder().build().expect("an engine");
    let digest = engine.detector(Film::Thick).expect("a bundle").digest().to_owned();
    let free = Drawn { fields: 3, rings: 0, dirt: 6, white_cells: 70 };
    let with = Drawn { fields: 3, rings: 20, dirt: 6, white_cells: 20 };
    let mut slides: Vec<PathBuf> =
        (0..10).map(|n| read_slide(dir.path(), &format!("free-{n}"), &digest, free)).collect();
    slides.extend((0..3).map(|n| read_slide(dir.path(), &format!("with-{n}"), &digest, with)));
    let other = read_slide(dir.path(), "other-model", "00", free);
    let floor = dir.path().join("floor.toml");
    let out = floor.display().to_string();
    // One that was read with another model is named and left out.
    let all: Vec<PathBuf> = slides.iter().cloned().chain([other]).collect();
    let ran = hemozoin(&["calibrate", "--read", "--out", &out], &all);
    assert_eq!(ran.status.code(), Some(1), "{}", said(&ran));
    assert!(said(&ran).contains("other-model"), "{}", said(&ran));
    let found = SiteFloor::read(&floor).expect("a floor").remove(0);
    assert_eq!((found.film, found.slides.len(), found.floor.cells()), (Film::Thick, 10, 2100));
    assert!((found.floor.mean() - 18.0 / 210.0).abs() < 1e-9, "{}", found.floor.mean());
    let threshold = found.threshold.as_ref().expect("a threshold");
    assert_eq!((threshold.slides, threshold.parasites), (13, 180));
    assert_eq!((threshold.false_parasites, threshold.missed_parasites), (0, 0));
    assert!((threshold.score.get() - 0.7025).abs() < 1e-3, "{}", threshold.score.get());
    assert_eq!((threshold.floor.mean(), threshold.floor.slides()), (0.0, 10));
    // Used only where it is asked for, and then recorded.
    let picture = dir.path().join("1.png");
    field(Film::Thick, 320, 5).save(&picture).expect("saved");
    let analyse = |more: &[&str], name: &str| {
        let out = dir.path().join(name);
        let place = out.display().to_string();
        let args = [
            "analyze",
            "--film",
            "thick",
            "--um-per-px",
            "0.1",
            "--floor",
            &floor.display().to_string(),
            "--out",
            &place,
        ];
        let args: Vec<&str> = args.into_iter().chain(more.iter().copied()).collect();
        let ran = hemozoin(&args, std::slice::from_ref(&picture));
        assert!(ran.status.code().is_some_and(|code| code < 2), "{}", said(&ran));
        read_file(&out.join("record.json")).expect("a record")
    };
    let plain = analyse(&[], "plain");
    assert!(plain.settings.site_thresholds.is_empty());
    assert_eq!(plain.provenance.bundles[0].digest, digest);
    let by_site = analyse(&["--site-threshold"], "by-site");
    assert_eq!(by_site.settings.site_thresholds, vec![found.site_threshold().expect("a threshold")]);
    assert_eq!(by_site.provenance.bundles[0].digest, threshold.bundle_digest);
    let asexual = |d: &&hemozoin::record::DetectionRecord| d.class == CellClass::AsexualParasite;
    let mut counted = by_site.fields.iter().flat_map(|f| &f.detections).filter(asexual);
    assert!(counted.all(|d| d.score.get() >= 0.702));
    // A file without one is refused.
    let bare = dir.path().join("bare.toml");
    std::fs::write(&bare, SiteFloor::write(&[SiteFloor { threshold: None, ..found }]).expect("text"))
        .expect("written");
    let bare = bare.display().to_string();
    let ran = hemozoin(
        &["analyze", "--film", "thick", "--floor", &bare, "--site-threshold", "--no-files"],
        &[picture],
    );
    assert_eq!(ran.status.code(), Some(2), "{}", said(&ran));
    assert!(said(&ran).contains("calibrate --read"), "{}", said(&ran));
}

#[test]
fn a_slide_with_parasites_measures_no_floor() {
    let dir = tempfile::tempdir().expect("a folder");
    let engine = Engine::builder().build().expect("an engine");
    let digest = engine.detector(Film::Thick).expect("a bundle").digest().to_owned();
    let with = Drawn { fields: 1, rings: 5, dirt: 2, white_cells: 20 };
    let slides: Vec<PathBuf> =
        (0..10).map(|n| read_slide(dir.path(), &format!("with-{n}"), &digest, with)).collect();
    let out = dir.path().join("floor.toml");
    let ran = hemozoin(&["calibrate", "--read", "--out", &out.display().to_string()], &slides);
    assert_eq!(ran.status.code(), Some(2), "{}", said(&ran));
    assert!(!out.exists());
}
