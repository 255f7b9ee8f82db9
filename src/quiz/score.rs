//! What a sitting is worth by the rules of competence (section 10.1).

use serde::Serialize;

use super::answer::{Answer, SlideAnswer};
use super::course::Ask;
use super::entry::Answered;
use super::results::Sitting;
use super::truth::{FieldTruth, Truth, wbc_used};
use super::what::What;
use crate::standard::interval::Proportion;
use crate::standard::{
    FieldCount, Level, PanelSlide, Profile, SlideCall, grade_fields, score_panel, within_tolerance,
};

/// A share with the level that the rule gives it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Scored {
    /// Right, of all.
    pub ratio: Proportion,
    /// The level.
    pub level: Level,
}

/// The score of a sitting, of what is answered so far.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Score {
    /// Questions answered.
    pub answered: u32,
    /// Questions of the course.
    pub questions: u32,
    /// Slides called rightly, of those that ask for it.
    pub detection: Option<Scored>,
    /// Called positive, of the slides without parasites.
    pub false_positive: Option<Proportion>,
    /// Called without parasites, of the positive ones.
    pub false_negative: Option<Proportion>,
    /// Counts within the tolerance, of the slides that ask for one.
    pub count: Option<Scored>,
    /// Things named rightly. The rule has no level for stages.
    pub things: Option<Proportion>,
    /// The worst of the levels (D-med); `None` while questions are open, and without slides.
    pub level: Option<Level>,
    /// Seconds over all questions.
    pub seconds: u64,
}

/// What an answer is worth.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// Of a slide.
    Slide(SlideOutcome),
    /// Of a thing: what it is, and what it was said to be.
    Crop(What, What),
}

/// What an answer about a slide is worth.
#[derive(Clone, Debug, PartialEq)]
pub struct SlideOutcome {
    /// What was asked.
    pub ask: Ask,
    /// Whether the slide holds parasites.
    pub positive: bool,
    /// What was said, where it was asked.
    pub said: Option<bool>,
    /// Asexual parasites per µL, where there are any.
    pub density: Option<u64>,
    /// What follows from what was counted, by the standard.
    pub counted: Option<u64>,
    /// Whether that is within the tolerance; `None` where no count is asked, or the slide holds none to count.
    pub within: Option<bool>,
    /// White cells that the rule asks for beyond those counted.
    pub white_cells_short: Option<u64>,
    /// Fields in which the parasites that were counted are not as many as there are: number, there, counted.
    pub fields_off: Vec<(u32, u32, u32)>,
}

impl Score {
    /// Of a sitting.
    pub fn of(sitting: &Sitting, profile: &Profile) -> Self {
        let outcomes: Vec<Outcome> =
            sitting.answers.values().filter_map(|a| Outcome::of(a, profile)).collect();
        let slides = || {
            outcomes.iter().filter_map(|outcome| match outcome {
                Outcome::Slide(slide) => Some(slide),
                Outcome::Crop(..) => None,
            })
        };
        let panel = |asks: fn(Ask) -> bool| -> Vec<PanelSlide> {
            slides().filter(|slide| asks(slide.ask)).map(SlideOutcome::panel).collect()
        };
        // Two panels: on a slide that is said to be positive nothing is detected.
        let detection = score_panel(&panel(Ask::detection), profile);
        let counting = score_panel(&panel(Ask::count), profile);
        let confidence = profile.values().statistics.level;
        let (right, all) = outcomes.iter().fold((0, 0), |(right, all), outcome| match outcome {
            Outcome::Crop(is, said) => (right + u64::from(is == said), all + 1),
            Outcome::Slide(_) => (right, all),
        });
        let count =
            counting.and_then(|score| Some(Scored { ratio: score.count?, level: score.levels.count? }));
        let of_detection =
            detection.as_ref().map(|score| Scored { ratio: score.detection, level: score.levels.detection });
        let levels = [&of_detection, &count].into_iter().flatten().map(|scored| scored.level);
        Self {
            answered: sitting.answers.len() as u32,
            questions: sitting.questions,
            false_positive: detection.as_ref().and_then(|score| score.agreement.false_positive),
            false_negative: detection.as_ref().and_then(|score| score.agreement.false_negative),
            level: levels.max().filter(|_| sitting.is_complete()),
            detection: of_detection,
            count,
            things: Proportion::new(right, all, confidence),
            seconds: sitting.answers.values().map(|a| u64::from(a.seconds)).sum(),
        }
    }
}

