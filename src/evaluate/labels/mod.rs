//! Labels in the forms that other programs write: COCO, YOLO and Pascal VOC.

mod category;
pub(super) mod coco;
mod find;
mod form;
mod voc;
mod yolo;

pub(super) use find::{Below, InFolder};
pub use find::{Found, Whereabouts, best};
pub use form::LabelFile;
