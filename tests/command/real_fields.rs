//! The shipped engine on a few real fields. They are not ours to redistribute: they lie in `HEMOZOIN_DATA` (default
//! `../shared/data`), and where they are missing the tests say that they were skipped, unless
//! `HEMOZOIN_REQUIRE_DATA` is set. The shipped networks learnt from these pictures: this shows that a build reads real
//! photographs as it should, not how well it reads new ones (the cards do).
use std::path::PathBuf;
use std::process::Command;

/// The folder of the annotated sets, or `None` after having said that the test is skipped.
fn data() -> Option<PathBuf> {
    let named = std::env::var_os("HEMOZOIN_DATA").map(PathBuf::from);
    let folder =
        named.unwrap_or_else(|| PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data")));
    if folder.is_dir() {
        return Some(folder);
    }
    assert!(
        std::env::var_os("HEMOZOIN_REQUIRE_DATA").is_none(),
        "{} is missing, and HEMOZOIN_REQUIRE_DATA is set",
        folder.display()
    );
    eprintln!("skipped: {} is missing; HEMOZOIN_DATA names the annotated fields", folder.display());
    None
}

/// F1 of the subjects on some slides of a set, as `hemozoin evaluate` gives it.
fn f1(set: &str, film: &str, slides: &str) -> Option<serde_json::Value> {
    let truth = data()?.join(set).join("annotations.json");
    let done = Command::new(env!("CARGO_BIN_EXE_hemozoin"))
        .args(["evaluate", "--quiet", "--format", "json", "--film", film, "--only", slides, "--truth"])
        .arg(&truth)
        .output()
        .expect("the command runs");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let said: serde_json::Value = serde_json::from_slice(&done.stdout).expect("JSON on stdout");
    Some(said["sets"][0]["figures"]["subjects"].clone())
}

fn of(subjects: &serde_json::Value, subject: &str) -> f64 {
    let found = subjects.as_array().expect("a list").iter().find(|s| s["subject"] == subject);
    found.and_then(|s| s["f1"].as_f64()).unwrap_or_else(|| panic!("no F1 of {subject} in {subjects}"))
}

#[test]
fn a_thin_film_photographed_through_a_phone() {
    let Some(subjects) = f1("thin-nih-falciparum", "thin", "C38P3") else { return };
    assert!(of(&subjects, "red_cell") > 0.95, "{subjects}");
}

#[test]
fn a_thin_film_with_few_parasites() {
    let Some(subjects) = f1("thin-mpidb-falciparum", "thin", "1408290968") else { return };
    assert!(of(&subjects, "asexual_parasite") > 0.8, "{subjects}");
}

#[test]
fn a_thick_film_with_parasites_and_white_cells() {
    let Some(subjects) = f1("thick-mlab", "thick", "pf9,pf10,pf11") else { return };
    assert!(of(&subjects, "parasite") > 0.7, "{subjects}");
    assert!(of(&subjects, "white_cell") > 0.85, "{subjects}");
}

/// Single pictures of a thick film have touching bodies enough to pass for a thin one; the film as a whole has not.
#[test]
fn a_thick_film_among_the_thin_ones_is_refused() {
    let Some(data) = data() else { return };
    let dir = tempfile::tempdir().expect("a folder");
    let film = dir.path().join("N-1/frottis");
    std::fs::create_dir_all(&film).expect("a folder");
    let mut pictures: Vec<PathBuf> = std::fs::read_dir(data.join("thick-mlab-fullres/images"))
        .expect("a set")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    pictures.sort();
    for picture in pictures.iter().take(4) {
        std::fs::copy(picture, film.join(picture.file_name().expect("a name"))).expect("copied");
    }
    let done = Command::new(env!("CARGO_BIN_EXE_hemozoin"))
        .args(["analyze", "--quiet", "--no-files", "--lang", "en"])
        .arg(dir.path().join("N-1"))
        .output()
        .expect("the command runs");
    let said = String::from_utf8_lossy(&done.stderr);
    assert_eq!(done.status.code(), Some(2), "{said}{}", String::from_utf8_lossy(&done.stdout));
    assert!(said.contains("show a thick film"), "{said}");
}
