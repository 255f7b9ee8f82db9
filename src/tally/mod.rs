//! From detections to whole numbers. Nothing here knows a rule beyond what is counted as what.

mod count;
mod field_tally;

pub use count::tally_field;
pub use field_tally::FieldTally;
