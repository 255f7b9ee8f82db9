//! Which film a folder holds, by its name.

use std::path::{Path, PathBuf};

use super::Folder;
use crate::terms::Film;
use crate::{Error, Result};

const THICK: [&str; 8] = [
    "thick",
    "thick-film",
    "thick-smear",
    "goutte-epaisse",
    "gouttes-epaisses",
    "lame-epaisse",
    "ge",
    "epais",
];
const THIN: [&str; 8] =
    ["thin", "thin-film", "thin-smear", "frottis", "frottis-mince", "lame-mince", "fm", "mince"];

/// The film that a folder name stands for: `thick`, `goutte-epaisse`, `ge`; `thin`, `frottis`,
/// `frottis-mince`, `fm`; in any case, with or without accents, with `-`, `_` or a blank between words.
pub fn film_of_name(name: &str) -> Option<Film> {
    let plain = plain(name);
    if THICK.contains(&plain.as_str()) {
        Some(Film::Thick)
    } else if THIN.contains(&plain.as_str()) {
        Some(Film::Thin)
    } else {
        None
    }
}

/// The folders of one patient's films: sub-folders of `folder` named for a film, thick before thin, in natural
/// order; else `folder` itself if it is so named; else none.
///
/// # Errors
/// `Io` where something in it that is named for a film cannot be looked at.
pub fn film_folders(folder: &Folder) -> Result<Vec<(Film, PathBuf)>> {
    let dir = folder.dir();
    let mut found: Vec<(Film, PathBuf)> = Vec::new();
    for path in folder.entries() {
        let Some(film) = film_of_path(path) else { continue };
        // A film that cannot be looked at is not a film that is not there.
        let metadata = std::fs::metadata(path).map_err(|e| Error::io(path, "look at", e))?;
        if metadata.is_dir() {
            found.push((film, path.clone()));
        }
    }
    found.sort_by_key(|(film, _)| *film);
    if found.is_empty() {
        // `.` and `..` have no name of their own.
        let resolved = dir.canonicalize().unwrap_or_else(|_| dir.to_path_buf());
        found.extend(
            film_of_path(dir).or_else(|| film_of_path(&resolved)).map(|film| (film, dir.to_path_buf())),
        );
    }
    Ok(found)
}

fn film_of_path(path: &Path) -> Option<Film> {
    film_of_name(path.file_name()?.to_str()?)
}

/// Lower case, accents off (composed or combining), words joined by `-`.
fn plain(name: &str) -> String {
    name.trim()
        .chars()
        .flat_map(char::to_lowercase)
        .filter(|c| !('\u{300}'..='\u{36f}').contains(c))
        .map(|c| match c {
            'é' | 'è' | 'ê' | 'ë' => 'e',
            '_' | ' ' | '\u{a0}' => '-',
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_both_languages() {
        for name in ["thick", "THICK", "Goutte-Epaisse", "goutte_épaisse", "Goutte e\u{301}paisse", "GE"] {
            assert_eq!(film_of_name(name), Some(Film::Thick), "{name}");
        }
        for name in ["thin", "Frottis", "frottis-mince", "FROTTIS_MINCE", "fm", "Thin"] {
            assert_eq!(film_of_name(name), Some(Film::Thin), "{name}");
        }
        for name in ["", "images", "thickness", "gex", "slide 7"] {
            assert_eq!(film_of_name(name), None, "{name}");
        }
    }
}
