//! The thin film: red cells in, parasitaemia and density out (section 6).

mod count;
mod grade;
mod percent;

pub use count::ThinCount;
pub use grade::{ThinOutcome, ThinState, grade_thin};
pub use percent::{Parasitaemia, ReportedPercent};
