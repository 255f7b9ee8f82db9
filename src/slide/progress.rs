//! What a front end can show while a slide is examined.

use std::path::Path;

use crate::error::Error;
use crate::tally::FieldTally;
use crate::terms::Film;

/// Something that happened. Events come from several threads, in the order in which the work ends.
#[derive(Debug)]
#[non_exhaustive]
pub enum Event<'a> {
    /// The scale of the pictures is about to be estimated from `pictures` of them.
    Scale {
        /// How many pictures are looked at.
        pictures: usize,
    },
    /// The files are about to be examined.
    Started {
        /// How many files there are.
        files: usize,
    },
    /// A file was examined.
    File {
        /// The film that it shows.
        film: Film,
        /// Its counted fields together.
        counted: FieldTally,
    },
    /// A file could not be read.
    Unread {
        /// The file.
        path: &'a Path,
        /// Why.
        error: &'a Error,
    },
}

/// Hears of every [`Event`].
pub trait Progress: Sync {
    /// Called as soon as something happened; should return quickly.
    fn on(&self, event: &Event<'_>);
}

/// Hears and says nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Silent;

impl Progress for Silent {
    fn on(&self, _event: &Event<'_>) {}
}
