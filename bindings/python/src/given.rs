//! What a caller states about a slide, and pictures as he has them.

use std::path::{Path, PathBuf};

use hemozoin::intake::{Limits, Pages, Picture};
use hemozoin::record::SiteFloor;
use hemozoin::{
    Facts, Film, MicronsPerPixel, PictureSource, RbcPerMicrolitre, Result, SlideInfo, WbcPerMicrolitre,
};
use ndarray::ArrayView3;
use pyo3::FromPyObject;

use crate::error::usage;

/// What acts on the result of a slide, as keyword arguments.
#[derive(Debug, FromPyObject)]
#[pyo3(from_item_all)]
pub(crate) struct Stated {
    film: Option<String>,
    um_per_px: Option<f64>,
    wbc_per_ul: Option<f64>,
    rbc_per_ul: Option<f64>,
    floor: Option<PathBuf>,
}

impl Stated {
    pub(crate) fn facts(&self) -> Result<Facts> {
        let mut facts = Facts::default();
        facts.film = film(self.film.as_deref())?;
        facts.um_per_px = scale(self.um_per_px)?;
        facts.wbc_per_ul = self.wbc_per_ul.map(WbcPerMicrolitre::try_from).transpose().map_err(usage)?;
        facts.rbc_per_ul = self.rbc_per_ul.map(RbcPerMicrolitre::try_from).transpose().map_err(usage)?;
        facts.site_floors = self.floor.as_deref().map(SiteFloor::read).transpose()?.unwrap_or_default();
        Ok(facts)
    }
}

pub(crate) fn film(name: Option<&str>) -> Result<Option<Film>> {
    match name {
        None => Ok(None),
        Some("thick") => Ok(Some(Film::Thick)),
        Some("thin") => Ok(Some(Film::Thin)),
        Some(other) => Err(usage(format!("{other} is no film; say 'thick' or 'thin'"))),
    }
}

pub(crate) fn scale(um_per_px: Option<f64>) -> Result<Option<MicronsPerPixel>> {
    um_per_px.map(MicronsPerPixel::try_from).transpose().map_err(usage)
}

/// What a laboratory says about a slide, as the JSON of the record's `slide`.
pub(crate) fn info(json: &str) -> Result<SlideInfo> {
    let info: SlideInfo = serde_json::from_str(json).map_err(usage)?;
    info.check()?;
    Ok(info)
}

/// Pixels: `height` rows of `width` pixels of red, green and blue, without gaps.
pub(crate) fn picture(pixels: &[u8], height: usize, width: usize, limits: &Limits) -> Result<Picture> {
    let view = ArrayView3::from_shape((height, width, 3), pixels).map_err(usage)?;
    Picture::from_view(view, limits)
}

/// A file that is opened when its turn comes.
#[derive(Debug)]
pub(crate) struct OnDisk(pub(crate) PathBuf);

impl PictureSource for OnDisk {
    fn open(&self, limits: &Limits) -> Result<Pages> {
        Pages::open(&self.0, limits)
    }

    fn place(&self) -> Option<&Path> {
        Some(&self.0)
    }
}
