//! Which files of a folder are pictures, in the order in which a person would number them.

use std::cell::{OnceCell, RefCell};
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Limits;
use super::sniff::{SNIFF_BYTES, Sniffed, picture_extension, sniff};
use crate::terms::OtherCode;
use crate::{Error, ErrorKind, Result};

/// The pictures of a folder, and what else lies in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// Files to open, in natural order (2 before 10).
    pub pictures: Vec<PathBuf>,
    /// Files and folders that were not taken, in natural order.
    pub passed_over: Vec<PassedOver>,
}

/// Something in the folder that is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PassedOver {
    /// Where it is.
    pub path: PathBuf,
    /// Why it is not taken.
    pub reason: PassedOverReason,
}

/// Why a file or folder is passed over. Its code is the key of its words in the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, strum::IntoStaticStr)]
#[non_exhaustive]
pub enum PassedOverReason {
    /// Its name starts with a dot.
    #[serde(rename = "passed-over-hidden")]
    #[strum(serialize = "passed-over-hidden")]
    Hidden,
    /// Neither its name nor its content is that of a picture.
    #[serde(rename = "passed-over-foreign")]
    #[strum(serialize = "passed-over-foreign")]
    Foreign,
    /// A folder; only the files of one folder are taken.
    #[serde(rename = "passed-over-folder")]
    #[strum(serialize = "passed-over-folder")]
    Folder,
    /// The system does not let it be read, and its name is not that of a picture.
    #[serde(rename = "passed-over-not-readable")]
    #[strum(serialize = "passed-over-not-readable")]
    NotReadable,
    /// A picture beside the film folders of a patient: nothing says which film it shows.
    #[serde(rename = "passed-over-film-not-stated")]
    #[strum(serialize = "passed-over-film-not-stated")]
    FilmNotStated,
    /// The folder of one film of a patient, without a picture in it; the other film was read.
    #[serde(rename = "passed-over-empty-film")]
    #[strum(serialize = "passed-over-empty-film")]
    EmptyFilm,
    /// A reason that a newer program has; this one never gives it.
    #[serde(untagged)]
    #[schemars(skip)]
    Other(OtherCode),
}

impl PassedOverReason {
    /// Those that leave out what the slide was meant to show, or may have been meant to.
    pub const LOSSES: [Self; 3] = [Self::NotReadable, Self::FilmNotStated, Self::EmptyFilm];

    /// Whether it is one of [`LOSSES`](Self::LOSSES).
    pub fn is_loss(&self) -> bool {
        Self::LOSSES.contains(self)
    }

    /// Stable code, as in records, and key of its words in the catalogue.
    pub fn key(&self) -> &str {
        match self {
            Self::Other(code) => code.as_str(),
            known => known.into(),
        }
    }
}

/// Names that belong to this program and are neither taken nor mentioned.
const OUR_NAMES: [&str; 2] = ["slide.toml", "laboratory.toml"];

/// Folders so named hold results of `hemozoin analyze`; the marked pictures in them are no fields.
const RESULT_PREFIX: &str = "hemozoin-result";

/// Folders of what was drawn, each with the file beside it by which it is known.
const RESULTS: [(&str, &str); 3] =
    [("marked", "record.json"), ("slides", "journal.sqlite"), ("records", "journal.sqlite")];

/// A folder as it was found when it was opened: its names are asked of the system once.
#[derive(Debug)]
pub struct Folder {
    dir: PathBuf,
    /// In natural order; names that sort alike by their bytes.
    entries: Vec<PathBuf>,
    listing: OnceCell<Listing>,
}

impl Folder {
    /// Asks the system for the names in `dir`.
    ///
    /// # Errors
    /// `Io` where the folder cannot be read; `Usage` where it is none; `Limit` for more than `max_entries`
    /// things in it.
    pub fn open(dir: impl Into<PathBuf>, limits: &Limits) -> Result<Self> {
        let dir = dir.into();
        let entries = entries(&dir, limits)?;
        Ok(Self { dir, entries, listing: OnceCell::new() })
    }

