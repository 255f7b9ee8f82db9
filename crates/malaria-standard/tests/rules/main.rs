//! The rules against the standard's vectors, its worked examples and properties that must always hold.

mod counts;
mod files;
mod machine;
mod properties;
mod rules;
mod vectors;
