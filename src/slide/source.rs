//! Where the pictures of a slide are, and which film each shows. Never guessed.

use std::path::{Path, PathBuf};

use super::sheet::SlideSheet;
use crate::error::{Error, ErrorKind, Result};
use crate::intake::{Limits, Listing, film_folders, film_of_name, list_folder};
use crate::record::{PassedOver, Settings, SlideInfo};
use crate::terms::Film;

/// One file of a slide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PictureFile {
    /// The film that it shows.
    pub film: Film,
    /// Where it is.
    pub path: PathBuf,
    /// Its name relative to the slide's folder, with `/` between folders.
    pub name: String,
}

/// The pictures of one film in acquisition order (natural order of their names).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilmPictures {
    /// The film.
    pub film: Film,
    /// Its pictures.
    pub paths: Vec<PathBuf>,
}

/// The pictures of one slide (or of both films of one patient) and what was said about it.
#[derive(Clone, Debug, PartialEq)]
pub struct SlideSource {
    pub(super) info: SlideInfo,
    pub(super) settings: Settings,
    pub(super) files: Vec<PictureFile>,
    pub(super) passed_over: Vec<PassedOver>,
}

impl SlideSource {
    /// Looks into `path`: a folder of pictures, a folder with sub-folders named for the films, or one picture.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] where the film is not stated in any of the three ways or no picture is found;
    /// [`ErrorKind::Io`] where the system refuses; what [`SlideSheet::read`] refuses.
    pub fn find(path: &Path, settings: &Settings, limits: &Limits) -> Result<Self> {
        let metadata = std::fs::metadata(path).map_err(|e| Error::io(path, "look at", e))?;
        if metadata.is_file() {
            return Self::of_one_picture(path, settings);
        }
        let sheet = SlideSheet::read(path)?;
        let completed = sheet.complete(settings);
        let mut films = Vec::new();
        let mut passed_over = Vec::new();
        let named = film_folders(path)?;
        let itself_only = named.len() == 1 && named.first().is_some_and(|(_, dir)| dir == path);
        match (completed.film, named.is_empty() || itself_only) {
            (Some(film), _) if itself_only || named.is_empty() || has_pictures(path, limits) => {
                films.push(Self::list(path, film, path, limits, &mut passed_over)?);
            }
            (Some(film), _) => {
                // A folder of films, of which one is wanted.
                let dirs: Vec<&PathBuf> = named.iter().filter(|(f, _)| *f == film).map(|(_, d)| d).collect();
                if dirs.is_empty() {
                    return Err(wrong_film(path, film));
                }
                for dir in dirs {
                    films.push(Self::list(dir, film, path, limits, &mut passed_over)?);
                }
            }
            (None, true) if !itself_only => return Err(film_not_stated(path)),
            (None, _) => {
                for (film, dir) in &named {
                    films.push(Self::list(dir, *film, path, limits, &mut passed_over)?);
                }
            }
        }
        let files = films
            .into_iter()
            .flat_map(|f| f.paths.into_iter().map(move |p| (f.film, p)))
            .map(|(film, p)| PictureFile { film, name: relative(&p, path), path: p })
            .collect();
        Ok(Self { info: sheet.info(name_of(path)), settings: completed, files, passed_over })
    }

    /// A slide whose pictures are known one by one, as an archive's manifest or an embedder knows them.
    /// `root` is the folder that names in the record are relative to.
    pub fn of_files(info: SlideInfo, settings: Settings, root: &Path, films: Vec<FilmPictures>) -> Self {
        let files = films
            .into_iter()
            .flat_map(|f| f.paths.into_iter().map(move |p| (f.film, p)))
            .map(|(film, p)| PictureFile { film, name: relative(&p, root), path: p })
            .collect();
        Self { info, settings, files, passed_over: Vec::new() }
    }

    /// The same slide with other words about it, such as those of an archive's manifest.
    #[must_use]
    pub fn with_info(mut self, info: SlideInfo) -> Self {
        self.info = info;
        self
    }

    /// A slide put together from what an earlier [`SlideSource`] told about itself, such as an archive's journal.
    pub fn of_parts(
        info: SlideInfo,
        settings: Settings,
        files: Vec<PictureFile>,
        passed_over: Vec<PassedOver>,
    ) -> Self {
        Self { info, settings, files, passed_over }
    }