    /// Where it is.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Everything directly inside, in natural order.
    pub fn entries(&self) -> &[PathBuf] {
        &self.entries
    }

    /// The folders directly inside in the order of their names' bytes: hidden ones and what was drawn for results left out, links
    /// to folders among them. With the error where the system does not say what something is: it may be a folder, so
    /// the caller must name it or refuse.
    pub fn sub_folders(&self) -> Vec<(PathBuf, Option<Error>)> {
        let mut folders = Vec::new();
        for path in &self.entries {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            if name.starts_with('.') || name.starts_with(RESULT_PREFIX) || self.is_drawn(&name) {
                continue;
            }
            match std::fs::metadata(path) {
                Ok(metadata) if metadata.is_dir() => folders.push((path.clone(), None)),
                Ok(_) => {}
                // It is listed as a picture, and named where it cannot be opened.
                Err(_) if picture_extension(path) => {}
                Err(e) => folders.push((path.clone(), Some(Error::io(path, "look at", e)))),
            }
        }
        folders.sort_by(|(a, _), (b, _)| a.cmp(b));
        folders
    }

    /// Whether a folder of this name directly inside holds what was drawn into a result, of one slide or of an archive.
    fn is_drawn(&self, name: &str) -> bool {
        RESULTS.iter().any(|(drawn, beside)| {
            name == *drawn
                && self.entries.iter().any(|path| path.file_name().is_some_and(|own| own == *beside))
        })
    }

    /// Whether a picture lies directly inside.
    pub fn has_pictures(&self) -> bool {
        !self.listing().pictures.is_empty()
    }

    /// The pictures directly inside, as [`list_folder`] takes them.
    ///
    /// # Errors
    /// `Usage` where there is none.
    pub fn pictures(&self) -> Result<&Listing> {
        let listing = self.listing();
        if listing.pictures.is_empty() { Err(nothing_found(&self.dir, listing)) } else { Ok(listing) }
    }

    fn listing(&self) -> &Listing {
        self.listing.get_or_init(|| {
            let mut listing = Listing::default();
            for path in &self.entries {
                let name = path.file_name().unwrap_or_default();
                let lossy = name.to_string_lossy();
                if OUR_NAMES.iter().any(|ours| name == *ours) {
                    continue;
                }
                match look(path, lossy.starts_with('.')) {
                    None => listing.pictures.push(path.clone()),
                    Some(PassedOverReason::Folder) if lossy.starts_with(RESULT_PREFIX) => {}
                    Some(reason) => listing.passed_over.push(PassedOver { path: path.clone(), reason }),
                }
            }
            listing
        })
    }
}

/// Folders that are looked into more than once while a slide is found, each of them opened once.
#[derive(Debug)]
pub struct Folders<'l> {
    limits: &'l Limits,
    open: RefCell<BTreeMap<PathBuf, Rc<Folder>>>,
}

impl<'l> Folders<'l> {
    /// None opened yet.
    pub fn new(limits: &'l Limits) -> Self {
        Self { limits, open: RefCell::default() }
    }

    /// The folder as it was when it was first opened.
    ///
    /// # Errors
    /// As [`Folder::open`], which is tried again where it failed.
    pub fn open(&self, dir: &Path) -> Result<Rc<Folder>> {
        if let Some(folder) = self.open.borrow().get(dir) {
            return Ok(Rc::clone(folder));
        }
        let folder = Rc::new(Folder::open(dir, self.limits)?);
        self.open.borrow_mut().insert(dir.to_path_buf(), Rc::clone(&folder));
        Ok(folder)
    }

    /// Lets go of a folder and of those inside it: of a tree of any size only what is being looked at is held.
    pub fn close(&self, dir: &Path) {
        self.open.borrow_mut().retain(|open, _| !open.starts_with(dir));
    }
}

