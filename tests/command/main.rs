//! What the command does, as a user runs it, and what it does with many slides.

#[path = "../support"]
mod support {
    #![allow(dead_code)] // Either test program uses a part of it.

    pub mod archive;
    #[cfg(feature = "review")]
    pub mod browser;
    pub mod command;
    pub mod common;
    pub mod drawn;
    pub mod folders;
    #[cfg(feature = "review")]
    pub mod review;
    pub mod schema;
    pub mod slides;
    pub mod table;
}

mod analyze;
mod archive_describe;
mod archive_guard;
mod archive_intake;
mod archive_join;
mod archive_kill;
mod archive_outputs;
#[cfg(feature = "review")]
mod archive_pages;
mod archive_run;
mod archive_surveillance;
mod archive_walls;
#[cfg(feature = "review")]
mod calibrate_read;
#[cfg(feature = "review")]
mod case;
mod entries;
#[cfg(feature = "review")]
mod export;
mod grade_command;
mod incomplete_counts;
mod intake_walls;
mod odd_folders;
mod other_film;
mod programs;
#[cfg(feature = "review")]
mod quiz;
#[cfg(feature = "review")]
mod quiz_screens;
mod real_fields;
mod refusals;
#[cfg(feature = "review")]
mod review;
#[cfg(feature = "review")]
mod review_browser;
#[cfg(feature = "review")]
mod review_first;
#[cfg(feature = "review")]
mod review_screens;
#[cfg(feature = "send")]
mod send;
#[cfg(feature = "service")]
mod serve;
mod sheets;
