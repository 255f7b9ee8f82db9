//! Where a folder's sheet is, also where its name is nearly right: Windows saves `slide.toml.txt` and shows `slide.toml`.

use std::path::{Path, PathBuf};

use strsim::osa_distance;

use super::SHEET_NAME;
use crate::entry::one_form;
use crate::intake::Folder;
use crate::{Error, ErrorKind, Result};

/// Names that programs make of [`SHEET_NAME`] when it is saved, in small letters.
const SAVED_AS: [&str; 3] = [SHEET_NAME, "slide.toml.txt", "slide.toml.toml"];

/// What a text editor may put behind the name, in the place of `toml`.
const ENDINGS: [&str; 7] = ["toml", "toml.txt", "toml.toml", "toml.rtf", "toml.doc", "toml.docx", "toml.odt"];

/// What a name means for a folder's sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Nearness {
    Exact,
    /// A name that a program made of it: the sheet, where there is no other.
    Same,
    /// A name that a person may have meant for it.
    Near,
    Other,
}

/// The sheet of a folder; `None` where it has none.
///
/// # Errors
/// [`ErrorKind::Usage`] where two files could be the sheet, or one has a name that is nearly its own.
pub(super) fn sheet_in(folder: &Folder) -> Result<Option<PathBuf>> {
    let mut same = Vec::new();
    let mut near = Vec::new();
    let mut exact = None;
    for path in folder.entries() {
        match path.file_name().and_then(|name| name.to_str()).map_or(Nearness::Other, nearness) {
            Nearness::Exact => exact = Some(path.clone()),
            Nearness::Same => same.push(path.clone()),
            Nearness::Near => near.push(path.clone()),
            Nearness::Other => {}
        }
    }
    same.sort();
    near.sort();
    match (exact, same.as_slice(), near.first()) {
        (Some(exact), [], _) => Ok(Some(exact)),
        (Some(exact), [other, ..], _) => Err(two_sheets(&exact, other)),
        (None, [one], _) => Ok(Some(one.clone())),
        (None, [one, other, ..], _) => Err(two_sheets(one, other)),
        (None, [], Some(near)) => Err(nearly(near)),
        (None, [], None) => Ok(None),
    }
}

/// Whether a file of this name is the sheet, or may have been meant for it: it is no file that was passed over.
pub(in crate::source) fn is_meant(name: &str) -> bool {
    nearness(name) != Nearness::Other
}

fn nearness(name: &str) -> Nearness {
    if name == SHEET_NAME {
        return Nearness::Exact;
    }
    let name = one_form(name).to_lowercase();
    if SAVED_AS.contains(&name.as_str()) {
        return Nearness::Same;
    }
    let (stem, ending) = name.split_once('.').unwrap_or((&name, ""));
    let stem = stem.trim_end_matches(|c: char| c.is_ascii_digit() || " ()-_".contains(c));
    let stem = ["copie", "copy"].iter().find_map(|word| stem.strip_suffix(word)).unwrap_or(stem);
    let stem = stem.trim_end_matches([' ', '-', '_']);
    let named = ["lame", "fiche"].contains(&stem) || osa_distance(stem, "slide") <= 1;
    let ended = ENDINGS.contains(&ending) || osa_distance(ending, "toml") <= 1;
    if named && ended || stem == "slide" && ending == "txt" { Nearness::Near } else { Nearness::Other }
}

fn shown(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn two_sheets(one: &Path, other: &Path) -> Error {
    let (name, other) = (shown(one), shown(other));
    Error::new(
        ErrorKind::Usage,
        format!("{name} and {other} could both be the sheet of this slide; keep one of them as {SHEET_NAME}"),
    )
    .with_key("error-sheet-two")
    .with_arg("name", name)
    .with_arg("other", other)
    .with_path(one.parent().unwrap_or(one))
}

fn nearly(path: &Path) -> Error {
    let name = shown(path);
    Error::new(
        ErrorKind::Usage,
        format!(
            "{name} may be meant for the sheet of this slide and is not called {SHEET_NAME}; rename it to {SHEET_NAME}, \
             or move it elsewhere"
        ),
    )
    .with_key("error-sheet-name")
    .with_arg("name", name)
    .with_path(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::Limits;

    #[test]
    fn names_that_are_nearly_right() {
        for (name, wanted) in [
            ("slide.toml", Nearness::Exact),
            ("Slide.toml", Nearness::Same),
            ("SLIDE.TOML", Nearness::Same),
            ("slide.toml.txt", Nearness::Same),
            ("Slide.toml.TXT", Nearness::Same),
            ("slide.toml.toml", Nearness::Same),
            ("slide (1).toml", Nearness::Near),
            ("slide - Copie.toml", Nearness::Near),
            ("slides.toml", Nearness::Near),
            ("silde.toml", Nearness::Near),
            ("slide.tolm", Nearness::Near),
            ("slide.tom", Nearness::Near),
            ("slide.txt", Nearness::Near),
            ("lame.toml", Nearness::Near),
            ("slide.toml.docx", Nearness::Near),
            ("slide.jpg", Nearness::Other),
            ("slide", Nearness::Other),
            ("slide.tif", Nearness::Other),
            ("floor.toml", Nearness::Other),
            ("slide.toml.bak", Nearness::Other),
            ("notes.txt", Nearness::Other),
            ("1.jpg", Nearness::Other),
        ] {
            assert_eq!(nearness(name), wanted, "{name}");
        }
    }

    #[test]
    fn one_sheet_is_found_and_two_are_named() {
        let dir = tempfile::tempdir().expect("a folder");
        let put = |name: &str| std::fs::write(dir.path().join(name), "").expect("written");
        let key = || {
            let folder = Folder::open(dir.path(), &Limits::default()).expect("opened");
            sheet_in(&folder).map_err(|e| (e.key(), e.to_string()))
        };
        assert_eq!(key(), Ok(None));
        put("slides.toml");
        assert!(matches!(key(), Err((Some("error-sheet-name"), said)) if said.contains("slides.toml")));
        put("slide.toml.txt");
        assert_eq!(key(), Ok(Some(dir.path().join("slide.toml.txt"))));
        put("slide.toml");
        assert!(matches!(key(), Err((Some("error-sheet-two"), said)) if said.contains("slide.toml.txt")));
        std::fs::remove_file(dir.path().join("slide.toml.txt")).expect("removed");
        assert_eq!(key(), Ok(Some(dir.path().join("slide.toml"))));
    }
}
