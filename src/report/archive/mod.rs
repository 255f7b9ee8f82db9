//! An archive's journal into tables, a page and surveillance figures.
//!
//! Everything is streamed from the journal slide by slide, in the order of ids, and written whole or not at all.
//! No clock and no language of the session goes in, so that the same journal gives the same bytes: the page holds
//! both languages.

mod cell;
mod columns;
mod config;
mod csv;
mod dhis2;
mod figures;
mod outputs;
mod page;
mod parquet;
mod plot;
mod summary;

pub use config::SurveillanceConfig;
pub use dhis2::{Surveillance, data_values, events};
pub use outputs::write_outputs;
pub use summary::summary_csv;
