//! What the command does, as a user runs it, and what it does with many slides.

#[path = "../support"]
mod support {
    #![allow(dead_code)] // Either test program uses a part of it.

    pub mod archive;
    pub mod command;
    pub mod common;
    pub mod drawn;
    pub mod schema;
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
mod real_fields;
mod refusals;
