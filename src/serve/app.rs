//! What every request can use.

use std::sync::Arc;

use super::dropped::Dropped;
use super::guard::Guard;
use super::opening::{Analysis, Job};
use super::shelf::Shelf;
use super::upkeep::{Listener, Upkeep};
use crate::locale::{Catalogue, Language};

/// One start of the server.
pub(super) struct App {
    pub(super) guard: Guard,
    pub(super) shelf: Arc<Shelf>,
    pub(super) job: Job,
    pub(super) analysis: Analysis,
    pub(super) dropped: Dropped,
    pub(super) upkeep: Upkeep,
    pub(super) listener: Listener,
    french: Catalogue,
    english: Catalogue,
    language: Language,
}

impl App {
    /// Offers the slides of `shelf` to whom `guard` lets in, in `language` at first.
    pub(super) fn new(guard: Guard, shelf: Shelf, analysis: Analysis, language: Language) -> Self {
        let listener = Listener::default();
        Self {
            guard,
            upkeep: Upkeep::of(shelf.archive_folder(), &listener),
            listener,
            shelf: Arc::new(shelf),
            job: Job::default(),
            analysis,
            dropped: Dropped::default(),
            french: Catalogue::new(Language::French),
            english: Catalogue::new(Language::English),
            language,
        }
    }

    /// The words of `fr` or `en`; `None` for any other part of an address.
    pub(super) fn words(&self, code: &str) -> Option<&Catalogue> {
        [&self.french, &self.english].into_iter().find(|words| words.language().code() == code)
    }

    /// The words of this start.
    pub(super) fn own_words(&self) -> &Catalogue {
        match self.language {
            Language::French => &self.french,
            Language::English => &self.english,
        }
    }

    /// A path below the token.
    pub(super) fn path(&self, rest: &str) -> String {
        self.guard.path(rest)
    }
}
