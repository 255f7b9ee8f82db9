//! Where the pictures of a slide are, and which film each shows. Never guessed.

use std::path::{Path, PathBuf};

use super::layout::{Holds, Layout, Place, films_of, holds, one_patient};
use super::sheet::{SlideSheet, contradicts, is_meant};
use crate::intake::{Folder, Folders, Limits, Listing, Pages, PassedOverReason, check_picture, film_of_name};
use crate::record::{Facts, PassedOver, SlideInfo, SlideRecord};
use crate::slide::{Content, Engine, PictureInput, PictureSource, Silent, Slide, SlideInput};
use crate::terms::Film;
use crate::text::one_line;
use crate::{Error, ErrorKind, Result};

/// Finds the pictures at `path`, examines them and applies the rules. `facts` go before what a `slide.toml` says.
///
/// # Errors
/// Where nothing can be examined: see [`SlideSource::find`] and [`Slide::run`]. A single unreadable picture is part of
/// the record, not an error.
pub fn analyze(engine: &Engine, path: impl AsRef<Path>, facts: &Facts) -> Result<SlideRecord> {
    SlideSource::find(path.as_ref(), facts, engine.limits())?.slide(engine).run(&Silent)
}

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

impl PictureSource for PictureFile {
    fn open(&self, limits: &Limits) -> Result<Pages> {
        Pages::open(&self.path, limits)
    }

    fn place(&self) -> Option<&Path> {
        Some(&self.path)
    }
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
    pub(super) facts: Facts,
    pub(super) files: Vec<PictureFile>,
    pub(super) passed_over: Vec<PassedOver>,
    /// What the sheet says and the record does not.
    patient_name: Option<String>,
}

impl SlideSource {
    /// Looks into `path`: a folder of pictures, a folder with sub-folders named for the films, or one picture.
    ///
    /// Pictures beside the film folders of a patient are not taken, for nothing says which film they show:
    /// each is named in [`passed_over`](Self::passed_over), and so is the folder of one film that holds no
    /// picture where that of the other does. A `slide.toml` in the folder and those in its film folders
    /// complete each other.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] where the film is not stated in any of the three ways, no picture is found, or a
    /// film folder holds slides of its own instead of the pictures of one film; [`ErrorKind::Io`] where the
    /// system refuses; what [`SlideSheet::read`] refuses.
    pub fn find(path: &Path, facts: &Facts, limits: &Limits) -> Result<Self> {
        Self::find_in(path, facts, &Folders::new(limits))
    }

