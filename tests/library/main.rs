//! What the library promises, room by room: one program, so that the runtime is linked once.

#[path = "../support"]
mod support {
    #![allow(dead_code)] // Either test program uses a part of it.

    pub mod common;
    pub mod drawn;
    pub mod golden;
    pub mod marks;
    pub mod odd;
    pub mod schema;
    pub mod slides;
    pub mod table;
}

mod clinical;
mod contact;
mod detect_bundles;
mod detect_tiles;
mod evaluate;
mod fuzz_seeds;
mod intake;
mod intake_jpeg;
mod intake_pictures;
mod intake_tiff;
mod layering;
mod marks;
mod odd_pictures;
mod optics;
mod package;
mod pinned;
#[cfg(feature = "review")]
mod quiz;
mod record_kept;
mod rejected_and_cut;
mod render_samples;
mod report;
mod results;
#[cfg(feature = "review")]
mod review;
mod same_film;
mod schema;
mod slide_value;
mod surface;
mod threads;

#[path = "../../examples/embed.rs"]
mod embed;
#[path = "../../examples/live.rs"]
mod live;
#[cfg(feature = "review")]
#[path = "../../examples/quiz_class.rs"]
mod quiz_class;
