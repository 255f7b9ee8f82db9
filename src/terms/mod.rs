//! The words of the field, as closed enums; each doc comment is the glossary entry.

mod cell;
mod film;
mod other;

pub use cell::{CellClass, Species, Stage};
pub use film::Film;
pub use other::OtherCode;
