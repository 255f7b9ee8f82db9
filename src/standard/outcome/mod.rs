//! The flat, serialisable form of a result: what `hemozoin grade --format json` and the analysis record print.

mod build;
mod shape;
mod state;

pub use shape::{Outcome, SpeciesOutcome};
pub use state::{Scope, State};
