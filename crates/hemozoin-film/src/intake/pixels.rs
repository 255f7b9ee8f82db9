//! Where pixels come from, whether a file, a stream or memory.

use image::RgbImage;
use image::imageops::crop_imm;

use super::Picture;
use super::reduce::reduced_size;
use crate::Result;
use crate::measure::PxSize;

/// An upright picture that can be read region by region.
pub trait Pixels: Sync {
    /// Its size.
    fn size(&self) -> PxSize;

    /// The pixels of `[x, x + width) x [y, y + height)`, which lie inside the picture.
    ///
    /// # Errors
    /// Where the picture cannot be read.
    fn read(&self, x: u32, y: u32, width: u32, height: u32) -> Result<RgbImage>;

    /// The whole picture reduced so that its longer side is at most `max_side`; never enlarged.
    ///
    /// # Errors
    /// Where the picture cannot be read.
    fn overview(&self, max_side: u32) -> Result<RgbImage>;

    /// The whole picture, where it is in memory anyway.
    fn whole(&self) -> Option<&RgbImage> {
        None
    }
}

impl Pixels for RgbImage {
    fn size(&self) -> PxSize {
        PxSize { width: self.width(), height: self.height() }
    }

    fn read(&self, x: u32, y: u32, width: u32, height: u32) -> Result<RgbImage> {
        Ok(crop_imm(self, x, y, width, height).to_image())
    }

    fn overview(&self, max_side: u32) -> Result<RgbImage> {
        let size = Pixels::size(self);
        let target = reduced_size(size, max_side);
        if target == size {
            return Ok(self.clone());
        }
        Ok(image::imageops::thumbnail(self, target.width, target.height))
    }

    fn whole(&self) -> Option<&RgbImage> {
        Some(self)
    }
}

impl Pixels for Picture {
    fn size(&self) -> PxSize {
        Picture::size(self)
    }

    fn read(&self, x: u32, y: u32, width: u32, height: u32) -> Result<RgbImage> {
        Picture::read(self, x, y, width, height)
    }

    fn overview(&self, max_side: u32) -> Result<RgbImage> {
        Picture::overview(self, max_side)
    }

    fn whole(&self) -> Option<&RgbImage> {
        Picture::whole(self)
    }
}
