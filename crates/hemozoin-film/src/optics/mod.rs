//! What a picture can show: its bright disc, its scale, and whether it is fit to be counted.
//!
//! Verdicts rest on image quality alone, before anything is counted (INV-2).

mod blobs;
mod blocks;
mod blur;
mod colour;
mod disc;
mod examine;
mod film_shown;
mod landmarks;
mod likeness;
mod marks;
mod nuclei;
mod overlap;
mod parts;
mod plane;
mod quality;
mod red_cells;
mod scale;
mod screen;
mod thresholds;
mod view;

pub use examine::{Examination, examine};
pub use likeness::{Common, Likeness};
pub use marks::Marks;
pub use overlap::Overlap;
pub use quality::{Measurements, Quality, Reason, ReasonCode, Verdict};
pub use scale::{ScaleBasis, ScaleEstimate, ScaleEvidence, pool_scales};
pub use thresholds::QualityThresholds;
pub use view::{Disc, View};
