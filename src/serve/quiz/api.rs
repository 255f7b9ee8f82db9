//! What the page asks for while it is open.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::app::{QuizApp, no_question};
use super::sitting::OpenSitting;
use crate::Result;
use crate::locale::Catalogue;
use crate::measure::MicronsPerPixel;
use crate::quiz::{
    Answer as Said, Ask, CropPicture, Marked, MarkedState, Object, Outcome, Question, Score, SlidePictures,
    SlideQuestion, What, course_name, field_line, marked, outcome_lines, result_sheet, score_lines,
};
use crate::report::{CropScale, Laboratory, crop};
use crate::serve::answers::{Answer, jpeg, json, report_page, report_pdf};
use crate::serve::pictures::jpeg as to_jpeg;
use crate::terms::Film;
use crate::{Error, ErrorKind};

/// Side of the picture of a single thing, pixels, and µm of film.
const CROP: (u32, f64) = (420, 21.0);

/// Who begins what.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Begin {
    trainee: String,
    /// Number of the course.
    course: usize,
}

/// Begins a sitting: `{"sitting"}`.
pub(super) fn begin(app: &QuizApp, asked: &Begin) -> Result<Answer> {
    let training = &app.training;
    let course = training.courses.get(asked.course).ok_or_else(no_question)?;
    let signed = training.signed.as_ref();
    let sitting = OpenSitting::begin(&asked.trainee, course, signed, &training.results, &training.profile)?;
    let answer = json(&serde_json::json!({ "sitting": sitting.id }));
    app.put(sitting);
    Ok(answer)
}

#[derive(Serialize)]
struct State {
    trainee: String,
    course: String,
    /// For each question whether it is answered, and rightly, where that may be seen.
    questions: Vec<Standing>,
    /// The score in sentences, once it may be seen.
    score: Vec<String>,
    complete: bool,
}

#[derive(Serialize)]
struct Standing {
    answered: bool,
    right: Option<bool>,
}

/// Where a sitting stands.
pub(super) fn state(app: &QuizApp, open: &OpenSitting, words: &Catalogue) -> Answer {
    let (sitting, profile) = (open.sitting(), &app.training.profile);
    let complete = sitting.is_complete();
    let of = |number: u32| Standing {
        answered: sitting.answers.contains_key(&number),
        right: open.seen(number).and_then(|a| Some(Outcome::of(&a, profile)?.is_right())),
    };
    let score =
        (complete || open.course.shows_each()).then(|| score_lines(&Score::of(&sitting, profile), words));
    json(&State {
        questions: (0..sitting.questions).map(of).collect(),
        trainee: sitting.trainee,
        course: course_name(&sitting.course, words),
        score: score.unwrap_or_default(),
        complete,
    })
}

#[derive(Serialize)]
#[serde(tag = "of", rename_all = "snake_case")]
enum Shown {
    Slide { film: Film, ask: Ask, fields: Vec<(u32, u32)>, text: String },
    Crop { film: Film, text: String },
}

#[derive(Serialize)]
struct Whole {
    #[serde(flatten)]
    shown: Shown,
    answered: bool,
    outcome: Option<ShownOutcome>,
}

#[derive(Serialize)]
struct ShownOutcome {
    right: bool,
    lines: Vec<String>,
    /// Fields in which parasites are missing or too many: number, and what it says.
    off: Vec<(u32, String)>,
    thing: Option<What>,
}

/// A question; with what was right, where that may be seen.
pub(super) fn question(app: &QuizApp, open: &OpenSitting, number: u32, words: &Catalogue) -> Result<Answer> {
    let film = |film: Film| words.say(&format!("clinical-film-{}", film.code()));
    let shown = match open.question(number)? {
        Question::Slide(slide) => {
            let key = match slide.ask {
                Ask::Detection => "quiz-ask-detection",
                Ask::Count => "quiz-ask-count",
                Ask::Both => "quiz-ask-both",
            };
            let text = words.say_with(key, &[("film", film(slide.film))]);
            Shown::Slide { film: slide.film, ask: slide.ask, fields: sizes(app, slide), text }
        }
        Question::Crop(crop) => Shown::Crop {
            film: crop.film,
            text: words.say_with("quiz-ask-crop", &[("film", film(crop.film))]),
        },
    };
    let answered = open.sitting().answers.contains_key(&number);
    Ok(json(&Whole { shown, answered, outcome: outcome(app, open, number, words) }))
}

fn outcome(app: &QuizApp, open: &OpenSitting, number: u32, words: &Catalogue) -> Option<ShownOutcome> {
    let profile = &app.training.profile;
    let outcome = Outcome::of(&open.seen(number)?, profile)?;
    let (off, thing) = match &outcome {
        Outcome::Slide(slide) => {
            (slide.fields_off.iter().map(|off| (off.0, field_line(*off, words))).collect(), None)
        }
        Outcome::Crop(thing, _) => (Vec::new(), Some(*thing)),
    };
    Some(ShownOutcome {
        right: outcome.is_right(),
        lines: outcome_lines(&outcome, profile, words),
        off,
        thing,
    })
}

