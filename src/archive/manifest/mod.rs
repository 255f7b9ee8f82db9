//! A list of slides made by the laboratory: CSV or TOML.

mod csv;
mod row;
mod slides;
mod toml;

pub(super) use slides::described;
pub use slides::read_manifest;
