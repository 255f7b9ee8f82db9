//! The versioned record of a slide: plain data, the only shape that others may store, and [`read()`] to read it again.

mod fault;
mod field;
mod field_row;
mod info;
mod provenance;
mod read;
mod schema;
mod settings;
mod site_floor;
mod slide;

pub use fault::Fault;
pub use field::{
    BoxRecord, DetectionRecord, FieldRecord, Measure, PassedOver, QualityRecord, ReasonRecord, ScaleRecord,
    SharedRecord, ViewRecord,
};
#[doc(hidden)]
pub use field_row::FieldRow;
pub use info::SlideInfo;
pub use provenance::{BundleProvenance, FalseMarks, Provenance};
pub use read::{read, read_file};
pub use schema::json_schema;
pub use settings::{Facts, Rules, Settings};
pub use site_floor::{MeasuredSlide, MeasuredThreshold, SiteFloor, SiteThreshold, unit_of};
pub use slide::{FilmTally, Results, SCHEMA, SlideRecord, Tallies, Unread};
