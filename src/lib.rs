//! Hemozoin reads malaria blood films: photographs in, a graded result out.
#![forbid(unsafe_code)]
#![deny(missing_docs, unreachable_pub)]
#![warn(missing_debug_implementations)]

pub mod detect;
pub mod error;
pub mod evaluate;
pub mod intake;
pub mod locale;
pub mod measure;
pub mod optics;
pub mod record;
pub mod render;
pub mod report;
pub mod slide;
pub mod standard;
pub mod tally;
pub mod terms;
pub mod tiling;

pub use error::{Error, ErrorKind, Result};
