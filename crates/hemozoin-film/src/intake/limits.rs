//! How large a picture may be, asked before anything is allocated.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::measure::PxSize;
use crate::{Error, ErrorKind, Result};

/// Limits on what is read, all on by default. Passing one is an [`ErrorKind::Limit`], never a quiet cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct Limits {
    /// Bytes of one file.
    pub max_file_bytes: u64,
    /// Pixels along one side.
    pub max_side: u32,
    /// Pixels of a picture that is held decoded (3 bytes each); every format but TIFF.
    pub max_pixels_in_memory: u64,
    /// A TIFF with more pixels than this is read region by region instead of being held.
    pub stream_above_pixels: u64,
    /// Pixels of a TIFF that is read region by region.
    pub max_pixels_streamed: u64,
    /// Pages of one TIFF; each page is one field.
    pub max_pages: u32,
    /// Files and sub-folders of one folder.
    pub max_entries: u32,
}

impl Default for Limits {
    /// 32 GiB, 300,000 px a side, 120 Mpx held, streaming above 30 Mpx, 20 Gpx streamed,
    /// 1,000 pages, 100,000 entries of a folder.
    fn default() -> Self {
        Self {
            max_file_bytes: 32 << 30,
            max_side: 300_000,
            max_pixels_in_memory: 120_000_000,
            stream_above_pixels: 30_000_000,
            max_pixels_streamed: 20_000_000_000,
            max_pages: 1_000,
            max_entries: 100_000,
        }
    }
}

/// Encoded bytes per pixel that no sound picture passes (16-bit RGBA, uncompressed), and room for metadata.
const MAX_ENCODED_BYTES_PER_PIXEL: u64 = 8;
const METADATA_BYTES: u64 = 64 << 20;

impl Limits {
    /// These limits with some of them changed.
    ///
    /// ```
    /// let limits = hemozoin::Limits::default().with(|l| l.max_pages = 40);
    /// assert_eq!(limits.max_pages, 40);
    /// ```
    #[must_use]
    pub fn with(mut self, change: impl FnOnce(&mut Self)) -> Self {
        change(&mut self);
        self
    }

    /// Refuses a file by its length.
    pub(super) fn check_bytes(&self, bytes: u64) -> Result<()> {
        check(bytes, self.max_file_bytes, "error-limit-bytes", "bytes", "split it or raise `max_file_bytes`")
    }

    /// Refuses a file that would be read whole before it is decoded.
    pub(super) fn check_bytes_in_memory(&self, bytes: u64) -> Result<()> {
        let most = self.max_pixels_in_memory.saturating_mul(MAX_ENCODED_BYTES_PER_PIXEL);
        let most = most.saturating_add(METADATA_BYTES).min(self.max_file_bytes);
        check(
            bytes,
            most,
            "error-limit-bytes",
            "bytes",
            "save it as a tiled TIFF or raise `max_pixels_in_memory`",
        )
    }

    /// Refuses a picture that would be held decoded.
    #[doc(hidden)]
    pub fn check_held(&self, size: PxSize) -> Result<()> {
        self.check_side(size)?;
        let remedy = "save it as a tiled TIFF or raise `max_pixels_in_memory`";
        check(size.area(), self.max_pixels_in_memory, "error-limit-pixels", "pixels", remedy)
    }

    /// Refuses a picture that would be read region by region.
    pub(super) fn check_streamed(&self, size: PxSize) -> Result<()> {
        self.check_side(size)?;
        let remedy = "cut it into parts or raise `max_pixels_streamed`";
        check(size.area(), self.max_pixels_streamed, "error-limit-pixels", "pixels", remedy)
    }

    /// Refuses a file by its number of pages.
    pub(super) fn check_pages(&self, pages: u32) -> Result<()> {
        let remedy = "split it or raise `max_pages`";
        check(u64::from(pages), u64::from(self.max_pages), "error-limit-pages", "pages", remedy)
    }

    /// Refuses a folder by the number of things in it.
    pub(super) fn check_entries(&self, entries: usize) -> Result<()> {
        let entries = u64::try_from(entries).unwrap_or(u64::MAX);
        let remedy = "give one slide's folder or raise `max_entries`";
        check(entries, u64::from(self.max_entries), "error-limit-entries", "files in one folder", remedy)
    }

    fn check_side(&self, size: PxSize) -> Result<()> {
        let side = size.width.max(size.height);
        let remedy = "cut it into parts or raise `max_side`";
        check(u64::from(side), u64::from(self.max_side), "error-limit-side", "pixels along one side", remedy)
    }
}

fn check(value: u64, limit: u64, key: &'static str, unit: &str, remedy: &str) -> Result<()> {
    if value <= limit {
        return Ok(());
    }
    Err(Error::new(ErrorKind::Limit, format!("{value} {unit}, more than the limit of {limit}; {remedy}"))
        .with_key(key)
        .with_arg("value", value)
        .with_arg("limit", limit))
}
