//! What lies on a disk becomes the engine's input: folders, single pictures and `slide.toml`. Only this room and the
//! archive know where a slide's pictures are; the engine never asks.

mod layout;
mod names;
mod sheet;
mod slide_source;

pub use names::{LABORATORY, is_no_pictures_name};
pub use sheet::SlideSheet;
pub use slide_source::{FilmPictures, PictureFile, SlideSource, analyze};
