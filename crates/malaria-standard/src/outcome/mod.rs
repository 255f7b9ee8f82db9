//! The flat, serialisable form of a result: what a table, a record or another program takes.

mod build;
mod estimate;
mod graded;
mod judged;
mod shape;
mod state;

pub use estimate::Estimate;
pub use graded::{Context, Graded};
pub use shape::{Outcome, SpeciesOutcome};
pub use state::{Scope, State};
