//! Pictures with everything that was found drawn into them, for a reader to check.
//!
//! Colours are those of Okabe and Ito (2008), which the colour-blind can tell apart; shape and line differ too, so that
//! a picture printed in grey still says the same. Nothing but marks and the numbers of parasites lies over the film, and no
//! number over a thing that was found: names, legend, scores and scale bar stand above and below it.

mod choice;
mod label;
mod legend;
mod lettering;
mod list;
mod page;
mod pen;
mod style;

pub(super) use choice::mark_number;
pub use choice::{Marks, chosen_fields, marked_names};
pub use page::{marked, marked_jpeg};