/// The pictures directly inside `dir`.
///
/// Content decides, not the name: a picture with a wrong extension is taken. A file whose name promises a
/// picture is taken whatever it holds, and so is a picture in a format that is not read (HEIC, GIF, ...): a field
/// that cannot be opened is reported and not lost.
///
/// # Errors
/// `Io` where the folder cannot be read; `Usage` where it is no folder or holds no picture; `Limit` for
/// more than `max_entries` things in it. Limits on a single file are checked when it is opened.
pub fn list_folder(dir: impl AsRef<Path>, limits: &Limits) -> Result<Listing> {
    Folder::open(dir.as_ref(), limits)?.pictures().cloned()
}

/// Refuses a single file that [`list_folder`] would not take for a picture.
///
/// # Errors
/// `Io` where the system does not let it be read; `Usage` where it is no picture.
pub fn check_picture(path: &Path) -> Result<()> {
    match look(path, false) {
        None => Ok(()),
        Some(PassedOverReason::NotReadable) if path.is_file() => match File::open(path) {
            Err(e) => Err(Error::io(path, "read", e)),
            Ok(_) => Ok(()),
        },
        Some(_) => Err(Error::new(
            ErrorKind::Usage,
            "not a picture, whatever its name says; expected JPEG, PNG, TIFF, BMP or WebP",
        )
        .with_key("error-not-a-picture")
        .with_path(path)),
    }
}

fn entries(dir: &Path, limits: &Limits) -> Result<Vec<PathBuf>> {
    if dir.is_file() {
        return Err(Error::new(ErrorKind::Usage, "this is a file; a folder of pictures was expected")
            .with_key("error-not-a-folder")
            .with_path(dir));
    }
    OPENED.with_borrow_mut(|opened| opened.iter_mut().for_each(|opened| opened.push(dir.to_path_buf())));
    let io = |e| Error::io(dir, "read the folder", e);
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(dir).map_err(io)? {
        paths.push(entry.map_err(io)?.path());
        limits.check_entries(paths.len()).map_err(|e| e.with_path(dir))?;
    }
    paths.sort_by(|a, b| natural(a, b));
    Ok(paths)
}

thread_local! {
    static OPENED: RefCell<Option<Vec<PathBuf>>> = const { RefCell::new(None) };
}

/// The folders that this thread asked the system about since it was called first, in their order; for tests.
#[doc(hidden)]
pub fn folders_opened() -> Vec<PathBuf> {
    OPENED.replace(Some(Vec::new())).unwrap_or_default()
}

fn natural(a: &Path, b: &Path) -> Ordering {
    let name = |p: &Path| p.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    alphanumeric_sort::compare_str(name(a), name(b)).then_with(|| a.as_os_str().cmp(b.as_os_str()))
}

/// `None` for a picture.
fn look(path: &Path, hidden: bool) -> Option<PassedOverReason> {
    if hidden {
        return Some(PassedOverReason::Hidden);
    }
    // Symbolic links are followed; a dangling one counts as not readable.
    if std::fs::metadata(path).is_ok_and(|m| m.is_dir()) {
        return Some(PassedOverReason::Folder);
    }
    if picture_extension(path) {
        return None;
    }
    let mut head = Vec::with_capacity(SNIFF_BYTES);
    let regular = std::fs::metadata(path).is_ok_and(|m| m.is_file());
    if !regular || File::open(path).and_then(|f| f.take(SNIFF_BYTES as u64).read_to_end(&mut head)).is_err() {
        return Some(PassedOverReason::NotReadable);
    }
    match sniff(&head) {
        Sniffed::Known(_) | Sniffed::OtherPicture(_) | Sniffed::CameraRaw(_) => None,
        Sniffed::Foreign | Sniffed::Empty => Some(PassedOverReason::Foreign),
    }
}

fn nothing_found(dir: &Path, listing: &Listing) -> Error {
    let folders = listing.passed_over.iter().filter(|p| p.reason == PassedOverReason::Folder).count();
    let others = listing.passed_over.len() - folders;
    Error::new(
        ErrorKind::Usage,
        format!(
            "no picture found here ({others} other files, {folders} sub-folders); \
             expected JPEG, PNG, TIFF, BMP or WebP files directly in this folder"
        ),
    )
    .with_key("error-no-pictures")
    .with_arg("others", others)
    .with_arg("folders", folders)
    .with_path(dir)
}