/// Keeps an answer: what was right, or nothing before the end.
pub(super) fn answer(
    app: &QuizApp,
    open: &OpenSitting,
    number: u32,
    said: Said,
    words: &Catalogue,
) -> Result<Answer> {
    open.answer(number, said, &app.training.results)?;
    Ok(json(&serde_json::json!({ "outcome": outcome(app, open, number, words) })))
}

fn sizes(app: &QuizApp, slide: &SlideQuestion) -> Vec<(u32, u32)> {
    match &slide.pictures {
        SlidePictures::Drawn(fields) => fields.iter().map(|f| (f.width, f.height)).collect(),
        SlidePictures::Signed(at, fields) => {
            let slides = app.training.signed.as_ref().map(|s| s.slides()).unwrap_or_default();
            let record = slides.get(*at).map(|slide| &slide.record);
            let of = |field: &usize| {
                record.and_then(|r| r.fields.get(*field)).map_or((1, 1), |f| (f.width, f.height))
            };
            fields.iter().map(of).collect()
        }
    }
}

/// A tile of a field of a slide.
pub(super) fn tile(app: &QuizApp, open: &OpenSitting, number: u32, place: [u32; 4]) -> Result<Answer> {
    let [field, level, column, row] = place;
    let Question::Slide(slide) = open.question(number)? else { return Err(no_question()) };
    let bytes = match &slide.pictures {
        SlidePictures::Drawn(fields) => {
            let spec = fields.get(field as usize).ok_or_else(no_question)?;
            app.drawn.field(spec)?.decoded.tile(level, column, row)?
        }
        SlidePictures::Signed(at, fields) => {
            let field = fields.get(field as usize).ok_or_else(no_question)?;
            app.signed.get(*at).ok_or_else(no_question)?.tile(*field, level, column, row)?
        }
    };
    Ok(jpeg(&bytes))
}

/// The picture of a single thing.
pub(super) fn thing(app: &QuizApp, open: &OpenSitting, number: u32) -> Result<Answer> {
    let Question::Crop(question) = open.question(number)? else { return Err(no_question()) };
    let internal = |text: &str| Error::new(ErrorKind::Internal, text.to_owned());
    let scale = CropScale::new(CROP.0, CROP.1).ok_or_else(|| internal("a crop has no size"))?;
    let bytes = match &question.picture {
        CropPicture::Drawn(spec) => {
            let drawn = app.drawn.field(spec)?;
            let is_it = |object: &&Object| object.thing == Some(question.thing);
            let object = drawn.objects.iter().find(is_it).ok_or_else(|| internal("a thing was not drawn"))?;
            let um =
                MicronsPerPixel::new(spec.um_per_px).ok_or_else(|| internal("a drawing has no scale"))?;
            to_jpeg(&crop(drawn.decoded.picture(), um, object.centre(), scale)?)?
        }
        CropPicture::Signed { slide, field, x, y } => {
            app.signed.get(*slide).ok_or_else(no_question)?.crop_at(*field, (*x, *y), scale)?
        }
    };
    Ok(jpeg(&bytes))
}

/// What is in a field and what became of it, where that may be seen.
pub(super) fn marks(app: &QuizApp, open: &OpenSitting, number: u32, field: u32) -> Result<Answer> {
    let Question::Slide(slide) = open.question(number)? else { return Err(no_question()) };
    let not_yet = || {
        Error::new(ErrorKind::Usage, "what was right is shown once it was answered")
            .with_key("error-quiz-not-yet")
    };
    let Said::Slide(said) = open.seen(number).ok_or_else(not_yet)?.answer else { return Err(no_question()) };
    let objects = match &slide.pictures {
        SlidePictures::Drawn(fields) => {
            let spec = fields.get(field as usize).ok_or_else(no_question)?;
            app.drawn.field(spec)?.objects.clone()
        }
        SlidePictures::Signed(at, fields) => {
            let field = fields.get(field as usize).ok_or_else(no_question)?;
            app.training.signed.as_ref().ok_or_else(no_question)?.objects(*at, *field)
        }
    };
    let of_field = said.fields.iter().find(|of| of.field == field);
    let mut marks: Vec<Marked> = marked(&objects, of_field);
    // White cells are counted where a count is asked.
    let asked = |mark: &Marked| slide.ask.count() || mark.object.thing != Some(What::WhiteCell);
    marks.retain(|mark| asked(mark) || mark.state != MarkedState::Missed);
    Ok(json(&marks))
}

/// The result sheet, `sheet.pdf` or `sheet.html`; `None` for any other name.
pub(super) fn sheet(
    app: &QuizApp,
    open: &Arc<OpenSitting>,
    name: &str,
    words: &Catalogue,
) -> Result<Option<Answer>> {
    let sitting = open.sitting();
    if !(sitting.is_complete() || open.course.shows_each()) {
        return Ok(None);
    }
    let place = app.training.results.path();
    let laboratory = Laboratory::near(place.parent().unwrap_or(place))?;
    let letter = || result_sheet(&sitting, &laboratory, &app.training.profile, words);
    Ok(match name {
        "sheet.pdf" => Some(report_pdf(letter().pdf()?)),
        "sheet.html" => Some(report_page(letter().html())),
        _ => None,
    })
}
