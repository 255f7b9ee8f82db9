//! What the library promises, room by room: one program, so that the runtime is linked once.

mod support {
    #![allow(dead_code)] // Either test program uses a part of it.

    #[path = "../../support/common.rs"]
    pub mod common;
    #[path = "../../support/drawn.rs"]
    pub mod drawn;
    #[path = "../../support/marks.rs"]
    pub mod marks;
    #[path = "../../support/slides.rs"]
    pub mod slides;
    #[path = "../../support/schema.rs"]
    pub mod schema;
    #[path = "../../support/vectors.rs"]
    pub mod vectors;
}

mod detect_bundles;
mod detect_tiles;
mod evaluate;
mod fuzz_seeds;
mod intake;
mod intake_tiff;
mod layering;
mod marks;
mod optics;
mod package;
mod rejected_and_cut;
mod render_samples;
mod report;
mod schema;
mod standard_counts;
mod standard_files;
mod standard_properties;
mod standard_rules;
mod threads;
