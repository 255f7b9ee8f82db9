//! Thousands of slides over night: planned once, journalled as they are read, resumed where they stopped.
//!
//! [`ArchivePlan`] finds the slides (folders or a manifest), [`Archive`] is an output folder with its journal and its
//! lock, [`run()`] shares the pictures of all slides out over the threads, [`verify()`] reads some of them again, by an
//! [`ArchiveReader`], which changes nothing;
//! [`Archive::jobs`] hands slides out to other processes, which read them, and [`Archive::accept`] takes back what they read;
//! [`describe()`] lays a manifest over one that has been read.
//! The journal is the truth: every other file can be written again from it, byte for byte. It is also the only
//! place with clock times, and nothing depends on them. Tables and pages are made by `report::archive`.

mod case;
mod describe;
mod elsewhere;
mod folder;
mod join;
mod journal;
mod lock;
mod manifest;
mod plan;
mod reader;
mod rows;
mod run;
mod shard;
mod share;
mod stamp;
mod summary;
#[cfg(feature = "review")]
mod trends;
mod verify;

pub use crate::terms::Sex;
pub use case::Case;
pub use describe::{Described, describe};
pub use elsewhere::SlideJob;
pub use folder::{Archive, ChangedFile, INDEX, OUTPUTS, Opening, PAGES};
pub use join::join;
#[cfg(feature = "report")]
pub(crate) use join::unsound_record;
pub use journal::{Begun, Journal, SharedPictures, SlideReading, SlideState, Standing, StoredSlide};
pub use lock::{at_work, while_free};
pub use manifest::{pictures_named, read_manifest};
pub use plan::{ArchivePlan, Disputed, PlannedSlide};
pub use reader::ArchiveReader;
pub use rows::{ReadBy, SlideRow, Urgency};
pub use run::{Ended, Snapshot, Tracker, run};
pub use shard::Shard;
pub use stamp::{BundleStamp, Stamp};
pub use summary::{
    AgeBands, Bands, Group, Held, HeldReason, Period, SummaryBy, SummaryLine, SummaryTable, WhichSpecies,
};
#[cfg(feature = "review")]
pub use trends::{ByMonth, Part, PatientSlide, Trends};
pub use verify::{Difference, Verified, sample, verify};
