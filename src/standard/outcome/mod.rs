//! The flat, serialisable form of a result: what `hemozoin grade --format json` and the analysis record print.

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
