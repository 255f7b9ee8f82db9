//! One thing that was found.

use crate::measure::{Probability, PxRect};
use crate::terms::{CellClass, Stage};

/// An object found in a picture, in pixels of the upright picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Detection {
    /// What it is.
    pub class: CellClass,
    /// Stage of a parasite, where the model gives one.
    pub stage: Option<Stage>,
    /// Calibrated probability that such an object is there.
    pub score: Probability,
    /// Its box.
    pub bounds: PxRect,
    /// For a red cell: the number of asexual parasites whose centre lies in it. `None` for everything else.
    pub parasites_inside: Option<u32>,
    /// For a red cell: the number of gametocytes whose centre lies in it. `None` for everything else.
    pub gametocytes_inside: Option<u32>,
    /// For a parasite on a thin film: whether a red cell around it was found. `None` for everything else.
    pub in_red_cell: Option<bool>,
    /// On a thin film: whether the edge of the view cuts this red cell, or the one around this parasite. Shown, and
    /// not counted as a cell: a part of it is out of sight.
    pub cut: bool,
}

impl Detection {
    /// For a red cell: whether it holds an asexual parasite. `None` for everything else.
    pub fn infected(&self) -> Option<bool> {
        self.parasites_inside.map(|n| n > 0)
    }
}

/// What was found in a picture, and what was nearly found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// What reaches the threshold of its class.
    pub detections: Vec<Detection>,
    /// Parasites whose score misses it, but reaches a quarter of it; the 30 likeliest. For a reader's eye, never counted.
    pub near_misses: Vec<Detection>,
}
