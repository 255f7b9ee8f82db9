//! What an engine is given: pictures by their names, wherever they come from, and what is known about the slide.

use std::fmt;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use image::RgbImage;

use crate::intake::{Limits, Pages, Picture};
use crate::measure::MicronsPerPixel;
use crate::record::{Facts, PassedOver, SlideInfo};
use crate::terms::Film;
use crate::{Error, ErrorKind, Result};

/// One file of pictures that is opened when its turn comes: a row of a database, an object of a store, a file.
///
/// It may be opened several times (for the scale of its slide, then to be examined) and from several threads at once;
/// each time it must give the same bytes, or the record would tell of pictures that were never seen together: a picture whose
/// bytes have changed is one that could not be read ([`ErrorKind::Io`]).
pub trait PictureSource: Send + Sync + fmt::Debug {
    /// Opens it, with [`Pages::from_bytes`] or [`Pages::from_reader`].
    ///
    /// # Errors
    /// Those of [`Pages::open`]. The file is then part of the record as one that could not be read.
    fn open(&self, limits: &Limits) -> Result<Pages>;

    /// Where it lies, for errors and front ends only; none where it lies nowhere.
    fn place(&self) -> Option<&Path> {
        None
    }
}

/// What one entry of a slide shows: a file in memory, a picture that is decoded already, or a [`PictureSource`].
#[derive(Clone, Debug)]
pub struct Content(Kind);

#[derive(Clone, Debug)]
enum Kind {
    Bytes(Arc<[u8]>),
    Decoded(Arc<Picture>),
    Source {
        source: Arc<dyn PictureSource>,
        /// Digest of the bytes that it gave first.
        given: Arc<OnceLock<String>>,
    },
    /// It was examined to the end, and is not needed any more.
    LetGo,
}

impl Content {
    /// What is opened when its turn comes.
    pub fn source(source: impl PictureSource + 'static) -> Self {
        Self(Kind::Source { source: Arc::new(source), given: Arc::default() })
    }
}

impl From<Arc<[u8]>> for Content {
    fn from(file: Arc<[u8]>) -> Self {
        Self(Kind::Bytes(file))
    }
}

impl From<Vec<u8>> for Content {
    fn from(file: Vec<u8>) -> Self {
        Self(Kind::Bytes(file.into()))
    }
}

impl From<&[u8]> for Content {
    fn from(file: &[u8]) -> Self {
        Self(Kind::Bytes(file.into()))
    }
}

impl From<Picture> for Content {
    fn from(picture: Picture) -> Self {
        Self(Kind::Decoded(Arc::new(picture)))
    }
}

impl From<RgbImage> for Content {
    fn from(pixels: RgbImage) -> Self {
        Picture::from_pixels(pixels).into()
    }
}

/// What an entry turns out to be when it is opened.
pub(super) enum Opened {
    File(Box<Pages>),
    Decoded(Arc<Picture>),
}

/// One entry of a slide: a file with all its pages, or a single page.
#[derive(Clone, Debug)]
pub struct PictureInput {
    pub(super) name: String,
    pub(super) film: Option<Film>,
    pub(super) page: Option<u32>,
    pub(super) um_per_px: Option<MicronsPerPixel>,
    content: Content,
}

impl PictureInput {
    /// A picture under the name that it has in the record.
    pub fn new(name: impl Into<String>, content: impl Into<Content>) -> Self {
        Self { name: name.into(), film: None, page: None, um_per_px: None, content: content.into() }
    }

    /// It shows this film, whatever the slide's facts say of the others.
    pub fn film(&mut self, film: Film) -> &mut Self {
        self.film = Some(film);
        self
    }

    /// Only this page of its file (from 0) is a field of the slide; of a picture that is decoded already, the page that
    /// it is.
    pub fn page(&mut self, page: u32) -> &mut Self {
        self.page = Some(page);
        self
    }

    /// Its scale, whatever the slide's facts say of the others.
    pub fn um_per_px(&mut self, um_per_px: MicronsPerPixel) -> &mut Self {
        self.um_per_px = Some(um_per_px);
        self
    }

    /// Its name in the record.
    pub fn name(&self) -> &str {
        &self.name
    }

    pub(super) fn open(&self, limits: &Limits) -> Result<Opened> {
        match &self.content.0 {
            Kind::Bytes(file) => Ok(Opened::File(Box::new(Pages::from_bytes(Arc::clone(file), limits)?))),
            Kind::Source { source, .. } => Ok(Opened::File(Box::new(source.open(limits)?))),
            Kind::Decoded(picture) => Ok(Opened::Decoded(Arc::clone(picture))),
            Kind::LetGo => Err(Error::new(ErrorKind::Internal, "the picture was let go")),
        }
    }

    /// The first of its pictures.
    pub(super) fn first(&self, limits: &Limits) -> Result<Arc<Picture>> {
        match self.open(limits)? {
            Opened::File(mut pages) => {
                let picture = pages.picture(self.page.unwrap_or(0))?;
                self.hold(&picture)?;
                Ok(Arc::new(picture))
            }
            Opened::Decoded(picture) => Ok(picture),
        }
    }

    /// Holds a picture against the bytes that its source gave when it was opened before.
    pub(super) fn hold(&self, picture: &Picture) -> Result<()> {
        let Kind::Source { given, .. } = &self.content.0 else { return Ok(()) };
        if given.get_or_init(|| picture.sha256().to_owned()) == picture.sha256() {
            return Ok(());
        }
        let message = "the picture was changed while the slide was read; read the slide again";
        Err(Error::new(ErrorKind::Io, message).with_key("error-picture-changed"))
    }

    /// The place where it lies, else its name: what an error says of it.
    pub(super) fn place(&self) -> &Path {
        match &self.content.0 {
            Kind::Source { source, .. } => source.place().unwrap_or(Path::new(&self.name)),
            _ => Path::new(&self.name),
        }
    }

    /// Gives its memory back.
    pub(super) fn let_go(&mut self) {
        self.content = Content(Kind::LetGo);
    }
}

/// A slide, or both films of one patient, as the engine takes it: a value, wherever it came from.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct SlideInput {
    /// What was said about the slide.
    pub info: SlideInfo,
    /// What is known about it and acts on its result.
    pub facts: Facts,
    /// Its pictures in acquisition order.
    pub pictures: Vec<PictureInput>,
    /// What lay beside them and was not taken.
    pub passed_over: Vec<PassedOver>,
}

impl SlideInput {
    /// The film of one of its pictures: its own, else that of all.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] where neither is stated: a film is never guessed.
    pub fn film_of(&self, picture: &PictureInput) -> Result<Film> {
        picture.film.or(self.facts.film).ok_or_else(|| {
            Error::new(
                ErrorKind::Usage,
                "thick or thin film? Nothing says so; state it for the whole slide, or for each of its pictures",
            )
            .with_key("error-film-not-stated")
            .with_arg("given", "pictures")
            .with_path(picture.place())
        })
    }

    /// The films of all pictures, in their order.
    pub(super) fn films(&self) -> Result<Vec<Film>> {
        self.pictures.iter().map(|picture| self.film_of(picture)).collect()
    }
}
