//! What the command does, as a user runs it, and what it does with many slides.

mod support {
    #![allow(dead_code)] // Either test program uses a part of it.

    #[path = "../../support/archive.rs"]
    pub mod archive;
    #[path = "../../support/common.rs"]
    pub mod common;
    #[path = "../../support/command.rs"]
    pub mod command;
    #[path = "../../support/drawn.rs"]
    pub mod drawn;
    #[cfg(feature = "review")]
    #[path = "../../support/browser.rs"]
    pub mod browser;
    #[cfg(feature = "review")]
    #[path = "../../support/review.rs"]
    pub mod review;
    #[path = "../../support/schema.rs"]
    pub mod schema;
    #[path = "../../support/slides.rs"]
    pub mod slides;
}

mod analyze;
mod archive_intake;
mod archive_kill;
mod archive_outputs;
mod archive_run;
mod archive_surveillance;
mod archive_walls;
mod grade_command;
mod half_given;
mod intake_walls;
mod refusals;
mod real_fields;
#[cfg(feature = "review")]
mod review;
#[cfg(feature = "review")]
mod review_browser;
