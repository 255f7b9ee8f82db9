//! The journal: an SQLite file that survives power cuts and holds every outcome as soon as it is known.
//!
//! Write-ahead log: a killed process loses nothing that was written; a power cut loses at most the fields since the
//! last slide ended, for then the log is synchronised. A slide keeps its number; whatever is told of slides is in the order of ids.

mod begun;
mod described;
mod elsewhere;
mod naming;
mod open;
mod planned;
mod read;
mod reading;
mod shard;
mod shared;
mod work;

pub use begun::Begun;
pub(super) use described::Described;
pub(super) use naming::file_facts;
pub use open::Journal;
pub use planned::StoredSlide;
pub use read::{SlideState, Standing};
pub use reading::SlideReading;
pub(super) use shard::Listed;
pub use shared::SharedPictures;
pub(super) use work::{RefusedPlan, packed, unpacked};
