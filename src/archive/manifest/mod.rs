//! A list of slides made by the laboratory: CSV or TOML.

mod csv;
mod row;
mod slides;
mod toml;

pub use slides::read_manifest;
pub(super) use slides::described;
