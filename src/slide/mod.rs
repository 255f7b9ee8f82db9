//! The pictures of one slide, or of both films of one patient, become one record. Threads live here; paths do not.

mod conclude;
mod control;
mod engine;
mod examine;
mod input;
mod reading;
mod refine;
mod scale;

pub use control::{Control, Event, Silent};
pub use engine::{Engine, EngineBuilder, Parallel};
pub use examine::{Examined, FileOutcome};
pub use input::{Content, PictureInput, PictureSource, SlideInput};
pub use reading::{Slide, Standing};
pub use scale::{ScaleKey, ScaleTable};
