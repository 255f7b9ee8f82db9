//! Counts for surveillance: tested, positive, species, gametocytes, density bands, by month, site and age band.

mod bands;
mod by;
mod held;
mod line;
mod table;

pub use bands::{AgeBands, Bands};
pub use by::{Group, Period, SummaryBy};
pub use held::{Held, HeldReason};
pub use line::{SummaryLine, WhichSpecies};
pub use table::SummaryTable;
