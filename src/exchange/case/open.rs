//! Opening a case: everything in it as it was sent, and its pictures laid together.

use std::io::Read;
use std::path::Path;

use super::manifest::{Kind, Manifest, RECORD};
use super::pack::{Entries, MAX_BYTES, changed, unpack};
use super::pictures::{Part, laid_together};
use super::seal::{HEAD_BYTES, SecretKey, is_sealed, opened};
use crate::files::{make_folder, open_plain, read_plain, write_whole};
use crate::intake::{Picture, digest_of_bytes};
use crate::measure::PxSize;
use crate::record::{SlideRecord, read};
use crate::report::ResultFolder;
use crate::{Error, ErrorKind, Result};

/// The first bytes of a ZIP file.
const ZIP: [u8; 4] = *b"PK\x03\x04";

/// A case that was sent by another laboratory.
#[derive(Debug)]
pub struct Case {
    manifest: Manifest,
    entries: Entries,
    record: SlideRecord,
    record_sha256: String,
}

/// The entries of a file, which is of this kind.
pub(super) fn unpacked(path: &Path, kind: Kind, key: Option<&SecretKey>) -> Result<(Manifest, Entries)> {
    let bytes = opened(read_plain(path, MAX_BYTES)?, key).map_err(|e| e.with_path(path))?;
    let (manifest, entries) = unpack(&bytes).map_err(|e| e.with_path(path))?;
    if manifest.kind != kind {
        let (key, what) = match manifest.kind {
            Kind::Case => (
                "error-case-is-question",
                "this is a case and no answer to one: open it with hemozoin review, then hemozoin case answer",
            ),
            Kind::Answer => (
                "error-case-is-answer",
                "this is an answer: hemozoin case import takes it in where the case was made",
            ),
        };
        return Err(Error::new(ErrorKind::Usage, what).with_key(key).with_path(path));
    }
    Ok((manifest, entries))
}

impl Case {
    /// Whether a file may be a case, by its first bytes.
    pub fn may_be(path: &Path) -> bool {
        let mut first = [0; HEAD_BYTES];
        path.is_file()
            && open_plain(path, MAX_BYTES).is_ok_and(|mut file| file.read_exact(&mut first).is_ok())
            && (first.starts_with(&ZIP) || is_sealed(&first))
    }

    /// Opens a case, with the key that opens it where it is encrypted.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] where it is encrypted and this is not the key;
    /// [`ErrorKind::Unreadable`] for a file that is cut off, no case, or changed on the way; [`ErrorKind::Unsupported`] for
    /// one of a newer program; [`ErrorKind::Usage`] for an answer. All name it.
    pub fn open(path: &Path, key: Option<&SecretKey>) -> Result<Self> {
        let (manifest, entries) = unpacked(path, Kind::Case, key)?;
        let json = entries.get(RECORD).ok_or_else(|| changed(RECORD).with_path(path))?;
        let record = read(json).map_err(|e| e.with_path(path))?;
        let record_sha256 = digest_of_bytes(json);
        Ok(Self { manifest, record, record_sha256, entries })
    }

    /// The record as it was sent.
    pub fn record(&self) -> &SlideRecord {
        &self.record
    }

    /// The question in words, where there is one.
    pub fn question(&self) -> Option<&str> {
        self.manifest.question.as_deref()
    }

    /// SHA-256 of the record as it was sent.
    pub(super) fn record_sha256(&self) -> &str {
        &self.record_sha256
    }

    pub(super) fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// The folder of a case's decisions and results, beside it.
    pub fn folder(path: &Path) -> std::path::PathBuf {
        ResultFolder::default_dir(path)
    }

    /// Makes the folder of [`Self::folder`] with the record in it, as an analysis would; leaves it as it is where it is there.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] where the result of something else lies there; [`ErrorKind::Io`] where it cannot be written.
    pub fn lay_out(&self, path: &Path) -> Result<std::path::PathBuf> {
        let folder = Self::folder(path);
        let place = folder.join(ResultFolder::RECORD);
        let json = self.entries.get(RECORD).ok_or_else(|| changed(RECORD))?;
        if !place.exists() {
            make_folder(&folder)?;
            write_whole(&place, json)?;
            return Ok(folder);
        }
        if read_plain(&place, MAX_BYTES)? == *json {
            return Ok(folder);
        }
        Err(Error::new(
            ErrorKind::Usage,
            "the result of another case lies in this folder: give the file of the case another name",
        )
        .with_key("error-case-other-folder")
        .with_path(folder))
    }

    /// A field as far as it was sent: reduced, with the crops at their full sharpness; grey where nothing was sent.
    ///
    /// # Errors
    /// [`ErrorKind::Unreadable`] for pictures that are none; [`ErrorKind::Limit`] for a field larger than this program opens.
    pub fn picture(&self, field: usize) -> Result<Picture> {
        let of = self.record.fields.get(field);
        let size = of.map(|f| PxSize { width: f.width, height: f.height });
        let size = size.ok_or_else(|| Error::new(ErrorKind::Internal, "there is no such field"))?;
        let whole = self.manifest.fields.iter().find(|entry| entry.field == field);
        let whole = whole.and_then(|entry| self.entries.get(&entry.name)).map(Vec::as_slice);
        let crops = self.manifest.crops.iter().filter(|entry| entry.field == field);
        let crops = crops.filter_map(|entry| {
            let part = Part { x: entry.x, y: entry.y, width: entry.width, height: entry.height };
            Some((part, self.entries.get(&entry.name)?.as_slice()))
        });
        laid_together(size, whole, crops).map(Picture::from_pixels)
    }
}
