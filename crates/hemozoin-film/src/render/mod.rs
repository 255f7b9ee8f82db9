//! Draws blood films whose truth is known exactly: for `samples/`, for tests, for `hemozoin selftest`, for training.
//!
//! Every picture is computed; no photograph or crop of one goes into it. Objects absorb light (Beer-Lambert: optical
//! densities of overlapping objects add), then a camera with blur, uneven light, an eyepiece disc and noise looks at them.
//! Same [`FieldSpec`], same bytes, on every machine: randomness is ChaCha8 with explicit seeds, and arithmetic uses only
//! the operations that IEEE 754 rounds exactly (`+ - * /`, square root); exponentials are our own polynomials (`arith`).

mod arith;
mod camera;
mod canvas;
mod clutter;
mod dice;
mod field;
mod gametocyte;
mod ground;
mod layout;
mod parasite;
mod red_cell;
mod shape;
mod slide;
mod spec;
mod stain;
mod thick;
mod thin;
mod truth;
mod varied;

#[cfg(test)]
mod tests;
mod view;
mod white_cell;

pub use field::render;
pub use slide::{Slide, SlideSpec, slide, slide_fields};
pub use spec::{Counts, Disc, FieldSpec};
pub use stain::Stain;
pub use truth::{Rendered, TruthObject};
pub use varied::varied;
