//! Which slides can be opened, and where their record, their pictures and their decisions lie.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::slide::OpenSlide;
use crate::archive::{ArchiveReader, Journal, SlideRow};
use crate::exchange::{Case, SecretKey};
use crate::files::{MAX_RECORD_BYTES, read_plain};
use crate::intake::digest_of_bytes;
use crate::record::SlideRecord;
use crate::report::ResultFolder;
use crate::source::{PictureFile, SlideSource};
use crate::{Error, ErrorKind, Result};

/// The slides that this start offers.
#[derive(Debug)]
pub struct Shelf {
    archive: Option<Mutex<ArchiveReader>>,
    places: Mutex<Vec<Place>>,
    open: Mutex<HashMap<String, Arc<OpenSlide>>>,
}

/// Where everything about one slide lies.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// The record.
    pub(super) record: PathBuf,
    /// Folder of the decisions.
    pub(super) decisions: PathBuf,
    /// Where the pictures lie.
    pub(super) pictures: Pictures,
    /// The output folder of the archive that the slide is part of.
    pub(super) archive: Option<PathBuf>,
}

#[derive(Clone, Debug)]
pub(super) enum Pictures {
    /// Below this folder, by their names in the record.
    Below(PathBuf),
    /// Each by its name in the record.
    Named(HashMap<String, PathBuf>),
    /// In a case that another laboratory sent, as far as they were sent.
    Sent(Arc<Case>),
}

impl Shelf {
    /// Nothing yet: the page asks for a folder.
    pub fn empty() -> Self {
        Self { archive: None, places: Mutex::default(), open: Mutex::default() }
    }

    /// A slide or an archive: a folder of pictures that was analysed, the folder of such a result, one picture, a case of
    /// another laboratory, or the output folder of an archive. `pictures` says where the pictures of a result lie, where
    /// nothing else does; `key` opens a case that is encrypted.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] where there is no result yet, naming the command that makes one; [`ErrorKind::Io`] and
    /// [`ErrorKind::Unreadable`] for a record or journal that cannot be read.
    pub fn of(path: &Path, pictures: Option<&Path>, key: Option<&SecretKey>) -> Result<Self> {
        let path = std::path::absolute(path).map_err(|e| Error::io(path, "look at", e))?;
        std::fs::metadata(&path).map_err(|e| Error::io(&path, "look at", e))?;
        let shelf = Self::empty();
        if Journal::exists(&path) {
            let journal = Journal::read(&path)?;
            let begun = journal.begun_before()?;
            return Ok(Self { archive: Some(Mutex::new(ArchiveReader::open(journal, &begun)?)), ..shelf });
        }
        let place =
            if Case::may_be(&path) { Place::of_case(&path, key)? } else { Place::of(&path, pictures)? };
        let key = shelf.put(place);
        // A record that cannot be read is said before a page is opened.
        shelf.slide(&key)?;
        Ok(shelf)
    }

    /// Takes one more slide; returns its key.
    pub(super) fn put(&self, place: Place) -> String {
        let mut places = self.places.lock().unwrap_or_else(PoisonError::into_inner);
        places.push(place);
        format!("p{}", places.len() - 1)
    }

    /// Whether it is an archive, with a queue of slides.
    pub(super) fn is_archive(&self) -> bool {
        self.archive.is_some()
    }

    /// Key of the only slide; `None` where there are none or many.
    pub(super) fn only(&self) -> Option<String> {
        let places = self.places.lock().unwrap_or_else(PoisonError::into_inner);
        (self.archive.is_none() && places.len() == 1).then(|| "p0".to_owned())
    }

    /// Every slide of the archive in the order in which a person looks at them, with its key.
    pub(super) fn rows(&self) -> Result<Vec<SlideRow>> {
        let Some(archive) = &self.archive else { return Ok(Vec::new()) };
        let archive = archive.lock().unwrap_or_else(PoisonError::into_inner);
        let mut rows = Vec::new();
        archive.journal().each_row_by_urgency(|row| {
            rows.push(row);
            Ok(())
        })?;
        Ok(rows)
    }

    /// The output folder of the archive.
    pub(super) fn archive_folder(&self) -> Option<PathBuf> {
        let archive = self.archive.as_ref()?.lock().unwrap_or_else(PoisonError::into_inner);
        Some(archive.folder().to_path_buf())
    }

    /// The slide of this key, opened where it is not open yet.
    pub(super) fn slide(&self, key: &str) -> Result<Arc<OpenSlide>> {
        if let Some(slide) = self.open.lock().unwrap_or_else(PoisonError::into_inner).get(key) {
            return Ok(Arc::clone(slide));
        }
        let place = match key.split_at_checked(1) {
            Some(("p", number)) => {
                let places = self.places.lock().unwrap_or_else(PoisonError::into_inner);
                number.parse().ok().and_then(|at: usize| places.get(at).cloned())
            }
            Some(("a", number)) => self.of_archive(number.parse().unwrap_or(-1))?,
            _ => None,
        };
        let place = place.ok_or_else(|| {
            Error::new(ErrorKind::Usage, "there is no such slide here").with_key("error-review-no-slide")
        })?;
        let slide = Arc::new(OpenSlide::open(&place)?);
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(Arc::clone(open.entry(key.to_owned()).or_insert(slide)))
    }

