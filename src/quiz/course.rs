//! A course: which slides and crops are asked, as a TOML file says it.

use std::path::Path;

use serde::Deserialize;

use super::check::refused;
use super::signed::SignedSlides;
use super::what::What;
use crate::files::read_text;
use crate::intake::digest_of_bytes;
use crate::render::Stain;
use crate::terms::Film;
use crate::{Error, ErrorKind, Result};

/// Most bytes of a course file.
const MAX_BYTES: u64 = 1 << 20;
/// Most slides and crops of a course that is made of signed readings alone.
const SIGNED_SLIDES: usize = 20;
const SIGNED_CROPS: usize = 30;

/// What is asked.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Course {
    /// Its name.
    pub name: String,
    /// Fixes what is drawn, so that a class sees the same slides; without one, every sitting is drawn anew.
    #[serde(default)]
    pub seed: Option<u32>,
    /// When a trainee sees what was right.
    #[serde(default)]
    pub answers: Answers,
    /// Slides.
    #[serde(default)]
    pub slides: Vec<SlideGroup>,
    /// Single things.
    #[serde(default)]
    pub crops: Vec<CropGroup>,
    /// SHA-256 of the text that says all this, for a file that was changed since.
    #[serde(skip)]
    pub sha256: String,
}

/// When answers are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answers {
    /// After each question.
    #[default]
    Each,
    /// After the last.
    End,
}

/// Where slides and crops come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// Our own renderer.
    #[default]
    Drawn,
    /// Signed readings.
    Signed,
}

/// What is asked of a slide.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Ask {
    /// Whether it holds parasites.
    #[default]
    Detection,
    /// How many, on a slide that is known to hold some.
    Count,
    /// Both.
    Both,
}

impl Ask {
    /// Whether it is asked whether there are parasites.
    pub fn detection(self) -> bool {
        self != Self::Count
    }

    /// Whether it is asked how many.
    pub fn count(self) -> bool {
        self != Self::Detection
    }
}

/// How a camera sees a drawn slide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Camera {
    /// On the tube: the whole picture, sharp.
    Tube,
    /// A phone on the eyepiece: a disc, softer.
    Phone,
    /// Poor optics: blurred and noisy.
    Soft,
}

impl Camera {
    /// All cameras.
    pub const ALL: [Self; 3] = [Self::Tube, Self::Phone, Self::Soft];
}

/// A density, or one drawn from a range.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum Density {
    /// Exactly this, per µL.
    Exactly(f64),
    /// From, to, per µL.
    Between([f64; 2]),
}

impl Density {
    /// Its limits, per µL.
    pub fn range(self) -> (f64, f64) {
        match self {
            Self::Exactly(density) => (density, density),
            Self::Between([low, high]) => (low, high),
        }
    }
}

/// Slides of one kind.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SlideGroup {
    /// How many.
    pub number: u32,
    /// Where from.
    #[serde(default)]
    pub from: Origin,
    /// What is asked.
    #[serde(default)]
    pub ask: Ask,
    /// The film.
    #[serde(default = "thick")]
    pub film: Film,
    /// Fields of a drawn slide: DET-1 asks 100 before "no malaria parasites seen".
    #[serde(default = "hundred")]
    pub fields: u32,
    /// Asexual parasites per µL; of signed slides those are taken that were read so, all where it is left out.
    #[serde(default)]
    pub parasites_per_ul: Option<Density>,
    /// Gametocytes per µL of a drawn slide.
    #[serde(default)]
    pub gametocytes_per_ul: f64,
    /// Stains of drawn slides, one at random for each.
    #[serde(default = "stains")]
    pub stains: Vec<Stain>,
    /// Cameras of drawn slides, one at random for each.
    #[serde(default = "cameras")]
    pub cameras: Vec<Camera>,
}

/// Single things, each in the middle of a small picture.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CropGroup {
    /// How many.
    pub number: u32,
    /// Where from.
    #[serde(default)]
    pub from: Origin,
    /// The film.
    #[serde(default = "thick")]
    pub film: Film,
    /// What they show, in turn; of signed readings all that were judged, where it is left out.
    #[serde(default)]
    pub things: Vec<What>,
    /// Stains of drawn crops.
    #[serde(default = "stains")]
    pub stains: Vec<Stain>,
    /// Cameras of drawn crops.
    #[serde(default = "cameras")]
    pub cameras: Vec<Camera>,
}

fn thick() -> Film {
    Film::Thick
}

fn hundred() -> u32 {
    100
}

fn stains() -> Vec<Stain> {
    Stain::ALL.to_vec()
}

fn cameras() -> Vec<Camera> {
    Camera::ALL.to_vec()
}

impl Course {
    /// The courses in this binary, the first for who has never used the page.
    ///
    /// # Errors
    /// [`ErrorKind::Internal`] where one of them is not sound.
    pub fn built_in() -> Result<Vec<Self>> {
        [include_str!("courses/practice.toml"), include_str!("courses/who-55.toml")]
            .into_iter()
            .map(|text| {
                Self::parse(text).map_err(|e| Error::new(ErrorKind::Internal, e.message().to_owned()))
            })
            .collect()
    }

