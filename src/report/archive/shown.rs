//! What the page of a slide shows of its pictures, and what the files of that are called.

use std::path::{Path, PathBuf};

use crate::Result;
use crate::archive::PAGES;
use crate::intake::digest_of_bytes;
use crate::record::SlideRecord;
use crate::report::marked::{Marks, chosen_fields};
use crate::report::sheet::{Shelf, ShelfEntry, ShelfKind, evenly, shelves};

/// Names beside those of marked fields.
const CROPS: &str = "crops.jpg";
const DRAWN: &str = "drawn.txt";
/// Crops of one kind, at most; of cells that are no suspects.
const MOST: usize = 60;
const MOST_CELLS: usize = 12;
/// Changes with what is drawn, so that a later program draws anew.
const VERSION: &str = "1";

/// Where the page of a slide and its pictures lie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Places {
    /// Name of both, without an ending.
    pub(super) name: String,
    /// The page.
    pub(super) page: PathBuf,
    /// Folder of the pictures.
    pub(super) pictures: PathBuf,
}

impl Places {
    /// Of the slide whose record is called so, below the output folder.
    pub(super) fn of(folder: &Path, record: &str) -> Self {
        let name = record.strip_suffix(".json").unwrap_or(record).to_owned();
        let slides = Self::all(folder);
        Self { page: slides.join(format!("{name}.html")), pictures: slides.join(&name), name }
    }

    /// The folder of all slides.
    pub(super) fn all(folder: &Path) -> PathBuf {
        folder.join(PAGES)
    }

    /// The address of the page from the output folder.
    pub(super) fn address(record: &str) -> String {
        format!("{PAGES}/{}.html", record.strip_suffix(".json").unwrap_or(record))
    }

    /// All crops in one picture.
    pub(super) fn crops(&self) -> PathBuf {
        self.pictures.join(CROPS)
    }

    /// A marked field.
    pub(super) fn marked(&self, field: usize) -> PathBuf {
        self.pictures.join(marked_name(field))
    }

    /// The digest of what was drawn; not there where something could not be.
    fn drawn(&self) -> PathBuf {
        self.pictures.join(DRAWN)
    }

    /// Whether the pictures are those of this digest.
    pub(super) fn are_drawn(&self, digest: &str) -> bool {
        std::fs::read_to_string(self.drawn()).is_ok_and(|known| known == digest)
    }

    /// Says that they are.
    pub(super) fn say_drawn(&self, digest: &str) -> Result<()> {
        crate::files::write_whole(&self.drawn(), digest.as_bytes())
    }
}

/// Removes what was drawn into a folder, nothing that somebody else has put beside it, and the folder where nothing else lies in it. What cannot be removed harms nobody:
/// no page leads to it, or it is written anew.
pub(super) fn clear_pictures(folder: &Path) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let marked = |number: &str| number.len() >= 4 && number.bytes().all(|c| c.is_ascii_digit());
        let field =
            name.strip_prefix("field-").and_then(|rest| rest.strip_suffix(".jpg")).is_some_and(marked);
        if field || matches!(&*name, CROPS | DRAWN) {
            let _ = std::fs::remove_file(entry.path());
        }
    }
    let _ = std::fs::remove_dir(folder);
}

/// Name of a marked field, counted from 1.
pub(super) fn marked_name(field: usize) -> String {
    format!("field-{:04}.jpg", field + 1)
}

/// Where the marked picture of a field lies in the output folder of an archive, by the file name of the slide's record; it
/// is there where the page of the slide shows it.
pub fn slide_picture(folder: &Path, record: &str, field: usize) -> PathBuf {
    Places::of(folder, record).marked(field)
}

/// What is shown of one slide.
pub(super) struct Shown<'a> {
    /// Positions in `record.fields` of the fields that are shown marked.
    pub(super) marked: Vec<usize>,
    /// The crops, evenly taken from all there are, the doubtful first.
    pub(super) shelves: Vec<Shelf<'a>>,
}

impl<'a> Shown<'a> {
    pub(super) fn of(record: &'a SlideRecord) -> Self {
        let few = |mut shelf: Shelf<'a>| {
            let most = match shelf.kind {
                ShelfKind::WhiteCells | ShelfKind::RedCells => MOST_CELLS,
                _ => MOST,
            };
            shelf.entries = evenly(&shelf.entries, most);
            shelf
        };
        let wanted = |shelf: &Shelf<'_>| shelf.kind != ShelfKind::NearMisses;
        Self {
            marked: chosen_fields(record, Marks::Few),
            shelves: shelves(record).into_iter().filter(wanted).map(few).collect(),
        }
    }

    /// Every crop in the order of the page.
    pub(super) fn entries(&self) -> impl Iterator<Item = &ShelfEntry<'a>> {
        self.shelves.iter().flat_map(|shelf| &shelf.entries)
    }
}

/// Digest of everything that the pictures depend on: what was found, and the language of the legends.
pub(super) fn digest_of(record: &SlideRecord, language: &str) -> Result<String> {
    let fields = serde_json::to_vec(&record.fields).map_err(|e| {
        crate::Error::new(crate::ErrorKind::Internal, format!("a record has no JSON form: {e}"))
    })?;
    let found = digest_of_bytes(&fields);
    Ok(digest_of_bytes(format!("{VERSION} {language} {found}").as_bytes()))
}
