//! Small pictures of what was found, all at one physical scale: a red cell has the same size on every slide.
//!
//! Nothing is drawn over the film: what a crop is about lies in its middle. Only the scale bar lies in a corner, where a
//! caller asks for it.

use image::{Rgb, RgbImage};

use crate::intake::Pixels;
use crate::measure::MicronsPerPixel;
use crate::raster;
use crate::record::{DetectionRecord, FieldRecord};
use crate::{Error, ErrorKind, Result};

/// What lies outside the picture.
const OUTSIDE: Rgb<u8> = Rgb([235, 235, 235]);
/// Lengths that a scale bar may have, µm.
const BARS: [f64; 7] = [100.0, 50.0, 20.0, 10.0, 5.0, 2.0, 1.0];

/// How large crops are: so many pixels for so many micrometres of film, whatever the scale of the slide.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CropScale {
    side_px: u32,
    side_um: f64,
}

impl CropScale {
    /// Of the contact sheet: 14 µm in 112 pixels, 8 pixels per µm. A red cell (7.4 µm) has 59 pixels; a white cell and
    /// the longest gametocyte fit.
    pub const SHEET: Self = Self { side_px: 112, side_um: 14.0 };
    /// Of a printed page: as much film in 240 pixels, for a printer's finer dots.
    pub const PRINT: Self = Self { side_px: 240, side_um: 14.0 };
    /// Of the review page: a red cell and its surroundings, 8 pixels per µm.
    pub const REVIEW: Self = Self { side_px: 104, side_um: 13.0 };
    /// Of the larger view of one mark there.
    pub const AROUND: Self = Self { side_px: 320, side_um: 40.0 };

    /// Crops of `side_px` pixels (8 to 2048) that show `side_um` micrometres (1 to 60); `None` for others.
    pub fn new(side_px: u32, side_um: f64) -> Option<Self> {
        let sound = (8..=2048).contains(&side_px) && (1.0..=60.0).contains(&side_um);
        sound.then_some(Self { side_px, side_um })
    }

    /// Side of a crop, pixels.
    pub fn side_px(self) -> u32 {
        self.side_px
    }

    /// Side of a crop, µm of film.
    pub fn side_um(self) -> f64 {
        self.side_um
    }

    /// Pixels of a crop for one µm of film.
    pub fn px_per_um(self) -> f64 {
        f64::from(self.side_px) / self.side_um
    }

    /// Length of the scale bar that suits these crops, µm: the longest round one of at most two fifths of a side.
    pub fn bar_um(self) -> f64 {
        BARS.into_iter().find(|um| *um <= 0.4 * self.side_um).unwrap_or(1.0)
    }
}

/// The crops of one field around `places`, in their order; empty where the field has no scale.
///
/// Boxes are in pixels of the upright picture, as `picture` is. A crop beyond the picture's edge is grey there.
///
/// # Errors
/// What reading the picture refuses; [`ErrorKind::Internal`] where `picture` has not the record's size.
pub fn crops<'a>(
    picture: &dyn Pixels,
    field: &FieldRecord,
    places: impl IntoIterator<Item = &'a DetectionRecord>,
    scale: CropScale,
) -> Result<Vec<RgbImage>> {
    let size = picture.size();
    if (size.width, size.height) != (field.width, field.height) {
        return Err(internal(format!(
            "the picture has {} x {} pixels, its record {} x {}",
            size.width, size.height, field.width, field.height
        )));
    }
    let Some(of_field) = &field.scale else { return Ok(Vec::new()) };
    let um_per_px = of_field.um_per_px;
    places
        .into_iter()
        .map(|d| crop(picture, um_per_px, (d.x + d.width / 2.0, d.y + d.height / 2.0), scale))
        .collect()
}

/// One crop around a point of the upright picture, pixels.
///
/// # Errors
/// What reading the picture refuses.
pub fn crop(
    picture: &dyn Pixels,
    um_per_px: MicronsPerPixel,
    (x, y): (f64, f64),
    scale: CropScale,
) -> Result<RgbImage> {
    let side = scale.side_px;
    let size = picture.size();
    // At a wrong scale no more than twice the picture is laid out.
    let most = 2.0 * f64::from(size.width.max(size.height).max(1));
    let span = um_per_px.px(scale.side_um).clamp(1.0, most);
    // Whole pixels around the crop, with two more for the filter.
    let window = span.ceil() as u32 + 4;
    let first = |middle: f64| (middle - span / 2.0).floor().clamp(-1e9, 1e9) as i64 - 2;
    let (left, top) = (first(x), first(y));
    let Some(around) = window_of(picture, left, top, window)? else {
        return Ok(RgbImage::from_pixel(side, side, OUTSIDE));
    };
    let within = |middle: f64, start: i64| {
        (middle - span / 2.0 - start as f64).clamp(0.0, (f64::from(window) - span).max(0.0))
    };
    raster::square(around, (within(x, left), within(y, top)), span, side)
}

