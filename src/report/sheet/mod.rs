//! The contact sheet: everything that was counted as a parasite, and what was nearly counted, side by side at one physical
//! scale, the doubtful first; white and red cells by sample. A reader sees in a minute what a count is made of.
//!
//! One HTML file with the crops inside it: no script, no network. Rows that are not in sight are neither laid out nor
//! drawn (`content-visibility`), so that 3,000 crops open at once.

mod choice;
mod page;

#[cfg(feature = "archive")]
pub(super) use choice::evenly;
pub use choice::{Shelf, ShelfEntry, ShelfKind, shelves};
pub use page::contact_sheet;
