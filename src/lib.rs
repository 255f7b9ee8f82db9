//! Hemozoin reads malaria blood films: photographs in, a graded result out.
#![forbid(unsafe_code)]
#![deny(missing_docs, unreachable_pub)]
#![warn(missing_debug_implementations)]

pub mod error;
pub mod measure;
pub mod render;
pub mod standard;
pub mod terms;

pub use error::{Error, ErrorKind, Result};
