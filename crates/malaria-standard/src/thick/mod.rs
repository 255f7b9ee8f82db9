//! The thick film: fields in, the count that the rules allow, and its state out (section 5).

mod field;
mod grade;
mod outcome;
mod walk;

pub use field::{FieldCount, ThickTotals};
pub use grade::{grade_fields, grade_totals};
pub use outcome::{SpeciesCount, ThickOutcome, ThickState};
pub use walk::{CountSet, Search, StopReason};
