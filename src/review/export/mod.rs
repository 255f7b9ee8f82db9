//! What readers decided, as labels in the forms that other programs open.

mod coco;
mod cvat;
mod form;
mod geojson;
mod labels;
mod table;
mod voc;
mod yolo;

pub use form::LabelForm;
pub use labels::{Label, LabelSet, LabelledField};