/// The square of `side` pixels from (`left`, `top`) on; `None` where it misses the picture.
fn window_of(picture: &dyn Pixels, left: i64, top: i64, side: u32) -> Result<Option<RgbImage>> {
    let size = picture.size();
    let part = |start: i64, length: u32| {
        let from = start.clamp(0, i64::from(length));
        let to = (start + i64::from(side)).clamp(0, i64::from(length));
        u32::try_from(from).ok().zip(u32::try_from(to - from).ok()).filter(|(_, n)| *n > 0)
    };
    let (Some((x, width)), Some((y, height))) = (part(left, size.width), part(top, size.height)) else {
        return Ok(None);
    };
    let seen = picture.read(x, y, width, height)?;
    if (width, height) == (side, side) {
        return Ok(Some(seen));
    }
    let mut window = RgbImage::from_pixel(side, side, OUTSIDE);
    raster::lay(&mut window, &seen, i64::from(x) - left, i64::from(y) - top);
    Ok(Some(window))
}

/// Draws the scale bar of [`CropScale::bar_um`] into the lower left corner: white on a dark edge.
pub fn draw_scale_bar(crop: &mut RgbImage, scale: CropScale) {
    let (width, height) = crop.dimensions();
    let length = (scale.bar_um() * scale.px_per_um()).round() as u32;
    let (margin, thick) = ((scale.side_px / 24).max(2), (scale.side_px / 40).max(2));
    let mut fill = |x0: u32, y0: u32, x1: u32, y1: u32, colour: Rgb<u8>| {
        for y in y0..y1.min(height) {
            for x in x0..x1.min(width) {
                crop.put_pixel(x, y, colour);
            }
        }
    };
    let top = height.saturating_sub(margin + thick);
    fill(margin - 1, top.saturating_sub(1), margin + length + 1, top + thick + 1, Rgb([0, 0, 0]));
    fill(margin, top, margin + length, top + thick, Rgb([255, 255, 255]));
}

/// A crop as the bytes of a JPEG file of the given quality (1 to 100).
///
/// # Errors
/// [`ErrorKind::Internal`] where it has no JPEG form.
pub fn crop_jpeg(crop: &RgbImage, quality: u8) -> Result<Vec<u8>> {
    raster::jpeg(crop, quality)
}

fn internal(message: String) -> Error {
    Error::new(ErrorKind::Internal, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A dark disc of `um` micrometres around a point of a pale picture.
    fn disc(um_per_px: f64, at: (f64, f64), um: f64) -> RgbImage {
        let radius = um / um_per_px / 2.0;
        RgbImage::from_fn(640, 420, |x, y| {
            let far = (f64::from(x) + 0.5 - at.0).hypot(f64::from(y) + 0.5 - at.1);
            if far < radius { Rgb([40, 20, 90]) } else { Rgb([230, 220, 225]) }
        })
    }

    /// Middle and width of what is dark, pixels.
    fn dark(crop: &RgbImage) -> (f64, f64, f64) {
        let places: Vec<(u32, u32)> =
            crop.enumerate_pixels().filter(|(.., p)| p.0[0] < 130).map(|(x, y, _)| (x, y)).collect();
        let mean = |v: &dyn Fn(&(u32, u32)) -> u32| {
            places.iter().map(|p| f64::from(v(p)) + 0.5).sum::<f64>() / places.len() as f64
        };
        (mean(&|p| p.0), mean(&|p| p.1), (4.0 * places.len() as f64 / std::f64::consts::PI).sqrt())
    }

    #[test]
    fn a_red_cell_has_the_same_size_on_every_slide() {
        for um_per_px in [0.04, 0.1, 0.137, 0.27] {
            let picture = disc(um_per_px, (301.3, 200.7), 7.4);
            let scale = MicronsPerPixel::new(um_per_px).expect("a scale");
            let crop = crop(&picture, scale, (301.3, 200.7), CropScale::SHEET).expect("a crop");
            let (x, y, width) = dark(&crop);
            assert!((x - 56.0).abs() < 0.7 && (y - 56.0).abs() < 0.7, "{um_per_px}: {x} {y}");
            assert!((width - 7.4 * 8.0).abs() < 1.2, "{um_per_px}: {width}");
        }
    }

    #[test]
    fn beyond_the_picture_there_is_grey() {
        let scale = MicronsPerPixel::new(0.1).expect("a scale");
        let picture = RgbImage::from_pixel(200, 100, Rgb([90, 60, 120]));
        let corner = crop(&picture, scale, (0.0, 100.0), CropScale::SHEET).expect("a crop");
        assert_eq!(*corner.get_pixel(3, 3), OUTSIDE);
        assert_eq!(*corner.get_pixel(100, 3), Rgb([90, 60, 120]));
        assert_eq!(*corner.get_pixel(100, 100), OUTSIDE);
        for far in [(1e12, 5.0), (-1e12, -1e12), (900.0, 50.0)] {
            let crop = crop(&picture, scale, far, CropScale::SHEET).expect("a crop");
            assert!(crop.pixels().all(|p| *p == OUTSIDE));
        }
    }

    #[test]
    fn the_bar_is_as_long_as_it_says() {
        for scale in [CropScale::SHEET, CropScale::PRINT, CropScale::new(300, 60.0).expect("sound")] {
            let mut crop = RgbImage::from_pixel(scale.side_px(), scale.side_px(), Rgb([120, 90, 140]));
            draw_scale_bar(&mut crop, scale);
            let row = |y: u32| (0..scale.side_px()).filter(|x| crop.get_pixel(*x, y).0 == [255; 3]).count();
            let longest = (0..scale.side_px()).map(row).max().expect("rows");
            assert_eq!(longest as f64, (scale.bar_um() * scale.px_per_um()).round());
        }
        assert_eq!(CropScale::SHEET.bar_um(), 5.0);
    }
}
