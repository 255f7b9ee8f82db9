//! What leaves the laboratory and what comes back: cases for a far expert, labels in the forms that other programs open,
//! and results as other systems take them.
//!
//! Everything here is a way out of the reading of the review, or into it; it computes no count of its own.

mod case;
mod labels;
#[cfg(feature = "send")]
mod post;
mod result;

pub use case::{
    Answer, Case, CaseFile, CaseOptions, Recipient, SecretKey, answer_of, room, sealed, slide_of_archive,
    tell_archive,
};
pub use labels::{Label, LabelForm, LabelSet, LabelledField, LabelsTaken, take_labels};
#[cfg(feature = "send")]
pub use post::{Delivered, Imported, Line, LineOptions, Outbox, Parcel, ParcelState, push};
pub use result::{Attached, Codes, Released, ResultForm, Standing};
