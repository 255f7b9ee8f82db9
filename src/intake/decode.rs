//! JPEG, PNG, BMP and WebP, held whole: bytes to upright 8-bit RGB.

use std::io::{BufRead, Cursor, Seek};

use image::codecs::{bmp::BmpDecoder, jpeg::JpegDecoder, png::PngDecoder, webp::WebPDecoder};
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, RgbImage};

use super::picture::Note;
use super::{Format, Limits, fault, jpeg};
use crate::error::Result;
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
            if !jpeg::is_complete(bytes) {
                return Err(fault::truncated());
            }
            let decoder = JpegDecoder::new(reader).map_err(fault::from_image)?;
            let (width, height) = decoder.dimensions();
            limits.check_held(PxSize { width, height })?;
            if !jpeg::is_sound(bytes) {
                return Err(fault::overwritten());
            }
            finish(decoder, false, limits)
        }
        Format::Png => {
            let decoder = PngDecoder::new(reader).map_err(fault::from_image)?;
            let animated = decoder.is_apng().map_err(fault::from_image)?;
            finish(decoder, animated, limits)
        }
        Format::Bmp => finish(BmpDecoder::new(reader).map_err(fault::from_image)?, false, limits),
        Format::Webp => webp(reader, limits),
        Format::Tiff => Err(fault::unsupported("TIFF held whole")),
    }
}

fn webp(reader: impl BufRead + Seek, limits: &Limits) -> Result<Decoded> {
    let decoder = WebPDecoder::new(reader).map_err(fault::from_image)?;
    let animated = decoder.has_animation();
    finish(decoder, animated, limits)
}

fn finish(mut decoder: impl ImageDecoder, animated: bool, limits: &Limits) -> Result<Decoded> {
    let (width, height) = decoder.dimensions();
    limits.check_held(PxSize { width, height })?;
    // EXIF that cannot be read leaves the picture as stored.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut notes = Vec::new();
    if animated {
        notes.push(Note::FirstFrameOnly);
    }
    let mut picture = DynamicImage::from_decoder(decoder).map_err(fault::from_image)?;
    if picture.color().bytes_per_pixel() / picture.color().channel_count() > 1 {
        notes.push(Note::DeeperThanEightBits);
    }
    if !picture.color().has_color() {
        notes.push(Note::Grey);
    }
    if picture.color().has_alpha() {
        notes.push(Note::AlphaOverWhite);
    }
    if orientation != Orientation::NoTransforms {
        notes.push(Note::Turned);
        picture.apply_orientation(orientation);
    }
    Ok(Decoded { pixels: flatten(picture), notes })
}

/// 8-bit RGB; what is transparent shows the white of an empty field.
fn flatten(picture: DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.into_rgb8();
    }
    let rgba = picture.into_rgba8();
    let mut out = RgbImage::new(rgba.width(), rgba.height());
    for (to, from) in out.pixels_mut().zip(rgba.pixels()) {
        let [r, g, b, a] = from.0;
        to.0 = [r, g, b].map(|v| over_white(v, a));
    }
    out
}

/// `value` with opacity `alpha` on white, rounded.
pub(super) fn over_white(value: u8, alpha: u8) -> u8 {
    let (value, alpha) = (u32::from(value), u32::from(alpha));
    u8::try_from((value * alpha + 255 * (255 - alpha) + 127) / 255).unwrap_or(u8::MAX)
}
