//! Pictures given as the film that they do not show: named, left out, or the whole slide refused with what sets it right.

use std::path::Path;

use hemozoin::render::{Counts, FieldSpec, render};
use hemozoin::terms::Film;
use serde_json::Value;

use crate::support::command::hemozoin;

/// `number` drawn fields of a film, in a folder.
fn fields(folder: &Path, film: Film, number: u64) {
    std::fs::create_dir_all(folder).expect("a folder");
    for seed in 1..=number {
        let counts = match film {
            Film::Thin => Counts { red_cells: 90, rings: 6, white_cells: 2, ..Counts::default() },
            Film::Thick => Counts { rings: 10, white_cells: 12, platelets: 4, ..Counts::default() },
        };
        let size = FieldSpec { film, width: 1000, height: 750, um_per_px: 0.12, ..FieldSpec::default() };
        let picture = render(&FieldSpec { counts, seed, ..size }).expect("drawn").image;
        picture.save(folder.join(format!("{}-{seed}.png", film.code()))).expect("saved");
    }
}

fn analyze(folder: &Path, more: &[&str]) -> (i32, Value, String) {
    let folder = folder.to_string_lossy();
    let args =
        [&["analyze", &folder, "--um-per-px", "0.12", "--format", "json", "--lang", "en"], more].concat();
    let (code, out, err) = hemozoin(&args, "");
    (code, serde_json::from_str(&out).unwrap_or_default(), err)
}

#[test]
fn a_film_given_as_the_other_one_is_refused_with_the_flag_that_sets_it_right() {
    let dir = tempfile::tempdir().expect("a folder");
    let folder = dir.path().join("photos");
    fields(&folder, Film::Thin, 3);
    let (code, refused, err) = analyze(&folder, &["--film", "thick"]);
    let said = format!("{refused}{err}");
    assert_eq!(code, 2, "{said}");
    assert!(said.contains("3 of 3") && said.contains("--film thin"), "{said}");
    let (code, record, err) = analyze(&folder, &["--film", "thin"]);
    assert_eq!(code, 0, "{err}");
    assert!(record["tally"]["thin"]["counted"]["red_cells"].as_u64() > Some(100), "{}", record["tally"]);
}

/// A flag does not overrule the name of a folder, so that none is advised.
#[test]
fn a_folder_named_for_the_other_film_is_to_be_renamed() {
    let dir = tempfile::tempdir().expect("a folder");
    let slide = dir.path().join("N-17");
    fields(&slide.join("ge"), Film::Thin, 3);
    let (code, refused, err) = analyze(&slide, &[]);
    let said = format!("{refused}{err}");
    assert_eq!(code, 2, "{said}");
    assert!(
        said.contains("3 of 3") && !said.contains("--film") && said.contains("name of a thin film"),
        "{said}"
    );
    std::fs::rename(slide.join("ge"), slide.join("thin")).expect("renamed");
    let (code, _, err) = analyze(&slide, &[]);
    assert_eq!(code, 0, "{err}");
}

#[test]
fn single_pictures_of_the_other_film_are_named_and_left_out() {
    let dir = tempfile::tempdir().expect("a folder");
    let slide = dir.path().join("ge");
    fields(&slide, Film::Thick, 4);
    fields(&slide, Film::Thin, 2);
    let (code, record, err) = analyze(&slide, &["--film", "thick"]);
    assert!(code <= 1, "{err}");
    for field in record["fields"].as_array().expect("fields") {
        let is_thin = field["image"].as_str().is_some_and(|name| name.starts_with("thin"));
        let reasons = field["quality"]["reasons"].as_array().expect("reasons");
        assert_eq!(reasons.iter().any(|r| r["code"] == "other_film"), is_thin, "{}", field["image"]);
        assert_eq!(field["counted"], !is_thin, "{}", field["image"]);
    }
    let white = record["tally"]["thick"]["counted"]["white_cells"].as_u64().expect("white cells");
    assert!((30..=60).contains(&white), "48 are drawn on the four thick fields: {white}");
}

#[test]
fn a_file_among_the_pictures_of_both_films_is_named_in_both() {
    let dir = tempfile::tempdir().expect("a folder");
    let slide = dir.path().join("N-18");
    fields(&slide.join("ge"), Film::Thick, 3);
    fields(&slide.join("frottis"), Film::Thin, 3);
    std::fs::copy(slide.join("ge/thick-1.png"), slide.join("frottis/copy.png")).expect("copied");
    let (code, record, err) = analyze(&slide, &[]);
    assert!(code <= 1, "{err}");
    let noted = |field: &&Value| {
        field["notes"].as_array().is_some_and(|notes| notes.iter().any(|n| n == "note-in-both-films"))
    };
    let fields = record["fields"].as_array().expect("fields");
    let named: Vec<_> = fields.iter().filter(noted).map(|f| (&f["image"], &f["counted"])).collect();
    let expected = [("frottis/copy.png", false), ("ge/thick-1.png", true)];
    assert_eq!(named.len(), 2, "{named:?}");
    for (image, counted) in expected {
        assert!(named.iter().any(|(i, c)| **i == *image && **c == counted), "{named:?}");
    }
}
