//! The engine for programs in C, and for everything that calls C. `include/hemozoin.h` is made from here.
//!
//! The only place in this repository that is not safe by construction: each call checks what it is given as far as that can
//! be checked (null, length, UTF-8), holds every panic, and says in its documentation what it must trust.

pub mod control;
pub mod engine;
pub mod error;
pub mod given;
pub mod record;
pub mod slide;
