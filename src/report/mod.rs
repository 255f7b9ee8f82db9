//! Records into bytes; computes no number of its own.

#[cfg(feature = "archive")]
pub mod archive;
