//! Results on their way to another system's server: kept on the disk until it has said that it has them.

mod dhis2;
mod line;
mod outbox;

pub use dhis2::{Imported, push};
pub use line::{Line, LineOptions};
pub use outbox::{Delivered, Outbox, Parcel, ParcelState};
