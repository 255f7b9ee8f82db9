//! The pictures of one slide, or of both films of one patient, become one record. Threads live here; paths do not.

mod conclude;
mod control;
mod engine;
mod examine;
mod grade;
mod input;
mod reading;
mod refine;
mod same_field;
mod scale;
mod threads;

#[cfg(feature = "archive")]
pub(crate) use control::go_on;
pub use control::{Control, Event, Silent};
pub use engine::{Engine, EngineBuilder, Parallel};
pub use examine::{Examined, FileOutcome};
#[cfg(feature = "review")]
pub(crate) use grade::{grade_thick_fields, grade_thin_fields};
pub use input::{Content, PictureInput, PictureSource, SlideInput};
pub use reading::{Slide, Standing};
pub use scale::{ScaleKey, ScaleTable};
pub use threads::Threads;
