//! JPEG, PNG, BMP and WebP, held whole: bytes to upright 8-bit RGB.

use std::io::Cursor;

use image::codecs::{bmp::BmpDecoder, png::PngDecoder, webp::WebPDecoder};
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, RgbImage};

use super::picture::Note;
use super::range::{over_black, white_of_whole};
use super::{Format, Limits, fault, jpeg};
use crate::Result;
use crate::measure::PxSize;

/// Upright pixels, and what was done to make them.
pub(super) struct Decoded {
    pub(super) pixels: RgbImage,
    pub(super) notes: Vec<Note>,
}

/// Decodes the first frame of a picture that is not a TIFF.
pub(super) fn decode(bytes: &[u8], format: Format, limits: &Limits) -> Result<Decoded> {
    let reader = Cursor::new(bytes);
    match format {
        Format::Jpeg => {
            let (picture, orientation) = jpeg::decode(bytes, limits)?;
            Ok(upright(picture, orientation, Vec::new()))
        }
        Format::Png => {
            let decoder = PngDecoder::new(reader).map_err(fault::from_image)?;
            let animated = decoder.is_apng().map_err(fault::from_image)?;
            let notes = [(animated, Note::FirstFrameOnly), (has_palette(bytes, format), Note::FewColours)];
            finish(decoder, &notes, limits)
        }
        Format::Bmp => {
            let decoder = BmpDecoder::new(reader).map_err(fault::from_image)?;
            finish(decoder, &[(has_palette(bytes, format), Note::FewColours)], limits)
        }
        Format::Webp => {
            let decoder = WebPDecoder::new(reader).map_err(fault::from_image)?;
            let animated = decoder.has_animation();
            finish(decoder, &[(animated, Note::FirstFrameOnly)], limits)
        }
        Format::Tiff => Err(fault::unsupported("TIFF held whole")),
    }
}

/// Whether the picture's colours stand in a table: by the header of a PNG (section 11.2.1) or of a bitmap.
fn has_palette(bytes: &[u8], format: Format) -> bool {
    const PNG_COLOUR_TYPE: usize = 25;
    const PNG_INDEXED: u8 = 3;
    const BMP_HEADER_SIZE: usize = 14;
    const BMP_OLD_HEADER: u8 = 12;
    let at = |place: usize| bytes.get(place).copied().unwrap_or(0);
    match format {
        Format::Png => at(PNG_COLOUR_TYPE) == PNG_INDEXED,
        Format::Bmp => {
            let bits = at(if at(BMP_HEADER_SIZE) == BMP_OLD_HEADER { 24 } else { 28 });
            (1..=8).contains(&bits)
        }
        _ => false,
    }
}

fn finish(mut decoder: impl ImageDecoder, noted: &[(bool, Note)], limits: &Limits) -> Result<Decoded> {
    let (width, height) = decoder.dimensions();
    limits.check_held(PxSize { width, height })?;
    // EXIF that cannot be read leaves the picture as stored.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let notes = noted.iter().filter(|(so, _)| *so).map(|(_, note)| *note).collect();
    let picture = DynamicImage::from_decoder(decoder).map_err(fault::from_image)?;
    Ok(upright(picture, orientation, notes))
}

fn upright(mut picture: DynamicImage, orientation: Orientation, mut notes: Vec<Note>) -> Decoded {
    if picture.color().bytes_per_pixel() / picture.color().channel_count() > 1 {
        notes.push(Note::DeeperThanEightBits);
        if stretch(&mut picture) {
            notes.push(Note::RangeStretched);
        }
    }
    if !picture.color().has_color() {
        notes.push(Note::Grey);
    }
    if orientation != Orientation::NoTransforms {
        notes.push(Note::Turned);
        picture.apply_orientation(orientation);
    }
    Decoded { pixels: flatten(picture, &mut notes), notes }
}

/// Stretches 16-bit samples that hold a narrower range to all of it; true where they did.
fn stretch(picture: &mut DynamicImage) -> bool {
    let channels = usize::from(picture.color().channel_count());
    let colours = channels - usize::from(picture.color().has_alpha());
    let samples: &mut [u16] = match picture {
        DynamicImage::ImageLuma16(p) => p,
        DynamicImage::ImageLumaA16(p) => p,
        DynamicImage::ImageRgb16(p) => p,
        DynamicImage::ImageRgba16(p) => p,
        _ => return false,
    };
    let full = u32::from(u16::MAX);
    let colours_of = |pixel: &[u16]| pixel.iter().take(colours).copied().max();
    let highest = samples.chunks_exact(channels).filter_map(colours_of).max().unwrap_or(0);
    let white = white_of_whole(highest.into(), full);
    if white == full {
        return false;
    }
    for pixel in samples.chunks_exact_mut(channels) {
        for sample in pixel.iter_mut().take(colours) {
            *sample = u16::try_from(u32::from(*sample) * full / white).unwrap_or(u16::MAX);
        }
    }
    true
}

/// 8-bit RGB; what is transparent lies outside the view, unless opacity is the same everywhere.
fn flatten(picture: DynamicImage, notes: &mut Vec<Note>) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.into_rgb8();
    }
    let rgba = picture.into_rgba8();
    let mut opacities = rgba.pixels().map(|pixel| pixel.0[3]);
    let first = opacities.next();
    let opaque = opacities.all(|alpha| Some(alpha) == first);
    notes.push(if opaque { Note::OpacityIgnored } else { Note::TransparentLeftOut });
    let mut out = RgbImage::new(rgba.width(), rgba.height());
    for (to, from) in out.pixels_mut().zip(rgba.pixels()) {
        let [r, g, b, a] = from.0;
        to.0 = [r, g, b].map(|v| if opaque { v } else { over_black(v, a) });
    }
    out
}
