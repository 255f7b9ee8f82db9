//! A record becomes what people and programs read: text, tables, JSON, marked pictures, contact sheet, report. No number is computed here.

mod again;
#[cfg(feature = "archive")]
pub mod archive;
mod basis;
mod cell;
mod clinical;
mod crops;
mod csv;
mod csv_table;
mod fields;
mod film;
mod folder;
mod head;
mod html;
mod json;
mod kept;
mod marked;
mod pictures;
mod result;
mod sheet;
mod text;
#[cfg(feature = "review")]
mod together;
mod words;

#[cfg(feature = "review")]
pub(crate) use again::open as reopened;
#[cfg(feature = "review")]
pub(crate) use clinical::PlainSheet;
pub use clinical::{Laboratory, Letter, Signature};
pub use crops::{CropScale, crop, crop_jpeg, crops, draw_scale_bar};
#[cfg(feature = "review")]
pub(crate) use csv::text_cell;
pub use csv::{CsvStyle, detections_csv, fields_csv};
pub use folder::{ResultFolder, Written};
pub use json::record_json;
pub use marked::{Marks, chosen_fields, marked, marked_jpeg, marked_names};
pub use pictures::picture_lines;
pub use sheet::{Shelf, ShelfEntry, ShelfKind, contact_sheet, shelves};
pub use text::{full_text, text};
#[cfg(feature = "review")]
#[doc(hidden)]
pub use together::{signature_of, together_lines};
