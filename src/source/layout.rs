//! Whether folders named for films are the films of one patient or hold slides of their own.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::sheet::SlideSheet;
use crate::intake::{Folder, Folders, film_folders};
use crate::terms::Film;
use crate::{Error, ErrorKind, Result};

/// A film of a slide: the folder that is named for it, and the folder of its pictures, which may be further
/// down.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub(super) film: Film,
    pub(super) folder: PathBuf,
    pub(super) pictures: PathBuf,
}

/// What a folder for one film of one patient holds.
pub(super) enum Holds {
    /// Its pictures lie in this folder: itself, or one further down.
    Pictures(PathBuf),
    Nothing,
    /// This folder inside it is a slide of its own.
    Slides(PathBuf),
}

impl Holds {
    pub(super) fn pictures(self, dir: &Path) -> Result<PathBuf> {
        match self {
            Self::Pictures(inside) => Ok(inside),
            // Listing it says what lies there instead.
            Self::Nothing => Ok(dir.to_path_buf()),
            Self::Slides(slide) => Err(holds_slides(&slide)),
        }
    }
}

/// What the film folders beside each other are.
pub(super) enum Layout {
    /// The films of one patient.
    Films(Vec<Place>),
    /// Folders of slides, such as this one.
    Slides(PathBuf),
}

impl Layout {
    pub(super) fn places(self) -> Result<Vec<Place>> {
        match self {
            Self::Films(places) => Ok(places),
            Self::Slides(slide) => Err(holds_slides(&slide)),
        }
    }
}

/// Folders named for films.
type Named = Vec<(Film, PathBuf)>;

/// The sub-folders named for films, and the film that `folder` itself is named for where it has none.
pub(super) fn films_of(folder: &Folder) -> Result<(Named, Option<Film>)> {
    let dir = folder.dir();
    let mut named = film_folders(folder)?;
    let itself = named.iter().find(|(_, folder)| folder == dir).map(|(film, _)| *film);
    named.retain(|(_, folder)| folder != dir);
    Ok((named, itself))
}

/// Whether film folders are the films of one patient: each holds pictures or nothing, and where those of two
/// films lie one folder further down, these are named alike or by cameras. Folders with other names are
/// slides, of two patients perhaps.
pub(super) fn one_patient(named: &[(Film, PathBuf)], folders: &Folders<'_>) -> Result<Layout> {
    let mut places = Vec::new();
    let mut refused = None;
    for (film, folder) in named {
        match holds(folder, folders) {
            Ok(Holds::Slides(slide)) => return Ok(Layout::Slides(slide)),
            Ok(held) => {
                places.push(Place { film: *film, folder: folder.clone(), pictures: held.pictures(folder)? });
            }
            Err(e) => {
                refused.get_or_insert(e);
            }
        }
    }
    if let Some(refused) = refused {
        return Err(refused);
    }
    let nested: Vec<&Path> =
        places.iter().filter(|p| p.pictures != p.folder).map(|p| p.pictures.as_path()).collect();
    let alike = nested.windows(2).all(|pair| matches!(pair, [a, b] if a.file_name() == b.file_name()));
    match nested.first() {
        Some(first) if !alike && !nested.iter().all(|dir| is_of_camera(dir)) => {
            Ok(Layout::Slides(first.to_path_buf()))
        }
        _ => Ok(Layout::Films(places)),
    }
}

/// Looks for the pictures of one film: in the folder, or one folder further down, where cameras and data sets
/// put them. A folder with its own `slide.toml` is a slide, and so is each of several folders with pictures.
pub(super) fn holds(dir: &Path, folders: &Folders<'_>) -> Result<Holds> {
    let folder = folders.open(dir)?;
    let direct = folder.has_pictures();
    let mut with_pictures: Vec<PathBuf> = Vec::new();
    for child in folders_in(&folder)? {
        let below = match Below::of(&child, folders, &mut BTreeSet::new()) {
            Ok(below) => below,
            // What a folder beside the pictures holds does not matter; it is named as passed over.
            Err(_) if direct => continue,
            Err(refused) => return Err(refused),
        };
        if below.sheet {
            return Ok(Holds::Slides(child));
        }
        if below.pictures {
            with_pictures.push(child);
        }
    }
    match with_pictures.as_slice() {
        _ if direct => Ok(Holds::Pictures(dir.to_path_buf())),
        [] => Ok(Holds::Nothing),
        [only] if folders.open(only)?.has_pictures() => Ok(Holds::Pictures(only.clone())),
        [only] if is_of_camera(only) => holds(only, folders),
        [first, ..] => Ok(Holds::Slides(first.clone())),
    }
}

/// What lies in a folder at any depth.
#[derive(Clone, Copy, Default)]
struct Below {
    pictures: bool,
    sheet: bool,
}

impl Below {
    /// `links` are the folders that links have led to: none is followed twice.
    fn of(dir: &Path, folders: &Folders<'_>, links: &mut BTreeSet<PathBuf>) -> Result<Self> {
        let folder = folders.open(dir)?;
        let mut found = Self { pictures: folder.has_pictures(), sheet: SlideSheet::is_in(&folder) };
        if found.sheet {
            return Ok(found);
        }
        for child in folders_in(&folder)? {
            if child.is_symlink() {
                let target = child.canonicalize().map_err(|e| Error::io(&child, "look at", e))?;
                if !links.insert(target) {
                    continue;
                }
            }
            let below = Self::of(&child, folders, links)?;
            found.pictures |= below.pictures;
            found.sheet |= below.sheet;
            if found.sheet {
                break;
            }
        }
        Ok(found)
    }
}

/// The sub-folders of `folder`; a link that leads nowhere is none.
fn folders_in(folder: &Folder) -> Result<Vec<PathBuf>> {
    let mut folders = Vec::new();
    for (folder, trouble) in folder.sub_folders() {
        match trouble {
            None => folders.push(folder),
            Some(gone) if gone.key() == Some("error-not-found") => {}
            Some(refused) => return Err(refused),
        }
    }
    Ok(folders)
}

/// A name that cameras and phones give (DCF, JEITA CP-3461: `DCIM`, and below it a number and five
/// characters, such as `100CANON`). Narrower than DCF, so that the number of a slide is not taken for one.
fn is_of_camera(dir: &Path) -> bool {
    let Some(name) = dir.file_name().and_then(|n| n.to_str()) else { return false };
    if name.eq_ignore_ascii_case("DCIM") || name.eq_ignore_ascii_case("camera") {
        return true;
    }
    match name.as_bytes() {
        [b'1', b'0', b'0'..=b'9', first, rest @ ..] => {
            let free = |c: &u8| c.is_ascii_uppercase() || c.is_ascii_digit() || *c == b'_';
            rest.len() == 4 && free(first) && !first.is_ascii_digit() && rest.iter().all(free)
        }
        _ => false,
    }
}

fn holds_slides(slide: &Path) -> Error {
    Error::new(
        ErrorKind::Usage,
        "this looks like a slide of its own, not like a film of the patient around it; analyze one slide's folder, or \
         all of them with hemozoin archive run",
    )
    .with_key("error-film-holds-slides")
    .with_path(slide)
}
