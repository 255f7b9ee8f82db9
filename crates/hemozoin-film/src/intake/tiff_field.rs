//! One field of a TIFF: a page, three grey pages that are its colours, or the sharpest of its planes of focus.

use image::metadata::Orientation;
use image::{Rgb, RgbImage};

use super::orient::Region;
use super::picture::Note;
use super::tiff_file::{Page, TiffFile};
use super::tiff_layout::FieldPlan;
use super::tiff_pixels::{Meaning, Reach};
use super::tiff_reader::TiffReader;
use super::{DeclaredBy, Limits, fault};
use crate::Result;
use crate::measure::{MicronsPerPixel, PxSize};

/// A field as stored.
pub(super) struct TiffField {
    pub(super) pixels: TiffPixels,
    pub(super) size: PxSize,
    pub(super) orientation: Orientation,
    pub(super) notes: Vec<Note>,
    pub(super) declared: Option<(MicronsPerPixel, DeclaredBy)>,
}

/// Its pixels, or where to read them from.
pub(super) enum TiffPixels {
    Held(RgbImage),
    Streamed(Box<TiffReader>),
}

/// Reads a field, or opens it where it is too large to hold.
pub(super) fn read(file: &TiffFile, plan: &FieldPlan, limits: &Limits) -> Result<TiffField> {
    match plan {
        FieldPlan::Page(offset) => page(file.open_page(*offset, limits)?, limits),
        FieldPlan::Channels(offsets) => channels(file, *offsets, limits),
        FieldPlan::Depths(planes) => sharpest(file, planes, limits),
    }
}

fn page(page: Page, limits: &Limits) -> Result<TiffField> {
    let Page { mut reader, orientation, resolution } = page;
    let size = reader.size();
    let mut notes = notes_of(&reader, &reader.reach());
    if matches!(reader.meaning(), Meaning::Grey(_) | Meaning::GreyAlpha) {
        notes.push(Note::Grey);
    }
    if reader.meaning().opacity_at().is_some() {
        let says_nothing = reader.reach().is_opaque();
        notes.push(if says_nothing { Note::OpacityIgnored } else { Note::TransparentLeftOut });
    }
    if orientation != Orientation::NoTransforms {
        notes.push(Note::Turned);
    }
    let pixels = if size.area() > limits.stream_above_pixels {
        notes.push(Note::Streamed);
        TiffPixels::Streamed(Box::new(reader))
    } else {
        limits.check_held(size)?;
        TiffPixels::Held(whole(&mut reader)?)
    };
    Ok(TiffField { pixels, size, orientation, notes, declared: resolution.scale() })
}

fn notes_of(reader: &TiffReader, reach: &Reach) -> Vec<Note> {
    let mut notes = Vec::new();
    if !reader.eight_bits() {
        notes.push(Note::DeeperThanEightBits);
        notes.extend(reach.is_stretched().then_some(Note::RangeStretched));
    }
    notes
}

/// Red, green and blue of one picture, brought to one range.
fn channels(file: &TiffFile, offsets: [u64; 3], limits: &Limits) -> Result<TiffField> {
    let [mut red, mut green, mut blue] = {
        let [r, g, b] = offsets.map(|offset| file.open_page(offset, limits));
        [r?, g?, b?]
    };
    let size = red.reader.size();
    limits.check_held(size)?;
    let eight_bits = red.reader.eight_bits();
    let reach = red.reader.reach().and(green.reader.reach()).and(blue.reader.reach());
    let mut notes = notes_of(&red.reader, &reach);
    notes.push(Note::ChannelsJoined);
    if red.orientation != Orientation::NoTransforms {
        notes.push(Note::Turned);
    }
    let mut planes = Vec::new();
    for part in [&mut red, &mut green, &mut blue] {
        if part.reader.size() != size || part.reader.eight_bits() != eight_bits {
            return Err(fault::corrupt("channels of different sizes"));
        }
        part.reader.set_reach(reach);
        planes.push(whole(&mut part.reader)?);
    }
    let mut pixels = RgbImage::new(size.width, size.height);
    for (channel, plane) in planes.iter().enumerate() {
        for (to, from) in pixels.pixels_mut().zip(plane.pixels()) {
            to.0[channel] = from.0[0];
        }
    }
    let (orientation, declared) = (red.orientation, red.resolution.scale());
    Ok(TiffField { pixels: TiffPixels::Held(pixels), size, orientation, notes, declared })
}

/// The plane of focus with most detail; where planes are too large to hold, the middle one.
fn sharpest(file: &TiffFile, planes: &[FieldPlan], limits: &Limits) -> Result<TiffField> {
    let mut best: Option<(u64, TiffField)> = None;
    for plane in planes {
        let mut seen = read(file, plane, limits)?;
        let TiffPixels::Held(pixels) = &seen.pixels else {
            let middle = planes.get(planes.len() / 2).unwrap_or(plane);
            let mut seen = read(file, middle, limits)?;
            seen.notes.push(Note::MiddlePlane);
            return Ok(seen);
        };
        let detail = detail(pixels);
        if best.as_ref().is_none_or(|(most, _)| detail > *most) {
            seen.notes.push(Note::SharpestPlane);
            best = Some((detail, seen));
        }
    }
    best.map(|(_, seen)| seen).ok_or_else(|| fault::corrupt("a stack without planes"))
}

/// Squared differences of green light two pixels apart (Brenner et al., J. Histochem. Cytochem. 24, 1976), both ways.
fn detail(pixels: &RgbImage) -> u64 {
    let (width, height) = pixels.dimensions();
    let green = |x: u32, y: u32| pixels.get_pixel_checked(x, y).map(|Rgb(p)| p[1]);
    let mut sum = 0;
    for y in 0..height {
        for x in 0..width {
            let here = green(x, y);
            for there in [green(x + 2, y), green(x, y + 2)] {
                if let (Some(a), Some(b)) = (here, there) {
                    sum += u64::from(a.abs_diff(b)).pow(2);
                }
            }
        }
    }
    sum
}

fn whole(reader: &mut TiffReader) -> Result<RgbImage> {
    let PxSize { width, height } = reader.size();
    reader.read(Region { x: 0, y: 0, width, height })
}
