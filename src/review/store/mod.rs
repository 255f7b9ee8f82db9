//! Decisions on the disk: one SQLite file beside the record, to which rows are only ever added.
//!
//! When an append returns, the rows have reached the disk. Triggers refuse any change of a row, whoever asks. Several
//! pages and several processes may write: each append is one transaction that waits for the others, and its key makes a
//! second sending of the same decisions the same decisions.

mod append;
mod read;
mod rows;
mod sent;
mod tables;
mod take;

pub use rows::{Entry, Reading, Signature};
pub use sent::SentReading;
pub use tables::Store;
pub use take::Taken;
