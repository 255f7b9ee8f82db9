//! Which parts of a picture the detector sees at once, and which tile owns each point.

mod owner;
mod plan;

pub use owner::owned_span;
pub use plan::{Tile, TilePlan, TileShape};
