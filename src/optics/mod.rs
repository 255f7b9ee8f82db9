//! Which part of a picture is examined.

use crate::measure::PxRect;

/// The examined part of a picture: so far all of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum View {
    /// All of it.
    Whole,
}

impl View {
    /// True where the point is examined.
    pub fn contains(&self, _x: f64, _y: f64) -> bool {
        true
    }

    /// Examined share of a box.
    pub fn coverage(&self, _bounds: &PxRect) -> f64 {
        1.0
    }
}
