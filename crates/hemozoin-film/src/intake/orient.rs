//! From the upright picture back to the pixels as stored.

use image::metadata::Orientation;

use crate::measure::PxSize;

/// A box of whole pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Region {
    /// Left edge.
    pub(super) x: u32,
    /// Top edge.
    pub(super) y: u32,
    /// Pixels across.
    pub(super) width: u32,
    /// Pixels down.
    pub(super) height: u32,
}

/// Size of the upright picture.
pub(super) fn upright_size(stored: PxSize, orientation: Orientation) -> PxSize {
    if turns(orientation) { PxSize { width: stored.height, height: stored.width } } else { stored }
}

/// Where an upright region lies among the stored pixels. The region must lie inside the upright picture.
pub(super) fn stored_region(upright: Region, stored: PxSize, orientation: Orientation) -> Region {
    let Region { x, y, width, height } = upright;
    let from_right = |start: u32, length: u32| stored.width - (start + length);
    let from_bottom = |start: u32, length: u32| stored.height - (start + length);
    let (sx, sy) = match orientation {
        Orientation::NoTransforms => (x, y),
        Orientation::FlipHorizontal => (from_right(x, width), y),
        Orientation::FlipVertical => (x, from_bottom(y, height)),
        Orientation::Rotate180 => (from_right(x, width), from_bottom(y, height)),
        Orientation::Rotate90 => (y, from_bottom(x, width)),
        Orientation::Rotate270 => (from_right(y, height), x),
        Orientation::Rotate90FlipH => (y, x),
        Orientation::Rotate270FlipH => (from_right(y, height), from_bottom(x, width)),
    };
    let (width, height) = if turns(orientation) { (height, width) } else { (width, height) };
    Region { x: sx, y: sy, width, height }
}

fn turns(orientation: Orientation) -> bool {
    matches!(
        orientation,
        Orientation::Rotate90
            | Orientation::Rotate270
            | Orientation::Rotate90FlipH
            | Orientation::Rotate270FlipH
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{DynamicImage, Rgb, RgbImage};

    /// The `image` crate's own turning of a whole picture is the outside answer.
    #[test]
    fn a_region_agrees_with_the_turned_whole() {
        let stored = RgbImage::from_fn(7, 5, |x, y| Rgb([x as u8, y as u8, 9]));
        let size = PxSize { width: 7, height: 5 };
        for exif in 1..=8 {
            let orientation = Orientation::from_exif(exif).expect("1 to 8");
            let mut whole = DynamicImage::ImageRgb8(stored.clone());
            whole.apply_orientation(orientation);
            let upright = upright_size(size, orientation);
            assert_eq!((whole.width(), whole.height()), (upright.width, upright.height));
            let region = Region { x: 1, y: 2, width: 3, height: 2 };
            let r = stored_region(region, size, orientation);
            let mut part = DynamicImage::ImageRgb8(
                image::imageops::crop_imm(&stored, r.x, r.y, r.width, r.height).to_image(),
            );
            part.apply_orientation(orientation);
            assert_eq!(part, whole.crop_imm(1, 2, 3, 2), "EXIF orientation {exif}");
        }
    }
}
