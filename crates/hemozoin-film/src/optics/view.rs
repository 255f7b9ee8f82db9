//! Which part of a picture shows the film: all of it, or the bright disc of an eyepiece, but for what is drawn on it.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::marks::Marks;
use crate::measure::{PxRect, PxSize};

/// The bright disc of an eyepiece picture, in pixels of the upright picture; its edge may lie outside.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Disc {
    /// Centre, from the left edge.
    pub x: f64,
    /// Centre, from the top edge.
    pub y: f64,
    /// Radius.
    pub radius: f64,
}

/// The part of a picture that is looked at.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    size: PxSize,
    disc: Option<Disc>,
    marks: Option<Arc<Marks>>,
}

impl View {
    /// The whole picture.
    pub fn whole(size: PxSize) -> Self {
        Self { size, disc: None, marks: None }
    }

    /// The part of the picture inside `disc`.
    pub fn within(size: PxSize, disc: Disc) -> Self {
        Self { size, disc: Some(disc), marks: None }
    }

    /// Size of the upright picture.
    pub fn size(&self) -> PxSize {
        self.size
    }

    /// The disc, where there is one.
    pub fn disc(&self) -> Option<Disc> {
        self.disc
    }

    /// The same view of a picture that is drawn on.
    #[must_use]
    pub fn with_marks(self, marks: Option<Marks>) -> Self {
        Self { marks: marks.map(Arc::new), ..self }
    }

    /// Boxes around what is drawn or burnt into the picture, in pixels of the upright picture.
    pub fn marks(&self) -> &[PxRect] {
        self.marks.as_deref().map_or(&[], Marks::regions)
    }

    /// Whether so much of a box lies on marks that it shows no film.
    pub fn is_drawn_on(&self, bounds: &PxRect) -> bool {
        self.marks.as_deref().is_some_and(|marks| marks.cover(bounds))
    }

    /// True where the point shows film.
    pub fn contains(&self, x: f64, y: f64) -> bool {
        let inside =
            x >= 0.0 && y >= 0.0 && x < f64::from(self.size.width) && y < f64::from(self.size.height);
        inside && self.disc.is_none_or(|d| (x - d.x).powi(2) + (y - d.y).powi(2) <= d.radius * d.radius)
    }

    /// The share of a box that shows film, 0 to 1, by a grid of 16 x 16 points.
    pub fn coverage(&self, rect: &PxRect) -> f64 {
        const POINTS: u32 = 16;
        let at = |i: u32, start: f64, length: f64| start + (f64::from(i) + 0.5) / f64::from(POINTS) * length;
        let mut hits = 0_u32;
        for row in 0..POINTS {
            for column in 0..POINTS {
                let x = at(column, rect.x(), rect.width());
                let y = at(row, rect.y(), rect.height());
                hits += u32::from(self.contains(x, y));
            }
        }
        f64::from(hits) / f64::from(POINTS * POINTS)
    }

    /// The smallest box of the picture that holds everything in view; `None` where the disc misses it.
    pub fn bounds(&self) -> Option<PxRect> {
        let whole = PxRect::new(0.0, 0.0, f64::from(self.size.width), f64::from(self.size.height))?;
        match self.disc {
            None => Some(whole),
            Some(d) => PxRect::around(d.x, d.y, 2.0 * d.radius, 2.0 * d.radius)?.clipped(self.size),
        }
    }

    /// Diameter of the disc in pixels where all of it (but for a sliver) lies inside the picture.
    pub fn whole_disc_diameter(&self) -> Option<f64> {
        /// Part of the radius that may lie outside the picture.
        const SLIVER: f64 = 0.05;
        let d = self.disc?;
        let reach = d.radius * (1.0 - SLIVER);
        let whole = d.x >= reach
            && d.y >= reach
            && d.x + reach <= f64::from(self.size.width)
            && d.y + reach <= f64::from(self.size.height);
        whole.then_some(2.0 * d.radius)
    }

    /// The same view in a picture resized to `to`, without marks.
    pub fn resized(&self, to: PxSize) -> Self {
        let factor = f64::from(to.width) / f64::from(self.size.width.max(1));
        let disc = self.disc.map(|d| Disc { x: d.x * factor, y: d.y * factor, radius: d.radius * factor });
        Self { size: to, disc, marks: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZE: PxSize = PxSize { width: 200, height: 100 };

    #[test]
    fn a_disc_cut_by_the_frame() {
        let view = View::within(SIZE, Disc { x: 150.0, y: 50.0, radius: 60.0 });
        assert!(view.contains(199.0, 50.0) && !view.contains(201.0, 50.0));
        assert!(!view.contains(80.0, 50.0));
        let bounds = view.bounds().expect("they meet");
        assert_eq!((bounds.x(), bounds.y(), bounds.width(), bounds.height()), (90.0, 0.0, 110.0, 100.0));
        assert_eq!(view.whole_disc_diameter(), None);
        let outside = PxRect::new(0.0, 0.0, 50.0, 50.0).expect("sound");
        let inside = PxRect::new(140.0, 40.0, 20.0, 20.0).expect("sound");
        assert_eq!((view.coverage(&outside), view.coverage(&inside)), (0.0, 1.0));
    }

    #[test]
    fn half_a_box_is_half_covered() {
        let rect = PxRect::new(-50.0, 0.0, 100.0, 100.0).expect("sound");
        assert_eq!(View::whole(SIZE).coverage(&rect), 0.5);
    }
}
