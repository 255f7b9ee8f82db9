//! What readers decided about a slide, and what the slide is with it. Nothing is overwritten.
//!
//! A machine's count is a proposal (section 9.1 of the standard). Every [`Decision`] of a reader is appended to a
//! [`Store`] beside the record, with who, when and why; [`ReadSlide::replay`] lays the decisions of one reading over the
//! record, by place, so that they outlive a run with another model; [`grade_reading`] lets the standard grade what came
//! of it. The record itself stays as the machine wrote it.

mod balance;
mod counts;
mod decision;
mod grade;
mod marks;
mod replay;
mod sample;
mod signed;
mod store;
mod summary;
mod together;

pub use balance::{Balance, LEAST_PARASITES, ReadScores, counted_from};
pub use counts::ReadCounts;
pub use decision::{Bounds, Decision, FieldKey, Machine, Subject, Verdict};
pub use grade::{ReadResult, grade_reading};
pub use marks::{Mark, MarkId, MarkOrigin, ReadField};
pub use replay::{Disagreement, ReadSlide};
pub use sample::{SAMPLE_ABOVE, SAMPLE_LEAST, SampleOf};
pub use signed::{Signed, as_signed, read_to_signature, signed_last, signed_reading};
pub use store::{Entry, Reading, SentReading, Signature, Store, Taken};
pub use summary::{FilmProgress, Progress};
pub use together::Together;
