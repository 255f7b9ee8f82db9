//! What a photograph of a blood film shows: its pixels, its scale, whether it is fit to be counted, and the cells that a
//! network finds in it.
//!
//! These are the lower rooms of the crate `hemozoin`, which knows the rules, keeps the records and writes the reports, and
//! which is the door for embedders: everything here is reached through it. They stand in a crate of their own because they
//! compute: they are optimised in every build, and what rests on them need not be.
//!
//! Data flows one way: [`intake`] (files in, upright pixels out), [`optics`] (what the picture can show), [`tiling`],
//! [`detect`] (from pixels to detections). [`render`] draws films whose truth is known. [`terms`] and [`measure`] are the
//! words and the quantities of the field, [`text`] and [`files`] what is written and read, [`system`] what operating systems do otherwise, [`raster`] pixels that are handed on.
#![forbid(unsafe_code)]
#![deny(missing_docs, unreachable_pub)]
#![warn(missing_debug_implementations)]

#[doc(hidden)]
pub mod detect;
#[doc(hidden)]
pub mod files;
pub mod intake;
#[doc(hidden)]
pub mod measure;
#[doc(hidden)]
pub mod optics;
#[doc(hidden)]
pub mod raster;
#[doc(hidden)]
pub mod render;
#[doc(hidden)]
pub mod system;
#[doc(hidden)]
pub mod terms;
#[doc(hidden)]
pub mod text;
#[doc(hidden)]
pub mod tiling;

pub use detect::{Backend, Bundle, Detector, MapShape, Networks};
pub use intake::{Limits, Picture};
pub use malaria_standard::{Error, ErrorKind, Result};
pub use measure::{MicronsPerPixel, Probability, RbcPerMicrolitre, WbcPerMicrolitre};
pub use terms::{CellClass, Film, Species, Stage};
