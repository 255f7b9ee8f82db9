//! The words of the field, as closed enums; each doc comment is the glossary entry.

mod cell;
mod film;

pub use cell::{CellClass, Species, Stage};
pub use film::Film;
