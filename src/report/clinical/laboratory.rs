//! `laboratory.toml`: whose report it is.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::entry::{Keyed, Nearness, Written, keyed, nearness, text_of_bytes};
use crate::files::read_plain;
use crate::intake::{Limits, Picture};
use crate::report::crops::crop_jpeg;
use crate::source::LABORATORY;
use crate::text::is_one_line;
use crate::{Error, ErrorKind, Result};

/// The name without its ending.
const STEM: &str = "laboratory";
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

/// What a person may call the file.
const ALSO: [&str; 3] = ["laboratoire", "laboratoires", "labo"];
/// Its keys.
const KEYS: [&str; 5] = ["name", "address", "phone", "email", "logo"];

impl Laboratory {
    /// Reads a settings file; the path of its logo is relative to it.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] where it cannot be read; [`ErrorKind::Usage`] naming what does not fit; what
    /// [`Picture::open`] refuses of the logo.
    pub fn read(path: &Path) -> Result<Self> {
        let bytes = read_plain(path, MAX_BYTES)?;
        let text = text_of_bytes(&bytes).map_err(|_| {
            Error::new(ErrorKind::Usage, "this is neither UTF-8 nor Windows-1252 text; save it as UTF-8")
                .with_key("error-sheet-encoding")
                .with_path(path)
        })?;
        let at_the_path = |e: Error| e.with_path(path);
        let (mut faults, mut told) = (Vec::new(), BTreeMap::new());
        for entry in keyed(&text).map_err(at_the_path)? {
            match texts_of(&entry) {
                Ok(texts) => _ = told.insert(entry.key, texts),
                Err(fault) => faults.push(fault.with_path(path)),
            }
        }
        if let Some(faults) = Error::all(faults) {
            return Err(faults);
        }
        let mut of = |key: &str| told.remove(key).unwrap_or_default();
        let name = of("name").into_iter().next();
        let lines = ["address", "phone", "email"].into_iter().flat_map(&mut of).collect();
        let logo = of("logo").first().map(|logo| Self::logo(&path.with_file_name(logo))).transpose()?;
        Ok(Self { name, lines, logo })
    }

    /// The settings file nearest to a slide: in this folder, or one of the five around it; an empty one where there is none.
    ///
    /// # Errors
    /// As [`Self::read`]; [`ErrorKind::Usage`] where a file has nearly its name, or two could be it.
    pub fn near(folder: &Path) -> Result<Self> {
        let folder = std::path::absolute(folder).ok();
        let places = folder.iter().flat_map(|folder| folder.ancestors().take(FOLDERS));
        for place in places {
            if let Some(file) = file_in(place)? {
                return Self::read(&file);
            }
        }
        Ok(Self::default())
    }

    fn logo(path: &Path) -> Result<(Vec<u8>, u32, u32)> {
        let logo =
            Picture::open(path, 0, &Limits::default())?.overview(LOGO).map_err(|e| e.with_path(path))?;
        Ok((crop_jpeg(&logo, QUALITY)?, logo.width(), logo.height()))
    }
}

/// The texts of one key: as many as lines of an address, else one; an empty one says nothing.
fn texts_of(entry: &Keyed) -> Result<Vec<String>> {
    let unfit = |key: &'static str, what: &str| {
        Error::new(ErrorKind::Usage, format!("{}: {what}", entry.shown))
            .with_key(key)
            .with_arg("shown", &entry.shown)
            .on_line(entry.line)
    };
    let known = KEYS.join(", ");
    if !KEYS.contains(&entry.key.as_str()) {
        let what = format!("there is no key {}; the keys are {known}", entry.key);
        return Err(unfit("error-sheet-key", &what).with_arg("name", &entry.key).with_arg("known", known));
    }
    let texts = match &entry.value {
        Written::Text(text) => vec![text.clone()],
        Written::List(lines) if entry.key == "address" => lines.clone(),
        Written::List(_) | Written::Other => {
            return Err(unfit("error-sheet-text", "write one text between quotation marks"));
        }
    };
    match texts.iter().find(|text| !is_one_line(text)) {
        Some(_) => Err(unfit("error-laboratory-line", "write each text as one line")),
        None => Ok(texts.into_iter().filter(|text| !text.is_empty()).collect()),
    }
}

