//! The versioned record of a slide: plain data, the only shape that others may store.

mod field;
mod provenance;
mod schema;
mod settings;
mod site_floor;
mod slide;

pub use field::{
    BoxRecord,
    DetectionRecord, FieldRecord, Measure, PassedOver, QualityRecord, ReasonRecord, ScaleRecord, ViewRecord,
};
pub use provenance::{BundleProvenance, Provenance};
pub use schema::json_schema;
pub use settings::Settings;
pub use site_floor::{MeasuredSlide, SiteFloor, unit_of};
pub use slide::{FilmTally, Results, SCHEMA, SlideInfo, SlideRecord, Tallies, Unread};
