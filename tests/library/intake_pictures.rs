//! Pictures as microscopes, cameras, slide scanners and other programs write them (`tests/pictures/make.py`): how many
//! fields a file holds, which picture the first shows, what is noted, and what is refused by which words.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use hemozoin::intake::{Limits, Pages, Picture};
use hemozoin::locale::{Catalogue, Language};
use image::RgbImage;

use crate::support::table::{Row, of_kind, said};

/// Steps of brightness that rounding costs a picture which came through 8, 10 or 12 bits.
const MOST: u8 = 2;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pictures")
}

struct Case {
    file: String,
    fields: String,
    first: String,
    notes: String,
    scale: String,
    error: String,
}

fn cases() -> Vec<Case> {
    let case = |row: Row| {
        let said = |key| said(&row.expected, key).unwrap_or_default().to_owned();
        let error = if row.expected.starts_with("error-") { row.expected.clone() } else { String::new() };
        let (fields, first, scale) = (said("fields"), said("first"), said("scale"));
        Case { fields, first, notes: said("notes").replace('+', " "), scale, error, file: row.case }
    };
    of_kind("file").into_iter().map(case).collect()
}

fn whole(picture: &Picture) -> RgbImage {
    picture.read(0, 0, picture.size().width, picture.size().height).expect("reads")
}

/// Why a file is not what is expected of it.
fn fault(case: &Case, limits: &Limits, more: &str) -> Option<String> {
    let open = || {
        let mut pages = Pages::open(folder().join(&case.file), limits)?;
        let pictures = (0..pages.count()).map(|page| pages.picture(page)).collect::<Result<Vec<_>, _>>()?;
        Ok::<_, hemozoin::Error>(pictures)
    };
    let pictures = match open() {
        Ok(pictures) if case.error.is_empty() => pictures,
        Ok(pictures) => return Some(format!("{} fields, but it is {}", pictures.len(), case.error)),
        Err(error) => return (error.key() != Some(&case.error)).then(|| error.to_string()),
    };
    if pictures.len().to_string() != case.fields {
        return Some(format!("{} fields instead of {}", pictures.len(), case.fields));
    }
    let first = &pictures[0];
    let notes: Vec<&str> = first.notes().iter().map(|note| note.key().trim_start_matches("note-")).collect();
    let wanted: Vec<&str> = case.notes.split(' ').chain(more.split(' ')).filter(|n| !n.is_empty()).collect();
    if notes.iter().collect::<BTreeSet<_>>() != wanted.iter().collect() {
        return Some(format!("notes {notes:?} instead of {wanted:?}"));
    }
    let scale = first.declared_scale().map(|(scale, _)| scale.get().to_string()).unwrap_or_default();
    if scale != case.scale {
        return Some(format!("scale {scale:?} instead of {:?}", case.scale));
    }
    let wanted = image::open(folder().join(format!("{}.png", case.first))).expect("a picture").into_rgb8();
    let seen = whole(first);
    let most = seen.iter().zip(wanted.iter()).map(|(a, b)| a.abs_diff(*b)).max().unwrap_or(u8::MAX);
    (seen.dimensions() != wanted.dimensions() || most > MOST)
        .then(|| format!("another picture: {:?}, {most} apart", seen.dimensions()))
}

#[test]
fn each_file_is_the_fields_that_it_shows() {
    let cases = cases();
    let say =
        |case: &Case| fault(case, &Limits::default(), "").map(|fault| format!("{}: {fault}", case.file));
    let faults: Vec<String> = cases.iter().filter_map(say).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    let named: BTreeSet<&str> = cases.iter().map(|case| &*case.file).collect();
    let shown: BTreeSet<String> = cases.iter().map(|case| format!("{}.png", case.first)).collect();
    for entry in std::fs::read_dir(folder()).expect("a folder") {
        let name = entry.expect("an entry").file_name().to_string_lossy().into_owned();
        let known = named.contains(&*name) || shown.contains(&name);
        assert!(known || name == "make.py", "{name} is in no case");
    }
}

/// The same files, too large to be held: the same pixels, read region by region, and the middle of several planes.
#[test]
fn what_is_streamed_is_the_same_picture() {
    let limits = Limits::default().with(|l| l.stream_above_pixels = 1);
    let mut seen = 0;
    for case in cases().iter().filter(|case| case.file.ends_with(".tif") && case.error.is_empty()) {
        // Channels are held to be joined, and planes of focus are not compared.
        if case.notes.contains("channels-joined") || case.notes.contains("sharpest-plane") {
            continue;
        }
        assert_eq!(fault(case, &limits, "streamed"), None, "{}", case.file);
        seen += 1;
    }
    assert!(seen > 20, "{seen}");
    let depths = Picture::open(folder().join("ome-depths.tif"), 0, &limits).expect("a stack");
    assert!(depths.notes().iter().any(|note| note.key() == "note-middle-plane"));
    let a = image::open(folder().join("a.png")).expect("a picture").into_rgb8();
    assert_eq!(whole(&depths), a, "the middle plane is the sharp one here");
}

/// Limits are asked for every plane and page.
#[test]
fn limits_hold_for_stacks_and_channels() {
    let small = Limits::default().with(|l| l.max_pixels_in_memory = 100);
    for file in ["imagej-channels.tif", "imagej-depths.tif", "ome-channels.tif", "bits-12-in-16.tif"] {
        let error = Picture::open(folder().join(file), 0, &small).expect_err(file);
        assert_eq!(error.key(), Some("error-limit-pixels"), "{file}: {error}");
    }
    let few = Limits::default().with(|l| l.max_pages = 2);
    let error = Picture::open(folder().join("imagej-depths.tif"), 0, &few).expect_err("four pages");
    assert_eq!(error.key(), Some("error-limit-pages"));
}

/// Whatever is refused is said in both languages, with what to do, and never as damage.
#[test]
fn a_refusal_says_what_to_do_in_both_languages() {
    for language in [Language::French, Language::English] {
        let catalogue = Catalogue::new(language);
        for case in cases().iter().filter(|case| !case.error.is_empty()) {
            let error =
                Picture::open(folder().join(&case.file), 0, &Limits::default()).expect_err(&case.file);
            let said = catalogue.error(&error);
            assert!(["save", "enregistrer"].iter().any(|word| said.contains(word)), "{}: {said}", case.file);
            assert!(!said.contains("damaged picture") && !said.contains("image abîmée"), "{said}");
            assert!(!said.contains("{ $") && !said.contains("error-"), "{said}");
        }
    }
}
