//! Pictures of a slide that has been read, opened again for what is drawn from them: marks and crops.

use super::crops::{CropScale, crop_jpeg, crops, draw_scale_bar};
use crate::intake::{Limits, Picture};
use crate::record::{DetectionRecord, FieldRecord};
use crate::source::SlideSource;
use crate::{Error, ErrorKind, Result};

/// JPEG quality of crops: small, with the fine dots of a ring still there.
const QUALITY: u8 = 80;

/// The picture of a field, as it was when the slide was read.
///
/// # Errors
/// What opening it refuses; [`ErrorKind::Io`] where it has changed since; [`ErrorKind::Internal`] where it is no picture of
/// this slide.
pub(crate) fn open(field: &FieldRecord, source: &SlideSource, limits: &Limits) -> Result<Picture> {
    let file =
        source.files().iter().find(|f| f.film == field.film && f.name == field.image).ok_or_else(|| {
            Error::new(ErrorKind::Internal, format!("{} is not a picture of this slide", field.image))
        })?;
    let picture = Picture::open(&file.path, field.page, limits)?;
    if picture.sha256() != field.sha256 {
        return Err(Error::new(ErrorKind::Io, "the picture was changed while the slide was read; run again")
            .with_key("report-picture-changed")
            .with_path(&file.path));
    }
    Ok(picture)
}

/// Crops that are wanted, each with its number: the order in which they were asked for.
#[derive(Debug, Default)]
pub(super) struct Order<'a> {
    /// By field.
    wanted: Vec<Vec<Wanted<'a>>>,
    all: usize,
}

#[derive(Debug)]
struct Wanted<'a> {
    number: usize,
    at: &'a DetectionRecord,
    scale: CropScale,
    bar: bool,
}

impl<'a> Order<'a> {
    /// Nothing yet, of so many fields.
    pub(super) fn of(fields: usize) -> Self {
        Self { wanted: (0..fields).map(|_| Vec::new()).collect(), all: 0 }
    }

    /// Asks for one more, with a scale bar where `bar` says so.
    pub(super) fn add(&mut self, field: usize, at: &'a DetectionRecord, scale: CropScale, bar: bool) {
        if let Some(of_field) = self.wanted.get_mut(field) {
            of_field.push(Wanted { number: self.all, at, scale, bar });
        }
        self.all += 1;
    }

    /// How many were asked for.
    pub(super) fn len(&self) -> usize {
        self.all
    }

    /// Whether any is of this field.
    pub(super) fn has(&self, field: usize) -> bool {
        self.wanted.get(field).is_some_and(|w| !w.is_empty())
    }

    /// The crops of one field as JPEG files, each with its number.
    ///
    /// # Errors
    /// As [`crops`].
    pub(super) fn cut(
        &self,
        at: usize,
        field: &FieldRecord,
        picture: &Picture,
    ) -> Result<Vec<(usize, Vec<u8>)>> {
        let Some(wanted) = self.wanted.get(at) else { return Ok(Vec::new()) };
        let mut cut = Vec::with_capacity(wanted.len());
        for one in wanted {
            for mut crop in crops(picture, field, [one.at], one.scale)? {
                if one.bar {
                    draw_scale_bar(&mut crop, one.scale);
                }
                cut.push((one.number, crop_jpeg(&crop, QUALITY)?));
            }
        }
        Ok(cut)
    }
}
