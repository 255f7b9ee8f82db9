//! The engine for programs in Python: the native half of the package `hemozoin`.
//!
//! It hands over bytes, pixels and paths, and gives records as the JSON that every other door gives. What Python shows
//! (dataclasses, tables, exceptions) is made of that in `python/hemozoin`. Every call that works on pictures lets go of
//! Python's lock; a panic is an error of the kind `internal`.
#![deny(unsafe_code)]

mod archive;
mod engine;
mod error;
mod given;
mod record;
mod slide;
mod watch;

use pyo3::prelude::*;

/// The native half of the package `hemozoin`; use what `hemozoin` itself offers.
#[pymodule]
mod _engine {
    #[pymodule_export]
    use super::archive::{Archive, manifest_pictures, read_job};
    #[pymodule_export]
    use super::engine::Engine;
    #[pymodule_export]
    use super::error::words;
    #[pymodule_export]
    use super::record::{record_check, record_fields, record_text};
    #[pymodule_export]
    use super::slide::Slide;

    /// Version of the engine.
    #[pymodule_export]
    const VERSION: &str = env!("CARGO_PKG_VERSION");
}
