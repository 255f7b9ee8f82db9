//! The flat, serialisable form of a result: what `hemozoin grade --format json` and the analysis record print.

mod build;
mod graded;
mod shape;
mod state;

pub use graded::{Context, Graded};
pub use shape::{Outcome, SpeciesOutcome};
pub use state::{Scope, State};