/// The settings file that lies directly in a folder.
fn file_in(folder: &Path) -> Result<Option<PathBuf>> {
    let (mut same, mut near) = (Vec::new(), Vec::new());
    // A folder around that may not be listed may hold the file itself all the same.
    let listed = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    for path in listed.filter(|path| path.is_file()) {
        let name = path.file_name().and_then(|name| name.to_str());
        match name.map_or(Nearness::Other, |name| nearness(name, STEM, &ALSO, &["txt"])) {
            Nearness::Same => same.push(path),
            Nearness::Near => near.push(path),
            Nearness::Exact | Nearness::Other => {}
        }
    }
    let exact = Some(folder.join(LABORATORY)).filter(|file| file.is_file());
    same.extend(exact.clone());
    same.sort();
    near.sort();
    match (exact, same.as_slice(), near.first()) {
        (_, [one, other, ..], _) => Err(named_twice(one, other)),
        (_, [one], _) => Ok(Some(one.clone())),
        (_, [], Some(near)) => Err(nearly(near)),
        (_, [], None) => Ok(None),
    }
}

fn shown(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn named_twice(one: &Path, other: &Path) -> Error {
    let (name, other) = (shown(one), shown(other));
    Error::new(
        ErrorKind::Usage,
        format!("{name} and {other} could both say whose report it is; keep one of them as {LABORATORY}"),
    )
    .with_key("error-laboratory-two")
    .with_arg("name", name)
    .with_arg("other", other)
    .with_path(one.parent().unwrap_or(one))
}

fn nearly(path: &Path) -> Error {
    let name = shown(path);
    Error::new(
        ErrorKind::Usage,
        format!("{name} may say whose report it is and is not called {LABORATORY}; rename it to {LABORATORY}, or move it elsewhere"),
    )
    .with_key("error-laboratory-name")
    .with_arg("name", name)
    .with_path(path)
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
        for (text, line, key, wanted) in [
            ("name = CHR\nnom = \"x\"", 2, "error-sheet-key", "nom"),
            ("name = [\"a\"]", 1, "error-sheet-text", "name"),
            ("name = \"a\\nb\"", 1, "error-laboratory-line", "one line"),
            ("name = CHR\nname = CHU", 2, "error-sheet-twice", "lines 1 and 2"),
            ("name", 1, "error-sheet", "name"),
        ] {
            write(text);
            let refused = Laboratory::read(&file).expect_err("unfit");
            assert_eq!((refused.key(), refused.line()), (Some(key), Some(line)), "{text}");
            assert_eq!(refused.path(), Some(file.as_path()));
            assert!(refused.message().contains(wanted), "{}", refused.message());
        }
    }

    /// As a person in a French laboratory writes it: without quotation marks, in Notepad.
    #[test]
    fn it_is_read_by_the_door_of_the_sheets() {
        let dir = tempfile::tempdir().expect("a folder");
        for (name, bytes) in [
            ("laboratory.toml.txt", "name = Hôpital de Say\r\nphone = +227 20\r\n".as_bytes()),
            ("Laboratory.toml", b"name = H\xf4pital de Say\r\nphone = \"+227 20\"\r\n"),
        ] {
            let file = dir.path().join(name);
            std::fs::write(&file, bytes).expect("written");
            let read = Laboratory::near(dir.path()).expect("sound");
            assert_eq!(read.name.as_deref(), Some("Hôpital de Say"));
            assert_eq!(read.lines, ["+227 20"]);
            std::fs::remove_file(file).expect("removed");
        }
    }

    #[test]
    fn a_name_that_is_nearly_its_own_is_named() {
        let dir = tempfile::tempdir().expect("a folder");
        let put = |name: &str| std::fs::write(dir.path().join(name), "name = CHR\n").expect("written");
        let key = || Laboratory::near(dir.path()).map(|read| read.name).map_err(|e| e.key());
        put("laboratoire.toml");
        assert_eq!(key(), Err(Some("error-laboratory-name")));
        put(LABORATORY);
        assert_eq!(key(), Ok(Some("CHR".to_owned())));
        put("laboratory.toml.txt");
        assert_eq!(key(), Err(Some("error-laboratory-two")));
    }
}
