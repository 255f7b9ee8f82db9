//! What readers decided, as labels in the forms that other programs open; and labels that were made there, as decisions.

mod coco;
mod cvat;
mod form;
mod geojson;
mod label_set;
mod table;
mod taken;
mod voc;
mod xml;
mod yolo;

pub use form::LabelForm;
pub use label_set::{Label, LabelSet, LabelledField};
pub use taken::{LabelsTaken, take_labels};
