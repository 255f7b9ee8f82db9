//! The pictures of a slide's page, drawn from the slide's own pictures.

use image::RgbImage;
use rayon::prelude::*;

use super::shown::{Places, Shown, clear_pictures};
use crate::files::{make_folder, write_whole};
use crate::intake::Limits;
use crate::locale::Catalogue;
use crate::raster;
use crate::record::{DetectionRecord, SlideRecord};
use crate::report::again;
use crate::report::crops::{CropScale, crop_jpeg, crops};
use crate::report::marked::marked_jpeg;
use crate::source::SlideSource;
use crate::{Error, ErrorKind, Result};

/// Crops beside each other in the picture of all.
pub(super) const IN_A_ROW: usize = 12;
/// JPEG quality of that picture.
const QUALITY: u8 = 80;

/// Draws the marked fields and the crops of a slide anew; returns why pictures are missing. `stopped` is asked before each
/// picture is opened.
///
/// # Errors
/// [`ErrorKind::Io`] where the folder cannot be written.
pub(super) fn draw(
    record: &SlideRecord,
    source: &SlideSource,
    limits: &Limits,
    words: &Catalogue,
    places: &Places,
    stopped: &(dyn Fn() -> bool + Sync),
) -> Result<Vec<Error>> {
    // What an earlier run left is of other pictures.
    clear_pictures(&places.pictures);
    make_folder(&places.pictures)?;
    let shown = Shown::of(record);
    let mut wanted: Vec<Vec<(usize, &DetectionRecord)>> = vec![Vec::new(); record.fields.len()];
    for (number, entry) in shown.entries().enumerate() {
        if let Some(of_field) = wanted.get_mut(entry.field) {
            of_field.push((number, entry.detection));
        }
    }
    let drawn: Vec<Result<Vec<(usize, RgbImage)>>> = record
        .fields
        .par_iter()
        .enumerate()
        .with_max_len(1)
        .map(|(at, field)| {
            let cut = wanted.get(at).map(Vec::as_slice).unwrap_or_default();
            let marks = shown.marked.contains(&at);
            if (cut.is_empty() && !marks) || stopped() {
                return Ok(Vec::new());
            }
            let picture = again::open(field, source, limits)?;
            if marks {
                let jpeg = marked_jpeg(&picture, field, words).map_err(|e| e.with_path(&field.image))?;
                write_whole(&places.marked(at), &jpeg)?;
            }
            let made = crops(&picture, field, cut.iter().map(|(_, d)| *d), CropScale::SHEET)
                .map_err(|e| e.with_path(&field.image))?;
            Ok(cut.iter().map(|(number, _)| *number).zip(made).collect())
        })
        .collect();
    let mut sheet = blank(shown.entries().count());
    let mut refused = Vec::new();
    for of_field in drawn {
        match of_field {
            Ok(crops) => {
                for (number, crop) in crops {
                    let (x, y) = offset(number);
                    raster::lay(&mut sheet, &crop, i64::from(x), i64::from(y));
                }
            }
            // A full disk is no matter of one picture.
            Err(error) if error.kind() == ErrorKind::Io && error.is_disk_full() => return Err(error),
            Err(error) => refused.push(error),
        }
    }
    if sheet.width() > 0 {
        write_whole(&places.crops(), &crop_jpeg(&sheet, QUALITY)?)?;
    }
    Ok(refused)
}

/// Left and top of a crop in the picture of all, pixels.
pub(super) fn offset(number: usize) -> (u32, u32) {
    let side = CropScale::SHEET.side_px();
    let place = |n: usize| u32::try_from(n).unwrap_or(0) * side;
    (place(number % IN_A_ROW), place(number / IN_A_ROW))
}

/// Room for so many crops; grey where one cannot be shown.
fn blank(crops: usize) -> RgbImage {
    let side = CropScale::SHEET.side_px();
    let many = |n: usize| u32::try_from(n).unwrap_or(0) * side;
    RgbImage::from_pixel(
        many(crops.min(IN_A_ROW)),
        many(crops.div_ceil(IN_A_ROW)),
        image::Rgb([235, 235, 235]),
    )
}
