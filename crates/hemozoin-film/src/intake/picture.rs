//! One field as photographed: upright, 8-bit RGB, with the digest of the file it came from.

use std::io::{Read, Seek};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use image::metadata::Orientation;
use image::{DynamicImage, RgbImage};
use ndarray::ArrayView3;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::orient::{Region, stored_region, upright_size};
use super::reduce::{Reducer, reduced_size};
use super::tiff_field::{self, TiffPixels};
use super::tiff_file::TiffFile;
use super::tiff_reader::TiffReader;
use super::{DeclaredBy, Limits, Pages, digest};
use crate::measure::{MicronsPerPixel, PxSize};
use crate::{Error, ErrorKind, Result};

/// What was done to a picture on its way in; none of it is a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, strum::IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "kebab-case", prefix = "note-")]
#[non_exhaustive]
pub enum Note {
    /// An animation: only its first frame is the field.
    FirstFrameOnly,
    /// More than 8 bits per sample, reduced to 8.
    DeeperThanEightBits,
    /// Grey: stain colours are missing.
    Grey,
    /// The samples hold fewer bits than their kind could, or numbers up to 255; their own range was stretched.
    RangeStretched,
    /// The colours are those of a palette: hues of the stain may be lost.
    FewColours,
    /// Transparent parts lie outside the view.
    TransparentLeftOut,
    /// Opacity is the same everywhere, which says nothing.
    OpacityIgnored,
    /// Three grey pages were joined to one picture in colour.
    ChannelsJoined,
    /// Of several planes of focus the sharpest was taken.
    SharpestPlane,
    /// Of several planes of focus, too large to compare, the middle one was taken.
    MiddlePlane,
    /// The file holds pages that are no fields: smaller copies, labels, overviews.
    PagesLeftOut,
    /// Turned upright as EXIF or the TIFF orientation says.
    Turned,
    /// Too large to hold: read region by region.
    Streamed,
}

impl Note {
    /// Key of its words in the catalogue.
    pub fn key(self) -> &'static str {
        self.into()
    }
}

/// One upright field. Regions may be read from several threads at once.
#[derive(Debug)]
pub struct Picture {
    source: Source,
    size: PxSize,
    sha256: String,
    pages: u32,
    notes: Vec<Note>,
    declared: Option<(MicronsPerPixel, DeclaredBy)>,
}

#[derive(Debug)]
#[expect(clippy::large_enum_variant, reason = "one per open picture, whose pixels are far larger")]
enum Source {
    Held(RgbImage),
    Streamed { reader: Mutex<TiffReader>, stored: PxSize, orientation: Orientation },
}

impl Picture {
    /// Opens page `page` (from 0; always 0 but for a TIFF with several fields) of the file at `path`.
    ///
    /// # Errors
    /// `Io` where the system refuses; `Unreadable` for what is empty, truncated, damaged or no picture;
    /// `Unsupported` for a sound picture in another form; `Limit` where `limits` would be passed, before
    /// anything is allocated; `Usage` for a page that does not exist. All name the path.
    ///
    /// For several pages of one file use [`Pages`], which opens and hashes it once.
    pub fn open(path: impl AsRef<Path>, page: u32, limits: &Limits) -> Result<Self> {
        Pages::open(path, limits)?.picture(page)
    }

    /// The first page of a picture file in memory (JPEG, PNG, TIFF, BMP, WebP): what it carries is kept as for a file on
    /// a disk.
    ///
    /// # Errors
    /// As [`open`](Self::open), without a path.
    pub fn from_bytes(file: &[u8], limits: &Limits) -> Result<Self> {
        Pages::from_bytes(file, limits)?.picture(0)
    }

    /// The first page of a picture file that is read through `reader`, from its start.
    ///
    /// # Errors
    /// As [`open`](Self::open), without a path.
    pub fn from_reader(reader: impl Read + Seek + Send + 'static, limits: &Limits) -> Result<Self> {
        Pages::from_reader(reader, limits)?.picture(0)
    }

    /// Upright pixels as a camera program holds them: height x width x 3, red, green, blue. Their digest is that of
    /// [`from_pixels`](Self::from_pixels), whatever the layout in memory.
    ///
    /// # Errors
    /// `Usage` for another number of channels or a side of no pixel; `Limit` where `limits` would be passed.
    ///
    /// ```
    /// use hemozoin::intake::{Limits, Picture};
    ///
    /// # fn main() -> hemozoin::Result<()> {
    /// let frame = ndarray::Array3::<u8>::from_elem((300, 400, 3), 230);
    /// let picture = Picture::from_view(frame.view(), &Limits::default())?;
    /// assert_eq!((picture.size().width, picture.size().height), (400, 300));
    /// # Ok(())
    /// # }
    /// ```
    pub fn from_view(pixels: ArrayView3<'_, u8>, limits: &Limits) -> Result<Self> {
        let (height, width, channels) = pixels.dim();
        let side = |side: usize| u32::try_from(side).ok().filter(|side| *side > 0);
        let (Some(width), Some(height), 3) = (side(width), side(height), channels) else {
            return Err(Error::new(
                ErrorKind::Usage,
                format!("expected height x width x 3 values, found {height} x {width} x {channels}"),
            ));
        };
        limits.check_held(PxSize { width, height })?;
        let values: Vec<u8> = pixels.iter().copied().collect();
        RgbImage::from_raw(width, height, values)
            .map(Self::from_pixels)
            .ok_or_else(|| Error::new(ErrorKind::Internal, "the view has other sides than it says"))
    }

