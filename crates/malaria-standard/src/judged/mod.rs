//! What a count may say when a machine proposed it and a reader has judged none, some or all of it (section 9.1).
//!
//! [`Judged`] holds a film's count together with how far it was judged, so that a machine count cannot be taken for a
//! reader's: only [`Graded::of_judged`](super::Graded::of_judged) gets at it, and that states presence, density and
//! percentage for what was read alone (MCH-1).

mod alert;
mod film;
mod sample;
mod status;

pub use alert::{Alert, AlertCode};
pub use film::{CountedFilm, Judged};
pub use status::{ReadingStatus, Suspects};

pub(super) use alert::{Alerting, alert_of, alert_of_machine};
pub(super) use sample::{Against, Sampled};
