//! Pictures that were dropped onto the page: kept in a folder of the user's own, one for each slide.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::answers::{Answer, json};
use crate::files::{make_folder, write_whole};
use crate::source::is_no_pictures_name;
use crate::text::file_name;
use crate::{Error, ErrorKind, Result};

/// Most bytes of one dropped picture.
pub(super) const MAX_PICTURE: usize = 512 << 20;

/// Folder in the user's own where dropped pictures are kept.
const KEPT: &str = "hemozoin";

/// The slides whose pictures are being dropped: into no other folder that is there already is anything put, for two
/// patients' pictures would become one slide.
#[derive(Debug, Default)]
pub(super) struct Dropped {
    open: Mutex<HashSet<PathBuf>>,
}

impl Dropped {
    /// Takes one picture; answers with the folder of its slide.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] for a name that leads elsewhere, for a slide that is there already, and for a second picture
    /// of one name; [`ErrorKind::Io`] where it cannot be written.
    pub(super) fn take(&self, slide: &str, film: &str, name: &str, picture: &[u8]) -> Result<Answer> {
        self.put(&kept()?, slide, film, name, picture)
    }

    fn put(&self, kept: &Path, slide: &str, film: &str, name: &str, picture: &[u8]) -> Result<Answer> {
        let folder = kept.join(plain(slide)?);
        let film = match film {
            "thick" => "goutte-epaisse",
            "thin" => "frottis",
            _ => return Err(no_name()),
        };
        let place = folder.join(film);
        let file = place.join(picture_name(name)?);
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if !open.contains(&folder) && folder.exists() {
            return Err(Error::new(
                ErrorKind::Usage,
                "a slide of this number is here already: type its folder above to read it, or choose another number",
            )
            .with_key("error-review-slide-there")
            .with_arg("folder", folder.display())
            .with_path(&folder));
        }
        make_folder(&place)?;
        open.insert(folder.clone());
        drop(open);
        write_whole(&file, picture)?;
        Ok(json(&serde_json::json!({ "path": folder })))
    }

    /// Takes nothing more into this folder: its slide is being read.
    pub(super) fn close(&self, folder: &Path) {
        self.open.lock().unwrap_or_else(PoisonError::into_inner).remove(folder);
    }
}

/// Where dropped pictures are kept.
fn kept() -> Result<PathBuf> {
    let home = ["HOME", "USERPROFILE"].iter().find_map(std::env::var_os).filter(|home| !home.is_empty());
    home.map(|home| Path::new(&home).join(KEPT)).ok_or_else(|| {
        Error::new(ErrorKind::Usage, "the system names no folder of yours; type the folder of the pictures")
            .with_key("error-review-no-home")
    })
}

/// A name that is one folder or file and nothing else.
fn plain(name: &str) -> Result<&str> {
    file_name(name).ok_or_else(no_name)
}

/// The name of a picture: what is read as a sheet would give the slide another number than the page has.
fn picture_name(name: &str) -> Result<&str> {
    let name = plain(name)?;
    if is_no_pictures_name(name) {
        return Err(Error::new(
            ErrorKind::Usage,
            format!(
                "{name} is no picture: drop the pictures alone, or type the folder above to have it read with its sheet"
            ),
        )
        .with_key("error-review-no-picture")
        .with_arg("name", name));
    }
    Ok(name)
}

fn no_name() -> Error {
    Error::new(ErrorKind::Usage, "this name cannot be that of a slide or a picture; choose another")
        .with_key("error-review-name")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_leads_nowhere_else() {
        for wrong in ["", " ", "..", "../x", "a/b", "a\\b", "C:x", ".hidden", "a\nb", "x\u{202e}y"] {
            assert!(plain(wrong).is_err(), "{wrong:?}");
        }
        assert_eq!(plain(" N° 17 é.jpg ").expect("a name"), "N° 17 é.jpg");
    }

    #[test]
    fn a_sheet_is_no_picture() {
        let home = tempfile::tempdir().expect("a folder");
        for name in ["slide.toml", " slide.toml", "lame.toml", "laboratory.toml"] {
            let refused =
                Dropped::default().put(home.path(), "17", "thick", name, b"slide = 18").expect_err(name);
            assert_eq!(refused.key(), Some("error-review-no-picture"), "{name}");
        }
        assert!(!home.path().join("17").exists());
    }

    #[test]
    fn a_slide_that_is_there_gets_no_pictures_of_another() {
        let home = tempfile::tempdir().expect("a folder");
        let (dropped, folder) = (Dropped::default(), home.path().join("17"));
        let put = |dropped: &Dropped, name: &str| dropped.put(home.path(), "17", "thick", name, b"x");
        put(&dropped, "1.jpg").expect("kept");
        put(&dropped, "2.jpg").expect("kept");
        dropped.close(&folder);
        let refused = put(&dropped, "3.jpg").expect_err("it is being read");
        assert_eq!(refused.key(), Some("error-review-slide-there"));
        assert!(put(&Dropped::default(), "3.jpg").is_err(), "of an earlier start");
        assert_eq!(std::fs::read_dir(folder.join("goutte-epaisse")).expect("a folder").count(), 2);
    }
}