    /// The files in acquisition order, thick film first.
    pub fn files(&self) -> &[PictureFile] {
        &self.files
    }

    /// What was said about the slide.
    pub fn info(&self) -> &SlideInfo {
        &self.info
    }

    /// The settings of the run, completed by the slide's sheet.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Files that are no pictures.
    pub fn passed_over(&self) -> &[PassedOver] {
        &self.passed_over
    }

    fn of_one_picture(path: &Path, settings: &Settings) -> Result<Self> {
        let root = path.parent().unwrap_or(Path::new(""));
        let sheet = SlideSheet::read(root)?;
        let completed = sheet.complete(settings);
        let named = || root.file_name().and_then(|n| n.to_str()).and_then(film_of_name);
        let film = completed.film.or_else(named).ok_or_else(|| film_not_stated(path))?;
        let file = PictureFile { film, path: path.to_path_buf(), name: relative(path, root) };
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        Ok(Self { info: sheet.info(name), settings: completed, files: vec![file], passed_over: Vec::new() })
    }

    fn list(
        dir: &Path,
        film: Film,
        root: &Path,
        limits: &Limits,
        passed_over: &mut Vec<PassedOver>,
    ) -> Result<FilmPictures> {
        let listing = match list_folder(dir, limits) {
            Ok(listing) => listing,
            Err(nothing) if nothing.kind() == ErrorKind::Usage => {
                // Cameras and data sets put the pictures one folder further down.
                match only_child_with_pictures(dir, limits) {
                    Some(listing) => listing,
                    None => return Err(nothing),
                }
            }
            Err(other) => return Err(other),
        };
        passed_over.extend(
            listing
                .passed_over
                .iter()
                .filter(|p| !(p.path.is_dir() && film_folder(&p.path)))
                .map(|p| PassedOver { image: relative(&p.path, root), reason: p.reason.key().to_owned() }),
        );
        Ok(FilmPictures { film, paths: listing.pictures })
    }
}

fn film_folder(path: &Path) -> bool {
    path.file_name().and_then(|n| n.to_str()).and_then(film_of_name).is_some()
}

fn has_pictures(dir: &Path, limits: &Limits) -> bool {
    list_folder(dir, limits).is_ok()
}

/// The pictures of the one sub-folder that has any.
fn only_child_with_pictures(dir: &Path, limits: &Limits) -> Option<Listing> {
    let mut children: Vec<PathBuf> =
        std::fs::read_dir(dir).ok()?.filter_map(|e| Some(e.ok()?.path())).filter(|p| p.is_dir()).collect();
    children.sort();
    let mut found = children.iter().filter_map(|child| list_folder(child, limits).ok());
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

/// `path` below `root` with `/` between folders; the file name where it does not lie there.
fn relative(path: &Path, root: &Path) -> String {
    let below = path.strip_prefix(root).ok().filter(|p| !p.as_os_str().is_empty());
    let shown = below.unwrap_or_else(|| Path::new(path.file_name().unwrap_or(path.as_os_str())));
    let parts: Vec<String> =
        shown.components().map(|c| c.as_os_str().to_string_lossy().into_owned()).collect();
    parts.join("/")
}

/// Name of a folder, also of `.` and `..`.
fn name_of(dir: &Path) -> String {
    let resolved = dir.canonicalize().unwrap_or_else(|_| dir.to_path_buf());
    resolved.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn film_not_stated(path: &Path) -> Error {
    Error::new(
        ErrorKind::Usage,
        "thick or thin film? Say so in one of three ways: --film thick (or thin); a slide.toml beside the pictures \
         with film = \"thick\"; or sub-folders named thick and thin (goutte-epaisse, ge, frottis, fm)",
    )
    .with_key("error-film-not-stated")
    .with_path(path)
}

fn wrong_film(path: &Path, film: Film) -> Error {
    Error::new(
        ErrorKind::Usage,
        format!("the {} film was asked for, but the folder only holds the other one", film.code()),
    )
    .with_key(match film {
        Film::Thick => "error-no-thick-film",
        Film::Thin => "error-no-thin-film",
    })
    .with_path(path)
}
