//! One file and its fields, page by page.

use std::fs::File;
use std::io::{Cursor, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::shared_file::{Bytes, SharedFile};
use super::sniff::{SNIFF_BYTES, Sniffed, sniff};
use super::tiff_file::TiffFile;
use super::{Format, Limits, Picture, decode, digest, fault};
use crate::{Error, ErrorKind, Result};

/// The fields of one file, on a disk or in memory: it is opened and, where it is a TIFF, hashed once, however many
/// pages it has.
#[derive(Debug)]
pub struct Pages {
    path: PathBuf,
    limits: Limits,
    content: Content,
}

enum Content {
    Single { file: Box<dyn Bytes>, bytes: u64, format: Format },
    Tiff(Box<TiffFile>),
}

impl std::fmt::Debug for Content {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Single { bytes, format, .. } => {
                f.debug_struct("Single").field("bytes", bytes).field("format", format).finish_non_exhaustive()
            }
            Self::Tiff(file) => f.debug_tuple("Tiff").field(file).finish(),
        }
    }
}

impl Pages {
    /// Opens the file at `path`.
    ///
    /// # Errors
    /// Those of [`Picture::open`] that concern the whole file. All name the path.
    pub fn open(path: impl AsRef<Path>, limits: &Limits) -> Result<Self> {
        let path = path.as_ref();
        let content = open(path, limits).map_err(|e| e.with_path(path))?;
        Ok(Self { path: path.to_path_buf(), limits: *limits, content })
    }

    /// A file in memory. What it carries is kept as for a file on a disk: EXIF, scale, digest, and the check for damage.
    ///
    /// # Errors
    /// As [`open`](Self::open), without a path.
    pub fn from_bytes(file: impl Into<Arc<[u8]>>, limits: &Limits) -> Result<Self> {
        Self::from_reader(Cursor::new(file.into()), limits)
    }

    /// A file that is read through `reader`, from its start. Its length is that of the reader's end now.
    ///
    /// # Errors
    /// As [`open`](Self::open), without a path.
    pub fn from_reader(mut reader: impl Read + Seek + Send + 'static, limits: &Limits) -> Result<Self> {
        let nowhere = Path::new("");
        let io = |e| Error::io(nowhere, "read the picture", e);
        let bytes = reader.seek(SeekFrom::End(0)).map_err(io)?;
        reader.seek(SeekFrom::Start(0)).map_err(io)?;
        let content = begin(reader, bytes, limits, nowhere)?;
        Ok(Self { path: PathBuf::new(), limits: *limits, content })
    }

    /// Fields in the file: the pages of a TIFF that are neither reduced copies nor masks, else 1.
    pub fn count(&self) -> u32 {
        match &self.content {
            Content::Single { .. } => 1,
            Content::Tiff(file) => file.pages(),
        }
    }

    /// Page `page`, from 0.
    ///
    /// # Errors
    /// Those of [`Picture::open`]. All name the path.
    pub fn picture(&mut self, page: u32) -> Result<Picture> {
        let limits = &self.limits;
        let picture = match &mut self.content {
            Content::Single { .. } if page > 0 => Err(no_such_page(page, 1)),
            Content::Single { file, bytes, format } => {
                single(file.as_mut(), *bytes, *format, limits, &self.path)
            }
            Content::Tiff(file) => Picture::of_page(file, page, limits),
        };
        picture.map_err(|e| e.with_path(&self.path))
    }
}

/// The file at `path`, open, and its length in bytes; none where it is no plain file. That is asked before it is
/// opened: opening a pipe waits for whoever writes into it.
pub(super) fn open_regular(path: &Path) -> std::io::Result<Option<(File, u64)>> {
    if !std::fs::metadata(path)?.is_file() {
        return Ok(None);
    }
    let file = File::open(path)?;
    let bytes = file.metadata()?.len();
    Ok(Some((file, bytes)))
}

fn open(path: &Path, limits: &Limits) -> Result<Content> {
    let io = |e| Error::io(path, "read the picture", e);
    let Some((file, bytes)) = open_regular(path).map_err(io)? else {
        return Err(fault::not_a_picture());
    };
    begin(file, bytes, limits, path)
}

fn begin(mut file: impl Bytes + 'static, bytes: u64, limits: &Limits, path: &Path) -> Result<Content> {
    let io = |e| Error::io(path, "read the picture", e);
    limits.check_bytes(bytes)?;
    let mut head = Vec::with_capacity(SNIFF_BYTES);
    (&mut file).take(SNIFF_BYTES as u64).read_to_end(&mut head).map_err(io)?;
    match sniff(&head) {
        Sniffed::Known(Format::Tiff) => {
            Ok(Content::Tiff(Box::new(TiffFile::open(SharedFile::new(file, bytes, path), limits)?)))
        }
        Sniffed::Known(format) => Ok(Content::Single { file: Box::new(file), bytes, format }),
        Sniffed::OtherPicture(name) => Err(fault::unsupported(name)),
        Sniffed::CameraRaw(kind) => Err(fault::camera_raw(kind)),
        Sniffed::Empty => Err(fault::empty()),
        Sniffed::Foreign => Err(fault::not_a_picture()),
    }
}

fn single(file: &mut dyn Bytes, bytes: u64, format: Format, limits: &Limits, path: &Path) -> Result<Picture> {
    let io = |e| Error::io(path, "read the picture", e);
    limits.check_bytes_in_memory(bytes)?;
    let mut content = Vec::with_capacity(usize::try_from(bytes).unwrap_or(0));
    file.seek(SeekFrom::Start(0)).map_err(io)?;
    // A file that grows while it is read stays within the limit.
    file.take(bytes).read_to_end(&mut content).map_err(io)?;
    let sha256 = digest::of_bytes(&content);
    let decoded = fault::guarded(|| decode::decode(&content, format, limits))?;
    Ok(Picture::held(decoded.pixels, sha256, decoded.notes))
}

/// A page that the file does not have.
pub(super) fn no_such_page(page: u32, pages: u32) -> Error {
    let page = u64::from(page) + 1;
    Error::new(ErrorKind::Usage, format!("page {page} was asked for, but the file has {pages}"))
        .with_key("error-no-such-page")
        .with_arg("page", page)
        .with_arg("pages", pages)
}
