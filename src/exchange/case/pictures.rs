//! Crops and reduced fields: cut before they are sent, and laid together again as one picture by whoever opens the case.

use image::{Rgb, RgbImage};

use crate::intake::{Limits, Picture};
use crate::measure::{MicronsPerPixel, PxSize};
use crate::raster;
use crate::record::DetectionRecord;
use crate::{Error, ErrorKind, Result};

/// Side of a crop, µm of film: as on the contact sheet.
const CROP_UM: f64 = 14.0;
/// Longest side of a crop as it is sent, pixels: 0.09 µm each, below what a microscope resolves by half.
const CROP_PX: u32 = 160;
/// Longest sides of reduced fields, pixels: the larger where all fields go in.
pub(super) const FIELD_PX: [u32; 2] = [1280, 640];
/// JPEG quality of what is sent.
const QUALITY: u8 = 80;
/// What was not sent of a field.
const NOT_SENT: Rgb<u8> = Rgb([214, 214, 218]);

/// A part of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) x: u32,
    pub(super) y: u32,
    pub(super) width: u32,
    pub(super) height: u32,
}

/// The part of a picture around a mark; `None` where it misses the picture.
pub(super) fn part_around(size: PxSize, um_per_px: MicronsPerPixel, at: &DetectionRecord) -> Option<Part> {
    let half = um_per_px.px(CROP_UM) / 2.0;
    let along = |middle: f64, length: u32| {
        let clamp = |v: f64| v.clamp(0.0, f64::from(length)) as u32;
        let (from, to) = (clamp((middle - half).floor()), clamp((middle + half).ceil()));
        (to > from).then_some((from, to - from))
    };
    let (x, width) = along(at.x + at.width / 2.0, size.width)?;
    let (y, height) = along(at.y + at.height / 2.0, size.height)?;
    Some(Part { x, y, width, height })
}

/// A part of a picture as a JPEG of at most [`CROP_PX`] pixels a side.
pub(super) fn crop(picture: &Picture, part: Part) -> Result<Vec<u8>> {
    let pixels = picture.read(part.x, part.y, part.width, part.height)?;
    let longest = part.width.max(part.height);
    if longest <= CROP_PX {
        return raster::jpeg(&pixels, QUALITY);
    }
    let side = |full: u32| (u64::from(full) * u64::from(CROP_PX)).div_ceil(u64::from(longest)) as u32;
    raster::jpeg(&raster::resized(&pixels, side(part.width), side(part.height))?, QUALITY)
}

/// A whole picture as a JPEG of at most `longest` pixels a side.
pub(super) fn field(picture: &Picture, longest: u32) -> Result<Vec<u8>> {
    raster::jpeg(&picture.overview(longest)?, QUALITY)
}

/// A field as it was sent: the reduced one where there is one, with the crops in their places, and grey where nothing was
/// sent.
pub(super) fn laid_together<'a>(
    size: PxSize,
    field: Option<&[u8]>,
    crops: impl Iterator<Item = (Part, &'a [u8])>,
) -> Result<RgbImage> {
    Limits::default().check_held(size)?;
    let mut all = match field {
        Some(jpeg) => raster::resized(&decoded(jpeg)?, size.width, size.height)?,
        None => RgbImage::from_pixel(size.width, size.height, NOT_SENT),
    };
    for (part, jpeg) in crops {
        let inside = |from: u32, length: u32, side: u32| {
            length > 0 && from.checked_add(length).is_some_and(|to| to <= side)
        };
        if !inside(part.x, part.width, size.width) || !inside(part.y, part.height, size.height) {
            return Err(Error::new(ErrorKind::Unreadable, "a crop lies outside its picture")
                .with_key("error-case-reading")
                .with_arg("reason", "a crop lies outside its picture"));
        }
        let crop = raster::resized(&decoded(jpeg)?, part.width, part.height)?;
        raster::lay(&mut all, &crop, i64::from(part.x), i64::from(part.y));
    }
    Ok(all)
}

fn decoded(jpeg: &[u8]) -> Result<RgbImage> {
    let picture = Picture::from_bytes(jpeg, &Limits::default())?;
    let size = picture.size();
    picture.read(0, 0, size.width, size.height)
}
