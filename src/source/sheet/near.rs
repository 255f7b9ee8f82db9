//! Where a folder's sheet is, also where its name is nearly right: Windows saves `slide.toml.txt` and shows `slide.toml`.

use std::path::{Path, PathBuf};

use super::{MAX_BYTES, SHEET_NAME};
use crate::entry::{Nearness, nearness, text_of_bytes};
use crate::files::read_plain;
use crate::intake::Folder;
use crate::{Error, ErrorKind, Result};

/// What the sheet is called before its ending, and what a person may call it.
const STEM: &str = "slide";
const ALSO: [&str; 2] = ["lame", "fiche"];
/// Endings of other settings, tables and texts that a person may write into instead.
const ENDINGS: [&str; 10] = ["", "txt", "ini", "json", "csv", "cfg", "conf", "yaml", "yml", "rtf"];

/// The sheet of a folder; `None` where it has none.
///
/// # Errors
/// [`ErrorKind::Usage`] where two files could be the sheet, or one has a name that is nearly its own.
pub(super) fn sheet_in(folder: &Folder) -> Result<Option<PathBuf>> {
    let mut same = Vec::new();
    let mut near = Vec::new();
    let mut exact = None;
    for path in folder.entries() {
        let name = path.file_name().and_then(|name| name.to_str());
        match name.map_or(Nearness::Other, |name| nearness(name, STEM, &ALSO, &ENDINGS)) {
            Nearness::Exact => exact = Some(path.clone()),
            Nearness::Same => same.push(path.clone()),
            Nearness::Near if has_ending(path) || is_text(path) => near.push(path.clone()),
            Nearness::Near | Nearness::Other => {}
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
    name.contains(['.', '\u{ff0e}']) && nearness(name, STEM, &ALSO, &ENDINGS) != Nearness::Other
}

fn has_ending(path: &Path) -> bool {
    path.extension().is_some()
}

/// `slide` without an ending may be a folder, or a picture that lost it.
fn is_text(path: &Path) -> bool {
    read_plain(path, MAX_BYTES).is_ok_and(|bytes| text_of_bytes(&bytes).is_ok())
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

    #[test]
    fn a_text_without_an_ending_is_named_and_a_folder_or_a_picture_is_none() {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("slide");
        let key = || {
            let folder = Folder::open(dir.path(), &Limits::default()).expect("opened");
            sheet_in(&folder).map_err(|e| e.key())
        };
        std::fs::write(&path, "wbc_per_ul = 3000\n").expect("written");
        assert_eq!(key(), Err(Some("error-sheet-name")));
        std::fs::write(&path, b"\xff\xd8\xff\xe0\x00\x10JFIF").expect("written");
        assert_eq!(key(), Ok(None));
        std::fs::remove_file(&path).expect("removed");
        std::fs::create_dir(&path).expect("made");
        assert_eq!(key(), Ok(None));
    }
}
