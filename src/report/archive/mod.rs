//! An archive's journal into tables, a page and surveillance figures.
//!
//! Everything is streamed from the journal slide by slide and written whole or not at all. No clock and no language of
//! the session goes in, so that the same journal gives the same bytes: pages hold both languages, and open in that of the
//! run.

mod bilingual;
mod columns;
mod config;
mod dhis2;
mod drawing;
mod edited;
mod figures;
mod joined;
mod outputs;
mod page;
#[cfg(feature = "review")]
mod panels;
mod parquet;
mod plot;
mod shared;
mod shown;
mod slide_page;
mod slides;
mod summary;
#[cfg(feature = "review")]
mod trends;

pub use config::SurveillanceConfig;
pub use dhis2::{Surveillance, data_values, events};
pub use joined::take_drawn;
pub use outputs::{OutputsWritten, write_outputs};
pub use shared::shared_in_words;
pub use shown::slide_picture;
#[cfg(feature = "service")]
pub(crate) use slides::write_new_slides;
pub use slides::{Again, CaughtUp, SlidesWritten, catch_up, write_slides};
pub use summary::summary_csv;
#[cfg(feature = "review")]
pub use trends::trend_files;
