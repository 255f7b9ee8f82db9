//! The fields of one slide, or of both films of one patient, become one record. Threads live here.

mod conclude;
mod engine;
mod examine;
mod progress;
mod refine;
mod scale;
mod sheet;
mod source;

pub use engine::{Engine, Parallel};
pub use examine::{Examined, FileOutcome};
pub use progress::{Event, Progress, Silent};
pub use scale::{ScaleKey, ScaleTable};
pub use sheet::SlideSheet;
pub use source::{FilmPictures, PictureFile, SlideSource};
