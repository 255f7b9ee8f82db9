//! What readers decided, as labels in the forms that other programs open.

mod coco;
mod cvat;
mod form;
mod geojson;
mod label_set;
mod table;
mod voc;
mod xml;
mod yolo;

pub use form::LabelForm;
pub use label_set::{Label, LabelSet, LabelledField};