    /// A course of a file.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] where it cannot be read; [`ErrorKind::Usage`] naming what does not fit.
    pub fn read(path: &Path) -> Result<Self> {
        Self::parse(&read_text(path, MAX_BYTES)?).map_err(|e| e.with_path(path))
    }

    /// A course of signed readings alone: what a folder or an archive offers.
    pub fn of_signed(slides: &SignedSlides) -> Self {
        let group = |film: Film| {
            let number = slides.whole(film).count().min(SIGNED_SLIDES) as u32;
            // What competence asks of counts is asked on thick films.
            let ask = if film == Film::Thick { Ask::Both } else { Ask::Detection };
            SlideGroup {
                number,
                from: Origin::Signed,
                ask,
                film,
                fields: hundred(),
                parasites_per_ul: None,
                gametocytes_per_ul: 0.0,
                stains: stains(),
                cameras: cameras(),
            }
        };
        let crops = |film: Film| CropGroup {
            number: slides.things(film, &[]).len().min(SIGNED_CROPS) as u32,
            from: Origin::Signed,
            film,
            things: Vec::new(),
            stains: stains(),
            cameras: cameras(),
        };
        let films = [Film::Thick, Film::Thin];
        let mut course = Self {
            name: "signed".to_owned(),
            seed: None,
            answers: Answers::Each,
            slides: films.into_iter().map(group).filter(|g| g.number > 0).collect(),
            crops: films.into_iter().map(crops).filter(|g| g.number > 0).collect(),
            sha256: String::new(),
        };
        course.sha256 = digest_of_bytes(format!("{course:?}").as_bytes());
        course
    }

    /// A course of the text of a file.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] naming what does not fit.
    pub fn parse(text: &str) -> Result<Self> {
        let mut course: Self = toml::from_str(text).map_err(|e| {
            let (at, reason) =
                (e.span().map_or(0, |span| span.start), e.message().trim().replace('\n', ", "));
            let line = text.get(..at).unwrap_or(text).matches('\n').count() + 1;
            refused("error-quiz-course-toml", format!("line {line}: {reason}"))
                .with_arg("line", line)
                .with_arg("reason", reason)
        })?;
        course.check()?;
        course.sha256 = digest_of_bytes(text.as_bytes());
        Ok(course)
    }

    /// How many questions it asks.
    pub fn len(&self) -> u32 {
        let slides = self.slides.iter().map(|group| group.number);
        slides.chain(self.crops.iter().map(|group| group.number)).fold(0, u32::saturating_add)
    }

    /// Whether it asks nothing.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether it needs signed readings.
    pub fn needs_signed(&self) -> bool {
        let slides = self.slides.iter().map(|group| group.from);
        slides.chain(self.crops.iter().map(|group| group.from)).any(|from| from == Origin::Signed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::{Catalogue, Language};

    #[test]
    fn the_courses_of_this_binary_are_sound() {
        let courses = Course::built_in().expect("sound");
        let names: Vec<(&str, u32)> = courses.iter().map(|c| (c.name.as_str(), c.len())).collect();
        assert_eq!(names, [("practice", 22), ("who-55", 55)]);
        let panel = &courses[1];
        let of = |ask: Ask| panel.slides.iter().filter(|g| g.ask == ask).map(|g| g.number).sum::<u32>();
        assert_eq!((of(Ask::Detection), of(Ask::Count)), (40, 15));
    }

    #[test]
    fn what_does_not_fit_is_named() {
        let slide = |rest: &str| format!("name = \"x\"\n[[slides]]\nnumber = 1\n{rest}");
        for (text, word) in [
            ("name = \"x\"".to_owned(), "0 questions"),
            ("name = \"\"\n[[crops]]\nnumber = 1".to_owned(), "name"),
            (slide(""), "parasites_per_ul"),
            (slide("parasites_per_ul = [200, 80]"), "parasites_per_ul"),
            (slide("parasites_per_ul = [0, 80]"), "parasites_per_ul"),
            (slide("parasites_per_ul = nan"), "parasites_per_ul"),
            (slide("parasites_per_ul = 5\nask = \"count\"\nfilm = \"thin\""), "thin"),
            (slide("parasites_per_ul = 0\nask = \"count\""), "no count"),
            (slide("parasites_per_ul = 5\nfields = 0"), "fields"),
            (slide("parasites_per_ul = 5\nstains = []"), "stains"),
            (slide("parasites_per_ul = 5\ndensity = 7"), "line 5"),
            ("name = \"x\"\n[[crops]]\nnumber = 1\nthings = [\"nothing\"]".to_owned(), "nothing"),
            ("name = \"x\"\n[[crops]]\nnumber = 501".to_owned(), "501"),
        ] {
            let refused = Course::parse(&text).expect_err(word);
            assert!(refused.key().is_some_and(|key| key.starts_with("error-quiz-course-")), "{refused:?}");
            let french = Catalogue::new(Language::French).error(&refused);
            assert!(french.contains("ce cours ne peut pas être posé"), "{french}");
            assert!(refused.message().contains(word), "{word}: {refused}");
        }
        assert!(
            Course::parse(&slide("parasites_per_ul = 0")).expect("sound").slides[0].ask == Ask::Detection
        );
    }
}