impl Outcome {
    /// Of one answer; `None` for one to another kind of question.
    pub fn of(answered: &Answered, profile: &Profile) -> Option<Self> {
        match (&answered.truth, &answered.answer) {
            (Truth::Crop { thing }, Answer::Crop { thing: said }) => Some(Self::Crop(*thing, *said)),
            (Truth::Slide { ask, wbc_per_ul, fields, .. }, Answer::Slide(answer)) => {
                let truth = &answered.truth;
                let positive = truth.positive().unwrap_or(false);
                let density = truth.density(profile);
                // Fields in which nothing at all was counted were searched, not counted (THK-1).
                let graded = ask.count().then(|| {
                    let counts: Vec<FieldCount> =
                        in_order(answer).iter().map(|(_, sums)| sums.count()).collect();
                    grade_fields(&counts, wbc_used(*wbc_per_ul, profile), profile)
                });
                let counted = graded.as_ref().and_then(|g| g.density).map(|d| d.reported());
                let short = graded.as_ref().and_then(|g| g.need.wbc).filter(|n| *n > 0 && counted.is_some());
                let says_none = answer.positive == Some(false);
                let said = if says_none { 0 } else { counted.unwrap_or(0) };
                let within = density
                    .filter(|_| ask.count())
                    .and_then(|density| within_tolerance(density, said, &profile.values().competence));
                Some(Self::Slide(SlideOutcome {
                    ask: *ask,
                    positive,
                    said: answer.positive,
                    density,
                    counted,
                    within,
                    white_cells_short: short,
                    fields_off: fields_off(*ask, positive, fields, answer),
                }))
            }
            _ => None,
        }
    }

    /// Whether all that was asked was answered rightly.
    pub fn is_right(&self) -> bool {
        match self {
            Self::Crop(is, said) => is == said,
            Self::Slide(slide) => {
                slide.said.is_none_or(|said| said == slide.positive) && slide.within != Some(false)
            }
        }
    }
}

impl SlideOutcome {
    fn panel(&self) -> PanelSlide {
        let call = |positive, density| SlideCall { positive, density, ..SlideCall::default() };
        let density = self.density.filter(|_| self.ask.count());
        PanelSlide {
            truth: call(self.positive, density),
            reader: call(self.said.unwrap_or(true), self.counted),
        }
    }
}

/// What was counted, in the order of the fields.
fn in_order(answer: &SlideAnswer) -> Vec<(u32, FieldTruth)> {
    let mut fields: Vec<(u32, FieldTruth)> = answer.fields.iter().map(|f| (f.field, f.sums())).collect();
    fields.retain(|(_, sums)| *sums != FieldTruth::default());
    fields.sort_by_key(|(field, _)| *field);
    fields
}

