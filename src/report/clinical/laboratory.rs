//! `laboratory.toml`: whose report it is.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::files::read_text;
use crate::intake::{Limits, Picture};
use crate::report::crops::crop_jpeg;
use crate::source::LABORATORY;
use crate::text::is_one_line;
use crate::{Error, ErrorKind, Result};

/// Folders looked into, from the nearest upwards.
const FOLDERS: usize = 6;
/// Most bytes taken: a name and an address.
const MAX_BYTES: u64 = 64 << 10;
/// Longer side of a logo, pixels, at most.
const LOGO: u32 = 480;
/// JPEG quality of a logo.
const QUALITY: u8 = 92;

/// Name, address and logo of the laboratory; all may be missing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Laboratory {
    /// Its name.
    pub name: Option<String>,
    /// Lines below the name: address, telephone, e-mail.
    pub lines: Vec<String>,
    /// Its logo as a JPEG file, with its width and height in pixels.
    pub logo: Option<(Vec<u8>, u32, u32)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Told {
    name: Option<String>,
    #[serde(default)]
    address: Vec<String>,
    phone: Option<String>,
    email: Option<String>,
    logo: Option<PathBuf>,
}

impl Laboratory {
    /// Reads a settings file; the path of its logo is relative to it.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] where it cannot be read; [`ErrorKind::Usage`] naming what does not fit; what
    /// [`Picture::open`] refuses of the logo.
    pub fn read(path: &Path) -> Result<Self> {
        let unfit = |reason: String| {
            Error::new(ErrorKind::Usage, format!("laboratory.toml cannot be used: {reason}"))
                .with_key("error-laboratory")
                .with_arg("reason", reason)
                .with_path(path)
        };
        let text = read_text(path, MAX_BYTES)?;
        let told: Told = toml::from_str(&text).map_err(|e| unfit(e.message().to_owned()))?;
        let lines: Vec<String> = told.address.into_iter().chain(told.phone).chain(told.email).collect();
        if let Some(odd) = told.name.iter().chain(&lines).find(|text| !is_one_line(text)) {
            return Err(unfit(format!("{odd:?} is not one line of text")));
        }
        let logo = told.logo.map(|logo| Self::logo(&path.with_file_name(logo))).transpose()?;
        Ok(Self { name: told.name, lines, logo })
    }

    /// The settings file nearest to a slide: in this folder, or one of the five around it; an empty one where there is none.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub fn near(folder: &Path) -> Result<Self> {
        let folder = std::path::absolute(folder).ok();
        let places = folder.iter().flat_map(|folder| folder.ancestors().take(FOLDERS));
        match places.map(|folder| folder.join(LABORATORY)).find(|file| file.is_file()) {
            Some(file) => Self::read(&file),
            None => Ok(Self::default()),
        }
    }

    fn logo(path: &Path) -> Result<(Vec<u8>, u32, u32)> {
        let logo =
            Picture::open(path, 0, &Limits::default())?.overview(LOGO).map_err(|e| e.with_path(path))?;
        Ok((crop_jpeg(&logo, QUALITY)?, logo.width(), logo.height()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{Rgb, RgbImage};

    #[test]
    fn name_address_and_logo_are_read_and_faults_are_named() {
        let dir = tempfile::tempdir().expect("a folder");
        RgbImage::from_pixel(960, 240, Rgb([0, 90, 160])).save(dir.path().join("logo.png")).expect("saved");
        let file = dir.path().join(LABORATORY);
        let write = |text: &str| std::fs::write(&file, text).expect("written");
        write("name = \"CHR\"\naddress = [\"BP 1\", \"Maradi\"]\nphone = \"+227 20\"\nlogo = \"logo.png\"\n");
        let read = Laboratory::read(&file).expect("sound");
        assert_eq!((read.name.as_deref(), read.lines.len()), (Some("CHR"), 3));
        assert_eq!(read.logo.map(|(_, width, height)| (width, height)), Some((480, 120)));
        for (text, wanted) in
            [("nom = \"x\"", "nom"), ("name = 3", "integer"), ("name = \"a\\nb\"", "one line")]
        {
            write(text);
            let refused = Laboratory::read(&file).expect_err("unfit");
            assert_eq!(refused.key(), Some("error-laboratory"));
            assert!(refused.message().contains(wanted), "{}", refused.message());
        }
    }
}
