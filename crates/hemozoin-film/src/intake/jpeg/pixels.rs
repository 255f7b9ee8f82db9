//! A JPEG's pixels, by the decoder that is right on its form.

use std::io::Cursor;

use image::codecs::jpeg::JpegDecoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, RgbImage};
use jpeg_decoder::{Decoder, PixelFormat};

use super::stream::{Walked, walk};
use super::survey::Survey;
use crate::Result;
use crate::intake::{Limits, fault};

/// The pixels as stored, and how they are to be turned.
pub(in crate::intake) fn decode(bytes: &[u8], limits: &Limits) -> Result<(DynamicImage, Orientation)> {
    let survey = Survey::of(bytes);
    if let Some(other) = survey.other_coding() {
        return Err(fault::jpeg_form(other.code()));
    }
    let Some(size) = survey.size() else {
        return Err(if survey.ended() {
            fault::corrupt("a JPEG without a size")
        } else {
            fault::truncated()
        });
    };
    limits.check_held(size)?;
    let bytes = survey.mended(bytes);
    match walk(&bytes) {
        Walked::Whole => {}
        // What the last scans of a progressive picture would add may have been left out by whoever wrote it.
        Walked::Coarse | Walked::Unsaid if survey.ended() => {}
        _ if !survey.ended() => return Err(fault::truncated()),
        _ => return Err(fault::overwritten()),
    }
    if survey.suits_usual_decoder() {
        let mut decoder = JpegDecoder::new(Cursor::new(&*bytes)).map_err(fault::from_image)?;
        // EXIF that cannot be read leaves the picture as stored.
        let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
        Ok((DynamicImage::from_decoder(decoder).map_err(fault::from_image)?, orientation))
    } else {
        odd_form(&bytes)
    }
}

fn odd_form(bytes: &[u8]) -> Result<(DynamicImage, Orientation)> {
    let mut decoder = Decoder::new(bytes);
    let pixels = decoder.decode().map_err(fault::from_jpeg)?;
    let orientation =
        decoder.exif_data().and_then(Orientation::from_exif_chunk).unwrap_or(Orientation::NoTransforms);
    let info = decoder.info().ok_or_else(|| fault::corrupt("a JPEG without a frame"))?;
    let (width, height) = (info.width.into(), info.height.into());
    let picture = match info.pixel_format {
        PixelFormat::L8 => image::GrayImage::from_raw(width, height, pixels).map(DynamicImage::from),
        PixelFormat::RGB24 => RgbImage::from_raw(width, height, pixels).map(DynamicImage::from),
        PixelFormat::CMYK32 => RgbImage::from_raw(width, height, light(&pixels)).map(DynamicImage::from),
        PixelFormat::L16 => return Err(fault::jpeg_form("deep")),
    };
    Ok((picture.ok_or_else(|| fault::corrupt("fewer pixels than its size says"))?, orientation))
}

/// What four inks leave of red, green and blue.
fn light(inks: &[u8]) -> Vec<u8> {
    let left = |ink: u8| u32::from(255 - ink);
    let of_pixel = |[c, m, y, k]: &[u8; 4]| {
        [c, m, y].map(|ink| u8::try_from((left(*ink) * left(*k) + 127) / 255).unwrap_or(u8::MAX))
    };
    inks.as_chunks::<4>().0.iter().flat_map(of_pixel).collect()
}
