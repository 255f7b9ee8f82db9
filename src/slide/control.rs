//! What a front end can show while a slide is examined, and how it stops the work.

use crate::tally::FieldTally;
use crate::terms::Film;
use crate::{Error, ErrorKind, Result};

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
        /// Its name in the record.
        name: &'a str,
        /// Why; its path says where the file is, where it is one.
        error: &'a Error,
    },
}

/// Watches the examination of a slide, and may end it. Both methods are called from several threads at once and
/// should return quickly; a panic in them ends the slide as any other panic of the caller would.
pub trait Control: Sync {
    /// Called as soon as something happened.
    fn on(&self, _event: &Event<'_>) {}

    /// Whether to stop now; asked before each picture. Once true it must stay so. What was stopped answers with an
    /// error of the kind [`ErrorKind::Stopped`], never with a result of the pictures so far.
    fn is_stopped(&self) -> bool {
        false
    }
}

/// Says nothing and never stops.
#[derive(Clone, Copy, Debug, Default)]
pub struct Silent;

impl Control for Silent {}

/// The error of a slide that was stopped; none where it was not.
pub(crate) fn go_on(control: &dyn Control) -> Result<()> {
    if !control.is_stopped() {
        return Ok(());
    }
    Err(Error::new(ErrorKind::Stopped, "stopped before the slide was read whole: there is no result")
        .with_key("error-stopped"))
}