    /// As [`Self::find`], of folders that are looked into for other things too.
    pub(crate) fn find_in(path: &Path, facts: &Facts, folders: &Folders<'_>) -> Result<Self> {
        let metadata = std::fs::metadata(path).map_err(|e| Error::io(path, "look at", e))?;
        if metadata.is_file() {
            return Self::of_one_picture(path, facts, folders);
        }
        let whole = SlideSheet::read_in(path, folders)?;
        let film = facts.film.or(whole.film);
        let folder = folders.open(path)?;
        let (named, itself) = films_of(&folder)?;
        let loose = folder.has_pictures();
        let mut passed_over = Vec::new();
        let places = match film {
            _ if named.is_empty() => {
                let pictures =
                    if loose { path.to_path_buf() } else { holds(path, folders)?.pictures(path)? };
                let Some(film) = film.or(itself) else {
                    // Where there is no picture, no film is asked for.
                    folders.open(&pictures)?.pictures()?;
                    return Err(film_not_stated(path));
                };
                vec![Place { film, folder: path.to_path_buf(), pictures }]
            }
            None => {
                if loose {
                    passed_over = not_taken(folder.pictures()?, path, &named);
                } else {
                    passed_over = beside_the_films(&folder, path, &named, folders);
                }
                one_patient(&named, folders)?.places()?
            }
            Some(film) if loose => {
                let mut places =
                    vec![Place { film, folder: path.to_path_buf(), pictures: path.to_path_buf() }];
                // Film folders with slides of their own are not part of this one.
                if let Layout::Films(films) = one_patient(&named, folders)? {
                    places.extend(films.into_iter().filter(|place| place.film == film));
                }
                places
            }
            Some(film) => {
                // A folder of films, of which one is wanted.
                let wanted: Vec<_> = named.iter().filter(|(f, _)| *f == film).cloned().collect();
                if wanted.is_empty() {
                    return Err(wrong_film(path, film));
                }
                one_patient(&wanted, folders)?.places()?
            }
        };
        let sheet = joined_sheet(path, whole, &places, facts, folders)?;
        let mut files = Vec::new();
        let mut empty = None;
        for place in &places {
            let folder = folders.open(&place.pictures)?;
            let listing = match folder.pictures() {
                Ok(listing) => listing,
                Err(nothing) if nothing.key() == Some("error-no-pictures") => {
                    passed_over.push(named_in(&place.folder, path, PassedOverReason::EmptyFilm));
                    empty.get_or_insert(nothing);
                    continue;
                }
                Err(refused) => return Err(refused),
            };
            let taken = |path: &Path| places.iter().any(|p| p.folder == path);
            passed_over.extend(
                listing
                    .passed_over
                    .iter()
                    .filter(|p| !taken(&p.path))
                    .map(|p| named_in(&p.path, path, p.reason)),
            );
            files.extend(listing.pictures.iter().map(|p| PictureFile {
                film: place.film,
                name: relative(p, path),
                path: p.clone(),
            }));
        }
        if let Some(nothing) = empty.filter(|_| files.is_empty()) {
            return Err(nothing);
        }
        // The sheet is read, whatever it is called.
        passed_over.retain(|p| !p.image.rsplit('/').next().is_some_and(is_meant));
        let facts = sheet.complete(facts);
        // `N-17/thick` is the thick film of N-17.
        let around = itself.and_then(|_| Some(Self::name_of(path.canonicalize().ok()?.parent()?)));
        let name = around.filter(|name| !name.is_empty()).unwrap_or_else(|| Self::name_of(path));
        let info = sheet.info(name);
        Ok(Self { info, facts, files, passed_over, patient_name: sheet.info.patient_name })
    }

    /// The sub-folders of `dir` that belong to the slide in it, as [`Self::find`] takes them; `None` where
    /// `dir` is no slide, only a folder around some.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] where the system refuses; [`ErrorKind::Limit`] for a folder with too many entries.
    pub fn parts(dir: &Path, limits: &Limits) -> Result<Option<Vec<PathBuf>>> {
        Self::parts_in(dir, &Folders::new(limits))
    }

    /// As [`Self::parts`], of folders that are looked into for other things too.
    pub(crate) fn parts_in(dir: &Path, folders: &Folders<'_>) -> Result<Option<Vec<PathBuf>>> {
        let folder = folders.open(dir)?;
        let (named, _) = films_of(&folder)?;
        let direct = folder.has_pictures();
        if !named.is_empty() {
            return Ok(match one_patient(&named, folders)? {
                Layout::Films(_) => Some(named.into_iter().map(|(_, folder)| folder).collect()),
                Layout::Slides(_) => direct.then(Vec::new),
            });
        }
        if direct {
            return Ok(Some(Vec::new()));
        }
        // A sheet says that this is a slide, where the pictures lie one folder further down.
        if !SlideSheet::is_in(&folder) {
            return Ok(None);
        }
        Ok(match holds(dir, folders)? {
            Holds::Pictures(inside) => {
                let below = inside.strip_prefix(dir).ok().and_then(|p| p.components().next());
                below.map(|first| vec![dir.join(first)])
            }
            Holds::Nothing | Holds::Slides(_) => None,
        })
    }

    /// A slide whose pictures are known one by one, as an archive's manifest or an embedder knows them.
    /// `root` is the folder that names in the record are relative to.
    pub fn of_files(info: SlideInfo, facts: Facts, root: &Path, films: Vec<FilmPictures>) -> Self {
        let files = films
            .into_iter()
            .flat_map(|f| f.paths.into_iter().map(move |p| (f.film, p)))
            .map(|(film, p)| PictureFile { film, name: relative(&p, root), path: p })
            .collect();
        Self { info, facts, files, passed_over: Vec::new(), patient_name: None }
    }

