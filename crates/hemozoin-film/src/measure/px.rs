//! Lengths and boxes in pixels.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Width and height of a picture in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub struct PxSize {
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
}

impl PxSize {
    /// Width times height, without overflow.
    pub fn area(self) -> u64 {
        u64::from(self.width) * u64::from(self.height)
    }
}

/// An ordered, finite, non-empty box `[x, x + width) x [y, y + height)` in pixels of the upright picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PxRect {
    x: f64,
    y: f64,
    width: f64,
    height: f64,
}

impl PxRect {
    /// `None` unless all four are finite and both sides are positive.
    pub fn new(x: f64, y: f64, width: f64, height: f64) -> Option<Self> {
        let sound = [x, y, width, height].iter().all(|v| v.is_finite()) && width > 0.0 && height > 0.0;
        sound.then_some(Self { x, y, width, height })
    }

    /// The box around a centre.
    pub fn around(cx: f64, cy: f64, width: f64, height: f64) -> Option<Self> {
        Self::new(cx - width / 2.0, cy - height / 2.0, width, height)
    }

    /// Left edge.
    pub fn x(&self) -> f64 {
        self.x
    }
    /// Top edge.
    pub fn y(&self) -> f64 {
        self.y
    }
    /// Side along x.
    pub fn width(&self) -> f64 {
        self.width
    }
    /// Side along y.
    pub fn height(&self) -> f64 {
        self.height
    }
    /// Centre, x then y.
    pub fn centre(&self) -> (f64, f64) {
        (self.x + self.width / 2.0, self.y + self.height / 2.0)
    }

    /// True where the point lies inside (left and top edges in, right and bottom out).
    pub fn contains(&self, x: f64, y: f64) -> bool {
        x >= self.x && x < self.x + self.width && y >= self.y && y < self.y + self.height
    }

    /// The same box with both coordinates and both sides multiplied.
    pub fn scaled(&self, factor: f64) -> Option<Self> {
        Self::new(self.x * factor, self.y * factor, self.width * factor, self.height * factor)
    }

    /// The part of the box inside a picture, or `None` where they do not meet.
    pub fn clipped(&self, size: PxSize) -> Option<Self> {
        let (x0, y0) = (self.x.max(0.0), self.y.max(0.0));
        let x1 = (self.x + self.width).min(f64::from(size.width));
        let y1 = (self.y + self.height).min(f64::from(size.height));
        Self::new(x0, y0, x1 - x0, y1 - y0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_is_half_open_and_never_empty() {
        let r = PxRect::new(2.0, 3.0, 4.0, 5.0).expect("sound box");
        assert!(r.contains(2.0, 3.0) && !r.contains(6.0, 3.0) && !r.contains(2.0, 8.0));
        assert_eq!(r.centre(), (4.0, 5.5));
        assert!(PxRect::new(0.0, 0.0, 0.0, 1.0).is_none());
        assert!(PxRect::new(0.0, 0.0, f64::NAN, 1.0).is_none());
    }

    #[test]
    fn clipping_keeps_x_and_y_apart() {
        let r = PxRect::new(-1.0, 8.0, 4.0, 4.0).and_then(|r| r.clipped(PxSize { width: 20, height: 10 }));
        let r = r.expect("they meet");
        assert_eq!((r.x(), r.y(), r.width(), r.height()), (0.0, 8.0, 3.0, 2.0));
    }
}
