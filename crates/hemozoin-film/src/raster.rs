//! Pixels scaled, cut and stored: what every room does with a picture that it hands on, compiled where it is optimised.

use fast_image_resize::images::Image;
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};
use image::codecs::jpeg::JpegEncoder;
use image::{ImageFormat, RgbImage, imageops};

use crate::{Error, ErrorKind, Result};

/// A picture as the bytes of a JPEG file of the given quality (1 to 100).
///
/// # Errors
/// [`ErrorKind::Internal`] where it has no JPEG form: no pixels, or a side of more than 65,535.
pub fn jpeg(picture: &RgbImage, quality: u8) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    picture
        .write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, quality))
        .map_err(|e| internal(&format!("a picture has no JPEG form: {e}")))?;
    Ok(bytes)
}

/// A picture as a JPEG file of the given quality (1 to 100) shows it.
///
/// # Errors
/// As [`jpeg`].
pub fn through_jpeg(picture: &RgbImage, quality: u8) -> Result<RgbImage> {
    let read = image::load_from_memory_with_format(&jpeg(picture, quality)?, ImageFormat::Jpeg);
    Ok(read.map_err(|e| internal(&format!("a stored picture cannot be read: {e}")))?.into_rgb8())
}

/// A picture of another size (Catmull-Rom).
///
/// # Errors
/// [`ErrorKind::Internal`] where either size is none.
pub fn resized(picture: &RgbImage, width: u32, height: u32) -> Result<RgbImage> {
    if picture.dimensions() == (width, height) {
        return Ok(picture.clone());
    }
    scaled(picture.clone(), (width, height), ResizeOptions::new())
}

/// The square of `span` pixels of a picture from (`x`, `y`) on, as one of `side` pixels (Catmull-Rom).
///
/// # Errors
/// [`ErrorKind::Internal`] where it is not inside the picture.
pub fn square(picture: RgbImage, (x, y): (f64, f64), span: f64, side: u32) -> Result<RgbImage> {
    scaled(picture, (side, side), ResizeOptions::new().crop(x, y, span, span))
}

fn scaled(picture: RgbImage, (width, height): (u32, u32), options: ResizeOptions) -> Result<RgbImage> {
    let refused = |e: &dyn std::fmt::Display| internal(&format!("a picture cannot be scaled: {e}"));
    let (across, down) = picture.dimensions();
    let source =
        Image::from_vec_u8(across, down, picture.into_raw(), PixelType::U8x3).map_err(|e| refused(&e))?;
    let mut target = Image::new(width, height, PixelType::U8x3);
    let options = options.resize_alg(ResizeAlg::Convolution(FilterType::CatmullRom));
    Resizer::new().resize(&source, &mut target, &options).map_err(|e| refused(&e))?;
    RgbImage::from_raw(width, height, target.into_vec()).ok_or_else(|| refused(&"another size"))
}

/// A picture of another size as the crate `image` makes it (Catmull-Rom), by which figures were measured.
pub fn resampled(picture: &RgbImage, width: u32, height: u32) -> RgbImage {
    imageops::resize(picture, width, height, imageops::FilterType::CatmullRom)
}

/// A picture blurred by a normal distribution of this deviation, pixels.
pub fn blurred(picture: &RgbImage, deviation: f32) -> RgbImage {
    imageops::blur(picture, deviation)
}

/// A part of a picture, as much of it as lies inside.
pub fn part(picture: &RgbImage, x: u32, y: u32, width: u32, height: u32) -> RgbImage {
    imageops::crop_imm(picture, x, y, width, height).to_image()
}

/// Lays a picture over another with its upper left corner at (`x`, `y`); what lies outside is cut off.
pub fn lay(onto: &mut RgbImage, picture: &RgbImage, x: i64, y: i64) {
    imageops::replace(onto, picture, x, y);
}

fn internal(message: &str) -> Error {
    Error::new(ErrorKind::Internal, message)
}
