//! The fields of all slides, shared out over the threads of the pool.
//!
//! Each thread takes a whole file: it reads, decodes, examines and detects on its own, so that a core never waits
//! for another. A read-ahead thread touches the files that come next, so that none waits for the disk either. One
//! writer owns the journal. What is held at once: one decoded picture per thread, and the outcomes of the one
//! slide that is being ended; it does not grow with the archive.

mod read_ahead;
mod schedule;
mod tracker;
mod work;
mod writer;

pub use tracker::{Snapshot, Tracker};
pub(super) use work::examined;
pub use work::{Ended, run};
pub(in crate::archive) use writer::end;
