//! What cameras do to pictures, done on purpose: how much of the figures survives it.

use image::RgbImage;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Result;
use crate::measure::{MicronsPerPixel, PxSize};
use crate::raster;

/// White balance of a camera that takes the lamp for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Tint {
    /// Red x 1.12, blue x 0.85.
    Warm,
    /// Red x 0.85, blue x 1.12.
    Cold,
}

impl Tint {
    fn gains(self) -> [f32; 3] {
        match self {
            Self::Warm => [1.12, 1.0, 0.85],
            Self::Cold => [0.85, 1.0, 1.12],
        }
    }
}

/// Applied in the order of the fields; the scale factor acts on what the engine is told, not on the pixels. Resized
/// pictures take their labels and their scale along ([`super::LabelledPicture::resized`]).
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Distortion {
    /// Width and height are this many times as large, as by a camera of another magnification.
    pub resize: Option<f64>,
    /// Standard deviation of a Gaussian blur, µm on the film.
    pub blur_um: Option<f64>,
    /// White balance.
    pub tint: Option<Tint>,
    /// Quality of a JPEG that the picture is stored as, 1 to 100.
    pub jpeg_quality: Option<u8>,
    /// The scale is this many times the true one.
    pub scale_factor: Option<f64>,
}

impl Distortion {
    /// True where the pixels stay as they are.
    pub fn leaves_pixels(&self) -> bool {
        self.resize.is_none() && self.blur_um.is_none() && self.tint.is_none() && self.jpeg_quality.is_none()
    }

    /// The distorted pixels; `scale` is that of the picture after resizing.
    ///
    /// # Errors
    /// [`ErrorKind::Internal`] where the JPEG cannot be written or read again.
    pub fn of(&self, mut pixels: RgbImage, scale: Option<MicronsPerPixel>) -> Result<RgbImage> {
        if self.resize.is_some() {
            let PxSize { width, height } =
                self.size(PxSize { width: pixels.width(), height: pixels.height() });
            pixels = raster::resampled(&pixels, width, height);
        }
        if let (Some(um), Some(scale)) = (self.blur_um, scale) {
            pixels = raster::blurred(&pixels, scale.px(um) as f32);
        }
        if let Some(tint) = self.tint {
            let gains = tint.gains();
            for pixel in pixels.pixels_mut() {
                for (value, gain) in pixel.0.iter_mut().zip(gains) {
                    *value = (f32::from(*value) * gain).min(255.0) as u8;
                }
            }
        }
        if let Some(quality) = self.jpeg_quality {
            pixels = raster::through_jpeg(&pixels, quality)?;
        }
        Ok(pixels)
    }

    /// The size of a picture of this size once it is resized.
    pub fn size(&self, size: PxSize) -> PxSize {
        let side = |n: u32| (f64::from(n) * self.resize.unwrap_or(1.0)).round().max(1.0) as u32;
        PxSize { width: side(size.width), height: side(size.height) }
    }

    /// The scale that the engine is told.
    pub fn scale(&self, scale: MicronsPerPixel) -> Option<MicronsPerPixel> {
        MicronsPerPixel::new(scale.get() * self.scale_factor.unwrap_or(1.0))
    }
}
