//! What goes along with a signed result: the report as people read it, and small pictures of marked fields.

use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value as Json, json};

use crate::files::read_plain;
use crate::intake::{Limits, Picture};
use crate::{Result, raster};

/// Longest side of a picture, pixels: a thumbnail, not what was read.
const SIDE: u32 = 640;
const QUALITY: u8 = 75;
/// Most bytes of a report.
const MAX_BYTES: u64 = 16 << 20;

/// Files that go along.
#[derive(Clone, Debug, Default)]
pub struct Attached {
    report: Option<Vec<u8>>,
    pictures: Vec<Vec<u8>>,
}

impl Attached {
    /// The report of a result (PDF) and marked pictures of its fields, reduced.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] for a file that cannot be read; what opening a picture refuses.
    pub fn read(report: Option<&Path>, pictures: &[impl AsRef<Path>]) -> Result<Self> {
        Ok(Self {
            report: report.map(|file| read_plain(file, MAX_BYTES)).transpose()?,
            pictures: pictures.iter().map(|file| reduced(file.as_ref())).collect::<Result<_>>()?,
        })
    }

    /// The report as an attachment.
    pub(super) fn report(&self, title: &str) -> Option<Json> {
        self.report.as_deref().map(|bytes| attachment("application/pdf", title, bytes))
    }

    /// Each picture as an attachment.
    pub(super) fn pictures(&self, title: &str) -> impl Iterator<Item = Json> {
        self.pictures.iter().map(move |bytes| attachment("image/jpeg", title, bytes))
    }
}

fn attachment(kind: &str, title: &str, bytes: &[u8]) -> Json {
    json!({ "contentType": kind, "data": STANDARD.encode(bytes), "size": bytes.len(), "title": title })
}

fn reduced(file: &Path) -> Result<Vec<u8>> {
    raster::jpeg(&Picture::open(file, 0, &Limits::default())?.overview(SIDE)?, QUALITY)
}
