//! What a case says about itself: `case.json`.

use serde::{Deserialize, Serialize};

use crate::record::SlideRecord;
use crate::review::FieldKey;

/// Name and version of the form. What an old program would misread gets a new number; keys may be added.
pub(super) const SCHEMA: &str = "hemozoin-case/1";

/// The entry that describes the others; the first of the file.
pub(super) const MANIFEST: &str = "case.json";
/// The record as it is sent.
pub(super) const RECORD: &str = "record.json";
/// The page for the clinician.
pub(super) const REPORT: &str = "report.pdf";
/// An expert's reading.
pub(super) const READING: &str = "reading.json";

/// Most characters of a question.
pub(super) const MAX_QUESTION: usize = 2000;

/// What the file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Kind {
    /// A slide that an expert is asked about.
    Case,
    /// What the expert decided.
    Answer,
}

/// `case.json`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Manifest {
    /// [`SCHEMA`].
    pub(super) schema: String,
    /// What the file is.
    pub(super) kind: Kind,
    /// Version of the program that wrote it.
    pub(super) version: String,
    /// Number or name of the slide.
    pub(super) slide: String,
    /// SHA-256 of the record in the laboratory that asks.
    pub(super) record_sha256: String,
    /// The pictures of the slide, by what they show.
    pub(super) pictures: Vec<FieldKey>,
    /// The question in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) question: Option<String>,
    /// Crops, the best first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) crops: Vec<CropEntry>,
    /// Reduced fields.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) fields: Vec<FieldEntry>,
    /// Every other entry with its digest, in the order of the file.
    pub(super) entries: Vec<Digest>,
}

/// A crop: a part of a picture in its own pixels.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct CropEntry {
    /// Its entry.
    pub(super) name: String,
    /// Position of its field in the record.
    pub(super) field: usize,
    /// Left edge of the part, pixels of the upright picture.
    pub(super) x: u32,
    /// Top edge.
    pub(super) y: u32,
    /// Pixels across that it stands for; the crop itself may have fewer.
    pub(super) width: u32,
    /// Pixels down.
    pub(super) height: u32,
}

/// A field with fewer pixels.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct FieldEntry {
    /// Its entry.
    pub(super) name: String,
    /// Position in the record.
    pub(super) field: usize,
}

/// An entry of the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Digest {
    /// Its name.
    pub(super) name: String,
    /// Its bytes.
    pub(super) bytes: u64,
    /// SHA-256 of them.
    pub(super) sha256: String,
}

impl Manifest {
    /// Of a slide, with nothing in it yet.
    pub(super) fn of(kind: Kind, slide: &str, record_sha256: &str, pictures: Vec<FieldKey>) -> Self {
        Self {
            schema: SCHEMA.to_owned(),
            kind,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            slide: slide.to_owned(),
            record_sha256: record_sha256.to_owned(),
            pictures,
            question: None,
            crops: Vec::new(),
            fields: Vec::new(),
            entries: Vec::new(),
        }
    }
}

/// The pictures of a slide, each once.
pub(super) fn pictures_of(record: &SlideRecord) -> Vec<FieldKey> {
    let mut keys: Vec<FieldKey> = record.fields.iter().map(FieldKey::from).collect();
    keys.sort();
    keys.dedup();
    keys
}
