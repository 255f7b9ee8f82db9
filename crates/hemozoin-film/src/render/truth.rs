//! What a rendered field holds.

use image::RgbImage;
use serde::{Deserialize, Serialize};

use crate::terms::{CellClass, Stage};

/// One object drawn, with its tight box in pixels of the picture (origin top left, half-open).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TruthObject {
    /// What it is.
    pub class: CellClass,
    /// Stage, for parasites.
    pub stage: Option<Stage>,
    /// Left edge of the visible part, pixels.
    pub x: f64,
    /// Top edge of the visible part, pixels.
    pub y: f64,
    /// Width of the visible part, pixels.
    pub width: f64,
    /// Height of the visible part, pixels.
    pub height: f64,
    /// For red cells: whether asexual parasites are inside.
    pub infected: Option<bool>,
    /// For red cells: how many asexual parasites are inside; 0 for everything else.
    pub parasites_inside: u32,
    /// True where the picture's edge or the eyepiece disc cuts the object; the box holds what is left of it.
    pub cut: bool,
    /// True where the centre of the whole object lies in view: these are the objects that [`super::Counts`] asked for.
    /// Red cells outside whose rim reaches into the view are drawn and listed too, with `false`.
    pub centre_in_view: bool,
}

/// A picture and everything in it.
#[derive(Clone, Debug)]
pub struct Rendered {
    /// The picture, 8-bit RGB.
    pub image: RgbImage,
    /// Every object of the five classes, in drawing order. Debris and precipitate are not listed: they are nothing.
    pub truth: Vec<TruthObject>,
}

impl Rendered {
    /// Number of objects of a class whose centre lies in view.
    pub fn count(&self, class: CellClass) -> usize {
        self.truth.iter().filter(|t| t.class == class && t.centre_in_view).count()
    }

    /// Number of red cells in view that hold at least one asexual parasite.
    pub fn infected_red_cells(&self) -> usize {
        self.truth.iter().filter(|t| t.infected == Some(true) && t.centre_in_view).count()
    }
}
