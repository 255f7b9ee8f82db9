//! The questions of a sitting, each with its truth.

use super::check::refused;
use super::course::{Answers, Ask, Course, CropGroup, Density, Origin, SlideGroup};
use super::drawn;
use super::lot::Lot;
use super::signed::SignedSlides;
use super::truth::Truth;
use super::what::What;
use crate::Result;
use crate::render::FieldSpec;
use crate::standard::Profile;
use crate::terms::Film;

/// One question.
#[derive(Clone, Debug, PartialEq)]
pub enum Question {
    /// About a slide.
    Slide(SlideQuestion),
    /// About a thing.
    Crop(CropQuestion),
}

/// A slide that is asked.
#[derive(Clone, Debug, PartialEq)]
pub struct SlideQuestion {
    /// What is right.
    pub truth: Truth,
    /// The film.
    pub film: Film,
    /// What is asked.
    pub ask: Ask,
    /// Its fields.
    pub pictures: SlidePictures,
}

/// Where the fields of a slide come from.
#[derive(Clone, Debug, PartialEq)]
pub enum SlidePictures {
    /// Drawn when they are looked at.
    Drawn(Vec<FieldSpec>),
    /// Of a signed slide: its number, and numbers of its fields.
    Signed(usize, Vec<usize>),
}

/// A thing that is asked.
#[derive(Clone, Debug, PartialEq)]
pub struct CropQuestion {
    /// What it is.
    pub thing: What,
    /// The film.
    pub film: Film,
    /// Where it lies.
    pub picture: CropPicture,
}

/// Where a thing lies.
#[derive(Clone, Debug, PartialEq)]
pub enum CropPicture {
    /// In a field that is drawn when it is looked at.
    Drawn(Box<FieldSpec>),
    /// In a field of a signed slide, in tenths of a pixel.
    Signed {
        /// Number of the slide.
        slide: usize,
        /// Number of the field.
        field: usize,
        /// Across.
        x: i64,
        /// Down.
        y: i64,
    },
}

impl Question {
    /// What is right, as it is kept beside an answer.
    pub fn truth(&self) -> Truth {
        match self {
            Self::Slide(slide) => slide.truth.clone(),
            Self::Crop(crop) => Truth::Crop { thing: crop.thing },
        }
    }
}

/// The questions of a course: crops, slides that may be negative in an order of chance, then slides to be counted. The
/// same for the same course, seed and signed readings.
///
/// # Errors
/// [`ErrorKind::Usage`](crate::ErrorKind::Usage) where the course asks for more signed readings than there are, or for
/// parasites in fields too few to hold one.
pub fn questions(
    course: &Course,
    seed: u32,
    signed: Option<&SignedSlides>,
    profile: &Profile,
) -> Result<Vec<Question>> {
    let (mut crops, mut open, mut positive) = (Vec::new(), Vec::new(), Vec::new());
    for (part, group) in (0..).zip(&course.crops) {
        let mut lot = Lot::new(seed, 1000 + part);
        match group.from {
            Origin::Drawn => crops.extend(drawn_things(group, &mut lot)),
            Origin::Signed => crops.extend(signed_things(group, signed, &mut lot)?),
        }
    }
    for (part, group) in (0..).zip(&course.slides) {
        let mut lot = Lot::new(seed, part);
        let slides = match group.from {
            Origin::Drawn => drawn_slides(group, &mut lot)?,
            Origin::Signed => signed_slides(group, signed, profile, &mut lot)?,
        };
        if group.ask.detection() { &mut open } else { &mut positive }.extend(slides);
    }
    let mut order = Lot::new(seed, u64::MAX);
    for part in [&mut crops, &mut open, &mut positive] {
        order.shuffle(part);
    }
    Ok([crops, open, positive].concat())
}

impl Course {
    /// Whether a trainee sees after each question what was right.
    pub fn shows_each(&self) -> bool {
        self.answers == Answers::Each
    }
}

fn drawn_slides(group: &SlideGroup, lot: &mut Lot) -> Result<Vec<Question>> {
    (0..group.number)
        .map(|_| {
            let fields = drawn::slide(group, lot)?;
            let (film, ask) = (group.film, group.ask);
            let truth = Truth::Slide { film, ask, wbc_per_ul: None, fields: drawn::truth_of(&fields) };
            Ok(Question::Slide(SlideQuestion { truth, film, ask, pictures: SlidePictures::Drawn(fields) }))
        })
        .collect()
}

fn drawn_things(group: &CropGroup, lot: &mut Lot) -> Vec<Question> {
    let all: Vec<What> = What::ALL.iter().copied().filter(|thing| *thing != What::Nothing).collect();
    let things = if group.things.is_empty() { &all } else { &group.things };
    let of = |thing: &What| {
        let picture = CropPicture::Drawn(Box::new(drawn::thing(group, *thing, lot)));
        Question::Crop(CropQuestion { thing: *thing, film: group.film, picture })
    };
    things.iter().cycle().take(group.number as usize).map(of).collect()
}

