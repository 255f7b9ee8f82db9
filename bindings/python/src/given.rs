//! What a caller states about a slide, and pictures as he has them.

use std::fmt::Display;
use std::path::{Path, PathBuf};

use hemozoin::intake::{Limits, Pages, Picture};
use hemozoin::record::SiteFloor;
use hemozoin::{
    Error, Facts, Film, MicronsPerPixel, PictureSource, RbcPerMicrolitre, Result, SlideInfo, WbcPerMicrolitre,
};
use ndarray::ArrayView3;
use pyo3::FromPyObject;
use serde_json::{Map, Value};

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
        let wbc = ("error-wbc-per-ul", WbcPerMicrolitre::RANGE);
        let rbc = ("error-rbc-per-ul", RbcPerMicrolitre::RANGE);
        facts.wbc_per_ul = self.wbc_per_ul.map(|cells| within(cells, wbc)).transpose()?;
        facts.rbc_per_ul = self.rbc_per_ul.map(|cells| within(cells, rbc)).transpose()?;
        facts.site_floors = self.floor.as_deref().map(SiteFloor::read).transpose()?.unwrap_or_default();
        Ok(facts)
    }
}

pub(crate) fn film(name: Option<&str>) -> Result<Option<Film>> {
    match name {
        None => Ok(None),
        Some("thick") => Ok(Some(Film::Thick)),
        Some("thin") => Ok(Some(Film::Thin)),
        Some(other) => {
            let why = format!("\"{other}\" is no film; say \"thick\" or \"thin\"");
            Err(usage("error-call-film-name", why).with_arg("value", other))
        }
    }
}

pub(crate) fn scale(um_per_px: Option<f64>) -> Result<Option<MicronsPerPixel>> {
    let range = ("error-um-per-px", MicronsPerPixel::RANGE);
    um_per_px.map(|um| within(um, range)).transpose()
}

/// A quantity, or the refusal of its key, which says what it may be.
fn within<T: TryFrom<f64, Error: Display>>(
    value: f64,
    (key, (low, high)): (&'static str, (f64, f64)),
) -> Result<T> {
    T::try_from(value)
        .map_err(|why| usage(key, why).with_arg("value", value).with_arg("low", low).with_arg("high", high))
}

/// What a laboratory says about a slide, as the JSON of the record's `slide`.
pub(crate) fn info(json: &str) -> Result<SlideInfo> {
    let unlike = |why: serde_json::Error| {
        let text = format!(
            "what is said about the slide holds something that is neither a text nor a number ({why}); correct it"
        );
        usage("error-call-about", text).with_arg("reason", why)
    };
    let said: Map<String, Value> = serde_json::from_str(json).map_err(unlike)?;
    said.iter().try_for_each(|(name, value)| of_its_type(name, value))?;
    let info: SlideInfo = serde_json::from_value(Value::Object(said)).map_err(unlike)?;
    info.check()?;
    info.check_order()?;
    Ok(info)
}

/// Refuses what is of another type than the record's: a caller may hand over anything.
fn of_its_type(name: &str, value: &Value) -> Result<()> {
    let not_a = |key, what: &str| -> Result<()> {
        let why = format!("{name} is a {what}, and cannot be {value}; give a {what}");
        Err(usage(key, why).with_arg("what", name).with_arg("value", value))
    };
    match (name, value) {
        ("id", Value::String(_)) => Ok(()),
        ("id", _) => not_a("error-call-is-text", "text"),
        (_, Value::Null) | ("age_years", Value::Number(_)) => Ok(()),
        ("age_years", _) => not_a("error-call-is-number", "number"),
        ("sex", Value::String(sex)) if matches!(sex.as_str(), "female" | "male") => Ok(()),
        ("sex", other) => {
            let why = format!("{other} is no sex here; say \"female\" or \"male\"");
            Err(usage("error-call-sex", why).with_arg("value", other))
        }
        (_, Value::String(_)) => Ok(()),
        _ => not_a("error-call-is-text", "text"),
    }
}

/// Pixels in another shape than height x width x 3.
pub(crate) fn no_shape(sides: &[usize]) -> Error {
    let found = sides.iter().map(ToString::to_string).collect::<Vec<_>>().join(" x ");
    let why = format!("the pixels have the shape {found}; give height x width x 3 (red, green, blue)");
    usage("error-call-shape", why).with_arg("found", found)
}

/// Pixels: `height` rows of `width` pixels of red, green and blue, without gaps.
pub(crate) fn picture(pixels: &[u8], height: usize, width: usize, limits: &Limits) -> Result<Picture> {
    let sides = (height, width, 3);
    let view = ArrayView3::from_shape(sides, pixels).ok().filter(|view| !view.is_empty());
    let view = view.ok_or_else(|| no_shape(&[height, width, 3]))?;
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
