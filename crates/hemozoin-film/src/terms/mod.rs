//! The words of the field, as closed enums; each doc comment is the glossary entry. Those that the rules need are the
//! rules' own.

mod cell;
mod label;
mod sex;

pub use cell::{CellClass, Stage};
pub use label::LabelKind;
pub use malaria_standard::{Film, OtherCode, Species};
pub use sex::Sex;
