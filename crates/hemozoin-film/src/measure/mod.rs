//! Quantities with units. Pixels have their origin top left, x before y, half-open.

mod probability;
mod px;
mod scale;

pub use malaria_standard::{RbcPerMicrolitre, WbcPerMicrolitre};
pub use probability::Probability;
pub use px::{PxRect, PxSize};
pub use scale::MicronsPerPixel;
