//! The report: one A4 page for whoever treats the patient, as HTML and as PDF.
//!
//! It computes nothing: words come from the catalogues, numbers from the record. What is not known is an empty line, never
//! a guess. Until a reader has signed it says in its first lines that it is preliminary.

mod face;
mod flow;
mod html;
mod laboratory;
mod layout;
mod letter;
mod pdf;
#[cfg(feature = "review")]
mod plain;

pub use laboratory::Laboratory;
pub(super) use letter::surest;
pub use letter::{Letter, Signature};
#[cfg(feature = "review")]
pub(crate) use plain::PlainSheet;
