//! The words of the field, as closed enums; each doc comment is the glossary entry.

mod cell;
mod film;
mod other;
mod sex;

pub use cell::{CellClass, Species, Stage};
pub use film::Film;
pub use other::OtherCode;
pub use sex::Sex;
