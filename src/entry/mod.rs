//! What a person enters, in a table, a sheet or a flag: numbers, dates, yes and no, and the tables of spreadsheets.
//!
//! One parser for all of them. What has one meaning is understood, in whatever country it was written; what has two is
//! a [`Misread`] that names both, and nobody chooses in silence (INV-6).

mod age;
mod alike;
mod answer;
mod date;
mod decode;
mod headings;
mod keyed;
mod misread;
mod near;
mod number;
mod style;
mod table;

pub use age::age_years;
pub use alike::{look_alike, one_form};
pub use answer::yes_or_no;
pub use date::{day, is_before, moment};
pub use decode::text_of_bytes;
pub use headings::{canonical, is_identity, plain};
pub use keyed::{Keyed, Written, keyed};
pub use misread::Misread;
pub use near::{Nearness, nearness};
pub use number::{quantity, real, real_within, whole};
pub use style::{DecimalSign, Style};
pub use table::{Line, Table};