fn signed_slides(
    group: &SlideGroup,
    signed: Option<&SignedSlides>,
    profile: &Profile,
    lot: &mut Lot,
) -> Result<Vec<Question>> {
    let signed = signed.ok_or_else(no_readings)?;
    let fits = |truth: &Truth| match group.parasites_per_ul.map(Density::range) {
        None => !(group.ask == Ask::Count && truth.positive() == Some(false)),
        Some((_, 0.0)) => truth.positive() == Some(false),
        Some((low, high)) => truth.density(profile).is_some_and(|d| (low..=high).contains(&(d as f64))),
    };
    let mut fitting: Vec<(usize, Vec<usize>, Truth)> = signed
        .whole(group.film)
        .map(|(slide, fields)| {
            let truth = signed.truth(slide, &fields, group.film, group.ask);
            (slide, fields, truth)
        })
        .filter(|(.., truth)| fits(truth))
        .collect();
    lot.shuffle(&mut fitting);
    enough(fitting.len(), group.number, "slides", "error-quiz-course-few-slides")?;
    let (film, ask) = (group.film, group.ask);
    let of = |(slide, fields, truth)| {
        Question::Slide(SlideQuestion { truth, film, ask, pictures: SlidePictures::Signed(slide, fields) })
    };
    Ok(fitting.into_iter().take(group.number as usize).map(of).collect())
}

fn signed_things(group: &CropGroup, signed: Option<&SignedSlides>, lot: &mut Lot) -> Result<Vec<Question>> {
    let mut things = signed.ok_or_else(no_readings)?.things(group.film, &group.things);
    lot.shuffle(&mut things);
    enough(things.len(), group.number, "crops", "error-quiz-course-few-crops")?;
    Ok(things.into_iter().take(group.number as usize).map(Question::Crop).collect())
}

fn no_readings() -> crate::Error {
    let text = "it asks for signed readings; name the folder or the archive that holds them";
    refused("error-quiz-course-unsigned", text.to_owned())
}

fn enough(there: usize, asked: u32, what: &str, key: &'static str) -> Result<()> {
    if there >= asked as usize {
        return Ok(());
    }
    let text = format!("it asks for {asked} {what} of signed readings, and {there} fit");
    Err(refused(key, text).with_arg("asked", asked).with_arg("there", there))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn panel() -> Course {
        Course::built_in().expect("sound").into_iter().find(|c| c.name == "who-55").expect("there")
    }

    #[test]
    fn the_panel_holds_what_it_says() {
        let profile = Profile::standard().expect("sound");
        let of = |seed| questions(&panel(), seed, None, &profile).expect("drawn");
        let first = of(1);
        assert_eq!((first.len(), first == of(1), first == of(2)), (55, true, false));
        let slides: Vec<&SlideQuestion> = first
            .iter()
            .filter_map(|q| match q {
                Question::Slide(slide) => Some(slide),
                Question::Crop(_) => None,
            })
            .collect();
        let positive = |s: &&SlideQuestion| s.truth.positive() == Some(true);
        assert_eq!(slides.iter().take(40).filter(|s| positive(s)).count(), 20);
        assert!(slides.iter().skip(40).all(|s| positive(s) && s.ask == Ask::Count));
        // In an order of chance: the first twenty are neither all positive nor all negative.
        assert!((1..20).contains(&slides.iter().take(20).filter(|s| positive(s)).count()));
        for slide in &slides {
            let SlidePictures::Drawn(fields) = &slide.pictures else { panic!("drawn") };
            assert_eq!(fields.len(), 100);
            if let Some(density) = slide.truth.density(&profile) {
                // What is on the slide, by chance beside what was asked.
                assert!((20..200_000).contains(&density), "{density}");
            }
        }
    }

    #[test]
    fn fields_too_few_to_hold_a_parasite_are_said() {
        let text = "name = \"x\"\n[[slides]]\nnumber = 1\nfields = 1\nparasites_per_ul = 0.0001";
        let refused =
            questions(&Course::parse(text).expect("sound"), 1, None, &Profile::standard().expect("sound"))
                .expect_err("none");
        assert!(refused.message().contains("give more fields"), "{refused}");
        let signed = Course::parse("name = \"x\"\n[[crops]]\nnumber = 1\nfrom = \"signed\"").expect("sound");
        let refused = questions(&signed, 1, None, &Profile::standard().expect("sound")).expect_err("none");
        assert!(refused.message().contains("signed readings"), "{refused}");
    }
}
