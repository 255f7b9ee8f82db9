//! A list of slides made by the laboratory: CSV or TOML.

mod csv;
mod row;
mod slides;
mod toml;

pub(super) use slides::described;
pub use slides::{pictures_named, read_manifest};
