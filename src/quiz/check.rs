//! Whether a course can be asked.

use super::course::{Ask, Course, CropGroup, Density, Origin, SlideGroup};
use super::what::What;
use crate::terms::Film;
use crate::text::is_one_line;
use crate::{Error, ErrorKind, Result};

/// Most letters of a course's name.
const MAX_NAME: usize = 80;
/// Most questions of a course, and most fields of a slide.
const MAX_QUESTIONS: u32 = 500;
const MAX_FIELDS: u32 = 300;
/// Highest density that is drawn, asexual parasites per µL: a field has some thousand then.
const MAX_DENSITY: f64 = 500_000.0;

/// A course that cannot be asked.
pub(super) fn refused(key: &'static str, reason: String) -> Error {
    Error::new(ErrorKind::Usage, format!("this course cannot be asked: {reason}")).with_key(key)
}

impl Course {
    pub(super) fn check(&self) -> Result<()> {
        if !is_one_line(&self.name) || self.name.trim().is_empty() || self.name.chars().count() > MAX_NAME {
            let text = format!("name: give one line of at most {MAX_NAME} letters");
            return Err(refused("error-quiz-course-name", text).with_arg("limit", MAX_NAME));
        }
        if !(1..=MAX_QUESTIONS).contains(&self.len()) {
            let text = format!("it asks {} questions; give 1 to {MAX_QUESTIONS}", self.len());
            return Err(refused("error-quiz-course-number", text)
                .with_arg("asked", self.len())
                .with_arg("limit", MAX_QUESTIONS));
        }
        self.slides.iter().try_for_each(SlideGroup::check)?;
        self.crops.iter().try_for_each(CropGroup::check)
    }
}

impl SlideGroup {
    fn check(&self) -> Result<()> {
        if !(1..=MAX_FIELDS).contains(&self.fields) {
            let text = format!("fields is {}; give 1 to {MAX_FIELDS}", self.fields);
            return Err(refused("error-quiz-course-fields", text)
                .with_arg("fields", self.fields)
                .with_arg("limit", MAX_FIELDS));
        }
        if self.ask.count() && self.film == Film::Thin {
            let text = "ask: counts are asked of thick films, as competence asks them; give detection for a thin film";
            return Err(refused("error-quiz-course-thin", text.to_owned()));
        }
        match self.parasites_per_ul {
            Some(density) if !density.is_sound() => {
                let text = format!(
                    "parasites_per_ul: give 0, or one number or a range above 0, at most {MAX_DENSITY}"
                );
                return Err(refused("error-quiz-course-density", text).with_arg("limit", MAX_DENSITY));
            }
            None if self.from == Origin::Drawn => {
                let text = "parasites_per_ul: a drawn slide needs its density";
                return Err(refused("error-quiz-course-no-density", text.to_owned()));
            }
            Some(density) if self.ask == Ask::Count && density.range().1 == 0.0 => {
                let text = "ask: a slide without parasites has no count";
                return Err(refused("error-quiz-course-no-count", text.to_owned()));
            }
            _ => {}
        }
        if !(0.0..=MAX_DENSITY).contains(&self.gametocytes_per_ul) {
            let text = format!("gametocytes_per_ul: give 0 to {MAX_DENSITY}");
            return Err(refused("error-quiz-course-gametocytes", text).with_arg("limit", MAX_DENSITY));
        }
        can_be_drawn(self.stains.len(), self.cameras.len())
    }
}

impl CropGroup {
    fn check(&self) -> Result<()> {
        can_be_drawn(self.stains.len(), self.cameras.len())?;
        if self.from == Origin::Drawn && self.things.contains(&What::Nothing) {
            let text = "things: nothing is asked only of signed readings; the renderer knows no place where nothing is";
            return Err(refused("error-quiz-course-nothing", text.to_owned()));
        }
        Ok(())
    }
}

fn can_be_drawn(stains: usize, cameras: usize) -> Result<()> {
    if stains == 0 || cameras == 0 {
        let text = "stains and cameras: give at least one of each, or leave them out";
        return Err(refused("error-quiz-course-stains", text.to_owned()));
    }
    Ok(())
}

impl Density {
    fn is_sound(self) -> bool {
        let (low, high) = self.range();
        let ordered =
            matches!(low.partial_cmp(&high), Some(std::cmp::Ordering::Less | std::cmp::Ordering::Equal));
        ordered && low >= 0.0 && high <= MAX_DENSITY && (low > 0.0 || high == 0.0)
    }
}