    /// A picture from pixels that never were a file (rendered fields); its digest is that of the raw pixels.
    pub fn from_pixels(pixels: RgbImage) -> Self {
        let sha256 = digest::of_bytes(pixels.as_raw());
        Self::held(pixels, sha256, Vec::new())
    }

    pub(super) fn held(pixels: RgbImage, sha256: String, notes: Vec<Note>) -> Self {
        let size = PxSize { width: pixels.width(), height: pixels.height() };
        Self { source: Source::Held(pixels), size, sha256, pages: 1, notes, declared: None }
    }

    /// Field `page` of an open TIFF.
    pub(super) fn of_page(file: &TiffFile, page: u32, limits: &Limits) -> Result<Self> {
        let seen = tiff_field::read(file, &file.plan(page)?, limits)?;
        let mut notes = seen.notes;
        if file.leaves_pages_out() {
            notes.push(Note::PagesLeftOut);
        }
        let stored = seen.size;
        let source = match seen.pixels {
            TiffPixels::Held(pixels) => Source::Held(upright(pixels, seen.orientation)),
            TiffPixels::Streamed(reader) => {
                Source::Streamed { reader: Mutex::new(*reader), stored, orientation: seen.orientation }
            }
        };
        let size = upright_size(stored, seen.orientation);
        let (sha256, pages) = (file.sha256().to_owned(), file.pages());
        Ok(Self { source, size, sha256, pages, notes, declared: seen.declared })
    }

    /// Size of the upright picture.
    pub fn size(&self) -> PxSize {
        self.size
    }

    /// Lower-case hexadecimal SHA-256 of the file's bytes.
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    /// Fields in the file: the pages of a TIFF, else 1.
    pub fn pages(&self) -> u32 {
        self.pages
    }

    /// What was done to the picture on its way in.
    pub fn notes(&self) -> &[Note] {
        &self.notes
    }

    /// The scale that the file itself states, where it can be a microscope's.
    pub fn declared_scale(&self) -> Option<(MicronsPerPixel, DeclaredBy)> {
        self.declared
    }

    /// The whole picture, where it is held in memory.
    pub fn whole(&self) -> Option<&RgbImage> {
        match &self.source {
            Source::Held(pixels) => Some(pixels),
            Source::Streamed { .. } => None,
        }
    }

    /// The upright pixels of `[x, x + width) x [y, y + height)`.
    ///
    /// # Errors
    /// `Internal` for a region that is empty or not inside the picture; `Unreadable` where the file of a
    /// streamed picture is damaged there, `Io` where the system does not give it.
    pub fn read(&self, x: u32, y: u32, width: u32, height: u32) -> Result<RgbImage> {
        let inside = |start: u32, length: u32, side: u32| {
            length > 0 && start.checked_add(length).is_some_and(|end| end <= side)
        };
        if !inside(x, width, self.size.width) || !inside(y, height, self.size.height) {
            return Err(Error::new(
                ErrorKind::Internal,
                format!(
                    "region {width}x{height} at {x},{y} is not inside {}x{}",
                    self.size.width, self.size.height
                ),
            ));
        }
        match &self.source {
            Source::Held(pixels) => Ok(image::imageops::crop_imm(pixels, x, y, width, height).to_image()),
            Source::Streamed { reader, stored, orientation } => {
                let region = stored_region(Region { x, y, width, height }, *stored, *orientation);
                let mut reader = reader.lock().unwrap_or_else(PoisonError::into_inner);
                let pixels = reader.read(region)?;
                Ok(upright(pixels, *orientation))
            }
        }
    }

    /// The whole picture, averaged down until its longer side is at most `max_side`; never enlarged.
    ///
    /// # Errors
    /// As [`read`](Self::read).
    pub fn overview(&self, max_side: u32) -> Result<RgbImage> {
        match &self.source {
            Source::Held(pixels) => {
                let target = reduced_size(self.size, max_side);
                if target == self.size {
                    return Ok(pixels.clone());
                }
                let mut reducer = Reducer::new(self.size, target);
                reducer.add(0, 0, self.size.width, pixels.as_raw());
                Ok(reducer.finish())
            }
            Source::Streamed { reader, stored, orientation } => {
                let mut reader = reader.lock().unwrap_or_else(PoisonError::into_inner);
                let pixels = reader.overview(reduced_size(*stored, max_side))?;
                Ok(upright(pixels, *orientation))
            }
        }
    }
}

fn upright(pixels: RgbImage, orientation: Orientation) -> RgbImage {
    if orientation == Orientation::NoTransforms {
        return pixels;
    }
    let mut picture = DynamicImage::ImageRgb8(pixels);
    picture.apply_orientation(orientation);
    picture.into_rgb8()
}
