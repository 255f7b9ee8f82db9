//! The grid of tiles over one picture at the model's scale ("plane" pixels).
//!
//! Tiles own squares that cover the plane without gap or overlap; what the model sees is the owned square
//! grown by the halo on every side. Positions are multiples of [`TileShape::ALIGN`], the largest stride of the
//! models, so that a point meets the same grid of strided convolutions in whichever tile it is seen: the owned
//! squares start at such multiples, and what is seen starts one halo before all of them.

use crate::measure::PxSize;
use crate::{Error, ErrorKind, Result};

use super::owner::owned_span;

/// Side and halo of a square tile, in plane pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TileShape {
    side: u32,
    halo: u32,
}

impl TileShape {
    /// Positions of owned squares and sides of tiles are multiples of this many plane pixels.
    pub const ALIGN: u32 = 16;

    /// A tile of `side` pixels whose outer `halo` on every side is seen but not owned.
    ///
    /// # Errors
    /// [`ErrorKind::Model`] unless the side is a multiple of [`Self::ALIGN`] and the halo of half of that, the side
    /// is at most 4096 and the owned square is not empty.
    pub fn new(side: u32, halo: u32) -> Result<Self> {
        let aligned = side.is_multiple_of(Self::ALIGN) && halo.is_multiple_of(Self::ALIGN / 2);
        if !aligned || side > 4096 || halo.saturating_mul(2) >= side {
            return Err(Error::new(
                ErrorKind::Model,
                format!(
                    "tile {side} with halo {halo} does not work: the tile must be a multiple of {}, the halo of {}, \
                     the tile at most 4096 and more than twice the halo",
                    Self::ALIGN,
                    Self::ALIGN / 2
                ),
            ));
        }
        Ok(Self { side, halo })
    }

    /// Side of what the model sees.
    pub fn side(self) -> u32 {
        self.side
    }
    /// Width of the border that is seen but not owned.
    pub fn halo(self) -> u32 {
        self.halo
    }
    /// Side of what a tile owns.
    pub fn core(self) -> u32 {
        self.side - 2 * self.halo
    }
}

/// One tile: the square it owns, clipped to nothing. Coordinates are plane pixels and may be negative or lie
/// past the picture at its edges.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tile {
    /// Left edge of the owned square.
    pub x: i64,
    /// Top edge of the owned square.
    pub y: i64,
    /// Side and halo.
    pub shape: TileShape,
}

impl Tile {
    /// Left edge of what the model sees.
    pub fn seen_x(&self) -> i64 {
        self.x - i64::from(self.shape.halo)
    }
    /// Top edge of what the model sees.
    pub fn seen_y(&self) -> i64 {
        self.y - i64::from(self.shape.halo)
    }
    /// True where this tile owns the point.
    pub fn owns(&self, x: f64, y: f64) -> bool {
        self.owns_within(x, y, 0.0)
    }
    /// True where the owned square, grown by `margin` plane pixels on every side (shrunk where negative), holds the
    /// point.
    pub fn owns_within(&self, x: f64, y: f64, margin: f64) -> bool {
        let core = f64::from(self.shape.core());
        let inside = |value: f64, from: i64| {
            let from = from as f64;
            value >= from - margin && value < from + core + margin
        };
        inside(x, self.x) && inside(y, self.y)
    }
}

/// All tiles of one plane, row by row.
#[derive(Clone, Debug)]
pub struct TilePlan {
    size: PxSize,
    shape: TileShape,
    origin: (u32, u32),
}

impl TilePlan {
    /// The grid over a plane of `size`, with its first tile at the plane's corner.
    pub fn new(size: PxSize, shape: TileShape) -> Self {
        Self { size, shape, origin: (0, 0) }
    }

    /// The same grid moved left and up by `dx`, `dy` pixels (rounded down to [`TileShape::ALIGN`]).
    /// Detections do not depend on it; tests hold the engine to that.
    #[must_use]
    pub fn shifted(mut self, dx: u32, dy: u32) -> Self {
        let align = |v: u32| (v % self.shape.core()) / TileShape::ALIGN * TileShape::ALIGN;
        self.origin = (align(dx), align(dy));
        self
    }

    /// Size of the plane.
    pub fn size(&self) -> PxSize {
        self.size
    }

    /// Number of rows of tiles.
    pub fn rows(&self) -> u32 {
        (self.size.height + self.origin.1).div_ceil(self.shape.core())
    }

    /// Number of tiles in a row.
    pub fn columns(&self) -> u32 {
        (self.size.width + self.origin.0).div_ceil(self.shape.core())
    }

    /// Number of pixels, halos included, of the tiles that are `wanted`.
    pub fn pixels_seen(&self, wanted: impl Fn(&Tile) -> bool) -> u64 {
        let tiles: usize = (0..self.rows()).map(|row| self.row(row).filter(&wanted).count()).sum();
        tiles as u64 * u64::from(self.shape.side()).pow(2)
    }

    /// Side and halo of its tiles.
    pub fn shape(&self) -> TileShape {
        self.shape
    }

    /// The tiles of row `row`, from left to right.
    pub fn row(&self, row: u32) -> impl Iterator<Item = Tile> + '_ {
        let (y, _) = owned_span(row, self.shape.core(), self.origin.1);
        (0..self.columns()).map(move |column| {
            let (x, _) = owned_span(column, self.shape.core(), self.origin.0);
            Tile { x, y, shape: self.shape }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn shapes_that_cannot_work_are_refused() {
        for (side, halo) in [(250, 16), (256, 10), (256, 128), (0, 0), (8192, 16)] {
            assert!(TileShape::new(side, halo).is_err(), "{side} {halo}");
        }
    }

    proptest! {
        #[test]
        fn every_point_has_exactly_one_owner(
            width in 1_u32..900, height in 1_u32..700, dx in 0_u32..300, dy in 0_u32..300,
            u in 0.0_f64..1.0, v in 0.0_f64..1.0,
        ) {
            let shape = TileShape::new(256, 32).expect("sound shape");
            let plan = TilePlan::new(PxSize { width, height }, shape).shifted(dx, dy);
            let (x, y) = (u * f64::from(width), v * f64::from(height));
            let owners = (0..plan.rows()).flat_map(|r| plan.row(r)).filter(|t| t.owns(x, y)).count();
            prop_assert_eq!(owners, 1);
        }

        #[test]
        fn positions_are_aligned(dx in 0_u32..300, dy in 0_u32..300) {
            let shape = TileShape::new(320, 48).expect("sound shape");
            let plan = TilePlan::new(PxSize { width: 1000, height: 500 }, shape).shifted(dx, dy);
            for tile in (0..plan.rows()).flat_map(|r| plan.row(r)) {
                prop_assert_eq!(tile.seen_x().rem_euclid(16), 0);
                prop_assert_eq!(tile.seen_y().rem_euclid(16), 0);
            }
        }
    }
}
