//! Small rendered archives, the command on them, and their final bytes.
#![allow(dead_code)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use hemozoin::archive::{Journal, SlideReading};
use hemozoin::record::SlideRecord;
use hemozoin::render::{FieldSpec, render, varied};
use hemozoin::standard::Outcome;
use hemozoin::terms::Film;

/// What differs between two runs by its nature: the journal (it holds times) and the lock.
const NOT_FINAL: [&str; 4] = ["journal.sqlite", "journal.sqlite-wal", "journal.sqlite-shm", "archive.lock"];

pub fn hemozoin() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hemozoin"));
    command.args(["--lang", "en"]);
    command
}

/// A field of `side` pixels; the same seed gives the same bytes.
pub fn field(film: Film, side: u32, seed: u64) -> image::RgbImage {
    let drawn = varied(film, side, side, seed).expect("a sound specification");
    let spec = FieldSpec { disc: None, ..drawn };
    render(&spec).expect("a sound specification").image
}

/// `slides` folders with `fields` pictures each, thick and thin in turn.
pub fn archive_of(root: &Path, slides: u32, fields: u32, side: u32) {
    for slide in 0..slides {
        let film = if slide % 2 == 0 { Film::Thick } else { Film::Thin };
        let dir = root.join(format!("site-{}", slide % 3)).join(format!("s{slide:03}")).join(film.code());
        std::fs::create_dir_all(&dir).expect("a folder");
        for i in 0..fields {
            let seed = u64::from(slide * 100 + i);
            field(film, side, seed).save(dir.join(format!("{i}.png"))).expect("a picture");
        }
    }
}

pub fn run_archive(root: &Path, out: &Path, more: &[&str]) -> Output {
    let mut command = hemozoin();
    command.args(["archive", "run"]).arg(root).arg("--out").arg(out).args(more);
    command.output().expect("the command runs")
}

pub fn resume(out: &Path, more: &[&str]) -> Output {
    hemozoin().args(["archive", "resume"]).arg(out).args(more).output().expect("the command runs")
}

pub fn code(output: &Output) -> i32 {
    output.status.code().expect("an exit code")
}

pub fn words(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Every final file of an output folder with its bytes.
pub fn final_bytes(out: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![out.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            let name = path.strip_prefix(out).expect("inside").to_path_buf();
            if path.is_dir() {
                folders.push(path);
            } else if !NOT_FINAL.iter().any(|n| name == Path::new(n)) {
                found.insert(name, std::fs::read(&path).expect("readable"));
            }
        }
    }
    found
}

/// Fails with the names of the files that differ.
pub fn assert_same(a: &Path, b: &Path) {
    let (a, b) = (final_bytes(a), final_bytes(b));
    let names = |m: &BTreeMap<PathBuf, Vec<u8>>| m.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&a), names(&b));
    assert!(a.len() > 5, "only {} files", a.len());
    let different: Vec<&PathBuf> =
        a.iter().filter(|(name, bytes)| b.get(*name) != Some(bytes)).map(|(n, _)| n).collect();
    assert!(different.is_empty(), "different: {different:?}");
}

/// Signs every slide of an archive as a reader would who confirms each suspect and has looked at every field, and has the
/// tables written anew.
pub fn read_by_a_person(out: &Path) {
    for entry in std::fs::read_dir(out.join("records")).expect("records") {
        let bytes = std::fs::read(entry.expect("an entry").path()).expect("a record");
        let record: SlideRecord = serde_json::from_slice(&bytes).expect("a record");
        let confirmed = |outcome: &Outcome| confirmed(outcome);
        let reading = SlideReading {
            result: serde_json::from_value(serde_json::json!({
                "thick": record.result.thick.as_ref().map(confirmed),
                "thin": record.result.thin.as_ref().map(confirmed),
                "patient": confirmed(&record.result.patient),
            }))
            .expect("results"),
            reader: "A. Moussa".to_owned(),
            signed_at: "2026-11-29T10:00:00Z".to_owned(),
        };
        Journal::put_reading(out, &record.slide.id, &reading).expect("signed");
    }
    let written = resume(out, &[]);
    assert!(code(&written) <= 1, "{}", words(&written));
}

/// What was marked, as a read count.
fn confirmed(outcome: &Outcome) -> Outcome {
    let mut read = serde_json::to_value(outcome).expect("JSON");
    let Some(estimate) = read["if_confirmed"].take().as_object().cloned() else { return outcome.clone() };
    let found = outcome.suspects.is_some_and(|s| s.total() > 0);
    let presence = match estimate["state"].as_str() {
        _ if found => "positive",
        Some("NoParasitesSeen") => "no_parasites_seen",
        _ => "indeterminate",
    };
    for (key, value) in estimate {
        read[key] = value;
    }
    read["presence"] = presence.into();
    read["reading"] = "read".into();
    serde_json::from_value(read).expect("an outcome")
}