/// The fields whose parasites were not counted as they are. A slide that was rightly said to hold parasites need not be
/// counted where no count is asked, and no field behind the last that was counted.
fn fields_off(ask: Ask, positive: bool, fields: &[FieldTruth], answer: &SlideAnswer) -> Vec<(u32, u32, u32)> {
    if !ask.count() && answer.positive == Some(positive) {
        return Vec::new();
    }
    let said = in_order(answer);
    let of = |field: u32| said.iter().find(|(n, _)| *n == field).map_or(0, |(_, sums)| sums.parasites());
    let last = said.last().map_or(u32::MAX, |(n, _)| *n);
    (0_u32..)
        .zip(fields)
        .map(|(field, truth)| (field, truth.parasites(), of(field)))
        .filter(|(field, there, said)| there != said && (*field <= last || answer.positive == Some(false)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::answer::FieldAnswer;
    use super::*;
    use crate::terms::Film;
    use std::collections::BTreeMap;

    fn slide(
        ask: Ask,
        fields: &[(u32, u32, u32)],
        positive: Option<bool>,
        said: &[(u32, [u32; 5])],
    ) -> Answered {
        let fields = fields.iter().map(|f| FieldTruth::from(*f)).collect();
        let counted = said.iter().map(|(field, counts)| FieldAnswer {
            field: *field,
            counts: *counts,
            marks: Vec::new(),
        });
        Answered {
            at: String::new(),
            seconds: 30,
            truth: Truth::Slide { film: Film::Thick, ask, wbc_per_ul: None, fields },
            answer: Answer::Slide(SlideAnswer { positive, looked: 1, fields: counted.collect() }),
        }
    }

    fn crop(thing: What, said: What) -> Answered {
        Answered {
            at: String::new(),
            seconds: 3,
            truth: Truth::Crop { thing },
            answer: Answer::Crop { thing: said },
        }
    }

    fn sitting(questions: u32, answers: Vec<Answered>) -> Sitting {
        Sitting {
            id: "a".to_owned(),
            trainee: "Awa".to_owned(),
            course: "x".to_owned(),
            course_sha256: String::new(),
            seed: 1,
            questions,
            began: String::new(),
            answers: (0..).zip(answers).collect::<BTreeMap<_, _>>(),
        }
    }

    #[test]
    fn slides_to_be_counted_are_not_detected() {
        let profile = Profile::standard().expect("sound");
        let full = [(10, 0, 250), (10, 0, 250)]; // 320 per µL
        let none = [(0, 0, 250); 2];
        let answers = vec![
            slide(Ask::Detection, &full, Some(true), &[]),
            slide(Ask::Detection, &none, Some(true), &[(0, [1, 0, 0, 0, 0])]),
            slide(Ask::Detection, &full, Some(false), &[]),
            slide(Ask::Count, &full, None, &[(0, [8, 0, 0, 0, 250]), (1, [4, 3, 0, 2, 250])]), // 240: just within
            slide(Ask::Count, &full, None, &[(0, [8, 0, 0, 0, 250]), (1, [6, 0, 0, 9, 250])]), // 224
            slide(Ask::Count, &full, None, &[]),
            crop(What::Ring, What::Ring),
            crop(What::Ring, What::Platelet),
        ];
        let score = Score::of(&sitting(8, answers.clone()), &profile);
        let pair = |p: Proportion| (p.hits(), p.of());
        assert_eq!(score.detection.map(|s| (pair(s.ratio), s.level.get())), Some(((1, 3), 4)));
        assert_eq!(score.count.map(|s| (pair(s.ratio), s.level.get())), Some(((1, 3), 3)));
        assert_eq!(
            (score.false_positive.map(pair), score.false_negative.map(pair)),
            (Some((1, 1)), Some((1, 2)))
        );
        assert_eq!(
            (score.things.map(pair), score.level.map(Level::get), score.seconds),
            (Some((1, 2)), Some(4), 186)
        );
        // With a question open there is no level.
        assert_eq!(Score::of(&sitting(9, answers), &profile).level, None);
    }

    #[test]
    fn what_was_missed_is_named_by_field() {
        let profile = Profile::standard().expect("sound");
        let of = |answered: &Answered| match Outcome::of(answered, &profile) {
            Some(Outcome::Slide(slide)) => slide,
            other => panic!("{other:?}"),
        };
        let truth = [(2, 0, 20), (0, 1, 20), (5, 0, 20)];
        let none = of(&slide(Ask::Both, &truth, Some(false), &[]));
        assert_eq!((none.within, none.fields_off.len()), (Some(false), 3));
        let counted =
            of(&slide(Ask::Both, &truth, Some(true), &[(1, [0, 0, 0, 1, 20]), (0, [1, 0, 0, 0, 20])]));
        // The third field was never needed.
        assert_eq!(counted.fields_off, [(0, 2, 1)]);
        assert_eq!((counted.counted, counted.white_cells_short), (Some(200), Some(160)));
        assert_eq!(counted.density, Some(933));
        assert_eq!(of(&slide(Ask::Detection, &truth, Some(true), &[])).fields_off, []);
        assert_eq!(of(&slide(Ask::Detection, &truth, Some(false), &[])).fields_off.len(), 3);
        assert!(!Outcome::Crop(What::Ring, What::Nothing).is_right());
    }
}
