//! The server of the training corner.

use std::collections::HashMap;
use std::net::TcpListener;
use std::sync::{Arc, Mutex, PoisonError};

use super::drawn::DrawnPictures;
use super::routes::worded;
use super::sitting::OpenSitting;
use crate::locale::{Catalogue, Language};
use crate::quiz::{Course, ResultsFile, SignedSlide, SignedSlides, Whereabouts};
use crate::serve::answers::Answer;
use crate::serve::asked::Asked;
use crate::serve::guard::Guard;
use crate::serve::pictures::PictureCache;
use crate::serve::server::{Site, listen, serve_all};
use crate::serve::shelf::{Pictures, Place};
use crate::standard::Profile;
use crate::{Error, ErrorKind, Result};

/// What a start of the training corner offers.
#[derive(Debug)]
pub struct Training {
    /// Courses to choose from.
    pub courses: Vec<Course>,
    /// Signed readings, where courses ask for them.
    pub signed: Option<SignedSlides>,
    /// Where answers are kept.
    pub results: ResultsFile,
    /// Who is expected; empty where the page asks.
    pub trainee: String,
    /// The rules.
    pub profile: Profile,
}

/// A server of the training corner that listens and does not answer yet.
pub struct QuizServer {
    listener: TcpListener,
    app: QuizApp,
}

impl std::fmt::Debug for QuizServer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("QuizServer").field("training", &self.app.training).finish_non_exhaustive()
    }
}

impl QuizServer {
    /// Listens on 127.0.0.1, on a free port where `port` is 0.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] where the port is taken, or the system gives no random numbers.
    pub fn bind(training: Training, language: Language, port: u16) -> Result<Self> {
        let (listener, guard) = listen(port)?;
        Ok(Self { listener, app: QuizApp::new(guard, training, language) })
    }

    /// The address of the page, which is the key to it.
    pub fn address(&self) -> String {
        self.app.guard.address()
    }

    /// Answers until the process ends.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] where the system gives no more lines.
    pub fn run(self) -> Result<()> {
        serve_all(&self.listener, self.app)
    }
}

/// What every request can use.
pub(super) struct QuizApp {
    pub(super) guard: Guard,
    pub(super) training: Training,
    pub(super) drawn: DrawnPictures,
    /// The pictures of the signed slides, in their order.
    pub(super) signed: Vec<PictureCache>,
    sittings: Mutex<HashMap<String, Arc<OpenSitting>>>,
    french: Catalogue,
    english: Catalogue,
    language: Language,
}

impl QuizApp {
    fn new(guard: Guard, training: Training, language: Language) -> Self {
        let slides = training.signed.as_ref().map(SignedSlides::slides).unwrap_or_default();
        Self {
            guard,
            signed: slides.iter().map(pictures_of).collect(),
            training,
            drawn: DrawnPictures::default(),
            sittings: Mutex::default(),
            french: Catalogue::new(Language::French),
            english: Catalogue::new(Language::English),
            language,
        }
    }

    /// A sitting of this start.
    pub(super) fn sitting(&self, id: &str) -> Result<Arc<OpenSitting>> {
        let sittings = self.sittings.lock().unwrap_or_else(PoisonError::into_inner);
        sittings.get(id).cloned().ok_or_else(no_question)
    }

    /// Takes a sitting in that was begun, or is gone on with.
    pub(super) fn put(&self, sitting: OpenSitting) {
        let mut sittings = self.sittings.lock().unwrap_or_else(PoisonError::into_inner);
        sittings.entry(sitting.id.clone()).or_insert_with(|| Arc::new(sitting));
    }
}

impl Site for QuizApp {
    fn guard(&self) -> &Guard {
        &self.guard
    }

    fn language(&self) -> Language {
        self.language
    }

    fn words(&self, code: &str) -> Option<&Catalogue> {
        [&self.french, &self.english].into_iter().find(|words| words.language().code() == code)
    }

    fn worded(&self, asked: &Asked, parts: &[&str], words: &Catalogue) -> Result<Answer> {
        worded(self, asked, parts, words)
    }
}

pub(super) fn no_question() -> Error {
    Error::new(ErrorKind::Usage, "there is no such question here; open the first page again")
        .with_key("error-quiz-no-question")
}

/// The pictures of a signed slide. Its decisions are not opened: nothing is written where they lie.
fn pictures_of(slide: &SignedSlide) -> PictureCache {
    let pictures = match &slide.pictures {
        Whereabouts::Below(folder) => Pictures::Below(folder.clone()),
        Whereabouts::Named(named) => Pictures::Named(named.clone()),
    };
    let decisions = slide.file.parent().unwrap_or(&slide.file).to_path_buf();
    PictureCache::new(
        &slide.record,
        &Place { record: slide.file.clone(), decisions, pictures, archive: None },
    )
}