    /// As [`Self::of_files`], completed by the `slide.toml` of every folder that a picture lies in; what
    /// `info` and `facts` hold goes before it. `whole` are the folders that were named as a whole for this
    /// slide, each with what of it was passed over.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] where two sheets contradict each other, or where one of a folder that was not
    /// named as a whole is that of another slide; [`ErrorKind::Io`] where the system refuses; what
    /// [`SlideSheet::read`] refuses.
    #[cfg(feature = "archive")]
    pub(crate) fn of_listed(
        info: SlideInfo,
        facts: &Facts,
        root: &Path,
        films: Vec<FilmPictures>,
        whole: &[(PathBuf, Vec<crate::intake::PassedOver>)],
        folders: &Folders<'_>,
    ) -> Result<Self> {
        let mut parts: Vec<(PathBuf, SlideSheet)> = Vec::new();
        for dir in films.iter().flat_map(|f| &f.paths).filter_map(|picture| picture.parent()) {
            if parts.iter().any(|(known, _)| known == dir) {
                continue;
            }
            let mut sheet = SlideSheet::read_in(dir, folders)?;
            // The list gives the number and the film of each picture.
            let number = std::mem::take(&mut sheet.info.id);
            sheet.film = None;
            let listed_whole = whole.iter().any(|(folder, _)| folder == dir);
            if !number.is_empty() && !listed_whole && number != info.id {
                return Err(sheet_of_another(dir, &number, &info.id));
            }
            parts.push((dir.to_path_buf(), sheet));
        }
        let sheet = SlideSheet::default().join(&parts, facts)?;
        let from_sheets = sheet.info(info.id.clone());
        let mut source = Self::of_files(from_sheets, sheet.complete(facts), root, films).with_info(info);
        let passed_over = whole.iter().flat_map(|(_, passed_over)| passed_over);
        let meant = |p: &&crate::intake::PassedOver| {
            p.path.file_name().and_then(|name| name.to_str()).is_some_and(is_meant)
        };
        source.passed_over =
            passed_over.filter(|p| !meant(p)).map(|p| named_in(&p.path, root, p.reason)).collect();
        Ok(source)
    }

    /// The same slide with other words about it, such as those of an archive's manifest or of flags; what they leave
    /// open stays as the slide's sheet has it.
    #[must_use]
    pub fn with_info(mut self, info: SlideInfo) -> Self {
        self.info = info.or(&self.info);
        self
    }

    /// The same slide with the patient's name of its sheet in what was said about it, and so in the record and every
    /// report: for a person who asks for it.
    #[must_use]
    pub fn with_identity(mut self) -> Self {
        if self.info.patient_name.is_none() {
            self.info.patient_name.clone_from(&self.patient_name);
        }
        self
    }

    /// A slide put together from what an earlier [`SlideSource`] told about itself, such as an archive's journal.
    pub fn of_parts(
        info: SlideInfo,
        facts: Facts,
        files: Vec<PictureFile>,
        passed_over: Vec<PassedOver>,
    ) -> Self {
        Self { info, facts, files, passed_over, patient_name: None }
    }

    /// The files in acquisition order, thick film first.
    pub fn files(&self) -> &[PictureFile] {
        &self.files
    }

    /// What was said about the slide.
    pub fn info(&self) -> &SlideInfo {
        &self.info
    }

    /// The facts that were stated for the run, completed by the slide's sheet.
    pub fn facts(&self) -> &Facts {
        &self.facts
    }

    /// The slide as an engine takes it; its files are opened when their turn comes.
    pub fn input(&self) -> SlideInput {
        let picture = |file: &PictureFile| {
            let mut picture = PictureInput::new(file.name.clone(), Content::source(file.clone()));
            picture.film(file.film);
            picture
        };
        SlideInput {
            info: self.info.clone(),
            facts: self.facts.clone(),
            pictures: self.files.iter().map(picture).collect(),
            passed_over: self.passed_over.clone(),
        }
    }