    fn of_archive(&self, number: i64) -> Result<Option<Place>> {
        let Some(archive) = &self.archive else { return Ok(None) };
        let archive = archive.lock().unwrap_or_else(PoisonError::into_inner);
        let Some((row, source)) = archive.ended(number)? else { return Ok(None) };
        let Some(record) = row.record else { return Ok(None) };
        let named = source.files().iter().map(|f| (f.name.clone(), f.path.clone())).collect();
        let folder = archive.folder();
        Ok(Some(Place {
            record: folder.join("records").join(record),
            decisions: folder.to_path_buf(),
            pictures: Pictures::Named(named),
            archive: Some(folder.to_path_buf()),
        }))
    }

    /// Numbers of the slides of the archive by their ids.
    pub(super) fn numbers(&self) -> Result<HashMap<String, i64>> {
        let Some(archive) = &self.archive else { return Ok(HashMap::new()) };
        let archive = archive.lock().unwrap_or_else(PoisonError::into_inner);
        let mut numbers = HashMap::new();
        archive.journal().slides(|slide| {
            numbers.insert(slide.id, slide.number);
            Ok(())
        })?;
        Ok(numbers)
    }
}

impl Place {
    /// Finds the result of a slide.
    pub(super) fn of(path: &Path, pictures: Option<&Path>) -> Result<Self> {
        let folder = ResultFolder::meant_by(path);
        let record = folder.join(ResultFolder::RECORD);
        if !record.is_file() {
            return Err(Error::new(
                ErrorKind::Usage,
                "there is no result here yet: run hemozoin analyze on this folder, then review it",
            )
            .with_key("error-review-no-result")
            .with_path(path));
        }
        let around = folder.parent().unwrap_or(Path::new("")).to_path_buf();
        let pictures = pictures.map_or(around, Path::to_path_buf);
        Ok(Self { record, decisions: folder, pictures: Pictures::Below(pictures), archive: None })
    }

    /// Opens a case; decisions and record lie beside it.
    fn of_case(path: &Path, key: Option<&SecretKey>) -> Result<Self> {
        let case = Case::open(path, key)?;
        let decisions = case.lay_out(path)?;
        let record = decisions.join(ResultFolder::RECORD);
        Ok(Self { record, decisions, pictures: Pictures::Sent(Arc::new(case)), archive: None })
    }

    /// The case that it is, where another laboratory sent it.
    pub(super) fn case(&self) -> Option<&Arc<Case>> {
        match &self.pictures {
            Pictures::Sent(case) => Some(case),
            Pictures::Below(_) | Pictures::Named(_) => None,
        }
    }

    /// Reads the record.
    pub(super) fn read(&self) -> Result<(SlideRecord, String)> {
        let bytes = read_plain(&self.record, MAX_RECORD_BYTES)?;
        let record = crate::record::read(&bytes).map_err(|e| e.with_path(&self.record))?;
        Ok((record, digest_of_bytes(&bytes)))
    }

    /// The folder in and around which the settings of the laboratory are looked for.
    pub(super) fn around(&self) -> &Path {
        match &self.pictures {
            Pictures::Below(folder) => folder,
            Pictures::Named(_) | Pictures::Sent(_) => &self.decisions,
        }
    }

    /// The pictures of a record as an analysis takes them.
    pub(super) fn source(&self, record: &SlideRecord) -> SlideSource {
        let mut files: Vec<PictureFile> = Vec::new();
        for field in &record.fields {
            let known = files.iter().any(|f| f.film == field.film && f.name == field.image);
            if let (false, Some(path)) = (known, self.picture(&field.image)) {
                files.push(PictureFile { film: field.film, path, name: field.image.clone() });
            }
        }
        SlideSource::of_parts(record.slide.clone(), record.settings.facts(), files, Vec::new())
    }

    /// Where a picture of the record lies. Names come from the record, never from a request.
    pub(super) fn picture(&self, name: &str) -> Option<PathBuf> {
        match &self.pictures {
            Pictures::Named(named) => named.get(name).cloned(),
            Pictures::Sent(_) => None,
            Pictures::Below(folder) => {
                let plain = name.split('/').all(|part| !matches!(part, "" | "." | ".."));
                let plain = plain && !name.contains('\\') && !Path::new(name).is_absolute();
                plain.then(|| folder.join(name))
            }
        }
    }
}
