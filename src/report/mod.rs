//! A record becomes what people and programs read: text, tables, JSON, marked pictures. No number is computed here.

#[cfg(feature = "archive")]
pub mod archive;
mod basis;
mod csv;
mod film;
mod folder;
mod json;
mod marked;
mod pictures;
mod text;
mod words;

pub use csv::{CsvStyle, detections_csv, fields_csv};
pub use folder::{ResultFolder, Written};
pub use json::record_json;
pub use marked::{Marks, chosen_fields, marked, marked_jpeg, marked_names};
pub use pictures::picture_lines;
pub use text::{full_text, text};