    /// The slide in the hands of an engine.
    pub fn slide<'e>(&self, engine: &'e Engine) -> Slide<'e> {
        engine.slide_of(self.input())
    }

    /// Files that are no pictures.
    pub fn passed_over(&self) -> &[PassedOver] {
        &self.passed_over
    }

    /// Name of a folder, also of `.` and `..`: the id of a slide without a number.
    pub(crate) fn name_of(dir: &Path) -> String {
        let resolved = dir.canonicalize().unwrap_or_else(|_| dir.to_path_buf());
        one_line(&resolved.file_name().unwrap_or_default().to_string_lossy()).into_owned()
    }

    fn of_one_picture(path: &Path, facts: &Facts, folders: &Folders<'_>) -> Result<Self> {
        check_picture(path)?;
        let root = path.parent().unwrap_or(Path::new(""));
        let sheet = SlideSheet::read_in(root, folders)?;
        let completed = sheet.complete(facts);
        let named = || root.file_name().and_then(|n| n.to_str()).and_then(film_of_name);
        let film = completed.film.or_else(named).ok_or_else(|| film_not_stated(path))?;
        let file = PictureFile { film, path: path.to_path_buf(), name: relative(path, root) };
        let name = one_line(&path.file_stem().unwrap_or_default().to_string_lossy()).into_owned();
        let (info, files) = (sheet.info(name), vec![file]);
        let patient_name = sheet.info.patient_name;
        Ok(Self { info, facts: completed, files, passed_over: Vec::new(), patient_name })
    }
}

/// The sheet of the slide's folder with those of its film folders.
fn joined_sheet(
    path: &Path,
    whole: SlideSheet,
    places: &[Place],
    facts: &Facts,
    folders: &Folders<'_>,
) -> Result<SlideSheet> {
    if places.iter().all(|place| place.folder == path) {
        return Ok(whole);
    }
    let mut parts = Vec::new();
    for place in places {
        // The folder's own sheet is the whole slide's.
        let mut part = if place.folder == path {
            SlideSheet::default()
        } else {
            SlideSheet::read_in(&place.folder, folders)?
        };
        if part.film.take().is_some_and(|film| film != place.film && facts.film.is_none()) {
            return Err(contradicts("film", &place.folder));
        }
        parts.push((place.folder.clone(), part));
    }
    whole.join(&parts, facts)
}

/// What lies beside the film folders `named` of a patient.
fn not_taken(loose: &Listing, root: &Path, named: &[(Film, PathBuf)]) -> Vec<PassedOver> {
    let pictures = loose.pictures.iter().map(|p| named_in(p, root, PassedOverReason::FilmNotStated));
    let others = loose.passed_over.iter().filter(|p| !named.iter().any(|(_, folder)| *folder == p.path));
    pictures.chain(others.map(|p| named_in(&p.path, root, p.reason))).collect()
}

/// Folders with pictures beside those of the films, whose names say no film: none of their pictures is taken.
fn beside_the_films(
    folder: &Folder,
    root: &Path,
    named: &[(Film, PathBuf)],
    folders: &Folders<'_>,
) -> Vec<PassedOver> {
    let beside = folder.sub_folders().into_iter().map(|(path, _)| path);
    beside
        .filter(|path| !named.iter().any(|(_, film)| film == path))
        // One that cannot be looked into may hold pictures, too.
        .filter(|path| !matches!(holds(path, folders), Ok(Holds::Nothing)))
        .map(|path| named_in(&path, root, PassedOverReason::Folder))
        .collect()
}

fn named_in(path: &Path, root: &Path, reason: PassedOverReason) -> PassedOver {
    PassedOver { image: relative(path, root), reason }
}

/// `path` below `root` with `/` between folders; the file name where it does not lie there.
fn relative(path: &Path, root: &Path) -> String {
    let below = path.strip_prefix(root).ok().filter(|p| !p.as_os_str().is_empty());
    let shown = below.unwrap_or_else(|| Path::new(path.file_name().unwrap_or(path.as_os_str())));
    let parts: Vec<String> =
        shown.components().map(|c| c.as_os_str().to_string_lossy().into_owned()).collect();
    parts.join("/")
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

#[cfg(feature = "archive")]
fn sheet_of_another(dir: &Path, number: &str, slide: &str) -> Error {
    Error::new(
        ErrorKind::Usage,
        format!(
            "the slide.toml beside the pictures is that of slide {number}, but the list gives them to {slide}; write \
             the same number into both, or give each slide a folder"
        ),
    )
    .with_key("error-sheet-of-another")
    .with_arg("number", number)
    .with_arg("slide", slide)
    .with_path(dir)
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
