//! Hemozoin reads malaria blood films: photographs in, a graded result out.
#![forbid(unsafe_code)]
