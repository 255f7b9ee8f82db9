//! Pictures with everything that was found drawn into them, for a reader to check.
//!
//! Colours are those of Okabe and Ito (2008), which the colour-blind can tell apart; shape and line differ too, so that
//! a picture printed in grey still says the same. Nothing but marks lies over the film: names, legend and scale bar
//! stand above and below it.

mod choice;
mod label;
mod legend;
mod lettering;
mod page;
mod pen;
mod style;

pub use choice::{Marks, chosen_fields, marked_names};
pub use page::{marked, marked_jpeg};
